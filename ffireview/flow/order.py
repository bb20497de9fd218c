"""What runs before, after and between: the order of evaluation, from the shape of the code alone.

A branch may run or not; two branches of one `if` or `match` never follow one another, unless a loop is around them.
What a closure does is taken to happen where the closure is written.
"""

from collections.abc import Iterator

from ffireview.flow.code import Code
from ffireview.flow.find import named
from ffireview.flow.walk import parts, walk
from ffireview.model.body import (
    Await,
    Block,
    Break,
    Call,
    Closure,
    Continue,
    For,
    If,
    Let,
    Loop,
    Macro,
    Match,
    Node,
    Return,
    Try,
    While,
)

LOOPS = (Loop, While, For)
ENDS = frozenset({"panic", "unreachable", "todo", "unimplemented", "bail"})
"""Macros that never come back."""
_NEVER = ("exit", "abort", "unreachable_unchecked", "panic_any", "resume_unwind", "handle_alloc_error")


def before(outer: Node, inner: Node) -> list[Node]:
    """The parts of `outer` that run, or may run, before its part `inner` does, in order."""
    if isinstance(outer, If):
        return [] if inner is outer.condition else [outer.condition]
    if isinstance(outer, Match):
        return [] if inner is outer.scrutinee else [outer.scrutinee]
    found = parts(outer)
    return found[: _position(found, inner)]


def following(outer: Node, inner: Node) -> list[Node]:
    """The parts of `outer` that may run after its part `inner`, in order."""
    if isinstance(outer, If):
        return [part for part in (outer.then, outer.otherwise) if part] if inner is outer.condition else []
    if isinstance(outer, Match):
        return list(outer.arms) if inner is outer.scrutinee else []
    found = parts(outer)
    return found[_position(found, inner) + 1 :]


def after(code: Code, at: Node) -> list[Node]:
    """What may run after a node until its function, or the closure around it, is left: the outermost nodes, in order.
    Inside a loop, the whole loop may run again."""
    return _after(code, at, None)


def between(code: Code, first: Node, second: Node) -> list[Node]:
    """What may run after `first` and before `second`: the outermost nodes. Empty when nothing does, or when `second`
    never follows `first`. `second` may be the node that takes the value of `first`."""
    if code.holds(first, second):
        return []
    if code.holds(second, first):
        last = next((inner for outer, inner in code.around(first) if outer is second), first)
        return [*_after(code, first, second), *following(second, last)]
    common, upper, lower = _meeting(code, first, second)
    again = next((outer for outer in (common, *code.ancestors(common)) if isinstance(outer, LOOPS)), None)
    if lower in following(common, upper):
        found = _after(code, first, common)
        inside = following(common, upper)
        return [*found, *inside[: _position(inside, lower)], *_leading_to(code, second, common)]
    if again is None or code.closure_around(first) is not code.closure_around(again):
        return []
    return [*_after(code, first, again), *_leading_to(code, second, again)]


def exits(code: Code, nodes: list[Node]) -> list[Node]:
    """Where the nodes may leave the function: `?`, `return`, `.await`; not those of closures inside."""
    found: list[Node] = []
    for node in nodes:
        inner = [*code.within(node, Try), *code.within(node, Return), *code.within(node, Await)]
        around = code.closure_around(node)
        found += [exit_ for exit_ in sorted(inner, key=code.rank) if code.closure_around(exit_) is around]
    return found


def diverges(node: Node | None) -> bool:
    """Whether a node never completes: it returns, breaks, continues, panics or loops without end."""
    if isinstance(node, (Return, Break, Continue)):
        return True
    if isinstance(node, Macro):
        return node.name.rsplit("::", 1)[-1] in ENDS
    if isinstance(node, Call):
        return named(node, *_NEVER) or any(map(diverges, node.arguments))
    if isinstance(node, Block):
        return node.kind in ("", "unsafe") and not node.label and any(map(diverges, parts(node)))
    if isinstance(node, If):
        return diverges(node.condition) or (diverges(node.then) and diverges(node.otherwise))
    if isinstance(node, Match):
        return diverges(node.scrutinee) or (bool(node.arms) and all(diverges(arm.body) for arm in node.arms))
    if isinstance(node, Loop):
        return not _ends_loop(node)
    if isinstance(node, Let):
        return diverges(node.value)
    return False


def leaves_function(node: Node) -> bool:
    """Whether a node that diverges leaves the function, not only a turn of a loop."""
    return not any(isinstance(part, (Break, Continue)) for part in _outside_loops(node))


def _after(code: Code, at: Node, until: Node | None) -> list[Node]:
    found: list[Node] = []
    for outer, inner in code.around(at):
        if outer is until:
            break
        if isinstance(outer, Closure) and until is None:
            break
        following_here = following(outer, inner)
        ending = next((i for i, part in enumerate(following_here) if isinstance(outer, Block) and diverges(part)), None)
        if ending is not None:
            found += following_here[: ending + 1]
            if leaves_function(following_here[ending]):
                break
            continue
        found += following_here
        if isinstance(outer, LOOPS):
            found += before(outer, inner)
            found.append(inner)
    return found


def _leading_to(code: Code, node: Node, until: Node) -> list[Node]:
    """What runs before a node, from its ancestor just inside `until` on."""
    levels = []
    for outer, inner in code.around(node):
        if outer is until:
            if isinstance(until, LOOPS):
                levels.append(before(outer, inner))
            break
        levels.append(before(outer, inner))
    return [part for level in reversed(levels) for part in level]


def _meeting(code: Code, first: Node, second: Node) -> tuple[Node, Node, Node]:
    """The innermost node around both, and its parts that hold them."""
    for outer, inner in code.around(first):
        if code.holds(outer, second):
            return outer, inner, next(part for part in parts(outer) if code.holds(part, second))
    return code.root, first, second


def _position(found: list[Node], node: Node) -> int:
    return next((i for i, part in enumerate(found) if part is node), len(found))


def _ends_loop(loop: Loop) -> bool:
    """Whether something breaks out of a loop."""
    own = any(isinstance(part, Break) for part in _outside_loops(loop.body))
    return own or any(isinstance(part, Break) and part.label and part.label == loop.label for part in walk(loop))


def _outside_loops(node: Node) -> Iterator[Node]:
    """The node and all inside it but for closures and loops."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        if not isinstance(found, (Closure, *LOOPS)):
            waiting.extend(reversed(parts(found)))
