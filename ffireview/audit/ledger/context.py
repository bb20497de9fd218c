"""A site in, what it relies on and does not show out: the type, how it ends, who calls, when it is built.

Only what bears on the site: of the type the fields that the code around touches, of a caller the call with what it is
given and what is asked before. Whoever signed is told when this changes, so each row is one that they would look at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from ffireview.audit.ledger.files import Files
from ffireview.compare.sides import covers
from ffireview.flow import Codebase, base_type
from ffireview.flow.paths import last_name
from ffireview.model.facts import SiteKind, TypeFact
from ffireview.model.items import Call, CallForm, CheckKind, Item, ItemKind
from ffireview.model.place import Span
from ffireview.model.program import Site
from ffireview.syntax.tokens import spell

_SILENT = frozenset({"Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Serialize", "Display", "Error"})
"""Derives that neither make, copy nor change a value."""
_LAYOUTS = ("C", "packed", "transparent", "align")
_KEYWORDS = frozenset(
    {"as", "else", "fn", "for", "if", "in", "let", "match", "mut", "ref", "return", "unsafe", "while"}
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_BETWEEN = frozenset({";", "{", "}", ",", "=", "=>", "&&", "||", "!", "return", "match", "if", "in", "while", "unsafe"})


class Context:
    """Tells what the sites of one program rely on."""

    def __init__(self, files: Files, codebase: Codebase) -> None:
        self._files, self._codebase = files, codebase

    def of(self, site: Site, *, named: bool = False) -> Iterator[str]:
        """The rows, in an order that no place decides; with the name of the function around only if asked for."""
        yield from site.cfg
        yield site.reach.partition(" ")[0] if site.reach.startswith("through ") else site.reach
        item = self._files.around(site.span)
        if item is None:
            return
        if item.self_type:
            yield from self._type(site, item)
        if item.kind is ItemKind.FUNCTION:
            name = item.name if named else ""
            yield from sorted({row for called in self._calls(site, item) for row in self._call(site, name, *called)})

    def _type(self, site: Site, item: Item) -> Iterator[str]:
        touched = None if site.kind is SiteKind.UNSAFE_IMPL else self._touched(site, item)
        name, crate = base_type(item.self_type), self._codebase.crate_of(site.span.path)
        here = [fact for fact in self._types.get(site.span.path, ()) if fact.name == name]
        for fact in here or self._codebase.types(item.self_type, crate):
            yield from (fact.kind, *_attributes(fact))
            yield from _fields(fact, touched)
        for path in self._dropping.get((crate, name), ()):
            for other in self._files.items(path):
                if other.kind is ItemKind.FUNCTION and _drops(other, name):
                    yield self._files.spelled(Span.of(path, other.body_at or other.at))

    @cached_property
    def _types(self) -> dict[str, tuple[TypeFact, ...]]:
        """The types that each file defines."""
        return {file.path: file.types for file in self._codebase.program.code}

    def _touched(self, site: Site, item: Item) -> frozenset[str]:
        """The fields that a function touches, itself or by the methods of its type that it calls."""
        path, own = site.span.path, base_type(item.self_type)
        helpers = (
            other for name in {call.name for call in item.calls} for other in self._files.functions(path, name)
            if base_type(other.self_type) == own and any(_names(call, other) for call in item.calls)
        )  # fmt: skip
        return frozenset(touch.name for one in (item, *helpers) for touch in one.touched)

    @cached_property
    def _dropping(self) -> dict[tuple[str, str], list[str]]:
        """The files in which a type's `Drop` stands, by crate and type."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for file in self._codebase.program.code:
            for name in dict.fromkeys(base_type(i.type) for i in file.impls if last_name(i.trait) == "Drop"):
                found[file.crate, name].append(file.path)
        return found

    def _calls(self, site: Site, item: Item) -> Iterator[tuple[Item, Call]]:
        """Where functions of the file, tests aside, call the one around. Of a method of a trait no name says."""
        for other, call in self._files.calls(site.span.path, item.name) if not item.trait else ():
            if not other.test and _names(call, item):
                yield other, call

    def _call(self, site: Site, name: str, caller: Item, call: Call) -> Iterator[str]:
        """One call: how it is written, and what the caller makes sure of before that names the same values."""
        written = self._written(site.span.path, caller, call)
        values = {word for word, after in zip(written, (*written[1:], ""), strict=True) if _is_value(word, after)}
        yield spell([name if word == call.name else word for word in written])
        for check in caller.checks:
            before = check.at < call.at and not covers(check.at, Span.of("", call.at))
            if before and check.kind is not CheckKind.EXIT and _shares(check.text, values - {call.name}):
                yield check.text

    def _written(self, path: str, caller: Item, call: Call) -> tuple[str, ...]:
        """The tokens of a call with its receiver and its arguments."""
        at = caller.body_at or caller.at
        head = self._files.words(Span(path, at.line, at.column, call.at.line, call.at.column))
        tail = self._files.words(Span(path, call.at.line, call.at.column, at.end_line, at.end_column))
        receiver = _until(reversed(head), _CLOSING, _OPENING) if call.form is CallForm.METHOD else ()
        return (*reversed(tuple(receiver)), *_call_of(tail))


def _is_value(word: str, after: str) -> bool:
    """Whether a token is a name, and no part of a path before its last name."""
    return (word[:1].isalpha() or word[:1] == "_") and word not in _KEYWORDS and after != "::"


def _names(call: Call, item: Item) -> bool:
    """Whether a call may be one of a function: a method is called on a value or by its type."""
    if call.name != item.name:
        return False
    if not item.self_type:
        return call.form is CallForm.FUNCTION
    by_type = call.path.rpartition("::")[0].rpartition("::")[2] in ("Self", base_type(item.self_type))
    return call.form is CallForm.METHOD or by_type


def _until(words: Iterable[str], opening: frozenset[str], closing: frozenset[str]) -> Iterator[str]:
    """What belongs to one operand: as far as a bracket that was not opened here, or a token between operands."""
    depth = 0
    for word in words:
        if not depth and (word in closing or word in _BETWEEN):
            return
        depth += (word in opening) - (word in closing)
        yield word


def _call_of(words: Iterable[str]) -> Iterator[str]:
    """Tokens from a path on, as far as the end of its arguments."""
    depth = 0
    for word in words:
        yield word
        depth += (word in _OPENING) - (word in _CLOSING)
        if word in _CLOSING and not depth:
            return


def _fields(fact: TypeFact, touched: frozenset[str] | None) -> Iterator[str]:
    """All where the layout is a promise, or nothing says which matter."""
    whole = touched is None or any(one.startswith(_LAYOUTS) for one in fact.repr)
    for field in fact.fields:
        if whole or (touched and field.name in touched):
            yield f"{field.name}: {field.type}"


def _attributes(fact: TypeFact) -> Iterator[str]:
    yield from (f"repr({one})" for one in fact.repr)
    yield from (f"derive({one})" for one in sorted({last_name(one) for one in fact.derives} - _SILENT))


def _drops(item: Item, name: str) -> bool:
    return last_name(item.trait) == "Drop" and base_type(item.self_type) == name


def _shares(text: str, words: set[str]) -> bool:
    return not words.isdisjoint("".join(char if char.isalnum() or char == "_" else " " for char in text).split())
