"""What is told not to be shown, and why: comments in the reviewed code, and findings that were there before."""

from msgspec import Struct

from ffireview.model.place import Span

SUPPRESSIONS = "suppressions"
"""The group of the rules about suppressions: they are asked last, with each suppression and what became of it."""


class Suppression(Struct, frozen=True):
    """A comment that tells ffireview what to pass over, as written: `allow(rules) -- reason [options]`."""

    span: Span
    verb: str
    rules: tuple[str, ...]
    reason: str
    options: tuple[str, ...]
    first: int
    last: int
    """The lines of its file that it speaks for; 0 where no code follows."""


class Judged(Struct, frozen=True):
    """A suppression, and what is to be said of it."""

    suppression: Suppression
    faults: tuple[str, ...] = ()
    """Why it cannot be followed, in words."""
    expired: str = ""
    """The date that has passed."""
    unused: tuple[tuple[str, Span | None], ...] = ()
    """Rules that find nothing where it speaks, each with the nearest place in the file where it does."""


class Known(Struct, frozen=True):
    """A finding of a baseline. What stands beside the id is for the person who reads the file."""

    id: str
    rule: str
    path: str
    owner: str = ""
    about: str = ""
    note: str = ""
    """A person's own words; ffireview keeps them."""


class Baseline(Struct, frozen=True):
    """Findings that are not news."""

    known: tuple[Known, ...] = ()


class Settled(Struct, frozen=True):
    """How many findings are not news, and what of the baseline nothing answers to any more."""

    suppressed: int = 0
    baseline: int = 0
    gone: tuple[Known, ...] = ()
