"""The inventory of one version of a file, for comparing: items with what they touch, and settings around code."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.facts import Signature
from ffireview.model.place import Range


class ItemKind(StrEnum):
    """What an item is. The C kinds stand behind the Rust ones; some serve both."""

    FUNCTION = "function"
    STRUCT = "struct"
    UNION = "union"
    ENUM = "enum"
    TRAIT = "trait"
    IMPL = "impl"
    CONSTANT = "constant"
    STATIC = "static"
    ALIAS = "alias"
    MACRO = "macro"
    PROTOTYPE = "prototype"
    TYPEDEF = "typedef"
    ENUMERATOR = "enumerator"
    VARIABLE = "variable"


class CheckKind(StrEnum):
    """What a check looks at, or how it answers."""

    NULL = "null"
    BOUNDS = "bounds"
    ASSERT = "assert"
    DEBUG_ASSERT = "debug-assert"
    CHECKED = "checked"
    """Arithmetic or a conversion that tells when it fails."""
    EXIT = "exit"
    """An early return under a condition."""
    CATCH = "catch"


class Touch(Struct, frozen=True):
    """A name that a body uses, and how. A field: `read`, `write`, `borrow` for `&mut`, `receiver` of a method, or
    `initialise` in a literal of its record."""

    name: str
    at: Range
    how: str = "read"


class Check(Struct, frozen=True):
    """A check, by its normalised text."""

    kind: CheckKind
    text: str
    at: Range


class Lock(Struct, frozen=True):
    """A lock or borrow taken, by its normalised text; where it is held, if a name keeps it."""

    text: str
    at: Range
    scope: Range | None


class ItemField(Struct, frozen=True):
    """A field as written."""

    name: str
    type: str
    visibility: str = ""


class Item(Struct, frozen=True):
    """A declared thing and what its body touches."""

    kind: ItemKind
    name: str
    owner: str
    """Rust: the path of the items around it, as sites say it. C: the record or namespace around it."""
    at: Range
    head: str
    """Hash of the tokens before the body, attributes included."""
    body: str
    """Hash of the tokens of the body; empty where there is none, and for an `impl`."""
    visibility: str = ""
    unsafe: bool = False
    safe: bool = False
    attributes: tuple[str, ...] = ()
    signature: Signature | None = None
    returns: str = ""
    self_type: str = ""
    trait: str = ""
    fields: tuple[ItemField, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    test: bool = False
    touched: tuple[Touch, ...] = ()
    """Fields of whatever value."""
    calls: tuple[Touch, ...] = ()
    checks: tuple[Check, ...] = ()
    locks: tuple[Lock, ...] = ()
    locals: frozenset[str] = frozenset()


class Tool(StrEnum):
    """Whose setting it is."""

    BINDGEN = "bindgen"
    CBINDGEN = "cbindgen"
    LINK = "link"
    CC = "cc"
    CARGO = "cargo"
    LINT = "lint"
    FFIREVIEW = "ffireview"


class Setting(Struct, frozen=True):
    """An option of a tool that shapes the boundary, or a level of a lint: for a lint, `scope` is the item or empty."""

    tool: Tool
    name: str
    value: str
    at: Range
    scope: str = ""
