"""In: two reviews, and the files that their snapshots do not share. Out: what became of each site, and why it matters.

`pairs` tells which site was which, `changes` what became of it, `causes` why that matters, `fold` what to tell once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from ffireview.compare.causes import build, code, foreign, rails, rules, safety, scope
from ffireview.compare.changes import change_of
from ffireview.compare.excerpts import excerpt, excerpts_of_change
from ffireview.compare.fold import Changed, folded
from ffireview.compare.order import attention, limit
from ffireview.compare.pairs import Pair
from ffireview.compare.sides import Side, Sides
from ffireview.model.comparison import (
    Cause,
    CauseKind,
    Change,
    Comparison,
    Counts,
    Entry,
    Excerpt,
    Note,
)
from ffireview.model.place import Problem, Span

__all__ = ["Side", "Sides", "compare"]

_FAMILIES = (code, rules, safety, foreign, scope, rails, build)
_OF_NEW = (code, rules, foreign)
"""Families that have something to say of a site that is new."""
_FROM_C = frozenset({CauseKind.C_SIGNATURE, CauseKind.C_BODY, CauseKind.C_TYPE, CauseKind.C_CONSTANT, CauseKind.C_GONE,
                     CauseKind.C_APPEARED})  # fmt: skip
_FROM_AFAR = frozenset({CauseKind.HELPER, CauseKind.FIELD, CauseKind.LOCK_SCOPE, CauseKind.DROP, CauseKind.CONSTRUCTOR,
                        CauseKind.TYPE, CauseKind.CONSTANT, CauseKind.VISIBILITY, CauseKind.BUILD})  # fmt: skip
_OF_SCOPE = _FROM_AFAR | {CauseKind.FUNCTION_AROUND}
"""Of these the gravest is told for one edit."""
_REMOVED_LINES = 8
_CHECKS = frozenset({CauseKind.CHECK_REMOVED, CauseKind.CHECK_WEAKENED})
"""Of these the older place is the check, the newer one the function that lacks it."""
_UNLIKE_PLACES = _CHECKS | {CauseKind.DISAGREEMENT, CauseKind.RUST_SIGNATURE}
"""Causes whose two places are not one thing before and after; of the latter two they are those of the two languages."""


def compare(sides: Sides, before: str, after: str) -> Comparison:
    """The comparison of both sides; `before` and `after` are what a person calls them."""
    causes = _causes(sides)
    rows, withheld = _rows(sides, causes)
    within = folded(rows, sides)
    entries = [
        _entry(row, causes, sides, _identity(rows[within[i]]) if i in within else "") for i, row in enumerate(rows)
    ]
    entries.sort(key=lambda e: (-e.attention, e.site.span, e.site.kind, e.change))
    notes = tuple(_note(cause, sides) for cause in sorted({*build.notes(sides), *rails.notes(sides)}, key=_grave_first))
    return Comparison(
        before,
        after,
        tuple(entries),
        notes,
        _counts(entries, sides, withheld),
        len(sides.paths),
        _problems(sides),
        tuple(rules.new_findings(sides)),
        sides.after.review.settled,
    )


def _causes(sides: Sides) -> dict[str, list[Cause]]:
    """All causes by the id of the newer site, the gravest first."""
    found: dict[str, set[Cause]] = defaultdict(set)
    for family in _FAMILIES:
        for identity, cause in family.causes(sides):
            if family in _OF_NEW or identity in sides.earlier:
                found[identity].add(cause)
    return {identity: _told_once(causes) for identity, causes in found.items()}


def _told_once(causes: Iterable[Cause]) -> list[Cause]:
    """The gravest cause of each text, and of each kind at each place: a header and its C file often say the same."""
    rows: list[Cause] = []
    seen: set[object] = set()
    for cause in sorted(causes, key=_grave_first):
        family = "scope" if cause.kind in _OF_SCOPE else cause.kind
        keys = {cause.text, (family, cause.before, cause.after)}
        if not keys & seen:
            rows.append(cause)
        seen |= keys
    return rows


def _grave_first(cause: Cause) -> tuple[int, str, str, str, str]:
    return -cause.points, cause.kind, cause.text, str(cause.after), str(cause.before)


def _rows(sides: Sides, causes: dict[str, list[Cause]]) -> tuple[list[Changed], int]:
    """Every pair to tell of, and how many affected ones are withheld: the nearest are told."""
    rows: list[Changed] = []
    affected: list[Pair] = []
    for pair in sides.pairs:
        change = change_of(pair, sides)
        if change is not None:
            rows.append(Changed(pair, change))
        elif pair.after is not None and pair.after.id in causes:
            affected.append(pair)
    affected.sort(key=lambda p: -_weight(p, causes, sides))
    told = _nearest(affected, causes)
    rows += [Changed(pair, _around_or_changed(pair, causes)) for pair in told]
    return rows, len(affected) - len(told)


def _nearest(affected: list[Pair], causes: dict[str, list[Cause]]) -> list[Pair]:
    """Of the sites that one change reaches from afar, the nearest; all that it reaches otherwise."""
    told: list[Pair] = []
    reached: Counter[tuple[str, Span | None]] = Counter()
    for pair in affected:
        assert pair.after is not None
        cause = causes[pair.after.id][0]
        scale = "of-one-change" if cause.kind in _FROM_AFAR else "of-one-change-in-c" if cause.kind in _FROM_C else ""
        if scale:
            source = (scale, cause.after or cause.before)
            if reached[source] >= limit(scale) or reached[scale, None] >= limit(f"{scale}-in-all"):
                continue
            reached.update([source, (scale, None)])
        told.append(pair)
    return told


def _around_or_changed(pair: Pair, causes: dict[str, list[Cause]]) -> Change:
    """A site whose own SAFETY text or header changed is changed; the rest is affected."""
    assert pair.after is not None
    own = {CauseKind.SAFETY_TEXT, CauseKind.SAFETY_PLACEHOLDER, CauseKind.SAFETY_REMOVED, CauseKind.HEADER}
    return Change.CHANGED if any(c.kind in own for c in causes[pair.after.id]) else Change.AFFECTED


def _weight(pair: Pair, causes: dict[str, list[Cause]], sides: Sides) -> int:
    assert pair.after is not None
    return attention(Change.AFFECTED, sides.after.scores[pair.after.id].value, causes[pair.after.id])


def _entry(row: Changed, causes: dict[str, list[Cause]], sides: Sides, within: str) -> Entry:
    (before, after), change = row
    found = tuple(causes.get(after.id, ())) if after is not None else ()
    risk_before = sides.before.scores[before.id].value if before is not None else 0
    risk_after = sides.after.scores[after.id].value if after is not None else 0
    one, other, site = _excerpts(row, found, sides)
    points = attention(change, risk_after if after is not None else risk_before, found)
    return Entry(change, before, after, risk_before, risk_after, points, found, one, other, site, within)


def _excerpts(
    row: Changed, causes: tuple[Cause, ...], sides: Sides
) -> tuple[Excerpt | None, Excerpt | None, Excerpt | None]:
    (before, after), change = row
    if after is None:
        assert before is not None
        return excerpt(sides.before.texts, before.span, _REMOVED_LINES), None, None
    if before is None:
        return None, excerpt(sides.after.texts, after.span), None
    if change is Change.AFFECTED:
        return *_of_causes(causes, sides), excerpt(sides.after.texts, after.span, _REMOVED_LINES)
    if before.tokens == after.tokens:
        return *_of_causes(causes, sides), None
    return *excerpts_of_change(sides.before.texts, before.span, sides.after.texts, after.span), None


def _of_causes(causes: tuple[Cause, ...], sides: Sides) -> tuple[Excerpt | None, Excerpt | None]:
    """The change that the gravest cause with two like places tells of; else that of a check, as it was."""
    told = next((c for c in causes if c.kind not in _UNLIKE_PLACES), None)
    if told is not None:
        return _of_cause(told, sides)
    gone = next((c for c in causes if c.kind in _CHECKS and c.before is not None), None)
    return (excerpt(sides.before.texts, gone.before, _REMOVED_LINES), None) if gone and gone.before else (None, None)


def _of_cause(cause: Cause, sides: Sides) -> tuple[Excerpt | None, Excerpt | None]:
    if cause.before is not None and cause.after is not None:
        return excerpts_of_change(sides.before.texts, cause.before, sides.after.texts, cause.after)
    return (
        excerpt(sides.before.texts, cause.before, _REMOVED_LINES) if cause.before else None,
        excerpt(sides.after.texts, cause.after, _REMOVED_LINES) if cause.after else None,
    )


def _note(cause: Cause, sides: Sides) -> Note:
    return Note(cause, *_of_cause(cause, sides))


def _identity(row: Changed) -> str:
    site = row.pair.after or row.pair.before
    assert site is not None
    return site.id


def _counts(entries: list[Entry], sides: Sides, withheld: int) -> Counts:
    told = [entry for entry in entries if not entry.within]
    counts = Counter(entry.change for entry in told)
    from_c = sum(
        entry.change in (Change.AFFECTED, Change.CHANGED) and any(c.kind in _FROM_C for c in entry.causes)
        for entry in told
    )
    return Counts(
        new=counts[Change.NEW],
        changed=counts[Change.CHANGED],
        affected=counts[Change.AFFECTED],
        affected_from_c=from_c,
        renamed=counts[Change.RENAMED],
        moved=counts[Change.MOVED],
        removed=counts[Change.REMOVED],
        unchanged=len(sides.pairs) - len(entries),
        withheld=withheld,
    )


def _problems(sides: Sides) -> tuple[Problem, ...]:
    changed = set(sides.paths)
    older = (p for p in sides.before.review.program.problems if p.path in changed)
    return tuple(sorted({*sides.after.review.program.problems, *older}))
