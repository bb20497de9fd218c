"""Exit codes, the same for every command and format."""

from collections.abc import Iterable

import click

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.program import Totals

CLEAN, FOUND, USAGE, INCOMPLETE, NOTHING = 0, 1, 2, 3, 4

_LOSES_CODE = {
    ProblemKind.UNREADABLE, ProblemKind.TOO_LARGE, ProblemKind.INTERNAL, ProblemKind.NOT_UNDERSTOOD,
    ProblemKind.SPECIAL_FILE,
}  # fmt: skip


class Failure(Exception):
    """A run that ends early, with its exit code; the message is for a person."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def exit_code(totals: Totals, problems: Iterable[Problem], *, found: bool) -> int:
    """The exit code of a finished run: incomplete comes before found."""
    if not totals.rust_files and not totals.c_files:
        click.echo("ffireview: no Rust and no C found", err=True)
        return NOTHING
    if any(problem.kind in _LOSES_CODE for problem in problems):
        return INCOMPLETE
    return FOUND if found else CLEAN
