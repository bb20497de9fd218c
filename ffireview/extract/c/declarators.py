"""A C declaration around a name, read as text: what stands before the name, its parameters, what follows."""

import re
from typing import NamedTuple

from ffireview.extract.c.text import CText
from ffireview.model.facts import Parameter, Role, Signature
from ffireview.syntax.brackets import enclosing, split

_STORAGE = re.compile(
    r"\b(?:static|extern|inline|__inline__|__inline|__always_inline|register|constexpr|virtual|explicit|friend|_Noreturn|noreturn"
    r"|__init|__exit|__must_check|__cold|__hot|__noreturn|__pure|__weak|__visible|__used|__maybe_unused|noinline|notrace"
    r"|asmlinkage|__sched|__ref|__malloc|__extension__|__cdecl|__stdcall|WINAPI|_Thread_local|thread_local|__thread)\b"
)
_ATTRIBUTE = re.compile(
    r"__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|__declspec\s*\((?:[^()]|\([^()]*\))*\)|\[\[[^\]]*\]\]|\balignas\s*\([^()]*\)"
)
_API_WORD = re.compile(
    r"\b\w*(?:_API|API_|EXPORT|EXTERN|PUBLIC|DLL|_DECL|IMPORT|VISIBLE|_CALL|LINKAGE|NOTHROW|_ABI)\w*\b(?!\s*\()"
)
_WRAPPER = re.compile(r"^\s*(?:extern\s+)?[A-Z][A-Z0-9_]*\s*\(((?:[^()]|\([^()]*\))*)\)\s*(.*)$", re.DOTALL)
_ACCESS = re.compile(r"^(?:\s*(?:public|private|protected|signals|slots)\s*:)+")
_LINKAGE = re.compile(r'\bextern\s*"C(?:\+\+)?"\s*')
_NOT_TYPES = re.compile(
    r"\b(?:return|else|case|goto|if|while|for|switch|do|sizeof|new|delete|throw|using|typedef)\b|[=!?&|^~+\-/%\[\]\"'](?<!\*)(?<!&)"
)
_KNR_PROTO = re.compile(rb"[ \t\n]*(?:OF|P_|__P|PROTO|_ANSI_ARGS_|PARAMS)[ \t]*\(")
_AFTER = re.compile(
    rb"[ \t\r\n]*(?:(?:__\w+|[A-Z_][A-Z0-9_]{2,}|const|noexcept|override|final|asm|__asm__|volatile|throw"
    rb"|\[\[[^\]]*\]\])(?:[ \t\n]*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?[ \t\r\n]*)*"
)
_OUTER_SCOPE = re.compile(rb'(?:extern\s*"[^"]*"|namespace\s*[\w:]*)\s*\Z')
_LEADING = re.compile(
    rb"(?:\s+|(?:public|private|protected|signals|slots)\s*:(?!:)|[A-Z][A-Z0-9_]+_DECLS?\b"
    rb"|[A-Z][A-Z0-9_]{3,}[ \t]*\r?\n[ \t]*\r?\n)*"
)
"""What may stand between declarations: space, access words, `FOO_BEGIN_DECLS`."""
_VARIABLE = re.compile(rb"\s*((?:\[[^\]]*\]\s*)*)(?:__\w+(?:\([^()]*\))?\s*)*([;=,])")
_SPACE_BEFORE_NAME = 2000


class Declarator(NamedTuple):
    """A declaration or definition found around a name: of a function, or of a variable (then without signature)."""

    role: Role
    start: int
    end: int
    signature: Signature | None
    storage: str
    qualifier: str
    """What stands before the name in `Class::name`."""
    c_linkage: bool
    """Whether `extern "C"` is written at the declaration itself."""
    type: str = ""
    """The type of a variable."""


def declarator(text: CText, at: int, name: str) -> Declarator | None:
    """The function that the name at the offset declares, or None when it is a call or anything else."""
    code, partner = text.code, text.partner
    opening = _opening(code, at, at + len(name))
    if opening < 0:
        return None
    close = partner.get(opening, -1)
    if close < 0:
        return None
    start = _start(code, at)
    before = text.read(start, at)
    parameters_at, parameters_end = opening + 1, close
    if found := _KNR_PROTO.match(code, at + len(name)):
        inner = partner.get(found.end() - 1, -1)
        second = code.find(b"(", found.end())
        if 0 <= second < inner and second in partner:
            parameters_at, parameters_end, close = second + 1, partner[second], inner
    qualifier = ""
    if found_scope := re.search(r"((?:\w+(?:<[^<>]*>)?\s*::\s*)+)~?$", before):
        qualifier = re.sub(r"\s|::$", "", found_scope[1])
        before = before[: found_scope.start()]
    result = _result(before)
    if result is None:
        return None
    after = _AFTER.match(code, close + 1)
    stop = after.end() if after else close + 1
    following = code[stop : stop + 1]
    if following in (b"{", b":") or (following == b"=" and code[stop:].startswith((b"= default", b"= delete"))):
        role = Role.DEFINITION
        end = partner.get(stop, close) + 1 if following == b"{" else close + 1
    elif following in (b";", b",", b"=", b")") or not following:
        role, end = Role.PROTOTYPE, close + 1
    elif _old_style(code, close + 1):
        role, end = Role.DEFINITION, close + 1
    else:
        return None
    if role is Role.PROTOTYPE and not result.type and not qualifier:
        return None
    shape = _signature(text, parameters_at, parameters_end, result.type)
    return Declarator(role, start, end, shape, result.storage, qualifier, result.c_linkage)


