"""One page that opens from disk, with no network and no script needed: findings, where the risk is, a picture of the
boundary, and every site with the code of both sides.

A stranger's text reaches the page only through templates that escape, after control characters and bidirectional marks
were made visible. The page's policy names its one style and its one script by their hashes, and allows nothing else.
"""

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from ffireview.model.comparison import Change, Comparison
from ffireview.model.finding import Finding
from ffireview.model.ledger import Audited
from ffireview.model.place import Problem, Span
from ffireview.model.review import Review
from ffireview.reporters.audits.marks import mark_lines
from ffireview.reporters.material import Material
from ffireview.reporters.page.boundary import meetings, meetings_of_changes, rows_of_crossings
from ffireview.reporters.page.changes import ChangeCard, change_cards, note_rows, quiet_rows
from ffireview.reporters.page.code import prose, visible
from ffireview.reporters.page.components import BANDS, LOWEST, change_components, components
from ffireview.reporters.page.findings import finding_rows
from ffireview.reporters.page.picture import picture
from ffireview.reporters.page.sites import Card, site_cards, windows_of
from ffireview.reporters.results import grouped, needs_eyes, results_of, results_of_changes
from ffireview.reporters.styled import plain
from ffireview.score.table import bands

if TYPE_CHECKING:
    from jinja2 import Environment

NAME = "html"
ASKS = True
"""It shows what people are to establish about each site."""

LIMIT = 4_700_000
"""Bytes of a page. The least risky sites lose their checklist first, then their code, then they are left out; that is
told."""
ASKED = 1_200_000
"""Bytes of checklists for which sites of less risk may lose their code."""
_ROWS = 1_500
"""Of crossings, of declarations without other side, of quiet changes."""
_PROBLEMS = 200
_PRINTED = 20
"""Cards that are printed whole, open or not."""
_PACKAGE = "ffireview.reporters.page"


def windows(review: Review, material: Material) -> set[Span]:
    """The stretches of code that a report of the review shows."""
    return windows_of(review, material)


def report(review: Review, material: Material) -> str:
    """The page of a review."""
    program = review.program
    cards = site_cards(review, material)
    crossings = [c for c in program.crossings if not material.areas or c.area in material.areas]
    return _page(
        "scan.html",
        cards,
        about=material.about,
        counts=Counter(card.band or LOWEST for card in cards),
        components=components(cards),
        findings=finding_rows(results_of(review, material), material),
        withheld=_withheld(review.findings, material),
        picture=picture(meetings(crossings)),
        crossings=rows_of_crossings(crossings)[:_ROWS],
        crossing_count=len(crossings),
        orphans=program.orphans[:_ROWS],
        orphan_count=len(program.orphans),
        totals=program.totals,
        settled=review.settled,
        asks=bool(material.questions),
        audits=_audits(review.audits),
        problems=_problems(program.problems),
        problem_count=len(program.problems),
    )


def report_changes(comparison: Comparison, material: Material) -> str:
    """The page of a comparison."""
    cards = change_cards(comparison, material)
    entries = [entry for entry in comparison.entries if needs_eyes(entry)]
    quiet = quiet_rows(comparison)
    return _page(
        "changes.html",
        cards,
        about=material.about,
        before=comparison.before,
        after=comparison.after,
        changes=[change.value for change in Change if any(card.change == change for card in cards)],
        components=change_components(entries),
        findings=finding_rows(results_of_changes(comparison, material), material),
        withheld=_withheld(comparison.findings, material),
        picture=picture(meetings_of_changes(entries)),
        notes=note_rows(comparison.notes),
        quiet=quiet[:_ROWS],
        quiet_count=len(quiet),
        counts=comparison.counts,
        files=comparison.files,
        totals=material.totals,
        settled=comparison.settled,
        asks=bool(material.questions),
        audits=_audits(comparison.audits),
        problems=_problems(comparison.problems),
        problem_count=len(comparison.problems),
    )


_Cards = Sequence[Card | ChangeCard]


def _page(template: str, cards: _Cards, **values: Any) -> str:
    """The page with as many cards as there is room for."""
    values |= {
        "kinds": sorted({card.kind for card in cards}),
        "areas": sorted({card.area for card in cards}),
        "band_names": BANDS,
        "bands": bands(),
        "total": len(cards),
        "style": _asset("style.css"),
        "script": _asset("script.js"),
        "hashes": {name: _hash(_asset(name)) for name in ("style.css", "script.js")},
    }
    page = _engine().get_template(template)
    most = max(len(cards) - 1, 0)
    ids = [card.id for card in cards]
    room = LIMIT - _size(page.render(cards=(), coded=most, asked=most, listed=frozenset(ids), **values))
    fit = _fitting(cards, room)
    listed = frozenset(ids[: len(fit.rows)])
    return page.render(cards=fit.rows, coded=fit.coded, asked=fit.asked, listed=listed, **values)


class _Filled(NamedTuple):
    """Cards as text, how many have code, how many all their questions, and the bytes of all."""

    rows: list[str]
    coded: int
    asked: int
    size: int


def _fitting(cards: _Cards, room: int) -> _Filled:
    """Every card whole, where there is room. Else checklists get a share, or what the code leaves of the room."""
    whole = _filled(cards, room, room)
    if whole.coded == len(cards):
        return whole
    bare = _filled(cards, room, 0)
    left = room - bare.size if bare.coded == len(cards) else 0
    return _filled(cards, room, max(left, ASKED))


def _filled(cards: _Cards, room: int, share: int) -> _Filled:
    """Cards with code while there is room for all the others without, then without, then none. Checklists stand in
    them as long as these are no more than their share."""
    parts: Any = _engine().get_template("parts.html").module
    rows = [str(parts.row(card)) for card in cards]
    sizes = [_size(row) for row in rows]
    total = sum(sizes)
    coded = asked = spent = 0
    for at, card in enumerate(cards):
        sheet = parts.asked(card.questions()) if spent < share else ""
        spent += _size(sheet)
        whole = str(parts.card(card, at < _PRINTED, sheet if spent <= share else ""))
        if total + (more := _size(whole) - sizes[at]) > room:
            break
        rows[at], total, coded, asked = whole, total + more, at + 1, asked + (spent <= share)
    while total > room:
        rows.pop()
        total -= sizes[len(rows)]
    return _Filled(rows, coded, asked, total)


def _problems(found: Sequence[Problem]) -> Sequence[Problem]:
    return found[:_PROBLEMS]


def _withheld(findings: Iterable[Finding], material: Material) -> int:
    """How many findings nobody answered and the filters hold back."""
    return sum(not finding.suppressed and not material.filter.passes(finding) for finding in findings)


def _audits(entries: tuple[Audited, ...]) -> list[str]:
    return plain(mark_lines(entries)).splitlines()


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return resources.files(_PACKAGE).joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _engine() -> "Environment":
    """Made when a page is, because the import takes as long as a small scan."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    engine = Environment(
        autoescape=True,
        loader=PackageLoader(_PACKAGE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized,
    )
    engine.filters["prose"] = prose
    engine.filters["count"] = _counted
    engine.filters["grouped"] = grouped
    return engine


def _finalized(value: object) -> object:
    return visible(value) if type(value) is str else value


def _counted(count: int, noun: str) -> str:
    """`1 site`, `1,200 sites`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
