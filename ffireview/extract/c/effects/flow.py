"""Statements of a function body: which of them control reaches, with what known, and what the function returns."""

import re

from ffireview.extract.c.effects.calls import Calls
from ffireview.extract.c.effects.expressions import Expressions, Local
from ffireview.extract.c.effects.names import is_integer, known
from ffireview.extract.c.effects.notes import Notes
from ffireview.extract.c.effects.objects import RESULT
from ffireview.extract.c.effects.values import (
    ALLOCATED,
    STACK,
    UNKNOWN,
    From,
    Origin,
    State,
    Value,
    joined,
    loaded,
    one,
    parameters,
)
from ffireview.extract.c.text import CText
from ffireview.model.effects import EffectKind
from ffireview.syntax.bodies import Branch

_ERRNO = re.compile(r"-(?:1|E[A-Z0-9]+)")
_NAMED = re.compile(r"-?[A-Z][A-Z0-9_]+")
_NEGATIVE = re.compile(r"-\d+[LU]*|~0[LU]*")
_TRUTH = frozenset({"TRUE", "FALSE", "true", "false", "YES", "NO"})
_FOREVER = frozenset({"1", "true", "TRUE"})
_WRAPPERS = ("pointer_declarator", "reference_declarator", "parenthesized_declarator", "array_declarator")


