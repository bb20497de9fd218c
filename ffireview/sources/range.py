"""What a person wants compared, in words of git: text of the command line to two snapshots.

| text | before | after |
|---|---|---|
| nothing | HEAD | working tree |
| `BASE` | BASE | working tree |
| `BASE..HEAD` | BASE | HEAD |
| `BASE...HEAD` | where the two part | HEAD |
| `--staged`, with BASE or not | BASE or HEAD | index |
| `--patch`, with BASE or not | BASE or HEAD | the same with the patch |
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import msgspec
from msgspec import Struct

from ffireview.model.snapshot import Snapshot
from ffireview.sources.folder import NoSuchFolder, open_folder
from ffireview.sources.gather import tree_holds
from ffireview.sources.git import GitError
from ffireview.sources.objects import close_readers
from ffireview.sources.patch import lay
from ffireview.sources.repository import (
    Commit,
    Place,
    Revision,
    RevisionError,
    find,
    git_path,
    head,
    merge_base,
    resolve,
)
from ffireview.sources.revision import IndexSnapshot, RevisionSnapshot


class Comparands(Struct, frozen=True):
    """Two snapshots to compare, what to call them, and the commits that they are of where they are of one."""

    before: Snapshot
    after: Snapshot
    before_label: str
    after_label: str
    before_commit: Commit | None = None
    after_commit: Commit | None = None


def open_revision(path: str, name: str) -> RevisionSnapshot:
    """A path of a repository as it is in one revision. RevisionError when there is no such thing."""
    try:
        if ".." in name:
            raise RevisionError(f"{name!r} is a range; one revision is wanted")
        place = find(path)
        revision = resolve(place.repository, name)
        snapshot = RevisionSnapshot(place.repository, place.store, revision.tree, place.below)
        if not snapshot.files().listing.entries and not tree_holds(place.store, revision.tree, place.below):
            raise RevisionError(f"{path}: not in {revision.label}")
    except GitError as error:
        raise RevisionError(str(error)) from error
    return snapshot


@contextmanager
def open_range(path: str, text: str = "", staged: bool = False, patch: bytes | None = None) -> Iterator[Comparands]:
    """The two snapshots that a range means, for as long as the context lasts. RevisionError when it means none.

    A part of the repository that is absent on one side, because `path` came or went, is a snapshot without files.
    """
    with ExitStack() as stack:
        stack.callback(close_readers)
        try:
            comparands = _comparands(stack, path, text, staged, patch)
            for snapshot in (comparands.before, comparands.after):
                if isinstance(snapshot, RevisionSnapshot | IndexSnapshot):
                    snapshot.files()
        except (GitError, NoSuchFolder) as error:
            raise RevisionError(str(error)) from error
        except OSError as error:
            raise RevisionError(f"{error.filename or tempfile.gettempdir()}: {error.strerror}") from error
        yield comparands


def _comparands(stack: ExitStack, path: str, text: str, staged: bool, patch: bytes | None) -> Comparands:
    place = find(path)
    if staged and patch is not None:
        raise RevisionError("either what is staged or a patch, not both")
    if ".." in text:
        if staged or patch is not None:
            raise RevisionError(f"{text!r} is a range; with what is staged, or a patch, goes one revision")
        return _between(place, text)
    before = resolve(place.repository, text) if text else head(place.repository)
    if patch is not None:
        return _with_patch(place, before, patch, stack.enter_context(_private_folder()))
    if staged:
        return _comparison(place, before, _index(place, stack.enter_context(_private_folder())), "index")
    if not place.repository.top:
        raise RevisionError(f"{path}: a bare repository has no working tree; name two revisions, BASE..HEAD")
    return _comparison(place, before, open_folder(path), "working tree")


def _between(place: Place, text: str) -> Comparands:
    dots = "..." if "..." in text else ".."
    names = text.split(dots)
    if len(names) != 2 or not any(names):
        raise RevisionError(f"{text!r} is no range; write BASE..HEAD or BASE...HEAD")
    before, after = (resolve(place.repository, name or "HEAD") for name in names)
    if dots == "...":
        before = merge_base(place.repository, before, after)
    snapshot = RevisionSnapshot(place.repository, place.store, after.tree, place.below)
    return _comparison(place, before, snapshot, after.label, after.commit)


def _with_patch(place: Place, before: Revision, patch: bytes, folder: str) -> Comparands:
    store, tree = lay(place.store, before, patch, folder)
    after = RevisionSnapshot(place.repository, store, tree, place.below)
    return _comparison(place, before, after, f"{before.label} with the patch")


def _comparison(
    place: Place, before: Revision, after: Snapshot, after_label: str, after_commit: Commit | None = None
) -> Comparands:
    snapshot = RevisionSnapshot(place.repository, place.store, before.tree, place.below)
    return Comparands(snapshot, after, before.label, after_label, before.commit, after_commit)


def _index(place: Place, folder: str) -> IndexSnapshot:
    """What is staged now: a copy of the index, for another process may stage more meanwhile."""
    if not place.repository.top:
        raise RevisionError("a bare repository has nothing staged")
    copy = os.path.join(folder, "index")
    with suppress(FileNotFoundError):
        shutil.copyfile(_index_in_use(place), copy)
    return IndexSnapshot(msgspec.structs.replace(place.repository, index=copy), place.store, place.below)


def _index_in_use(place: Place) -> str:
    """The index of the work tree; in a hook of `git commit FILE` or `git commit -a` the one that git names to it."""
    own = git_path(place.repository, "index")
    named = os.path.join(place.repository.top, os.environ.get("GIT_INDEX_FILE", ""))
    return named if os.path.dirname(os.path.realpath(named)) == os.path.dirname(os.path.realpath(own)) else own


@contextmanager
def _private_folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="ffireview-") as folder:
        yield os.path.realpath(folder)
