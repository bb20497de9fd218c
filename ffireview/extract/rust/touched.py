"""What each item of a Rust file touches: fields, calls, other names, checks, locks, and the names of its own."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ffireview.extract.intervals import Cover
from ffireview.extract.rust.checks import checks
from ffireview.extract.rust.contents import Contents, read_contents
from ffireview.extract.rust.locks import locks
from ffireview.extract.rust.scopes import Item
from ffireview.extract.rust.view import RustView
from ffireview.extract.touched import Touched
from ffireview.model.items import Access, Call, CallForm, Check, Local, Lock, NameUse, Touch
from ffireview.syntax.brackets import stripped
from ffireview.syntax.captures import Piece

_ORDINARY = {"Some", "None", "Ok", "Err"}
_ADDRESS = {"addr_of_mut", "raw_mut"}
_NAME = re.compile(rb"[a-z_]\w*")
_STEP = re.compile(rb"\.\s*\w+(?!\s*(?:\(|::))")
_PATH_BYTES = 400
"""Longer expressions are not spelled, and not followed."""
_CALLABLE = re.compile(r"\b(?:fn|Fn|FnMut|FnOnce)\b")

T = TypeVar("T")


def touched_by_item(view: RustView) -> dict[int, Touched]:
    """What each item touches, by `id` of the item; what stands in a nested item is that item's."""
    bodies = read_contents(view)
    named = {id(item): item.name for item in view.scopes.items}
    fields: dict[int, list[Touch]] = _by_item(view, _fields(view, bodies))
    calls: dict[int, list[Call]] = _by_item(view, _calls(view))
    asked: dict[int, list[Check]] = _by_item(view, checks(view, bodies))
    held: dict[int, list[Lock]] = _by_item(view, locks(view, bodies))
    bound: dict[int, list[Local]] = _by_item(view, _locals(view, bodies))
    own = {key: _once(rows, lambda local: local.name) for key, rows in bound.items()}
    known = _own_names(view, bodies, own)
    names: dict[int, list[NameUse]] = _by_item(view, _names(view, bodies))
    made = {}
    for item in view.scopes.items:
        key = id(item)
        others = (n for n in names.get(key, ()) if n.path not in known[key] and n.path != named[key])
        made[key] = Touched(
            touched=tuple(fields.get(key, ())),
            calls=tuple(calls.get(key, ())),
            names=_once(others, lambda name: name.path),
            checks=tuple(asked.get(key, ())),
            locks=tuple(held.get(key, ())),
            locals=(*own.get(key, ()), *_marks_around(item, own)),
        )
    return made


