"""The formats that the folder of reporters holds: a module with `NAME` and `report` or `report_changes` is one."""

import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

from ffireview import reporters
from ffireview.cli.output import Target, write_text
from ffireview.model.comparison import Comparison
from ffireview.model.place import Span
from ffireview.model.review import Review
from ffireview.reporters.material import Material

SCAN, CHANGES = "report", "report_changes"
"""The function of a reporter that takes a review, and the one that takes a comparison."""
WINDOWS = "windows"
"""The function of a reporter that says which stretches of code it wants to show of a review."""
ASKS = "ASKS"
"""What a reporter is marked with that shows the questions of each site."""


def names(function: str) -> tuple[str, ...]:
    """Every format for which there is such a function, besides the terminal's."""
    return tuple(sorted(module.NAME for module in _modules() if hasattr(module, function)))


def windows_of(review: Review, material: Material, targets: Iterable[Target]) -> set[Span]:
    """Every stretch of code that one of the formats wants to show."""
    wanted = {target.format for target in targets}
    asking = [module for module in _modules() if module.NAME in wanted and hasattr(module, WINDOWS)]
    return {span for module in asking for span in getattr(module, WINDOWS)(review, material)}


def asks(targets: Iterable[Target]) -> bool:
    """Whether one of the formats shows what people are to establish."""
    wanted = {target.format for target in targets}
    return any(getattr(module, ASKS, False) for module in _modules() if module.NAME in wanted)


def write_review(review: Review, material: Material, targets: Iterable[Target]) -> None:
    """A review in each of the formats."""
    for target in targets:
        write_text(_function(SCAN, target.format)(review, material), target)


def write_changes(comparison: Comparison, material: Material, targets: Iterable[Target]) -> None:
    """A comparison in each of the formats."""
    for target in targets:
        write_text(_function(CHANGES, target.format)(comparison, material), target)


def _function(name: str, wanted: str) -> Callable[..., str]:
    found: Callable[..., str] = next(
        getattr(module, name) for module in _modules() if hasattr(module, name) and wanted == module.NAME
    )
    return found


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = (import_module(f"{reporters.__name__}.{row.name}") for row in pkgutil.iter_modules(reporters.__path__))
    return tuple(module for module in found if hasattr(module, "NAME"))
