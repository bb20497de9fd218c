"""Operations that only the whole program can tell: calls of unsafe functions, uses of mutable statics."""

from collections import defaultdict
from collections.abc import Iterator

from ffireview.link.layout import Layout
from ffireview.model.facts import FileFacts, Operation, SiteFact, SiteKind


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
    for path, rows in sorted(ids.items()):
        root = layout.place(path).root
        names = unsafe_names[root] - safe_names[root]
        for fact, identity in rows:
            known = {operation.at for _, operation in crossed.get(identity, ())}
            for call in fact.calls if _is_unsafe_code(fact) else ():
                if call.name in names and call.at not in known:
                    yield identity, Operation("unsafe-call", call.name, call.at)


def _is_unsafe_code(fact: SiteFact) -> bool:
    return fact.kind is SiteKind.UNSAFE_BLOCK or fact.unsafe
