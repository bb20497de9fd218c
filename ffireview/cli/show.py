"""`ffireview show`: one site, with the code of both sides."""

from typing import Any

import click

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import Target, options, width, write_lines
from ffireview.cli.reading import REVISION, open_path, read_review
from ffireview.cli.settings import Asked
from ffireview.model.place import Problem, Span
from ffireview.model.program import Site
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.reporters import terminal

LINES = 40
"""At most this many lines of each excerpt."""
SIMILAR = 12


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
    found = _find(result, site)
    score = next(s for s in result.scores if s.site == found.id)
    crossings = [c for c in result.program.crossings if c.symbol in found.crossings]
    spans = [found.span, *(a.span for c in crossings for a in (*c.rust, *c.foreign))]
    code = {str(span): _excerpt(snapshot, span) for span in spans}
    view = terminal.View(width=width(), verbose=verbose)
    write_lines(terminal.render_site(found, score, crossings, code, view), Target("terminal", ""), color)


def _find(result: Review, wanted: str) -> Site:
    sites = result.program.sites
    path, _, line = wanted.rpartition(":")
    matching = [s for s in sites if s.id == wanted]
    if not matching and line.isdigit():
        at = int(line)
        around = [s for s in sites if s.span.path == path and s.span.line <= at <= s.span.end_line]
        matching = sorted(around, key=lambda s: s.span.end_line - s.span.line)[:1]
    if not matching:
        matching = [s for s in sites if s.id.startswith(wanted)] if len(wanted) >= 4 else []
    if not matching:
        matching = [s for s in sites if wanted in (s.name, s.symbol, s.enclosing) or _path(s).endswith(wanted)]
    if not matching:
        raise Failure(f"no site {wanted!r}; `ffireview scan` lists them", USAGE)
    if len(matching) > 1:
        listed = "\n".join(f"  {s.id}  {s.span}  {s.kind} {s.name}" for s in matching[:SIMILAR])
        raise Failure(f"{len(matching)} sites match {wanted!r}; name one:\n{listed}", USAGE)
    return matching[0]


def _path(site: Site) -> str:
    """The owner path as a person types it: `Store::compact`."""
    parts = [part.removeprefix("impl ").rsplit(" for ", 1)[-1] for part in site.owner.split("::")]
    return "::".join([*parts, site.name] if site.name else parts)


def _excerpt(snapshot: Snapshot, span: Span) -> list[str]:
    source = snapshot.read(span.path)
    if isinstance(source, Problem):
        return [f"({source.kind}: {source.message})"]
    rows = source.decode("utf-8", "replace").split("\n")[span.line - 1 : span.end_line]
    numbered = [f"{span.line + i:>5}  {row.rstrip()}" for i, row in enumerate(rows[:LINES])]
    return numbered if len(rows) <= LINES else [*numbered, f"       … {len(rows) - LINES} more lines"]
