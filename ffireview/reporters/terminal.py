"""For a person at a terminal: the ranked list, the boundary map, one site in full."""

from collections import Counter
from itertools import groupby
from typing import NamedTuple

from ffireview.model.agreement import Agreement, Grade, TypeAgreement
from ffireview.model.facts import Role, SiteKind
from ffireview.model.finding import Filter, Finding
from ffireview.model.program import Anchor, Area, Crossing, Direction, Program, Site, Status, Use, Via
from ffireview.model.review import Review, Score
from ffireview.reporters.audits.marks import mark, mark_lines, marks_of
from ffireview.reporters.effects import effect_lines
from ffireview.reporters.findings import count_lines, elsewhere, finding_lines, shown
from ffireview.reporters.styled import Line, Piece, harmless, number, problem_lines, risk_style, shorten, wrapped

NAME = "terminal"

_ARROWS = {Direction.RUST_TO_C: "Rust → C", Direction.C_TO_RUST: "C → Rust", Direction.RUST_TO_RUST: "Rust → Rust"}
_REASONS = 4
_USES = 3


class View(NamedTuple):
    """How much to show."""

    top: int = 15
    areas: tuple[Area, ...] = ()
    width: int = 100
    verbose: bool = False
    filter: Filter = Filter()
    found_only: bool = False
    """Only sites that a finding belongs to."""


DEFAULT = View()
_FUNCTIONS = frozenset({SiteKind.UNSAFE_FN, SiteKind.EXPORT, SiteKind.CALLBACK, SiteKind.NAKED_FN})


def render(review: Review, view: View = DEFAULT) -> list[Line]:
    """The riskiest sites with their reasons, then one paragraph of what is not shown."""
    program = review.program
    rows = sorted(zip(review.scores, program.sites, strict=True), key=lambda r: (-r[0].value, r[1].span, r[1].kind))
    wanted = [(score, site) for score, site in rows if not view.areas or site.area in view.areas]
    links = {c.symbol: c for c in program.crossings if c.foreign}
    found = shown(review, view.filter, view.areas)
    by_site = {site: tuple(group) for site, group in groupby(sorted(found, key=_site), key=_site)}
    if view.found_only:
        wanted = [(score, site) for score, site in wanted if site.id in by_site]
    lines: list[Line] = []
    listed = wanted[: view.top] if view.found_only else _without_parts(wanted, view.top)
    marks = marks_of(review.audits)
    for score, site in listed:
        lines += _entry(score, site, links, view, mark(marks.get(site.id, ())))
        told = "" if view.found_only else "".join(c.reason for c in score.contributions)
        own = [finding for finding in by_site.get(site.id, ()) if finding.message not in told]
        lines += [line for finding in own for line in finding_lines(finding, site.span, view.width)]
    beside = {site.id for _, site in (wanted if view.found_only else listed)}
    lines += elsewhere([finding for finding in found if finding.site not in beside], view.top, view.width)
    lines += count_lines(review, found, verbose=view.verbose, width=view.width)
    lines += _summary(program, len(wanted), len(listed), view)
    return lines + mark_lines(review.audits)


def _without_parts(rows: list[tuple[Score, Site]], top: int) -> list[tuple[Score, Site]]:
    """The first rows, without those that lie in, or around, one that was listed before: they are read together."""
    listed: list[tuple[Score, Site]] = []
    for score, site in rows:
        if len(listed) == top:
            break
        if not any(_is_part(site, other) or _is_part(other, site) for _, other in listed):
            listed.append((score, site))
    return listed


def _is_part(inner: Site, outer: Site) -> bool:
    """Whether a site lies in a function that is a site as well."""
    a, b = inner.span, outer.span
    inside = a.path == b.path and (b.line, b.column) <= (a.line, a.column)
    ends = (a.end_line, a.end_column) <= (b.end_line, b.end_column)
    return inside and ends and outer.kind in _FUNCTIONS


def _site(finding: Finding) -> str:
    return finding.site


