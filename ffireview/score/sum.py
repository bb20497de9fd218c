"""The plain score: a sum of weights for what a site is, does and stands in."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources

from ffireview.model.agreement import Agreement, Difference, Grade
from ffireview.model.facts import Operation, SiteKind
from ffireview.model.place import Span
from ffireview.model.program import Area, Crossing, Program, Site, Status
from ffireview.model.review import Contribution, Score

_GENERIC_IMPL = re.compile(r"\bimpl\s*<([^>]*)>")
_BOUND = re.compile(r"\b(?:Send|Sync)\b")
MAXIMUM = 100


@cache
def weights() -> dict[str, dict[str, int]]:
    """The table of points."""
    text = resources.files("ffireview.score").joinpath("weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    table.pop("version")
    return table


def bands() -> dict[str, int]:
    """The least score of each band."""
    return weights()["band"]


def score_sites(program: Program) -> tuple[Score, ...]:
    """The score of every site, in the order of the sites."""
    linked = {c.symbol: c.foreign[0].span for c in program.crossings if c.status is Status.LINKED and c.foreign}
    faults = {c.symbol: fault for c in program.crossings if (fault := _worst(c)) is not None}
    return tuple(_score(site, linked, faults) for site in program.sites)


def _worst(crossing: Crossing) -> tuple[Agreement, Difference] | None:
    """The gravest difference between the two sides of a crossing."""
    rows = [(a, d) for a in crossing.agreements for d in a.differences if d.grade in (Grade.BREAKS, Grade.MAY_BREAK)]
    return max(rows, key=lambda row: row[1].grade is Grade.BREAKS, default=None)


def _score(site: Site, linked: dict[str, Span], faults: dict[str, tuple[Agreement, Difference]]) -> Score:
    parts = (*_kind(site), *_operations(site), *_context(site, linked), *_disagreement(site, faults), *_area(site))
    found = [c for c in parts if c.points]
    total = sum(c.points for c in found)
    found.sort(key=lambda c: (-abs(c.points), c.reason))
    return Score(site.id, max(0, min(MAXIMUM, total)), tuple(found))


def _kind(site: Site) -> Iterator[Contribution]:
    yield Contribution(weights()["kind"].get(site.kind, 0), site.kind.replace("-", " "), site.span)


def _operations(site: Site) -> Iterator[Contribution]:
    table, repeat = weights()["operation"], weights()["limit"]["repeat"]
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in site.operations:
        groups[operation.id].append(operation)
    for name, group in sorted(groups.items()):
        points = table.get(name, 0) + min(len(group) - 1, repeat) * (1 if table.get(name, 0) else 0)
        shown = ", ".join(dict.fromkeys(o.name for o in group if o.name and o.name != name))
        label = f"{name}{f' x{len(group)}' if len(group) > 1 else ''}"
        reason = f"{label}: {shown[:60]}" if shown else label
        yield Contribution(points, reason, Span.of(site.span.path, group[0].at))


def _context(site: Site, linked: dict[str, Span]) -> Iterator[Contribution]:
    table = weights()["context"]
    if site.kind is SiteKind.UNSAFE_BLOCK or site.kind is SiteKind.INLINE_ASM:
        if site.reach == "public safe fn":
            yield Contribution(table["public-safe-fn"], f"public safe fn {site.enclosing} leads here", site.span)
        elif site.reach.startswith("through "):
            yield Contribution(table["through-safe-fn"], f"safe callers get here {site.reach}", site.span)
    if site.reach == "C":
        yield Contribution(table["called-from-c"], "C decides the arguments", site.span)
    if site.kind is SiteKind.UNSAFE_IMPL and _unbounded(site.detail):
        yield Contribution(table["generic-unbounded-impl"], "generic, and no Send or Sync bound", site.span)
    for symbol in site.crossings[:1]:
        if symbol in linked and site.kind is not SiteKind.FOREIGN_FN:
            yield Contribution(table["c-side-in-tree"], f"C side of {symbol} stands here", linked[symbol])
    if site.lines > weights()["limit"]["lines"] and site.kind is SiteKind.UNSAFE_BLOCK:
        yield Contribution(table["many-lines"], f"{site.lines} lines in one block", site.span)
    if site.macro is not None and site.kind is SiteKind.UNSAFE_BLOCK:
        yield Contribution(table["in-macro"], f"inside {site.macro.name}!", site.span)
    near = {o.id: o for o in (*site.around, *site.operations)}
    if "null-check" in near and any(
        o.id in ("cstr-from-ptr", "slice-from-raw-parts", "raw-deref", "ref-from-raw") for o in site.operations
    ):
        yield Contribution(
            table["null-check-near"], "null check in the same function", Span.of(site.span.path, near["null-check"].at)
        )
    if "catch-unwind" in near and site.reach == "C":
        yield Contribution(
            table["catch-unwind-near"],
            "catch_unwind in the same function",
            Span.of(site.span.path, near["catch-unwind"].at),
        )


def _disagreement(site: Site, faults: dict[str, tuple[Agreement, Difference]]) -> Iterator[Contribution]:
    """Points for a crossing whose two sides are declared differently: at its declaration and wherever it is used."""
    table = weights()["agreement"]
    for symbol in site.crossings:
        if symbol in faults:
            agreement, difference = faults[symbol]
            what = f"{symbol}: {difference.where}: {difference.effect}"
            yield Contribution(table[difference.grade], f"declared differently in C: {what}", agreement.foreign)


def _unbounded(header: str) -> bool:
    generics = _GENERIC_IMPL.search(header)
    names = [
        g
        for g in (generics[1].split(",") if generics else [])
        if g.strip() and not g.strip().startswith(("'", "const "))
    ]
    rest = header.split(" for ", 1)[-1]
    return (
        bool(names)
        and not _BOUND.search(generics[1] if generics else "")
        and not _BOUND.search(rest.partition("where")[2])
    )


def _area(site: Site) -> Iterator[Contribution]:
    if site.area is not Area.LIBRARY:
        yield Contribution(weights()["area"][site.area], f"{site.area} code ({site.area_reason})", site.span)
