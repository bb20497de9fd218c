"""What rustc sees of one version of one file, as things that can be told apart: kind, owner, tokens."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from comparison import FileText
from syntax_tree import Extent, Truth, UnparsableError, read_truth
from tokens import tokens

_WORTH_READING = re.compile(rb"\b(?:unsafe|extern|union|bridge)\b|\bstatic\s+mut\b")
_NAMED = frozenset({"fn", "mod", "trait", "struct", "enum", "union", "static", "type"})
_OPENING = frozenset({"{", ";", "="})
_HEAD = 2000
"""Characters that are enough to tell what an item is called."""


class Thing(NamedTuple):
    """An unsafe place of one version of a file."""

    kind: str
    path: str
    extent: Extent
    owner: tuple[str, ...]
    """The items around it, outermost first, by what they are called."""
    text: str
    """A hash of its tokens; the same where only layout and comments differ."""
    size: int
    """How many tokens."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two of them the same wherever they stand."""
        return self.kind, self.text

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it starts."""
        return self.kind, self.path, *self.extent[:2]


class Unparsable(Exception):
    """rustc reads the file under no edition."""


def things_of(path: str, source: bytes, kept: Path | None = None) -> list[Thing]:
    """The unsafe places of a file outside macros; `kept` is a folder that remembers what rustc said."""
    if not _WORTH_READING.search(source):
        return []
    try:
        rows = _remembered(source, kept)
    except UnicodeDecodeError as error:
        raise Unparsable("not UTF-8") from error
    if isinstance(rows, str):
        raise Unparsable(rows)
    return [Thing(kind, path, tuple(extent), tuple(owner), text, size) for kind, extent, owner, text, size in rows]


def _remembered(source: bytes, kept: Path | None) -> list[list[object]] | str:
    """Rows of what rustc says, or why it cannot read the file."""
    file = kept / f"{hashlib.sha256(source).hexdigest()}.json" if kept else None
    if file and file.is_file():
        return json.loads(file.read_text())
    try:
        rows = sorted(_rows(source))
    except UnparsableError as refused:
        rows = str(refused)
    if file:
        made = file.with_suffix(f".{os.getpid()}")
        made.write_text(json.dumps(rows))
        made.replace(file)
    return rows


def _rows(source: bytes) -> Iterator[list[object]]:
    truth = read_truth(source)
    text = FileText(source)
    around: list[tuple[Extent, str]] = []
    for extent, kind in sorted(_starts(truth), key=lambda row: (row[0][:2], (-row[0][2], -row[0][3]), row[1] != "")):
        while around and around[-1][0][2:] <= extent[:2]:
            around.pop()
        if not kind:
            around.append((extent, _called(tokens(_slice(text, extent)[:_HEAD]))))
            continue
        own = tokens(_slice(text, extent))
        owner = [called for item, called in around if item != extent]
        hashed = hashlib.blake2b("\0".join(own).encode("utf-8", "replace"), digest_size=8).hexdigest()
        yield [kind, list(extent), owner, hashed, len(own)]


def _starts(truth: Truth) -> Iterator[tuple[Extent, str]]:
    """Items, which have no kind here, and places."""
    yield from ((extent, "") for extent in truth.items)
    yield from ((place.extent, place.kind) for place in truth.places)


def _slice(text: FileText, extent: Extent) -> str:
    return text.characters[text.offset(*extent[:2]) : text.offset(*extent[2:])]


def _called(item: Sequence[str]) -> str:
    """What an item is called: `fn read`, `mod tests`; the whole head of an impl."""
    for i, token in enumerate(item):
        if token in _NAMED:
            return " ".join(item[i : i + 2])
        if token in _OPENING:
            return " ".join(item[:i])
    return " ".join(item)
