"""`ffireview.toml`: what a repository or a reviewer wants shown.

In: the bytes of a file. Out: what it sets, or the first thing that is wrong with it, with its line.

The file of a reviewed repository is a stranger's: it is small, names no path outside of its folder, and runs nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from ffireview.extract.settings.toml import entries, load
from ffireview.model.finding import Confidence, Persona, Severity
from ffireview.model.place import Problem, ProblemKind
from ffireview.pipeline import DATA_MODELS
from ffireview.rules import catalogue
from ffireview.score.table import bands

NAME = "ffireview.toml"
BYTES = 100_000

NONE, NEW, FINDING = "none", "new", "finding"
FINDINGS = (FINDING, *(f"{FINDING}:{severity}" for severity in Severity))
"""What `fail-on` understands of findings: any, or those of a severity or above."""

_BASELINE = "baseline.toml"
"""How the name of a baseline ends: it is written, and must not be another file that has a meaning."""
_SHOWN = 60


class Config(Struct, frozen=True):
    """What a file sets; None or nothing where it is silent."""

    persona: Persona | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    fail_on: tuple[str, ...] | None = None
    data_model: str | None = None
    baseline: str = ""
    """Relative to the folder of the file."""
    enabled: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()


class _Wrong(Exception):
    """What is wrong with a value, in words."""


def read_config(path: str, source: bytes) -> Config | Problem:
    """The settings of a file."""
    if len(source) > BYTES:
        return Problem(path, ProblemKind.SETTINGS, f"{len(source)} bytes, limit {BYTES}")
    try:
        found = load(source)
    except ValueError as error:
        return Problem(path, ProblemKind.SETTINGS, f"no TOML: {error}"[:300])
    values: dict[str, Any] = {}
    for key, value in _flat(found):
        try:
            field, read = _known(key)
            values[field] = read(value)
        except _Wrong as wrong:
            return Problem(path, ProblemKind.SETTINGS, f"{'.'.join(key)[:_SHOWN]}: {wrong}", _line(source, key))
    return Config(**values)


def fail_on_words() -> tuple[str, ...]:
    """All that `fail-on` may be."""
    return (NONE, NEW, *bands(), *FINDINGS)


def suggestion(word: str, known: Sequence[str]) -> str:
    """`; did you mean x?` where a known word is near."""
    near = get_close_matches(word[:_SHOWN], known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def unknown_rule(name: str) -> str:
    """Words for a rule that does not exist; empty for one that does."""
    known = [flaw.rule.id for flaw in catalogue()]
    return "" if name in known else f"no rule {name[:_SHOWN]!r}{suggestion(name, known)}"


def _flat(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every key with its value; a known table gives its own keys."""
    for name, value in table.items():
        if name in _TABLES and isinstance(value, dict):
            yield from (((name, inner), one) for inner, one in value.items())
        else:
            yield (name,), value


def _known(key: tuple[str, ...]) -> tuple[str, Callable[[Any], Any]]:
    name = ".".join(key)
    if name not in _KEYS:
        raise _Wrong("no such key" + (suggestion(name, [*_KEYS, *_TABLES]) or f"; one of {', '.join(_KEYS)}"))
    return _KEYS[name]


def _line(source: bytes, key: tuple[str, ...]) -> int:
    at = next((entry.start for entry in entries(source) if entry.path[: len(key)] == key), None)
    if at is None:
        return 0
    return source.count(b"\n", 0, at) + 1


def _word(known: Sequence[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise _Wrong(f"{_shown(value)} is not one of {', '.join(known)}")
        return value

    return read


def _words(value: Any) -> tuple[str, ...]:
    rows = value if isinstance(value, list) else [value]
    read = _word(fail_on_words())
    return tuple(read(row) for row in rows)


def _rules(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(row, str) for row in value):
        raise _Wrong('a list of rules is wanted: ["rule", ..]')
    for row in value:
        if wrong := unknown_rule(row):
            raise _Wrong(wrong)
    return tuple(value)


def _path(value: Any) -> str:
    parts = value.split("/") if isinstance(value, str) else [""]
    if parts[0] == "" or ".." in parts or "\\" in value or "\0" in value or not value.endswith(_BASELINE):
        raise _Wrong(f"{_shown(value)} is no path to a file *{_BASELINE} below the folder of this file")
    return "/".join(part for part in parts if part not in ("", "."))


def _shown(value: Any) -> str:
    """A value in few words; of a table or a list, which may be deeper than can be written, only what it is."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return repr(value[:_SHOWN] if isinstance(value, str) else str(value)[:_SHOWN])


_TABLES = ("rules",)
_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "persona": ("persona", lambda value: Persona(_word(list(Persona))(value))),
    "severity": ("severity", lambda value: Severity(_word(list(Severity))(value))),
    "confidence": ("confidence", lambda value: Confidence(_word(list(Confidence))(value))),
    "fail-on": ("fail_on", _words),
    "data-model": ("data_model", _word(DATA_MODELS)),
    "baseline": ("baseline", _path),
    "rules.enable": ("enabled", _rules),
    "rules.disable": ("disabled", _rules),
}
"""Each key with the field that it sets, and how its value is read."""
