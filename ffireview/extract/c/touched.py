"""What a C function or macro touches, read from its text: no grammar stumbles over a macro here."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ffireview.extract.c.text import CText
from ffireview.extract.conditions import leaves, question
from ffireview.extract.intervals import Blocks
from ffireview.extract.locking import Event, event, held
from ffireview.extract.touched import Touched
from ffireview.model.items import Access, Call, CallForm, Check, CheckKind, Local, Lock, NameUse, Touch
from ffireview.syntax.brackets import parts, stripped
from ffireview.syntax.tokens import C_TOKEN, listed

KEYWORDS = frozenset(
    b"alignas alignof asm auto bool break case catch char class const const_cast constexpr continue decltype default"
    b" delete do double dynamic_cast else enum explicit extern false final float for friend goto if inline int long"
    b" mutable namespace new noexcept nullptr operator override private protected public register reinterpret_cast"
    b" restrict return short signed sizeof static static_assert static_cast struct switch template this throw true try"
    b" typedef typeid typename union unsigned using virtual void volatile wchar_t while __inline __inline__"
    b" __extension__ __typeof__ typeof __asm__ __volatile__ _Bool _Static_assert NULL defined".split()
)
_NO_CHAIN = KEYWORDS - {b"this"}
_WORD = re.compile(rb"(?<![\w#])(?:[A-Za-z_]\w*\s*::\s*)*~?[A-Za-z_]\w*")
_MEMBER = re.compile(rb"(?:(?<!\.)\.(?!\.)|->)\s*([A-Za-z_]\w*)")
_NUMBER = re.compile(rb"(?<![\w.])\d[\w']*\Z")
_CALLED = re.compile(rb"\s*(?:<[^<>;(){}=]*>\s*)?\(")
_ASSIGNED = re.compile(rb"\s*(?:=(?!=)|[-+*/%&|^]=|<<=|>>=|\+\+|--)")
_STEP = re.compile(rb"\s*(?:(\[)|\.(?!\.)\s*[A-Za-z_]\w*(?!\w|\s*\())")
_JOINT = re.compile(rb"(?:\.|->|::)\s*\Z")
_UNARY_AND = re.compile(rb"(?:^|[^\w)\]&\s])\s*&\s*(?:\(\s*)*\Z|\breturn\s*&\s*\Z")
_STEPPED = re.compile(rb"(?:\+\+|--)\s*(?:\(\s*)*\Z")
_CONDITION = re.compile(rb"\b(if|while|switch|for)\b\s*(?:constexpr\s*)?(\()")
_HINT = re.compile(rb"(?:__)?(?:un)?likely\s*\(|__builtin_expect\s*\(")
_ASSERT = re.compile(
    r"(?:\w*_)?(?:assert|ASSERT)\w*|(?:BUILD_)?BUG_ON\w*|WARN_ON\w*|D?CHECK(?:_\w+)?|(?:\w*_)?return(?:_val)?_if_fail"
    r"|VM_(?:BUG|WARN)_ON\w*|_Static_assert|KASSERT"
)
_DEBUG = re.compile(r"(?i:.*debug).*|DCHECK.*|VM_.*|lockdep_.*")
_LOCAL = re.compile(
    rb"(?:[;{}]|\A|\bfor\s*\()\s*"
    rb"(?:(?:const|static|register|volatile|unsigned|signed|struct|union|enum|auto|__maybe_unused)\s+)*"
    rb"(?:(?:__)?typeof(?:__)?\s*\([^;{}]*?\)|([A-Za-z_][\w:]*)(?:\s*<[^;{}()]*>)?)"
    rb"(?:\s+(?:const|long|int|char|short|unsigned|__\w+)\b)*(?:\s+|(?=[*&]))"
    rb"(?:[*&]|\b(?:const|restrict|__restrict|__\w+)\b|\s)*([A-Za-z_]\w*)\s*(?=[=;,\[:{])"
)
_POINTED = re.compile(rb"[;{}]\s*[A-Za-z_][\w\s*]*\(\s*\*\s*([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?\)\s*\([^;{}]*\)\s*[=;]")
"""A local that points to a function: `int (*open)(void) = ..`."""
_NO_TYPES = frozenset(b"return goto else case delete throw typedef using new break continue sizeof default".split())
_NEXT = re.compile(rb"[\s*&]*(?:const\s+)?([A-Za-z_]\w*)")
_LABEL = re.compile(rb"[;{}]\s*([A-Za-z_]\w*)\s*:(?!:)")
_GOTO = re.compile(rb"\bgoto\s+([A-Za-z_]\w*)")
_GUARD = re.compile(
    rb"\b(?:guard\s*\([^()]*\)\s*\(|(scoped_guard)\s*\()"
    rb"|\b(lock_guard|unique_lock|scoped_lock|shared_lock)\b(?:\s*<[^;{}()]*>)?\s+(\w+)\s*[({]"
)
_BODY = re.compile(rb"\s*\{")
_DECLARATION_BYTES = 4000
_CHAIN_BYTES = 400
"""A chain of fields is followed so far, in both directions."""


class Stretch(NamedTuple):
    """Where to look: the code (with or without preprocessor lines), its brackets, from where to where."""

    text: CText
    code: bytes
    partner: dict[int, int]
    start: int
    end: int


def touched_in(stretch: Stretch, parameters: Mapping[str, int], *, cpp: bool) -> Touched:
    """What stands between the offsets. `parameters` are names of the function's own, with their places."""
    own = _locals(stretch, parameters)
    members = list(_members(stretch, cpp=cpp))
    calls, names = _words(stretch, {start for start, _ in members}, own)
    at = stretch.text.at
    return Touched(
        touched=tuple(use for _, use in members),
        calls=calls,
        names=names,
        checks=tuple(_checks(stretch)),
        locks=tuple(_locks(stretch)),
        locals=tuple(Local(name, at(place, place + len(name.encode()))) for name, place in own.items()),
    )


