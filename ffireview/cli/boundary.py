"""`ffireview boundary`: the map of everything that crosses."""

from typing import Any

import click

from ffireview.cli.failures import exit_code
from ffireview.cli.output import options, targets, width, write_lines, write_text
from ffireview.cli.reading import REVISION, open_path, program_of
from ffireview.cli.settings import Asked
from ffireview.model.program import Area
from ffireview.reporters import json, terminal

FORMATS = (terminal.NAME, json.NAME)


@click.command()
@click.argument("path", default=".")
@click.option("--symbol", default="", help="Only symbols that contain this text.")
@click.option("--area", "areas", multiple=True, type=click.Choice([a.value for a in Area]), help="Only these areas.")
@click.option("--mismatches", is_flag=True, help="Only crossings whose two sides are declared differently.")
@click.option("--orphans", is_flag=True, help="Only declarations whose other side is missing.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help=f"One of {', '.join(FORMATS)}; may repeat."
)
@REVISION
@options
@click.pass_context
def boundary(
    context: click.Context, /, path: str, symbol: str, areas: tuple[str, ...], mismatches: bool, orphans: bool,
    formats: tuple[str, ...], rev: str | None, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Every symbol that crosses between Rust and C in PATH: both sides, direction, evidence."""
    wanted = targets(formats, FORMATS)
    program = program_of(open_path(path, rev), Asked(**asked), jobs, quiet)
    view = terminal.View(0, tuple(Area(a) for a in areas), width(), verbose)
    for target in wanted:
        if target.format == json.NAME:
            write_text(json.render_boundary(program), target)
        else:
            write_lines(
                terminal.render_boundary(
                    program, view, symbol=symbol, only_orphans=orphans, only_mismatches=mismatches
                ),
                target,
                color,
            )
    context.exit(exit_code(program.totals, program.problems, found=False))
