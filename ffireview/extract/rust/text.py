"""A Rust file as text: source, mask, lines, and what stands before a place."""

import re
from bisect import bisect_left
from functools import cached_property

from ffireview.model.place import Range
from ffireview.syntax.brackets import pairs
from ffireview.syntax.lexer import Comment, mask
from ffireview.syntax.positions import Offsets, Positions
from ffireview.syntax.tokens import RUST_TOKEN, TokenHashes, listed, spell

_SPACE = re.compile(rb"\s+")


class RustText:
    """One file's bytes and the views on them that extraction shares. Offsets are bytes."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        masked = mask(source)
        self.mask = masked
        self.code = masked.code
        self.comments = masked.comments
        self.positions = Positions(source)

    @cached_property
    def uncommented(self) -> bytes:
        """The source with comments, and only comments, blanked."""
        text = bytearray(self.source)
        for start, end in self.comments:
            text[start:end] = self.code[start:end]
        return bytes(text)

    @cached_property
    def partner(self) -> dict[int, int]:
        """Matching brackets of the code."""
        return pairs(self.code)

    def at(self, start: int, end: int) -> Range:
        """A person's range."""
        return self.positions.range(start, end)

    def read(self, start: int, end: int) -> str:
        """Source without comments and with single spaces."""
        return _SPACE.sub(b" ", self.uncommented[start:end]).strip().decode("utf-8", "replace")

    def tokens(self, *stretches: tuple[int, int]) -> str:
        """Hash of the tokens in stretches of the file: comments, layout and trailing commas do not count."""
        return self._hashes.hash(*stretches)

    def spelled(self, start: int, end: int) -> str:
        """Source in one line that depends on its tokens alone."""
        return spell(listed(RUST_TOKEN, self.uncommented, start, end))

    @cached_property
    def offsets(self) -> Offsets:
        """A person's ranges back to offsets."""
        return Offsets(self.source)

    @cached_property
    def _hashes(self) -> TokenHashes:
        return TokenHashes(self.uncommented)

    def before(self, at: int) -> int:
        """The end of the last code before `at`, over white space and comments."""
        low = at
        while low > 0 and self.code[low - 1] in b" \t\r\n":
            low -= 1
        return low

    def comments_between(self, start: int, end: int) -> tuple[Comment, ...]:
        """Comments that start in [start, end)."""
        low = self._comment_index(start)
        return self.comments[low : self._comment_index(end)]

    def _comment_index(self, offset: int) -> int:
        return bisect_left(self._comment_starts, offset)

    @cached_property
    def _comment_starts(self) -> list[int]:
        return [comment.start for comment in self.comments]
