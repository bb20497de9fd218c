"""A policy and entries in, the sites that lack a signature out.

    version = 1
    [[require]]
    risk = "high"            # a band, or a number: sites from this score on
    areas = ["library"]      # the default
    people = 2               # the default is 1
    not_author = true        # who wrote its lines does not count; the default is false

Of several tables that fit a site the strictest counts.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from ffireview.model.ledger import Audited, Lack, Shortfall, address
from ffireview.model.place import Problem, ProblemKind
from ffireview.model.program import Area, Site
from ffireview.model.review import Review
from ffireview.score.table import bands

PATH = ".ffireview/policy.toml"
BYTES = 100_000
Authors = Callable[[Site], frozenset[str]]
"""The addresses of those who wrote the lines of a site."""


class Require(Struct, frozen=True, forbid_unknown_fields=True):
    """Which sites must be signed, and by whom."""

    risk: str | int
    areas: tuple[Area, ...] = (Area.LIBRARY,)
    people: int = 1
    not_author: bool = False

    @property
    def least(self) -> int:
        """The score from which on it fits."""
        return self.risk if isinstance(self.risk, int) else bands()[self.risk]


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """What a repository demands."""

    version: int
    require: tuple[Require, ...]

    @property
    def asks_authors(self) -> bool:
        """Whether it matters who wrote the code."""
        return any(one.not_author for one in self.require)


def read_policy(path: str, source: bytes) -> Policy | Problem:
    """The policy in a file, or what is wrong with it."""
    if len(source) > BYTES:
        return Problem(path, ProblemKind.SETTINGS, f"{len(source)} bytes, limit {BYTES}")
    try:
        found = msgspec.convert(tomllib.loads(source.decode("utf-8")), Policy)
    except (ValueError, RecursionError) as error:
        return Problem(path, ProblemKind.SETTINGS, f"no policy: {error}"[:300])
    if found.version != 1:
        return Problem(path, ProblemKind.SETTINGS, f"version {found.version} is not known, 1 is")
    for one in found.require:
        if isinstance(one.risk, str) and one.risk not in bands():
            words = f"risk = {one.risk[:40]!r} is neither a number nor one of {', '.join(bands())}"
            return Problem(path, ProblemKind.SETTINGS, words)
        if one.people < 1:
            return Problem(path, ProblemKind.SETTINGS, f"people = {one.people}: at least 1")
    if not found.require:
        return Problem(path, ProblemKind.SETTINGS, "it demands nothing: [[require]] is missing")
    return found


def shortfalls(policy: Policy, review: Review, entries: tuple[Audited, ...], authors: Authors) -> tuple[Shortfall, ...]:
    """The sites that lack something, riskiest first."""
    by_site: dict[str, list[Audited]] = defaultdict(list)
    for one in entries:
        by_site[one.site].append(one)
    rows = zip(review.program.sites, review.scores, strict=True)
    found = [lack for site, score in rows for lack in _lacks(policy, site, score.value, by_site[site.id], authors)]
    return tuple(sorted(found, key=lambda one: (-one.risk, one.span)))


def _lacks(policy: Policy, site: Site, risk: int, entries: list[Audited], authors: Authors) -> Iterator[Shortfall]:
    wanted = [one for one in policy.require if risk >= one.least and site.area in one.areas]
    if not wanted:
        return
    people, strict = max(one.people for one in wanted), any(one.not_author for one in wanted)
    states = tuple(dict.fromkeys(one.state for one in entries))
    signers = {address(one.entry.by) for one in entries if one.accepts}
    others = signers - authors(site) if strict and signers else signers
    rejected = tuple(f"{one.entry.verdict}, {one.entry.by}" for one in entries if one.counts and not one.accepts)
    if rejected:
        yield Shortfall(site.id, site.span, risk, Lack.REJECTED, people, len(others), states, rejected)
    elif len(others) < people:
        lack = _why(entries, signers, others)
        yield Shortfall(site.id, site.span, risk, lack, people, len(others), states)


def _why(entries: list[Audited], signers: set[str], others: set[str]) -> Lack:
    if others:
        return Lack.TOO_FEW
    if signers:
        return Lack.OWN_WORK
    return Lack.STALE if entries else Lack.UNSIGNED
