"""The score: what a site is, what its function does and how rare that is here, what rules found, what C says otherwise.

Every contribution is a whole number of points with its reason and place, and they add up to the score.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import log

from ffireview.flow import Codebase
from ffireview.model.agreement import Agreement, Difference, Grade
from ffireview.model.finding import Finding
from ffireview.model.place import Range, Span
from ffireview.model.program import Area, Crossing, Program, Site
from ffireview.model.review import Contribution, Score
from ffireview.score.forms import alike
from ffireview.score.rarity import Rarity
from ffireview.score.signs import Signs, signs
from ffireview.score.table import reasons, weights
from ffireview.score.units import Unit, units

MAXIMUM = 100
ALIKE = 8
"""Units of one form beyond which more of them say no more."""
_BY_AGREEMENT = frozenset({"signature-mismatch", "layout-mismatch", "bool-from-integer", "const-lost"})
"""Rules that say what a disagreement of the two sides says."""


def score_sites(codebase: Codebase, findings: tuple[Finding, ...] = ()) -> tuple[Score, ...]:
    """The score of every site, in the order of the sites."""
    rows = units(codebase)
    found = [signs(unit) for unit in rows]
    counted = (one for unit, one in zip(rows, found, strict=True) if unit.counts)
    tree = _Tree(codebase.program, findings, Rarity(counted, {n: r.usual for n, r in weights().raises.items()}))
    scores = {
        id(site): _score(site, unit, one, others, tree)
        for unit, one, others in zip(rows, found, alike(rows), strict=True)
        for site in unit.sites
    }
    return tuple(scores[id(site)] for site in codebase.program.sites)


class _Tree:
    """What a score needs of the whole tree."""

    def __init__(self, program: Program, findings: tuple[Finding, ...], rarity: Rarity) -> None:
        self.rarity = rarity
        self.faults = {c.symbol: fault for c in program.crossings if (fault := _worst(c)) is not None}
        self.findings: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self.findings[finding.site].append(finding)


def _worst(crossing: Crossing) -> tuple[Agreement, Difference] | None:
    """The gravest difference between the two sides of a crossing."""
    rows = [(a, d) for a in crossing.agreements for d in a.differences if d.grade in (Grade.BREAKS, Grade.MAY_BREAK)]
    return max(rows, key=lambda row: row[1].grade is Grade.BREAKS, default=None)


def _score(site: Site, unit: Unit, found: Signs, others: int, tree: _Tree) -> Score:
    disagreement = list(_of_disagreement(site, tree))
    known = _BY_AGREEMENT if disagreement else frozenset()
    mine = [finding for finding in tree.findings.get(site.id, []) if finding.rule not in known]
    rules = {finding.rule for finding in mine}
    told = {name for name in found if rules & set(reasons().told_by.get(name, ()))}
    parts = [
        Contribution(weights().start.get(site.kind, 0), site.kind.replace("-", " "), site.span),
        *_of_findings(mine, told, tree),
        *_of_signs(site, unit, {name: places for name, places in found.items() if name not in told}, tree),
        *_of_form(site, others),
        *disagreement,
        *_of_area(site),
    ]
    parts = [part for part in parts if part.points]
    parts.sort(key=lambda part: (-abs(part.points), part.reason, part.span))
    return Score(site.id, max(0, min(MAXIMUM, sum(part.points for part in parts))), tuple(parts))


def _of_findings(findings: list[Finding], told: set[str], tree: _Tree) -> Iterator[Contribution]:
    """Points for each rule that found something, once: no less than the signs that it tells would give. What a comment
    answers gives none; what a baseline knows is as bad as before."""
    table = weights()
    for finding in {f.rule: f for f in findings if f.suppressed_at is None}.values():
        share = table.confidence[finding.confidence] * table.persona[finding.persona]
        signed = [_worth(name, tree) for name in told if finding.rule in reasons().told_by[name]]
        points = max(table.severity[finding.severity] * share, *signed, 0)
        yield Contribution(round(points), f"{finding.rule}: {finding.message}", finding.span)


def _of_signs(site: Site, unit: Unit, found: Signs, tree: _Tree) -> Iterator[Contribution]:
    table = weights()
    for name, places in found.items():
        here = [at for at in places if _holds(site, at)]
        elsewhere = not here and all(any(_holds(other, at) for other in unit.sites) for at in places)
        share = table.elsewhere if elsewhere else 1.0
        count = tree.rarity.counts[name]
        rare = f" ({count} of {tree.rarity.units} here)" if count and name in table.raises else ""
        at = (here or places)[0]
        points = round(_worth(name, tree) * share)
        yield Contribution(points, f"{_words(site, name, at)}{rare}", Span.of(site.span.path, at))


def _worth(name: str, tree: _Tree) -> float:
    """The points of a sign in this tree; 0 for one that no weight was fitted for."""
    table = weights()
    if name in table.raises:
        return table.raises[name].points * tree.rarity.surprise(name)
    return table.lowers.get(name, 0.0)


def _holds(site: Site, at: Range) -> bool:
    span = site.span
    return (span.line, span.column) <= (at.line, at.column) and (at.end_line, at.end_column) <= (
        span.end_line, span.end_column,
    )  # fmt: skip


def _words(site: Site, name: str, at: Range) -> str:
    """A sign in words; an operation with what it touches."""
    if name in reasons().says:
        return reasons().says[name]
    touched = next((o.name for o in (*site.operations, *site.around) if o.id == name and o.at == at), "")
    return f"{name}: {touched[:60]}" if touched and touched != name else name


def _of_form(site: Site, others: int) -> Iterator[Contribution]:
    points = round(weights().lowers["alike"] * log(1 + min(others, ALIKE)))
    what = "another function does" if others == 1 else f"{others} other functions do"
    yield Contribution(points, f"{what} the same", site.span)


def _of_disagreement(site: Site, tree: _Tree) -> Iterator[Contribution]:
    """Points for a crossing whose two sides are declared differently: at its declaration and wherever it is used."""
    for symbol in site.crossings:
        if symbol in tree.faults:
            agreement, difference = tree.faults[symbol]
            what = f"{symbol}: {difference.where}: {difference.effect}"
            points = weights().agreement[difference.grade]
            yield Contribution(points, f"declared differently in C: {what}", agreement.foreign)


def _of_area(site: Site) -> Iterator[Contribution]:
    if site.area is not Area.LIBRARY:
        yield Contribution(weights().area[site.area], f"{site.area} code ({site.area_reason})", site.span)
