"""The other language's side changed: declarations, bodies, types and constants of C that Rust relies on, and exports
that C still declares as they were."""

from collections.abc import Iterable, Iterator

from ffireview.compare.excerpts import changed_parts
from ffireview.compare.order import cause
from ffireview.compare.sides import ItemChange, Side, Sides
from ffireview.compare.texts import Token, head_of, written
from ffireview.link.types.spelling import tidy
from ffireview.model.agreement import Agreement, Difference, Grade
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.facts import SiteKind
from ffireview.model.items import Item, ItemKind
from ffireview.model.place import Span
from ffireview.model.program import Crossing, Direction, Site

_FUNCTIONS = (ItemKind.FUNCTION, ItemKind.PROTOTYPE)
_TYPES = (ItemKind.STRUCT, ItemKind.UNION, ItemKind.ENUM, ItemKind.TYPEDEF)
_VALUES = (ItemKind.MACRO, ItemKind.ENUMERATOR, ItemKind.VARIABLE)
_GRAVE = (Grade.MAY_BREAK, Grade.BREAKS)
_WIDTH = 80
_LONG = 10_000
_STORAGE = frozenset({"extern", "static", "inline", "__inline", "__always_inline"})


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose other side is not as it was."""
    symbols = _symbols(sides)
    for change in sides.changed_items:
        if change.path.endswith(".rs"):
            continue
        kind = change.any.kind
        if kind in _FUNCTIONS:
            yield from _of_function(change, symbols, sides)
        elif kind in _TYPES:
            yield from _of_type(change, sides)
        elif kind in _VALUES:
            yield from _of_value(change, symbols, sides)
    yield from _disagreements(sides)
    yield from _type_disagreements(sides)
    yield from _one_sided(sides)


def _symbols(sides: Sides) -> dict[str, set[str]]:
    """C names with the symbols that they are the other side of: a kernel helper has another name than what it helps."""
    found: dict[str, set[str]] = {}
    for side in (sides.before, sides.after):
        for crossing in side.crossings.values():
            for anchor in crossing.foreign:
                found.setdefault(anchor.name, set()).add(crossing.symbol)
            if crossing.direction is not Direction.C_TO_RUST:
                found.setdefault(crossing.symbol, set()).add(crossing.symbol)
    return found


def _of_function(change: ItemChange, symbols: dict[str, set[str]], sides: Sides) -> Iterator[tuple[str, Cause]]:
    found, before, after = _function_cause(change, sides)
    for symbol in sorted(symbols.get(change.any.name, ())):
        for site in _callers(symbol, sides):
            yield site.id, cause(found[0], found[1], before, after, found[2] + _together(symbol, sides))
    if found[0] is CauseKind.C_BODY:
        yield from _through_callers(change, symbols, sides)


def _function_cause(change: ItemChange, sides: Sides) -> tuple[tuple[CauseKind, str, int], Span | None, Span | None]:
    name = change.any.name
    where = (change.before_span, change.after_span)
    if change.after is None:
        left = [c for c in sides.after.crossings.values() if any(a.name == name for a in c.foreign)]
        if left:
            return (CauseKind.C_BODY, f"one of C's declarations of {name} is gone", 1), *where
        return (CauseKind.C_GONE, f"{name} is gone from C", 0), *where
    if change.before is None:
        return (CauseKind.C_APPEARED, f"C now has another declaration of {name}", 0), *where
    if change.before.head != change.after.head:
        return (CauseKind.C_SIGNATURE, f"C changed {name}: {_head_edit(change, sides)}", 0), *where
    return (CauseKind.C_BODY, f"the body of {name} changed in C", 0), *where


def _head_edit(change: ItemChange, sides: Sides) -> str:
    """Both heads of a function; of long ones just the first stretch that differs."""
    assert change.before is not None
    assert change.after is not None
    old, new = (
        _head(side, path, item)
        for side, path, item in (
            (sides.before, change.old_path, change.before), (sides.after, change.path, change.after),
        )
    )  # fmt: skip
    if max(len(_in_c(words, _LONG)) for words in (old, new)) <= _WIDTH:
        return f"`{_in_c(old, _WIDTH)}` became `{_in_c(new, _WIDTH)}`"
    gone, came = changed_parts([Token(w, 0, 0) for w in old], [Token(w, 0, 0) for w in new])
    one = _in_c(old[slice(*gone[0])]) if gone else ""
    other = _in_c(new[slice(*came[0])]) if came else ""
    if one and other:
        return f"`{one}` became `{other}`"
    return f"`{other}` added" if other else f"`{one}` removed" if one else "its conditions"


def _in_c(words: list[str], width: int = 44) -> str:
    """Tokens of a declaration as C is written: `kv_store *store`."""
    return tidy(written(words, width))


def _head(side: Side, path: str, item: Item) -> list[str]:
    head = head_of(side.texts.words(Span.of(path, item.at)))
    return [word for word in head if word not in _STORAGE and word != ";"]


def _callers(symbol: str, sides: Sides) -> list[Site]:
    """Sites that cross to the symbol; what only stands around them is no caller."""
    return [s for s in sides.after.sites_by_symbol.get(symbol, ()) if s.kind is not SiteKind.EXTERN_BLOCK]


def _together(symbol: str, sides: Sides) -> int:
    """Steps that a change of C is taken away by: Rust's declaration changed in the same go."""
    declared = [s for s in sides.after.sites_by_symbol.get(symbol, ()) if s.kind is SiteKind.FOREIGN_FN]
    changed = [s for s in declared if (old := sides.earlier.get(s.id)) is None or old.tokens != s.tokens]
    return 3 if changed else 0


