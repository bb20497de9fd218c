"""A range from the command line to its comparison, with the newer side's review for those who ask on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import progress
from ffireview.cli.reading import memory
from ffireview.cli.settings import Asked, Settings, settings
from ffireview.cli.workers import default_jobs, mapper
from ffireview.model.comparison import Comparison
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline import Version, compare_snapshots
from ffireview.sources.range import open_range
from ffireview.sources.repository import RevisionError


class Range(NamedTuple):
    """What the command line says of a change."""

    text: str = ""
    staged: bool = False
    patch: str | None = None


class Changed(NamedTuple):
    """A comparison, both sides, the newer one's review, and what holds for the run."""

    comparison: Comparison
    review: Review
    before: Snapshot
    after: Snapshot
    settings: Settings


@contextmanager
def compared(
    path: str, wanted: Range, said: Asked, jobs: int | None, quiet: bool, *, cached: bool = True
) -> Iterator[Changed]:
    """The two sides compared, for as long as they can be read. Settings are those of the older side. `cached`: what
    earlier runs read may be used, and what this one reads be kept."""
    mail = None if wanted.patch is None else _read_patch(wanted.patch)
    try:
        with (
            open_range(path, wanted.text, wanted.staged, mail) as both,
            mapper(jobs or default_jobs()) as run,
            memory(cached) as known,
        ):
            before, after = Version(both.before, both.before_label), Version(both.after, both.after_label)
            held = settings(both.before, both.before.listing(), said)
            found, newer = compare_snapshots(
                before, after, run, progress(quiet), held.data_model, known, held.today, held.baseline, held.filter
            )
            yield Changed(found, newer, both.before, both.after, held)
    except RevisionError as error:
        raise Failure(str(error), USAGE) from error


def _read_patch(name: str) -> bytes:
    """The bytes of a patch that the command line names; `-` is standard input."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}", USAGE) from error
