"""A tree of git, or its index, as a snapshot: nothing is checked out, contents are read by their hashes.

A snapshot is a few words long, for it travels to every worker with every batch. What it lists is kept by each process
for itself; a forked worker inherits what its parent had listed.
"""

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Listing
from ffireview.sources.files import READ_LIMIT, too_large
from ffireview.sources.gather import Files, files_of_index, files_of_tree
from ffireview.sources.git import GitError, Repository, Store
from ffireview.sources.objects import read_blob

_SNAPSHOTS = 4
_files_of_tree = lru_cache(maxsize=_SNAPSHOTS)(files_of_tree)
_files_of_index = lru_cache(maxsize=_SNAPSHOTS)(files_of_index)


class RevisionSnapshot(Struct, frozen=True):
    """The files of a tree of git, given by its full hash; only those below the folder `below`, or that one file."""

    repository: Repository
    store: Store
    tree: str
    below: str = ""

    def listing(self) -> Listing:
        """Every file of interest, sorted by path, with its size and hash."""
        return _listing(self.files)

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file."""
        return _read(self.files, path)

    def files(self) -> Files:
        """What the tree holds; GitError when it cannot be listed."""
        return _files_of_tree(self.repository, self.store, self.tree, self.below)


class IndexSnapshot(Struct, frozen=True):
    """The files that are staged. `repository.index` is a copy of the index that nobody changes meanwhile."""

    repository: Repository
    store: Store
    below: str = ""

    def listing(self) -> Listing:
        """Every file of interest, sorted by path, with its size and hash; of a conflict, our side."""
        return _listing(self.files)

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file."""
        return _read(self.files, path)

    def files(self) -> Files:
        """What the index holds; GitError when it cannot be listed."""
        return _files_of_index(self.repository, self.store, self.below)


def _listing(files: Callable[[], Files]) -> Listing:
    try:
        return files().listing
    except GitError as error:
        return Listing((), (Problem(".", ProblemKind.UNREADABLE, f"git: {error}"),))


def _read(files: Callable[[], Files], path: str) -> bytes | Problem:
    try:
        found = files()
    except GitError as error:
        return Problem(path, ProblemKind.UNREADABLE, f"git: {error}")
    entry = found.entries.get(path)
    if entry is None:
        return Problem(path, ProblemKind.UNREADABLE, "no such file")
    if entry.size > READ_LIMIT:
        return Problem(path, ProblemKind.TOO_LARGE, too_large(entry.size))
    content = read_blob(found.submodules.get(path, found.home), entry.content)
    return content if isinstance(content, bytes) else Problem(path, ProblemKind.UNREADABLE, content)
