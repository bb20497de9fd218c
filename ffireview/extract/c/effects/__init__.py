"""Definitions of C functions in, what they do with their arguments out. Each function is read as it stands."""

import re
from collections.abc import Iterable, Iterator

from ffireview.extract.c.declarators import Declarator, declarator
from ffireview.extract.c.effects.calls import Calls
from ffireview.extract.c.effects.expressions import Expressions
from ffireview.extract.c.effects.flow import Flow
from ffireview.extract.c.effects.names import known
from ffireview.extract.c.effects.notes import CALLEES, Notes
from ffireview.extract.c.effects.values import From, State, one
from ffireview.extract.c.scan import head_places
from ffireview.extract.c.text import CText
from ffireview.model.effects import FunctionEffects
from ffireview.model.facts import Role
from ffireview.syntax.bodies import Branch, read_body
from ffireview.syntax.grammars import Grammar

_BODY = re.compile(rb"[^;,={}]{0,400}\{")
BODY_BYTES = 100_000
"""A longer body is a table or a generated parser."""
FILE_BYTES = 1_000_000
"""In a larger file, the functions that a function calls are not looked for."""
CALLEE_BYTES = (BODY_BYTES, 6_000, 2_000, 1_000)
"""Bodies that are read: the definition's own, and those of its callees in the same file, call by call deeper."""


def function_effects(text: CText, defined: Iterable[tuple[int, str]], *, cpp: bool) -> tuple[FunctionEffects, ...]:
    """The effects of the definitions whose names stand at the offsets, and of those that they call in the same file."""
    places = sorted(defined)
    if not places:
        return ()
    reader = _Reader(text, cpp=cpp)
    found: dict[int, FunctionEffects] = {}
    for offset, name in places:
        for at, effects in reader.read(offset, name):
            found.setdefault(at, effects)
    return tuple(effects for _, effects in sorted(found.items()))


class _Reader:
    """Reads definitions of one file, each once."""

    def __init__(self, text: CText, *, cpp: bool) -> None:
        self._text, self._cpp = text, cpp
        small = len(text.source) <= FILE_BYTES
        self._places = head_places(text.source, indented=cpp) if small else {}
        self._own = frozenset(name for name in self._places.keys() & known().functions.keys() if self._defines(name))
        self._known: dict[int, FunctionEffects | None] = {}

    def read(self, offset: int, name: str) -> Iterator[tuple[int, FunctionEffects]]:
        """The effects of a definition and, a few calls deep, of what it calls."""
        level = [(offset, name)]
        budget = CALLEES
        for depth, limit in enumerate(CALLEE_BYTES):
            following: dict[int, str] = {}
            for at, called in level:
                effects = self._effects(at, called, limit)
                if effects is None:
                    continue
                yield at, effects
                for call in effects.calls:
                    if not call.handed and not call.returned and depth:
                        continue
                    places = self._places.get(call.name, ())
                    following.update({at: call.name for at in places if self._has_body(at, call.name)})
            level = list(following.items())[:budget]
            budget -= len(level)

    def _defines(self, name: str) -> bool:
        """Whether the file has a function of this name with its body, and does not only declare it."""
        return any(self._has_body(place, name) for place in self._places[name])

    def _has_body(self, place: int, name: str) -> bool:
        """Whether a block, and no semicolon, follows the parameters."""
        code = self._text.code
        opening = code.find(b"(", place + len(name))
        close = self._text.partner.get(opening, -1)
        return close >= 0 and _BODY.match(code, close + 1) is not None

    def _effects(self, offset: int, name: str, limit: int) -> FunctionEffects | None:
        if offset not in self._known:
            found = declarator(self._text, offset, name)
            body = self._body(found, limit) if found else None
            if body is None and limit < BODY_BYTES:
                return None
            self._known[offset] = self._read(found, body, name) if found and body else None
        return self._known[offset]

    def _body(self, found: Declarator, limit: int) -> Branch | None:
        code = self._text.code
        opening = self._text.partner.get(found.end - 1, -1)
        if found.role is not Role.DEFINITION or found.signature is None or code[opening : opening + 1] != b"{":
            return None
        if not found.start < opening < found.end or found.end - opening > limit:
            return None
        grammar: Grammar = "cpp" if self._cpp else "c"
        return read_body(self._text.parsable, code, grammar, (opening, found.end))

    def _read(self, found: Declarator, body: Branch, name: str) -> FunctionEffects:
        assert found.signature is not None
        parameters = found.signature.parameters
        names = {p.name: i for i, p in enumerate(parameters) if p.name}
        notes = Notes(self._text, parameters, found.start, cpp=self._cpp)
        expressions = Expressions(notes, names, cpp=self._cpp)
        calls = Calls(expressions, self._own)
        split = any(found.start < start < found.end for start, _ in self._text.directives)
        flow = Flow(self._text, notes, expressions, calls, found.signature.returns, split=split)
        values = {p: one(From.PARAMETER, i) for p, i in names.items()}
        flow.body(body, State(values))
        return FunctionEffects(
            name=name,
            at=self._text.at(found.start, found.end),
            names=tuple(p.name for p in parameters),
            parameters=notes.parameters(),
            returns=tuple(sorted(notes.returns, key=lambda fact: fact.at)),
            control=tuple(sorted(notes.control, key=lambda fact: fact.at)),
            calls=notes.call_facts(),
            internal="static" in found.storage.split(),
            wraps=_wraps(body),
            pointer="*" in found.signature.returns,
            pointers=tuple(notes.pointer),
            cfg=self._text.conditions(found.start),
        )


def _wraps(body: Branch) -> bool:
    """Whether a body is one call, or the return of one."""
    statement = body.children[0] if len(body.children) == 1 else None
    inner = statement.children[0] if statement is not None and len(statement.children) == 1 else None
    return (
        statement is not None
        and inner is not None
        and statement.kind in ("expression_statement", "return_statement")
        and inner.kind == "call_expression"
    )
