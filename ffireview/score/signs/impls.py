"""Signs of the header of an unsafe impl: what it promises for which types."""

import re
from collections.abc import Iterator

from ffireview.flow import last_name
from ffireview.model.facts import Generic, ImplFact
from ffireview.model.place import Range
from ffireview.score.units import Unit

_BOUND = re.compile(r"\b(?:Send|Sync)\b")


def impl_signs(unit: Unit) -> Iterator[tuple[str, Range]]:
    """What an unsafe impl says; nothing of other units."""
    fact = unit.impl
    if fact is None or fact.negative:
        return
    if last_name(fact.trait) not in ("Send", "Sync"):
        yield "promises-trait", fact.at
        return
    bounds = [_threads(fact, generic) for generic in fact.generics if generic.kind == "type"]
    if not all(bounds):
        yield "threads-unbounded", fact.at
    elif any(last_name(fact.trait) not in named for named in bounds):
        yield "threads-crossed", fact.at
    elif not bounds:
        yield "threads-plain", fact.at
    if "'" in fact.type or any(generic.kind == "lifetime" for generic in fact.generics):
        yield "threads-borrowed", fact.at


def _threads(fact: ImplFact, generic: Generic) -> frozenset[str]:
    """Which of Send and Sync a type parameter must have."""
    bounds = [*generic.bounds, *(b for line in fact.where if line.subject == generic.name for b in line.bounds)]
    return frozenset(found for bound in bounds for found in _BOUND.findall(bound))
