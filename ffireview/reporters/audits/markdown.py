"""What a policy lacks as Markdown: a comment that a bot posts, a summary of a job."""

from ffireview.model.ledger import Shortfall
from ffireview.reporters.audits.wording import lack_of
from ffireview.reporters.marking import cell, code, plain
from ffireview.reporters.styled import number

NAME = "markdown"
ROWS = 100


def render(found: tuple[Shortfall, ...]) -> str:
    """A table, riskiest first, and how to sign; one sentence where nothing lacks."""
    if not found:
        return "Every site that the policy names is settled.\n"
    lines = [f"**{number(found, 'site')} not settled**", "", "| risk | site | | lacks |", "|--:|---|---|---|"]
    lines += [
        f"| {one.risk} | {cell(code(str(one.span)))} | {code(one.site)} | {cell(plain(lack_of(one)))} |"
        for one in found[:ROWS]
    ]
    if len(found) > ROWS:
        lines += ["", f"{len(found) - ROWS} more are not listed."]
    return "\n".join([*lines, "", "To settle one: `ffireview audit sign SITE`, and commit what it writes.", ""])
