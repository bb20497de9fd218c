"""An expression in, where its value comes from out: followed through copies, casts, borrows and projections.

One answer for each way that the value may have taken. A function's inside is not looked at: the result of a call comes
from that call, unless `knowledge` says that it hands on an argument. Types are known only where they are written.
"""

import re

from msgspec.structs import replace

from ffireview.flow.code import Code
from ffireview.flow.definitions import Definition, How, definitions
from ffireview.flow.find import callee
from ffireview.flow.knowledge import (
    BORROWS,
    KEEPS,
    NULLS,
    OWNER_TYPES,
    OWNERS,
    OWNING_MACROS,
    OWNING_METHODS,
    PASSES,
    POINTS_INTO,
)
from ffireview.flow.locals import Local, is_deref, local_of, root_of
from ffireview.flow.order import diverges
from ffireview.flow.origin import Origin, Source
from ffireview.flow.paths import base_type, is_pointer, last_name, plain
from ffireview.flow.walk import walk
from ffireview.model.body import (
    ArrayLiteral,
    Await,
    Binary,
    Block,
    Break,
    Call,
    Cast,
    Closure,
    FieldAccess,
    Formal,
    If,
    Index,
    Let,
    Literal,
    Loop,
    Macro,
    Match,
    MethodCall,
    Node,
    Path,
    RangeOf,
    Reference,
    StructLiteral,
    Try,
    TupleLiteral,
    Unary,
)

FUEL = 300
"""Nodes that one question looks at."""
DEPTH = 40
"""Nodes that one way leads through."""
WAYS = 12
"""Ways that are told apart."""
_ZERO = re.compile(r"0(?:_?[iu](?:\d+|size))?")
_SHARED = re.compile(r"[&*]")
_ELEMENTS = frozenset({"item", "inner", "[]"})
_CLOSED = ("Some", "Ok")


def origins(code: Code, node: Node | None) -> tuple[Origin, ...]:
    """Where the value of an expression may come from: one for each way."""
    if node is None:
        return ()
    known: dict[int, tuple[Origin, ...]] = code.memory.setdefault("origins", {})
    if id(node) not in known:
        found = _Follower(code).follow(node, ())
        known[id(node)] = tuple({(id(o.node), o.path, o.steps, o.inside): o for o in found}.values())
    return known[id(node)]


def origin(code: Code, node: Node | None) -> Origin | None:
    """The origin of an expression that has only one."""
    found = origins(code, node)
    return found[0] if len(found) == 1 else None


def owns(code: Code, found: Origin) -> bool | None:
    """Whether the end of the value that an origin points into is the end of what is pointed to. None: nobody knows
    whether that value owns anything."""
    if found.direct or found.source is Source.MADE:
        return True
    if "ManuallyDrop::new" in found.steps:
        return False
    if isinstance(found.node, Formal):
        return _parameter_owns(code, found.node, found.path)
    if isinstance(found.node, MethodCall) and found.node.name in OWNING_METHODS:
        return True
    if isinstance(found.node, Macro):
        return True if last_name(found.node.name) in OWNING_MACROS else None
    if isinstance(found.node, Call) and _among(code.full(callee(found.node)), OWNERS):
        return True
    if (written := code.result_type(found.node)) and not found.path:
        return False if is_pointer(written) else True if base_type(written) in OWNER_TYPES else None
    return False if found.source in (Source.LITERAL, Source.NULL, Source.ITEM) else None


def _parameter_owns(code: Code, formal: Formal, path: tuple[str, ...]) -> bool | None:
    """What comes through a reference is copied or lent."""
    written = code.part_type(formal, path) or ("" if path and path[0] not in _ELEMENTS else formal.type)
    if is_pointer(formal.type) or is_pointer(written):
        return False
    return True if base_type(written) in OWNER_TYPES and not _SHARED.search(written) else None


