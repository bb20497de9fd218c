"""Drift between code and the text that argues for it."""

import re
from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Sides
from ffireview.extract.rust.safety import says_nothing
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.place import Span
from ffireview.model.program import Site

_SPACE = re.compile(r"\s+")
_TICKED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_]\w*")


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose SAFETY text and code no longer changed together."""
    for before, after in sides.pairs:
        if before is not None and after is not None:
            yield from ((after.id, found) for found in _drift(before, after, sides))


def _drift(before: Site, after: Site, sides: Sides) -> Iterator[Cause]:
    old, new = _text(before), _text(after)
    code = before.tokens != after.tokens
    where, here = _place(before), _place(after)
    if old and not new:
        yield cause(CauseKind.SAFETY_REMOVED, "its SAFETY text was removed", where, here)
        return
    if not new:
        return
    if old != new:
        if says_nothing(new) and not says_nothing(old):
            yield cause(CauseKind.SAFETY_PLACEHOLDER, f"its SAFETY text now says only `{new[:60]}`", where, here)
        elif not code:
            yield cause(CauseKind.SAFETY_TEXT, "its SAFETY text changed, its code did not", where, here)
    gone = sorted(_names_gone(before, after, sides))
    if gone:
        listed = ", ".join(f"`{name}`" for name in gone[:3])
        yield cause(CauseKind.SAFETY_NAMES_GONE, f"its SAFETY text names {listed}, gone from the code", where, here)
    elif code and old == new and not says_nothing(new):
        yield cause(CauseKind.SAFETY_KEPT, "its code changed, its SAFETY text did not", where, here)


def _text(site: Site) -> str:
    return _SPACE.sub(" ", site.safety.text).strip() if site.safety else ""


def _place(site: Site) -> Span:
    if site.safety is None:
        return site.span
    return Span(site.span.path, site.safety.line, 1, site.safety.line, 1)


def _names_gone(before: Site, after: Site, sides: Sides) -> Iterator[str]:
    """Names in backticks that the older file's code had and the newer one's does not."""
    if after.safety is None or after.span.path not in sides.after.changed:
        return
    named = {word for ticked in _TICKED.findall(after.safety.text) for word in _NAME.findall(ticked)}
    if not named:
        return
    now = sides.after.texts[after.span.path].vocabulary
    then = sides.before.texts[before.span.path].vocabulary
    yield from (name for name in named if name in then and name not in now)
