"""The catalogue of rules as text: a list, one rule in full, and the page of all of them."""

import re

from ffireview.model.finding import Rule
from ffireview.model.suppression import SUPPRESSIONS
from ffireview.reporters.styled import Line, Piece, wrapped

NAME = "rules"


def render_list(rules: tuple[Rule, ...]) -> list[Line]:
    """One line for each rule."""
    widest = max(len(rule.id) for rule in rules)
    return [
        (
            Piece(f"{rule.id:<{widest}}  ", "bold"),
            Piece(f"{rule.severity:<8} {rule.persona:<9} "),
            Piece(rule.prose.title),
        )
        for rule in rules
    ]


def render_rule(rule: Rule, width: int) -> list[Line]:
    """One rule in full, with what it finds and what it does not."""
    lines: list[Line] = [(Piece(rule.id, "bold"), Piece(f"  {rule.prose.title}")), ()]
    for name, text in (("", rule.prose.what), ("Why", rule.prose.why), ("Instead", rule.prose.instead)):
        lines += [(Piece(row),) for row in wrapped(f"{name}: {text}" if name else text, width)] + [()]
    lines += [(Piece(f"{name:<11}", "dim"), Piece(text)) for name, text in _facts(rule) if text]
    if rule.group != SUPPRESSIONS:
        lines.append(
            (Piece(f"{'suppress':<11}", "dim"), Piece(f"// ffireview: allow({rule.id}) -- why it is all right"))
        )
    for title, fragments in (("Bad", rule.bad), ("Good", rule.good)):
        for fragment in fragments:
            lines += [(), (Piece(title, "bold"),), *((Piece("  " + row),) for row in _plain(fragment))]
    return lines


def render_page(rules: tuple[Rule, ...]) -> str:
    """`docs/rules.md`: every rule, by group."""
    rows = [
        "# The rules",
        "",
        "Written by `make schemas` from `ffireview/rules/`. `ffireview explain RULE` shows a rule.",
        "",
    ]
    rows += ["| rule | severity | confidence | for | what it finds |", "|---|---|---|---|---|"]
    rows += [f"| [{r.id}](#{r.id}) | {r.severity} | {r.confidence} | {r.persona} | {r.prose.title} |" for r in rules]
    for rule in rules:
        rows += ["", f"## {rule.id}", "", f"**{rule.prose.title}.** {rule.prose.what}", "", rule.prose.why, ""]
        rows += [f"Instead: {rule.prose.instead}", ""]
        rows += [f"{name}: {text}  " for name, text in _facts(rule) if text]
        for title, fragments in (("Bad", rule.bad), ("Good", rule.good)):
            for fragment in fragments:
                rows += ["", f"{title}:", "", "```", *_plain(fragment), "```"]
    return "\n".join(rows) + "\n"


def _facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    return (
        ("severity", rule.severity),
        ("confidence", rule.confidence),
        ("shown to", rule.persona),
        ("ANSSI", ", ".join(rule.anssi)),
        ("CWE", ", ".join(rule.cwe)),
        ("advisories", ", ".join(rule.advisories)),
        ("operations", ", ".join(rule.operations)),
        ("since", rule.since),
    )


def _plain(fragment: str) -> list[str]:
    """The lines of a fragment, its marks as a person reads them."""
    return [re.sub(r"(//|#)~\??\s*(.*)", r"\1 found: \2", row) for row in fragment.rstrip().split("\n")]
