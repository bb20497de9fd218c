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
        found = sum(bool(row.found) for row in rows)
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
    """The checklist of a site at a place, under which some findings are told already."""
    told = {(finding.rule, finding.span) for finding in findings}
    rows = tuple(_row(one, place, told, entries) for one in asked)
    return Questions(rows[:SHOWN], rows[SHOWN:])


def signed(entries: tuple[Audited, ...]) -> tuple[Signed, ...]:
    """What people signed of a site."""
    return tuple(map(_signed, entries))


def _row(asked: Asked, place: Span, told: set[tuple[str, Span]], entries: tuple[Audited, ...]) -> Row:
    name = asked.question.id
    return Row(
        id=name,
        text=asked.question.text,
        found=tuple(_found(one, place, told) for one in asked.evidence[:_EVIDENCE]),
        more=max(len(asked.evidence) - _EVIDENCE, 0),
        answers=tuple(_answer(one, one.entry.answers[name]) for one in entries if name in one.entry.answers),
    )


def _found(one: Evidence, place: Span, told: set[tuple[str, Span]]) -> Found:
    flaw = one.bearing is Bearing.FINDING
    if one.span is not None and (one.fact, one.span) in told:
        return Found(MARKS[one.bearing], flaw, f"`{one.fact}`, told above", "")
    return Found(MARKS[one.bearing], flaw, one.text, _where(one.span, place))


def _where(span: Span | None, place: Span) -> str:
    if span is None:
        return ""
    return f"line {span.line}" if span.path == place.path else f"{span.path}:{span.line}"


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