def variable(text: CText, at: int, name: str) -> Declarator | None:
    """The variable that the name at the offset declares outside functions, or None."""
    code = text.code
    found = _VARIABLE.match(code, at + len(name))
    opening = enclosing(code, at)
    if opening >= 0 and not _OUTER_SCOPE.search(code, max(opening - 200, 0), opening):
        return None
    start = _start(code, at)
    result = _result(text.read(start, at))
    if not found or result is None or not result.type:
        return None
    extern = "extern" in result.storage.split() or result.c_linkage
    role = Role.DEFINITION if found[2] == b"=" or not extern else Role.PROTOTYPE
    array = text.read(*found.span(1))
    shape = f"{result.type} {array}".strip()
    return Declarator(role, start, at + len(name), None, result.storage, "", result.c_linkage, shape)


class _Result(NamedTuple):
    type: str
    storage: str
    c_linkage: bool


def _opening(code: bytes, name: int, at: int) -> int:
    """The parenthesis of the parameters behind a name, also of `(name)(..)`, which keeps a macro of that name away."""
    while at < len(code) and code[at] in b" \t\r\n":
        at += 1
    if code[at : at + 1] == b"(":
        return at
    if code[at : at + 1] == b")" and code[:name].rstrip().endswith(b"("):
        return _opening(code, name, at + 1)
    found = _KNR_PROTO.match(code, at)
    return found.end() - 1 if found else -1


def _start(code: bytes, at: int) -> int:
    """Where the declaration of the name starts: after the last `;`, brace or blank line with no code."""
    low = max(at - _SPACE_BEFORE_NAME, 0)
    start = max(code.rfind(b";", low, at), code.rfind(b"}", low, at), code.rfind(b"{", low, at), low - 1) + 1
    skipped = _LEADING.match(code, start, at)
    return skipped.end() if skipped else start


def _result(before: str) -> _Result | None:
    """The result type before a name, without storage words, attributes and export macros; None when it is no type."""
    before = _ACCESS.sub("", before).strip()
    c_linkage = bool(_LINKAGE.search(before))
    before = _LINKAGE.sub("", before)
    before = _ATTRIBUTE.sub(" ", before)
    if found := re.match(r"^template\s*<[^{};]*>\s*(?=\w)", before):
        before = before[found.end() :]
    wrapped = _WRAPPER.match(before)
    if wrapped and not _STORAGE.fullmatch(wrapped[1]):
        before = f"{wrapped[1]} {wrapped[2]}"
    words = _STORAGE.findall(before)
    bare = _STORAGE.sub(" ", before)
    stripped = _API_WORD.sub(" ", bare).strip()
    bare = " ".join((stripped or bare).split())
    if _NOT_TYPES.search(bare.replace("->", "")) and not bare.endswith(("&", "*")):
        return None
    if re.match(r"(?:return|else|case|goto|throw|delete|new)\b", bare):
        return None
    return _Result(bare, " ".join(words), c_linkage)


def _signature(text: CText, start: int, end: int, returns: str) -> Signature:
    written = text.read(start, end)
    parts = split(written)
    variadic = bool(parts) and parts[-1] == "..."
    if variadic:
        parts = parts[:-1]
    elif parts and parts[-1].endswith("..."):
        variadic, parts = True, [*parts[:-1], parts[-1].removesuffix("...").strip()]
    if parts in (["void"], ["VOID"]):
        parts = []
    offsets = _part_offsets(text, start, end)
    read = []
    outside = text.conditions(start)
    for index, part in enumerate(parts):
        inside = text.conditions(offsets[index])[len(outside) :] if index < len(offsets) else ()
        read.append(parameter(part, inside))
    return Signature(tuple(read), returns, variadic)


def _part_offsets(text: CText, start: int, end: int) -> list[int]:
    """Where each top-level parameter starts, for the conditions around it."""
    code, offsets, depth, fresh = text.code, [], 0, True
    for i in range(start, end):
        byte = code[i]
        if fresh and byte not in b" \t\r\n":
            offsets.append(i)
            fresh = False
        if byte in b"([{<":
            depth += 1
        elif byte in b")]}>":
            depth -= 1
        elif byte == ord(",") and depth <= 0:
            fresh = True
    return offsets


def parameter(part: str, cfg: tuple[str, ...] = ()) -> Parameter:
    """Split a parameter's text into type and name: `const char *name[4]`, `int (*cb)(void)`, `size_t`."""
    part = _ATTRIBUTE.sub(" ", part).split("=")[0].strip()
    if found := re.search(r"\(\s*[*^&]\s*(?:const\s+|_Nullable\s+|_Nonnull\s+)*(\w*)\s*(?:\[[^\]]*\]\s*)?\)", part):
        name = found[1]
        return Parameter(name, part[: found.start(1)] + part[found.end(1) :], cfg)
    found = re.search(r"(\w+)\s*((?:\[[^\]]*\]\s*)*)$", part)
    if not found:
        return Parameter("", part, cfg)
    before = part[: found.start()].rstrip()
    if (
        not before
        or found[1] in _TYPE_WORDS
        or re.fullmatch(r"(?:const|volatile|struct|union|enum|class|register|\s)+", before)
    ):
        return Parameter("", part, cfg)
    return Parameter(found[1], (before + (" " + found[2].strip() if found[2] else "")).strip(), cfg)


_TYPE_WORDS = {
    "int", "char", "short", "long", "float", "double", "void", "signed", "unsigned", "bool", "_Bool", "const",
    "volatile", "size_t", "restrict",
}  # fmt: skip


def _old_style(code: bytes, at: int) -> bool:
    """Whether parameter declarations in the style before 1989 and a body follow."""
    brace = code.find(b"{", at, at + 2000)
    return brace >= 0 and bool(re.fullmatch(rb"(?:\s*[A-Za-z_][\w\s*,\[\]()]*;)+\s*", code[at:brace]))
