"""`ffireview baseline`: the list of findings that are not news."""

import os
from typing import Any

import click

from ffireview.cli.failures import CLEAN, USAGE, Failure, exit_code
from ffireview.cli.inside import folder_of, inside, make_folder
from ffireview.cli.output import Target, options, write_text
from ffireview.cli.reading import read_review
from ffireview.cli.settings import BASELINE_PATH, Asked, baseline_options, read_file
from ffireview.cli.settings import told as words_of
from ffireview.model.place import Problem
from ffireview.model.suppression import Baseline, Known
from ffireview.reporters.styled import harmless, number
from ffireview.settle.baseline import BYTES, made_of, read_baseline, write_baseline
from ffireview.sources.folder import FolderSnapshot

_SHOWN = 20


@click.group()
def baseline() -> None:
    """Findings that were there before: written to a file, so that only news is shown."""


@baseline.command()
@click.argument("path", default=".")
@click.option("-o", "--output", metavar="FILE", help=f"Default: {BASELINE_PATH} below PATH; - writes to stdout.")
@options
@click.pass_context
def write(
    context: click.Context, /, path: str, output: str | None, color: str, jobs: int | None, quiet: bool, verbose: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """Write every finding of PATH that no comment suppresses, whomever it is for. Notes in an older file stay."""
    snapshot = folder_of(path, "a baseline")
    result, held = read_review(snapshot, Asked(**asked, no_baseline=True), jobs, quiet)
    target = output or inside(snapshot, held.baseline_path)
    old = Baseline() if target == "-" or not os.path.lexists(target) else _read(target)
    new = made_of(result.findings, result.program, old)
    if not output:
        make_folder(target)
    write_text(write_baseline(new), Target("toml", target))
    before, after = {one.id for one in old.known}, {one.id for one in new.known}
    told = f"{number(after, 'finding')}, {len(after - before)} new, {len(before - after)} gone"
    click.echo(f"{harmless(output or held.baseline_path)}: {told}", err=True)
    if not output and not _is_read(snapshot, held.baseline_path):
        click.echo("note: git ignores this file; it is read only where --baseline names it", err=True)
    context.exit(exit_code(result.program.totals, result.program.problems, found=False))


@baseline.command()
@click.argument("path", default=".")
@click.option("-n", "--dry-run", is_flag=True, help="Only tell what is gone.")
@baseline_options
@options
@click.pass_context
def prune(
    context: click.Context, /, path: str, dry_run: bool, color: str, jobs: int | None, quiet: bool, verbose: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """Take out of the baseline of PATH what nothing answers to any more, and tell it. Nothing is added.

    Nothing is taken out when part of the tree could not be read.
    """
    snapshot = folder_of(path, "a baseline")
    result, held = read_review(snapshot, Asked(**asked), jobs, quiet)
    if not held.baseline_file and not _is_read(snapshot, held.baseline_path):
        raise Failure(f"{harmless(held.baseline_path)}: no baseline; `ffireview baseline write` makes one", USAGE)
    gone = result.settled.gone
    for one in gone if verbose else gone[:_SHOWN]:
        click.echo(f"gone: {_words(one)}")
    if len(gone) > _SHOWN and not verbose:
        click.echo(f"and {len(gone) - _SHOWN} more (-v lists them)")
    code = exit_code(result.program.totals, result.program.problems, found=False)
    left = tuple(one for one in held.baseline.known if one not in set(gone))
    written = bool(gone) and not dry_run and code == CLEAN
    if written:
        target = held.baseline_file or inside(snapshot, held.baseline_path)
        write_text(write_baseline(Baseline(left)), Target("toml", target))
    told = f"{len(gone)} gone, {len(left)} kept" + (", not written" if gone and not written else "")
    click.echo(f"{harmless(held.baseline_file or held.baseline_path)}: {told}", err=True)
    context.exit(code)


def _is_read(snapshot: FolderSnapshot, path: str) -> bool:
    return any(entry.path == path for entry in snapshot.listing().entries)


def _read(path: str) -> Baseline:
    found = read_baseline(path, read_file(path, BYTES))
    if isinstance(found, Problem):
        raise Failure(f"{words_of(found)}; it is not overwritten", USAGE)
    return found


def _words(known: Known) -> str:
    where = f"{known.path}" + (f" in {known.owner}" if known.owner else "")
    about = f" ({known.about})" if known.about else ""
    return harmless(f"{where}  {known.rule}{about}  {known.id}")
