"""What a report is told beside the review or comparison: the rules' prose, what to show, and lines of code."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from ffireview.model.checklist import Asked
from ffireview.model.finding import Filter, Rule
from ffireview.model.place import Span
from ffireview.model.program import Area, Totals
from ffireview.model.quote import Quote

_NO_QUOTES: Mapping[Span, Quote] = MappingProxyType({})
_NO_QUESTIONS: Mapping[str, tuple[Asked, ...]] = MappingProxyType({})


class Material(Struct, frozen=True):
    """Values only: a report reads nothing by itself."""

    rules: tuple[Rule, ...] = ()
    """The catalogue."""
    filter: Filter = Filter()
    areas: tuple[Area, ...] = ()
    """Only these, or all when empty."""
    sites_at: int | None = None
    """From this risk on a site is a result by itself; without it none is."""
    top: int = 15
    """How many sites a report for people lists."""
    totals: Totals | None = None
    """Of the newer snapshot, for a comparison."""
    quotes: Mapping[Span, Quote] = _NO_QUOTES
    """Lines of the places that the results stand at."""
    windows: Mapping[Span, Quote] = _NO_QUOTES
    """Longer stretches of whole lines, for reports that asked for them."""
    questions: Mapping[str, tuple[Asked, ...]] = _NO_QUESTIONS
    """What people are to establish, by site, most telling first, for reports that ask for it."""
    about: str = ""
    """What was read, in a word: the name of a folder."""
