"""A node of a syntax tree in, a plain tree out: what is read whole where captures do not suffice.

Comments, punctuation and keywords are left out: the source between two children still has them.
"""

from functools import cache

import tree_sitter
from msgspec import Struct

from ffireview.syntax.grammars import Grammar, language

DEPTH_LIMIT = 200
"""Nodes inside nodes are read to this depth; all that lies below shows as one child of the kind `DEEP`."""
DEEP = "deep"

_COMMENTS = frozenset({"line_comment", "block_comment"})
_KEPT = frozenset({"_"})
"""Nodes without a name that stand for something: the pattern that binds nothing."""


class Tree(Struct, gc=False):
    """A node: its kind and field in the grammar, byte offsets of the file, and its parts in order."""

    kind: str
    field: str
    start: int
    end: int
    children: "list[Tree]"

    def part(self, field: str) -> "Tree | None":
        """The first child in a field."""
        for child in self.children:
            if child.field == field:
                return child
        return None


def read_tree(node: tree_sitter.Node, grammar: Grammar, shift: int, leaves: frozenset[str], depth: int) -> Tree:
    """The tree below a node; nodes of the kinds in `leaves` are not opened. `depth` counts what is around it."""
    kinds, fields = _names(grammar)
    root = Tree(kinds[node.kind_id], "", node.start_byte + shift, node.end_byte + shift, [])
    cursor = node.walk()
    open_lists = [root.children]
    if not cursor.goto_first_child():
        return root
    while True:
        found = cursor.node
        assert found is not None
        kind = kinds.get(found.kind_id, "ERROR")
        if (found.is_named or kind in _KEPT) and kind not in _COMMENTS:
            field = cursor.field_id
            made = Tree(kind, fields[field] if field else "", found.start_byte + shift, found.end_byte + shift, [])
            open_lists[-1].append(made)
            if kind not in leaves:
                if len(open_lists) + depth >= DEPTH_LIMIT:
                    made.children += [Tree(DEEP, "", made.start, made.end, [])] if found.named_child_count else []
                elif cursor.goto_first_child():
                    open_lists.append(made.children)
                    continue
        while not cursor.goto_next_sibling():
            open_lists.pop()
            if not open_lists:
                return root
            cursor.goto_parent()


@cache
def _names(grammar: Grammar) -> tuple[dict[int, str], dict[int, str]]:
    """Kinds and fields by their numbers."""
    known = language(grammar)
    kinds = {number: known.node_kind_for_id(number) or "" for number in range(known.node_kind_count)}
    fields = {number: known.field_name_for_id(number) or "" for number in range(1, known.field_count + 1)}
    return kinds, fields