def _entry(
    score: Score, site: Site, links: dict[str, Crossing], view: View, audits: tuple[Piece, ...] = ()
) -> list[Line]:
    where = harmless(str(site.span))
    title = f"{site.kind.replace('-', ' ')} {harmless(_title(site))}".rstrip()
    head = (
        Piece(f"{score.value:>3} ", risk_style(score.value)),
        Piece(where, "bold"),
        Piece("  " + shorten(title, max(view.width - len(where) - 16, 20))),
        Piece(f"  {site.id}", "dim"),
        *audits,
    )
    lines: list[Line] = [head]
    shown = score.contributions if view.verbose else score.contributions[:_REASONS]
    reasons = " · ".join(f"{harmless(c.reason)} {c.points:+d}" for c in shown)
    hidden = len(score.contributions) - len(shown)
    reasons += f" · {hidden} more" if hidden else ""
    lines += [(Piece("    " + row, "dim"),) for row in wrapped(reasons, view.width - 4)]
    peers = [p for symbol in site.crossings if (crossing := links.get(symbol)) for p in crossing.foreign[:1]]
    if peers:
        text = ", ".join(f"{harmless(p.name)} at {harmless(str(p.span))}" for p in peers[:2])
        more = f" and {len(peers) - 2} more" if len(peers) > 2 else ""
        lines.append((Piece("    " + shorten(f"C side: {text}{more}", view.width - 4), "cyan"),))
    return lines


def _title(site: Site) -> str:
    if site.name and site.kind not in ("unsafe-block", "inline-asm", "macro-keyword"):
        return f"{site.name}" + (f" in {site.owner}" if site.owner else "")
    return (f"in {site.owner}" if site.owner else "") + (f" (in {site.macro.name}!)" if site.macro else "")


def _summary(program: Program, wanted: int, shown: int, view: View) -> list[Line]:
    totals = program.totals
    kinds = Counter(site.kind for site in program.sites)
    areas = Counter(site.area for site in program.sites)
    crossings = Counter(_ARROWS[c.direction] for c in program.crossings)
    linked = sum(c.status is Status.LINKED for c in program.crossings)
    lines: list[Line] = [()]
    if wanted > shown:
        lines.append((Piece(f"{wanted - shown:,} more not shown (--top {wanted} shows all)."),))
    listed = ", ".join(f"{count:,} {kind.replace('-', ' ')}" for kind, count in kinds.most_common(6))
    others = sum(kinds.values()) - sum(count for _, count in kinds.most_common(6))
    lines.append(
        (Piece(f"{len(program.sites):,} sites", "bold"), Piece(f": {listed}{f', {others:,} other' if others else ''}"))
    )
    lines.append((Piece("Areas: " + ", ".join(f"{count:,} {area}" for area, count in areas.most_common())),))
    if program.crossings:
        parts = ", ".join(f"{count:,} {arrow}" for arrow, count in sorted(crossings.items()))
        lines.append(
            (
                Piece(f"{len(program.crossings):,} crossings", "bold"),
                Piece(f": {parts}; {linked:,} with the other side in this tree"),
            )
        )
    if program.orphans:
        lines.append(
            (Piece(f"{number(program.orphans, 'declaration')} without other side (ffireview boundary --orphans)"),)
        )
    lines.append(
        (
            Piece(
                f"Read {totals.rust_files_read:,} of {totals.rust_files:,} Rust files, and {totals.c_files_read:,} of "
                f"{totals.c_files:,} C, C++ and assembly files."
            ),
        )
    )
    lines += problem_lines(program.problems, verbose=view.verbose)
    return lines


