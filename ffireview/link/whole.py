"""Operations that only the whole program can tell: calls of unsafe functions, uses of mutable statics."""

from collections import defaultdict
from collections.abc import Iterator

from ffireview.link.crossings import SiteLookup
from ffireview.link.layout import Layout
from ffireview.model.facts import FileFacts, Operation, ReferenceRole, SiteFact, SiteKind


def whole_program_operations(
    facts: dict[str, FileFacts],
    layout: Layout,
    ids: dict[str, list[tuple[SiteFact, str]]],
    crossed: dict[str, list[tuple[str, Operation]]],
) -> Iterator[tuple[str, Operation]]:
    """(site id, operation) for calls, inside unsafe code, of functions that the same crate declares unsafe."""
    unsafe_names: dict[str, set[str]] = defaultdict(set)
    safe_names: dict[str, set[str]] = defaultdict(set)
    for path, file in facts.items():
        root = layout.place(path).root
        for function in file.functions:
            (unsafe_names if function.unsafe else safe_names)[root].add(function.name)
    lookup = SiteLookup(ids)
    known = {(identity, operation.at) for identity, rows in crossed.items() for _, operation in rows}
    kinds = {identity: fact for rows in ids.values() for fact, identity in rows}
    for path, file in sorted(facts.items()):
        root = layout.place(path).root
        names = unsafe_names[root] - safe_names[root]
        for reference in file.references:
            name = reference.path.rsplit("::", 1)[-1]
            if reference.role is not ReferenceRole.CALL or name not in names:
                continue
            identity = lookup.find(path, reference)
            if identity and (identity, reference.at) not in known and _is_unsafe_code(kinds[identity]):
                yield identity, Operation("unsafe-call", name, reference.at)


def _is_unsafe_code(fact: SiteFact) -> bool:
    return fact.kind is SiteKind.UNSAFE_BLOCK or fact.unsafe
