"""`ffireview diff`: what a change does to unsafe code and to the boundary."""

import os
from typing import Any

import click
from msgspec.structs import replace

from ffireview.audit import questions_of
from ffireview.cli import formats as known_formats
from ffireview.cli.changing import Changed, Range, compared
from ffireview.cli.failures import exit_code
from ffireview.cli.output import Target, options, targets, width, write_lines
from ffireview.cli.reading import audits_of
from ffireview.cli.settings import Asked, Settings, filter_options
from ffireview.cli.thresholds import fail_on_option, reached
from ffireview.config import NEW
from ffireview.model.comparison import Change, Comparison
from ffireview.pipeline import quotes
from ffireview.reporters import changes
from ffireview.reporters.material import Material
from ffireview.reporters.results import needs_eyes, places, results_of_changes
from ffireview.rules import catalogue

FORMATS = (changes.NAME, *known_formats.names(known_formats.CHANGES))
_COUNTS = frozenset({Change.NEW, Change.CHANGED, Change.AFFECTED})


@click.command()
@click.argument("range_", metavar="[BASE[..HEAD]]", default="")
@click.argument("path", default=".")
@click.option("--staged", is_flag=True, help="What is staged, against HEAD.")
@click.option("--patch", metavar="FILE", help="A patch or mailed series (- reads stdin), laid on BASE or HEAD.")
@click.option("--top", type=click.IntRange(0), default=15, show_default=True, help="How many entries to show.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help=f"One of {', '.join(FORMATS)}; may repeat."
)
@fail_on_option(NEW)
@filter_options
@click.option("--no-cache", is_flag=True, help="Read everything anew; keep nothing.")
@options
@click.pass_context
def diff(
    context: click.Context, /, range_: str, path: str, staged: bool, patch: str | None, top: int,
    formats: tuple[str, ...], no_cache: bool, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """What a change really does to unsafe code and to the boundary with C.

    BASE..HEAD compares two revisions, BASE...HEAD what HEAD did since the two parted, BASE the working tree with a
    revision; without any, the working tree with HEAD. Neither the working tree nor a ref is touched. Settings and
    baseline are those of the older side: what a change brings does not decide how it is reviewed.
    """
    wanted = targets(formats, FORMATS)
    others = [target for target in wanted if target.format != changes.NAME]
    with compared(path, Range(range_, staged, patch), Asked(**asked), jobs, quiet, cached=not no_cache) as change:
        held, totals = change.settings, change.review.program.totals
        audits, problems = audits_of(change.before, change.review, change.after, held.today)
        found = replace(change.comparison, audits=audits, problems=(*change.comparison.problems, *problems))
        about = os.path.basename(os.path.realpath(path))
        asked_for = Material(filter=held.filter, totals=totals, top=top, about=about)
        material = _with_code(asked_for, found, change, others) if others else asked_for
    view = changes.ChangesView(top, width(), verbose, held.filter)
    for target in wanted:
        if target.format == changes.NAME:
            write_lines(changes.render_changes(found, view), target, color)
    known_formats.write_changes(found, material, others)
    context.exit(exit_code(totals, found.problems, found=_reached(found, held)))


def _with_code(asked: Material, found: Comparison, change: Changed, targets: list[Target]) -> Material:
    """What reports are told beside the comparison: the catalogue, the lines of what they list, the questions of what
    needs eyes."""
    rules = tuple(flaw.rule for flaw in catalogue())
    listed = quotes(change.after, places(results_of_changes(found, asked)))
    sites = [entry.after for entry in found.entries if needs_eyes(entry) and entry.after is not None]
    questions = questions_of(change.review, sites) if known_formats.asks(targets) else {}
    return replace(asked, rules=rules, quotes=listed, questions=questions)


def _reached(found: Comparison, held: Settings) -> bool:
    entries = [entry for entry in found.entries if entry.change in _COUNTS]
    findings = [finding for finding in found.findings if held.filter.passes(finding)]
    new = any(entry.change is Change.NEW for entry in entries)
    return reached(held.fail_on, [entry.risk_after for entry in entries], findings, new=new)
