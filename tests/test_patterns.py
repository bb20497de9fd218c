"""Regular expressions that every supported Python reads alike."""

import re
from pathlib import Path

import ffireview

_GROUP_POSSESSIVE = re.compile(r"\)[*+?]\+")


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11.2, which Debian 12 has, loses matches of `(?:..)*+` without a word (python/cpython#106052). 3.11.7
    does not. `(?>(?:..)*)` means the same, and both find it."""
    package = Path(ffireview.__file__).parent
    lines = [
        f"{path.relative_to(package)}:{number}: {line.strip()}"
        for path in sorted(package.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _GROUP_POSSESSIVE.search(line)
    ]
    assert not lines
