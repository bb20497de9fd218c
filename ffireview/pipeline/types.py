"""The C types that crossing signatures name, found by an index of definitions and followed as far as they lead."""

import re
from collections import defaultdict
from functools import partial

from ffireview.extract.c.text import CText
from ffireview.extract.c.typedefs import TypePlace, constants, read_type, type_places
from ffireview.link.types.tables import Defined
from ffireview.model.facts import Declaration, FileFacts, Role, TypeFact, TypeKind
from ffireview.model.place import Problem
from ffireview.model.snapshot import Entry, Snapshot
from ffireview.pipeline.stages import Batch, Files, Stages, read_bytes

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


def types_of_c(
    snapshot: Snapshot, stages: Stages, files: Files, rust: dict[str, FileFacts], foreign: dict[str, FileFacts]
) -> list[Defined]:
    """Definitions of every type that a C declaration with a Rust side names, directly or through others."""
    copied = frozenset(c.encode() for f in rust.values() if _binds(f) for c in _constants(f))
    wanted = {w for file in foreign.values() for d in file.declarations for w in _names(d)}
    laid_out = {fact.name for file in rust.values() for fact in file.types if fact.repr}
    wanted |= laid_out
    if not wanted or not foreign:
        return []
    index, found = _index(snapshot, stages, _headers(files.c, foreign), foreign, copied)
    texts: dict[str, CText] = {}
    seen: set[str] = set()
    for _ in range(ROUNDS):
        new = sorted(name for name in wanted - seen if name in index)
        seen |= wanted
        if not new:
            break
        wanted = set()
        for name in new:
            for path, place in index[name][:PER_NAME]:
                fact = _read(snapshot, texts, path, place)
                if fact is not None:
                    found.append(Defined(path, fact))
                    wanted |= _used(fact, laid_out)
    return found


def _headers(entries: list[Entry], foreign: dict[str, FileFacts]) -> list[Entry]:
    if sum(entry.size for entry in entries) <= C_BYTES:
        return [e for e in entries if e.path.endswith((".h", ".hpp", ".hh", ".hxx", ".inc")) or e.path in foreign]
    return [e for e in entries if e.path.startswith("include/") or e.path in foreign]


def _index(
    snapshot: Snapshot, stages: Stages, entries: list[Entry], foreign: dict[str, FileFacts], copied: frozenset[bytes]
) -> tuple[Index, list[Defined]]:
    """Where each type name is defined: files that declare crossing names first, then by path; and the values of the
    constants that Rust copies."""
    index: Index = defaultdict(list)
    values: list[Defined] = []
    for path, places, found in stages.rows("types", partial(_read_places, snapshot, copied), entries):
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


def _read_places(
    snapshot: Snapshot, copied: frozenset[bytes], batch: Batch
) -> list[tuple[str, list[TypePlace], list[TypeFact]]]:
    rows = []
    for path in batch:
        source = read_bytes(snapshot, path)
        if isinstance(source, bytes):
            places, found = type_places(source), constants(source, copied)
            if places or found:
                rows.append((path, places, found))
    return rows


def _read(snapshot: Snapshot, texts: dict[str, CText], path: str, place: TypePlace) -> TypeFact | None:
    if path not in texts:
        source = read_bytes(snapshot, path)
        texts[path] = CText(b"" if isinstance(source, Problem) else source)
    return read_type(texts[path], place)


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