def render_boundary(
    program: Program,
    view: View = DEFAULT,
    *,
    symbol: str = "",
    only_orphans: bool = False,
    only_mismatches: bool = False,
) -> list[Line]:
    """The map: per symbol both sides, direction, evidence; then counts."""
    lines: list[Line] = []
    if not only_orphans:
        for crossing in program.crossings:
            if symbol and symbol not in crossing.symbol:
                continue
            if view.areas and crossing.area not in view.areas:
                continue
            if only_mismatches and not _faults(crossing):
                continue
            lines += _crossing(crossing, view)
    if only_mismatches and not symbol:
        for entry in program.types:
            lines += _type_lines(entry, view)
    if program.orphans and not symbol and not only_mismatches:
        lines.append((Piece("Without their other side", "bold"),))
        for orphan in program.orphans:
            lines.append((Piece(f"  {harmless(orphan.symbol)}  {harmless(str(orphan.span))}  {orphan.reason}"),))
        lines.append(())
    counts = Counter((c.direction, c.via, c.status) for c in program.crossings)
    lines.append((Piece(f"{len(program.crossings):,} crossings", "bold"),))
    for (direction, via, status), count in sorted(counts.items()):
        lines.append((Piece(f"  {count:>6,}  {_ARROWS[direction]:<12} {via:<9} {_STATUS[status]}"),))
    lines += _agreement_lines(program)
    lines += problem_lines(program.problems, verbose=view.verbose)
    return lines


def _agreement_lines(program: Program) -> list[Line]:
    grades = Counter(agreement.grade for crossing in program.crossings for agreement in crossing.agreements)
    if not grades:
        return []
    types = Counter(entry.agreement.grade for entry in program.types)
    rows = [("pairs of declarations", grades), ("records and enums", types)]
    return [
        (Piece(f"{sum(found.values()):,} {what} compared", "bold"), Piece(f": {_counted(found)}"))
        for what, found in rows
        if found
    ]


def _counted(grades: Counter[Grade]) -> str:
    return ", ".join(f"{grades[grade]:,} {_GRADES[grade]}" for grade in Grade if grades[grade])


_GRADES = {
    Grade.AGREES: "agree",
    Grade.TOLERABLE: "differ in spelling",
    Grade.UNKNOWN: "cannot be judged",
    Grade.MAY_BREAK: "may break",
    Grade.BREAKS: "break the call",
}


def _type_lines(entry: TypeAgreement, view: View) -> list[Line]:
    if entry.agreement.grade not in (Grade.BREAKS, Grade.MAY_BREAK):
        return []
    head = (Piece(harmless(entry.name), "bold"), Piece(f"  {entry.kind} in both languages", "cyan"))
    return [head, *_difference_lines([entry.agreement], view), ()]


def _faults(crossing: Crossing) -> list[Agreement]:
    return [a for a in crossing.agreements if a.grade in (Grade.BREAKS, Grade.MAY_BREAK)]


def _fault_lines(crossing: Crossing, view: View) -> list[Line]:
    return _difference_lines(_faults(crossing), view)


def _difference_lines(agreements: list[Agreement], view: View) -> list[Line]:
    """Each fault once: where, both sides as written, what it does, on which platforms, and the two places."""
    lines: list[Line] = []
    seen: set[tuple[str, str, str]] = set()
    for agreement in agreements:
        for difference in agreement.differences:
            key = (difference.where, difference.rust, difference.foreign)
            if difference.grade is Grade.TOLERABLE or key in seen:
                continue
            seen.add(key)
            style = "bold red" if difference.grade is Grade.BREAKS else "yellow"
            models = "" if len(difference.models) == _MODELS else f" ({', '.join(difference.models)})"
            lines.append(
                (
                    Piece(f"    {_GRADES[difference.grade]}: {difference.where}: ", style),
                    Piece(harmless(difference.effect) + models),
                )
            )
            width = max(view.width - 16, 40)
            for path, text in ((agreement.rust, difference.rust), (agreement.foreign, difference.foreign)):
                place = harmless(str(path))
                lines.append((Piece(f"        {place}  "), Piece(shorten(harmless(text), width), "bold")))
    return lines


_MODELS = 3
_STATUS = {
    Status.LINKED: "other side found",
    Status.EXTERNAL: "other side outside this tree",
    Status.ORPHAN: "other side missing",
    Status.BUILD_MADE: "other side made by a build",
}


