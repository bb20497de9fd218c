"""The C types that crossing signatures name, found by an index of definitions and followed as far as they lead."""

import re
from collections import defaultdict
from collections.abc import Iterator

from ffireview.extract.c.text import CText
from ffireview.extract.c.typedefs import TypePlace, constants, read_type, type_places
from ffireview.link.types.tables import Defined
from ffireview.model.facts import Declaration, FileFacts, Role, TypeFact, TypeKind
from ffireview.model.place import Problem
from ffireview.model.snapshot import Entry, Snapshot
from ffireview.pipeline.memory import Batch, Task
from ffireview.pipeline.stages import PARSED, Files, Stages, read_bytes

ROUNDS = 8
"""Typedefs that name typedefs are followed through this many readings."""
C_BYTES = 400_000_000
"""All headers of a tree up to this size are indexed; of a larger one those in its include folders."""
PER_NAME = 8

_WORD = re.compile(r"[A-Za-z_]\w*")
_KNOWN = frozenset(
    {"const", "volatile", "struct", "union", "enum", "class", "unsigned", "signed", "int", "char", "short"}
)
Index = dict[str, list[tuple[str, TypePlace]]]
Places = tuple[list[TypePlace], list[TypeFact]]
"""Where a file defines types, and the constants in it that Rust copies."""


def types_of_c(
    stages: Stages, files: Files, rust: dict[str, FileFacts], foreign: dict[str, FileFacts]
) -> list[Defined]:
    """Definitions of every type that a C declaration with a Rust side names, directly or through others."""
    copied = frozenset(c.encode() for f in rust.values() if _binds(f) for c in _constants(f))
    wanted = {w for file in foreign.values() for d in file.declarations for w in _names(d)}
    laid_out = {fact.name for file in rust.values() for fact in file.types if fact.repr}
    wanted |= laid_out
    if not wanted or not foreign:
        return []
    entries = _headers(files.c, foreign)
    index, found = _index(stages, entries, foreign, copied)
    by_path = {entry.path: entry for entry in entries}
    seen: set[str] = set()
    for _ in range(ROUNDS):
        new = sorted(name for name in wanted - seen if name in index)
        seen |= wanted
        if not new:
            break
        wanted = set()
        rows = [(path, place) for name in new for path, place in index[name][:PER_NAME]]
        for path, fact in _read(stages, rows, by_path):
            found.append(Defined(path, fact))
            wanted |= _used(fact, laid_out)
    return found


def _headers(entries: list[Entry], foreign: dict[str, FileFacts]) -> list[Entry]:
    if sum(entry.size for entry in entries) <= C_BYTES:
        return [e for e in entries if e.path.endswith((".h", ".hpp", ".hh", ".hxx", ".inc")) or e.path in foreign]
    return [e for e in entries if e.path.startswith("include/") or e.path in foreign]


def _index(
    stages: Stages, entries: list[Entry], foreign: dict[str, FileFacts], copied: frozenset[bytes]
) -> tuple[Index, list[Defined]]:
    """Where each type name is defined: files that declare crossing names first, then by path; and the values of the
    constants that Rust copies."""
    index: Index = defaultdict(list)
    values: list[Defined] = []
    for path, (places, found) in stages.rows(Task("types", _read_places, copied, Places), entries):
        values += [Defined(path, fact) for fact in found]
        for place in places:
            index[place.name].append((path, place))
    for rows in index.values():
        rows.sort(key=lambda row: (row[0] not in foreign, row[0], row[1].offset))
    return index, values


def _binds(file: FileFacts) -> bool:
    """Whether a file declares extern items: its constants are likely copied from C by hand."""
    return any(d.role is Role.IMPORT and d.abi != "C++" for d in file.declarations)


def _constants(file: FileFacts) -> list[str]:
    return [fact.name for fact in file.types if fact.kind is TypeKind.CONSTANT]


def _read_places(snapshot: Snapshot, copied: frozenset[bytes], batch: Batch) -> list[tuple[str, Places | None]]:
    return [(path, _places(read_bytes(snapshot, path), copied)) for path in batch]


def _places(source: bytes | Problem, copied: frozenset[bytes]) -> Places | None:
    if isinstance(source, Problem):
        return None
    places, found = type_places(source), constants(source, copied)
    return (places, found) if places or found else None


def _read(
    stages: Stages, rows: list[tuple[str, TypePlace]], entries: dict[str, Entry]
) -> Iterator[tuple[str, TypeFact]]:
    """The definitions at places, in the order of the places."""
    places: dict[str, tuple[TypePlace, ...]] = {}
    for path, place in rows:
        places[path] = (*places.get(path, ()), place)
    task = Task(
        "definitions", _read_definitions, places, list[TypeFact | None], lambda p: f":{places[p]}", by_variant=True,
        weight=PARSED,
    )  # fmt: skip
    read = {path: iter(facts) for path, facts in stages.rows(task, [entries[path] for path in sorted(places)])}
    for path, _ in rows:
        fact = next(read[path]) if path in read else None
        if fact is not None:
            yield path, fact


def _read_definitions(
    snapshot: Snapshot, places: dict[str, tuple[TypePlace, ...]], batch: Batch
) -> list[tuple[str, list[TypeFact | None] | None]]:
    return [(path, _definitions(read_bytes(snapshot, path), places[path])) for path in batch]


def _definitions(source: bytes | Problem, places: tuple[TypePlace, ...]) -> list[TypeFact | None] | None:
    if isinstance(source, Problem):
        return None
    text = CText(source)
    return [read_type(text, place) for place in places]


def _names(declaration: Declaration) -> set[str]:
    """Type names that a declaration uses."""
    texts = [declaration.type]
    if declaration.signature:
        texts += [declaration.signature.returns, *(p.type for p in declaration.signature.parameters)]
    return {word for text in texts for word in _WORD.findall(text)} - _KNOWN


def _used(fact: TypeFact, laid_out: set[str]) -> set[str]:
    """Names that a definition leads to. The fields of a record matter only when Rust lays the record out too, or when
    it is part of one that Rust does: `laid_out` grows by those."""
    texts = [fact.target]
    if fact.name in laid_out:
        texts += [field.type for field in fact.fields]
        laid_out |= {word for f in fact.fields if "*" not in f.type for word in _WORD.findall(f.type)} - _KNOWN
    return {word for text in texts for word in _WORD.findall(text)} - _KNOWN
