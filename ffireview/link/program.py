"""All file facts in, one program out."""

from collections import defaultdict
from collections.abc import Iterator

from ffireview.link.agree import Judge
from ffireview.link.crossings import Linker, SiteLookup
from ffireview.link.effects import crossing_effects
from ffireview.link.layout import Layout, area
from ffireview.link.layouts import Layouts
from ffireview.link.orphans import orphans
from ffireview.link.resolve import Resolver
from ffireview.link.sites import build_sites, identities
from ffireview.link.types.shapes import LP64, DataModel
from ffireview.link.types.tables import CTypes, Defined, RustTypes
from ffireview.link.whole import whole_program_operations
from ffireview.model.facts import Declaration, FileFacts, Operation
from ffireview.model.place import Problem, Range, Span
from ffireview.model.program import Direction, FileCode, Program, Totals
from ffireview.model.suppression import Suppression


def link_program(
    rust: dict[str, FileFacts],
    foreign: dict[str, FileFacts],
    made: list[tuple[str, Declaration]],
    layout: Layout,
    resolver: Resolver,
    c_types: list[Defined],
    problems: tuple[Problem, ...],
    totals: Totals,
    model: DataModel = LP64,
) -> Program:
    """Join the facts of both languages."""
    ids = identities(rust, layout)
    lookup = SiteLookup(ids)
    crossings = Linker(rust, foreign, made, layout, resolver, lookup).crossings()
    c_table = CTypes(c_types)
    rust_types = _rust_types(rust)
    rust_table = RustTypes(rust_types, _renamed(rust), layout, c_table)
    judge = Judge(c_table, rust_table, model, layout.is_gated)
    crossings = tuple(crossing_effects((judge.judged(crossing) for crossing in crossings), foreign))
    crossed: dict[str, list[tuple[str, Operation]]] = defaultdict(list)
    for crossing in crossings:
        if crossing.direction is Direction.C_TO_RUST:
            continue
        for use in crossing.uses:
            if use.site and use.role == "call":
                at = Range(use.span.line, use.span.column, use.span.end_line, use.span.end_column)
                crossed[use.site].append((crossing.symbol, Operation("ffi-call", crossing.symbol, at)))
    for identity, operation in whole_program_operations(rust, layout, ids, crossed):
        crossed[identity].append(("", operation))
    types = Layouts(c_table, rust_table, model).agreements(rust_types, crossings)
    sites = tuple(sorted(build_sites(rust, layout, ids, crossed), key=lambda s: (s.span, s.kind)))
    return Program(
        sites,
        crossings,
        orphans(crossings, foreign),
        tuple(sorted(problems)),
        totals,
        types,
        tuple(_code(rust, layout)),
        tuple(sorted(_suppressions(rust | foreign), key=lambda s: s.span)),
    )


def _suppressions(files: dict[str, FileFacts]) -> Iterator[Suppression]:
    for path, file in files.items():
        for fact in file.suppressions:
            yield Suppression(
                Span.of(path, fact.at), fact.verb, fact.rules, fact.reason, fact.options, fact.line, fact.end_line
            )


def _code(rust: dict[str, FileFacts], layout: Layout) -> Iterator[FileCode]:
    for path, file in sorted(rust.items()):
        place, test = layout.place(path), path in layout.test_files
        where, _ = area(path, test=test, generated=file.generated, build_scripts=layout.build_scripts)
        yield FileCode(path, place.crate, place.module, where, file.bodies, file.impls, file.traits, file.types)


def _rust_types(rust: dict[str, FileFacts]) -> list[Defined]:
    return [Defined(path, fact) for path, file in sorted(rust.items()) for fact in file.types]


def _renamed(rust: dict[str, FileFacts]) -> list[tuple[str, str, str]]:
    """Every `use a::b as c` of the tree: file, new name, target."""
    return [
        (path, alias.name, alias.target)
        for path, file in sorted(rust.items())
        for alias in file.aliases
        if alias.name not in ("*", "_") and alias.target.rsplit("::", 1)[-1] != alias.name
    ]
