"""Uses of names that may cross: calls, values and types by path, addresses of extern functions, `use` lines."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.scopes import Item, function_around, module_path, owner_path
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Alias, Declaration, Reference, ReferenceRole, Role
from ffireview.syntax.brackets import enclosing, split
from ffireview.syntax.captures import Piece

BINDING = re.compile(
    r"^(?:bindings?|\w*_bindings|ffi|\w+_ffi|c_?ffi|sys|\w+_sys\d*|raw|libc|uapi|bindgen|capi|c_api|native|c)$"
)
"""Module and crate names under which projects keep what C offers."""

_STANDARD = {
    "std",
    "core",
    "alloc",
    "mem",
    "ptr",
    "slice",
    "Self",
    "fmt",
    "iter",
    "cmp",
    "thread",
    "process",
    "env",
    "fs",
    "io",
    "str",
    "char",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "f32",
    "f64",
    "log",
    "tracing",
    "super",
}
_PRELUDE = {"drop", "panic", "assert", "matches", "from", "into", "new", "clone", "default"}
_CONSTRUCTORS = {"Some", "Ok", "Err", "Box", "Vec", "Self", "String"}
_NAME = rb"(?<![\w.\x80-\xff])([A-Za-z_\x80-\xff][\w\x80-\xff]*+)"
_NAMED = re.compile(_NAME + rb"(?!\s*[(!:]|\s*=[^=>])")
"""Any name that is not called, not a path's head and not assigned: which names matter is asked after, of a set."""
_GENERIC = re.compile(_NAME + rb"\s*::\s*<")
_FIELD = re.compile(rb"(\w+)\s*:\s*(?:(?:\w+::)*Some\s*\(\s*)?&?\s*(?:(?:\w+|<[^<>]*>)\s*::\s*)*\Z")
_TYPED = re.compile(rb"\w\s*:\s*((?:\w+::)*\w+)\s*=\s*(?:(?:\w+::)*Some\s*\(\s*)?(?:(?:\w+|<[^<>]*>)\s*::\s*)*\Z")
_ASSIGN = re.compile(rb"([\w.]+)\s*=\s*&?\s*(?:(?:\w+::)*Some\s*\(\s*)?(?:(?:\w+|<[^<>]*>)\s*::\s*)*\Z")
_CALLEE = re.compile(rb"([\w:]+(?:::<[^()]*>)?|\.\s*\w+)\s*!?\s*\Z")
_LITERAL = re.compile(rb"([\w:]+(?:<[^{}]*>)?)\s*!?\s*\Z")
_WHOLE = re.compile(rb"\s*(?:::\s*<[^()]*>\s*)?(?:[,)\]};]|as\b|$)")
_WRAPPER = re.compile(rb"(?:(?:\w+\s*::\s*)*(?:Some|transmute(?:\s*::\s*<[^()]*>)?)|[=,({&|]|\breturn)\s*\Z")
"""What passes a value on as it is: `Some(f)`, `transmute(f)`, plain parentheses."""
_BRANCH = re.compile(rb"\b(?:if|match|unsafe|const)\b[^;{}]*\Z")
CONTEXT_LEVELS = 6
"""Brackets that a value is followed out of: `field: if x { Some(f) } else { None }`."""


def references(view: RustView) -> Iterator[Reference]:
    """Calls through module paths and bare names, and binding paths as values and types."""
    own = {i.name for i in view.scopes.items if i.kind == "function" and i.parent is None and not i.test}
    foreign = {i.name for i in view.scopes.items if i.parent is not None and i.parent.kind == "extern"}
    own -= foreign
    brought = tuple(aliases(view))
    upper = foreign | _brought_names(brought)
    roots = _binding_roots(brought)
    longest: dict[int, tuple[int, ReferenceRole, Piece | None]] = {}
    macros = {}
    for match, macro in view.reading.references:
        captures = match.captures
        if "method" in captures:
            continue
        if "call" in captures:
            piece, role, arguments = captures["path"][0], ReferenceRole.CALL, captures["arguments"][0]
        elif "value" in captures:
            piece, role, arguments = captures["value"][0], ReferenceRole.VALUE, None
        else:
            piece, role, arguments = captures["type"][0], ReferenceRole.TYPE, None
        known = longest.get(piece.start)
        if known is None or piece.end > known[0] or (piece.end == known[0] and role is ReferenceRole.CALL):
            longest[piece.start] = (piece.end, role, arguments)
            macros[piece.start] = macro
    for start in sorted(longest):
        end, role, arguments = longest[start]
        path = view.text.read(start, end).replace(" ", "")
        if _may_cross(path, role, own, roots, upper):
            item = view.context(start)
            if path in foreign and _is_parameter(function_around(item), path):
                continue
            yield Reference(
                path=path,
                role=role,
                at=view.text.at(start, end),
                owner=owner_path(item),
                module=module_path(item),
                context=context(view, start) if role is ReferenceRole.VALUE else "",
                arguments=len(split(view.text.read(arguments.start + 1, arguments.end - 1))) if arguments else -1,
                test=bool(item and item.test),
                macro=macros[start],
            )


