"""A comparison for a person at a terminal: what needs eyes, why, both sides of the change, and one line of totals."""

from itertools import groupby
from typing import NamedTuple

from ffireview.model.comparison import Cause, Change, Comparison, Entry, Excerpt, Mark, Note, Row
from ffireview.model.finding import Filter, Finding
from ffireview.model.program import Site
from ffireview.reporters.audits.marks import mark, mark_lines, marks_of
from ffireview.reporters.findings import elsewhere, settled_lines
from ffireview.reporters.styled import Line, Piece, harmless, number, problem_lines, risk_style, shorten, wrapped

NAME = "terminal"

_STYLES = {
    Change.NEW: "bold red", Change.CHANGED: "yellow", Change.AFFECTED: "magenta", Change.RENAMED: "dim",
    Change.MOVED: "dim", Change.REMOVED: "green",
}  # fmt: skip
_QUIET = (Change.MOVED, Change.RENAMED, Change.REMOVED)
_CAUSES = 3


class ChangesView(NamedTuple):
    """How much to show."""

    top: int = 15
    width: int = 100
    verbose: bool = False
    filter: Filter = Filter()


DEFAULT = ChangesView()


def render_changes(comparison: Comparison, view: ChangesView = DEFAULT) -> list[Line]:
    """Entries by the attention that they ask for, notes, then totals; what only moved or went is listed in short."""
    shown = [e for e in comparison.entries if not e.within or view.verbose]
    loud = [e for e in shown if e.change not in _QUIET or len(e.causes) > 0]
    quiet = [e for e in shown if e.change in _QUIET and not e.causes]
    lines: list[Line] = []
    seen: set[tuple[Excerpt | None, Excerpt | None]] = set()
    told: set[Cause] = set()
    marks = marks_of(comparison.audits)
    for entry in loud[: view.top]:
        change = (entry.excerpt_before, entry.excerpt_after)
        audits = mark(marks.get(entry.site.id, ()))
        lines += [*_entry(entry, view, told, audits, repeated=entry.change is Change.AFFECTED and change in seen), ()]
        seen.add(change)
    for note in comparison.notes:
        lines += [*_note(note, view), ()]
    if homeless := [f for f in _news(comparison, view) if not f.site]:
        lines += [*elsewhere(homeless, view.top, view.width)[1:], ()]
    lines += _quiet_lines(quiet, view)
    totals = _totals(comparison, len(loud), min(view.top, len(loud)), view)
    return [*lines, *totals, *mark_lines(comparison.audits)]


def _news(comparison: Comparison, view: ChangesView) -> list[Finding]:
    return [f for f in comparison.findings if not f.suppressed and view.filter.passes(f)]


def _entry(
    entry: Entry, view: ChangesView, told: set[Cause], audits: tuple[Piece, ...] = (), *, repeated: bool
) -> list[Line]:
    """An entry in lines; of its causes only those that were not `told` of an entry before, to which they are added."""
    site = entry.site
    where = harmless(str(site.span))
    lines: list[Line] = [
        (
            Piece(f"{entry.change:<8} ", _STYLES[entry.change]),
            Piece(where, "bold"),
            Piece("  " + shorten(_title(site), max(view.width - len(where) - 40, 20))),
            Piece("  " + _risk(entry), risk_style(entry.risk_after)),
            Piece(f"  {site.id}", "dim"),
            *audits,
        )
    ]
    fresh = [cause for cause in entry.causes if cause not in told] or list(entry.causes[:1])
    causes = list(entry.causes) if view.verbose else fresh[:_CAUSES]
    for cause in causes:
        lines += _cause(cause, site, view)
    told.update(causes)
    above = len(entry.causes) - len(fresh) if not view.verbose else 0
    rest = len(entry.causes) - len(causes) - above
    more = [f"{above} as above" if above else "", f"{rest} more reasons (-v)" if rest else ""]
    if any(more):
        lines.append((Piece("    " + ", ".join(filter(None, more)), "dim"),))
    if not repeated:
        lines += _change(entry.excerpt_before, entry.excerpt_after, view)
    if entry.excerpt_site is not None:
        lines.append((Piece(f"    relies on it: {harmless(str(entry.excerpt_site.span))}", "cyan"),))
        lines += _rows(entry.excerpt_site, " ", "", view)
    return lines


def _title(site: Site) -> str:
    kind = site.kind.replace("-", " ")
    if site.name and site.kind not in ("unsafe-block", "inline-asm", "macro-keyword"):
        return harmless(f"{kind} {site.name}" + (f" in {site.owner}" if site.owner else ""))
    return harmless(f"{kind} in {site.owner}" if site.owner else kind)


def _risk(entry: Entry) -> str:
    if entry.before is None:
        return f"risk {entry.risk_after}"
    if entry.after is None:
        return f"risk was {entry.risk_before}"
    if entry.risk_before == entry.risk_after:
        return f"risk {entry.risk_after}"
    return f"risk {entry.risk_before} → {entry.risk_after}"


