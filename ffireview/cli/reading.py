"""A path from the command line to a review."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click
import msgspec

from ffireview.audit.ledger import Hasher, audited, read_ledger
from ffireview.cache.store import FileStore, default_folder, version_of_code
from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import progress
from ffireview.cli.settings import Asked, Settings, settings
from ffireview.cli.workers import default_jobs, mapper
from ffireview.model.ledger import Audited
from ffireview.model.place import Problem
from ffireview.model.program import Program
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline import Mapper, Memory, read_program, review
from ffireview.reporters.styled import harmless
from ffireview.sources.folder import FolderSnapshot, NoSuchFolder, open_folder, work_tree
from ffireview.sources.range import open_revision
from ffireview.sources.repository import RevisionError
from ffireview.sources.revision import RevisionSnapshot

REVISION = click.option("--rev", metavar="REV", help="Read this commit, branch or tag, not the working tree.")


def open_path(path: str, rev: str | None = None) -> FolderSnapshot | RevisionSnapshot:
    """The snapshot of a path that a person named, as it is now or in a revision."""
    try:
        return open_folder(path) if rev is None else open_revision(path, rev)
    except (NoSuchFolder, RevisionError) as error:
        raise Failure(str(error), USAGE) from error


def _hint(snapshot: Snapshot, quiet: bool) -> None:
    """Say so when a larger tree lies around the folder: the other side of a crossing may stand there."""
    around = ""
    if isinstance(snapshot, FolderSnapshot):
        around = work_tree(snapshot.root)
        around = around if around != snapshot.root else ""
    elif isinstance(snapshot, RevisionSnapshot) and snapshot.below:
        around = snapshot.repository.top
    if around and not quiet and sys.stderr.isatty():
        click.echo(f"note: reading only a part of {harmless(around)}; what lies outside it is not seen", err=True)


def read_review(
    snapshot: Snapshot, asked: Asked, jobs: int | None, quiet: bool, cached: bool = True
) -> tuple[Review, Settings]:
    """Review a snapshot with as many processes as asked for, by the settings that hold for it."""
    _hint(snapshot, quiet)
    listing = snapshot.listing()
    found = settings(snapshot, listing, asked)
    with _means(snapshot, jobs, cached) as (run, known):
        result = review(snapshot, run, progress(quiet), found.data_model, known, listing, found.today, found.baseline)
    return result, found


def program_of(snapshot: Snapshot, asked: Asked, jobs: int | None, quiet: bool) -> Program:
    """Read a snapshot like `read_review`, and judge nothing."""
    _hint(snapshot, quiet)
    listing = snapshot.listing()
    found = settings(snapshot, listing, asked)
    with _means(snapshot, jobs, cached=True) as (run, known):
        return read_program(snapshot, run, progress(quiet), found.data_model, known, listing)


@contextmanager
def _means(snapshot: Snapshot, jobs: int | None, cached: bool) -> Iterator[tuple[Mapper, Memory]]:
    """Processes to read with, and what was read before where contents have hashes."""
    with mapper(jobs or default_jobs()) as run, memory(cached and isinstance(snapshot, RevisionSnapshot)) as known:
        yield run, known


def with_audits(result: Review, snapshot: Snapshot, today: date) -> Review:
    """A review with what people signed of its sites. What is wrong with the ledger is a problem of the review."""
    entries, problems = audits_of(snapshot, result, snapshot, today)
    program = msgspec.structs.replace(result.program, problems=(*result.program.problems, *problems))
    return msgspec.structs.replace(result, program=program, audits=entries)


def audits_of(
    source: Snapshot, result: Review, snapshot: Snapshot, today: date
) -> tuple[tuple[Audited, ...], tuple[Problem, ...]]:
    """The entries that one snapshot has, beside the sites of another, and what is wrong with them."""
    ledger = read_ledger(source, source.listing())
    if not ledger.entries:
        return (), ledger.problems
    return audited(ledger, result, Hasher(result.program, snapshot), today), ledger.problems


@contextmanager
def memory(cached: bool) -> Iterator[Memory]:
    """What was read before, in this run and, with a cache, in earlier ones."""
    if not cached:
        yield Memory()
        return
    store = FileStore(default_folder(), version_of_code())
    yield Memory(store)
    store.close()
    if store.failure:
        click.echo(f"note: no cache: {harmless(store.failure)}", err=True)
