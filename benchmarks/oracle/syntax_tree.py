"""rustc's own view of one file: its syntax tree before any expansion, as places and `unsafe` keywords.

rustc prints the tree with Rust's `{:#?}`: one value a line, four spaces a level. A tree is about a hundred times as
long as its file, so the lines are read as a stream: a node is summarised when its bracket closes, and what no later
summary needs is forgotten.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

EDITIONS = ("2024", "2021", "2018", "2015")

_SPAN = re.compile(r"<anon>:(\d+):(\d+): (\d+):(\d+) \(#\d+\)")
_OPENINGS = frozenset("({[")
_CLOSINGS = frozenset(")}]")
_LAZY = "LazyAttrTokenStream("
_UNSAFE_TOKEN = ['"unsafe"', "No"]
"""A token that is the keyword; the second part says that it is no raw identifier `r#unsafe`."""
_FORGOTTEN = frozenset({"Expr", "Block", "Ty", "Pat", "Stmt", "Item", "Generics", "FnDecl", "Token"})
_REMEMBERED_LISTS = frozenset({"attrs", "segments"})

Extent = tuple[int, int, int, int]
"""Line, column, end line, end column: from 1, columns in characters, the end exclusive."""


class Place(NamedTuple):
    """One thing that both sides must find."""

    kind: str
    extent: Extent


class Keyword(NamedTuple):
    """An `unsafe` keyword: `code` that rustc has read, or a token of an `attribute`, a `macro` or a `matcher`."""

    line: int
    column: int
    where: str


class Truth(NamedTuple):
    """What rustc says of a file."""

    edition: str
    places: frozenset[Place]
    keywords: frozenset[Keyword]
    groups: frozenset[Extent]
    """The bracketed groups of token trees, brackets included."""
    items: frozenset[Extent]
    """Every item, from its visibility to its end: functions, impls, modules and all that rustc calls so."""


class UnparsableError(Exception):
    """rustc reads the file under no edition; the message is its first complaint."""


def read_truth(source: bytes) -> Truth:
    """Ask rustc for the places of a file, under the newest edition that it parses under."""
    complaint = ""
    for edition in EDITIONS:
        try:
            return _read_under(source, edition)
        except UnparsableError as refused:
            complaint = complaint or str(refused)
    raise UnparsableError(complaint)


def _read_under(source: bytes, edition: str) -> Truth:
    """Give rustc the file on standard input, in an empty folder: no `mod` file, no toolchain file is in its reach."""
    command = ["rustc", "-Zunpretty=ast-tree", "-Zparse-crate-root-only", "--edition", edition, "-"]
    environment = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
    reader = _TreeReader()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(source)
        given.seek(0)
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdin=given, stdout=subprocess.PIPE, stderr=said
        ) as run:
            assert run.stdout is not None
            reader.read(line.decode() for line in run.stdout)
        if run.returncode:
            said.seek(0)
            raise UnparsableError(_first_error(said.read().decode("utf-8", "replace")))
    places, keywords, groups, items = map(frozenset, (reader.places, reader.keywords, reader.groups, reader.items))
    return Truth(edition, places, keywords, groups, items)


def _first_error(messages: str) -> str:
    """The first error of rustc's messages, with its line."""
    error, _, rest = messages[messages.find("error") :].partition("\n")
    place = re.match(r" *--> <anon>:(\d+)", rest)
    return f"line {place[1]}: {error}" if place else error


class _Node:
    """A bracket of the printed tree: `key: Type {` with fields, `key: Type(` with parts, or a list of parts."""

    __slots__ = ("fields", "key", "parts", "type")

    def __init__(self, key: str, type_: str) -> None:
        self.key = key
        self.type = type_
        self.fields: dict[str, _Node | str] = {}
        self.parts: list[_Node | str] = []

    def node(self, *path: str) -> "_Node | None":
        """The node under the named fields, wrappers such as `Some(..)` looked through."""
        found: _Node | str | None = self
        for name in path:
            found = found.fields.get(name) if isinstance(found, _Node) else None
            while isinstance(found, _Node) and found.parts and isinstance(found.parts[0], _Node):
                found = found.parts[0]
        return found if isinstance(found, _Node) else None

    def text(self, name: str) -> str:
        """The field's value when it stands on one line, else nothing."""
        found = self.fields.get(name, "")
        return found if isinstance(found, str) else ""

    def add(self, key: str, value: "_Node | str") -> None:
        """Take in a value that is complete."""
        if key:
            self.fields[key] = value
        else:
            self.parts.append(value)


