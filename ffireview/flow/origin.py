"""Where a value comes from: the words for it."""

from enum import StrEnum

from msgspec import Struct

from ffireview.flow.locals import Local
from ffireview.model.body import Node


class Source(StrEnum):
    """What a value comes from."""

    PARAMETER = "parameter"
    CLOSURE_PARAMETER = "closure-parameter"
    FOREIGN = "foreign"
    """The result of a call across the boundary; `name` is its symbol."""
    CALL = "call"
    """The result of another call; `name` as `find.callee` gives it."""
    MADE = "made"
    """A struct, tuple, array or closure written here."""
    LITERAL = "literal"
    NULL = "null"
    """A pointer to nothing: `ptr::null()`, `0 as *const T`."""
    ITEM = "item"
    """A constant, static, function or `None`; `name` is its path."""
    COMPUTED = "computed"
    """Arithmetic or a comparison: look at the parts of `node`."""
    LENT = "lent"
    """Written by whoever was given the reference `node`; `name` is the call that was given it."""
    UNINITIALISED = "uninitialised"
    UNKNOWN = "unknown"


class Origin(Struct, frozen=True):
    """Where a value comes from, and what was done to it since."""

    source: Source
    node: Node
    """Where it starts: the parameter, the call, the literal, .."""
    name: str = ""
    index: int = -1
    """Which parameter, from 0; `self` counts."""
    path: tuple[str, ...] = ()
    """What part of it: fields, `*` for what it points to, `[]` and `item` for an element, `inner` for what an `Option`
    or iterator gives to a closure. What stands in `Some` or `Ok` counts as the whole."""
    steps: tuple[str, ...] = ()
    """What was done, the first thing first: `.unwrap`, `?`, `as *mut T`, `.as_ptr`, `&`, `from_raw_parts`."""
    pointer: bool = False
    """Whether the value is known to be a pointer or reference."""
    inside: bool = False
    """Whether it points into a value that this function holds, other than through a pointer that it was given."""
    direct: bool = False
    """For `inside`: it points to the very storage (`&x`), not to what the value owns (`x.as_ptr()`)."""
    held: Local | None = None
    """For `inside`: the local that holds the value; None when a temporary does."""
    owner: Node | None = None
    """For `inside`: the expression that is pointed into."""
