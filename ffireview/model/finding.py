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
    id: str = ""
    """Twelve hex digits that hold no line number: of the rule, the site, the code that the message names, and a number
    among equals."""
    suppressed: str = ""
    """Why it is not to be shown: the reason of a suppression, or `baseline`."""
    suppressed_at: Span | None = None
    """The suppression; None for the baseline."""


class Filter(Struct, frozen=True):
    """Which findings someone wants to see."""

    persona: Persona = Persona.REGULAR
    severity: Severity = Severity.LOW
    confidence: Confidence = Confidence.LOW
    only: tuple[str, ...] = ()
    """Rules, whoever they are for; all, where none is named."""
    enabled: tuple[str, ...] = ()
    """Rules that are shown besides those for the persona."""
    disabled: tuple[str, ...] = ()

    def passes(self, finding: Finding) -> bool:
        """Whether the finding is one of those."""
        rule = finding.rule
        if rule in self.disabled or (self.only and rule not in self.only):
            return False
        return (
            (rule in self.only or rule in self.enabled or at_least(self.persona, finding.persona))
            and at_least(finding.severity, self.severity)
            and at_least(finding.confidence, self.confidence)
        )


def at_least(value: StrEnum, least: StrEnum) -> bool:
    """Whether a word stands at another or behind it in the order of their kind."""
    order = list(type(value))
    return order.index(value) >= order.index(least)


class Prose(Struct, frozen=True):
    """A rule's docstring, in its parts."""

    title: str
    what: str
    why: str
    instead: str


class Rule(Struct, frozen=True):
    """What the catalogue knows of a rule."""

    id: str
    group: str
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
