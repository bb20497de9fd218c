"""What a person is asked about sites, with what was found for each question; no question has an answer here."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.comparison import Cause, Change
from ffireview.model.place import Span
from ffireview.model.program import Site
from ffireview.model.quote import Quote
from ffireview.model.review import Score

SHOWN = 7
"""So many questions of a site are for the screen; the others are folded."""


class Question(Struct, frozen=True):
    """One thing to establish. The same question may be asked of several operations."""

    id: str
    """`raw-deref.null`: the file that it stands in and its own name there."""
    text: str
    weight: int
    """From 1 to 9: how often the answer decides whether a site is sound."""
    facts: tuple[str, ...] = ()
    """Names of the facts that may fill it in."""
    rules: tuple[str, ...] = ()
    """Rules whose findings bear on it."""
    anssi: tuple[str, ...] = ()
    """Ids of ANSSI's secure Rust guide."""
    tags: tuple[str, ...] = ()
    """The safety properties that it is about."""
    when: str = ""
    """The condition under which it is asked; empty: always."""
    covered_by: tuple[str, ...] = ()
    """Questions beside which it is not asked."""


class Topic(Struct, frozen=True):
    """What questions are asked about: an operation, a kind of site, `every-site` or `c-side`."""

    id: str
    title: str
    questions: tuple[str, ...]
    """Ids, its own first."""


class Catalogue(Struct, frozen=True):
    """All topics and questions, by id."""

    topics: dict[str, Topic]
    questions: dict[str, Question]


class Bearing(StrEnum):
    """What a piece of evidence is."""

    FINDING = "finding"
    """A rule finds a flaw, or two declarations differ."""
    FOUND = "found"
    """So the text says."""
    MISSING = "missing"
    """It was looked for in the function around and is not there."""


class Evidence(Struct, frozen=True):
    """What the tool found that bears on a question. It is never an answer."""

    bearing: Bearing
    fact: str
    text: str
    span: Span | None = None


class Asked(Struct, frozen=True):
    """A question about one site."""

    question: Question
    topics: tuple[str, ...]
    """What of the site it is asked about."""
    evidence: tuple[Evidence, ...] = ()


class Side(Struct, frozen=True):
    """One declaration of a symbol that the site crosses to, or is."""

    language: str
    text: str
    span: Span


class Peer(Struct, frozen=True):
    """Both sides of a symbol, and what its C definition does, in words."""

    symbol: str
    rust: tuple[Side, ...]
    foreign: tuple[Side, ...]
    does: tuple[Evidence, ...] = ()
    grade: str = ""
    """The gravest difference between the declarations."""


class Sheet(Struct, frozen=True):
    """One site with its questions, most telling first; the first `shown` of them are for the screen."""

    site: Site
    score: Score
    code: Quote
    peers: tuple[Peer, ...]
    questions: tuple[Asked, ...]
    shown: int
    change: Change | None = None
    """Of a checklist of a change: what became of the site, and why it needs eyes."""
    causes: tuple[Cause, ...] = ()


class Checklist(Struct, frozen=True):
    """Sheets, the riskiest site first."""

    subject: str
    """What was reviewed, in words."""
    sheets: tuple[Sheet, ...]
    left: int
    """How many sites have no sheet because they rank lower than was asked for."""
