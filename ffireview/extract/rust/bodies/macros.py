"""Macros inside a body: what they are given, read as values where it reads as such."""

import re

from ffireview.extract.rust.bodies.source import Source
from ffireview.model.body import Macro
from ffireview.syntax.trees import Tree

TOKENS_LIMIT = 2_000
"""Characters kept of a macro's tokens."""

_UNREAD = re.compile(r"(?:^|::)(?:quote|quote_spanned|parse_quote|asm|global_asm|naked_asm|llvm_asm|stringify|concat)$")


def read_macro(source: Source, tree: Tree, depth: int) -> tuple[Macro, Tree | None]:
    """A macro without its arguments, and the node whose parts they are."""
    name = tree.part("macro")
    tokens = next((child for child in tree.children if child.kind == "token_tree"), None)
    written = source.path(name) if name else ""
    text = source.inside(tokens) if tokens else ""
    made = Macro(*source.at(tree), written, (), text[:TOKENS_LIMIT])
    if tokens is None or not text or _UNREAD.search(written):
        return made, None
    return made, source.values(tokens, depth)
