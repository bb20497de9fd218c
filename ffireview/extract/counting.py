"""Values as text: of enumerators, as written or counted from the one before; and cut where they are tables."""

import re
from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"(-?)\s*(0[xX][\da-fA-F_']+|0[bB][01_']+|0[oO]?[0-7_']+|[\d_']+?)([uUlL]+|[iu](?:\d+|size))?")


_SHORT = 200


def short(value: str) -> str:
    """A value that a person would read; nothing of a longer one."""
    return value if len(value) <= _SHORT else ""


def counted(values: Iterable[str]) -> Iterator[str]:
    """`["", "", "5", "A", "", "A | B", ""]` gives `0`, `1`, `5`, `A`, `A + 1`, `A | B`, `(A | B) + 1`."""
    base, number, step = "", 0, 0
    for written in values:
        if not written:
            yield f"{base} + {step}" if base and step else base or str(number + step)
        elif (known := _number(written)) is not None:
            base, number, step = "", known, 0
            yield str(known)
        else:
            base, step = f"({written})" if " " in written else written, 0
            yield written
        step += 1


def _number(written: str) -> int | None:
    found = _NUMBER.fullmatch(written.strip())
    if not found:
        return None
    digits = re.sub(r"[_']", "", found[2]).lower()
    if re.fullmatch(r"0[0-7]+", digits):
        digits = f"0o{digits[1:]}"
    try:
        return int(found[1] + digits, 0)
    except ValueError:
        return None
