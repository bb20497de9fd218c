"""Which bytes of a C or C++ file are worth a parse: the names that cross, at declaring or calling position.

A word match is no filter in a large tree (two thousand names hit two files in three); a line head shaped
like a declaration is.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from ffireview.extract.suppressions import MARK

_HEAD = re.compile(rb"\n(?=[A-Za-z_])(?>(?:\w++[ \t*]++(?!\())*)(\w++)[ \t]*\(")
"""A line that starts in column 0 with words and stars up to `name(`: C outside of functions."""

_WRAPPED = re.compile(
    rb"\n[A-Za-z_]\w*+[ \t]*\((?>(?:[^()\n]|\([^()\n]*\))*)\)[ \t*]*+(?>(?:\w++[ \t*]++(?!\())*)(\w++)[ \t]*\("
)
"""The same behind a macro around the result type: `GIT_EXTERN(int) name(`."""

_INDENTED = re.compile(
    rb"\n[ \t]*+(?:extern[ \t]*\"C\"[ \t]*)?(?>(?:[\w:&<>,]++[ \t*&]++(?!\())*)[*&]*+((?>(?:\w++::)*)~?\w++)[ \t]*\("
)
"""The same at any column and with C++ types, for C++ and for headers that open scopes."""

_AROUND_TYPE = re.compile(
    rb"\n(?!MODULE|EXPORT_|DEFINE_|DECLARE_|SYSCALL|COMPAT_SYSCALL|TRACE_|BUILD_|STATIC_ASSERT|LIST_HEAD|ATTRIBUTE_GROUPS"
    rb"|BPF_|KUNIT_|SIMPLE_|__setup|EVENT|TP_|CFG_)(?:__|[\d_]*+[A-Z][A-Z\d_]*+\n)"
)
"""One of several heads, a line each, that may be a macro around a result type. Left out are the macros that the kernel
uses most at file level and that never stand there."""

_DEFINE = re.compile(rb"\n#[ \t]*+define[ \t]++(\w++)(?=\()")
_FUNCTION_TYPE = re.compile(rb"\ntypedef\b[^;{}()]*+\(?(?:[A-Z][A-Z0-9_]+\()?[\s*]*+(\w++)\s*\)?\s*\(")
_STRUCTS = (
    re.compile(rb"\nstruct[ \t](\w++)[ \t\n]*+\{"),
    re.compile(rb"\ntypedef[ \t]+(?:struct|union)[ \t](\w++)[ \t\n]*+\{"),
    re.compile(rb"\nunion[ \t](\w++)[ \t\n]*+\{"),
)
_TYPEDEF_END = re.compile(rb"\n\}[ \t]*(\w++)[ \t]*;")
_SCOPES = frozenset({b'extern "C"', b"\nnamespace", b"\nclass "})
"""A header that holds one of these may declare at any column."""
_MARKS = frozenset({MARK})
_HEADER_MARKS = _SCOPES | _MARKS
_FEW = 32
"""So many names are found in less time than line heads are; of a few hundred names, line heads are the faster."""
_WORD_BYTES = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Wanted(NamedTuple):
    """The names to look for."""

    declared: frozenset[bytes] = frozenset()
    """Names whose declarations and definitions matter."""
    used: frozenset[bytes] = frozenset()
    """Names whose every use matters: exports, called or taken from C."""
    types: frozenset[bytes] = frozenset()
    """Structs whose fields matter, and function types: a callback fills one."""
    macros: frozenset[bytes] = frozenset()
    """Names that may be function-like macros."""


class Hits(NamedTuple):
    """Byte offsets of wanted names."""

    declared: tuple[tuple[int, bytes], ...]
    used: tuple[tuple[int, bytes], ...]
    macros: tuple[tuple[int, bytes], ...]
    structs: tuple[tuple[int, bytes], ...]
    """Offsets of the opening braces of struct bodies."""
    typedefs: tuple[tuple[int, bytes], ...]
    """Offsets where function typedefs start."""
    marked: bool = False
    """Whether there may be a suppression."""

    def __bool__(self) -> bool:
        return self.marked or bool(self.declared or self.used or self.macros or self.structs or self.typedefs)


def scan(source: bytes, wanted: Wanted, *, indented: bool, header: bool) -> Hits:
    """Find wanted names. The source is read as bytes; comments may give hits that the parse turns down.

    Cheap tests come first: for whole words, and for the bytes without which nothing is declared. Files
    with neither `;` nor `{`, such as headers of register numbers, hold 38 % of the bytes of C in Linux 6.12.
    """
    words = _union(wanted.used, wanted.types, wanted.macros) if header else _union(wanted.used, wanted.macros)
    found, marks = _look(source, words, _HEADER_MARKS if header else _MARKS)
    marked = MARK in marks
    used = tuple(hit for hit in found if hit[1] in wanted.used)
    macros = _filter(_DEFINE, source, wanted.macros) if any(name in wanted.macros for _, name in found) else ()
    if b";" not in source and b"{" not in source:
        return Hits((), used, macros, (), (), marked)
    typed = header and any(name in wanted.types for _, name in found)
    indented = indented or not marks.isdisjoint(_SCOPES)
    return Hits(
        declared=_heads(source, wanted.declared, indented=indented),
        used=used,
        macros=macros,
        structs=_structs(source, wanted.types) if typed or (indented and wanted.types) else (),
        typedefs=_typedefs(source, wanted.types) if typed else (),
        marked=marked,
    )


def heads(source: bytes) -> frozenset[bytes]:
    """Every name at declaring position."""
    patterns = (_HEAD, _WRAPPED, _INDENTED)
    text = b"\n" + source
    return frozenset(name.rsplit(b"::", 1)[-1] for pattern in patterns for name in pattern.findall(text))


def head_places(source: bytes, *, indented: bool) -> dict[str, list[int]]:
    """Where each name stands at declaring position, in the order of the file."""
    text = b"\n" + source
    found = [(m[1], m.end(1) - 1) for m in (_INDENTED if indented else _HEAD).finditer(text)]
    if indented or _AROUND_TYPE.search(b"\n%b\n" % b"\n".join(head for head, _ in found)):
        found += [(m[1], m.end(1) - 1) for m in _WRAPPED.finditer(text)]
    places: dict[str, list[int]] = {}
    for head, end in sorted(set(found), key=lambda row: row[1]):
        name = head.rsplit(b"::", 1)[-1]
        places.setdefault(name.decode("utf-8", "replace"), []).append(end - len(name))
    return places


def _structs(source: bytes, names: frozenset[bytes]) -> tuple[tuple[int, bytes], ...]:
    return tuple((offset - 1, name) for offset, name in _struct_bodies(b"\n" + source, names))


def _struct_bodies(source: bytes, names: frozenset[bytes]) -> tuple[tuple[int, bytes], ...]:
    found = []
    for pattern in _STRUCTS:
        if not names.isdisjoint(pattern.findall(source)):
            found += [(m.end() - 1, m[1]) for m in pattern.finditer(source) if m[1] in names]
    for match in _TYPEDEF_END.finditer(source) if not names.isdisjoint(_TYPEDEF_END.findall(source)) else ():
        if match[1] in names:
            opening = source.rfind(b"\ntypedef", 0, match.start())
            brace = source.find(b"{", opening, match.start()) if opening >= 0 else -1
            if brace >= 0:
                found.append((brace, match[1]))
    return tuple(found)


def _typedefs(source: bytes, names: frozenset[bytes]) -> tuple[tuple[int, bytes], ...]:
    text = b"\n" + source
    if names.isdisjoint(_FUNCTION_TYPE.findall(text)):
        return ()
    return tuple((m.start(), m[1]) for m in _FUNCTION_TYPE.finditer(text) if m[1] in names)


def occurrences(source: bytes, names: frozenset[bytes]) -> tuple[tuple[int, bytes], ...]:
    """Every whole-word occurrence of the names."""
    if not names:
        return ()
    ordered, automaton = _automaton(names)
    found = []
    for index, start, end in automaton.find_matches_as_indexes(source):
        if (start and source[start - 1] in _WORD_BYTES) or (end < len(source) and source[end] in _WORD_BYTES):
            continue
        found.append((start, ordered[index]))
    return tuple(found)


def _look(
    source: bytes, words: frozenset[bytes], marks: frozenset[bytes]
) -> tuple[tuple[tuple[int, bytes], ...], frozenset[bytes]]:
    """Occurrences of the words, and which of the marks stand anywhere: in one pass where there is no mark, for a mark
    hides a word that starts inside it."""
    ordered, automaton = _automaton(_union(words, marks))
    there = frozenset(ordered[index] for index, _, _ in automaton.find_matches_as_indexes(source))
    return () if words.isdisjoint(there) and marks.isdisjoint(there) else occurrences(source, words), there & marks


def holds(source: bytes, texts: frozenset[bytes]) -> bool:
    """Whether one of the texts stands anywhere: `in`, five times as fast in a file that holds none."""
    _, automaton = _automaton(texts)
    return bool(automaton.find_matches_as_indexes(source))


@cache
def _union(*groups: frozenset[bytes]) -> frozenset[bytes]:
    """All of them, joined once for all files."""
    return frozenset().union(*groups)


@cache
def _automaton(names: frozenset[bytes]) -> tuple[list[bytes], ahocorasick_rs.BytesAhoCorasick]:
    ordered = sorted(names)
    return ordered, ahocorasick_rs.BytesAhoCorasick(ordered, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _heads(source: bytes, names: frozenset[bytes], *, indented: bool) -> tuple[tuple[int, bytes], ...]:
    if not names or (len(names) <= _FEW and not holds(source, names)):
        return ()
    if indented:
        found = _filter(_INDENTED, source, names, qualified=True)
        wrapped = _filter(_WRAPPED, source, names)
        return tuple(sorted({*found, *wrapped}))
    heads = _HEAD.findall(source)
    found = _filter(_HEAD, source, names, heads)
    if _AROUND_TYPE.search(b"\n%b\n" % b"\n".join(heads)):
        return tuple(sorted({*found, *_filter(_WRAPPED, source, names)}))
    return found


def _filter(
    pattern: re.Pattern[bytes],
    source: bytes,
    names: frozenset[bytes],
    heads: Iterable[bytes] | None = None,
    *,
    qualified: bool = False,
) -> tuple[tuple[int, bytes], ...]:
    if heads is None:
        heads = pattern.findall(source)
    last = {head.rsplit(b"::", 1)[-1] for head in heads} if qualified else heads
    found: list[tuple[int, bytes]] = []
    first = _first_line_name(pattern, source)
    if not names.isdisjoint(last):
        for match in pattern.finditer(source):
            name = match[1].rsplit(b"::", 1)[-1] if qualified else match[1]
            if name in names:
                found.append((match.end(1) - len(name), name))
    if first and first[1] in names:
        found.insert(0, first)
    return tuple(found)


def _first_line_name(pattern: re.Pattern[bytes], source: bytes) -> tuple[int, bytes] | None:
    """The patterns start with a line end: the first line of a file is tried with one put before it."""
    end = source.find(b"\n")
    line = source if end < 0 else source[:end]
    match = pattern.match(b"\n" + line) if b"(" in line else None
    return (match.end(1) - 1 - len(match[1].rsplit(b"::", 1)[-1]), match[1].rsplit(b"::", 1)[-1]) if match else None
