"""Facts of single C functions in, the effects of every definition that crosses out, with what its callees do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from ffireview.extract.c.effects.names import ALONE, Fact, by_ending
from ffireview.extract.c.effects.objects import RESULT
from ffireview.model.effects import (
    CallFact,
    Effect,
    EffectFact,
    EffectKind,
    Effects,
    FunctionEffects,
    Handed,
    ParameterEffects,
)
from ffireview.model.facts import FileFacts, Role
from ffireview.model.place import Range, Span
from ffireview.model.program import Crossing

DEPTH = 3
"""Calls that are followed."""
HEADERS = (".h", ".hpp", ".hh", ".hxx", ".inc", ".inl")

_THROUGH_THE_POINTER = frozenset(
    {
        EffectKind.WRITES_THROUGH, EffectKind.READS_THROUGH, EffectKind.STORES, EffectKind.TERMINATED,
        EffectKind.FORMAT, EffectKind.RETURNED, EffectKind.PASSED_ON,
    }
)  # fmt: skip
"""What a callee may do with a pointer into an object, and thereby with the object."""
_RESULTS = frozenset(
    {
        EffectKind.MAY_RETURN_NULL, EffectKind.ERROR_POINTER, EffectKind.NEGATIVE_ERRNO, EffectKind.SENTINEL,
        EffectKind.RETURNS_ALLOCATED, EffectKind.RETURNS_BORROWED, EffectKind.RETURNS_STATIC_BUFFER,
    }
)  # fmt: skip


class _Placed(NamedTuple):
    path: str
    effects: FunctionEffects


class _Found(NamedTuple):
    """Effects of a function and its callees."""

    parameters: tuple[tuple[Effect, ...], ...]
    returns: tuple[Effect, ...]
    control: tuple[Effect, ...]


class EffectsLookup:
    """The effects of C definitions, by their places, followed into the functions that they call."""

    def __init__(self, foreign: dict[str, FileFacts]) -> None:
        self._at: dict[Span, _Placed] = {}
        self._here: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
        self._files: dict[str, set[str]] = defaultdict(set)
        """Files that define a name for others."""
        self._includes = {path: file.includes for path, file in foreign.items()}
        for path, file in sorted(foreign.items()):
            for effects in file.effects:
                placed = _Placed(path, effects)
                self._at[Span.of(path, effects.at)] = placed
                self._here[(path, effects.name)].append(placed)
            for declaration in file.declarations:
                shared = not declaration.internal or path.endswith(HEADERS)
                if declaration.role is Role.DEFINITION and declaration.signature is not None and shared:
                    self._files[declaration.name].add(path)
        self._known: dict[tuple[str, Range, int], _Found] = {}

    def with_effects(self, crossing: Crossing) -> Crossing:
        """The crossing with the effects of its C definitions."""
        found = tuple(
            self._effects(placed)
            for anchor in crossing.foreign
            if anchor.role is Role.DEFINITION and (placed := self._at.get(anchor.span))
        )
        return msgspec.structs.replace(crossing, effects=found) if found else crossing

    def _effects(self, placed: _Placed) -> Effects:
        found = self._resolved(placed, DEPTH)
        own = placed.effects
        return Effects(
            own.name,
            Span.of(placed.path, own.at),
            tuple(ParameterEffects(i, own.names[i], effects) for i, effects in enumerate(found.parameters) if effects),
            found.returns,
            found.control,
        )

    def _resolved(self, placed: _Placed, depth: int) -> _Found:
        key = (placed.path, placed.effects.at, depth)
        if key not in self._known:
            self._known[key] = self._read(placed, depth)
        return self._known[key]

    def _read(self, placed: _Placed, depth: int) -> _Found:
        path, own = placed
        gathered = _Gathered(own.name)
        for index, facts in enumerate(own.parameters):
            gathered.add(index, (_placed(path, fact) for fact in facts))
        gathered.add(_RETURNS, (_placed(path, fact) for fact in own.returns))
        gathered.add(_CONTROL, (_placed(path, fact) for fact in own.control))
        for call in own.calls:
            callees = self._callees(path, call.name) if depth else []
            for callee in callees:
                sole = own.wraps and len(callees) == 1
                gathered.through(call, self._resolved(callee, depth - 1), callee.effects.cfg, sole=sole)
            if not callees:
                gathered.unknown(path, call, own)
        return _Found(
            tuple(gathered.of(i) for i in range(len(own.parameters))), gathered.of(_RETURNS), gathered.of(_CONTROL)
        )

    def _callees(self, path: str, name: str) -> list[_Placed]:
        """The definitions that a call may mean: those of the file, of a header that it includes, or of the only file
        that has one."""
        files = {path} if (path, name) in self._here else self._files.get(name, set())
        if len(files) > 1:
            named = tuple(f"/{include}" for include in self._includes.get(path, ()))
            ranked = sorted((_distance(path, file), file) for file in files if f"/{file}".endswith(named))
            if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
                return []
            files = {ranked[0][1]}
        return [placed for file in files for placed in self._here.get((file, name), ())]


_RETURNS, _CONTROL = -1, -2


class _Gathered:
    """Effects of one function on the way: its own first, of each kind at most one through others."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._effects: dict[int, list[Effect]] = defaultdict(list)
        self._kinds: dict[int, set[EffectKind]] = defaultdict(set)

    def of(self, subject: int) -> tuple[Effect, ...]:
        """What is known of a parameter, the result or the whole."""
        return tuple(self._effects[subject])

    def add(self, subject: int, effects: Iterable[Effect]) -> None:
        """Take over effects as they are."""
        for effect in effects:
            self._effects[subject].append(effect)
            self._kinds[subject].add(effect.kind)

    def through(self, call: CallFact, found: _Found, cfg: tuple[str, ...], *, sole: bool) -> None:
        """Take over what a callee does with the arguments it is given, what it returns, and what it does else.

        `cfg` are the conditions that it is defined under; `sole`: to call it is all that the function does."""
        conditions = (*call.cfg, *cfg)
        passed = {h.argument: h.parameter for h in call.handed}
        for handed in call.handed:
            if handed.argument < len(found.parameters):
                for effect in found.parameters[handed.argument]:
                    if (seen := self._seen_from(effect, call, handed, passed, conditions)) is not None:
                        self._once(handed.parameter, seen)
        if call.returned:
            for effect in found.returns:
                if (result := self._result_from(effect, call, passed, sole=sole and not cfg)) is not None:
                    self._once(_RETURNS, self._via(result, call, conditions))
        for effect in found.control:
            others = tuple(sorted({passed[o] for o in effect.others if o in passed}))
            if others or not effect.others or any(o in call.loaded for o in effect.others):
                seen = msgspec.structs.replace(effect, others=others)
                self._once(_CONTROL, self._via(seen, call, conditions))

    def unknown(self, path: str, call: CallFact, own: FunctionEffects) -> None:
        """A callee whose body is not at hand: where its arguments go, and what its name says."""
        facts = by_ending(call.name)
        for handed in call.handed:
            frees = handed.same and any(f.verb == "frees" and _fits(f, handed, call) for f in facts)
            kind = EffectKind.FREES if frees else EffectKind.PASSED_ON
            if own.pointers[handed.parameter]:
                self.add(handed.parameter, [_of_call(path, call, kind, handed)])
        if call.returned and not call.kept and own.pointer and any(f.verb == "allocates" for f in facts):
            self._once(_RETURNS, _of_call(path, call, EffectKind.RETURNS_ALLOCATED))

    @staticmethod
    def _result_from(effect: Effect, call: CallFact, passed: dict[int, int], *, sole: bool) -> Effect | None:
        """A callee's result as a result of the function, if it is one."""
        if effect.kind is EffectKind.RETURNS_ALLOCATED and call.kept:
            return None
        if effect.kind not in _RESULTS and not sole:
            return None
        tested = {h.parameter for h in call.handed if h.tested}
        if any(o not in passed or passed[o] in tested for o in effect.others):
            return None
        return msgspec.structs.replace(effect, others=tuple(sorted({passed[o] for o in effect.others})))

    def _seen_from(
        self, effect: Effect, call: CallFact, handed: Handed, passed: dict[int, int], conditions: tuple[str, ...]
    ) -> Effect | None:
        """A callee's effect on an argument as an effect on the parameter that became it."""
        kind = effect.kind
        if not handed.same and kind not in _THROUGH_THE_POINTER:
            return None
        if kind is EffectKind.RETURNED and not call.returned:
            return None
        if kind is EffectKind.DEREFERENCED_BEFORE_NULL_TEST and handed.tested:
            return None
        others = tuple(sorted({passed[o] for o in effect.others if o in passed} - {handed.parameter}))
        if kind is EffectKind.LENGTH_OF and not others:
            return None
        if kind is EffectKind.STORES and effect.others:
            if RESULT in effect.others and call.returned:
                others = (RESULT, *others)
            lasting = (RESULT in effect.others and call.kept) or any(o in call.lasting for o in effect.others)
            if not others and not lasting:
                return None
        return msgspec.structs.replace(
            self._via(effect, call, conditions), others=others, tested=handed.tested or effect.tested
        )

    @staticmethod
    def _via(effect: Effect, call: CallFact, conditions: tuple[str, ...]) -> Effect:
        cfg = tuple(dict.fromkeys((*conditions, *effect.cfg)))
        return msgspec.structs.replace(effect, via=(call.name, *effect.via), cfg=cfg)

    def _once(self, subject: int, effect: Effect) -> None:
        if self._name in effect.via:
            return
        if effect.kind not in self._kinds[subject]:
            self.add(subject, [effect])


