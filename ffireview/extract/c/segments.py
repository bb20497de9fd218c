"""The top level of a C or C++ file in stretches, one declaration each, found by brackets and semicolons.

No grammar is asked: an unknown macro costs no more than its own stretch. Where `#if` and `#else` both open a body, the
first branch counts.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.extract.c.text import CText
from ffireview.syntax.brackets import stripped
from ffireview.syntax.captures import Piece

_BRACKET = re.compile(rb"[()\[\]{}]")
_MARK = re.compile(rb"[;{}()\[\]=]|\btemplate\s*<")
_TEMPLATE = re.compile(rb"\s*template\s*<")
_BRANCH = re.compile(rb"[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b[ \t]*(0\b)?")
_SCOPE = re.compile(rb'(?:\b(extern)\s*"[^"]*"|\b(?:inline\s+)?namespace\b\s*([\w:]*)(?:\s*\[\[[^\]]*\]\])?)\s*\Z')
_NOISE = re.compile(
    rb"\b(?:__(?:attribute(?:__)?|declspec|\w*aligned|\w*packed)|alignas|_Alignas|[A-Z][A-Z0-9_]+)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[\[[^\]]*\]\]"
)
_RECORD = re.compile(rb"\b(struct|union|class|enum)\b(?:\s+(?:class|struct)\b)?([^(){};=]*)\Z")
_NOT_EQUAL = re.compile(rb"(?:operator\s*|[=!<>+\-*/%&|^])\Z")
_OLD_STYLE = re.compile(rb"(?:\s*[A-Za-z_][\w\s*,\[\]]*;)+\s*\{")
_CALL_ALONE = re.compile(rb"\s*[A-Za-z_]\w*\s*\Z")
_FRESH = re.compile(
    rb"[ \t]*\r?\n(?:[ \t]*\r?\n|\s*(?:static|extern|const|struct|union|enum|typedef|void|int|unsigned|long|char|bool"
    rb"|inline|template|class)\b)(?!\s*\{)"
)
_ACCESS = re.compile(
    rb"\s*(public|private|protected)(?:\s+(?:Q_)?(?:slots|SLOTS))?\s*:(?!:)|\s*(?:signals|Q_SIGNALS)\s*:(?!:)"
)
_CONSTRUCTS = re.compile(rb"\)[\w\s()]*:(?!:)")
_OLD_STYLE_BYTES = 2000


class Segment(NamedTuple):
    """One declaration: from its first token to its `;` or closing brace."""

    start: int
    end: int
    body: Piece | None
    """The braces of a function or record."""
    record: tuple[str, str] | None
    """What the braces define: keyword and name (empty when it has none)."""
    path: tuple[str, ...]
    """Namespaces around it."""
    access: str
    """Inside a C++ record: `public`, `private`, `protected`."""
    c_linkage: bool
    """Whether an `extern "C"` block is around it."""


def partners(text: CText) -> dict[int, int]:
    """Matching brackets, one branch of each `#if` at a time: what one branch opens, the next does not see."""
    partner, open_at_end = _pair(text, trust_columns=False)
    return _pair(text, trust_columns=True)[0] if open_at_end else partner


def segments(
    text: CText,
    partner: dict[int, int],
    start: int,
    end: int,
    path: tuple[str, ...] = (),
    access: str = "",
    *,
    c_linkage: bool = False,
) -> Iterator[Segment]:
    """Every declaration between two offsets; those in a record are had by asking for the inside of its body."""
    code = text.code
    waiting = [(start, end, path, c_linkage)]
    while waiting:
        at, stop, path, c_linkage = waiting.pop()
        while at < stop:
            if access and (label := _ACCESS.match(code, at, stop)):
                at, access = label.end(), (label[1] or b"public").decode()
                continue
            low = stripped(code, at, stop)[0]
            if low >= stop:
                break
            if code[low : low + 1] in (b";", b"}", b")", b"]"):
                at = low + 1
                continue
            high, body, inner = _one(code, partner, low, stop)
            if inner is not None:
                waiting.append((high, stop, path, c_linkage))
                name = (inner[2] or b"").decode("utf-8", "replace")
                at, stop = inner.end() + 1, high - 1
                path = (*path, *filter(None, name.split("::")))
                c_linkage = c_linkage or bool(inner[1])
                continue
            at = high
            if body is None and code[high - 1 : high] == b"{":
                continue
            record = _record(code[low : body.start]) if body else None
            yield Segment(low, high, body, record, path, access, c_linkage)


def behind_template(code: bytes, start: int, stop: int) -> int:
    """The offset behind `template <..>`, or the start itself."""
    found = _TEMPLATE.match(code, start, stop)
    return _angles(code, found.end(), stop) if found else start


def _one(
    code: bytes, partner: dict[int, int], start: int, stop: int
) -> tuple[int, Piece | None, re.Match[bytes] | None]:
    """The declaration that starts at an offset: its end, its body, or the match of a scope that opens here."""
    at, valued, body = start, False, None
    while (found := _MARK.search(code, at, stop)) is not None:
        mark, at = found[0], found.end()
        close = partner.get(found.start(), -1)
        if mark == b"=":
            valued = valued or not (code[at : at + 1] == b"=" or _NOT_EQUAL.search(code, max(start, at - 12), at - 1))
        elif mark == b";":
            return at, body, None
        elif mark.startswith(b"template"):
            at = _angles(code, at, stop)
        elif mark == b"}":
            return at, body, None
        elif close < found.start() or close >= stop:
            if mark == b"{":
                return at, None, None
        elif mark != b"{":
            at = close + 1
            if mark == b"(" and (old := _OLD_STYLE.match(code, at, min(at + _OLD_STYLE_BYTES, stop))):
                at = old.end() - 1
            elif mark == b"(" and _CALL_ALONE.match(code, start, found.start()) and _FRESH.match(code, at, stop):
                return at, None, None
        elif scope := _SCOPE.search(code, start, found.start()):
            return close + 1, None, scope
        elif valued or body or _initialises(code, start, found.start(), close):
            at = close + 1
        elif _record(code[start : found.start()]):
            body, at = Piece(found.start(), close + 1), close + 1
        else:
            return close + 1, Piece(found.start(), close + 1), None
    return stop, body, None


def _initialises(code: bytes, start: int, opening: int, close: int) -> bool:
    """Whether braces outside a body hold a value: `int x{3};`, or a member in the list before a constructor's body."""
    following = code[close + 1 : close + 40].lstrip()[:1]
    if following == b"{" or following == b",":
        return bool(_CONSTRUCTS.search(code, start, opening))
    return following == b";" and b"(" not in code[start:opening] and _record(code[start:opening]) is None


