"""Safe edits inside the scope of an invariant: what an unchanged unsafe site relies on, nearest first.

The first CVE of Rust in the kernel (CVE-2025-68260) was such an edit: a safe function moved a list out of its lock, and
the unsafe `remove` in another function, untouched, relied on that lock.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from ffireview.compare.excerpts import changed_parts
from ffireview.compare.fold import holds, words_outside
from ffireview.compare.order import cause
from ffireview.compare.sides import ItemChange, Side, Sides
from ffireview.compare.texts import Token, head_of, written
from ffireview.extract.rust.tokens import same_but_renamed
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.facts import SiteKind
from ffireview.model.items import Access, Item, ItemKind
from ffireview.model.place import Range, Span
from ffireview.model.program import Site

_RECORDS = (ItemKind.STRUCT, ItemKind.UNION, ItemKind.ENUM)
_NAMED = {ItemKind.CONSTANT: CauseKind.CONSTANT, ItemKind.STATIC: CauseKind.CONSTANT, ItemKind.ALIAS: CauseKind.TYPE,
          ItemKind.TRAIT: CauseKind.TYPE}  # fmt: skip
_TELLING = frozenset(
    {"Copy", "Clone", "FromBytes", "FromZeroes", "FromZeros", "AsBytes", "IntoBytes", "Pod", "Zeroable"}
)
_WRITES = (Access.WRITE, Access.BORROW)
_COMMON = frozenset({
    "new", "len", "get", "iter", "next", "from", "into", "as_ref", "as_mut", "clone", "drop", "default", "fmt", "eq",
    "index", "deref", "deref_mut", "borrow", "map", "push", "pop", "insert", "remove",
})  # fmt: skip
_THREADS = frozenset({"Send", "Sync"})
_CODE = frozenset({SiteKind.UNSAFE_BLOCK, SiteKind.UNSAFE_FN, SiteKind.UNSAFE_IMPL, SiteKind.EXPORT, SiteKind.CALLBACK,
                   SiteKind.INLINE_ASM, SiteKind.MACRO_KEYWORD})  # fmt: skip


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose own code is as it was."""
    for change in sides.changed_items:
        if not change.path.endswith(".rs") or change.any.test or _is_proof(change.any):
            continue
        kind = change.any.kind
        if kind is ItemKind.FUNCTION:
            yield from _of_function(change, sides)
        elif kind in _RECORDS:
            yield from _of_record(change, sides)
        elif kind in _NAMED and change.before is not None and change.after is not None:
            yield from _of_name(change, _NAMED[kind], sides)


def _is_proof(item: Item) -> bool:
    """Whether a verifier runs it, and nothing else does."""
    return any(attribute.startswith(("kani::", "cfg(kani")) for attribute in item.attributes)


class _Edit:
    """What changed in a function outside the unsafe sites in it."""

    def __init__(self, change: ItemChange, sides: Sides) -> None:
        before, after = change.before_span, change.after_span
        assert before is not None
        assert after is not None
        one = _bare(words_outside(sides.before.texts, before, _unsafe_in(before, sides.before)))
        other = _bare(words_outside(sides.after.texts, after, _unsafe_in(after, sides.after)))
        assert change.before is not None
        assert change.after is not None
        if same_but_renamed(one, other, change.before.locals, change.after.locals) is not None:
            other = one
        gone, new = changed_parts([Token(w, 0, 0) for w in one], [Token(w, 0, 0) for w in other])
        self.gone = [one[low:high] for low, high in gone]
        self.new = [other[low:high] for low, high in new]
        self.words = {word for words in (*self.gone, *self.new) for word in words}

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        """The first stretch that differs."""
        one, other = (written(rows[0]) if rows else "" for rows in (self.gone, self.new))
        if one and other:
            return f"`{one}` became `{other}`"
        return f"`{other}` added" if other else f"`{one}` removed"


def _bare(words: list[str]) -> list[str]:
    """A function's tokens without its attributes."""
    at = 0
    while words[at : at + 2] == ["#", "["]:
        depth, at = 1, at + 2
        while depth and at < len(words):
            depth += {"[": 1, "]": -1}.get(words[at], 0)
            at += 1
    return words[at:]


def _unsafe_in(span: Span, side: Side) -> list[Span]:
    return [s.span for s in side.sites_in.get(span.path, ()) if holds(span, s.span)]


