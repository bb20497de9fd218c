"""What the two languages say of an item's insides, in the same words."""

from typing import NamedTuple

from ffireview.model.items import Call, Check, Local, Lock, NameUse, Touch


class Touched(NamedTuple):
    """What an item touches outside the items nested in it: the last fields of an `Item`, by their names there."""

    touched: tuple[Touch, ...] = ()
    calls: tuple[Call, ...] = ()
    names: tuple[NameUse, ...] = ()
    checks: tuple[Check, ...] = ()
    locks: tuple[Lock, ...] = ()
    locals: tuple[Local, ...] = ()
