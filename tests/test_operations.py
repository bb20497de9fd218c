"""Every operation query finds the marked lines of the fragments in tests/operations, and nothing else.

A line on which an operation starts ends in `//~ <operation>`, with several names when several start there.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter

from ffireview.syntax.grammars import parser
from ffireview.syntax.queries import query_files, query_set

FRAGMENTS = Path(__file__).parent / "operations"
VOCABULARY = {"operation", "name", "argument"}
QUERIES = {file.stem: file for file in query_files("rust", "operations")}

MARK = re.compile(r"//~ (?P<operations>[a-z0-9 -]+)$")


@pytest.mark.parametrize("fragment", sorted(FRAGMENTS.glob("*.rs")), ids=lambda file: file.stem)
def test_marked_lines_hold_exactly_the_marked_operations(fragment: Path) -> None:
    source = fragment.read_bytes()
    tree = parser("rust").parse(source)
    assert not tree.root_node.has_error, "the fragment is not Rust that the grammar can read"
    assert set(_found(tree.root_node)) == set(_marked(source.decode()))


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_file_has_title_explanation_and_fragment(name: str) -> None:
    title, explanation = _comment(QUERIES[name])
    assert 10 <= len(title) <= 70, "the first line is a short title"
    assert title[0].isupper(), "a title starts with a capital letter"
    assert not title.endswith("."), "a title is no sentence"
    assert 2 <= len(explanation) <= 6, "the lines below the title explain it"
    assert name in {operation for _, operation in _marked((FRAGMENTS / f"{name}.rs").read_text(encoding="utf-8"))}


def test_every_fragment_belongs_to_a_query_file() -> None:
    assert {file.stem for file in FRAGMENTS.glob("*.rs")} == set(QUERIES)


def test_no_two_query_files_share_a_name() -> None:
    assert len(QUERIES) == len(query_files("rust", "operations"))


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_file_captures_only_the_vocabulary(name: str) -> None:
    query = query_set("rust", f"operations/{QUERIES[name].parent.name}/{name}").query
    captures = {query.capture_name(i) for i in range(query.capture_count)}
    assert "operation" in captures
    assert captures <= VOCABULARY


def test_an_argument_behind_a_comment_does_not_hide_the_operation() -> None:
    source = b"fn f() { ptr::read(/* from */ p); p.add(/* elements */ n); v.set_len( // grow\n n); }"
    found = [operation for _, operation in _found(parser("rust").parse(source).root_node)]
    assert sorted(found) == ["pointer-arithmetic", "raw-read", "set-len"]


def _found(root: tree_sitter.Node) -> Iterator[tuple[int, str]]:
    """The line and the name of each operation, once per range: two patterns of one file may meet on a node."""
    query, sources = query_set("rust", "operations")
    ranges = set()
    for pattern, captures in tree_sitter.QueryCursor(query).matches(root):
        (node,) = captures["operation"]
        ranges.add((sources[pattern], node.start_byte, node.end_byte, node.start_point.row + 1))
    for name, _, _, line in ranges:
        yield line, name


def _marked(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.splitlines(), start=1):
        if found := MARK.search(content):
            for name in found["operations"].split():
                yield line, name


def _comment(file: Path) -> tuple[str, list[str]]:
    lines = file.read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines()
    assert all(line.startswith("; ") for line in lines), "a file starts with comment lines, then an empty line"
    title, *explanation = (line.removeprefix("; ") for line in lines)
    return title, explanation