def _by_item(view: RustView, placed: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for start, value in sorted(placed, key=lambda row: row[0]):
        if (item := view.scopes.around(start)) is not None:
            found[id(item)].append(value)
    return found


def _once(rows: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    first: dict[str, T] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return tuple(first.values())


def _marks_around(item: Item, own: dict[int, tuple[Local, ...]]) -> tuple[Local, ...]:
    """The lifetimes of the impl or trait around a function: to the function they are as good as its own."""
    parent = item.parent
    if item.kind != "function" or parent is None or parent.kind not in ("impl", "trait"):
        return ()
    return tuple(local for local in own.get(id(parent), ()) if local.name.startswith("'"))


# ---- fields


def _fields(view: RustView, bodies: Contents) -> Iterator[tuple[int, Touch]]:
    methods = {m.captures["path"][0].start for m, _ in view.reading.references if "method" in m.captures}
    targets = _targets(view, bodies)
    for row in bodies.of("field"):
        whole, name = row["field"], row["name"]
        if name.start in methods:
            continue
        access = min(
            (a for end, a in targets.get(whole.start, ()) if whole.end <= end and _is_spine(view, whole.end, end)),
            key=list(Access).index,
            default=Access.READ,
        )
        path = whole if whole.end - whole.start <= _PATH_BYTES else name
        yield name.start, _field(view, name, access, view.text.spelled(*path))
    for row in bodies.of("initialiser"):
        yield row["name"].start, _field(view, row["name"], Access.INITIALISE, view.text.spelled(*row["name"]))
    for row in bodies.of("taken"):
        yield row["name"].start, _field(view, row["name"], Access.READ, view.text.spelled(*row["name"]))


def _field(view: RustView, name: Piece, access: Access, path: str) -> Touch:
    return Touch(view.text.spelled(*name), access, view.text.at(*name), path)


def _targets(view: RustView, bodies: Contents) -> dict[int, list[tuple[int, Access]]]:
    """Expressions that something is done to, by their start: their end and what is done."""
    code = view.text.code
    found: dict[int, list[tuple[int, Access]]] = defaultdict(list)
    for kind, access in (("written", Access.WRITE), ("borrowed", Access.BORROW)):
        for row in bodies.of(kind):
            found[row["target"].start].append((row["target"].end, access))
    for invocation in view.reading.invocations:
        if invocation.name.rsplit("::", 1)[-1].strip() in _ADDRESS:
            start, end = stripped(code, invocation.tokens.start + 1, invocation.tokens.end - 1)
            found[start].append((end, Access.BORROW))
    for match, _ in view.reading.references:
        if "method" in match.captures:
            start, name = match.captures["method"][0].start, match.captures["path"][0].start
            end = len(code[start:name].rstrip().removesuffix(b".").rstrip()) + start
            found[start].append((end, Access.RECEIVER))
    return found


def _is_spine(view: RustView, start: int, end: int) -> bool:
    """Whether only fields and indices stand between the offsets: `.len`, `[i].0`."""
    code, at = view.text.code, start
    while end - start <= _PATH_BYTES:
        at = stripped(code, at, end)[0]
        if at >= end:
            return True
        if code[at : at + 1] == b"[":
            at = view.text.partner.get(at, end) + 1
        elif found := _STEP.match(code, at, end):
            at = found.end()
        else:
            return False
    return False


# ---- calls and names


def _calls(view: RustView) -> Iterator[tuple[int, Call]]:
    text = view.text
    for match, _ in view.reading.references:
        path = match.first("path")
        if path is not None:
            form = CallForm.METHOD if "method" in match.captures else CallForm.FUNCTION
            written = text.spelled(*path)
            if written not in _ORDINARY:
                yield path.start, Call(_last(written), written, form, text.at(*path))
    for invocation in view.reading.invocations:
        end = invocation.start + len(text.code[invocation.start : invocation.tokens.start].rstrip(b" \t\r\n!"))
        written = text.spelled(invocation.start, end)
        yield invocation.start, Call(_last(written), written, CallForm.MACRO, text.at(invocation.start, end))


def _names(view: RustView, bodies: Contents) -> Iterator[tuple[int, NameUse]]:
    called = {m.captures["path"][0] for m, _ in view.reading.references if "path" in m.captures}
    paths = {p for m, _ in view.reading.references for kind in ("value", "type") for p in m.captures.get(kind, ())}
    starts = {piece.start for piece in called}
    high = 0
    for piece in sorted({*paths, *called}, key=lambda p: (p.start, -p.end)):
        if piece.end <= high:
            continue
        high = piece.end
        if piece not in called:
            written = view.text.spelled(*piece)
            yield piece.start, NameUse(_last(written), written, view.text.at(*piece))
    inside = Cover(paths)
    for word in bodies.words:
        if word.start not in starts and not inside.holds(word.start):
            written = view.text.spelled(*word)
            if written not in _ORDINARY and written != "_":
                yield word.start, NameUse(written, written, view.text.at(*word))


def _last(path: str) -> str:
    return path.rsplit("::", 1)[-1].strip()


# ---- names of its own


def _locals(view: RustView, bodies: Contents) -> Iterator[tuple[int, Local]]:
    text = view.text
    closures = {row["pattern"].start for row in bodies.of("closure")}
    closures |= {r["pattern"].start for r in bodies.of("typed") if _CALLABLE.search(text.read(*r["shape"]))}
    inside = Cover(p for m, _ in view.reading.references for k in ("value", "type") for p in m.captures.get(k, ()))
    words = [word for word in bodies.words if not inside.holds(word.start)]
    patterns = Cover(row["pattern"] for row in bodies.of("binding"))
    bound = [word for word in words if patterns.holds(word.start)]
    bound += [row["pattern"] for row in bodies.of("binding") if _NAME.fullmatch(view.text.code[slice(*row["pattern"])])]
    for word in sorted(set(bound)):
        name = text.spelled(*word)
        if not name[:1].isupper() and name != "_":
            yield word.start, Local(name, text.at(*word), word.start in closures)
    for row in bodies.of("mark"):
        mark = row.get("name", row["mark"])
        yield mark.start, Local(text.spelled(*mark), text.at(*mark))


def _own_names(view: RustView, bodies: Contents, own: dict[int, tuple[Local, ...]]) -> dict[int, set[str]]:
    """The names that mean something inside an item only: its locals and generics, and those of the items around it."""
    generics: dict[int, list[str]] = _by_item(
        view, ((row["name"].start, view.text.spelled(*row["name"])) for row in bodies.of("generic"))
    )
    known: dict[int, set[str]] = {}
    for item in view.scopes.items:
        around = known.get(id(item.parent), set()) if item.parent is not None else set()
        known[id(item)] = around | {local.name for local in own.get(id(item), ())} | set(generics.get(id(item), ()))
    return known
