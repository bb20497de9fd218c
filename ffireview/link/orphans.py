"""Declarations whose other side was looked for and is not there."""

from collections import defaultdict

from ffireview.model.facts import Declaration, FileFacts, Role
from ffireview.model.place import Span
from ffireview.model.program import Crossing, Direction, Orphan, Status, Via

HEADER_EXPORTS = 3
"""A header with this many prototypes of Rust exports is taken for the header of the Rust library."""


def orphans(crossings: tuple[Crossing, ...], foreign: dict[str, FileFacts]) -> tuple[Orphan, ...]:
    """Extern items without a definition beside defined ones, exports that no C declares or calls, prototypes in the
    header of a Rust library that nothing defines."""
    found = [Orphan(c.symbol, c.rust[0].span, reason) for c in crossings if c.rust and (reason := _reason(c))]
    found += [
        Orphan(d.symbol, Span.of(path, d.at), "prototype beside Rust exports: neither Rust nor C defines it")
        for path, d in stale_prototypes(crossings, foreign)
    ]
    return tuple(sorted(found, key=lambda o: (o.span, o.symbol)))


def export_headers(facts: dict[str, FileFacts], exports: frozenset[str]) -> list[str]:
    """Files that declare several Rust exports: the headers of Rust libraries."""
    found = []
    for path, file in facts.items():
        declared = {d.symbol for d in file.declarations if d.role is Role.PROTOTYPE and d.symbol in exports}
        if len(declared) >= HEADER_EXPORTS and path.endswith((".h", ".hpp", ".hh")):
            found.append(path)
    return sorted(found)


def stale_prototypes(crossings: tuple[Crossing, ...], foreign: dict[str, FileFacts]) -> list[tuple[str, Declaration]]:
    """Prototypes in such headers without a definition anywhere."""
    exports = frozenset(c.symbol for c in crossings if c.via is Via.EXPORT)
    defined: set[str] = set(exports)
    prototypes: dict[str, list[tuple[str, Declaration]]] = defaultdict(list)
    headers = {path for path in export_headers(foreign, exports) if _mostly_exports(foreign[path], exports)}
    for path, file in foreign.items():
        for declaration in file.declarations:
            if declaration.role in (Role.DEFINITION, Role.MACRO, Role.LABEL):
                defined.add(declaration.symbol)
            elif declaration.role is Role.PROTOTYPE and path in headers:
                prototypes[declaration.symbol].append((path, declaration))
    imported = {c.symbol for c in crossings if c.via is not Via.EXPORT}
    return [rows[0] for symbol, rows in sorted(prototypes.items()) if symbol not in defined and symbol not in imported]


def _mostly_exports(file: FileFacts, exports: frozenset[str]) -> bool:
    declared = {d.symbol for d in file.declarations if d.role is Role.PROTOTYPE}
    return 2 * len(declared & exports) >= len(declared)


def _reason(crossing: Crossing) -> str:
    if crossing.status is Status.ORPHAN:
        return "extern item: no C declares or defines it, though its neighbours are defined here"
    if crossing.status is Status.BUILD_MADE:
        return ""
    if crossing.via is Via.EXPORT and crossing.direction is Direction.C_TO_RUST and crossing.symbol.isidentifier():
        called = any(use.language != "rust" for use in crossing.uses)
        declared = any(anchor.role is Role.PROTOTYPE for anchor in crossing.foreign)
        if not called and not declared:
            return "export: no C in this tree declares or calls it"
    return ""
