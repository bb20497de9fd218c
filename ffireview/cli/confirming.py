"""`ffireview audit confirm`: entries whose own code is as it was, signed anew with the answers that they have."""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import click

from ffireview import __version__
from ffireview.audit.ledger import Hasher, confirmed
from ffireview.audit.ledger.states import CONFIRMABLE, changed_hashes
from ffireview.audit.ledger.successors import successors
from ffireview.cli.failures import CLEAN, FOUND, INCOMPLETE, USAGE, Failure
from ffireview.cli.inside import folder_of
from ffireview.cli.keeping import keep, signer
from ffireview.cli.naming import find_site
from ffireview.cli.output import Target, options, width, write_lines
from ffireview.cli.reading import audits_of, open_path, read_review
from ffireview.cli.settings import Asked, today_option
from ffireview.cli.settings import told as words_of
from ffireview.model.ledger import Audited, Kept, State, address
from ffireview.model.program import Site
from ffireview.model.review import Review
from ffireview.reporters.audits.changed import render_changed
from ffireview.reporters.styled import Line
from ffireview.sources.history import last_change
from ffireview.sources.repository import RevisionError, find, resolve

_DAY = click.DateTime(["%Y-%m-%d"])
_Lines = dict[str, dict[str, list[str]]]
_Older = Callable[[Audited], _Lines]


class _Now(NamedTuple):
    """The tree as it is."""

    review: Review
    hasher: Hasher
    sites: dict[str, Site]
    today: date


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--in", "path", default=".", metavar="PATH", help="The tree; default: the working folder.")
@click.option("--state", "states", multiple=True, type=click.Choice([one.value for one in CONFIRMABLE]),
              help="All entries of this state; may repeat.")  # fmt: skip
@click.option("--since", metavar="REV", help="Show changes since this revision; default: since an entry was committed.")
@click.option("--yes", is_flag=True, help="Ask nothing; with SITE or --state.")
@click.option("--by", metavar="PERSON", help='"Jane D <jane@example.org>"; default: git\'s user.')
@click.option("--expires", type=_DAY, metavar="DATE", help="Default: as long from today as the entry counted.")
@today_option
@options
@click.pass_context
def confirm(
    context: click.Context, /, sites: tuple[str, ...], path: str, states: tuple[str, ...], since: str | None, yes: bool,
    by: str | None, expires: datetime | None, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Sign entries of yours anew whose own code is as it was: what stands around them changed, they moved or expired.

    Each is shown with what changed and keeps verdict, answers, conditions and evidence. Where the site itself changed
    (stale-code), sign anew. Exit code 1: some were left as they are.
    """
    if yes and not (sites or states):
        raise Failure("--yes wants to know what: SITE.. or --state", USAGE)
    if not yes and not sys.stdin.isatty():
        raise Failure("no terminal to ask in: give --yes", USAGE)
    who, snapshot = signer(by, path), folder_of(path, "a ledger")
    result, held = read_review(snapshot, Asked(**asked), jobs, quiet)
    hasher = Hasher(result.program, snapshot)
    now = _Now(result, hasher, {site.id: site for site in result.program.sites}, held.today)
    entries, problems = audits_of(snapshot, result, snapshot, held.today)
    mine = [one for one in entries if address(one.entry.by) == address(who)]
    wanted = _wanted(mine, sites, frozenset(map(State, states)), now)
    older = _older(path, since, Asked(**asked), jobs) if not yes or since else _unknown
    left = 0
    for at, one in enumerate(wanted, 1):
        if not yes or since or verbose:
            write_lines(_told(one, now, older(one), f"{at} of {len(wanted)}"), Target("terminal", ""), color)
        if yes or click.confirm("As it was concluded?", default=False):
            site = now.sites[one.site]
            last = expires.date().isoformat() if expires else _as_long(one, now.today)
            entry = confirmed(
                one.entry, site, hasher, by=who, at=now.today.isoformat(), tool=f"ffireview {__version__}",
                risk=one.risk, expires=last,
            )  # fmt: skip
            keep(snapshot, entry, site, [one.file])
        else:
            left += 1
    if not wanted:
        click.echo(f"nothing to confirm; {len(entries) - len(mine)} entries are of others", err=True)
    for problem in problems:
        click.echo(f"ffireview: {words_of(problem)}", err=True)
    context.exit(INCOMPLETE if problems else FOUND if left else CLEAN)


def _told(one: Audited, now: _Now, before: _Lines, count: str) -> list[Line]:
    site = now.sites[one.site]
    lines, differing = now.hasher.lines(site), changed_hashes(one.entry.hashes, now.hasher.hashes(site))
    return render_changed(one, site, before, {name: lines[name] for name in differing}, count, width())


def _wanted(entries: list[Audited], names: tuple[str, ...], states: frozenset[State], now: _Now) -> list[Audited]:
    """What is to be confirmed, riskiest first. All are found before the first is signed."""
    named = dict.fromkeys(find_site(now.review.program.sites, name).id for name in names)
    for id_, name in zip(named, names, strict=False):
        mine = [one for one in entries if one.site == id_]
        if not mine:
            raise Failure(f"{name}: no entry of yours; `ffireview audit sign {name}`", USAGE)
        if not any(one.state in CONFIRMABLE or one.state is State.VALID for one in mine):
            raise Failure(f"{name}: its code changed, so its answers are void; `ffireview audit sign {name}`", USAGE)
    wanted = [
        one for one in entries
        if one.state in CONFIRMABLE and (one.site in named if names else True) and (one.state in states or not states)
    ]  # fmt: skip
    return sorted(wanted, key=lambda one: (-one.risk, one.file))


def _as_long(one: Audited, today: date) -> str:
    """The last day of an entry that counts as long from today as it did from the day on which it was signed."""
    if not one.entry.expires:
        return ""
    days = date.fromisoformat(one.entry.expires) - date.fromisoformat(one.entry.at)
    return (today + max(days, timedelta(0))).isoformat()


def _unknown(_: Audited) -> _Lines:
    return {}


def _older(path: str, since: str | None, asked: Asked, jobs: int | None) -> _Older:
    """What tells the lines of an entry's site as they were: in a revision, else in the commit of the entry. Each
    revision is read once; nothing is told where there is no history."""
    try:
        place = find(path)
        head = resolve(place.repository, since or "HEAD").commit
    except RevisionError as error:
        if since is not None:
            raise Failure(str(error), USAGE) from error
        return _unknown

    @cache
    def reviewed(revision: str) -> tuple[Review, Hasher]:
        snapshot = open_path(path, revision)
        result, _ = read_review(snapshot, asked, jobs, quiet=True)
        return result, Hasher(result.program, snapshot)

    def lines(one: Audited) -> _Lines:
        revision = since or (last_change(place.store, head.hash, place.inside(one.file)) if head else "")
        if not revision:
            return {}
        result, hasher = reviewed(revision)
        site = successors([Kept(one.file, one.entry)], result.program.sites, hasher).get(one.file)
        return hasher.lines(site) if site is not None else {}

    return lines
