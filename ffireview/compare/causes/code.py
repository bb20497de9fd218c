"""What the change of a site's own code does: operations that came or went, reasons of risk that are new, its header."""

from collections import Counter
from collections.abc import Iterator

from ffireview.compare.changes import same_code
from ffireview.compare.excerpts import changed_parts
from ffireview.compare.order import cause
from ffireview.compare.pairs import Pair
from ffireview.compare.sides import Sides
from ffireview.compare.texts import written
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.program import Site

_SHOWN = 3
_NAMED = ("ffi-call", "unsafe-call")


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites whose own text is not as it was."""
    for pair in sides.pairs:
        before, after = pair
        if after is None:
            continue
        if before is None:
            yield after.id, _of_new(after, sides)
        elif not same_code(before, after, sides):
            yield from ((after.id, found) for found in _of_change(before, after, sides))
        if before is not None:
            yield from ((after.id, found) for found in _of_header(before, after))


def _of_new(site: Site, sides: Sides) -> Cause:
    reasons = [c.reason for c in sides.after.scores[site.id].contributions if c.points > 0][:_SHOWN]
    return cause(CauseKind.CODE, "new: " + "; ".join(reasons or [site.kind.replace("-", " ")]), None, site.span)


def _of_change(before: Site, after: Site, sides: Sides) -> Iterator[Cause]:
    came, went = _operations(after) - _operations(before), _operations(before) - _operations(after)
    if came:
        yield cause(CauseKind.OPERATION_ADDED, f"now also does {_listed(came)}", before.span, after.span)
    if went:
        yield cause(CauseKind.OPERATION_REMOVED, f"no longer does {_listed(went)}", before.span, after.span)
    if not came and not went:
        yield cause(CauseKind.CODE, _other_operands(Pair(before, after), sides), before.span, after.span)


def _operations(site: Site) -> Counter[str]:
    return Counter(
        f"{o.id} {o.name}".rstrip() if o.id in ("ffi-call", "unsafe-call") else o.id for o in site.operations
    )


def _listed(found: Counter[str]) -> str:
    rows = [name if count == 1 else f"{name} x{count}" for name, count in sorted(found.items())]
    return ", ".join(rows[:_SHOWN]) + (f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else "")


def _other_operands(pair: Pair, sides: Sides) -> str:
    """The first stretch that differs, as `a` becomes `b`."""
    before, after = pair
    assert before is not None
    assert after is not None
    old, new = sides.before.texts[before.span.path], sides.after.texts[after.span.path]
    tokens_before, tokens_after = old.tokens(before.span), new.tokens(after.span)
    parts_before, parts_after = changed_parts(tokens_before, tokens_after)
    if not parts_before:
        return "its code changed"
    one, other = (
        written([t.text for t in tokens[low:high]])
        for tokens, (low, high) in ((tokens_before, parts_before[0]), (tokens_after, parts_after[0]))
    )
    more = f", and {len(parts_before) - 1} more" if len(parts_before) > 1 else ""
    if not one:
        return f"the same operations, `{other}` added{more}"
    return f"the same operations, `{one}` " + (f"became `{other}`" if other else "removed") + more


def _of_header(before: Site, after: Site) -> Iterator[Cause]:
    rows = (
        ("kind", before.kind.replace("-", " "), after.kind.replace("-", " ")),
        ("visibility", before.visibility or "private", after.visibility or "private"),
        ("cfg", ", ".join(before.cfg) or "none", ", ".join(after.cfg) or "none"),
        ("symbol", before.symbol or "none", after.symbol or "none"),
        ("reached by", before.reach or "nothing", after.reach or "nothing"),
    )
    for what, one, other in rows:
        if one != other and not (what == "symbol" and before.name != after.name):
            yield cause(CauseKind.HEADER, f"{what}: {one} became {other}", before.span, after.span)
