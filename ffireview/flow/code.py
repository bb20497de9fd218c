"""A body in, an index of it out: order, parents, kinds. Built once for a function, and asked by all rules."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from ffireview.flow.paths import base_type, last_name
from ffireview.flow.walk import parts
from ffireview.model.body import Block, Body, Call, Closure, Formal, MethodCall, Node, Path
from ffireview.model.program import Area

N = TypeVar("N", bound=Node)


class Code:
    """One function to ask about. A node is known by its identity, not by its value: hand on the nodes you got."""

    def __init__(
        self,
        body: Body,
        path: str = "",
        crate: str = "",
        area: Area = Area.LIBRARY,
        crossings: Mapping[tuple[int, int], str] | None = None,
        results: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        catching: frozenset[str] = frozenset(),
        foreign: frozenset[str] = frozenset(),
    ) -> None:
        """`crossings`: symbol by line and column of each path that is called across the boundary. `results`: what the
        functions of the crate return, by name. `fields`: the types of the fields of `Self`, by name. `catching`:
        functions of the crate that run a closure inside `catch_unwind`. `foreign`: names that are foreign wherever
        they are called, for code without a program."""
        self.body, self.path, self.crate, self.area, self.catching = body, path, crate, area, catching
        self._crossings, self._results, self._foreign = crossings or {}, results or {}, foreign
        self._fields = fields or {}
        self.memory: dict[Any, Any] = {}
        """Answers that other modules of `flow` keep, by question."""
        self._number()

    def _number(self) -> None:
        nodes: list[Node] = []
        parents: list[int] = []
        ranks: dict[int, int] = {}
        waiting: list[tuple[Node, int]] = [(self.body.block, -1)]
        while waiting:
            node, parent = waiting.pop()
            rank = len(nodes)
            ranks[id(node)] = rank
            nodes.append(node)
            parents.append(parent)
            waiting.extend((part, rank) for part in reversed(parts(node)))
        ends = list(range(1, len(nodes) + 1))
        for rank in range(len(nodes) - 1, 0, -1):
            ends[parents[rank]] = max(ends[parents[rank]], ends[rank])
        self.nodes, self._parents, self._ranks, self._ends = nodes, parents, ranks, ends
        kinds: dict[type[Node], list[Node]] = defaultdict(list)
        for node in nodes:
            kinds[type(node)].append(node)
        self._kinds = kinds

    @property
    def root(self) -> Block:
        """The block of the function."""
        return self.body.block

    def of(self, kind: type[N]) -> list[N]:
        """Every node of a class, in order."""
        return cast(list[N], self._kinds.get(kind, []))

    def rank(self, node: Node) -> int:
        """The place of a node in the order of evaluation."""
        return self._ranks[id(node)]

    def parent(self, node: Node) -> Node | None:
        """The node around; None for the function's block, and for what is not of this function."""
        rank = self._ranks.get(id(node))
        up = self._parents[rank] if rank is not None else -1
        return self.nodes[up] if up >= 0 else None

    def around(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """(node, the part of it that holds what was asked about), from the innermost out."""
        inner: Node = node
        outer = self.parent(node)
        while outer is not None:
            yield outer, inner
            inner, outer = outer, self.parent(outer)

    def ancestors(self, node: Node) -> Iterator[Node]:
        """The nodes around, from the innermost out."""
        return (outer for outer, _ in self.around(node))

    def span(self, node: Node) -> tuple[int, int]:
        """The ranks of a node and all inside it, the end exclusive."""
        rank = self._ranks[id(node)]
        return rank, self._ends[rank]

    def inside(self, node: Node) -> list[Node]:
        """The node and all inside it."""
        rank, end = self.span(node)
        return self.nodes[rank:end]

    def within(self, node: Node, kind: type[N]) -> list[N]:
        """The nodes of a class inside a node, itself included."""
        found = self.of(kind)
        if node is self.root:
            return found
        rank, end = self.span(node)
        low = bisect_left(found, rank, key=self.rank)
        return found[low : bisect_left(found, end, key=self.rank)]

    def holds(self, outer: Node, inner: Node) -> bool:
        """Whether `inner` is `outer` or stands in it."""
        low, end = self.span(outer)
        return low <= self._ranks.get(id(inner), -1) < end

    def closure_around(self, node: Node) -> Closure | None:
        """The innermost closure around."""
        return next((outer for outer in self.ancestors(node) if isinstance(outer, Closure)), None)

    def statement(self, node: Node) -> Node:
        """The statement or tail around: the part of the innermost block."""
        return next((inner for outer, inner in self.around(node) if isinstance(outer, Block)), node)

    def foreign(self, node: Node) -> str:
        """The symbol that a call crosses to; empty for all that stays in Rust."""
        if not isinstance(node, Call) or not isinstance(node.callee, Path):
            return ""
        symbol = self._crossings.get((node.callee.line, node.callee.column))
        if symbol is not None:
            return symbol
        name = last_name(node.callee.text)
        return name if name in self._foreign else ""

    def result_type(self, node: Node) -> str:
        """What a call returns, as written, when a function of the crate has that name and all such return the same."""
        if isinstance(node, MethodCall):
            return self._results.get(node.name, "")
        if isinstance(node, Call) and isinstance(node.callee, Path) and not self.foreign(node):
            return self._results.get(last_name(node.callee.text), "")
        return ""

    def full(self, path: str) -> str:
        """A path with the name of the type where it says `Self`."""
        around = self.body.implements
        return base_type(around.type) + path[4:] if around and path.startswith("Self::") else path

    def part_type(self, parameter: Formal, path: tuple[str, ...]) -> str:
        """The type of a parameter, or of a field of `self`, as written; empty for other parts."""
        if not path:
            return parameter.type
        return self._fields.get(path[0], "") if len(path) == 1 and parameter.pattern.text.endswith("self") else ""
