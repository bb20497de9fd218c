"""What git lists, to a listing of ours: files of interest, where links lead, and what submodules bring."""

import os
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing
from ffireview.sources.files import LINK_LEADS_OUT, SUBMODULE_ABSENT, WANTED, decode, encode
from ffireview.sources.git import GitError, Repository, Store, Where, ask, git
from ffireview.sources.objects import blob_sizes, read_blob
from ffireview.sources.repository import common_path, empty_hash, git_path, store_of

MANY_SUBMODULES = 2_000
DEEP_SUBMODULES = 8
_LINK, _SUBMODULE = "120000", "160000"
_NO_NAME = re.compile(r"(?:^|/)(?:\.{0,2}|\.git)(?:/|$)", re.IGNORECASE)
_TREE_ROW = re.compile(r"(\d+) \w+ ([0-9a-f]+)\t([^\0]+)\0")
_INDEX_ROW = re.compile(r"(\d+) ([0-9a-f]+) (\d)\t([^\0]+)\0")
_MODULE = re.compile(r"submodule\.(.+)\.path\n(.+)", re.DOTALL)
_HOPS = 40
_Row = tuple[str, str, str]
"""A file, link or submodule: mode, hash, path."""


class Files(NamedTuple):
    """A listing, its entries by path, and where the content of each is: in `home`, or with a submodule's objects."""

    listing: Listing
    entries: dict[str, Entry]
    home: Store
    submodules: dict[str, Store]


def files_of_tree(repository: Repository, store: Store, tree: str, below: str) -> Files:
    """The files of a tree, below one folder of it. GitError when it cannot be listed."""
    gathered = _Gathered(store)
    gathered.add(_Level(repository, store, f"{tree}:.gitmodules", below), _tree_rows(store, tree, below))
    return gathered.files()


def files_of_index(repository: Repository, store: Store, below: str) -> Files:
    """The files of an index, below one folder of it. GitError when it cannot be listed."""
    gathered = _Gathered(store)
    rows = _index_rows(repository, store, below, gathered.problems)
    gathered.add(_Level(repository, store, ":.gitmodules", below), rows)
    return gathered.files()


def tree_holds(store: Store, tree: str, path: str) -> bool:
    """Whether a tree has a file or folder of this path."""
    return bool(_tree_rows(store, tree, path))


def _tree_rows(store: Store, tree: str, below: str = "") -> list[_Row]:
    only = ("--", encode(below)) if below else ()
    listed = git(store, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", tree, *only)
    return _TREE_ROW.findall(decode(listed))


def _index_rows(repository: Repository, store: Store, below: str, problems: list[Problem]) -> list[_Row]:
    only = ("--", encode(below)) if below else ()
    staged = _INDEX_ROW.findall(decode(git(repository, "ls-files", "--stage", "-z", *only)))
    rows = [(mode, name, path) for mode, name, stage, path in staged if stage == "0"]
    sides: dict[str, dict[str, _Row]] = {}
    for mode, name, stage, path in staged:
        if stage != "0":
            sides.setdefault(path, {})[stage] = (mode, name, path)
    for path, stages in sides.items():
        rows += [stages[stage] for stage in ("2", "3") if stage in stages][:1]
        if path.endswith(WANTED):
            problems.append(Problem(_cut(path, below), ProblemKind.UNMERGED, "in conflict, our side is read"))
    return _without_announced(repository, store, rows)


def _without_announced(repository: Repository, store: Store, rows: list[_Row]) -> list[_Row]:
    """`git add -N` announces a file: it stands in the index like an empty one, and is not staged."""
    empty = empty_hash(store, "blob")
    if all(name != empty for _, name, _ in rows):
        return rows
    shown = git(
        repository, "diff-index", "--cached", "--ita-invisible-in-index", "--raw", "-z", "-r", "--no-renames",
        "--ignore-submodules=none", "--end-of-options", empty_hash(store, "tree"),
    )  # fmt: skip
    staged = set(decode(shown).split("\0")[1::2])
    return [row for row in rows if row[1] != empty or row[2] in staged]


class _Level(NamedTuple):
    """Where rows come from: a repository, its list of submodules, and how its paths become the snapshot's."""

    repository: Repository
    store: Store
    modules: str
    below: str = ""
    prefix: str = ""
    depth: int = 0

    def shown(self, path: str) -> str:
        return self.prefix + _cut(path, self.below)


class _Gathered:
    """Entries and problems of a repository and of what its submodules bring."""

    def __init__(self, home: Store) -> None:
        self._home = home
        self._entries: dict[str, Entry] = {}
        self._brought: dict[str, Store] = {}
        self._submodules = 0
        self.problems: list[Problem] = []

    def files(self) -> Files:
        entries = tuple(sorted(self._entries.values(), key=attrgetter("path")))
        return Files(Listing(entries, tuple(sorted(self.problems))), self._entries, self._home, self._brought)

    def add(self, level: _Level, rows: list[_Row]) -> None:
        wanted = [row for row in rows if row[2].endswith(WANTED)]
        self._add_files(level, [(name, path) for mode, name, path in wanted if mode not in (_LINK, _SUBMODULE)])
        if links := [path for mode, _, path in wanted if mode == _LINK]:
            tree = _Names(level, rows)
            out = (path for path in links if not tree.leads_inside(_cut(path, level.below)))
            self.problems += [Problem(level.shown(path), ProblemKind.SYMLINK_OUT, LINK_LEADS_OUT) for path in out]
        if submodules := [(name, path) for mode, name, path in rows if mode == _SUBMODULE]:
            titles = _modules(level)
            for name, path in submodules:
                self._add_submodule(level, name, path, titles.get(path, ""))

    def _add_files(self, level: _Level, rows: list[tuple[str, str]]) -> None:
        sizes = blob_sizes(level.store, {name for name, _ in rows})
        for name, path in rows:
            shown = level.shown(path)
            if _NO_NAME.search(path):
                self._unreadable(shown, "a name that no file can have")
            elif shown in self._entries:
                self._unreadable(shown, "a second file whose name reads the same")
            else:
                self._entries[shown] = Entry(shown, sizes.get(name, 0), name)
                if level.store is not self._home:
                    self._brought[shown] = level.store

    def _add_submodule(self, level: _Level, commit: str, path: str, title: str) -> None:
        shown = level.shown(path)
        self._submodules += 1
        if self._submodules > MANY_SUBMODULES or level.depth >= DEEP_SUBMODULES:
            self.problems.append(Problem(shown, ProblemKind.SUBMODULE_ABSENT, "too many submodules, not read"))
            return
        message = SUBMODULE_ABSENT
        for repository in _clones(level.repository, path, title):
            try:
                store = store_of(repository)
                rows = _tree_rows(store, commit)
            except GitError:
                message = f"commit {commit[:12]} of the submodule is not in its clone"
                continue
            self.add(_Level(repository, store, f"{commit}:.gitmodules", "", f"{shown}/", level.depth + 1), rows)
            return
        self.problems.append(Problem(shown, ProblemKind.SUBMODULE_ABSENT, message))

    def _unreadable(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, ProblemKind.UNREADABLE, message))