def calls_by_function(view: RustView) -> dict[int, set[str]]:
    """Names that each function calls, by the function's start: paths' last segments and methods."""
    found: dict[int, set[str]] = {}
    for match, _ in view.reading.references:
        piece = match.first("path")
        if piece is None:
            continue
        function = function_around(view.context(piece.start))
        if function is not None:
            name = view.text.read(piece.start, piece.end).rsplit("::", 1)[-1].strip()
            found.setdefault(function.start, set()).add(name)
    return found


def addresses(view: RustView, declared: tuple[Declaration, ...]) -> Iterator[Reference]:
    """Where the address of an extern function of this file is taken."""
    roles = (Role.CALLBACK, Role.EXPORT, Role.IMPORT)
    names = {d.name for d in declared if d.role in roles and d.signature is not None and d.abi != "C++"}
    yield from mentions(view, frozenset(names))


def mentions(view: RustView, names: frozenset[str]) -> Iterator[Reference]:
    """Uses of functions by name that are no calls and no definitions: their address goes somewhere."""
    wanted = frozenset(name.encode() for name in names if name.isidentifier())
    if not wanted:
        return
    code = view.text.code
    places = [m.span(1) for m in _NAMED.finditer(code) if m[1] in wanted]
    places += [m.span(1) for m in _GENERIC.finditer(code) if m[1] in wanted and not _called_after(code, m.end())]
    for start, end in sorted(set(places)):
        before = code[max(start - 60, 0) : start].rstrip()
        if before.endswith((b"fn", b"mod", b"use", b"struct", b"let", b"mut", b"static", b"const", b"|")):
            continue
        if re.search(rb"\b(?:use|pub use)\s[^;]*\Z", code[max(start - 400, 0) : start]):
            continue
        filled = context(view, start)
        if filled in ("", "value") or not _WHOLE.match(code, end):
            continue
        item = view.context(start)
        if _is_parameter(function_around(item), code[start:end].decode()):
            continue
        yield Reference(
            path=code[start:end].decode(),
            role=ReferenceRole.ADDRESS,
            at=view.text.at(start, end),
            owner=owner_path(item),
            module=module_path(item),
            context=filled,
            test=bool(item and item.test),
        )


def _is_parameter(function: Item | None, name: str) -> bool:
    """Whether a parameter of the function hides the name."""
    return bool(function and re.search(rf"[(,]\s*(?:mut\s+)?{re.escape(name)}\s*:", function.header))


def context(view: RustView, start: int) -> str:
    """What a value at `start` fills: a field of a literal, a place assigned, an argument of a call, a cast."""
    code = view.text.code
    if re.match(rb"[\w:<>, ]+\s+as\s", code[start : start + 200]) and not _FIELD.search(
        code, max(start - 400, 0), start
    ):
        return "cast"
    at = start
    for _ in range(CONTEXT_LEVELS):
        if found := _FIELD.search(code, max(at - 400, 0), at):
            opening = enclosing(code, found.start())
            if opening >= 0 and code[opening] == ord("{"):
                literal = _LITERAL.search(code, max(opening - 200, 0), opening)
                return f"field {found[1].decode()} of {literal[1].decode() if literal else '?'}"
        if found := _TYPED.search(code, max(at - 400, 0), at):
            return f"typed {found[1].decode()}"
        if found := _ASSIGN.search(code, max(at - 400, 0), at):
            return f"assigned to {found[1].decode()}"
        opening = enclosing(code, at)
        if opening < 0:
            return ""
        if code[opening] == ord("["):
            return "element of a table"
        before = code[max(opening - 200, 0) : opening]
        if code[opening] == ord("("):
            callee = _CALLEE.search(before)
            if callee and not _WRAPPER.search(before):
                if before[: callee.start()].endswith((b"#[", b"[")):
                    return ""
                position = len(split(code[opening + 1 : at].decode("utf-8", "replace") + "_", angles=False))
                return f"argument {position} of {callee[1].decode().lstrip('.').strip()}"
        elif not _BRANCH.search(before):
            return _returned(view, start, opening)
        head = (
            _BRANCH.search(before) if code[opening] == ord("{") else _WRAPPER.search(before) or _CALLEE.search(before)
        )
        at = max(opening - 200, 0) + head.start() if head else opening
    return ""


