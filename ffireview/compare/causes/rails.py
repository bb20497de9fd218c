"""Guard rails that a change loosens: checks, `unsafe` in signatures, nullable pointers, lint levels, suppressions."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from ffireview.compare.fold import holds
from ffireview.compare.order import cause
from ffireview.compare.sides import ItemChange, Sides
from ffireview.extract.settings import is_own_file
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.facts import SiteKind
from ffireview.model.items import Check, CheckKind, Item, ItemKind, Setting, Tool
from ffireview.model.place import Span
from ffireview.model.program import Site

_NULLABLE = re.compile(r"\bOption\s*<\s*((?:for\s*<[^>]*>\s*)?(?:unsafe\s+)?extern\b[^<>]*\bfn\s*\()")
_POINTER = re.compile(r"(?:unsafe\s+)?extern\b[^<>]*\bfn\s*\(")
_POLICY = ".ffireview/policy.toml"
_LEVELS = {"allow": 0, "expect": 0, "warn": 1, "deny": 2, "forbid": 3}
_CHECKS = {
    CheckKind.NULL: "null check", CheckKind.BOUNDS: "bounds check", CheckKind.COMPARISON: "comparison",
    CheckKind.ASSERT: "assertion", CheckKind.CHECKED: "checked arithmetic", CheckKind.EXIT: "early return",
}  # fmt: skip
_SHOWN = 48
_SAME_CHECK = 0.6
"""How alike the texts of two checks are when one took the other's place."""


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose guards went away."""
    moved = _Moved(sides)
    for change in sides.changed_items:
        before, after = change.before, change.after
        if before is None or after is None or not change.path.endswith(".rs") or after.test:
            continue
        if after.kind is ItemKind.FUNCTION:
            sites = _sites_of(change, sides)
            found = [
                *_checks(change, before, after, moved),
                *_catches(change, before, after),
                *_nullable(change, before, after),
            ]
            if before.unsafe and not after.unsafe and after.body:
                found.append(
                    cause(CauseKind.UNSAFE_DROPPED, f"unsafe fn {after.name} is a safe fn now", *_where(change))
                )
            if after.safe and not before.safe:
                text = f"foreign fn {after.name} can be called from safe code now"
                found.append(cause(CauseKind.SAFE_FOREIGN, text, *_where(change)))
            yield from ((site.id, one) for site in sites for one in found)
        elif after.fields:
            for one in _nullable_fields(change, before, after):
                yield from ((site.id, one) for site in sides.after.mentioning(after.name))


def notes(sides: Sides) -> Iterator[Cause]:
    """Lint levels, and what is to be ignored by ffireview: they concern no one site."""
    for path in sides.paths:
        yield from _settings(path, sides)
    for change in sides.changed_items:
        before, after = change.before, change.after
        if before and after and before.unsafe and not after.unsafe and not _sites_of(change, sides):
            yield _unsafe_dropped(change, after)


def _unsafe_dropped(change: ItemChange, after: Item) -> Cause:
    return cause(CauseKind.UNSAFE_DROPPED, f"unsafe fn {after.name} is a safe fn now", *_where(change))


def _where(change: ItemChange) -> tuple[Span | None, Span | None]:
    return change.before_span, change.after_span


def _sites_of(change: ItemChange, sides: Sides) -> list[Site]:
    """The sites inside an item, or the item itself."""
    span = change.after_span
    assert span is not None
    return [
        s for s in sides.after.sites_in.get(span.path, ())
        if s.kind is not SiteKind.EXTERN_BLOCK and (holds(span, s.span) or _same_lines(span, s.span))
    ]  # fmt: skip


def _same_lines(one: Span, other: Span) -> bool:
    return one.end_line == other.end_line and one.line <= other.line


class _Moved:
    """The checks that the change brings, by the functions that have them now."""

    def __init__(self, sides: Sides) -> None:
        self._came: list[tuple[CheckKind, str, str]] = []
        for change in sides.changed_items:
            if change.after is not None and change.after.kind is ItemKind.FUNCTION and not change.after.test:
                old = _texts(change.before) if change.before is not None else Counter()
                self._came += [(*key, change.after.name) for key in (_texts(change.after) - old).elements()]

    def called(self, kind: CheckKind, text: str, after: Item) -> str:
        """The function that makes such a check now, among those that an item calls; empty when there is none."""
        names = {call.name for call in after.calls}
        found = (name for k, other, name in self._came if k is kind and name in names and _alike(text, other))
        return next(found, "")


def _alike(text: str, other: str) -> bool:
    return text == other or SequenceMatcher(None, text, other).ratio() >= _SAME_CHECK


def _checks(change: ItemChange, before: Item, after: Item, moved: _Moved) -> Iterator[Cause]:
    """Checks of the function that are gone, or only there in debug builds. One that was replaced, or that a function
    called from here makes now, is told as such."""
    old, new = _texts(before), _texts(after)
    came = list((new - old).elements())
    for kind, text in (old - new).elements():
        if kind not in _CHECKS:
            continue
        span = _place(change, before, kind, text)
        if (CheckKind.DEBUG_ASSERT, text) in came:
            yield cause(CauseKind.CHECK_WEAKENED, f"`{_shown(text)}` is only asserted in debug builds now", *span)
            continue
        if kind is CheckKind.EXIT:
            continue
        other = next((t for k, t in came if k is kind), "")
        if name := moved.called(kind, text, after):
            yield cause(CauseKind.CHECK_REMOVED, f"{_CHECKS[kind]} `{_shown(text)}` is made in {name} now", *span, 3)
        elif other:
            came.remove((kind, other))
            became = f"{_CHECKS[kind]} `{_shown(text)}` became `{_shown(other)}`"
            yield cause(CauseKind.CHECK_REMOVED, became, *span, 2)
        else:
            yield cause(CauseKind.CHECK_REMOVED, f"{_CHECKS[kind]} `{_shown(text)}` is gone", *span)


def _texts(item: Item) -> Counter[tuple[CheckKind, str]]:
    return Counter((check.kind, check.text) for check in item.checks)


def _place(change: ItemChange, item: Item, kind: CheckKind, text: str) -> tuple[Span | None, Span | None]:
    found: Check = next(c for c in item.checks if (c.kind, c.text) == (kind, text))
    return Span.of(change.old_path, found.at), change.after_span


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _catches(change: ItemChange, before: Item, after: Item) -> Iterator[Cause]:
    if any(c.kind is CheckKind.CATCH for c in before.checks) and not any(
        c.kind is CheckKind.CATCH for c in after.checks
    ):
        text = f"{after.name} no longer catches panics"
        yield cause(CauseKind.CATCH_REMOVED, text, *_where(change))


def _nullable(change: ItemChange, before: Item, after: Item) -> Iterator[Cause]:
    if before.signature is None or after.signature is None:
        return
    for old, new in zip(before.signature.parameters, after.signature.parameters, strict=False):
        if _lost_option(old.type, new.type):
            text = f"parameter `{new.name}` was an Option of a function pointer and cannot be null now"
            yield cause(CauseKind.NULLABLE_DROPPED, text, *_where(change))


def _nullable_fields(change: ItemChange, before: Item, after: Item) -> Iterator[Cause]:
    old = {f.name: f.type for f in before.fields}
    for field in after.fields:
        if _lost_option(old.get(field.name, ""), field.type):
            text = f"field `{field.name}` of {after.name} was an Option of a function pointer and cannot be null now"
            yield cause(CauseKind.NULLABLE_DROPPED, text, *_where(change))


def _lost_option(before: str, after: str) -> bool:
    return bool(_NULLABLE.search(before) and not _NULLABLE.search(after) and _POINTER.search(after))


def _settings(path: str, sides: Sides) -> Iterator[Cause]:
    before, after = sides.before.settings(path), sides.after.settings(path)
    old, new = ({(s.tool, s.name, s.value, s.scope): s for s in side} for side in (before, after))
    for key in old.keys() - new.keys():
        yield from _gone(path, old[key], [new[k] for k in new.keys() - old.keys()])
    for key in new.keys() - old.keys():
        yield from _came(path, new[key], [old[k] for k in old.keys() - new.keys()])
    yield from _passed_over(path, before, after)


def _gone(path: str, setting: Setting, came: list[Setting]) -> Iterator[Cause]:
    if setting.tool is Tool.LINT and _LEVELS.get(setting.name, 0) >= 1:
        now = [s for s in came if (s.tool, s.value, s.scope) == (Tool.LINT, setting.value, setting.scope)]
        if all(_LEVELS.get(s.name, 0) < _LEVELS[setting.name] for s in now):
            became = f" became {now[0].name}({setting.value})" if now else " is gone"
            text = f"{setting.name}({setting.value}){became}" + (f" in {setting.scope}" if setting.scope else "")
            where = Span.of(path, now[0].at) if now else None
            yield cause(CauseKind.LINT_LOOSENED, text, Span.of(path, setting.at), where)


def _came(path: str, setting: Setting, gone: list[Setting]) -> Iterator[Cause]:
    loosens = setting.tool is Tool.LINT and _LEVELS.get(setting.name, 1) == 0
    if loosens and not any((s.tool, s.value, s.scope) == (Tool.LINT, setting.value, setting.scope) for s in gone):
        text = f"{setting.name}({setting.value}) is new" + (f" in {setting.scope}" if setting.scope else "")
        yield cause(CauseKind.LINT_LOOSENED, text, None, Span.of(path, setting.at))


def _passed_over(path: str, before: tuple[Setting, ...], after: tuple[Setting, ...]) -> Iterator[Cause]:
    """Suppressions that are new or say something else; a copy of one that was there is new as well. And any edit of
    ffireview's own files: this comparison goes by the older ones, the next by the newer."""
    old, new = ([s for s in side if s.tool is Tool.FFIREVIEW] for side in (before, after))
    if is_own_file(path):
        if old != new:
            became = "is new" if not old else "is gone" if not new else "changed"
            says = "which sites must be signed" if path.endswith(_POLICY) else "which findings are passed over"
            text = f"{path} {became}: it says {says} from now on"
            places = [Span.of(path, side[0].at) if side else None for side in (old, new)]
            yield cause(CauseKind.SUPPRESSION, text, places[0], places[1])
        return
    left = Counter((s.name, s.value) for s in old)
    for setting in new:
        key = (setting.name, setting.value)
        left[key] -= 1
        if left[key] < 0:
            text = f"ffireview is told what to pass over: {setting.name} {setting.value}".rstrip()
            yield cause(CauseKind.SUPPRESSION, text, None, Span.of(path, setting.at))
