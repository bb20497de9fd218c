"""`ffireview show`: one site, with the code of both sides."""

from typing import Any

import click

from ffireview.cli.naming import find_site
from ffireview.cli.output import Target, options, width, write_lines
from ffireview.cli.reading import REVISION, open_path, read_review
from ffireview.cli.settings import Asked
from ffireview.model.place import Problem, Span
from ffireview.model.snapshot import Snapshot
from ffireview.reporters import terminal

LINES = 40
"""At most this many lines of each excerpt."""


@click.command()
@click.argument("site")
@click.argument("path", default=".")
@REVISION
@options
def show(
    site: str, path: str, rev: str | None, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any
) -> None:  # fmt: skip
    """One site of PATH in full: its code, the other side's code, operations, SAFETY text, reasons.

    SITE is an id from `scan` (its start will do), a place such as src/lib.rs:40, or a function or symbol name.
    """
    snapshot = open_path(path, rev)
    result, _ = read_review(snapshot, Asked(**asked), jobs, quiet)
    found = find_site(result.program.sites, site)
    score = next(s for s in result.scores if s.site == found.id)
    crossings = [c for c in result.program.crossings if c.symbol in found.crossings]
    spans = [found.span, *(a.span for c in crossings for a in (*c.rust, *c.foreign))]
    code = {str(span): _excerpt(snapshot, span) for span in spans}
    view = terminal.View(width=width(), verbose=verbose)
    write_lines(terminal.render_site(found, score, crossings, code, view), Target("terminal", ""), color)


def _excerpt(snapshot: Snapshot, span: Span) -> list[str]:
    source = snapshot.read(span.path)
    if isinstance(source, Problem):
        return [f"({source.kind}: {source.message})"]
    rows = source.decode("utf-8", "replace").split("\n")[span.line - 1 : span.end_line]
    numbered = [f"{span.line + i:>5}  {row.rstrip()}" for i, row in enumerate(rows[:LINES])]
    return numbered if len(rows) <= LINES else [*numbered, f"       … {len(rows) - LINES} more lines"]
