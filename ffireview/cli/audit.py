"""`ffireview audit`: what people recorded about sites, and what of it still holds."""

import os
from typing import Any, NamedTuple

import click

from ffireview.audit.ledger import FOLDER, read_policy, shortfalls
from ffireview.audit.ledger.policy import BYTES, PATH, Authors, Policy
from ffireview.cli.confirming import confirm
from ffireview.cli.failures import INCOMPLETE, USAGE, Failure, exit_code
from ffireview.cli.inside import folder_of, inside
from ffireview.cli.keeping import remove
from ffireview.cli.output import Target, options, targets, width, write_lines, write_text
from ffireview.cli.reading import REVISION, audits_of, open_path, read_review
from ffireview.cli.settings import Asked, read_file, today_option
from ffireview.cli.settings import told as words_of
from ffireview.cli.signing import sign
from ffireview.model.ledger import Audited, State
from ffireview.model.place import Problem
from ffireview.model.program import Site
from ffireview.model.review import Review
from ffireview.reporters import json
from ffireview.reporters.audits import cyclonedx, intoto, markdown
from ffireview.reporters.audits.terminal import render_shortfalls, render_status
from ffireview.reporters.styled import harmless
from ffireview.sources.people import writers
from ffireview.sources.repository import RevisionError, find, resolve

_TERMINAL = "terminal"
_EXPORTS = (cyclonedx.NAME, intoto.NAME)


@click.group()
def audit() -> None:
    """Verdicts of people on sites, kept in the tree under .ffireview/audits, and what of them still holds."""


audit.add_command(sign)
audit.add_command(confirm)


class _Read(NamedTuple):
    review: Review
    entries: tuple[Audited, ...]
    problems: tuple[Problem, ...]
    """Of the ledger."""


def _read(path: str, rev: str | None, said: Asked, jobs: int | None, quiet: bool) -> _Read:
    snapshot = open_path(path, rev)
    result, held = read_review(snapshot, said, jobs, quiet)
    return _Read(result, *audits_of(snapshot, result, snapshot, held.today))


def _code(read: _Read, *, found: bool) -> int:
    """The exit code: a ledger that could not be read whole is an incomplete run."""
    code = exit_code(read.review.program.totals, read.review.program.problems, found=found)
    return INCOMPLETE if read.problems and code in (0, 1) else code


