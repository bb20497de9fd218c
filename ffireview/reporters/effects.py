"""What the C side of a crossing does, in a few short lines."""

from collections.abc import Iterator
from typing import NamedTuple

from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.phrases import PHRASES, arguments, phrase
from ffireview.model.place import Span
from ffireview.reporters.styled import Line, Piece, harmless

LINES = 6

_QUIET = frozenset({EffectKind.NULL_TESTED, EffectKind.SENTINEL, EffectKind.READS_THROUGH, EffectKind.PASSED_ON})
"""Plain reads, tests, and arguments passed on: for programs and checklists to read, not worth a line."""
_ORDER = [kind for kind in PHRASES if kind not in _QUIET]
_BY_VALUE = frozenset({EffectKind.MAY_CALL_BACK, EffectKind.NEGATIVE_ERRNO, EffectKind.TAKES_LOCK})
"""Kinds of which one line names several."""


class _Said(NamedTuple):
    rank: int
    text: str
    inside: tuple[str, ...]
    """The function between that does it."""
    span: Span


def effect_lines(definitions: tuple[Effects, ...], limit: int = LINES) -> list[Line]:
    """`C: frees argument 1 (src/store.c:40)`: of the definition of which most is known."""
    if not definitions:
        return []
    fullest = max(
        definitions, key=lambda d: sum(len(p.effects) for p in d.parameters) + len(d.returns) + len(d.control)
    )
    rows = sorted(_said(fullest), key=lambda row: row.rank)[:limit]
    return [
        (
            Piece("    C: ", "dim"),
            Piece(harmless(row.text)),
            Piece(f" ({harmless(', '.join([*row.inside, str(row.span)]))})", "dim"),
        )
        for row in rows
    ]


def _said(effects: Effects) -> Iterator[_Said]:
    """Each kind with all the arguments of which it is so; of the result and the whole, each once."""
    positions: dict[tuple[EffectKind, str, tuple[str, ...]], list[int]] = {}
    first: dict[tuple[EffectKind, str, tuple[str, ...]], Effect] = {}
    for parameter in effects.parameters:
        for effect in parameter.effects:
            if effect.kind in _ORDER:
                key = (effect.kind, phrase(effect, "{own}"), _inside(effect))
                positions.setdefault(key, []).append(parameter.index)
                first.setdefault(key, effect)
    for (kind, words, inside), indices in positions.items():
        text = words.replace("{own}", arguments(indices))
        yield _Said(_ORDER.index(kind), text, inside, first[(kind, words, inside)].span)
    for rows in (effects.returns, effects.control):
        for kind in dict.fromkeys(effect.kind for effect in rows):
            same = [effect for effect in rows if effect.kind is kind]
            if kind in _ORDER:
                yield from _of_whole(kind, same)


def _of_whole(kind: EffectKind, rows: list[Effect]) -> Iterator[_Said]:
    if kind in _BY_VALUE:
        names = ", ".join(dict.fromkeys(effect.name for effect in rows))
        yield _Said(_ORDER.index(kind), PHRASES[kind].format(name=names), _inside(rows[0]), rows[0].span)
        return
    for effect in sorted(rows, key=lambda effect: bool(effect.others))[:1]:
        yield _Said(_ORDER.index(kind), phrase(effect, ""), _inside(effect), effect.span)


def _inside(effect: Effect) -> tuple[str, ...]:
    return (f"in {effect.via[-1]}",) if effect.via else ()