class _Follower:
    """One question: how much of its fuel is left, and what it is in the middle of."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._fuel = FUEL
        self._open: set[int] = set()

    def follow(self, node: Node, path: tuple[str, ...]) -> list[Origin]:
        """The origins of the part of a node's value that `path` leads to."""
        self._fuel -= 1
        if self._fuel < 0 or len(self._open) > DEPTH:
            return [Origin(Source.UNKNOWN, node)]
        if id(node) in self._open:
            return []
        self._open.add(id(node))
        found = self._follow(node, path)[:WAYS]
        self._open.discard(id(node))
        return found

    def _follow(self, node: Node, path: tuple[str, ...]) -> list[Origin]:
        match node:
            case Path():
                return self._path(node, path)
            case Cast():
                return self._cast(node, path)
            case Reference():
                return self._reference(node, path)
            case Unary(operator="*"):
                return self.follow(node.operand, ("*", *path))
            case FieldAccess():
                return self._field(node, path)
            case Index():
                return self.follow(node.base, ("[]", *path))
            case Call():
                return self._call(node, path)
            case MethodCall():
                return self._method(node, path)
            case Macro():
                return self._macro(node, path)
            case Try() | Await():
                return _after(self.follow(node.operand, path), "?" if isinstance(node, Try) else ".await")
            case Block() | If() | Match() | Loop():
                return [found for value in _values(node) for found in self.follow(value, path)]
            case StructLiteral() | TupleLiteral() | ArrayLiteral():
                return self._made(node, path)
            case Closure() | RangeOf():
                return [Origin(Source.MADE, node, "closure" if isinstance(node, Closure) else "range", path=path)]
            case Literal():
                return [Origin(Source.LITERAL, node, node.text, path=path)]
            case Binary() | Unary():
                return [Origin(Source.COMPUTED, node, node.operator)]
        return [Origin(Source.UNKNOWN, node, path=path)]

    # -- names

    def _path(self, node: Path, path: tuple[str, ...]) -> list[Origin]:
        local = local_of(self._code, node)
        if local is None:
            return [Origin(Source.ITEM, node, plain(node.text), path=path)]
        return [o for d in definitions(self._code, node, path) for o in self._defined(d, local, path)]

    def _field(self, node: FieldAccess, path: tuple[str, ...]) -> list[Origin]:
        root = root_of(self._code, node)
        if root is None:
            return self.follow(node.base, (node.name, *path))
        rest = (*root[1], *path)
        return [o for d in definitions(self._code, node, path) for o in self._defined(d, root[0], rest)]

    def _defined(self, found: Definition, local: Local, path: tuple[str, ...]) -> list[Origin]:
        whole = _opened(found.path if found.how is How.ASSIGNED else (*found.path, *path))
        if found.how is How.PARAMETER:
            index = next(i for i, formal in enumerate(self._code.body.parameters) if formal is found.node)
            pointer = local.binding.by_reference or self._is_pointer_part(index, whole)
            return [Origin(Source.PARAMETER, found.node, local.name, index, whole, pointer=pointer)]
        if found.how is How.LENT:
            return [Origin(Source.LENT, found.node, given_to(self._code, found.node), path=path)]
        if found.how is How.UNINITIALISED:
            return [Origin(Source.UNINITIALISED, found.node, local.name)]
        if found.how is How.CHANGED:
            return [Origin(Source.COMPUTED, found.node, local.name)]
        if found.value is None:
            return [Origin(Source.CLOSURE_PARAMETER, found.node, local.name, path=whole)]
        typed = local.binding.by_reference or (isinstance(found.node, Let) and is_pointer(found.node.type))
        return [replace(o, pointer=o.pointer or typed) for o in self.follow(found.value, whole)]

    def _is_pointer_part(self, index: int, path: tuple[str, ...]) -> bool:
        """Whether a parameter, or a part of it, is a pointer, as far as types show."""
        formal = self._code.body.parameters[index]
        if path and path[0] in _ELEMENTS:
            return bool(_SHARED.search(formal.type))
        return is_pointer(self._code.part_type(formal, path))

    # -- pointers

    def _cast(self, node: Cast, path: tuple[str, ...]) -> list[Origin]:
        points = node.type.startswith("*")
        if points and isinstance(node.operand, Literal) and _ZERO.fullmatch(node.operand.text):
            return [Origin(Source.NULL, node, pointer=True)]
        found = _after(self.follow(node.operand, path), f"as {node.type}")
        return [replace(one, pointer=True) for one in found] if points else found

    def _reference(self, node: Reference, path: tuple[str, ...]) -> list[Origin]:
        """`&place`: a pointer to the storage of a place, unless that is behind a pointer already."""
        step, rest = f"&{node.form}".strip(), path[1:] if path[:1] == ("*",) else path
        return self._storage(node.operand, step, rest)

    def _storage(self, place: Node, step: str, path: tuple[str, ...]) -> list[Origin]:
        if isinstance(place, Unary) and is_deref(place):
            return [replace(o, pointer=True) for o in _after(self.follow(place.operand, path), f"{step}*")]
        found = _after(self.follow(place, path), step)
        base = _base(place)
        if self._behind(place) or _constant(self._code, base):
            return [replace(o, pointer=True) for o in found]
        whole = place is base
        return [self._points_into(o, base, direct=whole or self._is_record(place, o)) for o in found]

    def _is_record(self, place: Node, found: Origin) -> bool:
        """Whether a field of a local is storage of the local: its value is certainly no reference."""
        if not isinstance(place, FieldAccess) or found.pointer:
            return False
        by_value = isinstance(found.node, Formal) and not is_pointer(found.node.type)
        return by_value or found.source in (Source.MADE, Source.LITERAL)

    def _lent(self, place: Node, step: str, path: tuple[str, ...]) -> list[Origin]:
        """`place.as_ptr()`: a pointer to what the value of a place owns or points to."""
        base, behind = _base(place), self._behind(place)
        found = _after(self.follow(place, path), step)
        apart = behind or _constant(self._code, base)
        return [replace(o, pointer=True) if o.pointer or apart else self._points_into(o, base) for o in found]

    def _points_into(self, found: Origin, base: Node, *, direct: bool = False) -> Origin:
        held = local_of(self._code, base)
        return replace(found, pointer=True, inside=True, held=held, owner=base, direct=direct)

    def _behind(self, place: Node) -> bool:
        """Whether a place is reached through a pointer or reference: a field of `self` in a method of `&self`."""
        if isinstance(place, (FieldAccess, Index)):
            if self._behind(place.base):
                return True
            return isinstance(place.base, Path) and any(o.pointer for o in self.follow(place.base, ()))
        return is_deref(place)

    # -- calls

    def _call(self, node: Call, path: tuple[str, ...]) -> list[Origin]:
        if symbol := self._code.foreign(node):
            return [Origin(Source.FOREIGN, node, symbol, path=path, pointer=True)]
        name = self._code.full(callee(node))
        if last_name(name) in NULLS and not node.arguments:
            return [Origin(Source.NULL, node, name, pointer=True)]
        if node.arguments and (step := _entry(name, PASSES)):
            inner = path[2:] if path[:2] == (step, "0") else path
            found = _after(self.follow(node.arguments[0], inner), step)
            return [replace(o, pointer=o.pointer or step in _MAKES_POINTER) for o in found]
        if node.arguments and (step := _entry(name, POINTS_INTO)):
            first = node.arguments[0]
            return self._lent(first.operand if isinstance(first, Reference) else first, step, path)
        return [self._result(node, name, path)]

    def _result(self, node: Node, name: str, path: tuple[str, ...]) -> Origin:
        pointer = not path and is_pointer(self._code.result_type(node))
        return Origin(Source.CALL, node, name, path=path, pointer=pointer)

    def _method(self, node: MethodCall, path: tuple[str, ...]) -> list[Origin]:
        name, last = node.name, node.arguments[-1] if node.arguments else None
        if name in BORROWS:
            return self._lent(node.receiver, f".{name}", path)
        if name in KEEPS:
            return _after(self.follow(node.receiver, path), f".{name}")
        if name == "copied":
            return _after(self.follow(node.receiver, ("*", *path)), ".copied")
        if name in ("map", "and_then", "map_or", "map_or_else") and isinstance(last, Closure):
            others = node.arguments[:1] if name == "map_or" else ()
            return _after([o for value in (last.body, *others) for o in self.follow(value, path)], f".{name}")
        return [self._result(node, f".{name}", path)]

    def _macro(self, node: Macro, path: tuple[str, ...]) -> list[Origin]:
        name, first = last_name(node.name), node.arguments[0] if node.arguments else None
        if first is not None and name in ("addr_of", "addr_of_mut"):
            return self._storage(first, f"{name}!", path)
        if first is not None and name in ("ready", "try"):
            return _after(self.follow(first, path), f"{name}!")
        return [Origin(Source.CALL, node, f"{node.name}!", path=path)]

    def _made(self, node: StructLiteral | TupleLiteral | ArrayLiteral, path: tuple[str, ...]) -> list[Origin]:
        if isinstance(node, ArrayLiteral) and path and path[0] in _ELEMENTS:
            return [found for element in node.elements for found in self.follow(element, path[1:])]
        part = _part(node, path)
        if part is None:
            return [Origin(Source.MADE, node, node.path if isinstance(node, StructLiteral) else "", path=path)]
        return self.follow(*part)


