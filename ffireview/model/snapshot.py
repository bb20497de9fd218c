"""What extraction is run over: the files of a repository at one moment."""

from typing import Protocol

from msgspec import Struct

from ffireview.model.place import Problem


class Entry(Struct, frozen=True, order=True):
    """One file of a snapshot and its size in bytes (0 when it is not known)."""

    path: str
    size: int = 0
    content: str = ""
    """The hash that git keeps the bytes under: two entries with one hash hold the same. Empty where the source does not
    know it, which tells nothing."""


class Listing(Struct, frozen=True):
    """All files of a snapshot, sorted, and what could not be listed."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


class Snapshot(Protocol):
    """The files of a repository at one moment. Must be picklable: workers read by themselves."""

    def listing(self) -> Listing:
        """Every file that belongs to the snapshot."""
        ...

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file, or why they cannot be had."""
        ...
