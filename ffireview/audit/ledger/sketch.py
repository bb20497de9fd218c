"""Tokens in, a sketch of them out: short enough for an entry, and so alike as the tokens are.

Of all neighbouring pairs of tokens, each of `ROWS` hash functions keeps its smallest value. Of two texts, the share of
rows that are equal is about the share of the pairs that they have in common (MinHash).
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

ROWS = 32
_KEPT = 2
"""Hexadecimal digits of a row."""
_BAND = 2 * _KEPT
LEAST = 12
"""Fewer tokens say too little of themselves to be known again."""


def sketch(words: Sequence[str]) -> str:
    """The sketch; empty for what is too short."""
    if len(words) < LEAST:
        return ""
    pairs = {f"{one}\0{other}" for one, other in pairwise(words)}
    digests = [hashlib.blake2b(_bytes(pair), digest_size=2 * ROWS).digest() for pair in pairs]
    return "".join(min(digest[at : at + 2] for digest in digests)[1:].hex() for at in range(0, 2 * ROWS, 2))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def bands(one: str) -> Iterator[tuple[int, str]]:
    """Pieces of a sketch. Two sketches that are half alike have one in common 99 times of 100."""
    return ((at, one[at : at + _BAND]) for at in range(0, len(one), _BAND))


def alike(one: str, other: str) -> float:
    """How much two sketches have in common, 0 to 1."""
    if len(one) != ROWS * _KEPT or len(other) != ROWS * _KEPT:
        return 0.0
    rows = range(0, ROWS * _KEPT, _KEPT)
    return sum(one[at : at + _KEPT] == other[at : at + _KEPT] for at in rows) / ROWS
