"""The files of a snapshot as a mapping: read when asked for, and no key where one cannot be read."""

from collections.abc import Iterator, Mapping

from ffireview.model.place import Problem
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline.stages import read_bytes


class Contents(Mapping[str, bytes]):
    """The bytes of each file."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __getitem__(self, path: str) -> bytes:
        source = read_bytes(self._snapshot, path)
        if isinstance(source, Problem):
            raise KeyError(path)
        return source

    def __iter__(self) -> Iterator[str]:
        return (entry.path for entry in self._snapshot.listing().entries)

    def __len__(self) -> int:
        return len(self._snapshot.listing().entries)
