"""Signs by name: the operations of a unit's sites, and what its function calls."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from ffireview.flow import Code, callee
from ffireview.model.body import Call, Macro, MethodCall
from ffireview.model.place import Range
from ffireview.model.program import Site

_NO_SIGN = frozenset({"unsafe-call", "null-check", "panic-path", "ffi-call", "catch-unwind", "debug-assert"})
"""Operations that nearly every unit has, or that are told in more detail elsewhere."""
_TAKES_ARGUMENT = frozenset({".read"})
"""Methods that are something else without one: `pointer.read()`."""


def operation_signs(sites: tuple[Site, ...]) -> Iterator[tuple[str, Range]]:
    """The operations in sites and around them."""
    for site in sites:
        for operation in (*site.operations, *site.around):
            if operation.id not in _NO_SIGN:
                yield operation.id, operation.at


def named_signs(code: Code) -> Iterator[tuple[str, Range]]:
    """The calls of a function whose name is a sign."""
    table = _by_last_name()
    rows: list[Call | MethodCall | Macro] = [*code.of(Call), *code.of(MethodCall), *code.of(Macro)]
    for call in rows:
        name = callee(call)
        for whole, sign in table.get(name.rpartition("::")[2], ()):
            takes = whole not in _TAKES_ARGUMENT or bool(call.arguments)
            if takes and (name == whole or name.endswith("::" + whole)):
                yield sign, call.at


@cache
def _by_last_name() -> dict[str, list[tuple[str, str]]]:
    text = resources.files("ffireview.score.signs").joinpath("named.toml").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str]]] = {}
    for sign, names in tomllib.loads(text).items():
        for name in names:
            found.setdefault(name.rpartition("::")[2], []).append((name, sign))
    return found