class Flow:
    """Reads the statements of one function."""

    def __init__(self, text: CText, notes: Notes, expressions: Expressions, calls: Calls, returns: str, *, split: bool):
        self._text, self._notes, self._expressions, self._calls = text, notes, expressions, calls
        self._split = split
        """Whether preprocessor conditions stand inside the body."""
        self._pointer = "*" in returns or "&" in returns
        self._integer = not self._pointer and is_integer(returns)
        self._void = returns in ("void", "VOID", "")
        self._signed = not re.search(r"\b(?:unsigned|bool|_Bool|size_t|u\d+|uint\w*)\b", returns)
        self._breaks: list[list[State]] = []
        self._continues: list[list[State]] = []
        self._labels: dict[str, State] = {}
        self._trying = 0
        self._results: list[tuple[Branch, Value]] = []
        self._allocated: list[tuple[Branch, Origin]] = []

    def body(self, block: Branch, state: State) -> None:
        """Read the whole body."""
        expressions, calls = self._expressions, self._calls
        expressions.call, expressions.block = calls.read, self.block
        calls.give, calls.throw = self._result, self._throw
        self.block(block, state)
        self._finish()
        self._constant()
        del expressions.call, expressions.block, calls.give, calls.throw

    # ---- blocks

    def block(self, node: Branch, state: State) -> None:
        """The statements of a block. What stands under a preprocessor condition may be there or not."""
        locals_, values = dict(self._expressions.locals), dict(state.values)
        base = self._text.conditions(node.start) if self._split else ()
        region: State | None = None
        around: tuple[str, ...] = ()
        for child in node.children:
            conditions = self._text.conditions(child.start) if self._split else ()
            if region is not None and conditions != around:
                state.become(joined((state, region)))
                region = None
            if len(conditions) > len(base):
                region, around = region or state.copy(), conditions
                self.statement(child, region)
            else:
                self.statement(child, state)
        if region is not None:
            state.become(joined((state, region)))
        self._leave(locals_, values, state)

    def _leave(self, locals_: dict[str, Local], values: dict[str, Value], state: State) -> None:
        """The end of a scope: names mean again what they meant before."""
        for name, local in self._expressions.locals.items():
            if locals_.get(name) is not local:
                state.values.pop(name, None)
                if name in values:
                    state.values[name] = values[name]
        self._expressions.locals.clear()
        self._expressions.locals.update(locals_)

    def statement(self, node: Branch, state: State) -> None:
        """One statement; where control does not get to, only labels are looked for."""
        kind = node.kind
        if state.dead and kind not in ("labeled_statement", "compound_statement"):
            return
        if kind == "compound_statement":
            self.block(node, state)
        elif kind in ("declaration", "init_statement"):
            self._declaration(node, state)
        elif kind in _STATEMENTS:
            _STATEMENTS[kind](self, node, state)
        elif kind in ("attributed_statement", "else_clause"):
            for child in node.children:
                self.statement(child, state)
        elif not kind.startswith(("preproc", "type", "static_assert", "using", "alias", "attribute")):
            self._expressions.value(node, state)

    def _expression(self, node: Branch, state: State) -> None:
        for child in node.children:
            gives = self._gives(child)
            if gives is None:
                self._expressions.value(child, state)
                continue
            if gives:
                self._result(child, self._expressions.value(gives[0], state), state)
            state.dead = True

    def _gives(self, node: Branch) -> list[Branch] | None:
        """What a macro returns from the function; None when it does not return."""
        function, arguments = node.child("function"), node.child("arguments")
        if function is None or arguments is None or function.kind != "identifier":
            return None
        for fact in known().functions.get(self._notes.word(function), ()):
            if fact.verb == "gives":
                return [arguments.children[k] for k in fact.arguments if k < len(arguments.children)]
        return None

    # ---- declarations

    def _declaration(self, node: Branch, state: State) -> None:
        type_ = node.child("type")
        if node.kind == "init_statement":
            for child in node.children:
                self.statement(child, state)
            return
        static = any(c.kind == "storage_class_specifier" and self._notes.word(c) == "static" for c in node.children)
        written = self._notes.word(type_).partition("<")[0].strip() if type_ else ""
        if facts := known().functions.get(written):
            for fact in facts:
                if fact.verb in ("locks", "thread"):
                    kind = EffectKind.TAKES_LOCK if fact.verb == "locks" else EffectKind.STARTS_THREAD
                    self._notes.of_function(kind, node, written)
        for declarator in node.fields("declarator"):
            initial = declarator.child("value") if declarator.kind == "init_declarator" else None
            value = UNKNOWN
            if initial is not None and initial.kind in ("argument_list", "initializer_list"):
                for part in initial.children:
                    self._expressions.value(part, state)
            elif initial is not None:
                value = self._expressions.value(initial, state)
            inner = declarator.child("declarator") if declarator.kind == "init_declarator" else declarator
            self._declare(inner, value, state, static=static)

    def _declare(self, declarator: Branch | None, value: Value, state: State, *, static: bool) -> None:
        """A name of the block."""
        array = pointer = False
        while declarator is not None and declarator.kind in (
            *_WRAPPERS,
            "function_declarator",
            "attributed_declarator",
        ):
            array = declarator.kind == "array_declarator"
            pointer |= declarator.kind == "pointer_declarator"
            if declarator.kind == "function_declarator" and not pointer:
                following = declarator.child("declarator")
                if following is not None and following.kind == "identifier":
                    return
            following = declarator.child("declarator")
            declarator = following or (declarator.children[0] if declarator.children else None)
        if declarator is None or declarator.kind != "identifier":
            return
        name = self._notes.word(declarator)
        self._expressions.locals[name] = Local(array, static, pointer)
        self._expressions.bounds.pop(name, None)
        if array:
            value = one(From.STATIC, -1, name) if static else STACK
        elif static:
            value = one(From.GLOBAL, -1, name)
        state.values[name] = value

    # ---- branches

    def _if(self, node: Branch, state: State) -> None:
        yes, no = self._condition(node.child("condition"), state)
        if then := node.child("consequence"):
            self.statement(then, yes)
        if other := node.child("alternative"):
            self.statement(other, no)
        state.become(joined((yes, no)))

    def _condition(self, node: Branch | None, state: State) -> tuple[State, State]:
        """The states after a condition; C++ may declare a name in it."""
        if node is None:
            return state, State(dict(state.values), state.tested, dead=True)
        parts = node.children if node.kind == "condition_clause" else (node,)
        for part in parts[:-1]:
            self.statement(part, state)
        if parts and parts[-1].kind == "declaration":
            self._declaration(parts[-1], state)
            return state, state.copy()
        if not parts:
            return state, state.copy()
        yes, no = self._expressions.condition(parts[-1], state.copy())
        if self._notes.word(parts[-1]).strip("() ") in _FOREVER:
            no.dead = True
        return yes, no

    def _switch(self, node: Branch, state: State) -> None:
        condition, body = node.child("condition"), node.child("body")
        if condition is not None:
            value = self._expressions.value(condition, state)
            self._notes.compared |= set(self._expressions.integers(value))
            self._expressions.asked(value)
        self._breaks.append([])
        current = State({}, dead=True)
        complete = False
        for child in body.children if body else ():
            if child.kind != "case_statement":
                self.statement(child, current)
                continue
            chosen = child.child("value")
            complete |= chosen is None
            current = joined((state.copy(), current))
            for part in child.children:
                if part is not chosen:
                    self.statement(part, current)
        paths = [current, *self._breaks.pop()]
        state.become(joined(paths if complete else [state.copy(), *paths]))

    # ---- loops

    def _while(self, node: Branch, state: State) -> None:
        condition, body = node.child("condition"), node.child("body")
        macro = self._notes.word(node)[:40].split("(")[0].strip()
        if not macro.startswith("while") and condition is not None:
            self._each(macro, condition, body, state)
            return
        self._lengths(condition, node, state)
        yes, no = self._condition(condition, state)
        self._loop(body, yes, no, state)

    def _each(self, macro: str, condition: Branch, body: Branch | None, state: State) -> None:
        """A macro that opens a loop: what it names first comes out of what it names behind."""
        parts = list(condition.children)
        while parts and parts[-1].kind == "comma_expression":
            parts[-1:] = parts[-1].children
        if macro.startswith("scoped_"):
            self._notes.of_function(EffectKind.TAKES_LOCK, condition, macro)
            for part in parts[1:]:
                self._expressions.value(part, state)
            if body is not None:
                self.statement(body, state)
            return
        names = [p for p in parts if p.kind == "identifier" and self._notes.word(p) in self._expressions.locals]
        values = [self._expressions.value(part, state) for part in parts if part not in names]
        source = frozenset(o for value in values for o in value)
        self._expressions.touch(source, condition, state, EffectKind.READS_THROUGH, macro)
        for part in names:
            state.values[self._notes.word(part)] = loaded(source, self._notes.code(part))
        self._loop(body, state.copy(), state.copy(), state)

    def _loop(self, body: Branch | None, yes: State, no: State, state: State, update: Branch | None = None) -> None:
        self._breaks.append([])
        self._continues.append([])
        if body is not None:
            self.statement(body, yes)
        again = joined([yes, *self._continues.pop()])
        if update is not None and not again.dead:
            self._expressions.value(update, again)
        breaks = self._breaks.pop()
        forever = no.dead
        state.become(joined([no, *breaks] if forever else [no, again, *breaks]))

    def _do(self, node: Branch, state: State) -> None:
        self._lengths(node.child("condition"), node, state)
        self._breaks.append([])
        self._continues.append([])
        if body := node.child("body"):
            self.statement(body, state)
        again = joined([state, *self._continues.pop()])
        _, no = self._condition(node.child("condition"), again)
        state.become(joined([no, *self._breaks.pop()]))

    def _for(self, node: Branch, state: State) -> None:
        locals_, values = dict(self._expressions.locals), dict(state.values)
        if first := node.child("initializer"):
            self.statement(first, state)
        condition = node.child("condition")
        self._lengths(condition, node, state)
        yes, no = self._condition(condition, state)
        self._loop(node.child("body"), yes, no, state, node.child("update"))
        self._leave(locals_, values, state)

    def _range(self, node: Branch, state: State) -> None:
        source = node.child("right")
        value = self._expressions.value(source, state) if source else UNKNOWN
        yes = state.copy()
        self._declare(node.child("declarator"), loaded(value, "") if value else UNKNOWN, yes, static=False)
        self._loop(node.child("body"), yes, state.copy(), state)

    def _lengths(self, condition: Branch | None, loop: Branch, state: State) -> None:
        """A loop that an integer parameter bounds, with pointers that move in it: the integer is their length."""
        if condition is None:
            return
        moved = {
            self._notes.word(p.children[0]) for p in loop.walk() if p.kind == "assignment_expression" and p.children
        }
        moved |= {
            self._notes.word(target)
            for p in loop.walk()
            if p.kind == "update_expression" and (target := p.child("argument"))
        }
        asked = [p for p in condition.walk() if p.kind == "identifier"]
        counting = {self._notes.word(p) for p in asked} & moved
        if not counting:
            return
        fixed = [p for p in asked if self._notes.word(p) not in counting]
        bounding = self._integers(fixed, state) or self._integers(asked, state)
        for part in loop.walk():
            base = part.child("argument")
            if part.kind not in ("pointer_expression", "subscript_expression") or base is None:
                continue
            if part.kind == "pointer_expression" and part.children[0].kind != "*":
                continue
            index = part.child("index")
            if index is not None and self._notes.word(index) not in counting:
                continue
            while base.kind in ("update_expression", "parenthesized_expression"):
                base = base.child("argument") or base.children[0]
            name = self._notes.word(base)
            if base.kind != "identifier" or (index is None and name not in moved):
                continue
            pointers = self._expressions.pointers(state.values.get(name, UNKNOWN))
            for n in sorted(bounding):
                self._expressions.length(n, pointers, part)

    def _integers(self, names: list[Branch], state: State) -> set[int]:
        held = (state.values.get(self._notes.word(name), UNKNOWN) for name in names)
        return {n for value in held for n in self._expressions.integers(value)}

    # ---- jumps

    def _break(self, node: Branch, state: State) -> None:
        if self._breaks:
            self._breaks[-1].append(state.copy())
        state.dead = True

    def _continue(self, node: Branch, state: State) -> None:
        if self._continues:
            self._continues[-1].append(state.copy())
        state.dead = True

    def _goto(self, node: Branch, state: State) -> None:
        if label := node.child("label"):
            name = self._notes.word(label)
            before = self._labels.get(name)
            self._labels[name] = joined((before, state)) if before else state.copy()
        state.dead = True

    def _label(self, node: Branch, state: State) -> None:
        label = node.child("label")
        if label is not None and (there := self._labels.get(self._notes.word(label))):
            state.become(joined((state, there)))
        elif state.dead:
            state.become(State(state.values))
        for child in node.children:
            if child is not label:
                self.statement(child, state)

    def _return(self, node: Branch, state: State) -> None:
        for child in node.children:
            self._returned(node, child, state)
        state.dead = True

    def _returned(self, node: Branch, value: Branch, state: State, sides: int = 4) -> None:
        """A `return`, or one side of the condition that it returns: `p ? p->name : NULL` is null only where `p` is."""
        test, then, other = (value.child(f) for f in ("condition", "consequence", "alternative"))
        if not sides or value.kind != "conditional_expression" or test is None or then is None or other is None:
            self._result(node, self._expressions.value(value, state), state)
            return
        yes, no = self._expressions.condition(test, state)
        self._returned(node, then, yes, sides - 1)
        self._returned(node, other, no, sides - 1)
        state.become(joined((yes, no)))

    def _try(self, node: Branch, state: State) -> None:
        before = state.copy()
        self._trying += 1
        if body := node.child("body"):
            self.statement(body, state)
        self._trying -= 1
        paths = [state.copy()]
        for child in node.children:
            if child.kind == "catch_clause" and (body := child.child("body")):
                path = before.copy()
                self.statement(body, path)
                paths.append(path)
        state.become(joined(paths))

    def _throw_statement(self, node: Branch, state: State) -> None:
        for child in node.children:
            self._expressions.value(child, state)
        self._throw(node, self._notes.code(node.children[0]).partition("(")[0] if node.children else "")
        state.dead = True

    def _throw(self, node: Branch, name: str) -> None:
        if not self._trying:
            self._notes.of_function(EffectKind.THROWS, node, name)

    # ---- results

    def _result(self, node: Branch, value: Value, state: State) -> None:
        """A value that the function returns at a place."""
        notes = self._notes
        self._results.append((node, value))
        for o in sorted(value):
            if o.kind is From.NULL and not self._integer:
                notes.of_result(EffectKind.MAY_RETURN_NULL, node, o.name, state.null)
            elif o.kind is From.CONSTANT:
                self._of_constant(node, o.name, state)
            elif o.kind is From.ERROR:
                notes.of_result(EffectKind.ERROR_POINTER, node, o.name)
            elif o.kind in ALLOCATED:
                if o.kind is From.ALLOCATED:
                    notes.of_result(EffectKind.MAY_RETURN_NULL, node, o.name)
                self._allocated.append((node, o))
            elif o.kind is From.CALL:
                notes.returned.add(o.which)
            elif self._pointer:
                self._of_pointer(node, o.kind, o.name)
        if not self._integer:
            for i in self._expressions.pointers(value):
                if self._pointer or (notes.sure[i] and parameters(value, From.PARAMETER) == [i]):
                    notes.of_parameter(i, EffectKind.RETURNED, node)

    def _of_pointer(self, node: Branch, kind: From, name: str) -> None:
        if kind is From.STATIC or kind is From.LENT:
            self._notes.of_result(EffectKind.RETURNS_STATIC_BUFFER, node, name)
        elif kind is From.GLOBAL or (kind is From.LOADED and name not in self._expressions.detached):
            self._notes.of_result(EffectKind.RETURNS_BORROWED, node, name)
        elif kind is From.LITERAL:
            self._notes.of_result(EffectKind.RETURNS_BORROWED, node, "string literal")

    def _of_constant(self, node: Branch, name: str, state: State) -> None:
        if self._pointer and name in ("0", "0L"):
            self._notes.of_result(EffectKind.MAY_RETURN_NULL, node, "", state.null)
        elif _ERRNO.fullmatch(name) and not self._pointer and self._signed:
            self._notes.of_result(EffectKind.NEGATIVE_ERRNO, node, name, state.null)
        elif (_NAMED.fullmatch(name) or _NEGATIVE.fullmatch(name)) and name not in _TRUTH:
            self._notes.of_result(EffectKind.SENTINEL, node, name, state.null)

    def _finish(self) -> None:
        """What only the end of the function decides: the fate of the objects that it got."""
        objects, notes = self._expressions.objects, self._notes
        notes.kept = objects.kept()
        for node, o in self._allocated:
            if o.which not in notes.kept:
                notes.of_result(EffectKind.RETURNS_ALLOCATED, node, o.name)
        for _, value in self._results:
            objects.keep(value, (RESULT,), (), sure=False)
        for waiting in objects.waiting:
            if (fate := objects.fate(waiting.objects)) is not None:
                others = () if fate.elsewhere else tuple(sorted(fate.owners - {waiting.parameter}))
                notes.of_parameter(waiting.parameter, EffectKind.STORES, waiting.node, name=waiting.name, others=others)

    def _constant(self) -> None:
        """One constant for every way through the function."""
        found = {o for _, value in self._results for o in value}
        if self._void or self._calls.opaque or len(found) != 1:
            return
        o = next(iter(found))
        if o.kind is From.NULL or o.kind is From.CONSTANT:
            name = o.name or "NULL"
            self._notes.of_result(EffectKind.ALWAYS_RETURNS_CONSTANT, self._results[0][0], name)


_STATEMENTS = {
    "expression_statement": Flow._expression,
    "if_statement": Flow._if,
    "switch_statement": Flow._switch,
    "while_statement": Flow._while,
    "do_statement": Flow._do,
    "for_statement": Flow._for,
    "for_range_loop": Flow._range,
    "break_statement": Flow._break,
    "continue_statement": Flow._continue,
    "goto_statement": Flow._goto,
    "labeled_statement": Flow._label,
    "return_statement": Flow._return,
    "try_statement": Flow._try,
    "throw_statement": Flow._throw_statement,
}
