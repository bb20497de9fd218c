"""The grammars, loaded once per process."""

from functools import cache
from typing import Literal

import tree_sitter
import tree_sitter_c
import tree_sitter_cpp
import tree_sitter_rust

Grammar = Literal["rust", "c", "cpp"]

_POINTERS = {
    "rust": tree_sitter_rust.language,
    "c": tree_sitter_c.language,
    "cpp": tree_sitter_cpp.language,
}


@cache
def language(grammar: Grammar) -> tree_sitter.Language:
    """The compiled grammar."""
    return tree_sitter.Language(_POINTERS[grammar]())


@cache
def parser(grammar: Grammar) -> tree_sitter.Parser:
    """One parser per grammar and process: parsing is not shared between threads here."""
    return tree_sitter.Parser(language(grammar))
