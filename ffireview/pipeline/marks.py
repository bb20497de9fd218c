"""Lines known again by what stands from them on: the hash that GitHub's code scanning calls `primaryLocationLineHash`.

A line's mark is a polynomial hash, to the base 37 and modulo 2^64, of the hundred UTF-16 code units from its start on
that are neither space nor tab; every kind of line end counts as one line feed, and behind the end of the file stand
65535 and then zeros. A number tells equal hashes of one file apart.
"""

import re
from collections import Counter
from collections.abc import Iterable

_LENGTH = 100
_BASE = 37
_UNIT = 2
"""Bytes of a code unit."""
_END = 65535
_LINE_END = "\n".encode("utf-16-le")
_ENDS = re.compile("\r\n?")
_BLANKS = str.maketrans("", "", " \t")


def line_marks(source: bytes, lines: Iterable[int]) -> dict[int, str]:
    """The mark of each of some lines of a file; what lies behind its end has none."""
    wanted = set(lines)
    text = _ENDS.sub("\n", source.decode("utf-8", "replace")).translate(_BLANKS)
    units = text.encode("utf-16-le") + _END.to_bytes(_UNIT, "little")
    padded = units + bytes(_LENGTH * _UNIT)
    seen: Counter[bytes] = Counter()
    found: dict[int, str] = {}
    for number, start in enumerate(_starts(units), 1):
        window = padded[start : start + _LENGTH * _UNIT]
        seen[window] += 1
        if number in wanted:
            found[number] = f"{_hash(window):x}:{seen[window]}"
    return found


def _starts(units: bytes) -> Iterable[int]:
    """Byte offsets at which lines start."""
    start = 0
    while start < len(units):
        yield start
        start = _behind_line_end(units, start)


def _behind_line_end(units: bytes, start: int) -> int:
    at = units.find(_LINE_END, start)
    while at >= 0 and at % _UNIT:
        at = units.find(_LINE_END, at + 1)
    return at + _UNIT if at >= 0 else len(units)


def _hash(window: bytes) -> int:
    value = 0
    for at in range(0, len(window), _UNIT):
        value = value * _BASE + int.from_bytes(window[at : at + _UNIT], "little") & 0xFFFF_FFFF_FFFF_FFFF
    return value
