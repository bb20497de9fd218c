"""A path from the command line to a review."""

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import progress
from ffireview.cli.workers import default_jobs, mapper
from ffireview.model.review import Review
from ffireview.pipeline import review
from ffireview.sources.folder import FolderSnapshot, NoSuchFolder, open_folder


def open_path(path: str) -> FolderSnapshot:
    """The snapshot of a path that a person named."""
    try:
        return open_folder(path)
    except NoSuchFolder as error:
        raise Failure(str(error), USAGE) from error


def read_review(snapshot: FolderSnapshot, jobs: int | None, quiet: bool) -> Review:
    """Review a snapshot with as many processes as asked for."""
    with mapper(jobs or default_jobs()) as run:
        return review(snapshot, run, progress(quiet))