def given_to(code: Code, node: Node) -> str:
    """The call that a value is an argument of, behind casts: a symbol, or a name as `find.callee` gives it."""
    outer = code.parent(node)
    while isinstance(outer, Cast) or (isinstance(outer, MethodCall) and outer.name in KEEPS | BORROWS):
        outer = code.parent(outer)
    return (code.foreign(outer) or callee(outer)) if outer is not None else ""


_MAKES_POINTER = frozenset(
    {"NonNull::new", "NonNull::new_unchecked", "NonNull::from", "into_raw", "leak", "CStr::from_ptr", "from_raw_parts",
     "from_raw_parts_mut", "slice_from_raw_parts", "slice_from_raw_parts_mut"}
)  # fmt: skip


def _after(found: list[Origin], step: str) -> list[Origin]:
    return [replace(one, steps=(*one.steps, step)) for one in found]


def _base(place: Node) -> Node:
    while isinstance(place, (FieldAccess, Index)):
        place = place.base
    return place


def _constant(code: Code, base: Node) -> bool:
    """Whether an expression lives as long as the program: an item, or a literal that the compiler makes one."""
    if isinstance(base, Path):
        return local_of(code, base) is None
    if isinstance(base, (ArrayLiteral, TupleLiteral)):
        return all(_constant(code, element) for element in base.elements)
    if isinstance(base, Unary):
        return base.operator == "-" and _constant(code, base.operand)
    return isinstance(base, Literal)


