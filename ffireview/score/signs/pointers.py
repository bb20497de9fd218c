"""Signs of raw pointers: what they are cast to, where they come from, whether anybody asked if they are null."""

import re
from collections.abc import Iterator

from ffireview.flow import Code, Source, callee, last_name, named, null_checked, origins
from ffireview.model.body import Call, Cast, FieldAccess, MethodCall, Node, Path, Reference, Unary
from ffireview.model.place import Range

_RAW = re.compile(r"\*\s*(const|mut)\s+(.*)", re.DOTALL)
_VOID = re.compile(r"\b(?:c_void|void)$|^\(\)$")
_BYTE = re.compile(r"(?:u8|i8|(?:\w+::)*c_u?s?char|c_void|\(\)|_)$")
_SLICES = ("slice::from_raw_parts", "slice::from_raw_parts_mut", "from_raw_parts", "from_raw_parts_mut")
_OWNER_PARTS = re.compile(r"\b(?:Vec|String|Box|RVec|CString)\b")
_WRAPS = re.compile(
    r"(?:from_raw|from_ptr|build|from_owned|from_borrowed|from_glib|wrap|from_existing|from_c|ptr_to_|convert_raw"
    r"|new_from_raw|from_handle|from_void|from_abi|from_native)\w*"
)
"""Names of functions that make a value of Rust of a pointer of C, as bindings call them."""
_OWNERS = ("Box::from_raw", "Rc::from_raw", "Arc::from_raw", "CString::from_raw")
_ADDRESSES = ("as_ptr", "as_mut_ptr", "into_raw", "get", "add", "offset", "sub")


def pointer_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """What a function does with raw pointers."""
    for cast in code.of(Cast):
        yield from _of_cast(code, cast)
    for unary in code.of(Unary):
        if unary.operator == "*":
            yield from _of_dereference(code, unary)
    for call in code.of(Call):
        yield from _of_call(code, call)
    for method in code.of(MethodCall):
        if method.name.startswith("assume_") and _from_c(code, method.receiver, method) == "result":
            yield "wraps-result", method.at


def _of_cast(code: Code, cast: Cast) -> Iterator[tuple[str, Range]]:
    target = _RAW.fullmatch(cast.type.strip())
    if target is None:
        return
    if _VOID.search(target[2]):
        yield "cast-to-void", cast.at
    operand = _behind_casts(cast.operand)
    shared = isinstance(operand, Reference) and operand.form == ""
    if target[1] == "mut" and (shared or _is_const(cast.operand) or named(operand, ".as_ptr")):
        yield "const-to-mut", cast.at
    if named(operand, ".as_ptr", ".as_mut_ptr") and not _BYTE.search(target[2]):
        yield "buffer-as-type", cast.at
    if isinstance(operand, Reference) and not _VOID.search(target[2]) and not target[2].endswith("_"):
        yield "reference-as-type", cast.at


def _is_const(node: Node) -> bool:
    return isinstance(node, Cast) and node.type.replace(" ", "").startswith("*const")


def _behind_casts(node: Node) -> Node:
    while isinstance(node, Cast) or (isinstance(node, MethodCall) and node.name in ("cast", "cast_mut", "cast_const")):
        node = node.operand if isinstance(node, Cast) else node.receiver
    return node


def _of_dereference(code: Code, unary: Unary) -> Iterator[tuple[str, Range]]:
    source = _from_c(code, unary.operand, unary)
    if source in ("result", "out"):
        yield "dereferences-result", unary.at
    elif source == "field":
        yield "dereferences-field", unary.at


def _of_call(code: Code, call: Call) -> Iterator[tuple[str, Range]]:
    if not call.arguments or not isinstance(call.callee, Path):
        return
    path, first = callee(call), call.arguments[0]
    name = last_name(path)
    if named(call, *_SLICES) and not _OWNER_PARTS.search(path):
        asked = _from_c(code, first, call) in ("", "argument")
        yield "slice-of-pointer" if asked else "slice-unasked", call.at
    elif named(call, "CStr::from_ptr"):
        yield "string-unasked" if _from_c(code, first, call) else "string-of-pointer", call.at
    elif _OWNER_PARTS.search(path) and name.startswith("from_raw"):
        if named(call, *_OWNERS) and _is_void(code, first):
            yield "owner-of-void", call.at
    elif _WRAPS.fullmatch(name) and not code.foreign(call):
        source = _from_c(code, first, call)
        if source:
            yield "wraps-field" if source == "field" else "wraps-result", call.at


def _from_c(code: Code, pointer: Node, at: Node) -> str:
    """How C gave a pointer that nobody asked about: `result`, `out`, `field`, `argument`; empty otherwise."""
    if null_checked(code, pointer, at):
        return ""
    for found in origins(code, pointer):
        if found.source is Source.FOREIGN:
            return "field" if found.path else "result"
        if found.source is Source.LENT and code.foreign(found.node):
            return "out"
        if found.source is Source.PARAMETER and not found.inside:
            written = getattr(found.node, "type", "")
            if found.path:
                return "field"
            if _RAW.match(written) and code.body.abi != "Rust":
                return "argument"
    bare = _behind_casts(pointer)
    if isinstance(bare, MethodCall) and not bare.arguments and bare.name not in _ADDRESSES:
        return "method"
    if isinstance(bare, FieldAccess) and isinstance(bare.base, Unary):
        return "field"
    return ""


def _is_void(code: Code, pointer: Node) -> bool:
    """Whether the pointer is a parameter declared as pointing to nothing in particular, and not cast."""
    rows = origins(code, pointer) if isinstance(pointer, Path) else ()
    return any(
        one.source is Source.PARAMETER and not one.path and _VOID.search(getattr(one.node, "type", "")) is not None
        for one in rows
    )
