"""Drift between code and the text that argues for it."""

import re
from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Sides
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.place import Span
from ffireview.model.program import Site

_SPACE = re.compile(r"\s+")
_TICKED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_]\w*")
_LEAD = re.compile(r"^\W*(?:(?:#\s*)?safety|justification|unsafety|safe because)?\W*", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:todo|fixme|xxx|tbd|trust me|ffi call|see above|same as above|(?:it'?s|this is) (?:fine|safe|ok)|safe|ok|fine"
    r"|needs? (?:a )?(?:comment|justification|docs?)|\?+|n/?a)?[\s.!:?-]*(?:justify|explain|write|add|document)?\W*",
    re.IGNORECASE,
)


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose SAFETY text and code no longer changed together."""
    for before, after in sides.pairs:
        if before is not None and after is not None:
            yield from ((after.id, found) for found in _drift(before, after, sides))


def is_placeholder(text: str) -> bool:
    """Whether a SAFETY text says nothing."""
    return bool(_PLACEHOLDER.fullmatch(_LEAD.sub("", _SPACE.sub(" ", text))))


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
        if is_placeholder(new) and not is_placeholder(old):
            yield cause(CauseKind.SAFETY_PLACEHOLDER, f"its SAFETY text now says only `{new[:60]}`", where, here)
        elif not code:
            yield cause(CauseKind.SAFETY_TEXT, "its SAFETY text changed, its code did not", where, here)
    gone = sorted(_names_gone(before, after, sides))
    if gone:
        listed = ", ".join(f"`{name}`" for name in gone[:3])
        yield cause(CauseKind.SAFETY_NAMES_GONE, f"its SAFETY text names {listed}, gone from the code", where, here)
    elif code and old == new and not is_placeholder(new):
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
