"""Where text goes: stdout for the result, a terminal with colour, a file atomically, stderr for everything else."""

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import click

from ffireview.cli.failures import INCOMPLETE, USAGE, Failure
from ffireview.cli.settings import config_options
from ffireview.pipeline import DATA_MODELS
from ffireview.reporters.styled import Line, plain

DEFAULT_WIDTH = 100


class Target(NamedTuple):
    """A format and where it goes; an empty path is stdout."""

    format: str
    path: str


def targets(values: tuple[str, ...], known: tuple[str, ...]) -> list[Target]:
    """Read `-f fmt[:path]` values."""
    found = []
    for value in values or ("terminal",):
        name, _, path = value.partition(":")
        if name not in known:
            raise Failure(f"unknown format {name!r}; one of {', '.join(known)}", USAGE)
        found.append(Target(name, path))
    if sum(not t.path for t in found) > 1:
        raise Failure("only one format can go to stdout; give the others a path: -f json:out.json", USAGE)
    return found


def width() -> int:
    """Columns of the terminal, or a fixed number where there is none."""
    if not sys.stdout.isatty():
        return DEFAULT_WIDTH
    return max(os.get_terminal_size().columns, 60)


def write_lines(lines: list[Line], target: Target, color: str) -> None:
    """Write styled lines: with colour to a terminal, plain elsewhere."""
    if target.path or not _coloured(color):
        write_text(plain(lines), target)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(
        force_terminal=True, highlight=False, markup=False, emoji=False, soft_wrap=True, color_system="standard"
    )
    for line in lines:
        console.print(Text.assemble(*((piece.text, piece.style) for piece in line)))


def write_text(text: str, target: Target) -> None:
    """Write text to stdout, or to a file that appears whole or not at all; into a pipe or device as it is."""
    data = text.encode("utf-8", "backslashreplace")
    if not target.path or target.path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = os.path.realpath(target.path)
    try:
        if os.path.exists(target.path) and not os.path.isfile(path) and not os.path.isdir(path):
            with open(target.path, "wb") as pipe:
                pipe.write(data)
            return
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(path), prefix=".ffireview-", delete=False) as file:
            file.write(data)
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as error:
        with suppress(OSError, UnboundLocalError):
            os.unlink(file.name)
        raise Failure(f"{target.path}: {error.strerror}", INCOMPLETE) from error


def _coloured(color: str) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if color != "auto":
        return color == "always"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def progress(quiet: bool) -> Callable[[str, int, int], None] | None:
    """A progress line on a terminal's stderr; nothing elsewhere, nor in CI."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        return None

    def show(stage: str, done: int, of: int) -> None:
        end = "" if done < of else "\r\x1b[K"
        click.echo(f"\r\x1b[Kreading {stage}: {done}/{of}{end}", nl=False, err=True)

    return show


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every reporting command takes."""
    for option in reversed(
        (
            click.option(
                "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="NO_COLOR wins."
            ),
            click.option(
                "--data-model",
                type=click.Choice(DATA_MODELS),
                help=f"Widths of the platforms that verdicts are for; default: {DATA_MODELS[0]}.",
            ),
            click.option(
                "-j", "--jobs", type=click.IntRange(1), default=None, help="Processes; default: all processors."
            ),
            click.option("-q", "--quiet", is_flag=True, help="No progress."),
            click.option("-v", "--verbose", is_flag=True, help="Every reason, every use, every problem."),
        )
    ):
        function = option(function)
    return config_options(function)
