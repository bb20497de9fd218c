"""Expressions of a function body: what they may hold, and what they do to memory on the way."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ffireview.extract.c.effects.names import known
from ffireview.extract.c.effects.notes import Notes
from ffireview.extract.c.effects.objects import Objects, Waiting
from ffireview.extract.c.effects.values import (
    ALLOCATED,
    STACK,
    UNKNOWN,
    From,
    Origin,
    State,
    Value,
    inside,
    joined,
    loaded,
    one,
    parameters,
)
from ffireview.model.effects import EffectKind
from ffireview.syntax.bodies import Branch

_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
_EQUALITY = frozenset({"==", "!="})
_BOUNDING = frozenset({"%", "&", ">>"})
_NULLS = frozenset({"NULL", "nullptr", "0", "0L", "0UL", "0U"})
Address = tuple[Value, bool]
"""Where an lvalue stands, and whether that is sure: an array inside an object looks like a pointer out of it."""


class Local(NamedTuple):
    """A variable of the function."""

    array: bool
    static: bool
    pointer: bool


class Place(NamedTuple):
    """Where an lvalue stands: a variable of the function, or memory."""

    name: str
    where: Value
    sure: bool
    code: str


class Expressions:
    """Reads expressions of one function, in the order of evaluation."""

    def __init__(self, notes: Notes, names: dict[str, int], *, cpp: bool) -> None:
        self.notes = notes
        self.cpp = cpp
        self.locals: dict[str, Local] = {}
        self.bounds: dict[str, set[int]] = {}
        """Names that have been compared with an integer parameter."""
        self.objects = Objects()
        self.detached: set[str] = set()
        """Lvalues that were overwritten after they were read."""
        self.call: Callable[[Branch, State], Value]
        """Reads a call; set by whoever joins the parts."""
        self.block: Callable[[Branch, State], None]
        """Reads the statements of a block inside an expression."""
        self._parameters = names

    # ---- values

    def value(self, node: Branch, state: State) -> Value:
        """What the expression may hold; what it does is noted, and changes the state."""
        read = _VALUES.get(node.kind)
        if read is not None:
            return read(self, node, state)
        for child in node.children:
            if child.kind not in _NO_CODE:
                self.value(child, state)
        return UNKNOWN

    def pointers(self, value: Value) -> list[int]:
        """The parameters that a value is, or points into, if they may be pointers."""
        return [i for i in parameters(value, From.PARAMETER, From.WITHIN) if self.notes.pointer[i]]

    def integers(self, value: Value) -> list[int]:
        """The integer parameters that a value is, or is computed from."""
        return [i for i in parameters(value, From.PARAMETER, From.COMPUTED) if self.notes.integer[i]]

    def _identifier(self, node: Branch, state: State) -> Value:
        name = self.notes.word(node)
        held = state.values.get(name)
        if held is not None:
            return held
        if _CONSTANT.fullmatch(name):
            return one(From.NULL) if name == "NULL" else one(From.CONSTANT, -1, name)
        return one(From.GLOBAL, -1, name)

    def _literal(self, node: Branch, state: State) -> Value:
        return one(From.CONSTANT, -1, self.notes.word(node))

    def _null(self, node: Branch, state: State) -> Value:
        return one(From.NULL)

    def _string(self, node: Branch, state: State) -> Value:
        return one(From.LITERAL)

    def _parenthesized(self, node: Branch, state: State) -> Value:
        result = UNKNOWN
        for child in node.children:
            if child.kind == "compound_statement":
                self.block(child, state)
                result = UNKNOWN
            else:
                result = self.value(child, state)
        return result

    def _cast(self, node: Branch, state: State) -> Value:
        inner = node.child("value")
        return self.value(inner, state) if inner else UNKNOWN

    def _nothing(self, node: Branch, state: State) -> Value:
        return UNKNOWN

    def _read(self, node: Branch, state: State) -> Value:
        """An lvalue in memory, read."""
        where, _ = self.address(node, state)
        self.touch(where, node, state, EffectKind.READS_THROUGH)
        return loaded(where, self.notes.code(node))

    def _pointer(self, node: Branch, state: State) -> Value:
        inner = node.child("argument")
        if inner is None:
            return UNKNOWN
        if _operator(node) == "&":
            where, sure = self.address(inner, state)
            return where if sure else UNKNOWN
        return self._read(node, state)

    def _unary(self, node: Branch, state: State) -> Value:
        inner = node.child("argument")
        if inner is None:
            return UNKNOWN
        operator = _operator(node)
        if operator == "!":
            state.become(joined(self.condition(node, state)))
            return UNKNOWN
        value = self.value(inner, state)
        if operator in "-+~" and all(o.kind is From.CONSTANT for o in value):
            return frozenset(Origin(From.CONSTANT, -1, operator + o.name) for o in value)
        return self.computed(value)

    def _update(self, node: Branch, state: State) -> Value:
        target = node.child("argument")
        if target is None:
            return UNKNOWN
        place = self._place(target, state)
        before = self._held(place, node, state)
        after = self._moved(before)
        self._put(place, after, state, node)
        first = node.children[0]
        return after if first.field == "operator" else before

    def _assignment(self, node: Branch, state: State) -> Value:
        left, right = node.child("left"), node.child("right")
        if left is None or right is None:
            return UNKNOWN
        value = self.value(right, state)
        operator = _operator(node)
        if operator != "=":
            place = self._place(left, state)
            before = self._held(place, node, state)
            value = self._moved(before, value) if operator in ("+=", "-=") else self.computed(before | value)
            self._put(place, value, state, node)
            return value
        if right.kind in ("compound_literal_expression", "initializer_list"):
            held = self._elements(right, state)
            self.assign(left, held, state, node)
            return UNKNOWN
        self.assign(left, value, state, node)
        return value

    def _elements(self, node: Branch, state: State) -> Value:
        """The parameters that an initialiser holds."""
        found: set[Origin] = set()
        for part in node.walk():
            if part.kind == "identifier":
                found |= {o for o in state.values.get(self.notes.word(part), ()) if o.kind is From.PARAMETER}
        return frozenset(found) | UNKNOWN

    def _binary(self, node: Branch, state: State) -> Value:
        left, right = node.child("left"), node.child("right")
        operator = _operator(node)
        if left is None or right is None:
            return UNKNOWN
        if operator in ("&&", "||", "and", "or"):
            state.become(joined(self.condition(node, state)))
            return UNKNOWN
        if operator in _EQUALITY and any(self.notes.word(side) in _NULLS for side in (left, right)):
            state.become(joined(self.condition(node, state)))
            return UNKNOWN
        one_side, other = self.value(left, state), self.value(right, state)
        if operator in _COMPARISONS:
            self._compared(left, one_side, right, other)
            return UNKNOWN
        if operator == "+":
            behind = bool(self.pointers(other)) and not self.pointers(one_side)
            return self._moved(other, one_side) if behind else self._moved(one_side, other)
        if operator == "-":
            return UNKNOWN if self.pointers(other) else self._moved(one_side, other)
        return UNKNOWN if operator in _BOUNDING else self.computed(one_side | other)

    def _moved(self, value: Value, by: Value = frozenset()) -> Value:
        """A pointer moved, or an integer with something added."""
        steps = self.integers(by)
        found: set[Origin] = set()
        for o in value:
            if o.kind in (From.PARAMETER, From.WITHIN) and self.notes.pointer[o.which]:
                found |= inside(frozenset({o}), steps[0] if steps else -1)
            elif o.kind in (From.STACK, From.STATIC, From.GLOBAL, From.LITERAL, From.LOADED):
                found.add(o)
            elif o.kind in ALLOCATED or o.kind is From.CALL:
                found.add(Origin(From.OBJECT, o.which))
        return frozenset(found) or self.computed(value | by)

    def computed(self, value: Value) -> Value:
        indices = self.integers(value)
        return frozenset(Origin(From.COMPUTED, i) for i in indices) or UNKNOWN

    def _conditional(self, node: Branch, state: State) -> Value:
        test, then, other = (node.child(f) for f in ("condition", "consequence", "alternative"))
        if test is None or other is None:
            return UNKNOWN
        if then is None:
            value = self.value(test, state)
            return self._nonnull(value) | self.value(other, state)
        yes, no = self.condition(test, state)
        one_value = self.value(then, yes)
        two = self.value(other, no)
        state.become(joined((yes, no)))
        return one_value | two

    def _comma(self, node: Branch, state: State) -> Value:
        result = UNKNOWN
        for child in node.children:
            result = self.value(child, state)
        return result

    def _new(self, node: Branch, state: State) -> Value:
        for child in node.children:
            if child.field == "arguments":
                self.value(child, state)
        nothrow = "nothrow" in self.notes.code(node)
        return one(From.ALLOCATED if nothrow else From.OWNED, node.start, "new")

    def _delete(self, node: Branch, state: State) -> Value:
        for child in node.children:
            value = self.value(child, state)
            self.objects.free(value)
            for i in self.pointers(value):
                self.notes.of_parameter(i, EffectKind.FREES, node, name="delete", tested=i in state.tested)
        return UNKNOWN

    def _assembly(self, node: Branch, state: State) -> Value:
        for part in node.walk():
            if part.kind == "gnu_asm_output_operand" and (target := part.child("value")):
                self.assign(target, UNKNOWN, state, part)
            elif part.kind == "gnu_asm_input_operand" and (source := part.child("value")):
                self.value(source, state)
        return UNKNOWN

    # ---- places

    def address(self, node: Branch, state: State) -> Address:
        """Where an lvalue stands. The pointers on the way are read, the lvalue itself is not."""
        while node.kind == "parenthesized_expression" and len(node.children) == 1:
            node = node.children[0]
        if node.kind == "identifier":
            return self._variable(node, state), True
        if node.kind == "pointer_expression" and _operator(node) == "*":
            return self._target(node, state), True
        if node.kind == "field_expression":
            base = node.child("argument")
            if base is None:
                return UNKNOWN, True
            if _operator(node) == "->":
                return inside(self.value(base, state)), True
            where, sure = self.address(base, state)
            return inside(where), sure
        if node.kind == "subscript_expression":
            return self._element(node, state)
        return self.value(node, state), False

    def _variable(self, node: Branch, state: State) -> Value:
        name = self.notes.word(node)
        index = self._parameters.get(name, -1)
        if index >= 0 and self.notes.reference[index]:
            return state.values.get(name, UNKNOWN)
        local = self.locals.get(name)
        if local and local.static:
            return one(From.STATIC, -1, name)
        if local or name in state.values:
            return STACK
        return one(From.GLOBAL, -1, name)

    def _target(self, node: Branch, state: State) -> Value:
        inner = node.child("argument")
        value = self.value(inner, state) if inner else UNKNOWN
        while inner is not None and inner.kind == "parenthesized_expression" and len(inner.children) == 1:
            inner = inner.children[0]
        if inner is not None and inner.kind == "binary_expression":
            for o in value:
                if o.kind is From.WITHIN and o.by >= 0:
                    self._indexed(node, [o.by], [o.which])
        return value

    def _element(self, node: Branch, state: State) -> Address:
        base = node.child("argument")
        index = node.child("index") or node.child("indices")
        if base is None or index is None:
            return UNKNOWN, True
        while index.kind == "subscript_argument_list" and len(index.children) == 1:
            index = index.children[0]
        if base.kind in ("field_expression", "subscript_expression"):
            where, sure = self.address(base, state)[0], False
        else:
            where, sure = self.value(base, state), True
        position = self.value(index, state)
        whole = [i for i in self.pointers(where) if not self.notes.reference[i]] if sure else []
        if whole or not self.cpp or self._is_array(base):
            self._indexed(node, self.integers(position), whole)
        if index.kind == "identifier":
            for n in sorted(self.bounds.get(self.notes.word(index), ())):
                self.length(n, whole, node)
        return inside(where), sure

    def _is_array(self, base: Branch) -> bool:
        """Whether a name is an array or a pointer of the function; in C++ other objects may be indexed too."""
        local = self.locals.get(self.notes.word(base)) if base.kind == "identifier" else None
        return local is not None and (local.array or local.pointer)

    def _indexed(self, node: Branch, indices: list[int], pointers: list[int]) -> None:
        for n in indices:
            if n not in self.notes.compared:
                self.notes.of_parameter(n, EffectKind.INDEX, node, others=tuple(pointers))

    def length(self, integer: int, pointers: list[int], node: Branch, name: str = "") -> None:
        """An integer parameter bounds the access through pointer parameters."""
        if others := tuple(p for p in pointers if p != integer):
            self.notes.of_parameter(integer, EffectKind.LENGTH_OF, node, name=name, others=others)

    def touch(self, where: Value, node: Branch, state: State, kind: EffectKind | None, name: str = "") -> None:
        """Memory is accessed there; without a kind, how is not known."""
        for i in self.pointers(where):
            tested = i in state.tested
            if kind is not None:
                self.notes.of_parameter(i, kind, node, name=name, tested=tested)
            if not tested and i not in self.notes.asked and not self.notes.reference[i]:
                self.notes.of_parameter(i, EffectKind.DEREFERENCED_BEFORE_NULL_TEST, node, name=name)

    # ---- assignments

    def assign(self, target: Branch, value: Value, state: State, node: Branch) -> None:
        """The value is put into the lvalue."""
        self._put(self._place(target, state), value, state, node)

    def _place(self, target: Branch, state: State) -> Place:
        """Where an lvalue stands: a variable by its name; references, statics and globals are memory."""
        while target.kind == "parenthesized_expression" and len(target.children) == 1:
            target = target.children[0]
        name = self.notes.word(target) if target.kind == "identifier" else ""
        if name:
            local = self.locals.get(name)
            reference = name in self._parameters and self.notes.reference[self._parameters[name]]
            if name in state.values and not reference and not (local and local.static):
                return Place(name, UNKNOWN, True, name)
        where, sure = self.address(target, state)
        return Place("", where, sure, self.notes.code(target))

    def _held(self, place: Place, node: Branch, state: State) -> Value:
        """What stands there before it is changed."""
        if place.name:
            return state.values[place.name]
        self.touch(place.where, node, state, EffectKind.READS_THROUGH)
        return loaded(place.where, place.code)

    def _put(self, place: Place, value: Value, state: State, node: Branch) -> None:
        if place.name:
            state.values[place.name] = value
            return
        self.touch(place.where, node, state, EffectKind.WRITES_THROUGH if place.sure else None)
        for o in place.where:
            if o.kind is From.STATIC:
                self.notes.of_function(EffectKind.USES_GLOBAL_STATE, node, f"static {o.name}")
        self.detached.add(place.code)
        self.store(place.where, value, node)

    def store(self, where: Value, value: Value, node: Branch, name: str = "") -> None:
        """A pointer is put somewhere: does it outlive the call there?"""
        kinds = {o.kind for o in where}
        if From.STACK in kinds or kinds <= {From.UNKNOWN}:
            return
        owners = parameters(where, From.PARAMETER, From.WITHIN, From.LOADED)
        objects = {o.which for o in where if o.kind is From.OBJECT and o.which >= 0}
        sure = bool(kinds & {From.GLOBAL, From.STATIC}) or not (owners or objects)
        self.objects.keep(value, owners, objects, sure=sure)
        for i in self.pointers(value):
            own = parameters(where, From.PARAMETER, From.WITHIN) == [i] and kinds <= {From.PARAMETER, From.WITHIN}
            if own or not self.notes.sure[i]:
                continue
            others = tuple(j for j in owners if j != i)
            if objects and not owners and not sure:
                self.objects.waiting.append(Waiting(i, node, name, frozenset(objects)))
            else:
                self.notes.of_parameter(i, EffectKind.STORES, node, name=name, others=others)

    # ---- conditions

    def condition(self, node: Branch, state: State) -> tuple[State, State]:
        """The states in which the condition holds and in which it does not. The one given is used up."""
        while node.kind in ("parenthesized_expression", "condition_clause") and len(node.children) == 1:
            node = node.children[0]
        operator = _operator(node) if node.kind in ("unary_expression", "binary_expression") else ""
        if operator in ("!", "not") and (inner := node.child("argument")):
            yes, no = self.condition(inner, state)
            return no, yes
        left, right = node.child("left"), node.child("right")
        if left and right:
            if operator in ("&&", "and"):
                yes, no = self.condition(left, state)
                both, second = self.condition(right, yes)
                return both, joined((no, second))
            if operator in ("||", "or"):
                yes, no = self.condition(left, state)
                second, neither = self.condition(right, no)
                return joined((yes, second)), neither
            if operator in _EQUALITY:
                if left.kind == right.kind == "identifier":
                    equal, unequal = self._same(left, right, state)
                    return (equal, unequal) if operator == "==" else (unequal, equal)
                for tested, null in ((left, right), (right, left)):
                    if self.notes.word(null) in _NULLS:
                        yes, no = self._tested(tested, node, state)
                        return (no, yes) if operator == "==" else (yes, no)
        if node.kind == "call_expression" and (asked := self._asked(node)):
            verb, argument = asked
            if verb == "same":
                return self.condition(argument, state)
            yes, no = self._tested(argument, node, state)
            return (no, yes) if verb == "null" else self._error(argument, yes, no)
        return self._tested(node, node, state)

    def _same(self, left: Branch, right: Branch, state: State) -> tuple[State, State]:
        """Two names compared: where they differ, neither is the parameter that the other is."""
        one_side, other = self.value(left, state), self.value(right, state)
        self._compared(left, one_side, right, other)
        unequal = state.copy()
        for node, value, against in ((left, one_side, other), (right, other, one_side)):
            name, own = self.notes.word(node), parameters(against, From.PARAMETER)
            if name in state.values and len(against) == 1 and own and self._parameters.get(name) not in own:
                unequal.values[name] = value - against or UNKNOWN
        return state, unequal

    def _asked(self, node: Branch) -> tuple[str, Branch] | None:
        """A function or macro that hands on a condition, or tests its argument."""
        function, arguments = node.child("function"), node.child("arguments")
        if function is None or arguments is None:
            return None
        for fact in known().functions.get(self.notes.word(function), ()):
            if fact.verb in ("same", "null", "error") and fact.arguments[0] < len(arguments.children):
                return fact.verb, arguments.children[fact.arguments[0]]
        return None

    def _error(self, argument: Branch, one_state: State, other: State) -> tuple[State, State]:
        """After a test for an error number in a pointer: the name holds one, or it does not."""
        state = joined((one_state, other))
        yes, no = state, state.copy()
        if argument.kind == "identifier" and (name := self.notes.word(argument)) in yes.values:
            yes.values[name] = frozenset({*yes.values[name], Origin(From.ERROR)})
            no.values[name] = frozenset(o for o in no.values[name] if o.kind is not From.ERROR)
        return yes, no

    def _tested(self, node: Branch, whole: Branch, state: State) -> tuple[State, State]:
        """The expression is compared with zero: the states in which it is not zero, and in which it is."""
        value = self.value(node, state)
        for i in self.pointers(value):
            if Origin(From.PARAMETER, i) in value and not self.notes.reference[i]:
                state.tested |= {i}
                self.notes.asked.add(i)
                self.notes.of_parameter(i, EffectKind.NULL_TESTED, whole)
        self.notes.compared |= set(self.integers(value))
        self.asked(value)
        yes, no = state, state.copy()
        if len(value) == 1:
            no.null |= {i for i in parameters(value, From.PARAMETER) if self.notes.pointer[i]}
        name = self._assigned(node)
        if name in state.values:
            yes.values[name] = self._nonnull(value)
            if any(o.kind in (From.NULL, From.ALLOCATED) for o in value):
                no.values[name] = one(From.NULL)
        return yes, no

    def asked(self, value: Value) -> None:
        """A condition hangs on the result of a call: of what it was asked about, it may have said anything."""
        for o in value:
            if o.kind is From.CALL and o.which in self.notes.calls:
                self.vouch(h.parameter for h in self.notes.calls[o.which].handed)

    def vouch(self, indices: Iterator[int]) -> None:
        """A function or macro has been asked about these parameters; what it said is not known."""
        for i in indices:
            self.notes.asked.add(i)
            self.notes.compared.add(i)

    def _assigned(self, node: Branch) -> str:
        while node.kind in ("parenthesized_expression", "assignment_expression"):
            inner = node.child("left") if node.kind == "assignment_expression" else node.children[0]
            if inner is None:
                return ""
            node = inner
        return self.notes.word(node) if node.kind == "identifier" else ""

    @staticmethod
    def _nonnull(value: Value) -> Value:
        return frozenset(
            Origin(From.OWNED, o.which, o.name) if o.kind is From.ALLOCATED else o
            for o in value
            if o.kind is not From.NULL and not (o.kind is From.CONSTANT and o.name == "0")
        ) or UNKNOWN  # fmt: skip

    def _compared(self, left: Branch, one_side: Value, right: Branch, other: Value) -> None:
        """A comparison: of integers, of an index with a length, of a pointer with an end."""
        for node, value, limit in ((left, one_side, other), (right, other, one_side)):
            limits = self.integers(limit)
            self.notes.compared |= set(limits)
            if node.kind == "identifier" and not self.pointers(value):
                self.bounds.setdefault(self.notes.word(node), set()).update(limits)
            for o in limit:
                if o.kind is From.WITHIN and o.by >= 0 and o.which in self.pointers(value):
                    self.length(o.by, [o.which], node)
                    self.notes.compared.add(o.by)


def _operator(node: Branch) -> str:
    """The text of a node's operator."""
    found = node.child("operator")
    return found.kind if found else ""


