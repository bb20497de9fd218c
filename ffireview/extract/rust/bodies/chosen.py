"""Which functions are worth their bodies: where unsafe code or a crossing starts, ends, or takes its values."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ffireview.extract.rust.scopes import Item
from ffireview.extract.rust.view import RustView

_BOUNDARY = re.compile(
    rb"\*\s*(?:const|mut)\b|\b(?:\w*as_(?:mut_)?ptr|(?:in)?to_raw\w*|from_raw\w*|as_raw\w*|leak|forget|ManuallyDrop|NonNull"
    rb"|MaybeUninit|CStr|CString|set_len|transmute\w*|catch_unwind|c_(?:int|uint|char|long|void)|Layout|mem\s*::\s*(?:take|replace))\b"
)
"""What safe code does on behalf of unsafe code: pointers made and taken back, ownership given away."""
_ALWAYS = frozenset({("Drop", "drop"), ("Clone", "clone")})
"""Trait methods whose absence of unsafe code says something of their type."""


def functions_that_matter(view: RustView, units: list[tuple[int, int]], calls: dict[int, set[str]]) -> Iterator[Item]:
    """Functions that hold or are a site, those that touch what unsafe code works with, and what either calls in the
    same file. `units`: the stretches that hold a site, in order; `calls`: names that each function calls, by its
    start."""
    functions = [item for item in view.scopes.items if item.kind == "function" and item.body is not None]
    starts = [start for start, _ in units]
    first = {item.start for item in functions if _in_unit(item, units, starts) or _touches(view, item)}
    called = {name for start in first for name in calls.get(start, ())}
    return (item for item in functions if item.start in first or item.name in called)


def _in_unit(item: Item, units: list[tuple[int, int]], starts: list[int]) -> bool:
    index = bisect_right(starts, item.start) - 1
    return index >= 0 and item.start < units[index][1]


def _touches(view: RustView, item: Item) -> bool:
    if _BOUNDARY.search(view.text.code, item.start, item.end):
        return True
    parent = item.parent
    return parent is not None and any(trait in parent.header and item.name == name for trait, name in _ALWAYS)