def _through_callers(change: ItemChange, symbols: dict[str, set[str]], sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A function of the same file that linked functions call."""
    name = change.any.name
    if name in symbols:
        return
    for item in sides.after.items(change.path):
        if item.kind is ItemKind.FUNCTION and item.name in symbols and any(c.name == name for c in item.calls):
            text = f"the body of {name} changed in C, which {item.name} calls"
            for symbol in sorted(symbols[item.name]):
                for site in _callers(symbol, sides):
                    yield site.id, cause(CauseKind.C_BODY, text, change.before_span, change.after_span, 1)


def _of_type(change: ItemChange, sides: Sides) -> Iterator[tuple[str, Cause]]:
    name = change.any.name
    if not name:
        return
    verb = "is gone from C" if change.after is None else "is new in C" if change.before is None else "changed in C"
    if change.before is None:
        return
    text = f"{change.any.kind} {name} {verb}{_fields_text(change)}"
    mirrored = {t.agreement.rust for t in sides.after.review.program.types if t.name == name}
    for site in sides.after.mentioning(name):
        yield site.id, cause(CauseKind.C_TYPE, text, change.before_span, change.after_span)
    for crossing in sides.after.crossings_of_words.get(name, ()):
        for site in _callers(crossing.symbol, sides):
            takes = f"{text}; {crossing.symbol} takes or gives it"
            yield site.id, cause(CauseKind.C_TYPE, takes, change.before_span, change.after_span, 1 if mirrored else 2)


def _fields_text(change: ItemChange) -> str:
    if change.before is None or change.after is None:
        return ""
    old = {f.name: f.type for f in change.before.fields} | dict(change.before.values)
    new = {f.name: f.type for f in change.after.fields} | dict(change.after.values)
    came, went = [n for n in new if n not in old], [n for n in old if n not in new]
    other = [n for n in new if n in old and old[n] != new[n]]
    parts = [f"{verb} {', '.join(names[:3])}{'..' if len(names) > 3 else ''}"
             for verb, names in (("adds", came), ("drops", went), ("alters", other)) if names]  # fmt: skip
    return f" ({'; '.join(parts)})" if parts else " (order, conditions or attributes)"


def _of_value(change: ItemChange, symbols: dict[str, set[str]], sides: Sides) -> Iterator[tuple[str, Cause]]:
    name = change.any.name
    if change.before is None or len(name) < 3:
        return
    verb = "is gone from C" if change.after is None else "changed in C"
    kind = "global" if change.any.kind is ItemKind.VARIABLE else change.any.kind
    text = f"{kind} {name} {verb}"
    for site in sides.after.mentioning(name):
        yield site.id, cause(CauseKind.C_CONSTANT, text, change.before_span, change.after_span)
    for symbol in symbols.get(name, ()):
        for site in _callers(symbol, sides):
            yield site.id, cause(CauseKind.C_SIGNATURE, text, change.before_span, change.after_span, 1)


def _disagreements(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Both sides' declarations agreed, or were not both there, and now do not agree."""
    for symbol, crossing in sorted(sides.after.crossings.items()):
        earlier = sides.before.crossings.get(symbol)
        known = {(d.where, d.effect) for d, *_ in _faults(earlier.agreements)} if earlier else set()
        for difference, rust, foreign in _faults(crossing.agreements):
            if (difference.where, difference.effect) in known:
                continue
            text = f"{symbol} is now declared differently on both sides: {difference.where}: {difference.effect}"
            for site in _callers(symbol, sides):
                steps = 0 if difference.grade is Grade.BREAKS else 4
                yield site.id, cause(CauseKind.DISAGREEMENT, text, rust, foreign, steps)


def _type_disagreements(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A record or enum that both languages define is no longer the same in both."""
    known = {
        (entry.name, difference.where, difference.effect)
        for entry in sides.before.review.program.types
        for difference, *_ in _faults((entry.agreement,))
    }
    for entry in sides.after.review.program.types:
        for difference, rust, foreign in _faults((entry.agreement,)):
            if (entry.name, difference.where, difference.effect) in known:
                continue
            text = (
                f"{entry.kind} {entry.name} is now another in Rust than in C: {difference.where}: {difference.effect}"
            )
            for site in sides.after.mentioning(entry.name):
                yield site.id, cause(CauseKind.DISAGREEMENT, text, rust, foreign, 1)
            for crossing in sides.after.crossings_of_words.get(entry.name, ()):
                for site in _callers(crossing.symbol, sides):
                    yield site.id, cause(CauseKind.DISAGREEMENT, text, rust, foreign, 1)


def _faults(agreements: Iterable[Agreement]) -> list[tuple[Difference, Span, Span]]:
    return [(d, a.rust, a.foreign) for a in agreements for d in a.differences if d.grade in _GRAVE]


def _one_sided(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Rust's declaration of a crossing changed, and no declaration of the other side did."""
    for symbol, crossing in sorted(sides.after.crossings.items()):
        earlier = sides.before.crossings.get(symbol)
        if earlier is None or not crossing.foreign or not earlier.foreign:
            continue
        old, new = _texts(earlier, rust=True), _texts(crossing, rust=True)
        if old == new or _texts(earlier, rust=False) != _texts(crossing, rust=False):
            continue
        text = f"Rust changed its declaration of {symbol}, C did not"
        for site in _declaring(symbol, sides.after):
            if (before := sides.earlier.get(site.id)) is not None:
                yield site.id, cause(CauseKind.RUST_SIGNATURE, text, before.span, crossing.foreign[0].span)


def _texts(crossing: Crossing, *, rust: bool) -> set[str]:
    anchors = crossing.rust if rust else crossing.foreign
    return {f"{a.abi} {a.text}" for a in anchors if a.signature is not None}


def _declaring(symbol: str, side: Side) -> list[Site]:
    return [s for s in side.sites_by_symbol.get(symbol, ()) if s.symbol == symbol]
