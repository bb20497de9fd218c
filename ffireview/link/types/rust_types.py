"""Rust types as written, read into shapes."""

import re
from collections.abc import Callable

from ffireview.link.types.names import rust_name
from ffireview.link.types.shapes import (
    Array,
    Bool,
    DataModel,
    Fat,
    Float,
    Function,
    Int,
    Pointer,
    Record,
    Shape,
    Unknown,
    Void,
)  # fmt: skip
from ffireview.model.facts import Signature
from ffireview.syntax.brackets import split

Lookup = Callable[[str, DataModel, int], Shape | None]
DEPTH = 12

_FUNCTION = re.compile(r'^(?:for\s*<[^>]*>\s*)?(unsafe\s+)?(?:(extern)\s*(?:"([^"]*)")?\s*)?fn\s*\(')
_LIFETIME = re.compile(r"^'\w+\s+")
_GENERIC = re.compile(r"^((?:\w+\s*::\s*)*\w+)\s*<(.*)>$", re.DOTALL)
_OWNED = {"String", "Vec", "CString", "OsString", "HashMap", "Rc", "Arc", "RefCell", "Result"}
_THROUGH = {"MaybeUninit", "ManuallyDrop", "UnsafeCell", "Cell", "Opaque", "SyncUnsafeCell", "Wrapping", "Aligned"}
_POINTERS = {"NonNull", "Box", "AtomicPtr"}
_ATOMIC = re.compile(r"^Atomic([IU])(8|16|32|64|size)$")
_NICHE = re.compile(r"(?:\w+\s*::\s*)*NonZero")
_NONZERO = re.compile(r"^NonZero([IU])(8|16|32|64|size)$")


def read_rust(text: str, model: DataModel, lookup: Lookup, depth: int = 0) -> Shape:
    """The shape of a Rust type."""
    written = " ".join(text.split()).removeprefix("::")
    if depth > DEPTH:
        return Unknown(text, "too many steps")
    if written.startswith("#"):
        return Unknown(written, "a macro attribute changes this type")
    if not written or written == "()":
        return Void()
    if written.startswith("(") and written.endswith(")") and len(parts := split(written[1:-1])) == 1:
        return read_rust(parts[0], model, lookup, depth)
    if written.startswith(("*const ", "*mut ")):
        const = written.startswith("*const")
        return _pointer(written.split(" ", 1)[1], const, False, model, lookup, depth)
    if written.startswith("&"):
        rest = _LIFETIME.sub("", written[1:].strip())
        mutable = rest.startswith("mut ")
        return _pointer(rest.removeprefix("mut ").strip(), not mutable, True, model, lookup, depth)
    if found := _FUNCTION.match(written):
        return _function(written, found, model, lookup, depth)
    if written.startswith("["):
        element, _, length = written[1:-1].rpartition(";")
        return Array(read_rust(element, model, lookup, depth + 1), length.strip()) if element else Fat(written, True)
    if written.startswith(("dyn ", "impl ")) or written in ("str", "CStr"):
        return Fat(written, True)
    if found := _GENERIC.match(written):
        return _generic(written, found[1].rsplit("::", 1)[-1].strip(), found[2], model, lookup, depth)
    return _named(written, model, lookup, depth)


def read_rust_signature(shape: Signature, abi: str, model: DataModel, lookup: Lookup) -> Function:
    """The shape of a Rust function."""
    return Function(
        tuple(read_rust(p.type, model, lookup) for p in shape.parameters),
        read_rust(shape.returns, model, lookup),
        shape.variadic,
        abi,
        nullable=False,
    )


def _pointer(inner: str, const: bool, reference: bool, model: DataModel, lookup: Lookup, depth: int) -> Shape:
    to = read_rust(inner, model, lookup, depth + 1)
    if isinstance(to, Fat) and to.unsized:
        return Fat(f"pointer to {inner}")
    return Pointer(Record(to.text, "opaque") if isinstance(to, Fat) else to, const, reference)


def _function(written: str, found: re.Match[str], model: DataModel, lookup: Lookup, depth: int) -> Shape:
    opening = found.end() - 1
    level, close = 0, len(written) - 1
    for i in range(opening, len(written)):
        level += (written[i] == "(") - (written[i] == ")")
        if not level:
            close = i
            break
    parts = split(written[opening + 1 : close])
    variadic = bool(parts) and parts[-1].endswith("...")
    kept = [re.sub(r"^(?:mut\s+)?[\w_]+\s*:(?!:)\s*", "", part) for part in parts if not part.endswith("...")]
    returns = written[close + 1 :].strip().removeprefix("->").strip()
    abi = (found[3] if found[3] is not None else "C") if found[2] else "Rust"
    shapes = tuple(read_rust(part, model, lookup, depth + 1) for part in kept)
    return Function(shapes, read_rust(returns, model, lookup, depth + 1), variadic, abi, nullable=False)


def _generic(written: str, name: str, inner: str, model: DataModel, lookup: Lookup, depth: int) -> Shape:
    arguments = [a for a in split(inner) if not a.startswith("'")]
    first = arguments[0] if arguments else ""
    if name == "Option":
        shape = read_rust(first, model, lookup, depth + 1)
        if isinstance(shape, Function):
            return shape._replace(nullable=True)
        if isinstance(shape, Pointer) and shape.reference:
            return shape._replace(reference=False)
        if _NICHE.match(first):
            return shape
        if isinstance(shape, Int | Float | Fat | Bool):
            return Fat(written)
        return Unknown(written, "an Option whose null form is not known")
    if name in _POINTERS:
        return _pointer(first, False, name != "AtomicPtr", model, lookup, depth)
    if name in _THROUGH and first:
        return read_rust(first, model, lookup, depth + 1)
    if name == "NonZero" and first:
        return read_rust(first, model, lookup, depth + 1)
    if name == "PhantomData":
        return Void()
    if name in _OWNED:
        return Fat(written)
    if name == "Pin" and first:
        return read_rust(first, model, lookup, depth + 1)
    found = lookup(name, model, depth + 1)
    return found if found is not None else Unknown(written, "type not found")


def _named(written: str, model: DataModel, lookup: Lookup, depth: int) -> Shape:
    name = written.rsplit("::", 1)[-1].strip().removeprefix("r#")
    found = lookup(name, model, depth + 1)
    if found is not None and not isinstance(found, Unknown):
        return found
    known = rust_name(name, model)
    if known is not None:
        return known
    if name in _OWNED:
        return Fat(written)
    for pattern in (_ATOMIC, _NONZERO):
        if sized := pattern.match(name):
            bits = model.pointer if sized[2] == "size" else int(sized[2])
            return Int(bits, sized[1] == "I")
    return found or Unknown(name, "type not found")
