"""Lint levels for unsafe code, set by attributes of a file, a module or an item."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.extract.rust.scopes import Item
from ffireview.extract.rust.view import RustView
from ffireview.syntax.brackets import split

LINTS = frozenset({
    "unsafe_code", "unsafe_op_in_unsafe_fn", "improper_ctypes", "improper_ctypes_definitions", "static_mut_refs",
    "clippy::undocumented_unsafe_blocks", "clippy::missing_safety_doc", "clippy::not_unsafe_ptr_arg_deref",
    "clippy::multiple_unsafe_ops_per_block", "clashing_extern_declarations", "missing_unsafe_on_extern",
})  # fmt: skip
"""The lints that speak of unsafe code and of what crosses."""

ALSO_LINTS = frozenset({
    "unsafe_attr_outside_unsafe", "invalid_value", "dangling_pointers_from_temporaries", "invalid_reference_casting",
    "clippy::mem_forget", "clippy::transmute_ptr_to_ref", "clippy::cast_ptr_alignment", "clippy::mut_from_ref",
    "clippy::unnecessary_safety_comment", "clippy::all", "warnings",
})  # fmt: skip
"""Lints that say something of unsafe code among other things: their levels matter when they change."""

_LINT = re.compile(r"^\s*(forbid|deny|allow|expect|warn)\s*\((.*)\)\s*$", re.DOTALL)
_CFG_ATTR = re.compile(r"^\s*cfg_attr\s*\((.*)\)\s*$", re.DOTALL)


class Lint(NamedTuple):
    """One level of one lint."""

    level: str
    name: str
    start: int
    end: int
    item: Item | None
    """What the attribute is about; None for the file."""
    inner: bool
    """Whether it is written `#![..]`."""
    condition: str = ""
    """The predicate of a `cfg_attr` around it."""


def lints(view: RustView, names: frozenset[str] = LINTS) -> Iterator[Lint]:
    """Every level that the file sets for one of the lints, inner attributes first."""
    for piece in view.reading.lints:
        written = view.text.read(piece.start, piece.end)
        bare = written.removeprefix("#!").strip().removeprefix("[").removesuffix("]")
        for level, name, condition in _levels(bare, names):
            yield Lint(level, name, piece.start, piece.end, view.context(piece.start), True, condition)
    for item in view.scopes.items:
        for attribute in item.head.attributes:
            for level, name, condition in _levels(attribute.text, names):
                end = view.text.partner.get(view.text.code.find(b"[", attribute.start), attribute.start) + 1
                yield Lint(level, name, attribute.start, end, item, False, condition)


def _levels(text: str, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    if found := _LINT.match(text):
        for name in found[2].split(","):
            if name.strip() in names:
                yield found[1], name.strip(), ""
    elif found := _CFG_ATTR.match(text):
        predicate, *attributes = split(found[1], angles=False) or [""]
        for attribute in attributes:
            for level, name, inner in _levels(attribute, names):
                yield level, name, f"{predicate}, {inner}" if inner else predicate
