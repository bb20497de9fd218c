"""What of a ledger holds, and what a policy lacks, for a person at a terminal."""

from collections import Counter

from ffireview.model.ledger import ACCEPTS, COUNTS, Audited, Lack, Shortfall, State
from ffireview.model.place import Problem
from ffireview.reporters.audits.wording import lack_of
from ffireview.reporters.styled import Line, Piece, harmless, number, problem_lines, risk_style, shorten

_STYLES = {State.VALID: "green", State.MOVED: "green", State.STALE_CONTEXT: "yellow", State.ORPHANED: "dim"}
_MEANS = {
    State.ORPHANED: "the site is gone (`ffireview audit prune`)",
    State.STALE_CODE: "its code changed: answer anew",
    State.STALE_CONTRACT: "a declaration of what it calls changed: confirm, or answer anew what is about calls",
    State.STALE_PEER: "the C side changed: confirm, or answer anew what is about C",
    State.STALE_ITEM: "the code around changed: confirm (`ffireview audit confirm`)",
    State.EXPIRED: "its day has passed: confirm",
    State.STALE_CONTEXT: "what it relies on changed: look, the entry counts",
    State.MOVED: "as it was, elsewhere",
    State.VALID: "as it was",
}
_VERDICT = 21


def render_status(
    entries: tuple[Audited, ...], sites: int, problems: tuple[Problem, ...], *, width: int, verbose: bool
) -> list[Line]:
    """Entries by state, gravest first; those that hold only when verbose; counts."""
    lines: list[Line] = []
    for state in State:
        group = [one for one in entries if one.state is state]
        if not group or (state in COUNTS and state is not State.STALE_CONTEXT and not verbose):
            continue
        style = _STYLES.get(state, "red")
        lines.append((Piece(f"{state}", style), Piece(f"  {_MEANS[state]}", "dim")))
        lines += [_entry(one, width) for one in sorted(group, key=lambda one: (-one.risk, one.file))]
        lines.append(())
    return lines + _totals(entries, sites) + problem_lines(problems, verbose=True)


def _entry(one: Audited, width: int) -> Line:
    entry = one.entry
    where = str(one.span) if one.span is not None else entry.path
    also = ", ".join(state for state in one.states[1:])
    told = f"{entry.by}, {entry.at}" + (f"  also {also}" if also else "")
    named = "::".join(filter(None, [entry.owner, entry.name]))
    return (
        Piece(f"  {one.risk:>3} ", risk_style(one.risk)),
        Piece(harmless(where), "bold"),
        Piece(f"  {shorten(harmless(named), max(width // 3, 20))}  {one.site or entry.site}  "),
        Piece(f"{entry.verdict:<{_VERDICT}}  ", "" if entry.verdict in ACCEPTS else "red"),
        Piece(harmless(told), "dim"),
    )


def _totals(entries: tuple[Audited, ...], sites: int) -> list[Line]:
    counts = Counter(one.state for one in entries)
    settled = len({one.site for one in entries if one.accepts})
    listed = ", ".join(f"{counts[state]:,} {state}" for state in reversed(State) if counts[state])
    rows: list[Line] = [(Piece(f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}", "bold"),)]
    if listed:
        rows[0] = (*rows[0], Piece(f": {listed}"))
    return [*rows, (Piece(f"{settled:,} of {sites:,} sites settled"),)]


def render_shortfalls(found: tuple[Shortfall, ...], *, width: int) -> list[Line]:
    """Each site that lacks something, riskiest first, and a line of counts."""
    lines: list[Line] = [
        (
            Piece(f"{one.risk:>3} ", risk_style(one.risk)),
            Piece(harmless(str(one.span)), "bold"),
            Piece(f"  {one.site}  {shorten(harmless(lack_of(one)), width)}"),
        )
        for one in found
    ]
    counts = Counter(one.lack for one in found)
    listed = ", ".join(f"{counts[lack]:,} {lack}" for lack in Lack if counts[lack])
    lines.append((Piece(f"{number(found, 'site')} not settled", "bold"), Piece(f": {listed}" if listed else "")))
    return lines
