"""`ffireview audit sign`: a person's verdict on sites, asked in a terminal, given by options, or read from a file."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import click

from ffireview import __version__
from ffireview.audit import checklist
from ffireview.audit.checklist import Wanted
from ffireview.audit.ledger import (
    Filled,
    Hasher,
    audited,
    entry_of,
    read_answers,
    read_ledger,
)
from ffireview.audit.ledger.answers import BYTES, fault_of_answer, faults
from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.inside import folder_of
from ffireview.cli.keeping import keep, signer
from ffireview.cli.naming import find_site
from ffireview.cli.output import options
from ffireview.cli.reading import read_review
from ffireview.cli.settings import Asked, read_file, today_option
from ffireview.cli.settings import told as words_of
from ffireview.model.checklist import Asked as Question
from ffireview.model.checklist import Sheet
from ffireview.model.ledger import Answer, Verdict, address
from ffireview.model.place import Problem
from ffireview.model.program import Site
from ffireview.model.review import Review
from ffireview.reporters.checklist.wording import MARKS, place, title
from ffireview.reporters.styled import harmless
from ffireview.sources.folder import FolderSnapshot

_DAY = click.DateTime(["%Y-%m-%d"])
_MORE = "more"


class _Given(NamedTuple):
    """What the options say."""

    verdict: str | None
    conditions: tuple[str, ...]
    evidence: tuple[str, ...]
    answers: tuple[str, ...]


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--in", "path", default=".", metavar="PATH", help="The tree; default: the working folder.")
@click.option("--from", "source", metavar="FILE", help="What was filled in of `checklist -f toml`; - is stdin.")
@click.option("--verdict", type=click.Choice([one.value for one in Verdict]), help="Ask nothing.")
@click.option("--condition", "conditions", multiple=True, metavar="TEXT", help="Under which it is sound; may repeat.")
@click.option("--evidence", multiple=True, metavar="TEXT", help="A test, a run, a document; may repeat.")
@click.option("--answer", "answers", multiple=True, metavar="ID=TEXT", help="With --verdict: an answer; may repeat.")
@click.option("--ask", is_flag=True, help="Ask even where no terminal is.")
@click.option("--by", metavar="PERSON", help='"Jane D <jane@example.org>"; default: git\'s user.')
@click.option("--expires", type=_DAY, metavar="DATE", help="The last day on which it counts.")
@click.option("--assisted-by", default="", metavar="TEXT", help="What machine helped to judge, if any.")
@today_option
@options
def sign(
    sites: tuple[str, ...], path: str, source: str | None, verdict: str | None, conditions: tuple[str, ...],
    evidence: tuple[str, ...], answers: tuple[str, ...], ask: bool, by: str | None, expires: datetime | None,
    assisted_by: str, color: str, jobs: int | None, quiet: bool, verbose: bool, **asked: Any,
) -> None:  # fmt: skip
    """Sign a verdict on each SITE (id, place or name), or on all that --from has one for.

    Each entry is one file under .ffireview/audits, named after the site and the person. An older entry of the same
    person for the site is replaced.
    """
    if bool(sites) == bool(source):
        raise Failure("name sites, or a file with --from", USAGE)
    who, snapshot = signer(by, path), folder_of(path, "a ledger")
    filled = _from_file(source) if source else ()
    result, held = read_review(snapshot, Asked(**asked), jobs, quiet)
    hasher = Hasher(result.program, snapshot)
    given = _Given(verdict, conditions, evidence, answers)
    rows = _of_file(filled, result) if source else _of_sites(sites, given, result, snapshot, ask=ask)
    risks = {score.site: score.value for score in result.scores}
    older = _older(snapshot, result, hasher, held.today)
    for site, one in rows:
        entry = entry_of(
            site, hasher, one.verdict, who, held.today.isoformat(), tool=f"ffireview {__version__}",
            answers=one.answers, conditions=one.conditions, evidence=one.evidence,
            expires=expires.date().isoformat() if expires else "", assisted_by=assisted_by, risk=risks[site.id],
        )  # fmt: skip
        keep(snapshot, entry, site, older.get((site.id, address(who)), []))


def _older(snapshot: FolderSnapshot, result: Review, hasher: Hasher, today: date) -> dict[tuple[str, str], list[str]]:
    """The files of the entries that each person has for each site, stale ones included."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in audited(read_ledger(snapshot, snapshot.listing()), result, hasher, today):
        found[one.site, address(one.entry.by)].append(one.file)
    return found


def _from_file(source: str) -> tuple[Filled, ...]:
    data = sys.stdin.buffer.read(BYTES + 1) if source == "-" else read_file(source, BYTES)
    found = read_answers(source, data)
    if isinstance(found, Problem):
        raise Failure(words_of(found), USAGE)
    if not found:
        raise Failure(f"{source}: no site has a verdict", USAGE)
    return found