class _TreeReader:
    """Collects places, keywords and groups while the printed tree goes by."""

    def __init__(self) -> None:
        self.places: set[Place] = set()
        self.keywords: set[Keyword] = set()
        self.groups: set[Extent] = set()
        self.items: set[Extent] = set()
        self._open = [_Node("", "")]

    def read(self, lines: Iterable[str]) -> None:
        """Read a whole tree; only the chain of open brackets and what hangs on it is ever held."""
        for line in lines:
            text = line.strip().removesuffix(",")
            if text in _CLOSINGS:
                self._close()
            elif text and not text.startswith(_LAZY):
                self._enter(text)
        assert len(self._open) == 1, "the printed tree has unbalanced brackets"

    def _enter(self, text: str) -> None:
        key, colon, value = text.partition(": ")
        if not (colon and key.isidentifier()):
            key, value = "", text
        if value[-1] in _OPENINGS:
            self._open.append(_Node(key, value[:-1].rstrip()))
        else:
            self._open[-1].add(key, value)

    def _close(self) -> None:
        node = self._open.pop()
        self.places.update(self._places(node))
        if at := _keyword_of(node):
            self.keywords.add(Keyword(*at, self._where()))
        if node.type == "DelimSpan":
            self.groups.add((*_extent(node.text("open"))[:2], *_extent(node.text("close"))[2:]))
        if node.type == "Item" and (span := node.text("span")):
            self.items.add(_extent(span))
        if not node.type and node.key not in _REMEMBERED_LISTS:
            node.parts.clear()
        if node.type not in _FORGOTTEN:
            self._open[-1].add(node.key, node)

    def _places(self, node: _Node) -> Iterator[Place]:
        if node.type == "Block" and _is_unsafe(node, "rules"):
            yield Place("unsafe-block", _extent(node.text("span")))
        elif node.type == "Item":
            kinds = _foreign_kinds(node) if self._in("ForeignMod") else _item_kinds(node)
            if any(map(_is_bridge, self._open)):
                kinds = (kind.replace("foreign-fn", "bridge-item").replace("foreign-type", "bridge-item")
                         for kind in kinds if kind.startswith("foreign-"))  # fmt: skip
            for kind in kinds:
                yield Place(kind, _extent(node.text("span")))

    def _in(self, type_: str) -> bool:
        """Whether the open brackets end in a list inside a node of that type."""
        return len(self._open) > 1 and self._open[-2].type == type_

    def _where(self) -> str:
        for i in range(len(self._open) - 1, 0, -1):
            if self._open[i].type == "AttrItem":
                return "attribute" if self._in_tokens(i) else "code"
            if self._open[i].type == "MacCall":
                return "macro"
            if self._open[i].type == "MacroDef":
                return self._side_of_rule(i)
        return "code"

    def _in_tokens(self, first: int) -> bool:
        return any(node.type == "TokenStream" for node in self._open[first:])

    def _side_of_rule(self, definition: int) -> str:
        """Rules are `(matcher) => {body}`: the groups that have gone by tell which of the two is open."""
        rules = next(node for node in self._open[definition:] if not node.type)
        done = sum(isinstance(part, _Node) and part.type == "Delimited" for part in rules.parts)
        return "macro" if done % 2 else "matcher"


def _item_kinds(item: _Node) -> Iterator[str]:
    """What an item outside extern blocks is; a function may be two things."""
    kind = item.node("kind")
    if kind is None:
        return
    if kind.type == "Fn":
        header = kind.node("sig", "header")
        assert header is not None
        if _is_unsafe(header, "safety"):
            yield "unsafe-fn"
        if _foreign_abi(header) and kind.node("body") is not None:
            yield "extern-fn"
    elif kind.type == "Impl" and (trait := kind.node("of_trait")) and _is_unsafe(trait, "safety"):
        yield "unsafe-impl"
    elif kind.type == "Trait" and _is_unsafe(kind, "safety"):
        yield "unsafe-trait"
    elif kind.type == "ForeignMod":
        yield "extern-block"
    elif kind.type == "StaticItem" and kind.text("mutability") == "Mut":
        yield "static-mut"
    elif kind.type == "Union":
        yield "union"


def _foreign_kinds(item: _Node) -> Iterator[str]:
    """What an item of an extern block is."""
    kind = item.node("kind")
    names = {"Fn": "foreign-fn", "StaticItem": "foreign-static", "TyAlias": "foreign-type"}
    if kind is not None and kind.type in names:
        yield names[kind.type]


def _is_unsafe(node: _Node, field: str) -> bool:
    found = node.node(field)
    return found is not None and found.type == "Unsafe"


def _foreign_abi(header: _Node) -> bool:
    """Whether a function header names an ABI other than Rust's; a bare `extern` is C."""
    given = header.fields.get("ext", "None")
    if isinstance(given, str):
        return given != "None"
    literal = header.node("ext")
    return literal is None or literal.text("symbol_unescaped") != '"Rust"'


def _is_bridge(item: _Node) -> bool:
    """Whether the node is an item under `#[cxx::bridge]`."""
    attributes = item.fields.get("attrs")
    if item.type != "Item" or not isinstance(attributes, _Node):
        return False
    paths = (part.node("kind", "item", "path") for part in attributes.parts if isinstance(part, _Node))
    return any(path is not None and _last_segment(path) == "bridge" for path in paths)


def _last_segment(path: _Node) -> str:
    segments = path.fields.get("segments")
    last = segments.parts[-1] if isinstance(segments, _Node) and segments.parts else None
    return last.text("ident").partition("#")[0] if isinstance(last, _Node) else ""


def _keyword_of(node: _Node) -> tuple[int, int] | None:
    """Where the `unsafe` keyword is that this node, and no node inside it, stands for."""
    if node.type == "Unsafe":
        return _start(node.parts[0]) if node.parts else None
    if node.type == "Block" and _is_unsafe(node, "rules"):
        return _start(node.text("span"))
    kind = node.fields.get("kind")
    if node.type == "Token" and isinstance(kind, _Node) and kind.type == "Ident" and kind.parts == _UNSAFE_TOKEN:
        return _start(node.text("span"))
    if node.type == "Ty" and isinstance(kind, _Node) and kind.type == "UnsafeBinder":
        return _start(node.text("span"))
    return None


def _start(span: _Node | str) -> tuple[int, int] | None:
    found = _SPAN.fullmatch(span) if isinstance(span, str) else None
    return (int(found[1]), int(found[2])) if found else None


def _extent(span: str) -> Extent:
    found = _SPAN.fullmatch(span)
    assert found is not None, f"not a span: {span}"
    return int(found[1]), int(found[2]), int(found[3]), int(found[4])