def _of_function(change: ItemChange, sides: Sides) -> Iterator[tuple[str, Cause]]:
    before, after = change.before, change.after
    if after is None:
        if before is not None and _is_drop(before):
            yield from _of_lost_drop(change, before, sides)
        return
    if before is None:
        yield from _of_new_function(change, after, sides)
        return
    edit = _Edit(change, sides)
    if not edit:
        return
    where = (change.before_span, change.after_span)
    locks = _other_lock_scope(before, after)
    for site in _inside(change.after_span, sides.after):
        kind = CauseKind.LOCK_SCOPE if locks else CauseKind.FUNCTION_AROUND
        what = (
            "the lock scope of the function around it changed"
            if locks
            else "safe code of the function around it changed"
        )
        yield site.id, cause(kind, f"{what}: {edit}", *where)
    if _is_drop(after):
        yield from ((s.id, cause(CauseKind.DROP, f"Drop of {after.self_type} changed: {edit}", *where))
                    for s in _of_type_named(after.self_type, change.path, sides.after))  # fmt: skip
    elif _is_constructor(after):
        text = f"constructor {after.self_type}::{after.name} changed: {edit}"
        yield from ((s.id, cause(CauseKind.CONSTRUCTOR, text, *where, 1))
                    for s in _of_type_named(after.self_type, change.path, sides.after))  # fmt: skip
    yield from _of_bounds(change, before, after, sides)
    yield from _by_fields(change, edit.words, locks, sides)
    yield from _by_calls(change, str(edit), sides)
    if before.visibility != after.visibility and after.visibility == "pub":
        for site in _inside(change.after_span, sides.after):
            yield site.id, cause(CauseKind.VISIBILITY, f"{after.name} is public now", *where)


