"""What the parts of Rust extraction share: the text, its captures, its nested items."""

from dataclasses import dataclass

from ffireview.extract.rust.reading import Reading
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
