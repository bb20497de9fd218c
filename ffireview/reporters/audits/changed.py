"""An entry that is to be confirmed, for a person at a terminal: what was concluded, and what changed since."""

from collections.abc import Iterator
from difflib import unified_diff

from ffireview.model.ledger import Audited
from ffireview.model.program import Site
from ffireview.reporters.styled import Line, Piece, harmless, risk_style, shorten

_NAMES = {
    "item": "the code around",
    "contract": "how Rust declares what it calls",
    "peer": "the C side",
    "context": "what it relies on",
}
_ROWS = 60
_STYLES = {"+": "green", "-": "red"}
Lines = dict[str, dict[str, list[str]]]


def render_changed(one: Audited, site: Site, before: Lines, after: Lines, count: str, width: int) -> list[Line]:
    """`before` and `after`: lines by hash and by what they are of; of `after` only hashes that differ."""
    entry = one.entry
    states = ", ".join(one.states)
    found: list[Line] = [
        (
            Piece(f"{one.risk:>3} ", risk_style(one.risk)),
            Piece(harmless(f"{site.span}"), "bold"),
            Piece(f"  {shorten(harmless('::'.join(filter(None, [site.owner, site.name]))), width // 2)}  {site.id}  "),
            Piece(f"({count})", "dim"),
        ),
        (Piece(f"    {states}", "yellow"), Piece(f"  signed {entry.at}: "), Piece(f"{entry.verdict}", "bold")),
    ]
    found += [(Piece(f"    if: {harmless(text)}"),) for text in entry.conditions]
    found += [
        (Piece(f"    {harmless(name)}: {harmless(text)}", "dim"),) for name, text in sorted(entry.answers.items())
    ]
    if entry.path != site.span.path:
        found.append((Piece(f"    was in {harmless(entry.path)}"),))
    for name, parts in after.items():
        found.append((Piece(f"    changed: {_NAMES[name]}", "bold"),))
        if name in before:
            found += _changes(before[name], parts, width)
    return [*found, ()]


def _changes(before: dict[str, list[str]], after: dict[str, list[str]], width: int) -> Iterator[Line]:
    for title in dict.fromkeys((*before, *after)):
        rows = list(unified_diff(before.get(title, []), after.get(title, []), lineterm="", n=2))[2:]
        if rows and title:
            yield (Piece(f"      {harmless(title)}", "bold"),)
        for at, row in enumerate(rows[:_ROWS]):
            if row.startswith("@@"):
                yield from [(Piece("      …", "dim"),)] if at else []
            else:
                yield (Piece(f"      {shorten(harmless(row.expandtabs(4)), width - 6)}", _STYLES.get(row[:1], "")),)
        if len(rows) > _ROWS:
            yield (Piece(f"      … {len(rows) - _ROWS} more lines", "dim"),)
