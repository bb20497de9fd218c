"""What is known of functions by their names: the tables in queries/c/facts, read once."""

import re
from functools import cache
from typing import NamedTuple

from ffireview.syntax.queries import queries_root

ALONE = "alone"
"""The note of a fact that holds for calls with one argument only."""
_FACT = re.compile(
    r"(?P<verb>[a-z-]+)(?P<first>(?: \d+)*)(?: (?:of|with)(?P<second>(?: \d+)+))?(?: (?P<note>[a-z-]+))?"
)
_SIZED = re.compile(r"(?:__)?u?(?:int|sint|char)(?:_fast|_least)?\d+(?:_t)?")
_WORDS = frozenset({"int", "long", "short", "char", "unsigned", "signed", "float", "double"})


class Fact(NamedTuple):
    """One fact of a table: `length 3 of 1 2` is the verb, the argument, and those that it is about, all from 0."""

    verb: str
    arguments: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    note: str = ""


Facts = tuple[Fact, ...]


class Known(NamedTuple):
    """The tables."""

    functions: dict[str, Facts]
    endings: dict[str, Facts]
    """By the end of a name, the longest first."""
    integers: frozenset[str]
    standard: frozenset[str]
    """Names of the C library and POSIX."""


@cache
def known() -> Known:
    """Every table, joined."""
    functions: dict[str, Facts] = {}
    endings: dict[str, Facts] = {}
    integers: set[str] = set()
    standard: set[str] = set()
    for file in sorted((queries_root() / "c" / "facts").glob("*.facts")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            if file.stem == "integers":
                integers.update(line.split())
                continue
            name, written = line.split(None, 1)
            facts = tuple(_fact(part) for part in written.split(", "))
            if file.stem == "libc":
                standard.add(name)
            (endings if name.startswith("*") else functions)[name.removeprefix("*")] = facts
    by_length = dict(sorted(endings.items(), key=lambda row: -len(row[0])))
    return Known(functions, by_length, frozenset(integers), frozenset(standard))


def by_ending(name: str) -> Facts:
    """What the end of a name says; nothing where no custom is known."""
    return next((facts for ending, facts in known().endings.items() if name.endswith(ending) and name != ending), ())


def is_integer(type_: str) -> bool:
    """Whether a parameter's type, as written, is an integer by its name."""
    if any(mark in type_ for mark in "*[&(<"):
        return False
    words = [word for word in type_.split() if word not in ("const", "volatile", "register", "struct")]
    if words and words[0] == "enum":
        return True
    return bool(words) and all(w in _WORDS or w in known().integers or _SIZED.fullmatch(w) for w in words)


def _fact(text: str) -> Fact:
    found = _FACT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a fact: {text!r}")
    first, second = (tuple(int(n) - 1 for n in (found[group] or "").split()) for group in ("first", "second"))
    return Fact(found["verb"], first, second, found["note"] or "")
