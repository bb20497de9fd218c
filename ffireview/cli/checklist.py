"""`ffireview checklist`: what a person is to establish about each site, with what was found for it."""

from typing import Any

import click

from ffireview.audit import checklist as sheets_of
from ffireview.audit import checklist_of_change
from ffireview.audit.checklist import Wanted
from ffireview.cli.changing import Range, compared
from ffireview.cli.failures import USAGE, Failure, exit_code
from ffireview.cli.naming import find_site
from ffireview.cli.output import options, targets, write_text
from ffireview.cli.reading import REVISION, open_path, read_review
from ffireview.cli.settings import Asked, filter_options
from ffireview.model.checklist import Checklist
from ffireview.model.place import Problem
from ffireview.model.program import Area, Totals
from ffireview.reporters import json
from ffireview.reporters.checklist import html, markdown, toml

_RENDERERS = {
    markdown.NAME: markdown.render,
    html.NAME: html.render,
    toml.NAME: toml.render,
    json.NAME: json.render_checklist,
}
FORMATS = tuple(_RENDERERS)


@click.command()
@click.argument("path", default=".")
@click.option("--diff", "range_", metavar="[BASE[..HEAD]]", help="Only what a change brings, touches or reaches.")
@click.option("--staged", is_flag=True, help="With what is staged, against HEAD.")
@click.option("--patch", metavar="FILE", help="With a patch or mailed series (- reads stdin), laid on BASE or HEAD.")
@click.option("--site", "sites", multiple=True, metavar="SITE", help="Only this site: id, place or name; may repeat.")
@click.option("--top", type=click.IntRange(0), default=15, show_default=True, help="How many sites get a sheet.")
@click.option("--area", "areas", multiple=True, type=click.Choice([a.value for a in Area]), help="Only these areas.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help=f"One of {', '.join(FORMATS)}; may repeat."
)
@filter_options
@REVISION
@options
@click.pass_context
def checklist(
    context: click.Context, /, path: str, range_: str | None, staged: bool, patch: str | None, sites: tuple[str, ...],
    top: int, areas: tuple[str, ...], formats: tuple[str, ...], rev: str | None, color: str, jobs: int | None,
    quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Questions about the sites of PATH, riskiest first: those of what each site does, seven on the screen.

    What the text shows is filled in and marked as found. It is never an answer: that is a person's. With --diff,
    --staged or --patch, the sites of a change. The format toml is to be filled in and signed (`audit sign --from`).
    """
    wanted = targets(formats or (markdown.NAME,), FORMATS)
    limits, said = Wanted(top, tuple(Area(area) for area in areas)), Asked(**asked)
    if range_ is not None or staged or patch is not None:
        if rev is not None:
            raise Failure("--rev names one snapshot; a range is --diff BASE..HEAD", USAGE)
        change = Range(range_ or "", staged, patch)
        found, totals, problems = _of_change(path, change, limits, sites, said, jobs, quiet)
    else:
        found, totals, problems = _of_tree(path, rev, limits, sites, said, jobs, quiet)
    for target in wanted:
        write_text(_RENDERERS[target.format](found), target)
    context.exit(exit_code(totals, problems, found=False))


_Found = tuple[Checklist, Totals, tuple[Problem, ...]]


def _of_tree(
    path: str, rev: str | None, limits: Wanted, sites: tuple[str, ...], said: Asked, jobs: int | None, quiet: bool
) -> _Found:
    snapshot = open_path(path, rev)
    result, _ = read_review(snapshot, said, jobs, quiet)
    limits = limits._replace(sites=tuple(find_site(result.program.sites, site).id for site in sites))
    subject = path if rev is None else f"{path} at {rev}"
    return sheets_of(result, snapshot, subject, limits), result.program.totals, result.program.problems


def _of_change(
    path: str, change: Range, limits: Wanted, sites: tuple[str, ...], said: Asked, jobs: int | None, quiet: bool
) -> _Found:
    with compared(path, change, said, jobs, quiet) as changed:
        result = changed.review
        limits = limits._replace(sites=tuple(find_site(result.program.sites, site).id for site in sites))
        found = checklist_of_change(changed.comparison, result, changed.after, limits)
        return found, result.program.totals, changed.comparison.problems
