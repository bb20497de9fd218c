"""A self-test of grammars and queries, for `doctor`."""

import tree_sitter

from ffireview.syntax.captures import Parsed
from ffireview.syntax.grammars import Grammar
from ffireview.syntax.queries import query_set

_CASES: tuple[tuple[Grammar, bytes, tuple[str, ...]], ...] = (
    (
        "rust",
        b"fn f(p: *const u8) -> u8 { unsafe { *p } }",
        ("declarations", "sites", "references", "operations", "bodies", "members"),
    ),
    ("c", b"int f(void) { return g(); }", ("declarations", "calls")),
    ("cpp", b'extern "C" { int f(); }', ("declarations", "calls")),
)


def check_grammars() -> list[str]:
    """What does not work, in words; empty when all does."""
    problems = []
    for grammar, source, queries in _CASES:
        try:
            parsed = Parsed(source, grammar)
            if parsed.has_error:
                problems.append(f"the {grammar} grammar cannot read its own example")
            for name in queries:
                query_set(grammar, name)
        except (tree_sitter.QueryError, OSError, ValueError) as error:
            problems.append(f"{grammar}: {error}")
    return problems
