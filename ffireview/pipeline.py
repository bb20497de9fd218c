"""The whole run: Rust first, then C where it matters, then the join."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from ffireview.extract.assembly import extract_assembly
from ffireview.extract.c import Wanted, extract_c, kind_of
from ffireview.extract.prefilter import rust_may_matter
from ffireview.extract.rust import extract_mentions, extract_rust
from ffireview.link.layout import Layout
from ffireview.link.program import link_program
from ffireview.link.resolve import Resolver
from ffireview.link.wanted import Names, made_by_macros, names_that_cross
from ffireview.model.facts import Declaration, FileFacts, Role
from ffireview.model.place import Problem, ProblemKind
from ffireview.model.program import Totals
from ffireview.model.review import Review
from ffireview.model.snapshot import Entry, Snapshot
from ffireview.score.sum import score_sites

T = TypeVar("T")
R = TypeVar("R")
Mapper = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Like `map`, over batches, possibly in other processes; results in the order of the batches."""
Progress = Callable[[str, int, int], None]
"""Called with the stage, how many of its batches are done, and how many there are."""

RUST_ENDINGS = (".rs",)
C_ENDINGS = (
    ".c",
    ".h",
    ".cc",
    ".cpp",
    ".cxx",
    ".c++",
    ".hh",
    ".hpp",
    ".hxx",
    ".inl",
    ".ipp",
    ".inc",
    ".m",
    ".mm",
    ".C",
    ".H",
)
ASSEMBLY_ENDINGS = (".S", ".s", ".asm")
SIZE_LIMIT = 32_000_000
"""Bytes; a larger file is a problem, not a parse (a tree takes about 16 times its source in memory)."""
BATCH_BYTES = 2_000_000
BATCH_FILES = 400


def review(snapshot: Snapshot, run: Mapper = map, progress: Progress | None = None) -> Review:
    """Read a snapshot and judge it."""
    listing = snapshot.listing()
    rust_entries = [e for e in listing.entries if e.path.endswith(RUST_ENDINGS)]
    c_entries = [e for e in listing.entries if e.path.endswith(C_ENDINGS)]
    assembly_entries = [e for e in listing.entries if e.path.endswith(ASSEMBLY_ENDINGS)]
    layout, problems = _layout(snapshot, listing.entries, rust_entries)
    problems += listing.problems

    rust, found, read = _stage("Rust", run, partial(_read_rust, snapshot), _batches(rust_entries), progress)
    problems += found
    resolver = Resolver(rust, layout)
    made = made_by_macros(rust)
    names = names_that_cross(rust, resolver, made)
    foreign, found, _ = _stage("C", run, partial(_read_c, snapshot, _wanted(names)), _batches(c_entries), progress)
    problems += found
    labels, found, _ = _stage(
        "assembly", run, partial(_read_assembly, snapshot, _bytes(names.declared)), _batches(assembly_entries), progress
    )
    problems += found
    rust = _with_mentions(snapshot, run, progress, rust, made, rust_entries)
    totals = Totals(
        rust_files=len(rust_entries),
        rust_files_read=read,
        c_files=len(c_entries) + len(assembly_entries),
        c_files_read=len(foreign) + len(labels),
        keywords=sum(f.keywords for f in rust.values()),
        keywords_in_macros=sum(f.keywords_in_macros for f in rust.values()),
        keywords_structured=sum(f.keywords_structured for f in rust.values()),
    )
    program = link_program(rust, {**foreign, **labels}, made, layout, Resolver(rust, layout), tuple(problems), totals)
    return Review(program, score_sites(program))


Batch = tuple[str, ...]
Row = tuple[str, FileFacts | None, tuple[Problem, ...]]


def _stage(
    name: str, run: Mapper, task: Callable[[Batch], list[Row]], batches: list[Batch], progress: Progress | None
) -> tuple[dict[str, FileFacts], list[Problem], int]:
    """Run one stage; facts by path, problems, and how many files were read without being turned away."""
    facts: dict[str, FileFacts] = {}
    problems: list[Problem] = []
    for done, rows in enumerate(run(task, batches), 1):
        for path, file, found in rows:
            problems.extend(found)
            if file is not None:
                facts[path] = file
        if progress:
            progress(name, done, len(batches))
    return dict(sorted(facts.items())), problems, len(facts)


def _batches(entries: list[Entry]) -> list[Batch]:
    """Files in groups of similar size, so that a worker's errand is worth its message."""
    batches: list[Batch] = []
    group: list[str] = []
    size = 0
    for entry in entries:
        group.append(entry.path)
        size += entry.size
        if size >= BATCH_BYTES or len(group) >= BATCH_FILES:
            batches.append(tuple(group))
            group, size = [], 0
    return [*batches, tuple(group)] if group else batches