def _crossing(crossing: Crossing, view: View) -> list[Line]:
    notes = "" if crossing.status is Status.LINKED else f"  [{_STATUS[crossing.status]}]"
    lines: list[Line] = [
        (
            Piece(harmless(crossing.symbol), "bold"),
            Piece(f"  {_ARROWS[crossing.direction]}, {crossing.via}", "cyan"),
            Piece(notes, "yellow"),
        )
    ]
    lines += [_anchor("rust", anchor, view) for anchor in crossing.rust]
    lines += [_anchor(anchor.language, anchor, view) for anchor in crossing.foreign]
    shown = crossing.uses if view.verbose else crossing.uses[:_USES]
    for use in shown:
        lines.append(_use(use, crossing, view))
    if len(crossing.uses) > len(shown):
        lines.append((Piece(f"    {'':<12}{len(crossing.uses) - len(shown)} more uses", "dim"),))
    lines += _fault_lines(crossing, view)
    lines.append(())
    return lines


def _anchor(language: str, anchor: Anchor, view: View) -> Line:
    label = {Role.IMPORT: "declares", Role.EXPORT: "exports", Role.CALLBACK: "callback"}.get(
        anchor.role, str(anchor.role)
    )
    where = harmless(str(anchor.span))
    cfg = f"  if {' and '.join(map(harmless, anchor.cfg))}" if anchor.cfg else ""
    rest = shorten(harmless(anchor.text) + cfg, max(view.width - len(where) - 20, 24))
    why = f"  ({harmless(anchor.evidence)})" if view.verbose or "helper" in anchor.evidence else ""
    return (
        Piece(f"    {language + ' ' + label:<16} ", "dim"),
        Piece(where),
        Piece("  " + rest, "dim"),
        Piece(why, "dim"),
    )


def _use(use: Use, crossing: Crossing, view: View) -> Line:
    verb = "called" if use.role == "call" else "taken" if crossing.via is not Via.CALLBACK else "passed"
    owner = f"  in {harmless(use.owner)}" if use.owner else ""
    context = f"  {harmless(use.context)}" if use.context and use.role != "call" else ""
    return (
        Piece(f"    {use.language + ' ' + verb:<16} ", "dim"),
        Piece(harmless(str(use.span))),
        Piece(shorten(owner + context, view.width // 2), "dim"),
    )


def render_site(
    site: Site, score: Score, crossings: list[Crossing], code: dict[str, list[str]], view: View = DEFAULT
) -> list[Line]:
    """One site in full: code, operations, SAFETY text, score, and the C side. `code` holds excerpts by span."""
    lines: list[Line] = [
        (
            Piece(harmless(str(site.span)), "bold"),
            Piece(f"  {site.kind.replace('-', ' ')} {harmless(_title(site))}"),
            Piece(f"  {site.id}", "dim"),
        ),
    ]
    facts = [
        ("area", f"{site.area} ({site.area_reason})"),
        ("owner", site.owner),
        ("reached", site.reach),
        ("detail", site.detail),
        ("symbol", site.symbol),
        ("cfg", " and ".join(site.cfg)),
        ("macro", f"{site.macro.name}! ({site.macro.form})" if site.macro else ""),
        ("SAFETY", f"{site.safety.text} ({site.safety.place}, line {site.safety.line})" if site.safety else "none"),
    ]
    lines += [(Piece(f"  {label:<8} ", "dim"), Piece(harmless(text))) for label, text in facts if text]
    lines += [(), *_code(code.get(str(site.span), []))]
    if site.operations:
        lines.append((Piece("Operations", "bold"),))
        for operation in site.operations:
            lines.append((Piece(f"  line {operation.at.line:<5} {operation.id:<22} {harmless(operation.name)}"),))
    lines.append((Piece(f"Risk {score.value}", "bold"),))
    for contribution in score.contributions:
        lines.append(
            (
                Piece(f"  {contribution.points:+4d}  {harmless(contribution.reason)}"),
                Piece(f"  {harmless(str(contribution.span))}", "dim"),
            )
        )
    for crossing in crossings:
        lines += [(), *_crossing(crossing, view)[:-1], *effect_lines(crossing.effects)]
        for anchor in (*crossing.rust, *crossing.foreign):
            excerpt = code.get(str(anchor.span))
            if excerpt and anchor.span != site.span:
                lines += [(Piece(f"  {harmless(str(anchor.span))}", "bold"),), *_code(excerpt)]
    return lines


def _code(rows: list[str]) -> list[Line]:
    return [(Piece("  " + harmless(row.replace("\t", "    "))),) for row in rows]
