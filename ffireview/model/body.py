"""The body of a Rust function as a value: a small syntax tree without layout, comments and parentheses.

In: nothing. Out: nodes, what a function says of itself before its body, and both packed as bytes for a message.
A node is known by its class; a name, an operator or a type is text as written, with single spaces.
"""

from typing import TypeAlias

import msgspec
from msgspec import Struct

from ffireview.model.facts import Bound, Generic, ImplFact, MacroContext
from ffireview.model.place import Range


class Node(Struct, frozen=True, array_like=True, gc=False, tag_field="is"):
    """What all nodes share: where they stand, in a person's lines and columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def at(self) -> Range:
        """The node's range."""
        return Range(self.line, self.column, self.end_line, self.end_column)


# ---- names and values


class Path(Node, frozen=True, tag=1):
    """A local, an item or a part of one by name: `x`, `self`, `ffi::f`, `Vec::<u8>::new`, `<T as Tr>::f`."""

    text: str


class Literal(Node, frozen=True, tag=2):
    """A literal as written, and what it is: `int`, `float`, `bool`, `char`, `str`; a prefix shows in the text."""

    text: str
    kind: str


class TupleLiteral(Node, frozen=True, tag=3):
    """`(a, b)`; no elements for `()`."""

    elements: "tuple[Expression, ...]"


class ArrayLiteral(Node, frozen=True, tag=4):
    """`[a, b]`, or `[a; n]` with `repeat`."""

    elements: "tuple[Expression, ...]"
    repeat: "Expression | None"


class FieldValue(Node, frozen=True, tag=5):
    """One field of a struct literal; `S { a }` has the path `a` as value."""

    name: str
    value: "Expression"


class StructLiteral(Node, frozen=True, tag=6):
    """`path { fields, ..base }`."""

    path: str
    fields: "tuple[FieldValue, ...]"
    base: "Expression | None"


# ---- operations on values


class Call(Node, frozen=True, tag=7):
    """`callee::<turbofish>(arguments)`; the callee is a path, or an expression that gives a function."""

    callee: "Expression"
    turbofish: str
    arguments: "tuple[Expression, ...]"


class MethodCall(Node, frozen=True, tag=8):
    """`receiver.name::<turbofish>(arguments)`."""

    receiver: "Expression"
    name: str
    turbofish: str
    arguments: "tuple[Expression, ...]"


class Macro(Node, frozen=True, tag=9):
    """`name!(..)`. `arguments` are what its tokens read as: expressions, or one block; empty where they fit neither.
    `tokens` is the text between the brackets."""

    name: str
    arguments: "tuple[Expression, ...]"
    tokens: str


class FieldAccess(Node, frozen=True, tag=10):
    """`base.name`; `base.0` for a tuple."""

    base: "Expression"
    name: str


class Index(Node, frozen=True, tag=11):
    """`base[index]`; a slice when the index is a `Range`."""

    base: "Expression"
    index: "Expression"


class Unary(Node, frozen=True, tag=12):
    """`*operand`, `!operand`, `-operand`."""

    operator: str
    operand: "Expression"


class Reference(Node, frozen=True, tag=13):
    """`&operand`. The form is empty, `mut`, `raw const` or `raw mut`."""

    form: str
    operand: "Expression"


class Cast(Node, frozen=True, tag=14):
    """`operand as type`."""

    operand: "Expression"
    type: str


class Binary(Node, frozen=True, tag=15):
    """`left operator right`. A chain of `let` conditions is a nest of `&&` as well."""

    operator: str
    left: "Expression"
    right: "Expression"


class Assign(Node, frozen=True, tag=16):
    """`target = value`, or with an operator such as `+=`."""

    operator: str
    target: "Expression"
    value: "Expression"


class RangeOf(Node, frozen=True, tag=17):
    """`low..high`, `low..=high`; either side may be absent."""

    low: "Expression | None"
    high: "Expression | None"
    inclusive: bool


class Try(Node, frozen=True, tag=18):
    """`operand?`."""

    operand: "Expression"


class Await(Node, frozen=True, tag=19):
    """`operand.await`."""

    operand: "Expression"


# ---- patterns


class Binding(Struct, frozen=True, array_like=True, gc=False):
    """A name that a pattern binds. `path` leads from the matched value to it: `("Some", "0")` in `Some(x)`."""

    name: str
    by_reference: bool
    mutable: bool
    path: tuple[str, ...]


class Pattern(Node, frozen=True, tag=20):
    """A pattern as written, and the names that it binds."""

    text: str
    bindings: tuple[Binding, ...]


# ---- control flow


