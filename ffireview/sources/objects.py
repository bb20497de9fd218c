"""Contents by hash: one `git cat-file` for each process of ours and repository, started when first asked."""

import atexit
import os
import re
import select
import subprocess
import time
from collections.abc import Iterable

from ffireview.sources.files import READ_LIMIT, too_large
from ffireview.sources.git import SECONDS, GitError, Store, git, start, stop

NOT_HERE = "its content is not in this clone (partial, shallow or damaged)"

_BLOB = re.compile(r"^([0-9a-f]+) blob (\d+)$", re.MULTILINE)
_sizes: dict[str, int] = {}
"""A second revision has most contents in common with the first."""
_readers: dict[tuple[int, Store], "_Reader"] = {}


def read_blob(store: Store, name: str) -> bytes | str:
    """The content of the blob of a full hash, or why it cannot be had. Not for several threads."""
    key = os.getpid(), store
    try:
        if key not in _readers:
            _readers[key] = _Reader(store)
        return _readers[key].read(name)
    except (GitError, OSError) as error:
        if (reader := _readers.pop(key, None)) is not None:
            reader.close()
        return f"git: {error}"


def blob_sizes(store: Store, names: Iterable[str]) -> dict[str, int]:
    """The size of every blob; of objects that are no blob, or not here, none."""
    names = set(names)
    asked = "".join(f"{name}\n" for name in names - _sizes.keys()).encode()
    if asked:
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        answers = git(store, "cat-file", form, "--buffer", stdin=asked).decode()
        _sizes.update((name, int(size)) for name, size in _BLOB.findall(answers))
    return {name: _sizes[name] for name in names & _sizes.keys()}


def close_readers() -> None:
    """End what this process has started and forget what it was told; the next question starts anew."""
    _sizes.clear()
    for key in [key for key in _readers if key[0] == os.getpid()]:
        _readers.pop(key).close()


atexit.register(close_readers)


class _Reader:
    """A `git cat-file --batch`: a hash in, a line with type and size and then the content out."""

    def __init__(self, store: Store) -> None:
        self._process: subprocess.Popen[bytes] = start(store, "cat-file", "--batch")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN | select.POLLHUP)
        self._held = b""

    def read(self, name: str) -> bytes | str:
        self._deadline = time.monotonic() + SECONDS
        os.write(self._questions, f"{name}\n".encode())
        while b"\n" not in self._held:
            self._held += self._more()
        head, _, self._held = self._held.partition(b"\n")
        words = head.split()
        if len(words) != 3:
            return NOT_HERE
        size = int(words[2])
        if size > READ_LIMIT:
            raise GitError(too_large(size))
        content = self._exactly(size + 1)
        return content[:-1] if words[1] == b"blob" else f"git keeps a {words[1].decode()} under its hash"

    def close(self) -> None:
        stop(self._process)

    def _exactly(self, size: int) -> bytes:
        chunks = [self._held]
        missing = size - len(self._held)
        while missing > 0:
            chunks.append(self._more())
            missing -= len(chunks[-1])
        data = b"".join(chunks)
        self._held = data[size:]
        return data[:size]

    def _more(self) -> bytes:
        if not self._poll.poll(max(0, self._deadline - time.monotonic()) * 1000):
            raise GitError(f"git took more than {SECONDS} s")
        data = os.read(self._answers, 1 << 20)
        if not data:
            raise GitError("cat-file ended early: the repository is damaged")
        return data
