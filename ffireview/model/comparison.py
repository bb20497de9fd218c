"""Two reviews beside each other: what appeared, changed, moved and went away, and what changed around the rest."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.finding import Finding
from ffireview.model.ledger import Audited
from ffireview.model.place import Problem, Span
from ffireview.model.program import Site
from ffireview.model.suppression import Settled


class Change(StrEnum):
    """What became of a site, most telling first."""

    NEW = "new"
    CHANGED = "changed"
    AFFECTED = "affected"
    """Its own code is as it was; what it relies on is not."""
    RENAMED = "renamed"
    MOVED = "moved"
    REMOVED = "removed"


class CauseKind(StrEnum):
    """Why an entry needs eyes: one word for each thing that a line diff cannot show."""

    OPERATION_ADDED = "operation-added"
    OPERATION_REMOVED = "operation-removed"
    CODE = "code"
    HEADER = "header"
    """Visibility, attributes, cfg, ABI or type of the site itself."""
    FINDING = "finding"
    """A rule finds something here that it did not find before."""
    C_SIGNATURE = "c-signature"
    C_BODY = "c-body"
    C_TYPE = "c-type"
    C_CONSTANT = "c-constant"
    C_GONE = "c-gone"
    C_APPEARED = "c-appeared"
    RUST_SIGNATURE = "rust-signature"
    DISAGREEMENT = "disagreement"
    FUNCTION_AROUND = "function-around"
    HELPER = "helper"
    FIELD = "field"
    LOCK_SCOPE = "lock-scope"
    DROP = "drop"
    CONSTRUCTOR = "constructor"
    TYPE = "type"
    VISIBILITY = "visibility"
    BOUND = "bound"
    """A safe function that makes a type asks less of what goes in: what `unsafe impl` of the type relied on."""
    CONSTANT = "constant"
    SAFETY_KEPT = "safety-kept"
    SAFETY_TEXT = "safety-text"
    SAFETY_NAMES_GONE = "safety-names-gone"
    SAFETY_PLACEHOLDER = "safety-placeholder"
    SAFETY_REMOVED = "safety-removed"
    LINT_LOOSENED = "lint-loosened"
    UNSAFE_DROPPED = "unsafe-dropped"
    SAFE_FOREIGN = "safe-foreign"
    CHECK_REMOVED = "check-removed"
    CHECK_WEAKENED = "check-weakened"
    NULLABLE_DROPPED = "nullable-dropped"
    CATCH_REMOVED = "catch-removed"
    SUPPRESSION = "suppression"
    BUILD = "build"
    PLACE = "place"
    """It stands elsewhere now."""


class Cause(Struct, frozen=True):
    """One reason why an entry needs eyes."""

    kind: CauseKind
    text: str
    points: int
    """How near and how grave: what the order of the entries is made from."""
    before: Span | None = None
    after: Span | None = None
    """Both places. Of `disagreement` and `rust-signature` they are those in Rust and in C, as they are now."""


class Mark(Struct, frozen=True):
    """A changed part of a line: columns from 1, the end exclusive."""

    start: int
    end: int


class Row(Struct, frozen=True):
    """One line of an excerpt. `number` is 0 where lines were left out."""

    number: int
    text: str
    marks: tuple[Mark, ...] = ()


class Excerpt(Struct, frozen=True):
    """Lines of one side, cut to what the change touches."""

    span: Span
    rows: tuple[Row, ...]


class Entry(Struct, frozen=True):
    """A site that is not as it was, or whose surroundings are not."""

    change: Change
    before: Site | None
    after: Site | None
    risk_before: int
    risk_after: int
    attention: int
    """What the entries are ordered by: risk now, and the causes."""
    causes: tuple[Cause, ...]
    excerpt_before: Excerpt | None = None
    excerpt_after: Excerpt | None = None
    """What changed: the site itself, or what an affected site relies on."""
    excerpt_site: Excerpt | None = None
    """The unchanged code of an affected site."""
    within: str = ""
    """Id of the site that shows this one's change too: a block inside it, or the item at the same place."""

    @property
    def site(self) -> Site:
        """The site as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


class Note(Struct, frozen=True):
    """A change of a guard rail or of the build that belongs to no one site."""

    cause: Cause
    excerpt_before: Excerpt | None = None
    excerpt_after: Excerpt | None = None


class Counts(Struct, frozen=True):
    """How many entries tell of what; one whose change another entry shows is not counted."""

    new: int
    changed: int
    affected: int
    affected_from_c: int
    """Of the affected and changed, those for which C gives a reason."""
    renamed: int
    moved: int
    removed: int
    unchanged: int
    withheld: int
    """Affected sites that were left out because one change reaches so many."""


class Comparison(Struct, frozen=True):
    """Two reviews and what is between them."""

    before: str
    after: str
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    counts: Counts
    files: int
    """How many files the two snapshots do not share."""
    problems: tuple[Problem, ...]
    """Problems of the newer snapshot, and of the older one in files that changed."""
    findings: tuple[Finding, ...] = ()
    """Those that were not at their site before, the suppressed ones included."""
    settled: Settled = Settled()
    """Of the newer snapshot."""
    audits: tuple[Audited, ...] = ()
    """What people signed before the change, beside the sites as they are after it."""
