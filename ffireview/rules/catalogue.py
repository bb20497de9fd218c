"""The modules of the rules, read as a catalogue."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from ffireview.model.finding import Hit, Prose, Rule
from ffireview.model.suppression import SUPPRESSIONS

GROUPS = ("signatures", "ownership", "validity", "sharing", "callbacks", "contract", SUPPRESSIONS)
"""The folders, in the order in which the catalogue is shown."""

_PART = re.compile(r"^(What|Why|Instead): ", re.MULTILINE)


class Flaw(NamedTuple):
    """A rule and its check, which is asked with a `Codebase`; in the group of suppressions with a `Judged`."""

    rule: Rule
    check: Callable[[Any], Iterator[Hit]]


@cache
def catalogue() -> tuple[Flaw, ...]:
    """Every rule, by group and name."""
    return tuple(_flaw(module, group) for group in GROUPS for module in _modules(group))


def rule(identity: str) -> Flaw | None:
    """The rule of that name."""
    return next((flaw for flaw in catalogue() if flaw.rule.id == identity), None)


def _modules(group: str) -> Iterator[ModuleType]:
    package = import_module(f"ffireview.rules.{group}")
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda row: row.name):
        yield import_module(f"{package.__name__}.{found.name}")


def _flaw(module: ModuleType, group: str) -> Flaw:
    def told(name: str) -> Any:
        return getattr(module, name)

    return Flaw(
        Rule(
            id=module.__name__.rpartition(".")[2].replace("_", "-"),
            group=group,
            prose=_prose(module),
            severity=told("SEVERITY"),
            confidence=told("CONFIDENCE"),
            persona=told("PERSONA"),
            pattern=told("PATTERN"),
            anssi=told("ANSSI"),
            cwe=told("CWE"),
            advisories=told("ADVISORIES"),
            operations=told("OPERATIONS"),
            since=told("SINCE"),
            bad=told("BAD"),
            good=told("GOOD"),
        ),
        told("check"),
    )


def _prose(module: ModuleType) -> Prose:
    """A docstring in its parts: each `What:`, `Why:`, `Instead:` runs to the next one."""
    text = inspect.cleandoc(module.__doc__ or "")
    title, *rest = _PART.split(text)
    parts = {name: " ".join(words.split()) for name, words in zip(rest[::2], rest[1::2], strict=True)}
    return Prose(title.strip(), parts["What"], parts["Why"], parts["Instead"])
