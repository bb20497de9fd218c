"""C types as written, read into shapes."""

import re
from collections.abc import Callable, Iterator

from ffireview.extract.c.declarators import parameter as parameter_of
from ffireview.link.types.names import RESERVED, c_name
from ffireview.link.types.shapes import (
    Array,
    DataModel,
    Enum,
    Float,
    Function,
    Int,
    Pointer,
    Record,
    Shape,
    Unknown,
)  # fmt: skip
from ffireview.model.facts import Signature
from ffireview.syntax.brackets import split

Lookup = Callable[[str, DataModel, int], Shape | None]
"""A typedef, struct or enum name of the tree to its shape; None when the tree does not define it."""

DEPTH = 12
"""Typedefs are followed through this many steps."""

_NOISE = re.compile(
    r"\b(?:restrict|__restrict__|__restrict|volatile|register|extern|static|inline|__user|__iomem|__rcu|__percpu|__force"
    r"|__nonnull|_Nullable|_Nonnull|_Null_unspecified|__must_check|__counted_by\([^()]*\)|typename|constexpr|FAR|near"
    r"|__bitwise|__maybe_unused|__always_unused|__unused|MAYBE_UNUSED|ATTRIBUTE_UNUSED|const\s+volatile)\b|\[\[[^\]]*\]\]"
)
_TRAILING_MACRO = re.compile(r"(?<=[*&])\s*[A-Z_][A-Z0-9_]+$")
_INTEGER_WORDS = {"__int64", "unsigned", "signed", "long", "short", "int", "char", "__signed__", "__int128"}
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]+")
_TAG = re.compile(r"^(struct|union|enum|class)\s+(?:__attribute__\(\(.*?\)\)\s*)?([\w:]+)$")
_FUNCTION_POINTER = re.compile(
    r"^(.*?)\(\s*(?:\w+\s+)?([*^]+|\w+::\*)\s*(?:const\s*)?(\w*)\s*(?:\[[^\]]*\]\s*)?\)\s*\((.*)\)$", re.DOTALL
)
_BARE_FUNCTION = re.compile(r"^([\w\s*]+?[\s*])(\w*)\s*\(([^()]*)\)$", re.DOTALL)
_ARRAY = re.compile(r"^(.*?)\s*\[([^\]]*)\]((?:\s*\[[^\]]*\])*)$", re.DOTALL)
_MACRO_POINTER = re.compile(r"^(.*?)\b[A-Z][A-Z0-9_]+\s*\(\s*(\w*)\s*\)\s*\((.*)\)$", re.DOTALL)


def read_c(text: str, model: DataModel, lookup: Lookup, depth: int = 0, *, parameter: bool = False) -> Shape:
    """The shape of a C or C++ type. As a parameter, arrays and functions decay to pointers."""
    written = _TRAILING_MACRO.sub("", " ".join(_NOISE.sub(" ", text).split()))
    if depth > DEPTH or not written:
        return Unknown(text, "not understood" if not written else "too many steps")
    if found := _FUNCTION_POINTER.match(written) or _MACRO_POINTER.match(written):
        groups = found.groups()
        return _function(groups[0], groups[-1], model, lookup, depth)
    if found := _ARRAY.match(written):
        element = read_c(found[1] + found[3], model, lookup, depth + 1)
        return Pointer(element, _is_const(found[1])) if parameter else Array(element, found[2].strip())
    if parameter and (found := _BARE_FUNCTION.match(written)):
        return _function(found[1], found[3], model, lookup, depth)
    if written.endswith(("*", "&", "* const", "*const")):
        inner = re.sub(r"(?:\*\s*const|&&|[*&])$", "", written).strip()
        return Pointer(read_c(inner, model, lookup, depth + 1), _is_const(inner), written.endswith("&"))
    return _plain(written, model, lookup, depth)


def read_c_signature(shape: Signature, model: DataModel, lookup: Lookup, depth: int = 0) -> Function:
    """The shape of a C function."""
    return Function(
        tuple(read_c(p.type, model, lookup, depth, parameter=True) for p in shape.parameters),
        read_c(shape.returns, model, lookup, depth) if shape.returns else Unknown("", "no result type is written"),
        shape.variadic,
        "C",
        nullable=True,
    )


def _function(returns: str, parameters: str, model: DataModel, lookup: Lookup, depth: int) -> Function:
    parts = split(parameters)
    variadic = bool(parts) and parts[-1] == "..."
    kept = [part for part in parts if part not in ("...", "void", "VOID")]
    shapes = tuple(read_c(parameter_of(part).type, model, lookup, depth + 1, parameter=True) for part in kept)
    return Function(shapes, read_c(returns, model, lookup, depth + 1), variadic, "C", nullable=True)


def _is_const(text: str) -> bool:
    """Whether what a pointer leads to is const: `const T` or `T const`, not `T *const`."""
    return bool(re.search(r"\*\s*const\s*$" if "*" in text else r"\bconst\b", text))


def _plain(written: str, model: DataModel, lookup: Lookup, depth: int) -> Shape:
    bare = " ".join(w for w in written.split() if w != "const")
    words = bare.split()
    if words and all(word in _INTEGER_WORDS or word == "double" for word in words):
        return _number(words, model)
    if tag := _TAG.match(bare):
        return _tagged(tag[1], tag[2], model, lookup, depth)
    if not re.fullmatch(r"[\w:]+(?:<.*>)?", bare):
        for fewer in _without_macro(words) if depth < DEPTH else ():
            shape = _plain(fewer, model, lookup, depth + 1)
            if not isinstance(shape, Unknown):
                return shape
        return Unknown(bare, "not understood")
    name = bare.rsplit("::", 1)[-1] if "<" not in bare else bare
    if name in RESERVED and (fixed := c_name(name, model)) is not None:
        return fixed
    found = lookup(name, model, depth + 1)
    if found is not None and not isinstance(found, Unknown):
        return found
    known = c_name(name, model)
    if known is not None:
        return known
    return found or Unknown(name, "type not found")


def _without_macro(words: list[str]) -> Iterator[str]:
    """The type without a word at one of its ends: a macro for an attribute or a linkage."""
    if len(words) > 1 and words[0] not in _INTEGER_WORDS:
        yield " ".join(words[1:])
    if len(words) > 1 and _CAPITALS.fullmatch(words[-1]) and words[:-1] not in (["unsigned"], ["signed"]):
        yield " ".join(words[:-1])


def _tagged(kind: str, name: str, model: DataModel, lookup: Lookup, depth: int) -> Shape:
    name = name.rsplit("::", 1)[-1]
    if kind != "enum":
        return Record(name, "union" if kind == "union" else "struct")
    found = lookup(f"enum {name}", model, depth + 1)
    return found if isinstance(found, Enum) else Enum(name, 32, False, closed=False)


def _number(words: list[str], model: DataModel) -> Shape:
    signed = "unsigned" not in words
    if "double" in words:
        return Float(model.long_double if "long" in words else 64)
    if "char" in words:
        return Int(8, signed, plain="signed" not in words and signed)
    if "__int128" in words:
        return Int(128, signed)
    if "short" in words:
        return Int(16, signed)
    longs = words.count("long")
    return Int(64 if longs == 2 or "__int64" in words else model.long if longs == 1 else 32, signed)
