"""What several rules ask of a function: is it reviewed, can safe code call it, what does it do with a raw pointer."""

import re
from collections.abc import Container, Iterator

from ffireview.flow import (
    Code,
    Codebase,
    Fact,
    Origin,
    Source,
    Strength,
    base_type,
    callee,
    calls,
    guards,
    last_name,
    origins,
)
from ffireview.model.body import Block, Call, Formal, Let, MethodCall, Node, Reference, Unary
from ffireview.model.facts import SiteKind, TypeKind
from ffireview.model.program import Area, Program, Site

_OTHER_AREAS = frozenset({Area.TEST, Area.BENCH, Area.EXAMPLE, Area.BUILD})
_ARGUED = frozenset({SiteKind.UNSAFE_BLOCK, SiteKind.UNSAFE_IMPL, SiteKind.UNSAFE_TRAIT})
_MOST = 0.75
"""The share of sites with a SAFETY text from which on a tree counts as one that documents them."""
_RAW = re.compile(r"\*\s*(?:const|mut)\b")
_NO_BYTES = re.compile(r"; 0\]$|\bPhantom(?:Data|Pinned)\b|^\(\)$")
_INTEGER = re.compile(r"[ui](?:8|16|32|64|128|size)|c_u?(?:int|long|short|longlong)|size_t|ssize_t")
_READS = (
    "ptr::read", "ptr::write", "ptr::copy", "from_raw_parts", "from_raw_parts_mut", "CStr::from_ptr", "Box::from_raw",
    "Arc::from_raw", "ptr::read_unaligned", "ptr::write_bytes", "ptr::copy_nonoverlapping",
)  # fmt: skip
_READING_METHODS = ("read", "write", "read_unaligned", "write_unaligned", "read_volatile", "write_volatile")


def reviewed(codebase: Codebase) -> Iterator[Code]:
    """The functions that are no test, benchmark, example or build script."""
    return (code for code in codebase.functions() if code.area not in _OTHER_AREAS and not code.body.test)


def is_called_by_c(code: Code) -> bool:
    """Whether a function has an ABI of C."""
    return code.body.abi not in ("", "Rust", "rust-intrinsic")


def is_open(code: Code) -> bool:
    """Whether safe code of another crate may call a function by its own name."""
    body = code.body
    return body.visibility == "pub" and not body.unsafe and not is_called_by_c(code)


def in_unsafe(code: Code, node: Node) -> bool:
    """Whether a node stands in an unsafe block."""
    return any(isinstance(outer, Block) and outer.kind == "unsafe" for outer in code.ancestors(node))


def raw_parameters(code: Code) -> Iterator[Formal]:
    """The parameters that are raw pointers."""
    return (formal for formal in code.body.parameters if _RAW.match(formal.type.strip()))


def is_integer(written: str) -> bool:
    """Whether a type as written is an integer of Rust or C."""
    return bool(_INTEGER.fullmatch(last_name(written)))


def dereferences(code: Code) -> Iterator[tuple[Node, Node]]:
    """Where memory behind a raw pointer is used: the pointer, and the node that uses it. In the order of the source."""
    found: list[tuple[Node, Node]] = []
    for unary in code.of(Unary):
        around = code.parent(unary)
        only_address = isinstance(around, Reference) and around.form.startswith("raw")
        if unary.operator == "*" and in_unsafe_or_function(code, unary) and not only_address:
            found.append((unary.operand, unary))
    for call in code.of(Call):
        name = callee(call)
        if call.arguments and any(name == end or name.endswith("::" + end) for end in _READS) and _is_of_std(name):
            found.append((call.arguments[0], call))
    reading = [method for method in code.of(MethodCall) if method.name in _READING_METHODS]
    found += [(method.receiver, method) for method in reading if in_unsafe_or_function(code, method)]
    return iter(sorted(found, key=lambda pair: code.rank(pair[1])))


