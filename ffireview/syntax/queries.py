"""Query files, found in the package, joined per folder and compiled once.

A match is told back by the name of the file that its pattern stands in, so that one operation is one file.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tree_sitter

from ffireview.syntax.grammars import Grammar, language


class QuerySet(NamedTuple):
    """A compiled query and, for each of its patterns, the name of the file it came from."""

    query: tree_sitter.Query
    sources: tuple[str, ...]


def queries_root() -> Path:
    """The folder of query files: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "queries"
    return installed if installed.is_dir() else package.parent / "queries"


@cache
def query_set(grammar: Grammar, path: str) -> QuerySet:
    """The query file, or the folder of them in the order of their paths, at `path`, such as `operations`."""
    text, starts, names = "", [], []
    for file in _files(queries_root() / grammar / path):
        starts.append(len(text.encode()))
        names.append(file.stem)
        text += file.read_text(encoding="utf-8") + "\n"
    query = tree_sitter.Query(language(grammar), text)
    sources = tuple(
        names[bisect_right(starts, query.start_byte_for_pattern(i)) - 1] for i in range(query.pattern_count)
    )
    return QuerySet(query, sources)


def query_files(grammar: Grammar, path: str) -> list[Path]:
    """The files that `query_set` joins, for catalogues and documentation."""
    return _files(queries_root() / grammar / path)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.scm"))
    return [path.with_suffix(".scm")]
