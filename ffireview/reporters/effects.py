"""What the C side of a crossing does, in a few short lines."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.place import Span
from ffireview.reporters.styled import Line, Piece, harmless

LINES = 6

_PHRASES = {
    EffectKind.FREES: "frees {own}",
    EffectKind.STORES: "keeps {own}{in_others}",
    EffectKind.CALLED: "calls {own}{with_others}",
    EffectKind.MAY_RETURN_NULL: "may return NULL{from_name}{where_null}",
    EffectKind.ERROR_POINTER: "may return an error pointer",
    EffectKind.RETURNS_ALLOCATED: "returns memory from {name}",
    EffectKind.RETURNS_STATIC_BUFFER: "returns a buffer shared by all calls ({name})",
    EffectKind.RETURNS_BORROWED: "returns a pointer that stays the callee's ({name})",
    EffectKind.LENGTH_OF: "takes {own} for the length of {others}",
    EffectKind.INDEX: "uses {own} as an index, not compared before",
    EffectKind.FORMAT: "uses {own} as a format",
    EffectKind.TERMINATED: "reads {own} up to a NUL",
    EffectKind.WRITES_THROUGH: "writes through {own}",
    EffectKind.DEREFERENCED_BEFORE_NULL_TEST: "uses {own} without a test against NULL",
    EffectKind.THROWS: "may throw",
    EffectKind.LONGJMP: "may jump away ({name})",
    EffectKind.SETJMP: "may be jumped back to ({name})",
    EffectKind.MAY_CALL_BACK: "may call back ({name})",
    EffectKind.STARTS_THREAD: "starts a thread ({name})",
    EffectKind.ABORTS: "may end the process ({name})",
    EffectKind.MAY_SLEEP: "may sleep ({name})",
    EffectKind.TAKES_LOCK: "takes a lock ({name})",
    EffectKind.USES_GLOBAL_STATE: "uses state that all threads share ({name})",
    EffectKind.NEGATIVE_ERRNO: "may return {name}",
    EffectKind.ALWAYS_RETURNS_CONSTANT: "always returns {name}",
    EffectKind.RETURNED: "returns {own}, or a pointer into it",
}
"""What is worth a line, most telling first. Plain reads, tests, and arguments passed on are for programs to read."""
_ORDER = list(_PHRASES)
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


def _size(effects: Effects) -> int:
    return sum(len(parameter.effects) for parameter in effects.parameters) + len(effects.returns) + len(effects.control)


def _said(effects: Effects) -> Iterator[_Said]:
    """Each kind with all the arguments of which it is so; of the result and the whole, each once."""
    arguments: dict[tuple[EffectKind, str, tuple[str, ...]], list[int]] = {}
    first: dict[tuple[EffectKind, str, tuple[str, ...]], Effect] = {}
    for parameter in effects.parameters:
        for effect in parameter.effects:
            if effect.kind in _PHRASES:
                key = (effect.kind, _phrase(effect, "{own}"), _inside(effect))
                arguments.setdefault(key, []).append(parameter.index)
                first.setdefault(key, effect)
    for (kind, phrase, inside), indices in arguments.items():
        text = phrase.replace("{own}", _arguments(indices))
        yield _Said(_ORDER.index(kind), text, inside, first[(kind, phrase, inside)].span)
    for rows in (effects.returns, effects.control):
        for kind in dict.fromkeys(effect.kind for effect in rows):
            same = [effect for effect in rows if effect.kind is kind]
            if kind in _PHRASES:
                yield from _of_whole(kind, same)


def _of_whole(kind: EffectKind, rows: list[Effect]) -> Iterator[_Said]:
    if kind in _BY_VALUE:
        names = ", ".join(dict.fromkeys(effect.name for effect in rows))
        yield _Said(_ORDER.index(kind), _PHRASES[kind].format(name=names), _inside(rows[0]), rows[0].span)
        return
    for effect in sorted(rows, key=lambda effect: bool(effect.others))[:1]:
        yield _Said(_ORDER.index(kind), _phrase(effect, ""), _inside(effect), effect.span)


def _phrase(effect: Effect, own: str) -> str:
    others = _arguments(effect.others)
    return _PHRASES[effect.kind].format(
        own=own,
        name=effect.name,
        others=others,
        in_others=f" in {others}" if others else "",
        with_others=f" with {others}" if others else "",
        where_null=f" where {others} is NULL" if others else "",
        from_name=f" from {effect.name}" if effect.name else "",
    )


def _inside(effect: Effect) -> tuple[str, ...]:
    return (f"in {effect.via[-1]}",) if effect.via else ()


def _arguments(indices: Iterable[int]) -> str:
    """`argument 1`, `arguments 1 and 3`, `the result`: a person counts from 1."""
    numbers = [str(i + 1) for i in sorted(set(indices)) if i >= 0]
    listed = " and ".join(filter(None, [", ".join(numbers[:-1]), *numbers[-1:]]))
    own = f"argument{'s' if len(numbers) > 1 else ''} {listed}" if numbers else ""
    return " and ".join(filter(None, [own, "the result" if -1 in indices else ""]))