def _is_of_std(name: str) -> bool:
    """Whether a function is the one of the standard library, and not a wrapper of its name that checks."""
    around = name.rpartition("::")[0].rpartition("::")[2]
    return "from_raw_parts" not in name or around in ("", "slice", "Vec", "String", "Box")


def unasked_results(code: Code, symbols: Container[str], elsewhere: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    """The symbol and the first use of each result of one of these foreign functions that is dereferenced, or made
    `NonNull`, before anybody asked anything of it. What ends in one of `elsewhere` is no use."""
    uses = [(pointer, use) for pointer, use in dereferences(code) if not callee(use).endswith(elsewhere)]
    uses += [(argument, call) for call in calls(code, "NonNull::new_unchecked") for argument in call.arguments[:1]]
    told: set[int] = set()
    for pointer, use in sorted(uses, key=lambda pair: code.rank(pair[1])):
        for one in origins(code, pointer):
            if one.source is Source.FOREIGN and not one.path and id(one.node) not in told and one.name in symbols:
                told.add(id(one.node))
                if not _result_asked(code, one.node, use):
                    yield one.name, use


def _result_asked(code: Code, made: Node, use: Node) -> bool:
    """Whether anything at all is known of the result, or of a pointer made of it."""
    return any(one.node is made for fact in guards(code, use) for one in origins(code, fact.subject))


def in_unsafe_or_function(code: Code, node: Node) -> bool:
    """Whether unsafe operations may stand at a node."""
    return code.body.unsafe or in_unsafe(code, node)


def dropped(code: Code, node: Node) -> bool:
    """Whether nobody gets the value of an expression: a statement, or `let _ =`."""
    for outer, inner in code.around(node):
        if isinstance(outer, Let):
            return outer.pattern.text == "_"
        if not isinstance(outer, Block):
            return False
        if outer.tail is not inner:
            return True
    return not code.body.returns


def whole_parameter(code: Code, value: Node) -> Origin | None:
    """The origin of a value that is a parameter as it came, by every way."""
    found = origins(code, value)
    plain = all(one.source is Source.PARAMETER and not one.path and not one.inside for one in found)
    return found[0] if found and plain and len({id(one.node) for one in found}) == 1 else None


def asked_about(code: Code, formal: Formal, at: Node) -> list[Fact]:
    """All that was asked before a place about something that a parameter is part of; not in debug builds only."""
    found = [fact for fact in guards(code, at) if fact.strength is not Strength.DEBUG]
    return [fact for fact in found if any(_mentions(code, part, formal) for part in (fact.node, fact.subject))]


def _mentions(code: Code, node: Node, formal: Formal) -> bool:
    return any(one.node is formal for part in code.inside(node) for one in origins(code, part))


def is_opaque(codebase: Codebase, written: str, crate: str, depth: int = 3) -> bool:
    """Whether a type is only a name for memory of C: it has no bytes of its own, so a reference to it
    promises little."""
    for fact in codebase.types(written, crate):
        if fact.opaque or base_type(written) == "c_void":
            return True
        fields = [field.type for field in fact.fields] or [fact.target]
        if fact.kind is TypeKind.ENUM and not fact.values:
            return True
        if fact.kind in (TypeKind.STRUCT, TypeKind.ALIAS) and all(
            not field or _NO_BYTES.search(field) or (depth and is_opaque(codebase, field, crate, depth - 1))
            for field in fields
        ):
            return True
    return False


def promised(program: Program) -> tuple[list[Site], list[Site]]:
    """The unsafe blocks, impls, traits and public functions of a tree's own code: those with a SAFETY text, and those
    without."""
    own = [site for site in program.sites if site.area is Area.LIBRARY and site.macro is None and _must_argue(site)]
    return [site for site in own if site.safety is not None], [site for site in own if site.safety is None]


def is_documented(told: int, untold: int) -> bool:
    """Whether SAFETY texts are the rule in a tree with so many sites that have one, and so many that have none."""
    return told >= _MOST * (told + untold)


def _must_argue(site: Site) -> bool:
    return site.kind in _ARGUED or (site.kind is SiteKind.UNSAFE_FN and site.visibility == "pub")
