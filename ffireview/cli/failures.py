"""Exit codes, the same for every command and format."""

import click

from ffireview.model.place import ProblemKind
from ffireview.model.program import Program

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


def exit_code(program: Program, worst: int, threshold: int | None) -> int:
    """The exit code of a finished run: incomplete before found, found when a score reaches the threshold."""
    totals = program.totals
    if not totals.rust_files and not totals.c_files:
        click.echo("ffireview: no Rust and no C found", err=True)
        return NOTHING
    if any(problem.kind in _LOSES_CODE for problem in program.problems):
        return INCOMPLETE
    return FOUND if threshold is not None and worst >= threshold else CLEAN
