"""What was read before, by content. In: tasks and entries. Out: the values of files that were read before."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from ffireview.model.snapshot import Entry, Snapshot

T = TypeVar("T")
Batch = tuple[str, ...]
NOTHING = b""
"""The encoded value of a file that holds nothing of interest: most files."""


class Task(NamedTuple, Generic[T]):
    """A way to read a file: what it is called, how a batch is read, with what, and the type of what comes out.

    The value of a file must be a function of its bytes, `given` and `variant(path)` alone, so that it holds for every
    file with the same bytes."""

    name: str
    read: Callable[[Snapshot, Any, Batch], list[tuple[str, T | None]]]
    given: Any
    type: Any
    variant: Callable[[str], str] = lambda _: ""
    lasting: Callable[[Any], bool] = lambda _: True
    """Whether a value is worth keeping: a file that could not be read this time may be there the next."""

    by_variant: bool = False
    """Whether `variant` tells all that the value depends on of what was given."""
    weight: int = 1
    """What a byte costs: 1 to look through C for names, more to parse."""

    @property
    def key(self) -> str:
        """Names the task and what it was given."""
        given = b"" if self.by_variant else _canonical(self.given)
        return f"{self.name}-{hashlib.blake2b(given, digest_size=8).hexdigest()}"


class Store(Protocol):
    """Keeps encoded values, perhaps longer than one run."""

    def get(self, task: str, contents: Sequence[str]) -> Mapping[str, bytes]:
        """The values that are known."""
        ...

    def put(self, task: str, values: Mapping[str, bytes]) -> None:
        """Keep values."""
        ...


class Memory:
    """Values of one run, before what a store keeps for longer."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._known: dict[str, dict[str, Any]] = {}

    def find(self, task: Task[T], entries: Iterable[Entry]) -> dict[str, T | None]:
        """Values by path, of those entries whose content was read before."""
        keys = {e.path: e.content + task.variant(e.path) for e in entries if e.content}
        if not keys:
            return {}
        known = self._known.setdefault(task.key, {})
        missing = sorted({key for key in keys.values() if key not in known})
        if self._store is not None and missing:
            known.update(_decoded(self._store.get(task.key, missing), task.type))
        return {path: known[key] for path, key in keys.items() if key in known}

    def keep(self, task: Task[T], entries: Iterable[Entry], values: Mapping[str, T | None]) -> None:
        """Remember what was read. What could not be read at all is not in `values`."""
        read = [(e, values[e.path]) for e in entries if e.content and e.path in values]
        rows = {e.content + task.variant(e.path): value for e, value in read if value is None or task.lasting(value)}
        if not rows:
            return
        self._known.setdefault(task.key, {}).update(rows)
        if self._store is not None:
            encode = msgspec.msgpack.Encoder().encode
            self._store.put(task.key, {k: NOTHING if v is None else encode(v) for k, v in rows.items()})


def _decoded(values: Mapping[str, bytes], kind: Any) -> dict[str, Any]:
    """The values; one that is not of its type, from a damaged store, counts as not known."""
    decode = msgspec.msgpack.Decoder(kind).decode
    found = {}
    for key, value in values.items():
        with suppress(msgspec.DecodeError):
            found[key] = decode(value) if value else None
    return found


def _canonical(given: Any) -> bytes:
    if isinstance(given, frozenset | set):
        return b"{" + b",".join(sorted(map(_canonical, given))) + b"}"
    if isinstance(given, tuple | list):
        return b"(" + b",".join(map(_canonical, given)) + b")"
    return given if isinstance(given, bytes) else str(given).encode("utf-8", "backslashreplace")
