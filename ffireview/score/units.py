"""A codebase in, what a reviewer reads at once out: a function with the sites in it, or a site outside of functions."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ffireview.flow import Code, Codebase
from ffireview.model.facts import ImplFact, SiteKind
from ffireview.model.program import Area, Site

NOT_SHIPPED = frozenset({Area.TEST, Area.BENCH, Area.EXAMPLE, Area.GENERATED})
"""Areas whose units do not say what is usual in a tree."""


class Unit(NamedTuple):
    """Sites that share a function; `code` is absent outside of functions, `impl` is the header of an unsafe impl."""

    sites: tuple[Site, ...]
    code: Code | None
    impl: ImplFact | None

    @property
    def counts(self) -> bool:
        """Whether it says what is usual in a tree: code that a user of the tree runs, or a promise; no declaration."""
        first = self.sites[0]
        acts = self.code is not None or self.impl is not None or first.kind is SiteKind.UNSAFE_BLOCK
        return acts and first.area not in NOT_SHIPPED


def units(codebase: Codebase) -> list[Unit]:
    """Every site in exactly one unit, by path and line."""
    found: list[Unit] = []
    for path, group in groupby(codebase.program.sites, key=lambda site: site.span.path):
        found.extend(_of_file(codebase.of_file(path), list(group), _unsafe_impls(codebase, path)))
    return found


def _of_file(codes: tuple[Code, ...], sites: list[Site], impls: dict[tuple[int, int], ImplFact]) -> Iterator[Unit]:
    inside: dict[int, list[Site]] = {}
    for site, code in zip(sites, _around(codes, sites), strict=True):
        if code is None:
            yield Unit((site,), None, impls.get((site.span.line, site.span.column)))
        else:
            inside.setdefault(id(code), []).append(site)
    for code in codes:
        if id(code) in inside:
            yield Unit(tuple(inside[id(code)]), code, None)


def _around(codes: tuple[Code, ...], sites: list[Site]) -> list[Code | None]:
    """The innermost function around each site: one walk over both, by position."""
    found: list[Code | None] = [None] * len(sites)
    waiting = sorted(codes, key=lambda code: (code.body.line, code.body.column), reverse=True)
    open_now: list[Code] = []
    for rank in sorted(range(len(sites)), key=lambda i: (sites[i].span.line, sites[i].span.column)):
        span = sites[rank].span
        start, end = (span.line, span.column), (span.end_line, span.end_column)
        while waiting and (waiting[-1].body.line, waiting[-1].body.column) <= start:
            open_now.append(waiting.pop())
        while open_now and (open_now[-1].body.end_line, open_now[-1].body.end_column) <= start:
            open_now.pop()
        fits = (c for c in reversed(open_now) if end <= (c.body.end_line, c.body.end_column))
        found[rank] = next(fits, None) if sites[rank].kind is not SiteKind.UNSAFE_TRAIT else None
    return found


def _unsafe_impls(codebase: Codebase, path: str) -> dict[tuple[int, int], ImplFact]:
    return {(fact.at.line, fact.at.column): fact for fact in codebase.impls_of_file(path) if fact.unsafe}
