"""Stages over many files: batches out to workers, facts and problems back, in a fixed order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from ffireview.extract.assembly import extract_assembly
from ffireview.extract.c import C_ENDINGS, Wanted, extract_c, kind_of
from ffireview.extract.prefilter import rust_may_matter
from ffireview.extract.rust import extract_rust
from ffireview.link.wanted import Names
from ffireview.model.facts import FileFacts
from ffireview.model.place import FileProblem, Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing, Snapshot
from ffireview.pipeline.memory import Batch, Memory, Task

Mapper = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Like `map`, over batches, possibly in other processes; results in the order of the batches."""
Progress = Callable[[str, int, int], None]
"""Called with the stage, how many of its batches are done, and how many there are."""
T = TypeVar("T")


class Read(Struct, frozen=True):
    """What one file gave: its facts, and why some of it is missing."""

    facts: FileFacts | None
    problems: tuple[FileProblem, ...] = ()
    unread: bool = False
    """Whether its bytes could not be had."""


def _was_read(row: Read) -> bool:
    return not row.unread


RUST_ENDINGS = (".rs",)
ASSEMBLY_ENDINGS = (".S", ".s", ".asm")
SIZE_LIMIT = 32_000_000
"""Bytes; a larger file is a problem, not a parse (a tree takes about 16 times its source in memory)."""
BATCH_BYTES = 4_000_000
PARSED = 25
"""The weight of a task that parses most of what it is given."""
BATCH_FILES = 400


class Files(NamedTuple):
    """The files of a snapshot by what they are read as."""

    rust: list[Entry]
    c: list[Entry]
    assembly: list[Entry]
    manifests: list[Entry]


def files_of(listing: Listing) -> Files:
    """Sort files by their names' endings."""
    return Files(
        [e for e in listing.entries if e.path.endswith(RUST_ENDINGS)],
        [e for e in listing.entries if e.path.endswith(C_ENDINGS)],
        [e for e in listing.entries if e.path.endswith(ASSEMBLY_ENDINGS)],
        [e for e in listing.entries if e.path.rsplit("/", 1)[-1] in ("Cargo.toml", "cbindgen.toml")],
    )


class Stages:
    """Runs stages and gathers their problems."""

    def __init__(
        self,
        snapshot: Snapshot,
        run: Mapper,
        progress: Progress | None,
        problems: list[Problem],
        memory: Memory,
    ) -> None:
        self.snapshot = snapshot
        self._run, self._progress, self._memory = run, progress, memory
        self.problems = problems

    def rows(self, task: Task[T], entries: list[Entry]) -> Iterator[tuple[str, T]]:
        """Path and value of each file that gives the task something, in the order of the entries."""
        values = self._memory.find(task, entries)
        fresh = [entry for entry in entries if entry.path not in values]
        read: dict[str, T | None] = {}
        batches = list(_batches(fresh, task.weight))
        results = self._run(partial(_found, task.read, self.snapshot, task.given), batches)
        for done, (batch, rows) in enumerate(zip(batches, results, strict=True), 1):
            read.update(dict.fromkeys(batch))
            read.update(rows)
            if self._progress:
                self._progress(task.name, done, len(batches))
        self._memory.keep(task, fresh, read)
        for entry in entries:
            value = read[entry.path] if entry.path in read else values.get(entry.path)
            if value is not None:
                yield entry.path, value

    def facts(self, task: Task[Read], entries: list[Entry]) -> dict[str, FileFacts]:
        """Facts by path, sorted; problems are kept."""
        facts: dict[str, FileFacts] = {}
        for path, row in self.rows(task, entries):
            self.problems += [Problem(path, p.kind, p.message, p.line) for p in row.problems]
            if row.facts is not None:
                facts[path] = row.facts
        return dict(sorted(facts.items()))

    def manifest_problems(self, found: list[tuple[str, str]]) -> None:
        """Note manifests that could not be understood."""
        self.problems += [Problem(path, ProblemKind.MANIFEST, message) for path, message in found]


def rust_task() -> Task[Read]:
    """Facts of Rust files; nothing for those that hold nothing of interest."""
    return Task("Rust", _read_rust, (), Read, lasting=_was_read, weight=PARSED)


