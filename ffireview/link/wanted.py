"""Rust facts in, the names to look for in C out."""

import re

from msgspec import Struct

from ffireview.link.resolve import Resolver
from ffireview.model.facts import Declaration, Entity, FileFacts, ReferenceRole, Role

HELPER_PREFIXES = ("rust_helper_", "__rust_helper_")
"""What a build step strips from C wrappers of inline functions: the kernel's, in both spellings."""

FIELD = re.compile(r"^field (\w+) of (?:\w+::)*(\w+)")
TYPED = re.compile(r"^typed (?:\w+::)*(\w+)$")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


class Names(Struct, frozen=True):
    """Names that cross, by what must be found of them."""

    declared: frozenset[str]
    used: frozenset[str]
    types: frozenset[str]


def names_that_cross(facts: dict[str, FileFacts], resolver: Resolver, made: list[tuple[str, Declaration]]) -> Names:
    """The names whose C side matters. `made` are declarations that macros make."""
    declared: set[str] = set()
    used: set[str] = set()
    types: set[str] = set()
    for path, file in facts.items():
        for declaration in file.declarations:
            _declaration_names(declaration, declared, used)
        for reference in file.references:
            if found := FIELD.match(reference.context):
                types.add(found[2])
            elif found := TYPED.match(reference.context):
                types.add(found[1])
            if reference.role is ReferenceRole.TYPE:
                continue
            meaning = resolver.meaning(path, reference)
            if meaning and meaning.binding:
                declared.add(meaning.binding)
    for _, declaration in made:
        _declaration_names(declaration, declared, used)
    declared |= {prefix + name for name in declared for prefix in HELPER_PREFIXES[:1]}
    keep = {n for n in declared if _IDENTIFIER.fullmatch(n)}
    return Names(frozenset(keep), frozenset(n for n in used if _IDENTIFIER.fullmatch(n)), frozenset(types))


def _declaration_names(declaration: Declaration, declared: set[str], used: set[str]) -> None:
    if declaration.macro is not None and declaration.symbol.startswith("$"):
        return
    if declaration.role is Role.IMPORT and declaration.entity is not Entity.TYPE:
        (used if declaration.entity is Entity.STATIC else declared).add(declaration.symbol)
    elif declaration.role is Role.EXPORT:
        declared.add(declaration.symbol)
        used.add(declaration.symbol)