def _cut(path: str, below: str) -> str:
    """A path from the folder that the snapshot is of; that one file's own name, if it is of a file."""
    if not below:
        return path
    return path.rpartition("/")[2] if path == below else path[len(below) + 1 :]


def _modules(level: _Level) -> dict[str, str]:
    """Titles of submodules by path, as `.gitmodules` tells them; a path that begins with a colon is the index's."""
    where: Where = level.repository if level.modules.startswith(":") else level.store
    answer = ask(where, "config", "--no-includes", f"--blob={level.modules}", "-z", "--list")
    rows = decode(answer.out).split("\0")
    return {found[2]: found[1] for row in rows if (found := _MODULE.fullmatch(row))}


def _clones(repository: Repository, path: str, title: str) -> Iterator[Repository]:
    """Where the objects of a submodule may be: where it is checked out, and where git keeps it otherwise."""
    folder = os.path.join(repository.top, os.fsdecode(encode(path))) if repository.top else ""
    inside = folder and not _NO_NAME.search(path) and os.path.realpath(folder).startswith(repository.top + os.sep)
    top = folder if inside and os.path.isdir(folder) else ""
    if top and os.path.lexists(os.path.join(top, ".git")):
        yield Repository(os.path.join(top, ".git"), top)
    if title and not _NO_NAME.search(title):
        own = os.fsdecode(encode(title))
        for part in dict.fromkeys((git_path(repository, "modules"), common_path(repository, "modules"))):
            if os.path.isdir(kept := os.path.join(part, own)):
                yield Repository(kept, top)


class _Names:
    """Every path of a tree, to tell where its links lead."""

    def __init__(self, level: _Level, rows: list[_Row]) -> None:
        self._store = level.store
        cut = [(mode, name, _cut(path, level.below)) for mode, name, path in rows]
        self._links = {path: name for mode, name, path in cut if mode == _LINK}
        self._submodules = {path for mode, _, path in cut if mode == _SUBMODULE}
        self._paths = sorted(path for _, _, path in cut)

    def leads_inside(self, link: str) -> bool:
        """Whether a link ends, over other links if need be, at something in the tree."""
        here: list[str] = []
        left = link.split("/")[::-1]
        hops = 0
        while left:
            part = left.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not here:
                    return False
                here.pop()
                continue
            path = "/".join((*here, part))
            if path in self._submodules:
                return True
            if path in self._links:
                hops += 1
                target = read_blob(self._store, self._links[path])
                if hops > _HOPS or not isinstance(target, bytes) or target.startswith(b"/"):
                    return False
                left += decode(target).split("/")[::-1]
            elif self._has(path):
                here.append(part)
            else:
                return False
        return bool(here)

    def _has(self, path: str) -> bool:
        """Whether there is a file, or a folder with a file, of this path."""
        at = bisect_left(self._paths, path)
        inside = bisect_left(self._paths, f"{path}/", at)
        found = (*self._paths[at : at + 1], *self._paths[inside : inside + 1])
        return any(p == path or p.startswith(f"{path}/") for p in found)
