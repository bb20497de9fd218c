"""A second look for what the first had no reason to keep: late names in Rust, names still without a C side."""

import re
from typing import NamedTuple

import msgspec

from ffireview.extract.c import Wanted, kind_of, prototype_names
from ffireview.extract.c.scan import occurrences
from ffireview.extract.rust import extract_mentions
from ffireview.link.macros import computed_exports
from ffireview.link.orphans import export_headers
from ffireview.link.wanted import HELPER_PREFIXES, Names
from ffireview.model.effects import FunctionEffects
from ffireview.model.facts import Declaration, FileFacts, Reference, ReferenceRole, Role
from ffireview.model.place import Language, Problem
from ffireview.model.snapshot import Entry, Snapshot
from ffireview.pipeline.memory import Batch, Task
from ffireview.pipeline.stages import Files, Stages, c_task, read_bytes

C_BYTES = 400_000_000
"""A second reading of all C is worth it below this size; above, only of include folders and beside the Rust code."""

_NO_USE = re.compile(rb"(?:\.|\bfn)\s*\Z")
"""What stands before a method, and before what is defined."""
_USED = re.compile(rb"\s*(?:/[/*]|::|[(,)\]};]|as\b|\Z)")
"""What stands behind a call or a value."""
_BEFORE = 60
_PASTED = re.compile(r"^argument \d+ of (\w+)$")
Mentions = tuple[Reference, ...]


def look_again_in_rust(
    stages: Stages, files: Files, rust: dict[str, FileFacts], made: list[tuple[str, Declaration]]
) -> dict[str, FileFacts]:
    """Look, in every Rust file, for uses of safe foreign functions, of callbacks whose address goes out in another
    file, and of callbacks that macros make."""
    declared = [d for file in rust.values() for d in file.declarations]
    safe = {d.name for d in declared if d.role is Role.IMPORT and d.safe and d.abi != "C++"}
    taken = {r.path.rsplit("::", 1)[-1] for file in rust.values() for r in file.references if r.context}
    callbacks = {d.name for d in declared if d.role is Role.CALLBACK and d.name not in taken}
    callbacks |= {d.name for _, d in made if d.role is Role.CALLBACK}
    names = frozenset(name for name in safe | callbacks if name.isidentifier())
    if not names:
        return rust
    looked = dict(rust)
    for path, references in stages.rows(Task("mentions", _read_mentions, names, Mentions), files.rust):
        looked[path] = _with_references(looked.get(path), references)
    return dict(sorted(looked.items()))


def look_again_in_c(
    stages: Stages,
    files: Files,
    rust: dict[str, FileFacts],
    foreign: dict[str, FileFacts],
    made: list[tuple[str, Declaration]],
    names: Names,
) -> dict[str, FileFacts]:
    """Look, at any position, for extern items that no C declares yet, and for exports that C names only in part."""
    entries = _near(files.c, rust)
    seen = {d.symbol for file in foreign.values() for d in file.declarations}
    called = {r.path for file in foreign.values() for r in file.references}
    declarations = [d for file in rust.values() for d in file.declarations] + [d for _, d in made]
    missing = frozenset(
        name for name in names.declared - seen if not name.startswith(HELPER_PREFIXES) and not name.isupper()
    )
    silent = frozenset(
        d.symbol for d in declarations
        if d.role is Role.EXPORT and d.symbol not in seen | called and d.symbol in names.used and d.abi != "Rust"
    )  # fmt: skip
    found = dict(foreign)
    if missing and entries:
        wanted = Wanted(used=_encode(missing), macros=_encode(missing))
        for path, file in _again(stages, wanted, entries).items():
            found[path] = _joined(found.get(path), file.language, file.declarations, (), file.effects)
    exports = frozenset(d.symbol for d in declarations if d.role is Role.EXPORT)
    stale = _suspects(stages.snapshot, export_headers(foreign, exports)) - exports
    stale -= computed_exports(rust, stale)
    stale -= _written_in_rust(stages, files, stale)
    if stale and entries:
        for path, file in _again(stages, Wanted(declared=_encode(stale)), entries).items():
            found[path] = _joined(found.get(path), file.language, file.declarations, (), file.effects)
    if silent and entries:
        for path, file in _pasted(stages, silent, entries).items():
            found[path] = _joined(found.get(path), file.language, (), file.references)
    return dict(sorted(found.items()))


def _suspects(snapshot: Snapshot, headers: list[str]) -> frozenset[str]:
    """All that the headers of Rust libraries declare."""
    names: set[str] = set()
    for path in headers:
        source = read_bytes(snapshot, path)
        if isinstance(source, bytes):
            names |= prototype_names(source, kind_of(path))
    return frozenset(names)


