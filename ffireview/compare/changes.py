"""What became of each site by itself: new, changed, moved, renamed, removed, or none of these."""

from ffireview.compare.pairs import Pair
from ffireview.compare.sides import Sides
from ffireview.extract.rust.tokens import same_but_renamed
from ffireview.model.comparison import Change
from ffireview.model.program import Site


def change_of(pair: Pair, sides: Sides) -> Change | None:
    """What became of a site; None where its code is as it was."""
    before, after = pair
    if before is None:
        return Change.NEW
    if after is None:
        return Change.REMOVED
    if before.kind is not after.kind or not same_code(before, after, sides):
        return Change.CHANGED
    if _place(before) != _place(after):
        return Change.MOVED if before.name == after.name and _owner(before) == _owner(after) else Change.RENAMED
    return None


def _place(site: Site) -> tuple[str, str, str]:
    return site.span.path, site.owner, site.name


def _owner(site: Site) -> str:
    return site.owner.rpartition("::")[2]


def same_code(before: Site, after: Site, sides: Sides) -> bool:
    """Whether at most the site's own name and the names of locals are others."""
    if before.tokens == after.tokens:
        return True
    old, new = sides.before.texts.words(before.span), sides.after.texts.words(after.span)
    if before.name and after.name != before.name:
        old = tuple(after.name if word == before.name else word for word in old)
    if not old or not new:
        return False
    return (
        old == new
        or same_but_renamed(old, new, sides.before.locals_of(before), sides.after.locals_of(after)) is not None
    )
