"""What a person is to establish about a site, with what was found for it, and what people signed of it before."""

from collections.abc import Iterable
from typing import NamedTuple

from ffireview.model.checklist import SHOWN, Asked, Bearing, Evidence
from ffireview.model.finding import Finding
from ffireview.model.ledger import Audited, State
from ffireview.model.place import Span
from ffireview.reporters.audits.marks import Standing, standing
from ffireview.reporters.checklist.wording import MARKS

_EVIDENCE = 4
_BESIDE = frozenset({"area", "cfg", "operations", "reach", "safety-text"})
"""Facts that the page shows beside the checklist; only where one is missing it is told here."""
_FINE = frozenset({State.VALID, State.MOVED})


class Found(NamedTuple):
    """What the tool found for a question. `place` is short where it is in the site's own file."""

    mark: str
    flaw: bool
    text: str
    place: str


class Row(NamedTuple):
    """A question, what was found, and what people answered earlier."""

    id: str
    text: str
    found: tuple[Found, ...]
    see: tuple[str, ...]
    """Questions with which other things stand that were found for this one."""
    more: int
    """Further pieces of evidence."""
    answers: tuple[str, ...]


class Signed(NamedTuple):
    """An entry of the ledger: what somebody concluded, when, and whether it is still so."""

    verdict: str
    by: str
    at: str
    counts: bool
    state: str
    """Empty where all is as it was."""
    notes: tuple[tuple[str, str], ...]


class Questions(NamedTuple):
    """The checklist of a site: what is for the screen, and what is folded."""

    shown: tuple[Row, ...]
    folded: tuple[Row, ...]

    @property
    def told(self) -> str:
        """How many there are, and for how many something was found."""
        rows = (*self.shown, *self.folded)
        count = f"{len(rows)} question{'' if len(rows) == 1 else 's'}"
        found = sum(bool(row.found or row.see) for row in rows)
        return f"{count}, for {found} of them something was found" if found else count


class Tag(NamedTuple):
    """What people signed of a site, in a word for the list."""

    kind: str
    text: str


def tag_of(entries: tuple[Audited, ...]) -> Tag | None:
    """`settled by 2`, `called unsound`, `signed, now stale-peer`; nothing where nobody signed."""
    told = standing(entries)
    return None if told is None else Tag(*told)


def is_settled(entries: tuple[Audited, ...]) -> bool:
    """Whether people accept the site as it is now."""
    told = standing(entries)
    return told is not None and told[0] is Standing.SETTLED


def questions(
    asked: tuple[Asked, ...], place: Span, findings: Iterable[Finding], entries: tuple[Audited, ...]
) -> Questions:
    """The checklist of a site at a place, under which some findings are told already. What was found for several
    questions stands with the first."""
    above = {(finding.rule, finding.span) for finding in findings}
    seen: dict[Evidence, str] = {}
    rows: list[Row] = []
    for one in asked:
        name, found = one.question.id, _worth_telling(one)
        new = [row for row in found if row not in seen]
        shown = tuple(_found(row, place, above) for row in new[:_EVIDENCE])
        more = max(len(new) - _EVIDENCE, 0)
        see = tuple(dict.fromkeys(seen[row] for row in found if row in seen))
        rows.append(Row(name, one.question.text, shown, see, more, _answers(name, entries)))
        seen |= dict.fromkeys(new[:_EVIDENCE], name)
    return Questions(tuple(rows[:SHOWN]), tuple(rows[SHOWN:]))


def signed(entries: tuple[Audited, ...]) -> tuple[Signed, ...]:
    """What people signed of a site."""
    return tuple(map(_signed, entries))


def _worth_telling(asked: Asked) -> list[Evidence]:
    return [one for one in asked.evidence if one.bearing is Bearing.MISSING or one.fact not in _BESIDE]


def _found(one: Evidence, place: Span, above: set[tuple[str, Span]]) -> Found:
    flaw = one.bearing is Bearing.FINDING
    if one.span is not None and (one.fact, one.span) in above:
        return Found(MARKS[one.bearing], flaw, f"`{one.fact}`, told above", "")
    return Found(MARKS[one.bearing], flaw, one.text, _where(one.span, place))


def _where(span: Span | None, place: Span) -> str:
    if span is None:
        return ""
    return f"line {span.line}" if span.path == place.path else f"{span.path}:{span.line}"


def _answers(question: str, entries: tuple[Audited, ...]) -> tuple[str, ...]:
    rows = ((one, one.entry.answers.get(question)) for one in entries)
    return tuple(_answer(one, answer) for one, answer in rows if answer)


def _answer(one: Audited, answer: str) -> str:
    late = "" if one.counts else f", {one.state}"
    return f"{answer} ({_name(one.entry.by)}, {one.entry.at}{late})"


def _signed(one: Audited) -> Signed:
    entry = one.entry
    rows = (
        *(("condition", text) for text in entry.conditions),
        *(("evidence", text) for text in entry.evidence),
        ("assisted by", entry.assisted_by),
        ("expires", entry.expires),
        ("file", one.file),
    )
    state = "" if one.states and one.state in _FINE else ", ".join(one.states)
    return Signed(entry.verdict, _name(entry.by), entry.at, one.counts, state, tuple(row for row in rows if row[1]))


def _name(by: str) -> str:
    """A person without the address."""
    return by.partition("<")[0].strip() or by
