"""A checklist as Markdown with task lists, for a pull request or an issue: GitHub and GitLab count the boxes."""

from collections.abc import Iterator

from ffireview.model.checklist import Asked, Checklist, Peer, Sheet
from ffireview.reporters.checklist.wording import (
    MARKS,
    VERDICTS,
    place,
    references,
    title,
    why,
    without_other_side,
)
from ffireview.reporters.marking import block, cell, code, plain, sentence
from ffireview.reporters.styled import number

NAME = "md"
_NOTE = "Lines with *found* were filled in by ffireview from the text; they answer nothing. People tick boxes."
_EVIDENCE = 5


def render(checklist: Checklist) -> str:
    """A table of the sites, then a sheet for each."""
    parts = [f"# Checklist: {plain(checklist.subject)}", _counted(checklist)]
    if checklist.sheets:
        parts.append(_table(checklist.sheets))
    for rank, sheet in enumerate(checklist.sheets, 1):
        parts += _sheet(rank, sheet)
    return "\n\n".join(parts) + "\n"


def _counted(checklist: Checklist) -> str:
    asked = sum(len(sheet.questions) for sheet in checklist.sheets)
    shown = sum(sheet.shown for sheet in checklist.sheets)
    text = f"{number(checklist.sheets, 'site')}, {shown} questions, {asked - shown} more folded."
    left = f" {checklist.left} sites of lower rank are left out." if checklist.left else ""
    return f"{text}{left} {_NOTE}"


def _table(sheets: tuple[Sheet, ...]) -> str:
    rows = ["| # | risk | place | what | questions |", "|--:|--:|---|---|--:|"]
    for rank, sheet in enumerate(sheets, 1):
        what = plain(f"{sheet.change}: {title(sheet)}" if sheet.change else title(sheet))
        where = cell(code(str(sheet.site.span)))
        rows.append(f"| {rank} | {sheet.score.value} | {where} | {cell(what)} | {len(sheet.questions)} |")
    return "\n".join(rows)


def _sheet(rank: int, sheet: Sheet) -> Iterator[str]:
    site = sheet.site
    yield f"## {rank}. {_escaped_title(sheet)}"
    change = f"{sheet.change}, " if sheet.change else ""
    yield f"{code(str(site.span))}, {change}risk {sheet.score.value}, site `{site.id}`"
    if reasons := why(sheet):
        yield "\n".join(f"- {sentence(reason)}" for reason in reasons)
    if sheet.code.rows:
        yield block(sheet.code.rows, "rust")
    if sheet.peers:
        yield _peers(sheet.peers)
    shown, folded = sheet.questions[: sheet.shown], sheet.questions[sheet.shown :]
    yield "\n".join(_question(asked) for asked in shown)
    if folded:
        yield f"<details><summary>{number(folded, 'more question')}</summary>"
        yield "\n".join(_question(asked) for asked in folded)
        yield "</details>"
    yield "Verdict: " + " · ".join(VERDICTS)


def _escaped_title(sheet: Sheet) -> str:
    return plain(title(sheet))


def _peers(peers: tuple[Peer, ...]) -> str:
    rows = ["| Rust | C |", "|---|---|"]
    for peer in peers:
        rust = "<br>".join(_side(side.text, str(side.span)) for side in peer.rust)
        foreign = "<br>".join(_side(side.text, str(side.span)) for side in peer.foreign)
        does = "".join(f"<br>does: {cell(sentence(one.text))} ({cell(code(place(one)))})" for one in peer.does)
        rows.append(
            f"| {rust or cell(plain(peer.symbol))} | {foreign or cell(plain(without_other_side(peer)))}{does} |"
        )
    return "\n".join(rows)


def _side(text: str, where: str) -> str:
    return f"{cell(code(text))} {cell(code(where))}"


def _question(asked: Asked) -> str:
    question = asked.question
    marks = references(question)
    head = f"- [ ] **{question.id}** {sentence(question.text)}" + (f" ({plain(marks)})" if marks else "")
    rows = [head]
    for one in asked.evidence[:_EVIDENCE]:
        where = f" ({code(place(one))})" if place(one) else ""
        rows.append(f"  - *{MARKS[one.bearing]}*: {sentence(one.text)}{where}")
    if len(asked.evidence) > _EVIDENCE:
        rows.append(f"  - *found*: {len(asked.evidence) - _EVIDENCE} more")
    return "\n".join(rows)
