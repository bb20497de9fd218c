"""Commits of bare clones. In: a folder of clones, a repository's name. Out: commits, what they change, files."""

import os
import random
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

MOST_FILES = 60
"""A commit that changes more Rust files than this is not taken: nobody reviews it by hand."""

_REARRANGING = re.compile(
    r"\b(?:(?:rust)?fmt|format(?:ting|ted)?|move[ds]?|moving|renam(?:e|ed|es|ing)|split(?:s|ting)?)\b", re.IGNORECASE
)
_UNSAFE = re.compile(rb"\bunsafe\b")
_NOTHING = re.compile("0+")


class HistoryError(Exception):
    """A clone, a commit or a file that is not there; the message is for a person."""


class ChangedFile(NamedTuple):
    """A file that a commit changes, with the hash of each version; an empty hash where there is none."""

    path: str
    before: str
    after: str


class Commit(NamedTuple):
    """A commit, its first parent, and the Rust files that differ between the two."""

    hash: str
    parent: str
    subject: str
    files: tuple[ChangedFile, ...]

    @property
    def rearranging(self) -> bool:
        """Whether the subject says that code was formatted, moved, renamed or split."""
        return bool(_REARRANGING.search(self.subject))


def clone_of(mirrors: Path, repository: str) -> Path:
    """The git directory of `owner/name` in a folder of clones named `owner+name/repo`."""
    clone = mirrors / repository.replace("/", "+") / "repo"
    for found in (clone / ".git", clone):
        if (found / "HEAD").is_file():
            return found
    raise HistoryError(f"no clone of {repository}")


def git(clone: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """Run one git command on a clone and return what it printed."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-c", "safe.directory=*", f"--git-dir={clone}", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, env=environment)
    if done.returncode:
        raise HistoryError(done.stderr.decode("utf-8", "replace").strip()[:300] or f"git ended with {done.returncode}")
    return done.stdout


def draw(clone: Path, below: str, seed: int) -> Iterator[Commit]:
    """Commits that change Rust with `unsafe` in it, in an order that the seed decides; merges and roots left out.

    Every third is one whose subject speaks of a rearrangement, for as long as there are such."""
    pattern = f"{below}*.rs"
    listed = git(clone, "log", "--no-merges", "--min-parents=1", "--format=%H%x00%P%x00%s", "HEAD", "--", pattern)
    rows = [row.split("\0") for row in listed.decode("utf-8", "replace").splitlines()]
    random.Random(seed).shuffle(rows)
    drawn = [Commit(own, parents.split()[0], subject, ()) for own, parents, subject in rows]
    told = [commit for commit in drawn if commit.rearranging]
    rest = [commit for commit in drawn if not commit.rearranging]
    for commit in _interleaved(told, rest):
        files = changed_files(clone, commit.parent, commit.hash, pattern)
        if 0 < len(files) <= MOST_FILES and _holds_unsafe(clone, files):
            yield commit._replace(files=files)


def _interleaved(some: list[Commit], others: list[Commit]) -> Iterator[Commit]:
    ahead, behind = iter(some), iter(others)
    while True:
        row = [next(ahead, None), next(behind, None), next(behind, None)]
        if not any(row):
            return
        yield from (commit for commit in row if commit)


def changed_files(clone: Path, before: str, after: str, *patterns: str) -> tuple[ChangedFile, ...]:
    """The files that differ between two commits; links and submodules left out, renames not guessed."""
    raw = git(clone, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", before, after, "--", *patterns)
    parts = raw.decode("utf-8", "surrogateescape").split("\0")[:-1]
    found = []
    for meta, path in zip(parts[::2], parts[1::2], strict=True):
        old_mode, new_mode, old, new, _ = meta.removeprefix(":").split(" ")
        old = old if old_mode.startswith("100") and not _NOTHING.fullmatch(old) else ""
        new = new if new_mode.startswith("100") and not _NOTHING.fullmatch(new) else ""
        if old != new:
            found.append(ChangedFile(path, old, new))
    return tuple(found)


def _holds_unsafe(clone: Path, files: Iterable[ChangedFile]) -> bool:
    hashes = [name for file in files for name in (file.before, file.after) if name]
    return any(_UNSAFE.search(content) for content in contents(clone, hashes).values())


def contents(clone: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """The contents of files by their hashes."""
    wanted = list(dict.fromkeys(hashes))
    answer = git(clone, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    found, at = {}, 0
    for name in wanted:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        if len(head) != 3:
            raise HistoryError(f"{name} is not in the clone")
        size = int(head[2])
        found[name] = answer[end + 1 : end + 1 + size]
        at = end + size + 2
    return found
