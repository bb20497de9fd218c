"""Bytes in, captures and plain trees out: the only ways in which the rest of ffireview sees a syntax tree.

A `Parsed` may be a whole file or a fragment of one; its matches always speak in byte offsets of the file.
"""

from collections.abc import Iterator
from typing import NamedTuple

import tree_sitter

from ffireview.syntax.grammars import Grammar, parser
from ffireview.syntax.queries import query_set
from ffireview.syntax.trees import Tree, read_tree

MATCH_LIMIT = 65_536
"""Matches in progress at once; a query that would need more drops its oldest (tree-sitter's own bound is 2^16 - 1)."""


class Piece(NamedTuple):
    """A captured node: byte offsets into the file."""

    start: int
    end: int


class Match(NamedTuple):
    """One match: the stem of the query file that made it, and its captures by name."""

    query: str
    captures: dict[str, tuple[Piece, ...]]

    def first(self, name: str) -> Piece | None:
        """The first node captured under the name, if any."""
        pieces = self.captures.get(name)
        return pieces[0] if pieces else None


class Parsed:
    """A tree and how its offsets map to the file: file offset = tree offset + shift, inside [start, end)."""

    def __init__(
        self, text: bytes, grammar: Grammar, *, shift: int = 0, start: int = 0, end: int | None = None
    ) -> None:
        self._tree = parser(grammar).parse(text)
        self._grammar: Grammar = grammar
        self._shift = shift
        self.start = start
        self.end = len(text) + shift if end is None else end

    @property
    def has_error(self) -> bool:
        """Whether any part was not understood."""
        return self._tree.root_node.has_error

    def errors(self) -> list[Piece]:
        """The stretches that the grammar could not place, outermost first."""
        found = []
        for node in _error_nodes(self._tree.root_node):
            start, end = node.start_byte + self._shift, node.end_byte + self._shift
            found.append(Piece(max(start, self.start), min(max(end, start), self.end)))
        return found

    def matches(self, queries: str, start: int | None = None, end: int | None = None) -> list[Match]:
        """Matches of a query file or folder, in document order, optionally only those touching [start, end)."""
        compiled = query_set(self._grammar, queries)
        cursor = tree_sitter.QueryCursor(compiled.query, match_limit=MATCH_LIMIT)
        if start is not None and end is not None:
            cursor.set_byte_range(start - self._shift, end - self._shift)
        shift, low, high = self._shift, self.start, self.end
        root, sources = self._tree.root_node, compiled.sources
        whole = low <= shift and root.end_byte + shift <= high
        found: list[Match] = []
        for pattern, captures in cursor.matches(root):
            pieces = {name: tuple([_piece(node, shift) for node in nodes]) for name, nodes in captures.items()}
            if whole or all(low <= p.start and p.end <= high for group in pieces.values() for p in group):
                found.append(Match(sources[pattern], pieces))
        return found

    def tree(self, kind: str, start: int, end: int, leaves: frozenset[str], depth: int = 0) -> Tree | None:
        """The node of this kind that takes exactly [start, end), as a plain tree; `leaves` are not opened."""
        node = self._tree.root_node.descendant_for_byte_range(start - self._shift, end - self._shift)
        if (
            node is None
            or node.type != kind
            or (node.start_byte, node.end_byte) != (start - self._shift, end - self._shift)
        ):
            return None
        return read_tree(node, self._grammar, self._shift, leaves, depth)


def _piece(node: tree_sitter.Node, shift: int) -> Piece:
    return Piece(node.start_byte + shift, node.end_byte + shift)


def _error_nodes(root: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            stack.extend(reversed(node.children))
