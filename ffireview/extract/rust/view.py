"""What the parts of Rust extraction share: the text, its captures, its nested items."""

from dataclasses import dataclass

from ffireview.extract.rust.branches import branches
from ffireview.extract.rust.reading import Reading, read_file
from ffireview.extract.rust.scopes import Item, Scopes
from ffireview.extract.rust.text import RustText


@dataclass(frozen=True, slots=True)
class RustView:
    """One file, read."""

    text: RustText
    reading: Reading
    scopes: Scopes

    def context(self, offset: int) -> Item | None:
        """The item whose body holds the offset."""
        return self.scopes.inside(offset)


def read_view(source: bytes, names: frozenset[str] = frozenset(), *, every: bool = False) -> RustView:
    """Read a file. Macros are read again when they hold a keyword of interest or one of `names`; with `every`, all."""
    text = RustText(source)
    reading = read_file(text, names, every=every)
    conditional = branches(text, ((one.name, one.tokens) for one in reading.invocations))
    return RustView(text, reading, Scopes(reading.items, conditional))
