"""A named flaw at a place, and what is told of a rule beside its code."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.place import Span


class Severity(StrEnum):
    """How bad it is if the finding is right, worst last."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Confidence(StrEnum):
    """How often such a finding is right, surest last."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Persona(StrEnum):
    """Who wants to see it: everyone, who cares for hygiene, who reads every site anyway. Each sees what the ones before
    it see."""

    REGULAR = "regular"
    PEDANTIC = "pedantic"
    AUDITOR = "auditor"


class Label(Struct, frozen=True, order=True):
    """A related place, usually on the other side of the boundary, with under seven words."""

    span: Span
    text: str


class Hit(Struct, frozen=True):
    """What a rule finds: a place in Rust, what is so there, and related places. `confidence` overrides the rule's."""

    span: Span
    message: str
    labels: tuple[Label, ...] = ()
    confidence: Confidence | None = None


class Finding(Struct, frozen=True):
    """A hit with what its rule says of it, and the site that it belongs to (empty when none stands there)."""

    rule: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    site: str
    span: Span
    message: str
    labels: tuple[Label, ...] = ()
    suppressed: str = ""
    """Why it is not to be shown: the reason of a suppression, or `baseline`."""


class Prose(Struct, frozen=True):
    """A rule's docstring, in its parts."""

    title: str
    what: str
    why: str
    instead: str


class Rule(Struct, frozen=True):
    """What the catalogue knows of a rule."""

    id: str
    prose: Prose
    severity: Severity
    confidence: Confidence
    persona: Persona
    pattern: str
    """Its number in the project's catalogue of flaws, such as `P27`."""
    anssi: tuple[str, ...]
    cwe: tuple[str, ...]
    advisories: tuple[str, ...]
    operations: tuple[str, ...]
    since: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