def _of_file(filled: tuple[Filled, ...], result: Review) -> list[tuple[Site, Filled]]:
    """All sites are found before the first is signed."""
    return [(find_site(result.program.sites, one.site), one) for one in filled]


def _of_sites(
    names: tuple[str, ...], given: _Given, result: Review, snapshot: FolderSnapshot, *, ask: bool
) -> Iterator[tuple[Site, Filled]]:
    """Each site with what is said of it; when people are asked, each is signed before the next is asked about."""
    found = [find_site(result.program.sites, name) for name in names]
    if given.verdict is None and not ask and not sys.stdin.isatty():
        raise Failure("no terminal to ask in: give --verdict, or a file with --from", USAGE)
    for site in found:
        if given.verdict is None:
            sheet = checklist(result, snapshot, "", Wanted(sites=(site.id,))).sheets[0]
            yield site, _ask(sheet)
        else:
            yield site, _said(site, given)


def _said(site: Site, given: _Given) -> Filled:
    answers = dict(_pair(text) for text in given.answers)
    assert given.verdict is not None
    if wrong := faults(given.verdict, answers, given.conditions):
        raise Failure(wrong, USAGE)
    return Filled(site.id, Verdict(given.verdict), answers, given.conditions, given.evidence)


def _pair(text: str) -> tuple[str, str]:
    name, equals, answer = text.partition("=")
    if not equals:
        raise Failure(f"{text!r} is no ID=TEXT", USAGE)
    return name.strip(), answer.strip()


def _ask(sheet: Sheet) -> Filled:
    """Ask the questions that are for the screen, the others if wanted, then for the verdict."""
    click.echo(f"\n{harmless(title(sheet))}  {harmless(str(sheet.site.span))}  risk {sheet.score.value}")
    for number, row in enumerate(sheet.code.rows, sheet.code.line):
        click.echo(f"{number:>6}  {harmless(row)}")
    for peer in sheet.peers:
        for side in (*peer.rust, *peer.foreign):
            click.echo(f"  {side.language:<5} {harmless(side.text)}  {harmless(str(side.span))}")
        for one in peer.does:
            click.echo(f"        does: {harmless(one.text)}  {harmless(place(one))}")
    words = ", ".join(one.value for one in Answer)
    click.echo(f"Answers: {words}, or the first letter, with `: reason` where you like; empty passes.")
    shown, folded = sheet.questions[: sheet.shown], sheet.questions[sheet.shown :]
    answers = _answered(shown)
    if folded and click.confirm(f"{len(folded)} {_MORE} questions?", default=False):
        answers |= _answered(folded)
    verdict, conditions = _concluded(answers, sheet.questions)
    return Filled(sheet.site.id, verdict, answers, conditions, _lines("Evidence (a test, a run)"))


def _concluded(answers: dict[str, str], questions: tuple[Question, ...]) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict with its conditions. The name of a question instead of a verdict asks that one again."""
    by_id = {asked.question.id: asked for asked in questions}
    words = [one.value for one in Verdict]
    click.echo(f"\nVerdict: {', '.join(words)}; or the name of a question, to answer it anew.")
    while True:
        said = click.prompt("Verdict").strip()
        if said in by_id:
            answers.pop(said, None)
            answers |= _answered((by_id[said],))
            continue
        verdict = _meant(said, words)
        conditions = _lines("Condition") if verdict == Verdict.SOUND_WITH_CONDITIONS else ()
        wrong = faults(verdict, answers, conditions)
        if not wrong:
            return Verdict(verdict), conditions
        click.echo(wrong)


def _answered(questions: tuple[Question, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, asked in enumerate(questions, 1):
        click.echo(f"\n{f'({number}/{len(questions)}) ' if len(questions) > 1 else ''}{asked.question.text}")
        for one in asked.evidence:
            click.echo(f"    {MARKS[one.bearing]}: {harmless(one.text)}  {harmless(place(one))}")
        while said := click.prompt(asked.question.id, default="", show_default=False).strip():
            word, colon, reason = said.partition(":")
            answer = f"{_meant(word.strip(), [one.value for one in Answer])}{colon}{reason}"
            if not (wrong := fault_of_answer(answer)):
                found[asked.question.id] = answer
                break
            click.echo(wrong)
    return found


def _meant(said: str, words: list[str]) -> str:
    """The one word that starts so; what is said where none or several do."""
    matching = [word for word in words if word.startswith(said)]
    return matching[0] if len(matching) == 1 and said not in words else said


def _lines(words: str) -> tuple[str, ...]:
    rows: list[str] = []
    while row := click.prompt(f"{words}; empty ends", default="", show_default=False).strip():
        rows.append(row)
    return tuple(rows)