def _returned(view: RustView, start: int, opening: int) -> str:
    """What a value at the end of a function's body fills: the function's result."""
    function = function_around(view.context(start))
    if function is None or function.body is None or function.body.start != opening:
        return "value"
    return f"result of {function.name}"


def aliases(view: RustView) -> Iterator[Alias]:
    """Every name that a `use` of the file brings in."""
    for whole, argument in view.reading.uses:
        written = view.text.read(argument.start, argument.end)
        public = view.text.read(whole.start, argument.start).startswith("pub")
        module = module_path(view.context(whole.start))
        for name, target in _use_tree("", written):
            yield Alias(module, name, target, public)


def _use_tree(prefix: str, text: str) -> Iterator[tuple[str, str]]:
    text = text.strip()
    text = text.removeprefix("::")
    if text.endswith("}"):
        opening = text.find("{")
        head = text[:opening].strip().rstrip(":")
        joined = f"{prefix}::{head}" if prefix and head else prefix or head
        for part in split(text[opening + 1 : -1], angles=False):
            yield from _use_tree(joined, part)
        return
    target, _, renamed = text.partition(" as ")
    target = target.strip()
    full = f"{prefix}::{target}" if prefix else target
    full = full.removesuffix("::self") or full
    if full.endswith("::*"):
        yield "*", full[:-3]
    else:
        yield (renamed.strip() or full.rsplit("::", 1)[-1]), full


def _binding_roots(brought: tuple[Alias, ...]) -> frozenset[str]:
    """First segments that lead to bindings by an alias: `use libgit2_sys as raw` makes `raw` one."""
    roots = set()
    for alias in brought:
        segments = alias.target.split("::")
        if segments[0] not in ("std", "core", "alloc") and any(BINDING.match(segment) for segment in segments):
            roots.add(alias.name)
    return frozenset(roots)


def _brought_names(brought: tuple[Alias, ...]) -> set[str]:
    """Names that a `use` brings from elsewhere than the standard library; `*` when some come by a glob. A foreign
    function may be called anything, and stand in any module."""
    return {alias.name for alias in brought if alias.target.partition("::")[0] not in _STANDARD}


def _may_cross(path: str, role: ReferenceRole, own: set[str], roots: frozenset[str], upper: set[str]) -> bool:
    """Whether a path may lead out of Rust. A bare name in capitals is a constructor unless a `use` brings it."""
    segments = path.split("::")
    *qualifier, name = segments
    if not qualifier:
        if role is not ReferenceRole.CALL or name in own or name in _PRELUDE:
            return False
        return not name[:1].isupper() or name in upper or ("*" in upper and name not in _CONSTRUCTORS)
    binding = any(BINDING.match(segment) for segment in qualifier) or qualifier[0] in roots
    if role is not ReferenceRole.CALL:
        return binding
    if binding:
        return True
    if qualifier[0] in _STANDARD:
        return False
    return not any(segment[:1].isupper() or segment.startswith("<") for segment in qualifier)


def _called_after(code: bytes, at: int) -> bool:
    depth = 1
    for i in range(at, min(at + 300, len(code))):
        if code[i] == ord("<"):
            depth += 1
        elif code[i] == ord(">") and code[i - 1] != ord("-"):
            depth -= 1
            if not depth:
                return code[i + 1 : i + 2] == b"("
    return True
