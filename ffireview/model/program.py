"""All facts of one snapshot, joined: sites, crossings, problems."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.agreement import Agreement, TypeAgreement
from ffireview.model.effects import Effects
from ffireview.model.facts import (
    Entity,
    ImplFact,
    MacroContext,
    Operation,
    Role,
    SafetyNote,
    Signature,
    SiteKind,
    TraitFact,
    TypeFact,
)
from ffireview.model.place import Problem, Span
from ffireview.model.suppression import Suppression


class Area(StrEnum):
    """What part of a repository a file belongs to."""

    LIBRARY = "library"
    TEST = "test"
    BENCH = "bench"
    EXAMPLE = "example"
    BUILD = "build"
    VENDORED = "vendored"
    GENERATED = "generated"


class Site(Struct, frozen=True):
    """A place that a human must look at, with its context."""

    id: str
    kind: SiteKind
    name: str
    owner: str
    span: Span
    area: Area
    area_reason: str
    unsafe: bool
    visibility: str
    enclosing: str
    reach: str
    """How safe code gets here: `public safe fn`, `through f`, `unsafe fn`, `private`, `C`, or empty."""
    safety: SafetyNote | None
    cfg: tuple[str, ...]
    macro: MacroContext | None
    operations: tuple[Operation, ...]
    around: tuple[Operation, ...]
    """What the same function does outside every site."""
    detail: str
    symbol: str
    lines: int
    tokens: str
    crossings: tuple[str, ...] = ()
    """Symbols that this site crosses to, or is."""


class Direction(StrEnum):
    """Who calls whom."""

    RUST_TO_C = "rust-to-c"
    C_TO_RUST = "c-to-rust"
    RUST_TO_RUST = "rust-to-rust"


class Via(StrEnum):
    """How a name crosses."""

    EXTERN = "extern"
    BINDINGS = "bindings"
    EXPORT = "export"
    CALLBACK = "callback"
    CXX = "cxx"


class Status(StrEnum):
    """Whether the other side is in the snapshot."""

    LINKED = "linked"
    EXTERNAL = "external"
    ORPHAN = "orphan"
    BUILD_MADE = "build-made"


class Anchor(Struct, frozen=True):
    """One declaration of a crossing, on either side."""

    span: Span
    language: str
    role: Role
    entity: Entity
    name: str
    abi: str
    text: str
    """The signature as written, in one line."""
    signature: Signature | None
    cfg: tuple[str, ...]
    how: str
    internal: bool
    evidence: str
    """Why this declaration belongs to the crossing."""


class Use(Struct, frozen=True):
    """A place where the crossing is made: a call, an address taken."""

    span: Span
    language: str
    role: str
    owner: str
    context: str
    site: str
    """Id of the Rust site around the use, if any."""
    test: bool


class Crossing(Struct, frozen=True):
    """A symbol through which control passes between Rust and C, with everything known of both sides."""

    symbol: str
    direction: Direction
    via: Via
    status: Status
    rust: tuple[Anchor, ...]
    foreign: tuple[Anchor, ...]
    uses: tuple[Use, ...]
    evidence: tuple[str, ...]
    area: Area
    agreements: tuple[Agreement, ...] = ()
    """How far the declarations of both sides agree, pair by pair."""
    effects: tuple[Effects, ...] = ()
    """What each C definition of the symbol does, by its own text."""


class Orphan(Struct, frozen=True):
    """A declaration whose other side was looked for and is not there."""

    symbol: str
    span: Span
    reason: str


class FileCode(Struct, frozen=True):
    """What rules read of one Rust file, and no report shows."""

    path: str
    crate: str
    module: tuple[str, ...]
    area: Area
    """Of its code outside tests."""
    bodies: bytes
    """Functions with their bodies, packed (`model.body.unpack`)."""
    impls: tuple[ImplFact, ...]
    traits: tuple[TraitFact, ...]
    types: tuple[TypeFact, ...]


class Totals(Struct, frozen=True):
    """Counts that every report shows."""

    rust_files: int
    rust_files_read: int
    c_files: int
    c_files_read: int
    keywords: int
    keywords_in_macros: int
    keywords_structured: int


class Program(Struct, frozen=True):
    """All facts of one snapshot."""

    sites: tuple[Site, ...]
    crossings: tuple[Crossing, ...]
    orphans: tuple[Orphan, ...]
    problems: tuple[Problem, ...]
    totals: Totals
    types: tuple[TypeAgreement, ...] = ()
    """Records and enums that both languages define under one name."""
    code: tuple[FileCode, ...] = ()
    """The Rust files that were read, by path."""
    suppressions: tuple[Suppression, ...] = ()

    @property
    def effects(self) -> tuple[Effects, ...]:
        """What every C definition that crosses does, each once, by crossing."""
        found = {effects.span: effects for crossing in self.crossings for effects in crossing.effects}
        return tuple(found.values())
