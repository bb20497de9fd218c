"""Calls in a function body: what the tables know of the callee, or which parameters go where."""

import re
from collections.abc import Callable

from ffireview.extract.c.effects.expressions import Expressions
from ffireview.extract.c.effects.names import ALONE, Fact, Facts, by_ending, known
from ffireview.extract.c.effects.notes import Call
from ffireview.extract.c.effects.values import (
    ALLOCATED,
    UNKNOWN,
    From,
    Origin,
    State,
    Value,
    inside,
    one,
    parameters,
)
from ffireview.model.effects import EffectKind, Handed
from ffireview.syntax.bodies import Branch

_MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
_CONVERSION = re.compile(r"%(?:%|[-+ #0']*(\*|\d+)?(\.(?:\*|\d+)?)?(?:hh|h|ll|l|q|j|z|Z|t|L)?([a-zA-Z]))")
_ADDS = re.compile(r"insert|append|push|enqueue|register|attach|link|(?:^|_)add|(?<![a-z])Add", re.IGNORECASE)
"""Names of functions and macros that put what they are given somewhere, into their first argument if there are more."""
_TEMPLATE = re.compile(r"<.*")
_LASTING = (From.GLOBAL, From.STATIC, From.LOADED)
_OF_THE_WHOLE = {
    "locks": EffectKind.TAKES_LOCK,
    "sleeps": EffectKind.MAY_SLEEP,
    "aborts": EffectKind.ABORTS,
    "thread": EffectKind.STARTS_THREAD,
    "state": EffectKind.USES_GLOBAL_STATE,
    "longjmp": EffectKind.LONGJMP,
    "setjmp": EffectKind.SETJMP,
}


