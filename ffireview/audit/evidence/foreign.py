"""What the C side says: effects of C functions, how far declarations agree, who uses a symbol."""

import re
from collections.abc import Iterator
from functools import partial

from ffireview.audit.evidence.look import FOREIGN, Fact, Look, acts, pointers
from ffireview.flow import Source, origins
from ffireview.model.agreement import Agreement, Grade
from ffireview.model.checklist import Bearing, Evidence
from ffireview.model.effects import Effect, EffectKind, Effects
from ffireview.model.phrases import arguments, phrase
from ffireview.model.program import Crossing

AGREED = "agreed"
"""The fact that declarations were compared and agree."""
_SHOWN = 4
_KINDS: dict[str, tuple[EffectKind, ...]] = {
    "c-null-result": (EffectKind.MAY_RETURN_NULL, EffectKind.ERROR_POINTER),
    "c-null-test": (EffectKind.NULL_TESTED, EffectKind.DEREFERENCED_BEFORE_NULL_TEST),
    "c-keeps": (EffectKind.STORES, EffectKind.RETURNED),
    "c-frees": (EffectKind.FREES,),
    "c-owner": (EffectKind.RETURNS_ALLOCATED, EffectKind.RETURNS_BORROWED, EffectKind.RETURNS_STATIC_BUFFER,
                EffectKind.RETURNED),
    "c-lengths": (EffectKind.LENGTH_OF, EffectKind.INDEX),
    "c-errors": (EffectKind.NEGATIVE_ERRNO, EffectKind.SENTINEL, EffectKind.ERROR_POINTER,
                 EffectKind.ALWAYS_RETURNS_CONSTANT),
    "c-calls-back": (EffectKind.CALLED, EffectKind.MAY_CALL_BACK),
    "c-writes": (EffectKind.WRITES_THROUGH,),
    "c-shared-state": (EffectKind.USES_GLOBAL_STATE, EffectKind.TAKES_LOCK, EffectKind.MAY_SLEEP,
                       EffectKind.STARTS_THREAD, EffectKind.RETURNS_STATIC_BUFFER),
    "c-leaves": (EffectKind.THROWS, EffectKind.LONGJMP, EffectKind.SETJMP, EffectKind.ABORTS),
    "c-strings": (EffectKind.TERMINATED, EffectKind.FORMAT),
}  # fmt: skip
"""Facts that are effects of C functions, by name."""
_JUDGED = {
    Grade.AGREES: "declared the same on both sides",
    Grade.TOLERABLE: "declared the same but for spelling",
    Grade.UNKNOWN: "cannot be compared",
}
_ALIKE = (Grade.AGREES, Grade.TOLERABLE)
_FAULTS = (Grade.BREAKS, Grade.MAY_BREAK)
_WORD = re.compile(r"\w+")


def effects(name: str, look: Look) -> Iterator[Evidence]:
    """What C definitions do that a fact is about."""
    kinds = _KINDS[name]
    said: dict[str, Evidence] = {}
    for crossing in _concerned(look):
        for definition in crossing.effects:
            for text, effect in sayings(definition, kinds):
                said.setdefault(text, Evidence(Bearing.FOUND, name, f"`{crossing.symbol}` {text}", effect.span))
    yield from list(said.values())[:_SHOWN]


def sayings(definition: Effects, kinds: tuple[EffectKind, ...]) -> Iterator[tuple[str, Effect]]:
    """Effects in words, those of one kind in one sentence; the kinds in the given order."""
    for kind in kinds:
        by_words: dict[str, tuple[list[int], Effect]] = {}
        for parameter in definition.parameters:
            for effect in parameter.effects:
                if effect.kind is kind:
                    words = phrase(effect, "{own}")
                    by_words.setdefault(words, ([], effect))[0].append(parameter.index)
        for words, (indices, effect) in by_words.items():
            yield _inside(words.replace("{own}", arguments(indices)), effect), effect
        for effect in (*definition.returns, *definition.control):
            if effect.kind is kind:
                yield _inside(phrase(effect, ""), effect), effect


def _inside(text: str, effect: Effect) -> str:
    return f"{text}, in `{effect.via[-1]}`" if effect.via else text


def _concerned(look: Look) -> list[Crossing]:
    """The symbols that the operations call, or whose results they are done to; all of the site where none is told."""
    called = {operation.name for operation in look.operations if operation.id == FOREIGN}
    for act in acts(look):
        if act.operation.id != FOREIGN and look.code is not None:
            rows = [one for node in pointers(look, act) for one in origins(look.code, node)]
            called |= {one.name for one in rows if one.source is Source.FOREIGN}
    found = [crossing for crossing in _of_program(look, called) if crossing.effects]
    return found or ([] if called else [crossing for crossing in look.crossings if crossing.effects])


def _of_program(look: Look, symbols: set[str]) -> list[Crossing]:
    return [crossing for crossing in look.codebase.program.crossings if crossing.symbol in symbols] if symbols else []


def agreement(look: Look) -> Iterator[Evidence]:
    """How far the declarations of each symbol agree."""
    for crossing in look.crossings:
        faults = [one for one in crossing.agreements if one.grade in _FAULTS]
        for fault in faults:
            yield from _differences(crossing.symbol, fault)
        others = [one for one in crossing.agreements if one.grade in _JUDGED]
        if others and not faults:
            worst = max(others, key=lambda one: list(Grade).index(one.grade))
            why = f" ({worst.unknown[0]})" if worst.grade is Grade.UNKNOWN and worst.unknown else ""
            text = f"`{crossing.symbol}`: {_JUDGED[worst.grade]}{why}"
            yield Evidence(Bearing.FOUND, AGREED if worst.grade in _ALIKE else "agreement", text, worst.foreign)
        if not crossing.foreign:
            yield Evidence(Bearing.MISSING, "agreement", f"no other side of `{crossing.symbol}` in this tree")


def _differences(symbol: str, fault: Agreement) -> Iterator[Evidence]:
    for one in fault.differences:
        if one.grade in _FAULTS:
            text = f"{symbol}: {one.where}: {one.effect}" if one.where else f"{symbol}: {one.effect}"
            yield Evidence(Bearing.FINDING, "agreement", text, fault.foreign)


def layout(look: Look) -> Iterator[Evidence]:
    """Whether records and enums that the site names have the same layout in both languages."""
    texts = [look.site.name, *(o.name for o in look.operations), *(a.text for c in look.crossings for a in c.rust)]
    words = {word for text in texts for word in _WORD.findall(text)}
    for entry in look.codebase.program.types:
        if entry.name not in words:
            continue
        if entry.agreement.grade in _FAULTS:
            yield from _differences(entry.name, entry.agreement)
        else:
            text = f"`{entry.name}`: {_JUDGED[entry.agreement.grade]}"
            yield Evidence(Bearing.FOUND, "layout", text, entry.agreement.foreign)


def uses(look: Look) -> Iterator[Evidence]:
    """Where a symbol is called or handed over."""
    rows = [(crossing, use) for crossing in look.crossings for use in crossing.uses if not use.test]
    for crossing, use in rows[:_SHOWN]:
        verb = "called" if use.role == "call" else "handed on"
        where = f" in `{use.owner}`" if use.owner else ""
        context = f" ({use.context})" if use.context and use.role != "call" else ""
        text = f"`{crossing.symbol}` is {verb}{where}{context}"
        yield Evidence(Bearing.FOUND, "uses", text, use.span)


FACTS: dict[str, Fact] = {
    **{name: partial(effects, name) for name in _KINDS},
    "agreement": agreement,
    "layout": layout,
    "uses": uses,
}
