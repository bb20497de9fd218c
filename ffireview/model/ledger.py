"""What people recorded about sites, and what of it still holds."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.place import Problem, Span


class Verdict(StrEnum):
    """What a person concluded, best first."""

    SOUND = "sound"
    SOUND_WITH_CONDITIONS = "sound-with-conditions"
    UNCLEAR = "unclear"
    UNSOUND = "unsound"


class Hashes(Struct, frozen=True):
    """What an entry was signed for, each part by itself. Comments, layout and the name of the site or function count in
    none, SAFETY texts in `item`. A part that the site does not have is empty."""

    operation: str
    """The tokens of the site."""
    item: str
    """The function or item around, with the SAFETY text."""
    contract: str
    """Declarations of what it calls: Rust's of foreign functions, headers and `# Safety` of unsafe functions."""
    peer: str
    """The C side: prototypes, definitions, layouts, what definitions do by way of others."""
    context: str
    """Of the type whose method it is the fields that it touches, derives and `Drop`; calls in the same file with what
    is asked before; `cfg`."""


class Sketches(Struct, frozen=True):
    """How alike other code is: what a site is found again by that was renamed or moved, and edited. Empty for short
    code, which proves nothing."""

    around: str = ""
    """The function around, or what the site is."""
    site: str = ""
    """A block by itself."""


class AuditEntry(Struct, frozen=True):
    """A person's verdict on a site. What stands before `verdict` says which site is meant."""

    site: str
    kind: str
    path: str
    owner: str
    name: str
    operations: tuple[str, ...]
    verdict: Verdict
    by: str
    at: str
    """The day, as are `expires` and all days here: 2026-11-21."""
    tool: str
    hashes: Hashes
    answers: dict[str, str] = {}
    conditions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    expires: str = ""
    assisted_by: str = ""
    """What machine helped, in the words of the person who signs; empty for none."""
    risk: int = 0
    """When it was signed."""
    sketches: Sketches = Sketches()


class Kept(Struct, frozen=True):
    """An entry and the file that it stands in."""

    path: str
    entry: AuditEntry


class Ledger(Struct, frozen=True):
    """All entries of a tree, by file, and what is wrong with the files."""

    entries: tuple[Kept, ...] = ()
    problems: tuple[Problem, ...] = ()


class State(StrEnum):
    """What became of what an entry was signed for, gravest first."""

    ORPHANED = "orphaned"
    """No such site any more."""
    STALE_CODE = "stale-code"
    """The site itself changed: its answers are void."""
    STALE_CONTRACT = "stale-contract"
    STALE_PEER = "stale-peer"
    STALE_ITEM = "stale-item"
    """The code around changed: to be confirmed again."""
    EXPIRED = "expired"
    STALE_CONTEXT = "stale-context"
    """What it relies on further away changed: advice, the entry counts."""
    MOVED = "moved"
    """All as it was, elsewhere: the entry counts."""
    VALID = "valid"


COUNTS = frozenset({State.VALID, State.MOVED, State.STALE_CONTEXT})
"""States in which an entry counts."""
ACCEPTS = frozenset({Verdict.SOUND, Verdict.SOUND_WITH_CONDITIONS})
"""Verdicts that settle a site."""


class Audited(Struct, frozen=True):
    """An entry beside the tree as it is now: all `states` that hold, gravest first. Without a `site`, it is gone."""

    file: str
    entry: AuditEntry
    states: tuple[State, ...]
    site: str
    span: Span | None
    risk: int

    @property
    def state(self) -> State:
        """The gravest state."""
        return self.states[0]

    @property
    def counts(self) -> bool:
        """Whether what the person signed is still so."""
        return self.state in COUNTS

    @property
    def accepts(self) -> bool:
        """Whether it settles the site."""
        return self.counts and self.entry.verdict in ACCEPTS


class Lack(StrEnum):
    """Why a site is not settled as a policy wants it."""

    UNSIGNED = "unsigned"
    STALE = "stale"
    REJECTED = "rejected"
    """Somebody who read it as it is now says that it is unsound or unclear."""
    TOO_FEW = "too-few"
    OWN_WORK = "own-work"
    """Only its authors signed."""


class Shortfall(Struct, frozen=True):
    """A site that a policy is not content with."""

    site: str
    span: Span
    risk: int
    lack: Lack
    people: int
    """How many must sign, and how many have."""
    signed: int
    states: tuple[State, ...] = ()
    rejected: tuple[str, ...] = ()
    """Who says so: `unsound, Jane D <jane@example.org>`."""


class Answer(StrEnum):
    """What a person says to a question. Not yes and no: whatever way round a question is put, it is plain which answer
    is the bad one."""

    OK = "ok"
    FLAW = "flaw"
    NOT_APPLICABLE = "n/a"
    UNKNOWN = "unknown"


def address(by: str) -> str:
    """`Jane D <jane@example.org>` to what tells one person from another."""
    inside = by.rpartition("<")[2].rstrip(">").strip() if "<" in by else by.strip()
    return inside.casefold()