def _record(head: bytes) -> tuple[str, str] | None:
    """The keyword and name of the record or enum whose braces follow, if one's do."""
    found = _RECORD.search(_NOISE.sub(b" ", head))
    if not found:
        return None
    tag = re.split(rb"(?<!:):(?!:)", found[2])[0]
    if b"*" in tag:
        return None
    words = re.findall(rb"[\w:]+", re.sub(rb"<.*", b"", tag, flags=re.DOTALL))
    for unlikely in (rb"__\w*|final", rb"[A-Z0-9_]+"):
        words = [word for word in words if not re.fullmatch(unlikely, word)] or words
    return found[1].decode(), words[0].decode("utf-8", "replace") if words else ""


def _angles(code: bytes, at: int, stop: int) -> int:
    """Behind the `>` that closes the `<` before the offset."""
    depth = 1
    for found in re.compile(rb"[<>;{}]").finditer(code, at, stop):
        if found[0] in b";{}":
            return found.start()
        depth += 1 if found[0] == b"<" else -1
        if not depth:
            return found.end()
    return stop


class _Open(NamedTuple):
    """Open brackets as a chain, innermost first: a branch of `#if` keeps what was open at no cost."""

    at: int
    outer: "_Open | None"


class _Branches(NamedTuple):
    """An `#if` that is open: the brackets before it, and those after the branch that counts, once that is read."""

    before: _Open | None
    dead: bool
    """Whether the first branch is `#if 0`."""
    decided: bool = False
    after: _Open | None = None


def _pair(text: CText, *, trust_columns: bool) -> tuple[dict[int, int], bool]:
    """Partners, and whether a brace was left open. `trust_columns`: a `}` at the start of a line closes every brace but
    those of namespaces."""
    code = text.code
    branches = ((start, _BRANCH.match(text.masked, start, end)) for start, end in text.directives)
    events = [(found.start(), b"") for found in _BRACKET.finditer(code)]
    events += [(at, b"if 0" if found[2] else found[1]) for at, found in branches if found]
    partner: dict[int, int] = {}
    stack: _Open | None = None
    saved: list[_Branches] = []
    for at, word in sorted(events):
        if not word:
            stack = _bracket(code, partner, stack, at, trust_columns=trust_columns)
        elif word.startswith(b"if"):
            saved.append(_Branches(stack, word == b"if 0"))
        elif saved and word == b"endif":
            done = saved.pop()
            stack = done.after if done.decided else stack
        elif saved:
            one = saved.pop()
            decided = one if one.dead or one.decided else one._replace(decided=True, after=stack)
            saved.append(decided._replace(dead=False))
            stack = one.before
    while stack is not None and code[stack.at] != ord("{"):
        stack = stack.outer
    return partner, stack is not None


def _bracket(
    code: bytes, partner: dict[int, int], stack: _Open | None, at: int, *, trust_columns: bool
) -> _Open | None:
    """The open brackets behind the one at an offset; what it closes is noted."""
    char = code[at : at + 1]
    if char in b"([{":
        return _Open(at, stack)
    mate = stack
    if char == b"}":
        while mate is not None and code[mate.at] != ord("{"):
            mate = mate.outer
        if trust_columns and code[at - 1 : at] == b"\n" and mate is not None:
            mate = _outermost(code, mate)
    elif mate is not None and code[mate.at] != ord(b"(" if char == b")" else b"["):
        mate = None
    if mate is None:
        return stack
    partner[mate.at], partner[at] = at, mate.at
    return mate.outer


def _outermost(code: bytes, innermost: _Open) -> _Open:
    """The outermost open brace that is no namespace's."""
    found, one = innermost, innermost.outer
    while one is not None:
        if code[one.at] == ord("{") and not _SCOPE.search(code, max(one.at - 200, 0), one.at):
            found = one
        one = one.outer
    return found
