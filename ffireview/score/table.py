"""The numbers and words of the score, as values: `weights.toml` and `reasons.toml`."""

from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct


class Raise(Struct, frozen=True, forbid_unknown_fields=True):
    """A sign that raises the risk: points for each nat of surprise, and its usual share of the units of a tree."""

    points: float
    usual: float


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """All numbers of the score; `weights.toml` says what each table is."""

    version: int
    start: dict[str, int]
    raises: dict[str, Raise]
    lowers: dict[str, float]
    severity: dict[str, int]
    confidence: dict[str, float]
    persona: dict[str, float]
    agreement: dict[str, int]
    area: dict[str, int]
    band: dict[str, int]
    elsewhere: float
    """The part of a sign's points that a site gets when the sign stands in another site of the same function."""


class Reasons(Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader is told of a sign, and which rules tell it better."""

    says: dict[str, str]
    told_by: dict[str, tuple[str, ...]]


@cache
def weights() -> Weights:
    """The table of points."""
    return msgspec.toml.decode(_text("weights.toml"), type=Weights)


@cache
def reasons() -> Reasons:
    """The words for signs."""
    return msgspec.toml.decode(_text("reasons.toml"), type=Reasons)


def bands() -> dict[str, int]:
    """The least score of each band, the lowest first."""
    return weights().band


def _text(name: str) -> bytes:
    return resources.files("ffireview.score").joinpath(name).read_bytes()
