"""What reading a body needs at every step: text and places of a file, and the count of what was too deep."""

import re

from ffireview.extract.rust.text import RustText
from ffireview.model.body import Other
from ffireview.syntax.captures import Piece
from ffireview.syntax.macros import read_values
from ffireview.syntax.trees import Tree

LEAVES = frozenset(
    {
        "abstract_type", "array_type", "attribute_item", "bounded_type", "bracketed_type", "char_literal",
        "dynamic_type", "function_type", "generic_type", "generic_type_with_turbofish", "inner_attribute_item", "label",
        "lifetime", "never_type", "pointer_type", "primitive_type", "qualified_type", "raw_string_literal",
        "reference_type", "scoped_identifier", "scoped_type_identifier", "string_literal", "token_tree", "tuple_type",
        "type_arguments", "type_identifier", "unit_type", "visibility_modifier",
        "const_item", "enum_item", "extern_crate_declaration", "foreign_mod_item", "function_item",
        "function_signature_item", "impl_item", "macro_definition", "mod_item", "static_item", "struct_item",
        "trait_item", "type_item", "union_item", "use_declaration",
    }
)  # fmt: skip
"""Nodes that are taken as text: types, paths, literals, items."""

_LAYOUT = re.compile(rb"[\s/]")
_TIGHT = re.compile(r"\s*(::|[<>,])\s*")
TEXT_LIMIT = 300
"""Characters kept of what is not understood."""


class Source:
    """One file's text, for the bodies in it."""

    def __init__(self, text: RustText, *, quoting: bool = False) -> None:
        self._text = text
        self._quoting = quoting
        self.place = text.positions.points
        self.deep = 0
        """How many stretches were nested too far to follow."""

    def at(self, tree: Tree) -> tuple[int, int, int, int]:
        """Line and column of both ends."""
        return self.place(tree.start, tree.end)

    def read(self, start: int, end: int) -> str:
        """Text without comments and with single spaces."""
        raw = self._text.source[start:end]
        if _LAYOUT.search(raw):
            return self._text.read(start, end)
        return raw.decode("utf-8", "replace")

    def text(self, tree: Tree | None) -> str:
        """The text of a node; empty without one."""
        return self.read(tree.start, tree.end) if tree else ""

    def path(self, tree: Tree) -> str:
        """A path without spaces around its marks."""
        written = self.read(tree.start, tree.end)
        return _TIGHT.sub(r"\1", written) if " " in written else written

    def gap(self, start: int, end: int) -> str:
        """What stands between two nodes, comments and layout aside: keywords, an operator."""
        return self._text.code[start:end].strip().decode("utf-8", "replace")

    def inside(self, tokens: Tree) -> str:
        """What stands between the brackets of a macro."""
        return self._text.read(tokens.start + 1, tokens.end - 1)

    def values(self, tokens: Tree, depth: int) -> Tree | None:
        """What a macro's tokens read as."""
        piece = Piece(tokens.start, tokens.end)
        return read_values(self._text.source, self._text.code, piece, LEAVES, depth, quoting=self._quoting)

    def other(self, tree: Tree, kind: str = "") -> Other:
        """A node that is not opened."""
        return Other(*self.at(tree), kind or tree.kind, self.text(tree)[:TEXT_LIMIT], ())