def _cause(cause: Cause, site: Site, view: ChangesView) -> list[Line]:
    places = [p for p in (cause.before, cause.after) if p is not None and not _is_own(str(p), site)]
    listed = list(dict.fromkeys(harmless(str(p)) for p in places))
    text = harmless(cause.text) + (f"  ({', '.join(listed)})" if listed else "")
    return [(Piece("    " + row),) for row in wrapped(text, view.width - 4)]


def _is_own(place: str, site: Site) -> bool:
    path, _, line = place.rpartition(":")
    return path == site.span.path and site.span.line <= int(line) <= site.span.end_line


def _note(note: Note, view: ChangesView) -> list[Line]:
    place = note.cause.after or note.cause.before
    kind, where = f"{note.cause.kind.replace('-', ' '):<8} ", harmless(str(place)) if place else ""
    text = harmless(note.cause.text)
    head: Line = (Piece(kind, "magenta"), Piece(where, "bold"))
    if len(kind) + len(where) + 2 + len(text) <= view.width:
        lines: list[Line] = [(*head, Piece("  " + text))]
    else:
        lines = [head, *((Piece("    " + row),) for row in wrapped(text, view.width - 4))]
    return lines + _change(note.excerpt_before, note.excerpt_after, view)


def _change(before: Excerpt | None, after: Excerpt | None, view: ChangesView) -> list[Line]:
    return [
        *(_rows(before, "-", "red", view) if before is not None else ()),
        *(_rows(after, "+", "green", view) if after is not None else ()),
    ]


def _rows(excerpt: Excerpt, sign: str, style: str, view: ChangesView) -> list[Line]:
    """Numbered lines; the sign stands before those that hold a changed part."""
    return [_row(row, sign, style, view) for row in excerpt.rows]


def _row(row: Row, sign: str, style: str, view: ChangesView) -> Line:
    if not row.number:
        return (Piece("          …", "dim"),)
    head = Piece(f"    {row.number:>5} {sign if row.marks or sign == ' ' else ' '} ", "dim")
    return (head, *_marked(row.text, row.marks, style, view.width - 12))


def _marked(text: str, marks: tuple[Mark, ...], style: str, width: int) -> tuple[Piece, ...]:
    """The line in pieces: what changed is bold in colour; without colour the sign must do."""
    flags = [any(mark.start <= column < mark.end for mark in marks) for column in range(1, len(text) + 1)]
    pieces, room = [], width
    for changed, group in groupby(zip(text, flags, strict=True), key=lambda pair: pair[1]):
        piece = harmless("".join(char for char, _ in group).replace("\t", "    "))
        pieces.append(Piece(shorten(piece, room), f"bold {style}".strip() if changed else ""))
        room -= len(piece)
        if room <= 0:
            break
    return tuple(pieces)


def _quiet_lines(entries: list[Entry], view: ChangesView) -> list[Line]:
    lines: list[Line] = []
    for entry in entries if view.verbose else entries[:5]:
        then = harmless(str(entry.before.span)) if entry.before else ""
        now = harmless(str(entry.after.span)) if entry.after else ""
        where = f"{then} → {now}" if now and then != now else then
        lines.append((Piece(f"{entry.change:<8} ", _STYLES[entry.change]), Piece(f"{where}  {_title(entry.site)}")))
    if len(entries) > len(lines):
        lines.append(
            (Piece(f"         and {len(entries) - len(lines)} more that moved, were renamed or removed (-v)"),)
        )
    return [*lines, ()] if lines else []


def _totals(comparison: Comparison, loud: int, shown: int, view: ChangesView) -> list[Line]:
    lines: list[Line] = []
    counts = comparison.counts
    between = f"{harmless(comparison.before)} → {harmless(comparison.after)}"
    if not comparison.entries and not comparison.notes:
        text = f"{between}: nothing that unsafe code or the boundary relies on changed"
        return [
            (Piece(text),),
            *_finding_counts(comparison, view),
            *problem_lines(comparison.problems, verbose=view.verbose),
        ]
    from_c = f" ({counts.affected_from_c} from C)" if counts.affected_from_c else ""
    parts = [
        f"+{counts.new} new", f"{counts.changed} changed", f"{counts.affected} affected{from_c}",
        f"{counts.renamed} renamed", f"{counts.moved} moved", f"{counts.removed} removed",
    ]  # fmt: skip
    kept = [part for part in parts if not part.startswith("0 ") or part.endswith(("changed", "removed"))]
    if loud > shown:
        lines.append((Piece(f"{loud - shown} more not shown (--top {loud} shows all)."),))
    if counts.withheld:
        lines.append((Piece(f"{counts.withheld} further sites rely on the same changes more remotely (not listed)."),))
    lines.append(
        (
            Piece(", ".join(kept), "bold"),
            Piece(f"  in {comparison.files} file{'' if comparison.files == 1 else 's'}, {between}"),
        )
    )
    lines += _finding_counts(comparison, view)
    return lines + problem_lines(comparison.problems, verbose=view.verbose)


def _finding_counts(comparison: Comparison, view: ChangesView) -> list[Line]:
    """How many findings are new, and how many of the newer snapshot are not shown."""
    found = _news(comparison, view)
    lines: list[Line] = [(Piece(f"{number(found, 'new finding')} (ffireview explain RULE)"),)] if found else []
    return lines + settled_lines(comparison.settled)
