"""What stands inside the items of a file, by what it is: the captures of `bodies.scm` from the file and its macros."""

from collections import defaultdict
from dataclasses import dataclass, field

from ffireview.extract.intervals import Cover
from ffireview.extract.rust.scopes import Item
from ffireview.extract.rust.view import RustView
from ffireview.syntax.captures import Piece

_PARTS = ("name", "pattern", "shape", "target", "condition", "body", "value")


@dataclass(slots=True)
class Contents:
    """Captures by the name of their outer one, in document order, each with its parts; `words` are the names that
    stand outside attributes, token trees, lifetimes and definitions."""

    found: dict[str, list[dict[str, Piece]]] = field(default_factory=lambda: defaultdict(list))
    words: list[Piece] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Piece]]:
        """Every capture of a kind; the whole stands under the kind's own name."""
        return self.found.get(kind, [])


def read_contents(view: RustView) -> Contents:
    """Run the query over everything that was parsed."""
    bodies = Contents()
    for parsed, _ in view.reading.parsed:
        words, apart = [], []
        for match in parsed.matches("bodies"):
            if "word" in match.captures:
                words.append(match.captures["word"][0])
            elif "apart" in match.captures:
                apart.append(match.captures["apart"][0])
            else:
                pieces = {name: group[0] for name, group in match.captures.items()}
                bodies.found[next(name for name in pieces if name not in _PARTS)].append(pieces)
        cover = Cover(apart)
        bodies.words += [word for word in words if not cover.holds(word.start)]
    bodies.words = sorted(set(bodies.words))
    for kind, rows in bodies.found.items():
        rows.sort(key=lambda row: (row[kind].start, -row[kind].end))
    return bodies


def body_around(view: RustView, offset: int) -> tuple[Item | None, int]:
    """The item around an offset, and where the function's body, or else the item, ends."""
    item = view.scopes.around(offset)
    if item is None:
        return None, len(view.text.code)
    return item, item.body.end if item.body else item.end