def _opened(path: tuple[str, ...]) -> tuple[str, ...]:
    """A path without the way into `Some` and `Ok`."""
    kept: list[str] = []
    at = 0
    while at < len(path):
        if path[at] in _CLOSED and path[at + 1 : at + 2] == ("0",):
            at += 2
        else:
            kept.append(path[at])
            at += 1
    return tuple(kept)


def _values(node: Block | If | Match | Loop) -> list[Node]:
    """The expressions one of which is the value of a node."""
    if isinstance(node, Block):
        return [node.tail] if node.tail is not None and node.kind in ("", "unsafe", "const") else []
    if isinstance(node, If):
        return [branch for branch in (node.then, node.otherwise) if branch is not None and not diverges(branch)]
    if isinstance(node, Match):
        return [arm.body for arm in node.arms if not diverges(arm.body)]
    return [part.value for part in walk(node.body) if isinstance(part, Break) and part.value is not None]


def _part(
    node: StructLiteral | TupleLiteral | ArrayLiteral, path: tuple[str, ...]
) -> tuple[Node, tuple[str, ...]] | None:
    """The expression that a path into a literal leads to, and what is left of the path."""
    if isinstance(node, StructLiteral):
        rest = path[1:] if path[:1] == (last_name(node.path),) else path
        found = next((field.value for field in node.fields if field.name == rest[0]), None) if rest else None
        return (found, rest[1:]) if found is not None else None
    if isinstance(node, TupleLiteral) and path and path[0].removeprefix("-").isdigit():
        index = int(path[0])
        return (node.elements[index], path[1:]) if -len(node.elements) <= index < len(node.elements) else None
    return None


def _entry(name: str, table: dict[str, str]) -> str:
    """The entry for a path by its end: `std::ffi::CStr::from_ptr` finds `CStr::from_ptr`."""
    segments = name.split("::")
    return table.get("::".join(segments[-2:])) or table.get(segments[-1], "")


def _among(name: str, names: frozenset[str]) -> bool:
    return "::".join(name.split("::")[-2:]) in names