class Calls:
    """Reads the calls of one function."""

    def __init__(self, expressions: Expressions, own: frozenset[str]) -> None:
        self._expressions, self._notes = expressions, expressions.notes
        self._own = own
        """Functions that the file itself defines: theirs is no library's name."""
        self.give: Callable[[Branch, Value, State], None]
        """Called with what a macro may return from the function; set by whoever joins the parts."""
        self.throw: Callable[[Branch, str], None]
        self.opaque = False
        """Whether a macro was met that may return from the function."""

    def read(self, node: Branch, state: State) -> Value:
        """What a call may give; what it does is noted, and changes the state."""
        function, given = node.child("function"), node.child("arguments")
        if function is None or given is None:
            return UNKNOWN
        while function.kind == "parenthesized_expression" and len(function.children) == 1:
            function = function.children[0]
        arguments = list(given.children)
        name = self._name(function, state)
        if not name:
            return self._through(node, function, arguments, state)
        if (facts := self.facts(name)) is not None:
            return self._known(node, name, facts, arguments, state)
        return self._unknown(node, name, arguments, state)

    def facts(self, name: str) -> Facts | None:
        """What the tables know of a function by name, unless the file has its own."""
        return None if name in self._own else known().functions.get(name)

    def _name(self, function: Branch, state: State) -> str:
        """The function's name; empty where a pointer is called."""
        word = self._notes.word(function)
        if function.kind == "identifier":
            return "" if word in state.values else word
        if function.kind == "template_function":
            return _TEMPLATE.sub("", word)
        if function.kind == "qualified_identifier":
            return _TEMPLATE.sub("", word.removeprefix("::"))
        if function.kind == "call_expression" and (inner := function.child("function")):
            return self._notes.word(inner) if inner.kind == "identifier" and inner.start == function.start else ""
        return ""

    # ---- through a pointer

    def _through(self, node: Branch, function: Branch, arguments: list[Branch], state: State) -> Value:
        method = self._expressions.cpp and function.kind == "field_expression"
        if method:
            base = function.child("argument")
            where = self._expressions.value(base, state) if base else UNKNOWN
            self._expressions.touch(where, node, state, None)
            self._arguments(arguments, state)
            return UNKNOWN
        if function.kind == "pointer_expression" and (inner := function.child("argument")):
            function = inner
        called = self._expressions.value(function, state)
        values = self._arguments(arguments, state)
        own = parameters(called, From.PARAMETER)
        handed = {i for value in values for i in parameters(value, From.PARAMETER, From.WITHIN)}
        for i in own:
            others = tuple(sorted(handed - {i}))
            self._notes.of_parameter(i, EffectKind.CALLED, node, others=others, tested=i in state.tested)
        if own or not self._expressions.cpp or function.kind != "identifier":
            self._notes.of_function(EffectKind.MAY_CALL_BACK, node, self._notes.code(function), tuple(own))
        return one(From.OBJECT)

    # ---- of functions by name

    def _arguments(self, arguments: list[Branch], state: State) -> list[Value]:
        values = [self._expressions.value(argument, state) for argument in arguments]
        for argument in arguments:
            self._hand_out(argument, state)
        return values

    def _hand_out(self, argument: Branch, state: State) -> None:
        """A variable whose address is handed out may hold anything afterwards."""
        while argument.kind in ("cast_expression", "parenthesized_expression") and argument.children:
            argument = argument.child("value") or argument.children[-1]
        inner = argument.child("argument") if argument.kind == "pointer_expression" else None
        if inner is not None and inner.kind == "identifier" and argument.children[0].kind == "&":
            name = self._notes.word(inner)
            if name in state.values:
                state.values[name] = UNKNOWN

    def _unknown(self, node: Branch, name: str, arguments: list[Branch], state: State) -> Value:
        values = self._arguments(arguments, state)
        handed = []
        for position, value in enumerate(values):
            for o in sorted(value):
                if o.kind in (From.PARAMETER, From.WITHIN):
                    tested = o.which in state.tested or o.which in self._notes.asked
                    handed.append(Handed(position, o.which, o.kind is From.PARAMETER, tested))
        self._flags(node, arguments)
        if _ADDS.search(name):
            for value in values[1:] or values:
                self._expressions.objects.keep(value, (), (), sure=True)
        if len(values) == 1 and any(fact.verb == "frees" for fact in by_ending(name)):
            self._expressions.objects.free(values[0])
        if _MACRO.fullmatch(name):
            self._macro(arguments, handed, state)
        lasting = tuple(k for k, value in enumerate(values) if any(o.kind in _LASTING for o in value))
        read = tuple(k for k, value in enumerate(values) if any(o.kind is From.LOADED for o in value))
        self._notes.call(Call(name, node, len(arguments), tuple(dict.fromkeys(handed)), lasting, read))
        return one(From.CALL, node.start, name)

    def _macro(self, arguments: list[Branch], handed: list[Handed], state: State) -> None:
        """A macro may test what it is given, change it, and return from the function."""
        self.opaque = True
        self._expressions.vouch(h.parameter for h in handed)
        for argument in arguments:
            if argument.kind == "identifier" and (name := self._notes.word(argument)) in state.values:
                kept = {o for o in state.values[name] if o.kind is not From.NULL and o.kind is not From.ALLOCATED}
                state.values[name] = frozenset(kept) | UNKNOWN

    def _flags(self, node: Branch, arguments: list[Branch]) -> None:
        """Flags among the arguments that let an allocation sleep."""
        for argument in arguments:
            for part in argument.walk() if argument.kind in ("identifier", "binary_expression") else ():
                facts = known().functions.get(self._notes.word(part), ()) if part.kind == "identifier" else ()
                if any(fact.verb == "sleeps" for fact in facts) and self._notes.word(part).isupper():
                    self._notes.of_function(EffectKind.MAY_SLEEP, node, self._notes.word(part))

    def _known(self, node: Branch, name: str, facts: Facts, arguments: list[Branch], state: State) -> Value:
        verbs = {fact.verb: fact for fact in facts}
        if "unevaluated" in verbs:
            return UNKNOWN
        for verb in ("requires", "refuses"):
            if (fact := verbs.get(verb)) and len(arguments) > fact.arguments[0]:
                yes, no = self._expressions.condition(arguments[fact.arguments[0]], state.copy())
                state.become(yes if verb == "requires" else no)
                self.opaque |= "aborts" not in verbs
                arguments = [a for i, a in enumerate(arguments) if i != fact.arguments[0]]
                if "may-give" in verbs:
                    failed = no if verb == "requires" else yes
                    given = self._expressions.value(arguments[0], failed) if arguments else UNKNOWN
                    self.give(node, given, failed)
                self._whole(node, name, facts)
                return UNKNOWN
        if (fact := verbs.get("assigns")) and len(arguments) > max(*fact.arguments, *fact.others):
            value = self._expressions.value(arguments[fact.others[0]], state)
            self._expressions.assign(arguments[fact.arguments[0]], value, state, node)
            return value
        values = self._arguments(arguments, state)
        for fact in facts:
            self._apply(fact, node, name, arguments, values, state)
        self._whole(node, name, facts)
        self._flags(node, arguments)
        if "ends" in verbs:
            state.dead = True
        return self._result(node, name, verbs, values)

    def _whole(self, node: Branch, name: str, facts: Facts) -> None:
        for fact in facts:
            if kind := _OF_THE_WHOLE.get(fact.verb):
                self._notes.of_function(kind, node, name)
            elif fact.verb == "throws":
                self.throw(node, name)

    def _apply(
        self, fact: Fact, node: Branch, name: str, arguments: list[Branch], values: list[Value], state: State
    ) -> None:
        """One fact of a table, on the arguments of one call."""
        if fact.note == ALONE and len(arguments) != 1:
            return
        expressions, notes = self._expressions, self._notes
        given = [k for k in fact.arguments if k < len(values)]
        others = [k for k in fact.others if k < len(values)]
        if fact.verb == "frees":
            for k in given:
                expressions.objects.free(values[k])
        if fact.verb in _KINDS:
            for i in (i for k in given for i in expressions.pointers(values[k])):
                notes.of_parameter(i, _KINDS[fact.verb], node, name=name, tested=i in state.tested)
        elif fact.verb == "terminated":
            for k in given:
                expressions.touch(values[k], node, state, EffectKind.TERMINATED, name)
        elif fact.verb == "stores":
            where = frozenset(o for k in others for o in values[k]) or one(From.OBJECT)
            for k in given:
                expressions.store(where, values[k], node, name)
        elif fact.verb == "length":
            bounded = [i for k in others for i in expressions.pointers(values[k])]
            for n in (n for k in given for n in expressions.integers(values[k])):
                expressions.length(n, bounded, node, name)
        elif fact.verb in ("format", "vformat"):
            for i in (i for k in given for i in expressions.pointers(values[k])):
                notes.of_parameter(i, EffectKind.FORMAT, node, name=name, tested=i in state.tested)
            if fact.verb == "format" and given:
                self._conversions(given[0], node, name, arguments, values, state)
        elif fact.verb == "scans" and given:
            for i in (i for value in values[given[0] + 1 :] for i in expressions.pointers(value)):
                notes.of_parameter(i, EffectKind.WRITES_THROUGH, node, name=name, tested=i in state.tested)
        elif fact.verb == "calls":
            data = tuple(sorted({i for k in others for i in parameters(values[k], From.PARAMETER, From.WITHIN)}))
            for k in given:
                for i in parameters(values[k], From.PARAMETER):
                    notes.of_parameter(i, EffectKind.CALLED, node, name=name, others=data, tested=i in state.tested)
                if any(o.kind in (From.PARAMETER, From.LOADED) for o in values[k]):
                    own = tuple(parameters(values[k], From.PARAMETER))
                    notes.of_function(EffectKind.MAY_CALL_BACK, node, notes.code(arguments[k]), own)
        elif fact.verb == "picks":
            notes.compared |= {n for k in given for n in expressions.integers(values[k])}

    def _conversions(
        self, at: int, node: Branch, name: str, arguments: list[Branch], values: list[Value], state: State
    ) -> None:
        """Arguments for `%s` without a precision are read up to a NUL."""
        if arguments[at].kind not in ("string_literal", "concatenated_string"):
            return
        position = at + 1
        for found in _CONVERSION.finditer(self._notes.word(arguments[at])):
            if found[0] == "%%":
                continue
            position += (found[1] == "*") + (found[2] == ".*")
            if position < len(values) and found[3] == "s" and not found[2]:
                for i in self._expressions.pointers(values[position]):
                    self._notes.of_parameter(i, EffectKind.TERMINATED, node, name=name, tested=i in state.tested)
            position += 1

    def _result(self, node: Branch, name: str, verbs: dict[str, Fact], values: list[Value]) -> Value:
        """What a call of a known function gives."""
        found: set[Origin] = set()
        for verb in ("returns", "same", "within"):
            for k in verbs[verb].arguments if verb in verbs else ():
                if k < len(values):
                    found |= inside(values[k]) if verb == "within" else values[k]
        if fact := verbs.get("allocates"):
            found.add(Origin(From.OWNED if fact.note else From.ALLOCATED, node.start, name))
        if "error-pointer" in verbs:
            found.add(Origin(From.ERROR, -1, name))
        if "static" in verbs:
            found.add(Origin(From.LENT, -1, name))
        if "may-null" in verbs:
            found.add(Origin(From.NULL, -1, name))
        if "picks" in verbs:
            return self._expressions.computed(frozenset(o for value in values for o in value))
        if ALLOCATED[0] in {o.kind for o in found} and "frees" in verbs:
            found = {o for o in found if o.kind in ALLOCATED}
        return frozenset(found) or UNKNOWN


_KINDS = {
    "writes": EffectKind.WRITES_THROUGH,
    "reads": EffectKind.READS_THROUGH,
    "frees": EffectKind.FREES,
}
