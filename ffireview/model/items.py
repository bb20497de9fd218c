"""What stands in one file, item by item: the words in which two versions of a file are compared.

An inventory is made only for files that a change touches. Every hash is one of normalised tokens: comments, layout
and trailing commas do not count.
"""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.facts import MacroContext, Signature
from ffireview.model.place import Range


class ItemKind(StrEnum):
    """What an item is, in either language."""

    FUNCTION = "function"
    """Rust: with or without a body. C: with a body."""
    PROTOTYPE = "prototype"
    STRUCT = "struct"
    """A C++ class as well."""
    UNION = "union"
    ENUM = "enum"
    ENUMERATOR = "enumerator"
    """C only: an enumerator is a name of its own there, and owned by its enum."""
    TRAIT = "trait"
    IMPL = "impl"
    MODULE = "module"
    EXTERN = "extern-block"
    CONSTANT = "constant"
    STATIC = "static"
    VARIABLE = "variable"
    ALIAS = "alias"
    """A Rust `type`, an associated type included."""
    TYPEDEF = "typedef"
    MACRO = "macro"
    USE = "use"


class Access(StrEnum):
    """What is done to a field. Fields on the way to an assigned one are written as well, up to a dereference."""

    READ = "read"
    WRITE = "write"
    BORROW = "borrow"
    """`&mut`, `&raw mut`, `addr_of_mut!`; in C, its address is taken."""
    RECEIVER = "receiver"
    """A method is called on it: text does not say whether that changes it."""
    INITIALISE = "initialise"
    """Named in a literal that makes the record."""


class Touch(Struct, frozen=True):
    """A field by name, and the whole expression as far as it: `len`, `self.inner.len`."""

    name: str
    how: Access
    at: Range
    path: str = ""


class CallForm(StrEnum):
    """How something is called."""

    FUNCTION = "function"
    METHOD = "method"
    MACRO = "macro"


class Call(Struct, frozen=True):
    """A call by the last name of its path; `at` is the path (for a method the name)."""

    name: str
    path: str
    form: CallForm
    at: Range


class NameUse(Struct, frozen=True):
    """A path that is used and is no call and no local: constant, static, type. Listed once, where it is first used."""

    name: str
    path: str
    at: Range


class Local(Struct, frozen=True):
    """A name that belongs to the item alone: bound by a parameter, `let` or pattern, a lifetime (`'a`) or a label.
    Listed once, where it is first bound."""

    name: str
    at: Range
    callable: bool = False
    """Bound to a closure or a function pointer, so that `name(..)` calls it."""


class CheckKind(StrEnum):
    """What a check asks."""

    NULL = "null"
    BOUNDS = "bounds"
    """An ordering, or an equality that names a size, count or index."""
    COMPARISON = "comparison"
    PATTERN = "pattern"
    """`if let`, `while let`."""
    TRUTH = "truth"
    """A bare value or its negation; in C a pointer's test for null looks so as well."""
    ASSERT = "assert"
    DEBUG_ASSERT = "debug-assert"
    EXIT = "exit"
    """A return under a condition."""
    TRY = "try"
    CATCH = "catch"
    CHECKED = "checked"
    """Arithmetic or a conversion that tells when it fails."""


class Check(Struct, frozen=True):
    """One thing that is made sure of. A condition gives one check for each side of its `&&` and `||`."""

    kind: CheckKind
    text: str
    """What is tested (of an assertion its condition), or for an early return the `return` itself; normalised."""
    at: Range
    by: str = ""
    """`if`, `while`, `match`, `for`, `switch`, `let else`, the asserting macro; empty for a call by itself."""
    under: str = ""
    """For an early return: the condition under which it happens."""


class Lock(Struct, frozen=True):
    """Something is locked or borrowed at run time, and how far that reaches."""

    text: str
    """The call, normalised."""
    name: str
    """What is called: `lock`, `borrow_mut`, `mutex_lock`."""
    what: str
    """The receiver or first argument, normalised."""
    guard: str
    """The variable that holds the guard; empty when none does."""
    at: Range
    scope: Range | None
    """From the call to the end of the guard's block, its `drop`, or the matching unlock; None when it ends with its own
    statement."""


class ItemField(Struct, frozen=True):
    """One field of a record as written; the type of a bit-field ends in its width, `unsigned : 3`."""

    name: str
    type: str
    at: Range
    visibility: str = ""
    attributes: tuple[str, ...] = ()


class Enumerator(Struct, frozen=True):
    """One enumerator: its value as written, or counted from the one before (`3`, `FIRST + 1`)."""

    name: str
    value: str
    at: Range
    payload: str = ""
    """What a Rust variant carries: `(u32)`, `{ code: i32 }`."""


class Item(Struct, frozen=True):
    """One item of a file."""

    kind: ItemKind
    name: str
    owner: str
    """Rust: the path that sites and functions carry as `owner`. C: enclosing namespaces and record, by `::`."""
    at: Range
    """From its first attribute or keyword to its end."""
    head: str
    """Hash of all but the body; attributes count, doc attributes do not."""
    body: str = ""
    """Hash of the body: braces, the value of a constant, the target of an alias, the replacement of a macro."""
    body_at: Range | None = None
    visibility: str = ""
    unsafe: bool = False
    safe: bool = False
    """Rust: whether it says `safe`."""
    abi: str = ""
    """Rust functions and extern blocks: `Rust`, `C`, `system`. C and C++: `C` or `C++`."""
    storage: str = ""
    """C: `static inline`, `extern`."""
    attributes: tuple[str, ...] = ()
    """`repr(C)`, `inline`, `cfg(unix)`: without brackets, normalised. In C the attributes in the head."""
    cfg: tuple[str, ...] = ()
    """The conditions of the item and of all around it, outermost first."""
    signature: Signature | None = None
    self_type: str = ""
    """Of an impl and what stands in it."""
    trait: str = ""
    """Of a trait impl or a trait, and what stands in it."""
    type: str = ""
    """Of a constant, static, variable, alias or typedef."""
    value: str = ""
    """Of a constant, enumerator, variable or macro without parameters, where it is short."""
    fields: tuple[ItemField, ...] = ()
    enumerators: tuple[Enumerator, ...] = ()
    touched: tuple[Touch, ...] = ()
    """Fields of whatever value. This and what follows leaves out the items nested in this one, in the order of the
    source."""
    calls: tuple[Call, ...] = ()
    names: tuple[NameUse, ...] = ()
    checks: tuple[Check, ...] = ()
    locks: tuple[Lock, ...] = ()
    locals: tuple[Local, ...] = ()
    macro: MacroContext | None = None
    """The macro around a Rust item; the macro that makes a C one (`SYSCALL_DEFINE1`)."""
    test: bool = False

    @property
    def path(self) -> str:
        """What the sites and functions directly inside this item carry as `owner` (Rust)."""
        label = {ItemKind.IMPL: f"impl {self.name}", ItemKind.MACRO: f"{self.name}!", ItemKind.EXTERN: ""}.get(
            self.kind, self.name
        )
        return "::".join(part for part in (self.owner, label) if part)

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Enumerators with what they carry, or else their values."""
        return tuple((one.name, one.payload or one.value) for one in self.enumerators)

    @property
    def returns(self) -> str:
        """The result type of a function as written."""
        return self.signature.returns if self.signature else ""


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
