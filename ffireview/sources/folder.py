"""A folder on this machine as a snapshot: what git tracks and does not ignore, or every file below it."""

import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from operator import attrgetter

from msgspec import Struct

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing
from ffireview.sources.files import LINK_LEADS_OUT, READ_LIMIT, SUBMODULE_ABSENT, WANTED, decode, encode, too_large
from ffireview.sources.git import GitError, Repository, available, git

_SKIPPED = {".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__"}
_LISTED = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
_OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_moments = count()


class NoSuchFolder(Exception):
    """The path that was given is no folder that can be read; the message is for a person."""


def open_folder(path: str) -> "FolderSnapshot":
    """The snapshot of a folder; of a single file, the folder that holds just it."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        raise NoSuchFolder(f"{path}: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        return FolderSnapshot(os.path.realpath(path), None, next(_moments))
    if stat.S_ISREG(mode):
        return FolderSnapshot(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path), next(_moments))
    raise NoSuchFolder(f"{path}: neither a folder nor a file")


class FolderSnapshot(Struct, frozen=True):
    """Files below `root`; only the one named `only`, when it is set. `moment` tells one opening of a folder from the
    next: each lists once, and a forked worker inherits what its parent had listed.

    Entries tell no content. git's index knows hashes of files that did not change since, but of what a filter, an
    encoding or line ends made of their bytes: to know that none did, one would have to ask the person's own settings.
    """

    root: str
    only: str | None
    moment: int

    def listing(self) -> Listing:
        """Every file of interest, sorted by path. Links are not followed out of the tree."""
        return _listing(self)

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file."""
        folder, _, name = path.rpartition("/")
        try:
            inside = _opened.folder(self, folder)
            if inside is None:
                return Problem(path, ProblemKind.SYMLINK_OUT, "leads out of the tree, not read")
            handle = os.open(encode(name), _OPENING, dir_fd=inside)
        except OSError as error:
            return Problem(path, ProblemKind.UNREADABLE, error.strerror or "cannot be opened")
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Problem(path, ProblemKind.SPECIAL_FILE, "not a regular file")
            if status.st_size > READ_LIMIT:
                return Problem(path, ProblemKind.TOO_LARGE, too_large(status.st_size))
            return _read_all(handle, status.st_size)
        except OSError as error:
            return Problem(path, ProblemKind.UNREADABLE, error.strerror or "cannot be read")
        finally:
            os.close(handle)

    def list_now(self) -> Listing:
        """What `listing` tells, looked up."""
        if self.only is not None:
            return Listing((Entry(self.only, os.stat(os.path.join(self.root, self.only)).st_size),))
        problems: list[Problem] = []
        names = self._tracked(problems)
        if names is None:
            entries = self._walk(problems)
        else:
            entries = [e for name in names if (e := self._entry(name, problems)) is not None]
        return Listing(tuple(sorted(entries, key=attrgetter("path"))), tuple(sorted(problems)))

    def _tracked(self, problems: list[Problem]) -> list[str] | None:
        """Paths that git tracks or would not ignore; None where there is no git work tree."""
        top = work_tree(self.root)
        if not top:
            return None
        if available() is None:
            problems.append(Problem(".", ProblemKind.GIT, "git is not installed: ignored files are read too"))
            return None
        repository = Repository(os.path.join(top, ".git"), top)
        try:
            listed = git(repository, *_LISTED, folder=self.root)
            staged = git(repository, "ls-files", "-z", "--stage", "-t", folder=self.root)
        except GitError as error:
            problems.append(Problem(".", ProblemKind.GIT, f"{error}: every file is read"))
            return None
        names = [decode(name) for name in listed.split(b"\0") if name]
        rows = [decode(row).partition("\t") for row in staged.split(b"\0")]
        problems += self._sparse([path for tag, _, path in rows if tag.startswith("S ") and path.endswith(WANTED)])
        submodules = [path for tag, _, path in rows if tag[2:].startswith("160000 ")]
        for submodule in submodules:
            names.extend(self._submodule(submodule, problems))
        return sorted(set(names) - set(submodules))

    def _sparse(self, paths: list[str]) -> list[Problem]:
        """A problem when tracked files are left out of the working tree on purpose."""
        absent = sum(not os.path.lexists(os.path.join(os.fsencode(self.root), encode(path))) for path in paths)
        message = f"sparse checkout: {absent} tracked files are not in the working tree"
        return [Problem(".", ProblemKind.GIT, message)] if absent else []

    def _submodule(self, path: str, problems: list[Problem]) -> Iterator[str]:
        folder = os.path.join(self.root, os.fsdecode(encode(path)))
        if os.path.islink(folder) or not os.path.isdir(folder) or not os.listdir(folder):
            problems.append(Problem(path, ProblemKind.SUBMODULE_ABSENT, SUBMODULE_ABSENT))
            return
        inner = FolderSnapshot(folder, None, self.moment).list_now()
        problems.extend(Problem(f"{path}/{p.path}", p.kind, p.message, p.line) for p in inner.problems)
        for entry in inner.entries:
            yield f"{path}/{entry.path}"

    def _entry(self, name: str, problems: list[Problem]) -> Entry | None:
        if not name.endswith(WANTED):
            return None
        try:
            status = os.lstat(os.path.join(os.fsencode(self.root), encode(name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            problems.append(Problem(name, ProblemKind.UNREADABLE, error.strerror or "cannot be examined"))
            return None
        return self._examined(name, status, problems)

    def _examined(self, name: str, status: os.stat_result, problems: list[Problem]) -> Entry | None:
        if stat.S_ISREG(status.st_mode):
            return Entry(name, status.st_size)
        if stat.S_ISLNK(status.st_mode):
            if not self._stays_inside(name):
                problems.append(Problem(name, ProblemKind.SYMLINK_OUT, LINK_LEADS_OUT))
        elif not stat.S_ISDIR(status.st_mode):
            problems.append(Problem(name, ProblemKind.SPECIAL_FILE, "not a regular file"))
        return None

    def _stays_inside(self, name: str) -> bool:
        root = os.path.realpath(self.root)
        try:
            target = os.path.realpath(os.path.join(root, name), strict=True)
        except (OSError, ValueError):
            return False
        return target.startswith(root + os.sep)

    def _walk(self, problems: list[Problem]) -> list[Entry]:
        entries: list[Entry] = []
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(os.path.join(os.fsencode(self.root), encode(folder))) as rows:
                    listed = list(rows)
            except OSError as error:
                problems.append(Problem(folder or ".", ProblemKind.UNREADABLE, error.strerror or "cannot be listed"))
                continue
            for row in listed:
                own = decode(row.name)
                name = f"{folder}/{own}" if folder else own
                if row.is_dir(follow_symlinks=False):
                    if own not in _SKIPPED and not _is_build_output(row.path):
                        folders.append(name)
                elif own.endswith(WANTED):
                    if row.is_file(follow_symlinks=False):
                        entries.append(Entry(name, row.stat(follow_symlinks=False).st_size))
                    else:
                        self._examined(name, row.stat(follow_symlinks=False), problems)
        return entries


_listing = lru_cache(maxsize=2)(FolderSnapshot.list_now)


class _Opened:
    """The folder that a process read from last, held open: files are read in the order of their paths, and to open each
    by its whole path and to ask where that led takes twice as long."""

    def __init__(self) -> None:
        self._key: tuple[FolderSnapshot, str] | None = None
        self._handle: int | None = None

    def folder(self, snapshot: FolderSnapshot, folder: str) -> int | None:
        """A handle of a folder, good until the next call; None where a link leads out of the tree."""
        if self._key != (snapshot, folder):
            self._key = None
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None
            path = b"%b/%b" % (os.fsencode(snapshot.root), encode(folder))
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            if _left(snapshot.root, handle):
                os.close(handle)
            else:
                self._handle = handle
            self._key = (snapshot, folder)
        return self._handle


_opened = _Opened()


def work_tree(folder: str) -> str:
    """The git work tree around a folder, or an empty string."""
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, inner = os.path.dirname(folder), folder
        if folder == inner:
            return ""
    return folder


def _is_build_output(folder: bytes) -> bool:
    return os.path.basename(folder) in (b"target", b"build") and os.path.exists(os.path.join(folder, b"CACHEDIR.TAG"))


def _read_all(handle: int, size: int) -> bytes:
    """One byte more is asked for than there should be: to get just `size` is to be at the end."""
    data = os.read(handle, size + 1)
    while len(data) < size and (more := os.read(handle, size + 1 - len(data))):
        data += more
    return data


def _left(root: str, handle: int) -> bool:
    """Whether an open folder lies outside the root after all: a link stands in its path."""
    try:
        real = os.readlink(f"/proc/self/fd/{handle}")
    except OSError:
        return False
    return real != root and not real.startswith(root if root.endswith("/") else root + "/")