def c_task(wanted: Wanted, name: str = "C") -> Task[Read]:
    """Facts of the C and C++ files that hold wanted names."""
    return Task(name, _read_c, wanted, Read, kind_of, _was_read)


def assembly_task(names: frozenset[bytes]) -> Task[Read]:
    """Facts of the assembly files that hold a label of one of the names."""
    return Task("assembly", _read_assembly, names, Read, lasting=_was_read)


def _read_rust(snapshot: Snapshot, _: tuple[()], batch: Batch) -> list[tuple[str, Read | None]]:
    return _rows(snapshot, batch, lambda _, source: extract_rust(source) if rust_may_matter(source) else None)


def _read_c(snapshot: Snapshot, wanted: Wanted, batch: Batch) -> list[tuple[str, Read | None]]:
    return _rows(snapshot, batch, lambda path, source: extract_c(source, wanted, kind_of(path)))


def _read_assembly(snapshot: Snapshot, names: frozenset[bytes], batch: Batch) -> list[tuple[str, Read | None]]:
    return _rows(snapshot, batch, lambda _, source: extract_assembly(source, names))


def read_manifests(snapshot: Snapshot, entries: list[Entry], stages: Stages) -> dict[str, bytes]:
    """The bytes of every manifest."""
    manifests: dict[str, bytes] = {}
    for entry in entries:
        source = read_bytes(snapshot, entry.path)
        if isinstance(source, Problem):
            stages.problems.append(source)
        else:
            manifests[entry.path] = source
    return manifests


def read_bytes(snapshot: Snapshot, path: str) -> bytes | Problem:
    """The bytes of a file that is small enough to parse."""
    source = snapshot.read(path)
    if isinstance(source, bytes) and len(source) > SIZE_LIMIT:
        return Problem(path, ProblemKind.TOO_LARGE, f"{len(source)} bytes, limit {SIZE_LIMIT}")
    return source


def wanted_bytes(names: Names) -> Wanted:
    """Names as the scanner takes them."""
    return Wanted(*(frozenset(name.encode() for name in group) for group in (names.declared, names.used, names.types)))


def _found(
    read: Callable[[Snapshot, Any, Batch], list[tuple[str, T | None]]], snapshot: Snapshot, given: Any, batch: Batch
) -> list[tuple[str, T]]:
    """A batch, read: only the files that give something, for most give nothing and each has to be sent back."""
    return [(path, value) for path, value in read(snapshot, given, batch) if value is not None]


def _batches(entries: list[Entry], weight: int) -> Iterator[Batch]:
    """Files in groups of similar size, so that a worker's errand is worth its message."""
    group: list[str] = []
    size = 0
    for entry in entries:
        group.append(entry.path)
        size += entry.size * weight
        if size >= BATCH_BYTES or len(group) >= BATCH_FILES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def _rows(
    snapshot: Snapshot, batch: Batch, extract: Callable[[str, bytes], FileFacts | None]
) -> list[tuple[str, Read | None]]:
    return [(path, _row(snapshot, path, extract)) for path in batch]


def _row(snapshot: Snapshot, path: str, extract: Callable[[str, bytes], FileFacts | None]) -> Read | None:
    """Read and extract one file. Whatever a stranger's file does to the extraction becomes a counted problem."""
    source = read_bytes(snapshot, path)
    if isinstance(source, Problem):
        return Read(None, (FileProblem(source.kind, source.message, source.line),), unread=True)
    try:
        facts = extract(path, source)
    except Exception as error:
        return Read(None, (FileProblem(ProblemKind.INTERNAL, f"{type(error).__name__}: {error}"[:300]),))
    if facts is None:
        wide = source.startswith((b"\xff\xfe", b"\xfe\xff"))
        return Read(None, (FileProblem(ProblemKind.NOT_TEXT, "UTF-16, not read"),)) if wide else None
    return Read(facts, (*facts.problems, *_text_problems(source)))


def _text_problems(source: bytes) -> Iterator[FileProblem]:
    if b"\0" in source:
        yield FileProblem(ProblemKind.NOT_TEXT, "NUL bytes", source.count(b"\n", 0, source.index(b"\0")) + 1)
    if not source.isascii():
        try:
            source.decode("utf-8")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            yield FileProblem(ProblemKind.INVALID_UTF8, f"byte {error.start}", line)