def _of_bounds(change: ItemChange, before: Item, after: Item, sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Bounds that a function no longer has, for `unsafe impl` of the types that it makes or belongs to."""
    lost = _bounds(sides.before, change.before_span) - _bounds(sides.after, change.after_span)
    if not lost:
        return
    made = re.findall(r"\w+", after.returns)
    types = {"Self": after.self_type}
    for name in sorted({_type_name(types.get(word, word)) for word in made} - {""}):
        for site in sides.after.mentioning(name):
            if site.kind is SiteKind.UNSAFE_IMPL and _same_crate(site.span.path, change.path):
                text = f"{after.name}, which makes {name}, no longer asks for `{min(lost)}`"
                yield site.id, cause(CauseKind.BOUND, text, change.before_span, change.after_span)


def _bounds(side: Side, span: Span | None) -> Counter[str]:
    """The bounds in the head of a function that decide what may go to another thread, and how long it must live."""
    if span is None:
        return Counter()
    pairs = pairwise(head_of(side.texts.words(span)))
    return Counter(word for before, word in pairs if word in _THREADS or (word == "'static" and before in (":", "+")))


def _of_new_function(change: ItemChange, after: Item, sides: Sides) -> Iterator[tuple[str, Cause]]:
    if _is_drop(after) and _has_drop(change.path, after, sides.before):
        return
    if _is_drop(after):
        for site in _of_type_named(after.self_type, change.path, sides.after):
            yield site.id, cause(CauseKind.DROP, f"{after.self_type} now has a Drop", None, change.after_span)
        return
    written = {touch.name for touch in after.touched if touch.how in _WRITES}
    yield from _by_fields(change, written, False, sides)


def _of_lost_drop(change: ItemChange, before: Item, sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A Drop that went away: the type's own unsafe code, and that which makes or takes the type."""
    if _has_drop(change.path, before, sides.after):
        return
    text = f"{before.self_type} no longer has a Drop"
    for site in _of_type_named(before.self_type, change.path, sides.after):
        yield site.id, cause(CauseKind.DROP, text, change.before_span, None)


def _has_drop(path: str, item: Item, side: Side) -> bool:
    """Whether the type has a Drop on that side too, however its header is written."""
    bare = _type_name(item.self_type)
    return any(_is_drop(other) and _type_name(other.self_type) == bare for other in side.items(path))


def _inside(span: Span | None, side: Side) -> list[Site]:
    """Sites inside a function: what only stands around a changed one is told there."""
    if span is None:
        return []
    return [s for s in side.sites_in.get(span.path, ()) if holds(span, s.span) and s.kind in _CODE]


def _is_drop(item: Item) -> bool:
    return item.name == "drop" and item.trait.rpartition("::")[2] == "Drop"


def _is_constructor(item: Item) -> bool:
    bare = _type_name(item.self_type)
    words = set(re.findall(r"\w+", item.returns))
    first = item.signature.parameters[0].name if item.signature and item.signature.parameters else ""
    return bool(bare) and bool({"Self", bare} & words) and "self" not in first.split()


def _of_type_named(name: str, path: str, side: Side) -> list[Site]:
    """Unsafe code in the impls of a type, in the file of the change and in the files of its folder."""
    bare = _type_name(name)
    if not bare:
        return []
    own = re.compile(rf"(?:^|::)impl (?:.* for )?&?(?:mut )?{re.escape(bare)}\b(?!.* for )")
    folder = path.rpartition("/")[0]
    return [
        site
        for at, sites in side.sites_in.items()
        if at == path or at.rpartition("/")[0] == folder
        for site in sites
        if site.kind in _CODE and own.search(site.owner)
    ]


def _by_fields(change: ItemChange, words: set[str], locks: bool, sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Unsafe code of other functions that touches the fields which the edit touches."""
    after = change.after
    assert after is not None
    mine = {
        t.name for item in (change.before, after) if item is not None for t in item.touched if t.how is not Access.READ
    }
    shared = {name for name in mine if name in words or locks}
    if not shared:
        return
    own = change.after_span
    assert own is not None
    for site, touched, types in sides.after.touching(change.path):
        if site.kind not in _CODE or holds(own, site.span) or site.span == own:
            continue
        names = sorted(shared & touched)
        if not names:
            continue
        near = 0 if set(names) & words else 1
        kind = CauseKind.LOCK_SCOPE if locks else CauseKind.FIELD
        verb = "changes" if change.before is not None else "is new, and writes"
        text = (
            f"{after.name} {verb} what it does with `{names[0]}`"
            if change.before
            else f"{after.name} {verb} `{names[0]}`"
        )
        if locks:
            text = f"{after.name} holds another lock scope around `{names[0]}`"
        yield (
            site.id,
            cause(kind, text, change.before_span, change.after_span, near + (0 if after.self_type in types else 2)),
        )


def _by_calls(change: ItemChange, edit: str, sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Unsafe code that calls the function: by a telling name anywhere, by a common one beside the type's name."""
    after = change.after
    assert after is not None
    if len(after.name) < 3 or after.name in _COMMON or _is_constructor(after):
        return
    own = change.after_span
    before_name = r"(?:\.|::)\s*" if after.self_type else r"(?<!\bfn )(?<!\.)\b"
    call = re.compile(rf"{before_name}{re.escape(after.name)}\s*(?:::\s*<[^;{{}}]*>)?\(")
    meant = _meaning(after, change.path, sides.after)
    for site in sides.after.mentioning(after.name):
        if site.kind not in _CODE or own is None or holds(own, site.span) or site.span == own:
            continue
        text = sides.after.texts[site.span.path]
        start, end = text.offsets(site.span)
        if not call.search(text.code[start:end].decode("utf-8", "replace")):
            continue
        if not meant(site, text.code):
            continue
        near = 0 if site.span.path == change.path else 1 if _same_crate(site.span.path, change.path) else 3
        yield site.id, cause(CauseKind.HELPER, f"{after.name}, which it calls, changed: {edit}",
                             change.before_span, change.after_span, near)  # fmt: skip


def _meaning(function: Item, path: str, side: Side) -> Callable[[Site, bytes], bool]:
    """Asks of a site that calls a function of this name whether it can mean this one. Where several have the name, its
    type is named in the function around; of what belongs to no type, its module is, or it is of the same file."""
    if side.functions_named(function.name) < 2:
        return lambda _site, _code: True
    bare = _type_name(function.self_type)
    if bare:
        named = re.compile(rf"\b{re.escape(bare)}\b")
        return lambda site, code: bool(named.search(site.owner) or named.search(_function(code, site, side)))
    module = path.removesuffix("/mod.rs").removesuffix(".rs").rpartition("/")[2]
    brought = re.compile(rf"\b(?:{re.escape(module)}|use\b[^;]*)::[^;()]*\b{re.escape(function.name)}\b".encode())
    return lambda site, code: site.span.path == path or bool(brought.search(code))


def _function(code: bytes, site: Site, side: Side) -> str:
    """The text from the head of the function around a site to the end of the site."""
    start, end = side.texts[site.span.path].offsets(site.span)
    return code[max(code.rfind(b"fn ", 0, start), 0) : end].decode("utf-8", "replace")


def _type_name(written: str) -> str:
    """`Rows<'a>` to `Rows`; empty where no name comes first."""
    return re.split(r"\W", written)[0]


def _same_crate(one: str, other: str) -> bool:
    return one.partition("/src/")[0] == other.partition("/src/")[0]


def _of_record(change: ItemChange, sides: Sides) -> Iterator[tuple[str, Cause]]:
    before, after = change.before, change.after
    if before is None or after is None:
        return
    where = (change.before_span, change.after_span)
    old, new = {f.name: f for f in before.fields}, {f.name: f for f in after.fields}
    other = sorted(n for n in old if n not in new or old[n].type != new[n].type)
    opened = sorted(n for n in new if n in old and old[n].visibility != new[n].visibility and new[n].visibility)
    for site, touched in _using_fields(after.name, change.path, sides.after):
        for name in [n for n in other if n in touched][:1]:
            verb = "is gone from" if name not in new else "has another type in"
            yield site.id, cause(CauseKind.FIELD, f"field `{name}` {verb} {after.name}", *where)
        for name in [n for n in opened if n in touched][:1]:
            text = f"field `{name}` of {after.name} can be written from outside now ({new[name].visibility})"
            yield site.id, cause(CauseKind.VISIBILITY, text, *where)
    rest = _rest(before, after, other, opened)
    if rest:
        for site in _of_type_named(after.name, change.path, sides.after):
            yield site.id, cause(CauseKind.TYPE, f"{after.name} changed: {rest}", *where)
        for site in sides.after.mentioning(after.name):
            near = 1 if site.span.path == change.path else 2
            if site.kind in _CODE and (near == 1 or _same_crate(site.span.path, change.path)):
                yield site.id, cause(CauseKind.TYPE, f"{after.name} changed: {rest}", *where, near)


def _using_fields(name: str, path: str, side: Side) -> Iterator[tuple[Site, set[str]]]:
    """Unsafe sites of the file or of the type's impls with the fields that they touch."""
    of_type = {s.id for s in _of_type_named(name, path, side)}
    others = {item.name: {f.name for f in item.fields} for item in side.items(path) if item.kind in _RECORDS}
    types = {site.id: found for site, _, found in side.touching(path)}
    for at, sites in side.sites_in.items():
        for site in sites:
            if site.kind in _CODE and (
                site.id in of_type or (at == path and not types.get(site.id, set()) & others.keys())
            ):
                text = side.texts[at].words(site.span)
                yield site, {word for dot, word in pairwise(text) if dot == "."}


def _rest(before: Item, after: Item, other: list[str], opened: list[str]) -> str:
    """What changed of a type beside the types and visibility of its fields."""
    old, new = _layout(before), _layout(after)
    if old != new:
        return f"{', '.join(sorted(old - new)) or 'nothing'} became {', '.join(sorted(new - old)) or 'nothing'}"
    came = [f.name for f in after.fields if f.name not in {g.name for g in before.fields}]
    if came and not other:
        return f"field `{came[0]}` is new"
    if [f.name for f in before.fields] != [f.name for f in after.fields] and not other and not came:
        return "its fields are in another order"
    if before.values != after.values and any(text.startswith("repr(") for text in new):
        return "its variants are others"
    return ""


def _layout(item: Item) -> set[str]:
    """The attributes of a type that decide how it lies in memory, how it is copied, and from what bytes it is made."""
    found = {text for text in item.attributes if text.startswith("repr")}
    derived = (text for text in item.attributes if text.startswith("derive"))
    return found | {f"derive({name})" for text in derived for name in re.findall(r"\w+", text) if name in _TELLING}


def _of_name(change: ItemChange, kind: CauseKind, sides: Sides) -> Iterator[tuple[str, Cause]]:
    for site in sides.after.mentioning(change.any.name):
        if site.kind in _CODE:
            near = 0 if site.span.path == change.path else 1
            if near and not _same_crate(site.span.path, change.path):
                continue
            text = f"{change.any.kind} {change.any.name}, which it uses, changed"
            yield site.id, cause(kind, text, change.before_span, change.after_span, near)


def _other_lock_scope(before: Item, after: Item) -> bool:
    """Whether other locks are taken, or something that both versions do is under a lock in one of them only."""
    if Counter(lock.text for lock in before.locks) != Counter(lock.text for lock in after.locks):
        return True
    both = _done(before).keys() & _done(after).keys()
    return any(name in both for _, name in _under(before) ^ _under(after))


def _under(item: Item) -> set[tuple[str, str]]:
    """Locks, and what is called and touched while each is held."""
    return {
        (lock.text, name)
        for lock in item.locks
        for name, places in _done(item).items()
        if lock.scope is not None and any(_starts_in(at, lock.scope) for at in places)
    }


def _done(item: Item) -> dict[str, list[Range]]:
    """The names of what a function calls and touches, with the places."""
    found: dict[str, list[Range]] = {}
    places = [*((call.name, call.at) for call in item.calls), *((touch.name, touch.at) for touch in item.touched)]
    for name, at in places:
        found.setdefault(name, []).append(at)
    return found


def _starts_in(at: Range, scope: Range) -> bool:
    return (scope.line, scope.column) <= (at.line, at.column) <= (scope.end_line, scope.end_column)
