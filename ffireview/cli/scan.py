"""`ffireview scan`: the ranked list."""

import os
from typing import Any

import click
from msgspec.structs import replace

from ffireview.audit import questions_of
from ffireview.cli import formats as known
from ffireview.cli.failures import exit_code
from ffireview.cli.output import Target, options, targets, width, write_lines
from ffireview.cli.reading import REVISION, open_path, read_review, with_audits
from ffireview.cli.settings import Asked, filter_options
from ffireview.cli.thresholds import fail_on_option, reached
from ffireview.model.program import Area
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline import quotes, windows
from ffireview.reporters import terminal
from ffireview.reporters.findings import shown
from ffireview.reporters.material import Material
from ffireview.reporters.results import places, results_of
from ffireview.rules import catalogue
from ffireview.score.table import bands

FORMATS = (terminal.NAME, *known.names(known.SCAN))


@click.command()
@click.argument("path", default=".")
@click.option("--top", type=click.IntRange(0), default=15, show_default=True, help="How many sites to show.")
@click.option("--area", "areas", multiple=True, type=click.Choice([a.value for a in Area]), help="Only these areas.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help=f"One of {', '.join(FORMATS)}; may repeat."
)
@fail_on_option()
@filter_options
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
    context: click.Context, /, path: str, top: int, areas: tuple[str, ...], formats: tuple[str, ...], sites: str,
    rev: str | None, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Every unsafe site of PATH, riskiest first, with the reasons, and what the rules find.

    Exit codes: 0 done, 1 something at or above --fail-on, 2 usage, 3 part of the tree could not be read,
    4 no Rust or C.
    """
    wanted, said = targets(formats, FORMATS), Asked(**asked)
    snapshot = open_path(path, rev)
    result, settings = read_review(snapshot, said, jobs, quiet)
    result = with_audits(result, snapshot, settings.today)
    view = terminal.View(top, tuple(Area(a) for a in areas), width(), verbose, settings.filter, said.narrows)
    for target in wanted:
        if target.format == terminal.NAME:
            write_lines(terminal.render(result, view), target, color)
    others = [target for target in wanted if target.format != terminal.NAME]
    if others:
        about = " at ".join(filter(None, [os.path.basename(os.path.realpath(path)), rev]))
        material = Material(filter=view.filter, areas=view.areas, sites_at=bands().get(sites), top=top, about=about)
        known.write_review(result, _with_code(material, result, snapshot, others), others)
    rows = zip(result.scores, result.program.sites, strict=True)
    risks = [score.value for score, site in rows if not view.areas or site.area in view.areas]
    found = reached(settings.fail_on, risks, shown(result, view.filter, view.areas))
    context.exit(exit_code(result.program.totals, result.program.problems, found=found))


def _with_code(asked: Material, result: Review, snapshot: Snapshot, targets: list[Target]) -> Material:
    """What reports are told: the catalogue, the lines of what they list, the questions of each site."""
    rules = tuple(flaw.rule for flaw in catalogue())
    listed = quotes(snapshot, places(results_of(result, asked)))
    shown = windows(snapshot, known.windows_of(result, asked, targets))
    sites = [site for site in result.program.sites if not asked.areas or site.area in asked.areas]
    questions = questions_of(result, sites) if known.asks(targets) else {}
    return replace(asked, rules=rules, quotes=listed, windows=shown, questions=questions)