# ---- names


def _words(stretch: Stretch, members: set[int], own: Mapping[str, int]) -> tuple[tuple[Call, ...], tuple[NameUse, ...]]:
    text, code = stretch.text, stretch.code
    labels = {found.start(1) for pattern in (_LABEL, _GOTO) for found in pattern.finditer(code, *stretch[3:])}
    calls: list[Call] = []
    names: dict[str, NameUse] = {}
    for found in _WORD.finditer(code, stretch.start, stretch.end):
        start, end = found.span()
        if found[0] in KEYWORDS or start in labels:
            continue
        path = re.sub(r"\s", "", found[0].decode("utf-8", "replace"))
        name = path.rsplit("::", 1)[-1]
        if _CALLED.match(code, end, stretch.end):
            form = CallForm.METHOD if start in members else CallForm.MACRO if name.isupper() else CallForm.FUNCTION
            calls.append(Call(name, path, form, text.at(start, end)))
        elif start not in members and path not in own:
            names.setdefault(path, NameUse(name, path, text.at(start, end)))
    return tuple(calls), tuple(names.values())


def _locals(stretch: Stretch, parameters: Mapping[str, int]) -> dict[str, int]:
    """Names that the function declares, with their places, as far as the text tells."""
    code, found = stretch.code, dict(parameters)
    for match in _POINTED.finditer(code, stretch.start, stretch.end):
        found.setdefault(match[1].decode(), match.start(1))
    at = stretch.start
    while (local := _LOCAL.search(code, at, stretch.end)) is not None:
        at = local.end(2)
        if local[1] in _NO_TYPES or local[2] in KEYWORDS:
            continue
        found.setdefault(local[2].decode(), local.start(2))
        stop = code.find(b";", at, stretch.end)
        stop = at if stop - at > _DECLARATION_BYTES else max(stop, at)
        for low, high in parts(code, stretch.partner, local.start(2), stop)[1:]:
            if (more := _NEXT.match(code, low, high)) and more[1] not in KEYWORDS:
                found.setdefault(more[1].decode(), more.start(1))
    return found


# ---- fields


def _members(stretch: Stretch, *, cpp: bool) -> Iterator[tuple[int, Touch]]:
    """Fields behind `.` and `->`; in C also those that are called, since they hold a function pointer."""
    text, code = stretch.text, stretch.code
    for found in _MEMBER.finditer(code, stretch.start, stretch.end):
        if _NUMBER.search(code, max(found.start() - 40, 0), found.start()):
            continue
        start, end = found.span(1)
        chain = _chain_start(stretch, found.start())
        called = bool(_CALLED.match(code, end, stretch.end))
        if chain == found.start():
            access = Access.INITIALISE
        elif called:
            access = Access.RECEIVER if cpp else Access.READ
        else:
            access = _access(stretch, chain, end)
        yield start, Touch(found[1].decode(), access, text.at(start, end), text.spelled(chain, end))


def _chain_start(stretch: Stretch, at: int) -> int:
    """Where `a[i]->b` starts, read back from its last `.` or `->`; the offset itself when nothing stands before."""
    code, low = stretch.code, max(stretch.start, at - _CHAIN_BYTES)
    while True:
        back = len(code[low:at].rstrip()) + low
        if back > low and code[back - 1] in b")]":
            opening = stretch.partner.get(back - 1, -1)
            if opening < low:
                return at
            at = opening
            word = re.compile(rb"\w+\s*\Z").search(code, max(at - 80, low), at)
            if word is None or word[0].strip() in KEYWORDS:
                if code[back - 1] in b"]":
                    continue
                return at
            at = word.start()
        elif back > low and (chr(code[back - 1]).isalnum() or code[back - 1] in b"_"):
            word = re.compile(rb"\w+\Z").search(code, max(back - 80, low), back)
            if word is None or word[0] in _NO_CHAIN:
                return at
            at = word.start()
        else:
            return at
        joint = _JOINT.search(code, max(at - 20, low), at)
        if joint is None:
            return at
        at = joint.start()


