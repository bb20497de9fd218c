"""Stages over many files: batches out to workers, facts and problems back, in a fixed order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ffireview.extract.assembly import extract_assembly
from ffireview.extract.c import Wanted, extract_c, kind_of
from ffireview.extract.c.scan import occurrences
from ffireview.extract.prefilter import rust_may_matter
from ffireview.extract.rust import extract_rust
from ffireview.link.wanted import Names
from ffireview.model.facts import FileFacts
from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing, Snapshot

Mapper = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Like `map`, over batches, possibly in other processes; results in the order of the batches."""
Progress = Callable[[str, int, int], None]
"""Called with the stage, how many of its batches are done, and how many there are."""
Batch = tuple[str, ...]
Row = tuple[str, FileFacts | None, tuple[Problem, ...]]

RUST_ENDINGS = (".rs",)
C_ENDINGS = (
    ".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".inc", ".m", ".mm", ".C", ".H",
)  # fmt: skip
ASSEMBLY_ENDINGS = (".S", ".s", ".asm")
SIZE_LIMIT = 32_000_000
"""Bytes; a larger file is a problem, not a parse (a tree takes about 16 times its source in memory)."""
BATCH_BYTES = 2_000_000
RUST_WEIGHT = 25
"""A byte of Rust counts as so many in a batch: most of Rust is parsed, and little of C."""
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

    def __init__(self, run: Mapper, progress: Progress | None, problems: list[Problem]) -> None:
        self._run, self._progress = run, progress
        self.problems = problems

    def rows(self, name: str, task: Callable[[Batch], list[Any]], entries: list[Entry]) -> Iterator[Any]:
        """What the task returns for each batch of files, joined, in order."""
        batches = list(_batches(entries))
        for done, rows in enumerate(self._run(task, batches), 1):
            yield from rows
            if self._progress:
                self._progress(name, done, len(batches))

    def facts(self, name: str, task: Callable[[Batch], list[Row]], entries: list[Entry]) -> dict[str, FileFacts]:
        """Facts by path, sorted; problems are kept."""
        facts: dict[str, FileFacts] = {}
        for path, file, problems in self.rows(name, task, entries):
            self.problems.extend(problems)
            if file is not None:
                facts[path] = file
        return dict(sorted(facts.items()))

    def manifest_problems(self, found: list[tuple[str, str]]) -> None:
        """Note manifests that could not be understood."""
        self.problems += [Problem(path, ProblemKind.MANIFEST, message) for path, message in found]


def read_rust(snapshot: Snapshot, batch: Batch) -> list[Row]:
    """Facts of Rust files; None for those that hold nothing of interest."""
    return [_row(snapshot, path, _rust_facts) for path in batch]


def read_c(snapshot: Snapshot, wanted: Wanted, batch: Batch) -> list[Row]:
    """Facts of the C and C++ files that hold wanted names."""
    rows = [_row(snapshot, p, lambda path, source: extract_c(source, wanted, kind_of(path))) for p in batch]
    return [row for row in rows if row[1] is not None or row[2]]


def read_assembly(snapshot: Snapshot, names: frozenset[bytes], batch: Batch) -> list[Row]:
    """Facts of the assembly files that hold a label of one of the names."""
    written = names | {b"_" + name for name in names}

    def extract(_: str, source: bytes) -> FileFacts | None:
        return extract_assembly(source, names) if occurrences(source, written) else None

    rows = [_row(snapshot, path, extract) for path in batch]
    return [row for row in rows if row[1] is not None or row[2]]


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


def _batches(entries: list[Entry]) -> Iterator[Batch]:
    """Files in groups of similar size, so that a worker's errand is worth its message."""
    group: list[str] = []
    size = 0
    for entry in entries:
        group.append(entry.path)
        size += entry.size * (RUST_WEIGHT if entry.path.endswith(RUST_ENDINGS) else 1)
        if size >= BATCH_BYTES or len(group) >= BATCH_FILES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def _row(snapshot: Snapshot, path: str, extract: Callable[[str, bytes], FileFacts | None]) -> Row:
    """Read and extract one file. Whatever a stranger's file does to the extraction becomes a counted problem."""
    source = read_bytes(snapshot, path)
    if isinstance(source, Problem):
        return path, None, (source,)
    try:
        facts = extract(path, source)
    except Exception as error:
        return path, None, (Problem(path, ProblemKind.INTERNAL, f"{type(error).__name__}: {error}"[:300]),)
    if facts is None:
        wide = source.startswith((b"\xff\xfe", b"\xfe\xff"))
        return path, None, (Problem(path, ProblemKind.NOT_TEXT, "UTF-16, not read"),) if wide else ()
    own = tuple(Problem(path, p.kind, p.message, p.line) for p in facts.problems)
    return path, facts, (*own, *_text_problems(path, source))


def _rust_facts(_: str, source: bytes) -> FileFacts | None:
    return extract_rust(source) if rust_may_matter(source) else None


def _text_problems(path: str, source: bytes) -> Iterator[Problem]:
    if b"\0" in source:
        yield Problem(path, ProblemKind.NOT_TEXT, "NUL bytes", source.count(b"\n", 0, source.index(b"\0")) + 1)
    if not source.isascii():
        try:
            source.decode("utf-8")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            yield Problem(path, ProblemKind.INVALID_UTF8, f"byte {error.start}", line)