_NO_CODE = frozenset(
    {"type_descriptor", "primitive_type", "type_identifier", "lambda_expression", "template_argument_list"}
)

_VALUES: dict[str, Callable[[Expressions, Branch, State], Value]] = {
    "identifier": Expressions._identifier,
    "this": Expressions._nothing,
    "number_literal": Expressions._literal,
    "char_literal": Expressions._literal,
    "true": Expressions._literal,
    "false": Expressions._literal,
    "null": Expressions._null,
    "string_literal": Expressions._string,
    "concatenated_string": Expressions._string,
    "raw_string_literal": Expressions._string,
    "parenthesized_expression": Expressions._parenthesized,
    "cast_expression": Expressions._cast,
    "sizeof_expression": Expressions._nothing,
    "alignof_expression": Expressions._nothing,
    "offsetof_expression": Expressions._nothing,
    "lambda_expression": Expressions._nothing,
    "generic_expression": Expressions._nothing,
    "field_expression": Expressions._read,
    "subscript_expression": Expressions._read,
    "pointer_expression": Expressions._pointer,
    "unary_expression": Expressions._unary,
    "update_expression": Expressions._update,
    "assignment_expression": Expressions._assignment,
    "binary_expression": Expressions._binary,
    "conditional_expression": Expressions._conditional,
    "comma_expression": Expressions._comma,
    "new_expression": Expressions._new,
    "delete_expression": Expressions._delete,
    "gnu_asm_expression": Expressions._assembly,
    "call_expression": lambda expressions, node, state: expressions.call(node, state),
}
