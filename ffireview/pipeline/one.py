"""The whole run: Rust first, then C where it matters, then a second look for what is still missing, then the join."""

from datetime import date

from ffireview.flow import Codebase
from ffireview.link.layout import Layout
from ffireview.link.macros import made_by_macros, with_foreign_items
from ffireview.link.program import link_program
from ffireview.link.resolve import Resolver
from ffireview.link.types.shapes import LP64, MODELS
from ffireview.link.wanted import names_that_cross
from ffireview.model.facts import FileFacts
from ffireview.model.program import Program, Totals
from ffireview.model.review import Review
from ffireview.model.snapshot import Listing, Snapshot
from ffireview.model.suppression import Baseline
from ffireview.pipeline.again import look_again_in_c, look_again_in_rust
from ffireview.pipeline.memory import Memory
from ffireview.pipeline.stages import (
    Mapper,
    Progress,
    Stages,
    assembly_task,
    c_task,
    files_of,
    read_manifests,
    rust_task,
    wanted_bytes,
)
from ffireview.pipeline.types import types_of_c
from ffireview.score.sum import score_sites
from ffireview.settle import settle

NO_BASELINE = Baseline()
DATA_MODELS = tuple(model.name for model in MODELS)
"""Names of the platforms' width conventions that verdicts are made for; the first is the default."""


def review(
    snapshot: Snapshot,
    run: Mapper = map,
    progress: Progress | None = None,
    data_model: str = LP64.name,
    memory: Memory | None = None,
    listing: Listing | None = None,
    today: date | None = None,
    baseline: Baseline = NO_BASELINE,
) -> Review:
    """Read a snapshot and judge it. Suppressions expire against `today`; what `baseline` has is no news. The rest is as
    for `read_program`."""
    codebase = Codebase(read_program(snapshot, run, progress, data_model, memory, listing))
    found, settled = settle(codebase, today, baseline)
    return Review(codebase.program, score_sites(codebase, found), found, settled)


def read_program(
    snapshot: Snapshot,
    run: Mapper = map,
    progress: Progress | None = None,
    data_model: str = LP64.name,
    memory: Memory | None = None,
    listing: Listing | None = None,
) -> Program:
    """Read a snapshot and join what it says, for platforms of one data model first (`LP64`, `LLP64` or `ILP32`).

    `memory` has what was read before, `listing` what the snapshot lists; they save time and change nothing."""
    model = next(m for m in MODELS if m.name == data_model)
    listing = listing or snapshot.listing()
    files = files_of(listing)
    stages = Stages(snapshot, run, progress, list(listing.problems), memory or Memory())
    manifests = read_manifests(snapshot, files.manifests, stages)
    layout = Layout([entry.path for entry in files.rust], manifests)
    stages.manifest_problems(layout.unreadable)

    rust = with_foreign_items(stages.facts(rust_task(), files.rust))
    layout.find_conditional_files(rust)
    made = made_by_macros(rust)
    rust = look_again_in_rust(stages, files, rust, made)
    resolver = Resolver(rust, layout)
    names = names_that_cross(rust, resolver, made)
    foreign = stages.facts(c_task(wanted_bytes(names)), files.c)
    declared = frozenset(name.encode() for name in names.declared)
    foreign |= stages.facts(assembly_task(declared), files.assembly)

    foreign = look_again_in_c(stages, files, rust, foreign, made, names)
    c_types = types_of_c(stages, files, rust, foreign)
    totals = _totals(rust, foreign, len(files.rust), len(files.c) + len(files.assembly))
    return link_program(rust, foreign, made, layout, resolver, c_types, tuple(stages.problems), totals, model)


def _totals(rust: dict[str, FileFacts], foreign: dict[str, FileFacts], rust_files: int, c_files: int) -> Totals:
    return Totals(
        rust_files=rust_files,
        rust_files_read=len(rust),
        c_files=c_files,
        c_files_read=len(foreign),
        keywords=sum(f.keywords for f in rust.values()),
        keywords_in_macros=sum(f.keywords_in_macros for f in rust.values()),
        keywords_structured=sum(f.keywords_structured for f in rust.values()),
    )
