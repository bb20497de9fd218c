"""Generic parameters and where clauses, read from the text of an item's header."""

import re
from typing import NamedTuple

from ffireview.model.facts import Bound, Generic
from ffireview.syntax.brackets import split

_WHERE = re.compile(r"\bwhere\b")
_COLON = re.compile(r"(?<!:):(?!:)")


class Generics(NamedTuple):
    """What stands in `<..>` and after `where`."""

    parameters: tuple[Generic, ...]
    where: tuple[Bound, ...]


def generics(header: str, at: int) -> Generics:
    """The generic parameters that open at `at`, or later behind white space, and the header's where clause."""
    inside, _ = angles(header, at)
    return Generics(tuple(_generic(part) for part in split(inside)), where_clause(header))


def angles(text: str, at: int) -> tuple[str, int]:
    """What stands in the angle brackets that open at `at`, and where they end; empty when none do."""
    start = at + len(text[at:]) - len(text[at:].lstrip())
    if not text.startswith("<", start):
        return "", at
    depth = 0
    for i in range(start, len(text)):
        if text[i] == "<":
            depth += 1
        elif text[i] == ">" and text[i - 1] not in "-=":
            depth -= 1
            if not depth:
                return text[start + 1 : i], i + 1
    return text[start + 1 :], len(text)


def where_clause(header: str) -> tuple[Bound, ...]:
    """The lines of the where clause that ends the header."""
    found = _WHERE.search(header)
    return tuple(_bound(part) for part in split(header[found.end() :].rstrip(" {;"))) if found else ()


def bounds_of(text: str) -> tuple[str, ...]:
    """`A + B` as parts."""
    return tuple(split(text, "+"))


def _bound(text: str) -> Bound:
    found = _COLON.search(text)
    return Bound(text[: found.start()].strip(), bounds_of(text[found.end() :])) if found else Bound(text, ())


def _generic(text: str) -> Generic:
    words = text.removeprefix("const ")
    kind = "const" if words != text else "lifetime" if text.startswith("'") else "type"
    found = _COLON.search(words)
    if not found:
        return Generic(words.split("=")[0].strip(), kind)
    return Generic(words[: found.start()].strip(), kind, bounds_of(words[found.end() :].split("=")[0]))
