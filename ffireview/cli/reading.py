"""A path from the command line to a review."""

import sys

import click

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import progress
from ffireview.cli.workers import default_jobs, mapper
from ffireview.model.review import Review
from ffireview.pipeline import DATA_MODELS, review
from ffireview.reporters.styled import harmless
from ffireview.sources.folder import FolderSnapshot, NoSuchFolder, open_folder, work_tree


def open_path(path: str) -> FolderSnapshot:
    """The snapshot of a path that a person named."""
    try:
        return open_folder(path)
    except NoSuchFolder as error:
        raise Failure(str(error), USAGE) from error


def _hint(snapshot: FolderSnapshot, quiet: bool) -> None:
    """Say so when a larger tree lies around the folder: the other side of a crossing may stand there."""
    around = work_tree(snapshot.root)
    if around and around != snapshot.root and not quiet and sys.stderr.isatty():
        click.echo(f"note: reading only a part of {harmless(around)}; what lies outside it is not seen", err=True)


def read_review(snapshot: FolderSnapshot, jobs: int | None, quiet: bool, data_model: str = DATA_MODELS[0]) -> Review:
    """Review a snapshot with as many processes as asked for."""
    _hint(snapshot, quiet)
    with mapper(jobs or default_jobs()) as run:
        return review(snapshot, run, progress(quiet), data_model)
