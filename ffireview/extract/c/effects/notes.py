"""What has been found of one function so far, without repetition and not more than is worth reading."""

import re
from collections import Counter
from typing import NamedTuple

from ffireview.extract.c.effects.names import is_integer
from ffireview.extract.c.text import CText
from ffireview.model.effects import CallFact, EffectFact, EffectKind, Handed
from ffireview.model.facts import Parameter
from ffireview.syntax.bodies import Branch

DETAIL = 60
"""Characters of code that a fact shows."""
CALLEES = 20
"""Functions whose calls are kept, the first ones."""
OF_A_KIND = 3
"""Facts of one kind about one thing."""
_ONCE = frozenset({EffectKind.READS_THROUGH, EffectKind.NULL_TESTED, EffectKind.DEREFERENCED_BEFORE_NULL_TEST})
_CALLBACK = re.compile(
    r"(?:_cb|_cb_t|_fn|_fn_t|_fptr|_func|_func_t|_handler|_handler_t|_ptr|_ptr_t|_hook|_hook_t|callback\w*|Callback|CallBack|Cb"
    r"|Func|FuncPtr|Function|Fn|Ptr|Proc|Handler|Hook)$"
)
"""Ends of the names that typedefs of pointers and of functions have by custom."""
_STRUCT = re.compile(r"\b(?:struct|union)\b")
_SPACE = re.compile(rb"\s+")


class Call(NamedTuple):
    """A call of an unknown function, on the way to a `CallFact`."""

    name: str
    node: Branch
    arity: int
    handed: tuple[Handed, ...]
    lasting: tuple[int, ...]
    loaded: tuple[int, ...]


class Notes:
    """Facts of one function."""

    def __init__(self, text: CText, parameters: tuple[Parameter, ...], start: int, *, cpp: bool) -> None:
        self._text = text
        self._cfg = text.conditions(start)
        types = [p.type for p in parameters]
        self.pointer = [_may_point(t, cpp=cpp) for t in types]
        """Which parameters may be pointers, by their types."""
        self.sure = [
            any(m in t for m in "*[&(") or bool(_CALLBACK.search(t.removesuffix("const").rstrip())) for t in types
        ]
        """Which are pointers, by their types."""
        self.integer = [not any(mark in t for mark in "*[&(") and not _STRUCT.search(t) for t in types]
        """Which may be integers."""
        self.reference = [cpp and t.rstrip().endswith("&") for t in types]
        self.asked: set[int] = set()
        """Parameters that code has tested against null, or asked a function about, up to here."""
        self.compared: set[int] = set()
        """Integer parameters that code has compared with anything, or asked a function about, up to here."""
        self.returned: set[int] = set()
        """Offsets of calls whose result is a result."""
        self.kept: frozenset[int] = frozenset()
        """Offsets of calls whose result was put where others find it."""
        self.calls: dict[int, Call] = {}
        self._names: set[str] = set()
        self._parameters: list[list[EffectFact]] = [[] for _ in parameters]
        self.returns: list[EffectFact] = []
        self.control: list[EffectFact] = []
        self._count: Counter[tuple[int, EffectKind]] = Counter()
        self._seen: set[tuple[object, ...]] = set()

    def of_parameter(
        self, index: int, kind: EffectKind, node: Branch, *, name: str = "", argument: int = -1,
        others: tuple[int, ...] = (), tested: bool = False,
    ) -> None:  # fmt: skip
        """Note what is done with a parameter."""
        limit = 1 if kind in _ONCE else OF_A_KIND
        if self._new(index, kind, limit, (name, argument, others)):
            self._parameters[index].append(
                EffectFact(
                    kind=kind, at=self._text.at(node.start, node.end), detail=self.code(node), name=name,
                    argument=argument, others=others, tested=tested, cfg=self._conditions(node),
                )
            )  # fmt: skip

    def of_result(self, kind: EffectKind, node: Branch, name: str = "", null: frozenset[int] = frozenset()) -> None:
        """Note what the function returns, and which parameters are null where it does."""
        others = tuple(sorted(null))
        if self._new(-1, kind, 2 * OF_A_KIND, (name, others)):
            self.returns.append(self._fact(kind, node, name, others))

    def of_function(self, kind: EffectKind, node: Branch, name: str = "", others: tuple[int, ...] = ()) -> None:
        """Note what else the function does."""
        if self._new(-2, kind, OF_A_KIND, (name, others)):
            self.control.append(self._fact(kind, node, name, others))

    def call(self, call: Call) -> None:
        """Note a call of a function that no table knows."""
        if call.name in self._names or len(self._names) < CALLEES:
            self._names.add(call.name)
            self.calls[call.node.start] = call

    def parameters(self) -> tuple[tuple[EffectFact, ...], ...]:
        """The facts about each parameter, in the order of the code."""
        return tuple(tuple(sorted(facts, key=lambda fact: fact.at)) for facts in self._parameters)

    def call_facts(self) -> tuple[CallFact, ...]:
        """The calls, in the order of the code."""
        return tuple(
            CallFact(
                name=call.name, at=self._text.at(call.node.start, call.node.end), detail=self.code(call.node),
                count=call.arity, handed=call.handed, returned=offset in self.returned, kept=offset in self.kept,
                lasting=call.lasting, loaded=call.loaded,
                cfg=self._conditions(call.node),
            )
            for offset, call in sorted(self.calls.items())
        )  # fmt: skip

    def word(self, node: Branch) -> str:
        """The code of a node as it stands: a name, a number."""
        return self._text.source[node.start : node.end].decode("utf-8", "replace")

    def code(self, node: Branch) -> str:
        """The code of a node in one line, cut where it is long."""
        raw = self._text.source[node.start : min(node.end, node.start + 4 * DETAIL)]
        if b"/" in raw or b"#" in raw:
            code = self._text.read(node.start, node.end)
        else:
            code = _SPACE.sub(b" ", raw).strip().decode("utf-8", "replace")
        return code if len(code) <= DETAIL else code[: DETAIL - 1].rstrip() + "…"

    def _fact(self, kind: EffectKind, node: Branch, name: str, others: tuple[int, ...] = ()) -> EffectFact:
        return EffectFact(
            kind=kind, at=self._text.at(node.start, node.end), detail=self.code(node), name=name, others=others,
            cfg=self._conditions(node),
        )  # fmt: skip

    def _new(self, subject: int, kind: EffectKind, limit: int, what: tuple[object, ...]) -> bool:
        key = (subject, kind, *what)
        if key in self._seen or self._count[(subject, kind)] >= limit:
            return False
        self._seen.add(key)
        self._count[(subject, kind)] += 1
        return True

    def _conditions(self, node: Branch) -> tuple[str, ...]:
        return self._text.conditions(node.start)[len(self._cfg) :]


def _may_point(type_: str, *, cpp: bool) -> bool:
    """Whether a parameter may be a pointer. In C a typedef may hide one; in C++ an object acts like one too often."""
    if any(mark in type_ for mark in "*[&"):
        return True
    return not cpp and not is_integer(type_) and not _STRUCT.search(type_)
