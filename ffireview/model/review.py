"""A program judged: every site with its score, every point with its reason."""

from msgspec import Struct

from ffireview.model.finding import Finding
from ffireview.model.ledger import Audited
from ffireview.model.place import Span
from ffireview.model.program import Program
from ffireview.model.suppression import Settled


class Contribution(Struct, frozen=True):
    """Part of a score: points, the reason in words, and the place that gives it."""

    points: int
    reason: str
    span: Span


class Score(Struct, frozen=True):
    """The risk of a site, 0 to 100."""

    site: str
    value: int
    contributions: tuple[Contribution, ...]


class Review(Struct, frozen=True):
    """A program, the scores of its sites, in the order of the sites, and what the rules found."""

    program: Program
    scores: tuple[Score, ...]
    findings: tuple[Finding, ...] = ()
    settled: Settled = Settled()
    audits: tuple[Audited, ...] = ()
    """What people signed, beside the sites as they are."""
