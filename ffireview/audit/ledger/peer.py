"""A crossing in, the side of it that is not Rust out: what the peer hash is made of, and its lines for a person."""

import re
from collections.abc import Iterator

from ffireview.audit.ledger.files import Files
from ffireview.model.effects import Effect, Effects
from ffireview.model.facts import Role, SiteKind
from ffireview.model.items import Item, ItemKind
from ffireview.model.place import Span
from ffireview.model.program import Anchor, Crossing, Direction, Program, Site, Via

_RECORDS = frozenset({ItemKind.STRUCT, ItemKind.UNION, ItemKind.ENUM})
_WORD = re.compile(r"\w+")


class Peer:
    """Tells the other sides of the crossings of one program."""

    def __init__(self, files: Files, program: Program) -> None:
        self._files, self._program = files, program

    def of(self, crossing: Crossing, site: Site) -> Iterator[str]:
        """Declarations, bodies in C, records that the declarations name, effects. Of a symbol that Rust defines, only
        how C declares it. No linker sees the name of a callback."""
        if crossing.via is not Via.CALLBACK:
            yield crossing.symbol
        yield from self.declared(crossing)
        if _defined_there(crossing, site):
            yield from sorted(item.body for _, item in self._bodies(crossing))
            yield from sorted({_done(effects) for effects in crossing.effects})
        for _, item in self._layouts(crossing):
            yield from (item.name, item.head, item.body)

    def declared(self, crossing: Crossing) -> list[str]:
        """How the other side declares it."""
        return sorted({declaration(anchor) for anchor in crossing.foreign})

    def lines(self, crossing: Crossing, site: Site) -> dict[str, list[str]]:
        """The code of definitions and records, by what it is."""
        bodies = self._bodies(crossing) if _defined_there(crossing, site) else ()
        return {
            f"{item.name} ({path})": self._files.lines(Span.of(path, item.at))
            for path, item in (*bodies, *self._layouts(crossing))
        }

    def _bodies(self, crossing: Crossing) -> Iterator[tuple[str, Item]]:
        for anchor in crossing.foreign:
            if anchor.role in (Role.DEFINITION, Role.MACRO):
                for item in self._files.items(anchor.span.path):
                    if item.at.line <= anchor.span.line <= item.at.end_line and item.name == anchor.name:
                        yield anchor.span.path, item

    def _layouts(self, crossing: Crossing) -> Iterator[tuple[str, Item]]:
        """The records that both languages define and that the declarations name, as C has them."""
        words = {word for anchor in (*crossing.rust, *crossing.foreign) for word in _WORD.findall(anchor.text)}
        for entry in self._program.types:
            if entry.name in words:
                place = entry.agreement.foreign
                for item in self._files.items(place.path):
                    if item.kind in _RECORDS and item.at.line <= place.line <= item.at.end_line:
                        yield place.path, item


def declaration(anchor: Anchor, *, named: bool = True) -> str:
    """A declaration without its place; its name may be left out."""
    text = anchor.text if named else re.sub(rf"\b{re.escape(anchor.name)}\b", "", anchor.text)
    return "\0".join((anchor.language, anchor.role, anchor.entity, anchor.abi, text, *anchor.cfg))


def _defined_there(crossing: Crossing, site: Site) -> bool:
    return crossing.direction is Direction.RUST_TO_C or site.kind is SiteKind.CALLBACK


def _done(effects: Effects) -> str:
    """What a definition does, without places."""
    rows = [f"{parameter.index} {_effect(one)}" for parameter in effects.parameters for one in parameter.effects]
    rows += [_effect(one) for one in (*effects.returns, *effects.control)]
    return "\0".join(sorted(set(rows)))


def _effect(one: Effect) -> str:
    return f"{one.kind} {one.name} {one.argument} {one.others} {one.tested} {' '.join(one.via)}"
