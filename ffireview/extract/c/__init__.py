"""C or C++ bytes and the names that cross in, facts out: declarations, macros, calls, taken addresses."""

import re
from collections.abc import Iterator, Set
from enum import StrEnum
from typing import NamedTuple

from ffireview.extract.c.declarators import Declarator, declarator, variable
from ffireview.extract.c.effects import function_effects
from ffireview.extract.c.scan import Hits, Wanted, heads, scan
from ffireview.extract.c.structs import function_type, struct_fields
from ffireview.extract.c.text import CText
from ffireview.extract.suppressions import suppressions
from ffireview.model.facts import Declaration, Entity, FileFacts, Parameter, Reference, ReferenceRole, Role, Signature
from ffireview.model.place import Language
from ffireview.syntax.brackets import enclosing, split
from ffireview.syntax.captures import Parsed, Piece
from ffireview.syntax.grammars import Grammar

__all__ = ["Kind", "Wanted", "extract_c", "is_cpp", "kind_of", "prototype_names"]

_CPP_MARK = re.compile(rb"^[ \t]*(?:namespace\b|class\s+\w+|template\s*<|using\s+\w+)|::\w", re.MULTILINE)
_CPP_ENDINGS = (".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".ipp", ".mm")
_WHOLE_FILE = 400_000
"""C++ files up to this size are parsed whole, for their scopes; larger ones, and C, in chunks."""
_LOCAL_EXTERN = re.compile(rb"[;{}]\s*extern\b[\w\s*]*\Z")
_TAG = re.compile(rb"\b(?:enum|struct|union|class)\s+\Z")
_QUALIFIER = re.compile(rb"(?:\.|->|(?:\b\w+(?:<[^<>]*>)?\s*::\s*)+)\s*\Z")
_FIELD = re.compile(rb"(?:\.\s*(\w+)\s*=|\b(\w+)\s*:)\s*&?\s*(?:\([^()]*\)\s*)?\Z")
_ASSIGN = re.compile(rb"([\w.>\[\])-]+)\s*=\s*&?\s*(?:\([^()]*\)\s*)?\Z")
_CALLEE = re.compile(rb"([\w.>:-]+)\s*\Z")
_INITIALISED = re.compile(rb"(\w+)\s+(\w+)\s*(?:\[[^\]]*\])?\s*=\s*\Z")
_DEFINED_NAME = re.compile(rb"#[ \t]*define[ \t]+(\w+)")
_CONVENTION = re.compile(
    rb"\b(?:_{0,2}(?:stdcall|fastcall|vectorcall|thiscall|ms_abi|sysv_abi)(?:__)?|WINAPI|APIENTRY|NTAPI|STDMETHODCALLTYPE)\b"
)
_BODY = re.compile(rb"[;{]")
_ATTRIBUTES = 160
"""Bytes behind a declaration in which its attributes are looked for."""
_SNIPPET = 400


C_ENDINGS = (
    ".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".inc", ".m", ".mm", ".C", ".H",
)  # fmt: skip


class Kind(StrEnum):
    """What a file's name says of its language."""

    C = "c"
    CPP = "cpp"
    HEADER = "header"
    """C or C++: what it holds decides."""


def kind_of(path: str) -> Kind:
    """The kind of a C or C++ file."""
    if path.endswith(".c"):
        return Kind.C
    if path.endswith((".C", ".H")) or path.lower().endswith(_CPP_ENDINGS):
        return Kind.CPP
    return Kind.HEADER if path.endswith((".h", ".inc", ".inl")) else Kind.C


def is_cpp(source: bytes, kind: Kind) -> bool:
    """Whether a file is C++: by its name, or a header by what it holds."""
    return kind is Kind.CPP or (kind is Kind.HEADER and bool(_CPP_MARK.search(source)))


def extract_c(source: bytes, wanted: Wanted, kind: Kind) -> FileFacts | None:
    """Facts about the wanted names in one file, and its suppressions; None when it holds neither."""
    hits = scan(source, wanted, indented=kind is Kind.CPP, header=kind is not Kind.C)
    if not hits:
        return None
    cpp = is_cpp(source, kind)
    text = CText(source)
    told = tuple(suppressions(source, text.masked, text.comments))
    chunks = _Chunks(text, cpp=cpp)
    placed = {o: d for o, name in hits.declared if (d := _declare(text, chunks, o, name, cpp=cpp))}
    used, more = _uses(text, chunks, hits, placed.keys() | {o for o, _ in hits.macros}, cpp=cpp)
    placed |= more
    declared = list(placed.values())
    declared += [_macro(text, offset, name) for offset, name in hits.macros]
    declared += [field for offset, name in hits.structs for field in struct_fields(text, offset, name)]
    declared += [made for offset, name in hits.typedefs for made in function_type(text, offset, name)]
    if not declared and not used and not told:
        return None
    return FileFacts(
        language=Language.CPP if cpp else Language.C,
        declarations=tuple(sorted(declared, key=lambda d: d.at)),
        references=tuple(used),
        includes=text.includes(),
        effects=function_effects(text, _defined(placed), cpp=cpp),
        suppressions=told,
    )


def prototype_names(source: bytes, kind: Kind) -> frozenset[str]:
    """Names of every function that a header declares without a body."""
    facts = extract_c(source, Wanted(declared=heads(source)), kind)
    declared = facts.declarations if facts else ()
    return frozenset(d.symbol for d in declared if d.role is Role.PROTOTYPE and d.entity is Entity.FUNCTION)


def _defined(placed: dict[int, Declaration]) -> Iterator[tuple[int, str]]:
    """Offsets and names of the functions that have a body."""
    return ((at, d.name) for at, d in placed.items() if d.role is Role.DEFINITION and d.signature is not None)


class _Scope(NamedTuple):
    start: int
    end: int
    kind: str
    name: str


class _Chunk(NamedTuple):
    names: dict[int, str]
    """Offset of a declared name -> what declares it: `definition`, `declaration`, `declarator`."""
    calls: frozenset[int]
    functions: tuple[_Scope, ...]
    scopes: tuple[_Scope, ...]

    def function_at(self, offset: int) -> str:
        """Name of the function whose body holds the offset."""
        return next((f.name for f in reversed(self.functions) if f.start <= offset < f.end), "")


class _Chunks:
    """Parses the part of a file around an offset, once."""

    def __init__(self, text: CText, *, cpp: bool) -> None:
        self._text = text
        self._cpp = cpp
        self._whole = cpp and len(text.source) <= _WHOLE_FILE
        self._known: dict[tuple[int, int], _Chunk] = {}

    def around(self, offset: int) -> _Chunk:
        span = (0, len(self._text.source)) if self._whole else self._text.chunk(offset)
        if span not in self._known:
            self._known[span] = self._read(*span)
        return self._known[span]

    def _read(self, start: int, end: int) -> _Chunk:
        grammar: Grammar = "cpp" if self._cpp else "c"
        parsed = Parsed(self._text.parsable[start:end], grammar, shift=start, start=start, end=end)
        return _chunk(self._text, parsed)


def _chunk(text: CText, parsed: Parsed) -> _Chunk:
    names: dict[int, str] = {}
    declarators: list[tuple[Piece, Piece]] = []
    definitions: list[tuple[Piece, Piece]] = []
    scopes: list[_Scope] = []
    for match in parsed.matches("declarations"):
        captures = match.captures
        if "declarator" in captures:
            declarators.append((captures["name"][0], captures["declarator"][0]))
            names[captures["name"][0].end] = "declarator"
        elif "definition" in captures:
            definitions.append((captures["definition"][0], captures["body"][0]))
        elif "linkage" in captures:
            language = captures["language"][0]
            body = captures["body"][0]
            scopes.append(_Scope(body.start, body.end, "linkage", text.read(*language).strip('"')))
        elif "namespace" in captures or "class" in captures:
            kind = "namespace" if "namespace" in captures else "class"
            body, name = captures["body"][0], captures["name"][0]
            scopes.append(_Scope(body.start, body.end, kind, text.read(*name)))
    functions = []
    for whole, body in definitions:
        inner = [name for name, outer in declarators if whole.start <= outer.start and outer.end <= body.start]
        if inner:
            functions.append(_Scope(body.start, body.end, "function", text.read(*inner[0])))
    calls = frozenset(match.captures["name"][0].start for match in parsed.matches("calls"))
    return _Chunk(names, calls, tuple(sorted(functions)), tuple(sorted(scopes)))


def _declare(text: CText, chunks: _Chunks, offset: int, name: bytes, *, cpp: bool) -> Declaration | None:
    if text.code[offset : offset + len(name)] != name:
        return None
    chunk = chunks.around(offset)
    if offset in chunk.calls and offset + len(name) not in chunk.names:
        return None
    if chunk.function_at(offset) and offset + len(name) not in chunk.names:
        return None
    found = declarator(text, offset, name.decode())
    if found is None:
        return None
    return _declaration(text, chunk, found, name.decode(), cpp=cpp)


def _declaration(text: CText, chunk: _Chunk, found: Declarator, name: str, *, cpp: bool) -> Declaration:
    around = [s for s in chunk.scopes if s.start <= found.start < s.end]
    path = [s.name for s in around if s.kind in ("namespace", "class")]
    if found.qualifier:
        path += found.qualifier.split("::")
    linkage = [s.name for s in around if s.kind == "linkage"]
    c_names = not cpp or found.c_linkage or (bool(linkage) and linkage[-1] == "C")
    method = any(s.kind == "class" for s in around) or bool(found.qualifier)
    static = "static" in found.storage.split() and not any(s.kind == "class" for s in around)
    return Declaration(
        role=found.role,
        entity=Entity.METHOD if method else Entity.STATIC if found.signature is None else Entity.FUNCTION,
        name=name,
        symbol=name,
        at=text.at(found.start, found.end),
        abi="C" if c_names else "C++",
        signature=found.signature,
        type=found.type,
        module=tuple(path),
        cfg=text.conditions(found.start),
        how=" ".join(filter(None, (found.storage, _convention(text, found.start, found.end)))),
        internal=static,
    )


def _convention(text: CText, start: int, end: int) -> str:
    """The word for a calling convention in a declaration, if it has one; attributes may stand behind it."""
    head = _BODY.split(text.masked[start : end + _ATTRIBUTES], maxsplit=1)[0]
    found = _CONVENTION.search(head)
    return found[0].decode() if found else ""


def _macro(text: CText, offset: int, name: bytes) -> Declaration:
    line = text.directive_at(offset) or (offset, offset + len(name))
    opening = text.masked.find(b"(", offset, line[1])
    close = text.masked.find(b")", opening, line[1]) if opening >= 0 else -1
    parameters = text.source[opening + 1 : close].decode("utf-8", "replace") if close >= 0 else ""
    body = text.source[close + 1 : line[1]].decode("utf-8", "replace") if close >= 0 else ""
    return Declaration(
        role=Role.MACRO,
        entity=Entity.FUNCTION,
        name=name.decode(),
        symbol=name.decode(),
        at=text.at(line[0], line[1]),
        signature=Signature(tuple(Parameter(p, "") for p in split(parameters) if p != "..."), "", "..." in parameters),
        type=" ".join(body.replace("\\\n", " ").split())[:_SNIPPET],
        cfg=text.conditions(line[0]),
        how="#define",
    )


def _uses(
    text: CText, chunks: _Chunks, hits: Hits, known: Set[int], *, cpp: bool
) -> tuple[list[Reference], dict[int, Declaration]]:
    """Calls and other uses of names; a use that turns out to declare the name is returned as that, by its offset."""
    used: list[Reference] = []
    declared: dict[int, Declaration] = {}
    for offset, raw in hits.used:
        if offset in known or text.masked[offset : offset + len(raw)] != raw:
            continue
        name = raw.decode()
        directive = text.directive_at(offset)
        if directive is None:
            chunk = chunks.around(offset)
            local = bool(chunk.function_at(offset))
            if offset not in chunk.calls and (
                not local or _LOCAL_EXTERN.search(text.code, max(offset - 200, 0), offset)
            ):
                found = declarator(text, offset, name) or variable(text, offset, name)
                if found is not None:
                    declared[offset] = _declaration(text, chunk, found, name, cpp=cpp)
                    continue
            owner = chunk.function_at(offset)
        else:
            owner = ""
        found_use = _reference(text, offset, name, owner, directive)
        if found_use is not None:
            used.append(found_use)
    return used, declared


def _reference(text: CText, offset: int, name: str, owner: str, directive: tuple[int, int] | None) -> Reference | None:
    """A use of a name; None where the word is a type's tag or fills nothing."""
    code = text.masked if directive else text.code
    end = offset + len(name)
    tail = code[end : end + 40].lstrip()
    called = tail.startswith(b"(")
    filled = ""
    if directive is not None:
        macro = _DEFINED_NAME.search(text.masked, *directive)
        filled = f"macro {macro[1].decode()}" if macro else "preprocessor"
    if not called:
        filled = _context(code, offset) or filled
        if not filled and not code[:offset].endswith(b"&"):
            return None
        if _TAG.search(code, max(offset - 40, 0), offset):
            return None
    before = _QUALIFIER.search(code, max(offset - 120, 0), offset)
    member = bool(before and before[0].rstrip().endswith((b".", b"->")))
    words = re.findall(r"\w+", before[0].decode("utf-8", "replace")) if before and not member else []
    scope = tuple(word for word in words if word not in ("return", "case", "else"))
    arguments = -1
    if called:
        opening = code.index(b"(", end)
        close = text.partner.get(opening, -1)
        if close >= 0:
            arguments = len(split(text.read(opening + 1, close)))
    return Reference(
        path=name,
        role=ReferenceRole.CALL if called else ReferenceRole.ADDRESS,
        at=text.at(offset, end),
        owner=owner,
        module=scope,
        context="member" if member and not filled else filled,
        arguments=arguments,
    )


def _context(code: bytes, offset: int) -> str:
    """What a name that is not called fills: a field of an initialiser, a variable, an argument."""
    low = max(offset - 300, 0)
    if found := _FIELD.search(code, low, offset):
        field = (found[1] or found[2]).decode()
        opening = enclosing(code, found.start())
        table = _INITIALISED.search(code, max(opening - 200, 0), opening) if opening >= 0 else None
        return f"field {field}" + (f" of {table[1].decode()} {table[2].decode()}" if table else "")
    if found := _ASSIGN.search(code, low, offset):
        return f"assigned to {found[1].decode()}"
    opening = enclosing(code, offset)
    if opening >= 0 and code[opening] == ord("("):
        callee = _CALLEE.search(code, max(opening - 200, 0), opening)
        if callee:
            position = len(split(code[opening + 1 : offset].decode("utf-8", "replace") + "_", angles=False))
            return f"argument {position} of {callee[1].decode()}"
    if opening >= 0 and code[opening] == ord("{"):
        table = _INITIALISED.search(code, max(opening - 200, 0), opening)
        return f"element of {table[1].decode()} {table[2].decode()}" if table else "element of a table"
    return ""