def _access(stretch: Stretch, chain: int, end: int) -> Access:
    """What is done to a field: the whole expression goes on from it by `.` and `[..]`, not by `->`."""
    code = stretch.code
    at = end
    while at - end <= _CHAIN_BYTES and (step := _STEP.match(code, at, stretch.end)):
        at = stretch.partner.get(step.start(1), stretch.end) + 1 if step[1] else step.end()
    low = max(chain - 40, stretch.start)
    if _ASSIGNED.match(code, at, stretch.end) or _STEPPED.search(code, low, chain):
        return Access.WRITE
    if code[at : at + 20].lstrip().startswith(b"->"):
        return Access.READ
    return Access.BORROW if _UNARY_AND.search(code, low, chain) else Access.READ


# ---- checks and locks


def _checks(stretch: Stretch) -> Iterator[Check]:
    text, code, partner = stretch.text, stretch.code, stretch.partner
    found: list[tuple[int, Check]] = []
    for match in _CONDITION.finditer(code, stretch.start, stretch.end):
        word, opening = match[1].decode(), match.start(2)
        close = partner.get(opening, -1)
        if close < 0 or close > stretch.end:
            continue
        low, high = opening + 1, close
        if word == "for":
            clauses = code[low:high].split(b";")
            if len(clauses) != 3:
                continue
            low += len(clauses[0]) + 1
            high = low + len(clauses[1])
        found += [(leaf[0], _leaf(stretch, partner, leaf, word)) for leaf in leaves(code, partner, low, high)]
    for match in _WORD.finditer(code, stretch.start, stretch.end):
        name = match[0].decode("utf-8", "replace")
        if _ASSERT.fullmatch(name) and (called := _CALLED.match(code, match.end(), stretch.end)):
            close = partner.get(called.end() - 1, -1)
            given = parts(code, partner, called.end(), close) if close >= 0 else []
            if given:
                kind = CheckKind.DEBUG_ASSERT if _DEBUG.fullmatch(name) else CheckKind.ASSERT
                found.append(
                    (match.start(), Check(kind, text.spelled(*given[0]), text.at(match.start(), close + 1), name))
                )
    return (check for _, check in sorted(found, key=lambda row: row[0]))


def _leaf(stretch: Stretch, partner: dict[int, int], leaf: tuple[int, int], by: str) -> Check:
    """A part of a condition, without the macros that say how likely it is."""
    text, code = stretch.text, stretch.code
    low, high = leaf
    while (hint := _HINT.match(code, low, high)) and partner.get(hint.end() - 1, -1) == high - 1:
        low, high = stripped(code, hint.end(), high - 1)
    written = text.spelled(low, high)
    tokens = listed(C_TOKEN, text.uncommented, low, high)
    kind = CheckKind.TRUTH if by == "switch" else question(tokens, written)
    return Check(kind, written, text.at(low, high), by)


def _locks(stretch: Stretch) -> Iterator[Lock]:
    found = [*held(stretch.text, _events(stretch), lambda _: stretch.end), *_guards(stretch)]
    return (lock for _, lock in sorted(found, key=lambda row: row[0]))


def _events(stretch: Stretch) -> Iterator[Event]:
    text, code, partner = stretch.text, stretch.code, stretch.partner
    for match in _WORD.finditer(code, stretch.start, stretch.end):
        called = _CALLED.match(code, match.end(), stretch.end)
        close = partner.get(called.end() - 1, -1) if called else -1
        if called is None or close < 0:
            continue
        name = match[0].decode("utf-8", "replace").rsplit("::", 1)[-1]
        given = parts(code, partner, called.end(), close)
        made = event(name, text.spelled(*given[0]) if given else "", match.start(), close + 1)
        if made is not None:
            yield made


def _guards(stretch: Stretch) -> Iterator[tuple[int, Lock]]:
    """Locks that end with their block: the kernel's `guard(mutex)(&lock)`, the lock classes of C++."""
    text, code, partner = stretch.text, stretch.code, stretch.partner
    found = list(_GUARD.finditer(code, stretch.start, stretch.end))
    blocks = Blocks(code, partner, stretch.start, stretch.end) if found else None
    for one in found:
        close = partner.get(one.end() - 1, -1)
        if close < 0 or blocks is None:
            continue
        given = parts(code, partner, one.end(), close)
        scoped = one[1] == b"scoped_guard"
        body = _BODY.match(code, close + 1, stretch.end) if scoped else None
        end = partner.get(body.end() - 1, close) + 1 if body else None if scoped else blocks.end(close)
        name, variable = (one[1] or one[2] or b"guard").decode(), (one[3] or b"").decode()
        what = text.spelled(*given[-1]) if given else ""
        at, scope = text.at(one.start(), close + 1), text.at(one.start(), end) if end is not None else None
        yield one.start(), Lock(text.spelled(one.start(), close + 1), name, what, variable, at, scope)