class Block(Node, frozen=True, tag=21):
    """`{ statements tail }`. `tail` is the value; a last expression with `;` is a statement. The kind is empty,
    `unsafe`, `async`, `async move`, `const`, `try` or `gen`."""

    kind: str
    label: str
    statements: "tuple[Statement, ...]"
    tail: "Expression | None"


class LetCondition(Node, frozen=True, tag=22):
    """`let pattern = value` as a condition."""

    pattern: Pattern
    value: "Expression"


class If(Node, frozen=True, tag=23):
    """`if condition then else otherwise`; what follows `else` is a block or an `If`."""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression | None"


class Arm(Node, frozen=True, tag=24):
    """`pattern if guard => body`."""

    pattern: Pattern
    guard: "Expression | None"
    body: "Expression"


class Match(Node, frozen=True, tag=25):
    """`match scrutinee { arms }`."""

    scrutinee: "Expression"
    arms: tuple[Arm, ...]


class Loop(Node, frozen=True, tag=26):
    """`label: loop body`."""

    label: str
    body: "Expression"


class While(Node, frozen=True, tag=27):
    """`label: while condition body`."""

    label: str
    condition: "Expression"
    body: "Expression"


class For(Node, frozen=True, tag=28):
    """`label: for pattern in iterable body`."""

    label: str
    pattern: Pattern
    iterable: "Expression"
    body: "Expression"


class Return(Node, frozen=True, tag=29):
    """`return value`."""

    value: "Expression | None"


class Break(Node, frozen=True, tag=30):
    """`break label value`."""

    label: str
    value: "Expression | None"


class Continue(Node, frozen=True, tag=31):
    """`continue label`."""

    label: str


class Formal(Node, frozen=True, tag=32):
    """A parameter of a function or closure: `self` has the type `&mut Self` of its short form; a closure's type may
    be empty; the pattern of a variadic one is `...`."""

    pattern: Pattern
    type: str


class Closure(Node, frozen=True, tag=33):
    """`move |parameters| -> returns body`. The kind is empty, `async` or `static`."""

    kind: str
    move: bool
    parameters: tuple[Formal, ...]
    returns: str
    body: "Expression"


# ---- statements, and what is not read


class Let(Node, frozen=True, tag=34):
    """`let pattern: type = value else otherwise;`."""

    pattern: Pattern
    type: str
    value: "Expression | None"
    otherwise: "Expression | None"


class Item(Node, frozen=True, tag=35):
    """An item inside a body: what it is (`fn`, `static`, `use`, ..) and its name. A function there has its own body."""

    kind: str
    name: str


class Other(Node, frozen=True, tag=36):
    """What is none of the others: `error`, `deep` (nested too far), `yield`, .. with what could be read inside."""

    kind: str
    text: str
    parts: "tuple[Statement, ...]"


Expression: TypeAlias = (
    Path | Literal | TupleLiteral | ArrayLiteral | StructLiteral | Call | MethodCall | Macro | FieldAccess | Index
    | Unary | Reference | Cast | Binary | Assign | RangeOf | Try | Await | Block | LetCondition | If | Match | Loop
    | While | For | Return | Break | Continue | Closure | Other
)  # fmt: skip
Statement: TypeAlias = Expression | Let | Item


class Body(Struct, frozen=True, array_like=True, gc=False):
    """A function with its body. `owner` and `name` are those of its `FunctionFact` and `SiteFact`."""

    name: str
    owner: str
    line: int
    column: int
    end_line: int
    end_column: int
    visibility: str
    unsafe: bool
    abi: str
    """`Rust` when no `extern` is written."""
    kind: str
    """`async`, `const`, both, or empty."""
    symbol: str
    """The name under which C finds it, if it is exported."""
    generics: tuple[Generic, ...]
    where: tuple[Bound, ...]
    parameters: tuple[Formal, ...]
    returns: str
    attributes: tuple[str, ...]
    implements: ImplFact | None
    """The impl that it stands in."""
    trait: str
    """The trait whose default method it is."""
    module: tuple[str, ...]
    cfg: tuple[str, ...]
    test: bool
    macro: MacroContext | None
    block: Block

    @property
    def at(self) -> Range:
        """The function's range, from its first word on."""
        return Range(self.line, self.column, self.end_line, self.end_column)


def pack(bodies: tuple[Body, ...]) -> bytes:
    """Bodies as bytes."""
    return _ENCODER.encode(bodies) if bodies else b""


def unpack(packed: bytes) -> tuple[Body, ...]:
    """The bodies that `pack` packed."""
    return _DECODER.decode(packed) if packed else ()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[Body, ...])