def _read(snapshot: Snapshot, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    source = snapshot.read(path)
    if isinstance(source, Problem):
        return None, (source,)
    if len(source) > SIZE_LIMIT:
        return None, (Problem(path, ProblemKind.TOO_LARGE, f"{len(source)} bytes, limit {SIZE_LIMIT}"),)
    return source, ()


def _text_problems(path: str, source: bytes) -> Iterator[Problem]:
    if b"\0" in source:
        yield Problem(path, ProblemKind.NOT_TEXT, "NUL bytes")
    if not source.isascii():
        try:
            source.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Problem(
                path, ProblemKind.INVALID_UTF8, f"byte {error.start}", source.count(b"\n", 0, error.start) + 1
            )


def _read_rust(snapshot: Snapshot, batch: Batch, names: frozenset[str] = frozenset()) -> list[Row]:
    rows: list[Row] = []
    for path in batch:
        source, problems = _read(snapshot, path)
        facts = None
        if source is not None and rust_may_matter(source):
            facts = extract_rust(source, names)
            own = tuple(Problem(path, p.kind, p.message, p.line) for p in facts.problems)
            problems = (*problems, *own, *_text_problems(path, source))
        rows.append((path, facts, problems))
    return rows


def _read_c(snapshot: Snapshot, wanted: Wanted, batch: Batch) -> list[Row]:
    rows: list[Row] = []
    for path in batch:
        source, problems = _read(snapshot, path)
        facts = None
        if source is not None:
            facts = extract_c(source, wanted, kind_of(path))
            if facts is not None:
                problems = (*problems, *_text_problems(path, source))
        if facts is not None or problems:
            rows.append((path, facts, problems))
    return rows


def _read_assembly(snapshot: Snapshot, names: frozenset[bytes], batch: Batch) -> list[Row]:
    rows: list[Row] = []
    for path in batch:
        source, problems = _read(snapshot, path)
        facts = extract_assembly(source, names) if source is not None else None
        if facts is not None or problems:
            rows.append((path, facts, problems))
    return rows


def _wanted(names: Names) -> Wanted:
    return Wanted(_bytes(names.declared), _bytes(names.used), _bytes(names.structs))


def _bytes(names: frozenset[str]) -> frozenset[bytes]:
    return frozenset(name.encode() for name in names)


def _layout(snapshot: Snapshot, entries: tuple[Entry, ...], rust: list[Entry]) -> tuple[Layout, list[Problem]]:
    manifests: dict[str, bytes] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.path.rsplit("/", 1)[-1] == "Cargo.toml":
            source, found = _read(snapshot, entry.path)
            problems.extend(found)
            if source is not None:
                manifests[entry.path] = source
    layout = Layout([e.path for e in rust], manifests)
    problems += [Problem(path, ProblemKind.MANIFEST, message) for path, message in layout.unreadable]
    return layout, problems


def _with_mentions(
    snapshot: Snapshot,
    run: Mapper,
    progress: Progress | None,
    rust: dict[str, FileFacts],
    made: list[tuple[str, Declaration]],
    entries: list[Entry],
) -> dict[str, FileFacts]:
    """Look again, in every Rust file, for functions whose uses the first reading had no reason to keep: safe foreign
    functions, callbacks whose address goes out in another file, and callbacks that macros make."""
    safe = {
        d.name for f in rust.values() for d in f.declarations if d.role is Role.IMPORT and d.safe and d.abi != "C++"
    }
    taken = {r.path.rsplit("::", 1)[-1] for f in rust.values() for r in f.references if r.context}
    callbacks = {
        d.name for f in rust.values() for d in f.declarations
        if d.role is Role.CALLBACK and d.name not in taken and d.name.isidentifier()
    }  # fmt: skip
    callbacks |= {d.name for _, d in made if d.role is Role.CALLBACK}
    names = frozenset(n for n in safe | callbacks if n.isidentifier())
    if not names:
        return rust
    looked = dict(rust)
    task = partial(_read_mentions, snapshot, names)
    batches = _batches(entries)
    for done, rows in enumerate(run(task, batches), 1):
        for path, references in rows:
            looked[path] = _add_references(looked.get(path), references)
        if progress:
            progress("mentions", done, len(batches))
    return dict(sorted(looked.items()))


def _read_mentions(snapshot: Snapshot, names: frozenset[str], batch: Batch) -> list[tuple[str, Any]]:
    raw = [name.encode() for name in names]
    rows = []
    for path in batch:
        source, _ = _read(snapshot, path)
        if source is None or not any(name in source for name in raw):
            continue
        if references := extract_mentions(source, names):
            rows.append((path, references))
    return rows


def _add_references(facts: FileFacts | None, references: Any) -> FileFacts:
    import msgspec

    from ffireview.model.place import Language

    if facts is None:
        return FileFacts(language=Language.RUST, references=tuple(references))
    known = {(r.path, r.at) for r in facts.references}
    extra = tuple(r for r in references if (r.path, r.at) not in known)
    return msgspec.structs.replace(facts, references=(*facts.references, *extra))
