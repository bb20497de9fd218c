"""The text of changed files as comparing needs it: tokens with places, lines, and how alike two token lists are."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ffireview.extract.rust.text import RustText
from ffireview.model.place import Range, Span
from ffireview.syntax.lexer import mask_c
from ffireview.syntax.positions import Offsets
from ffireview.syntax.tokens import C_TOKEN, RUST_TOKEN, spell

_RUST = ".rs"


class Token(NamedTuple):
    """A token and its place: offsets in the file."""

    text: str
    start: int
    end: int


class FileText:
    """One version of one file."""

    def __init__(self, source: bytes, *, rust: bool) -> None:
        self.source, self._rust = source, rust

    def tokens(self, span: Span) -> list[Token]:
        """The tokens of a span without comments, layout and trailing commas."""
        start, end = self.offsets(span)
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return self._tokens[low:high]

    def words(self, span: Span) -> tuple[str, ...]:
        """The texts of the tokens of a span."""
        return tuple(token.text for token in self.tokens(span))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the code."""
        return frozenset(token.text for token in self._tokens)

    def offsets(self, span: Span) -> tuple[int, int]:
        """The byte offsets of a span; what lies behind the end is the end."""
        return self._places.of(Range(span.line, span.column, span.end_line, span.end_column))

    def line(self, number: int) -> str:
        """One line as text, without its end."""
        return self._places.line(number).decode("utf-8", "replace").rstrip("\r\n")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1."""
        return self._places.place(offset)

    @cached_property
    def _places(self) -> Offsets:
        return Offsets(self.source)

    @cached_property
    def code(self) -> bytes:
        """The source with comments blanked."""
        if self._rust:
            return RustText(self.source).uncommented
        masked = mask_c(self.source)
        text = bytearray(self.source)
        for start, end in masked.comments:
            text[start:end] = masked.code[start:end]
        return bytes(text)

    @cached_property
    def _tokens(self) -> list[Token]:
        pattern = RUST_TOKEN if self._rust else C_TOKEN
        return [Token(m[0].decode("utf-8", "replace"), m.start(), m.end()) for m in pattern.finditer(self.code)]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self._tokens]


class Texts(Mapping[str, FileText]):
    """The files of one snapshot, read when asked for; what cannot be read is empty."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources
        self._read: dict[str, FileText] = {}

    def __getitem__(self, path: str) -> FileText:
        if path not in self._read:
            self._read[path] = FileText(self._sources.get(path, b""), rust=path.endswith(_RUST))
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def words(self, span: Span) -> tuple[str, ...]:
        """The tokens of a place."""
        return self[span.path].words(span)


def written(words: Sequence[str], width: int = 44) -> str:
    """Tokens as a person would write them, cut to a width."""
    text = spell(words)
    return text if len(text) <= width else text[: width - 1] + "…"


def head_of(words: Sequence[str]) -> Sequence[str]:
    """The tokens of a function before its body."""
    return words[: words.index("{")] if "{" in words else words


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two token lists are, 0 to 1: the share of neighbouring pairs that both have."""
    if not one or not other:
        return 0.0
    first, second = _pairs(one), _pairs(other)
    return 2 * (first & second).total() / (first.total() + second.total())


def _pairs(words: Sequence[str]) -> Counter[tuple[str, str]]:
    return Counter(zip(("", *words), (*words, ""), strict=True))