@audit.command()
@click.argument("path", default=".")
@click.option("-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help="terminal or json; may repeat.")
@REVISION
@today_option
@options
@click.pass_context
def status(
    context: click.Context, /, path: str, formats: tuple[str, ...], rev: str | None, color: str, jobs: int | None,
    quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """What became of each entry: which still count, which are stale and why. -v lists those that hold, too."""
    wanted = targets(formats, (_TERMINAL, json.NAME))
    read = _read(path, rev, Asked(**asked), jobs, quiet)
    sites = len(read.review.program.sites)
    for target in wanted:
        if target.format == json.NAME:
            write_text(json.render_audits(read.entries, read.problems), target)
        else:
            lines = render_status(read.entries, sites, read.problems, width=width(), verbose=verbose)
            write_lines(lines, target, color)
    context.exit(_code(read, found=False))


@audit.command()
@click.argument("path", default=".")
@click.option("--policy", metavar="FILE", help=f"Default: {PATH} of the tree, or of --base.")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FMT[:PATH]", help="terminal or markdown; may repeat."
)
@click.option("--base", metavar="REV", help="Take the policy from this revision: a change must not bring its own.")
@REVISION
@today_option
@options
@click.pass_context
def verify(
    context: click.Context, /, path: str, policy: str | None, formats: tuple[str, ...], base: str | None,
    rev: str | None, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Exit 1 when a site lacks what the policy wants: which risk, how many people, not its author.

    Exit codes: 0 all settled, 1 not, 2 usage or policy, 3 an entry or part of the tree could not be read.
    """
    asked_for = targets(formats, (_TERMINAL, markdown.NAME))
    wanted = _policy(path, policy, base, rev)
    read = _read(path, rev, Asked(**asked), jobs, quiet)
    found = shortfalls(wanted, read.review, read.entries, _authors(path, rev) if wanted.asks_authors else _nobody)
    for target in asked_for:
        if target.format == markdown.NAME:
            write_text(markdown.render(found), target)
        else:
            write_lines(render_shortfalls(found, width=width()), target, color)
    for problem in read.problems:
        click.echo(f"ffireview: {words_of(problem)}", err=True)
    context.exit(_code(read, found=bool(found)))


def _policy(path: str, named: str | None, base: str | None, rev: str | None) -> Policy:
    if named is not None and base is not None:
        raise Failure("--policy names a file of this machine, --base a revision: one of them", USAGE)
    if named is not None:
        found = read_policy(named, read_file(named, BYTES))
    else:
        source = open_path(path, base or rev).read(PATH)
        found = source if isinstance(source, Problem) else read_policy(PATH, source)
    if isinstance(found, Problem):
        where = f" (in {base})" if base else ""
        raise Failure(words_of(found) + where, USAGE)
    return found


def _nobody(_: Site) -> frozenset[str]:
    return frozenset()


def _authors(path: str, rev: str | None) -> Authors:
    """Who wrote the lines of a site, as of a commit."""
    try:
        place = find(path)
        revision = resolve(place.repository, rev or "HEAD")
    except RevisionError as error:
        raise Failure(f"the policy asks who wrote the code: {error}", USAGE) from error
    if revision.commit is None:
        raise Failure(f"the policy asks who wrote the code, and {rev} names no commit", USAGE)
    commit = revision.commit.hash

    def authors(site: Site) -> frozenset[str]:
        return writers(place.store, commit, place.inside(site.span.path), site.span.line, site.span.end_line)

    return authors


@audit.command()
@click.argument("path", default=".")
@click.option("-f", "--format", "form", type=click.Choice(_EXPORTS), default=cyclonedx.NAME, show_default=True)
@click.option("-o", "--output", metavar="FILE", default="", help="Default: standard output.")
@REVISION
@today_option
@options
@click.pass_context
def export(
    context: click.Context, /, path: str, form: str, output: str, rev: str | None, color: str, jobs: int | None,
    quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """The ledger for other programs: CycloneDX declarations, or an in-toto statement about a commit (with --rev)."""
    subject = os.path.basename(os.path.realpath(path))
    if form == intoto.NAME:
        commit = _commit(path, rev)
    read = _read(path, rev, Asked(**asked), jobs, quiet)
    if form == intoto.NAME:
        text = intoto.render(subject, commit, read.entries)
    else:
        text = cyclonedx.render(subject, read.entries)
    write_text(text, Target(form, output))
    context.exit(_code(read, found=False))


def _commit(path: str, rev: str | None) -> str:
    if rev is None:
        raise Failure("a statement is about a commit: --rev HEAD", USAGE)
    try:
        revision = resolve(find(path).repository, rev)
    except RevisionError as error:
        raise Failure(str(error), USAGE) from error
    if revision.commit is None:
        raise Failure(f"{rev} names no commit", USAGE)
    return revision.commit.hash


@audit.command()
@click.argument("path", default=".")
@click.option("-n", "--dry-run", is_flag=True, help="Only tell what is gone.")
@today_option
@options
@click.pass_context
def prune(
    context: click.Context, /, path: str, dry_run: bool, color: str, jobs: int | None, quiet: bool, verbose: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """Remove the entries whose sites are gone, and tell them. Stale entries stay: they are drafts to confirm."""
    snapshot = folder_of(path, "a ledger")
    read = _read(path, None, Asked(**asked), jobs, quiet)
    gone = [one for one in read.entries if one.state is State.ORPHANED]
    for one in gone:
        click.echo(f"gone: {harmless(one.file)}  {harmless(one.entry.path)}  {harmless(one.entry.owner)}")
        if not dry_run:
            remove(inside(snapshot, one.file))
    kept = len(read.entries) - len(gone)
    click.echo(f"{FOLDER}: {len(gone)} gone{' (not removed)' if gone and dry_run else ''}, {kept} kept", err=True)
    context.exit(_code(read, found=False))
