"""`ffireview rules` and `ffireview explain`: the catalogue, without a network."""

from difflib import get_close_matches

import click

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.output import Target, width, write_lines
from ffireview.reporters.rules import render_list, render_rule
from ffireview.rules import catalogue
from ffireview.rules import rule as find

_TERMINAL = Target("terminal", "")


@click.command()
def rules() -> None:
    """Every rule in one line: name, severity, who sees it, what it finds."""
    write_lines(render_list(tuple(flaw.rule for flaw in catalogue())), _TERMINAL, "auto")


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """One RULE in full: what is wrong, why it matters, what to do, and code that it finds."""
    flaw = find(rule)
    if flaw is None:
        near = get_close_matches(rule, [flaw.rule.id for flaw in catalogue()], 1)
        hint = f"; did you mean {near[0]}?" if near else "; `ffireview rules` lists them"
        raise Failure(f"no rule {rule!r}{hint}", USAGE)
    write_lines(render_rule(flaw.rule, width()), _TERMINAL, "auto")