def _fits(fact: Fact, handed: Handed, call: CallFact) -> bool:
    return handed.argument in fact.arguments and (fact.note != ALONE or call.count == 1)


def _placed(path: str, fact: EffectFact) -> Effect:
    return Effect(
        kind=fact.kind, span=Span.of(path, fact.at), detail=fact.detail, name=fact.name, argument=fact.argument,
        others=fact.others, tested=fact.tested, cfg=fact.cfg, via=(),
    )  # fmt: skip


def _of_call(path: str, call: CallFact, kind: EffectKind, handed: Handed | None = None) -> Effect:
    return Effect(
        kind=kind, span=Span.of(path, call.at), detail=call.detail, name=call.name,
        argument=handed.argument if handed and kind is EffectKind.PASSED_ON else -1, others=(),
        tested=bool(handed and handed.tested), cfg=call.cfg, via=(),
    )  # fmt: skip


def _distance(path: str, other: str) -> int:
    """How far two files are apart: folders up and down."""
    ours, theirs = path.split("/")[:-1], other.split("/")[:-1]
    shared = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    return len(ours) + len(theirs) - 2 * shared


def crossing_effects(crossings: Iterable[Crossing], foreign: dict[str, FileFacts]) -> Iterator[Crossing]:
    """Every crossing, with the effects of its C definitions."""
    lookup = EffectsLookup(foreign)
    return (lookup.with_effects(crossing) for crossing in crossings)