def _written_in_rust(stages: Stages, files: Files, names: frozenset[str]) -> frozenset[str]:
    """Those of the names that stand in Rust code: a macro makes a function of what it is given."""
    rows = stages.rows(Task("names", _read_names, _encode(names), list[str]), files.rust) if names else ()
    return frozenset(name for _, found in rows for name in found)


def _read_names(snapshot: Snapshot, names: frozenset[bytes], batch: Batch) -> list[tuple[str, list[str] | None]]:
    return [(path, _names(read_bytes(snapshot, path), names)) for path in batch]


def _names(source: bytes | Problem, names: frozenset[bytes]) -> list[str] | None:
    if isinstance(source, Problem):
        return None
    found = {
        name.decode()
        for at, name in occurrences(source, names)
        if b"//" not in source[source.rfind(b"\n", 0, at) + 1 : at]
    }
    return sorted(found) or None


def _near(entries: list[Entry], rust: dict[str, FileFacts]) -> list[Entry]:
    """All C files of a tree of ordinary size; of a very large one, include folders and folders that hold Rust."""
    if sum(entry.size for entry in entries) <= C_BYTES:
        return entries
    folders = {path.rsplit("/", 1)[0] for path in rust if "/" in path}
    return [e for e in entries if e.path.startswith("include/") or e.path.rsplit("/", 1)[0] in folders]


def _again(stages: Stages, wanted: Wanted, entries: list[Entry]) -> dict[str, FileFacts]:
    """A quiet reading: problems were told the first time."""
    return {path: row.facts for path, row in stages.rows(c_task(wanted, "C again"), entries) if row.facts is not None}


class _Split(NamedTuple):
    symbol: str
    tail: str


def _pasted(stages: Stages, silent: frozenset[str], entries: list[Entry]) -> dict[str, FileFacts]:
    """C that names an export only in part: an argument that a macro pastes with the rest of the name."""
    parts: dict[str, list[_Split]] = {}
    for symbol in silent:
        for at in [i for i, char in enumerate(symbol) if char == "_" and i >= 3]:
            parts.setdefault(symbol[:at], []).append(_Split(symbol, symbol[at:]))
    first = _again(stages, Wanted(used=_encode(frozenset(parts))), entries) if parts else {}
    uses = [(p, r, m[1]) for p, f in first.items() for r in f.references if (m := _PASTED.match(r.context))]
    macros = _again(stages, Wanted(macros=_encode(frozenset(m for _, _, m in uses))), entries) if uses else {}
    bodies: dict[str, str] = {}
    for file in macros.values():
        for declaration in file.declarations:
            if declaration.role is Role.MACRO:
                bodies[declaration.name] = bodies.get(declaration.name, "") + declaration.type
    found: dict[str, list[Reference]] = {}
    for path, reference, macro in uses:
        for symbol, tail in parts.get(reference.path, ()):
            if re.search(rf"##\s*{re.escape(tail)}\b", bodies.get(macro, "")):
                pasted = msgspec.structs.replace(
                    reference, path=symbol, role=ReferenceRole.PASTE, context=f"pasted by {macro}"
                )
                found.setdefault(path, []).append(pasted)
    return {path: FileFacts(language=first[path].language, references=tuple(rows)) for path, rows in found.items()}


def _joined(
    facts: FileFacts | None,
    language: Language,
    declarations: tuple[Declaration, ...],
    references: tuple[Reference, ...],
    effects: tuple[FunctionEffects, ...] = (),
) -> FileFacts:
    before = facts or FileFacts(language=language)
    known = {(e.name, e.at) for e in before.effects}
    return msgspec.structs.replace(
        before,
        effects=(*before.effects, *(e for e in effects if (e.name, e.at) not in known)),
        declarations=(*before.declarations, *declarations),
        references=(*before.references, *references),
    )


def _encode(names: frozenset[str]) -> frozenset[bytes]:
    return frozenset(name.encode() for name in names)


def _read_mentions(snapshot: Snapshot, names: frozenset[str], batch: Batch) -> list[tuple[str, Mentions | None]]:
    raw = _encode(names)
    return [(path, _mentions(read_bytes(snapshot, path), names, raw)) for path in batch]


def _mentions(source: bytes | Problem, names: frozenset[str], raw: frozenset[bytes]) -> Mentions | None:
    """A parse is worth it where a name is called or handed on by the look of it."""
    if isinstance(source, Problem):
        return None
    if not any(
        _USED.match(source, at + len(name)) and not _NO_USE.search(source, max(at - _BEFORE, 0), at)
        for at, name in occurrences(source, raw)
    ):
        return None
    return extract_mentions(source, names) or None


def _with_references(facts: FileFacts | None, references: tuple[Reference, ...]) -> FileFacts:
    if facts is None:
        return FileFacts(language=Language.RUST, references=references)
    known = {(r.path, r.at) for r in facts.references}
    extra = tuple(r for r in references if (r.path, r.at) not in known)
    return msgspec.structs.replace(facts, references=(*facts.references, *extra))
