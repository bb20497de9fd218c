"""Which entries show the change of others: one change is told once, where it is seen best."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.compare.pairs import Pair
from ffireview.compare.sides import Side, Sides
from ffireview.compare.texts import Texts
from ffireview.model.comparison import Change
from ffireview.model.facts import SiteKind
from ffireview.model.place import Span
from ffireview.model.program import Site


class Changed(NamedTuple):
    """A pair and what became of it."""

    pair: Pair
    change: Change


def folded(rows: list[Changed], sides: Sides) -> dict[int, int]:
    """For the index of a row whose change another row shows: the index of that other row."""
    found: dict[int, int] = {}
    for inner, outer in sorted({*_nested(rows, sides.after, old=False), *_nested(rows, sides.before, old=True)}):
        if rows[outer].change is rows[inner].change is not Change.CHANGED:
            found.setdefault(inner, outer)
        elif rows[outer].change is Change.CHANGED and outer not in found:
            if _own_is_same(rows[outer].pair, sides):
                found[outer] = inner
            elif rows[inner].change is not Change.NEW and rows[outer].pair[0].kind is not SiteKind.EXTERN_BLOCK:  # type: ignore[union-attr]
                found.setdefault(inner, outer)
    return found


def _nested(rows: list[Changed], side: Side, *, old: bool) -> Iterator[tuple[int, int]]:
    """Rows whose sites stand inside one another on a side: the inner, and each around it that is among the rows."""
    index = {site.id: i for i, row in enumerate(rows) if (site := row.pair[0 if old else 1]) is not None}
    for site, above in _around(side.review.program.sites):
        if site.id in index and above.id in index:
            yield index[site.id], index[above.id]


def _around(sites: Iterable[Site]) -> Iterator[tuple[Site, Site]]:
    """Every pair of a site and one that stands around it, the innermost first."""
    path: list[Site] = []
    for site in sorted(sites, key=_outer_first):
        while path and not holds(path[-1].span, site.span):
            path.pop()
        yield from ((site, above) for above in reversed(path))
        path.append(site)


def _outer_first(site: Site) -> tuple[str, int, int, int, int]:
    span = site.span
    return span.path, span.line, span.column, -span.end_line, -span.end_column


def _own_is_same(pair: Pair, sides: Sides) -> bool:
    """Whether the code of a site is as it was outside the sites in it."""
    before, after = pair
    assert before is not None
    assert after is not None
    return own_words(before, sides.before) == own_words(after, sides.after)


def own_words(site: Site, side: Side) -> list[str]:
    """The tokens of a site that stand in no site inside it."""
    inner = [s.span for s in side.sites_in.get(site.span.path, ()) if holds(site.span, s.span)]
    return words_outside(side.texts, site.span, inner)


def words_outside(texts: Texts, span: Span, inner: list[Span]) -> list[str]:
    """The tokens of a span but for those of the spans in it; a gap is one empty word."""
    text = texts[span.path]
    holes = sorted(text.offsets(hole) for hole in inner)
    words: list[str] = []
    for token in text.tokens(span):
        while holes and holes[0][1] <= token.start:
            holes.pop(0)
        if not holes or token.start < holes[0][0]:
            words.append(token.text)
        elif not words or words[-1]:
            words.append("")
    return words


def holds(outer: Span, inner: Span) -> bool:
    """Whether one span lies inside another and is not the same."""
    return (
        outer.path == inner.path
        and outer != inner
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )
