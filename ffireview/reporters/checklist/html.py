"""A checklist as one HTML page that needs nothing else: no script, no style sheet, no network. To be read, ticked and
printed; a browser keeps nothing of it."""

from html import escape

from ffireview.model.checklist import Asked, Checklist, Peer, Sheet, Side
from ffireview.reporters.checklist.wording import (
    ANSWERS,
    MARKS,
    VERDICTS,
    place,
    references,
    title,
    why,
    without_other_side,
)
from ffireview.reporters.styled import harmless, number

NAME = "html"
_EVIDENCE = 5
_NOTE = "Lines marked <em>found</em> were filled in by ffireview from the text; they answer nothing."
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
code, pre { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid #8884; border-radius: 4px; }
section { border-top: 2px solid #8886; margin-top: 2rem; break-inside: avoid-page; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.sides p { margin: .3rem 0; }
.place, .id { opacity: .7; font-size: 13px; }
.question { margin: .7rem 0 .7rem 0; }
.question ul { margin: .2rem 0; }
.flaw { font-weight: 600; }
fieldset { border: 0; padding: 0; margin: .2rem 0; }
label { margin-right: 1rem; }
input[type=text] { width: 100%; }
@media (max-width: 45rem) { .sides { grid-template-columns: 1fr; } }"""


def render(checklist: Checklist) -> str:
    """A page with a section for each sheet."""
    heading = f"Checklist: {_text(checklist.subject)}"
    asked = sum(len(sheet.questions) for sheet in checklist.sheets)
    left = f" {checklist.left} sites of lower rank are left out." if checklist.left else ""
    rows = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
        f"<title>{heading}</title>",
        f"<style>\n{_STYLE}\n</style></head><body>",
        f"<h1>{heading}</h1>",
        f"<p>{number(checklist.sheets, 'site')}, {asked} questions.{left} {_NOTE}</p>",
        *(row for rank, sheet in enumerate(checklist.sheets, 1) for row in _sheet(rank, sheet)),
        "</body></html>",
    ]
    return "\n".join(rows) + "\n"


def _sheet(rank: int, sheet: Sheet) -> list[str]:
    site = sheet.site
    change = f"{sheet.change}, " if sheet.change else ""
    rows = [
        f'<section id="s{_text(site.id)}">',
        f"<h2>{rank}. {_text(title(sheet))}</h2>",
        f'<p class="place"><code>{_text(str(site.span))}</code>, {change}risk {sheet.score.value}, site {site.id}</p>',
        "<ul>" + "".join(f"<li>{_said(reason)}</li>" for reason in why(sheet)) + "</ul>",
    ]
    if sheet.code.rows:
        numbered = (f"{sheet.code.line + at:>5}  {row}" for at, row in enumerate(sheet.code.rows))
        rows.append(f"<pre>{chr(10).join(map(_text, numbered))}</pre>")
    rows += [_peer(peer) for peer in sheet.peers]
    rows += [_question(site.id, asked) for asked in sheet.questions[: sheet.shown]]
    if folded := sheet.questions[sheet.shown :]:
        rows += [f"<details><summary>{number(folded, 'more question')}</summary>"]
        rows += [_question(site.id, asked) for asked in folded]
        rows += ["</details>"]
    rows += [_choices(f"{site.id}.verdict", "Verdict", VERDICTS), "</section>"]
    return rows


def _peer(peer: Peer) -> str:
    rust = "".join(_side(side) for side in peer.rust)
    foreign = "".join(_side(side) for side in peer.foreign) or f"<p>{_text(without_other_side(peer))}</p>"
    does = "".join(f'<p>{_said(one.text)} <span class="place">{_text(place(one))}</span></p>' for one in peer.does)
    return f'<div class="sides"><div>{rust}</div><div>{foreign}{does}</div></div>'


def _side(side: Side) -> str:
    return f'<p><code>{_text(side.text)}</code> <span class="place">{_text(str(side.span))}</span></p>'


def _question(site: str, asked: Asked) -> str:
    marks = references(asked.question)
    named = f"{asked.question.id} ({marks})" if marks else asked.question.id
    rows = ['<div class="question">', _said(asked.question.text), f' <span class="id">{_text(named)}</span>']
    shown = asked.evidence[:_EVIDENCE]
    if shown:
        rows.append("<ul>")
        for one in shown:
            kind = ' class="flaw"' if one.bearing == "finding" else ""
            where = f' <span class="place">{_text(place(one))}</span>' if place(one) else ""
            rows.append(f"<li{kind}><em>{MARKS[one.bearing]}</em>: {_said(one.text)}{where}</li>")
        rows.append("</ul>")
    rows += [_choices(f"{site}.{asked.question.id}", "", ANSWERS), "</div>"]
    return "".join(rows)


def _choices(name: str, legend: str, words: tuple[str, ...]) -> str:
    boxes = "".join(f'<label><input type="radio" name="{_text(name)}" value="{w}"> {w}</label>' for w in words)
    return f"<fieldset>{legend + ': ' if legend else ''}{boxes}</fieldset>"


def _said(text: str) -> str:
    """A sentence whose code stands between backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _text(text)
    return "".join(f"<code>{_text(part)}</code>" if at % 2 else _text(part) for at, part in enumerate(parts))


def _text(text: str) -> str:
    return escape("\t".join(map(harmless, text.split("\t"))), quote=True)
