"""A checklist as TOML to be filled in with an editor and handed to `ffireview audit sign --from`.

What the tool found stands in comments, so that nothing of it can be taken for an answer.
"""

from collections.abc import Iterator

from ffireview.model.checklist import Asked, Checklist, Sheet
from ffireview.model.tomls import quoted
from ffireview.reporters.checklist.wording import ANSWERS, MARKS, VERDICTS, place, references, title
from ffireview.reporters.styled import harmless, wrapped

NAME = "toml"
SCHEMA = "ffireview.answers/1"
_WIDTH = 116
_EVIDENCE = 5


def render(checklist: Checklist) -> str:
    """A table `[[site]]` for each sheet, all answers empty."""
    lines = [
        *_comment(f"Checklist of {checklist.subject}."),
        *_comment(
            f"An answer is one of {', '.join(ANSWERS)}, and may be followed by a colon and a reason: n/a wants one. "
            f"A verdict is one of {', '.join(VERDICTS)}. Sites without a verdict are passed over. "
            "Comments with `found` were written by ffireview from the text and answer nothing."
        ),
        f"schema = {quoted(SCHEMA)}",
    ]
    for sheet in checklist.sheets:
        lines += ["", *_site(sheet)]
    if checklist.left:
        lines += ["", *_comment(f"{checklist.left} sites of lower rank are left out.")]
    return "\n".join(lines) + "\n"


def _site(sheet: Sheet) -> Iterator[str]:
    site = sheet.site
    yield "[[site]]"
    yield from _comment(f"{title(sheet)}, risk {sheet.score.value}")
    yield from _comment(str(site.span))
    for row in sheet.code.rows:
        yield f"#   {harmless(row)}".rstrip()
    for peer in sheet.peers:
        for side in (*peer.rust, *peer.foreign):
            yield from _comment(f"{side.language}: {side.text} ({side.span})")
        for one in peer.does:
            yield from _comment(f"does: {one.text} ({place(one)})")
    yield f"id = {quoted(site.id)}"
    yield 'verdict = ""'
    yield "conditions = []"
    yield "evidence = []"
    yield "[site.answers]"
    for at, asked in enumerate(sheet.questions):
        if at == sheet.shown:
            yield from _comment("-- less telling questions --")
        yield from _question(asked)


def _question(asked: Asked) -> Iterator[str]:
    marks = references(asked.question)
    yield from _comment(asked.question.text + (f" ({marks})" if marks else ""))
    for one in asked.evidence[:_EVIDENCE]:
        where = f" ({place(one)})" if place(one) else ""
        yield from _comment(f"  {MARKS[one.bearing]}: {one.text}{where}")
    yield f'{quoted(asked.question.id)} = ""'


def _comment(text: str) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return [f"# {indent}{row}" for row in wrapped(harmless(text), _WIDTH - len(indent))]
