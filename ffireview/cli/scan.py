"""`ffireview scan`: the ranked list."""

import click
from msgspec.structs import replace

from ffireview.cli import formats as known
from ffireview.cli.failures import exit_code
from ffireview.cli.output import options, targets, width, write_lines
from ffireview.cli.reading import REVISION, open_path, read_review
from ffireview.model.finding import Persona
from ffireview.model.program import Area
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline import quotes
from ffireview.reporters import terminal
from ffireview.reporters.material import Material
from ffireview.reporters.results import places, results_of
from ffireview.rules import catalogue
from ffireview.score.sum import bands

FORMATS = (terminal.NAME, *known.names(known.SCAN))


@click.command()
@click.argument("path", default=".")
@click.option("--top", type=click.IntRange(0), default=15, show_default=True, help="How many sites to show.")
@click.option("--area", "areas", multiple=True, type=click.Choice([a.value for a in Area]), help="Only these areas.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help=f"One of {', '.join(FORMATS)}; may repeat."
)
@click.option(
    "--fail-on",
    type=click.Choice(["none", *bands()]),
    default="none",
    show_default=True,
    help="Exit 1 at or above this risk.",
)
@click.option(
    "--persona",
    type=click.Choice([p.value for p in Persona]),
    default=Persona.REGULAR.value,
    show_default=True,
    help="Which findings to show: regular is quiet.",
)
@click.option(
    "--sites",
    type=click.Choice(["none", *bands()]),
    default="none",
    show_default=True,
    help="In reports of findings, list sites from this risk on too.",
)
@REVISION
@options
@click.pass_context
def scan(
    context: click.Context, path: str, top: int, areas: tuple[str, ...], formats: tuple[str, ...], fail_on: str,
    persona: str, sites: str, rev: str | None, color: str, data_model: str, jobs: int | None, quiet: bool,
    verbose: bool,
) -> None:  # fmt: skip
    """Every unsafe site of PATH, riskiest first, with the reasons.

    Exit codes: 0 done, 1 something at or above --fail-on, 2 usage, 3 part of the tree could not be read,
    4 no Rust or C.
    """
    wanted = targets(formats, FORMATS)
    snapshot = open_path(path, rev)
    result = read_review(snapshot, jobs, quiet, data_model)
    view = terminal.View(top, tuple(Area(a) for a in areas), width(), verbose, Persona(persona))
    for target in wanted:
        if target.format == terminal.NAME:
            write_lines(terminal.render(result, view), target, color)
    others = [target for target in wanted if target.format != terminal.NAME]
    if others:
        asked = Material(persona=view.persona, areas=view.areas, sites_at=bands().get(sites), top=top)
        known.write_review(result, _with_code(asked, result, snapshot), others)
    rows = zip(result.scores, result.program.sites, strict=True)
    worst = max((score.value for score, site in rows if not view.areas or site.area in view.areas), default=0)
    threshold = bands().get(fail_on)
    found = threshold is not None and worst >= threshold
    context.exit(exit_code(result.program.totals, result.program.problems, found=found))


def _with_code(asked: Material, result: Review, snapshot: Snapshot) -> Material:
    """What reports are told: the catalogue, and the lines of what they list."""
    rules = tuple(flaw.rule for flaw in catalogue())
    return replace(asked, rules=rules, quotes=quotes(snapshot, places(results_of(result, asked))))
