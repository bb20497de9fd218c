"""A unit in, its signs out: what it does and promises that sets real bugs apart, each with its place.

A sign is a fact with a name of `weights.toml`; how much it says depends on how rare it is (`score.rarity`). Each family
of signs is one module; `named.toml` holds those that are told by the name of what is called.
"""

from collections import defaultdict

from ffireview.model.place import Range
from ffireview.score.signs.boundary import boundary_signs
from ffireview.score.signs.callers import caller_signs
from ffireview.score.signs.impls import impl_signs
from ffireview.score.signs.lifetimes import lifetime_signs
from ffireview.score.signs.named import named_signs, operation_signs
from ffireview.score.signs.pointers import pointer_signs
from ffireview.score.signs.promises import promise_signs, reach_signs
from ffireview.score.units import Unit

Signs = dict[str, tuple[Range, ...]]
"""Name to places, in the order of the source."""


def signs(unit: Unit) -> Signs:
    """What a unit does and promises."""
    found: dict[str, set[Range]] = defaultdict(set)
    rows = [*operation_signs(unit.sites), *reach_signs(unit.sites), *impl_signs(unit)]
    if unit.code is not None:
        for family in (named_signs, promise_signs, pointer_signs, lifetime_signs, caller_signs, boundary_signs):
            rows += family(unit.code)
    for name, at in rows:
        found[name].add(at)
    return {name: tuple(sorted(places)) for name, places in sorted(found.items())}
