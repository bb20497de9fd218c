"""A folder on this machine as a snapshot: what git tracks and does not ignore, or every file below it."""

import os
import re
import stat
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Struct

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing
from ffireview.sources.git import GitError, available, git

_SKIPPED = {".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__"}
_WANTED = (
    ".rs", ".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".inc", ".m", ".mm", ".C",
    ".H", ".S", ".s", ".asm", "Cargo.toml", "cbindgen.toml",
)  # fmt: skip
_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")
_OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
READ_LIMIT = 64_000_000
"""Bytes; what is larger is not read at all."""


class NoSuchFolder(Exception):
    """The path that was given is no folder that can be read; the message is for a person."""


def open_folder(path: str) -> "FolderSnapshot":
    """The snapshot of a folder; of a single file, the folder that holds just it."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        raise NoSuchFolder(f"{path}: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        return FolderSnapshot(os.path.realpath(path), None)
    if stat.S_ISREG(mode):
        return FolderSnapshot(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
    raise NoSuchFolder(f"{path}: neither a folder nor a file")


class FolderSnapshot(Struct, frozen=True):
    """Files below `root`; only the one named `only`, when it is set."""

    root: str
    only: str | None

    def listing(self) -> Listing:
        """Every file of interest, sorted by path. Links are not followed out of the tree."""
        if self.only is not None:
            return Listing((Entry(self.only, os.stat(os.path.join(self.root, self.only)).st_size),))
        problems: list[Problem] = []
        names = self._tracked(problems)
        if names is None:
            entries = self._walk(problems)
        else:
            entries = [e for name in names if (e := self._entry(name, problems)) is not None]
        return Listing(tuple(sorted(entries, key=attrgetter("path"))), tuple(sorted(problems)))

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file."""
        try:
            handle = os.open(b"%b/%b" % (os.fsencode(self.root), _encode(path)), _OPENING)
        except OSError as error:
            return Problem(path, ProblemKind.UNREADABLE, error.strerror or "cannot be opened")
        try:
            if _left(self.root, handle):
                return Problem(path, ProblemKind.SYMLINK_OUT, "leads out of the tree, not read")
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Problem(path, ProblemKind.SPECIAL_FILE, "not a regular file")
            if status.st_size > READ_LIMIT:
                return Problem(path, ProblemKind.TOO_LARGE, f"{status.st_size} bytes, limit {READ_LIMIT}")
            return _read_all(handle, status.st_size)
        except OSError as error:
            return Problem(path, ProblemKind.UNREADABLE, error.strerror or "cannot be read")
        finally:
            os.close(handle)

    def _tracked(self, problems: list[Problem]) -> list[str] | None:
        """Paths that git tracks or would not ignore; None where there is no git work tree."""
        if not work_tree(self.root):
            return None
        if available() is None:
            problems.append(Problem(".", ProblemKind.GIT, "git is not installed: ignored files are read too"))
            return None
        try:
            listed = git(self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
            modes = git(self.root, "ls-files", "-z", "--stage")
        except GitError as error:
            problems.append(Problem(".", ProblemKind.GIT, f"{error}: every file is read"))
            return None
        names = [_decode(name) for name in listed.split(b"\0") if name]
        submodules = [_decode(row.partition(b"\t")[2]) for row in modes.split(b"\0") if row.startswith(b"160000 ")]
        for submodule in submodules:
            names.extend(self._submodule(submodule, problems))
        return sorted(set(names) - set(submodules))

    def _submodule(self, path: str, problems: list[Problem]) -> Iterator[str]:
        folder = os.path.join(self.root, path)
        if os.path.islink(folder) or not os.path.isdir(folder) or not os.listdir(folder):
            problems.append(Problem(path, ProblemKind.SUBMODULE_ABSENT, "submodule is not checked out"))
            return
        inner = FolderSnapshot(folder, None).listing()
        problems.extend(Problem(f"{path}/{p.path}", p.kind, p.message, p.line) for p in inner.problems)
        for entry in inner.entries:
            yield f"{path}/{entry.path}"

    def _entry(self, name: str, problems: list[Problem]) -> Entry | None:
        if not name.endswith(_WANTED):
            return None
        try:
            status = os.lstat(os.path.join(os.fsencode(self.root), _encode(name)))
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
                problems.append(
                    Problem(name, ProblemKind.SYMLINK_OUT, "link out of the tree or to nothing, not followed")
                )
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
                with os.scandir(os.path.join(os.fsencode(self.root), _encode(folder))) as rows:
                    listed = list(rows)
            except OSError as error:
                problems.append(Problem(folder or ".", ProblemKind.UNREADABLE, error.strerror or "cannot be listed"))
                continue
            for row in listed:
                own = _decode(row.name)
                name = f"{folder}/{own}" if folder else own
                if row.is_dir(follow_symlinks=False):
                    if own not in _SKIPPED and not _is_build_output(row.path):
                        folders.append(name)
                elif own.endswith(_WANTED):
                    if row.is_file(follow_symlinks=False):
                        entries.append(Entry(name, row.stat(follow_symlinks=False).st_size))
                    else:
                        self._examined(name, row.stat(follow_symlinks=False), problems)
        return entries


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


def _decode(name: bytes) -> str:
    """A file name as text that every report can write: bytes that are no UTF-8 show as `\\xff`."""
    return name.decode("utf-8", "backslashreplace")


def _encode(name: str) -> bytes:
    """The bytes of a name that `_decode` made."""
    raw = name.encode("utf-8")
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw) if b"\\x" in raw else raw


def _left(root: str, handle: int) -> bool:
    """Whether an open file lies outside the root after all: a folder on its path was swapped for a link."""
    try:
        real = os.readlink(f"/proc/self/fd/{handle}")
    except OSError:
        return False
    return not real.startswith(root if root.endswith("/") else root + "/")
