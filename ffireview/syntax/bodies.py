"""The body of one C or C++ function as a tree of plain values, where the grammar understands all of it.

Macros that open a loop, types that stand as arguments and the like are repaired first, at the same length.
"""

import re
from collections.abc import Iterator

import tree_sitter
from msgspec import Struct

from ffireview.syntax.grammars import Grammar, parser

DEPTH = 120
"""Nesting that is followed; what is deeper is no code that a person wrote."""

_LOOP = re.compile(
    rb"\b(?:\w*(?:for_each|foreach|FOREACH|FOR_EACH)\w*|scoped_guard|scoped_cond_guard)"
    rb"(?=[ \t]*\([^;{}]{0,400}?\)\s*(?:\{|\w))"
)
_TYPE_ARGUMENT = re.compile(rb"(?<=[,(])\s*(?:(?:const|struct|union|enum|unsigned)\s+)+(?=\w+[\s*]*[,)])")
_STARRED_TYPE = re.compile(rb"(?<=,)[\s\w]*?(\*[\s*]*)(?=\))")
_STATIC_MACRO = re.compile(rb"\bstatic(?=\s+[A-Z][A-Z0-9_]+\s*\()")
_TYPED_MACRO = re.compile(
    rb"\b(?:container_of\w*|list_(?:first_|last_|next_|prev_)?entry\w*|hlist_entry\w*|rb_entry\w*|va_arg|offsetof|typeof_member"
    rb"|k[mzv]*alloc_(?:obj|objs|flex)|struct_size_t|typecheck|min_t|max_t|clamp_t|__builtin_types_compatible_p"
    rb"|__builtin_offsetof|work_container|READ_ONCE|hlist_entry_safe|DECLARE\w*|DEFINE\w*)[ \t]*\("
)
_TYPEOF = re.compile(rb"\b(?:__typeof__|__typeof|typeof)[ \t]*\([^()]*(?:\([^()]*\)[^()]*)*\)(?=\s*[\w*])")
_HEAD = b"void f() "
_LEAVES = frozenset(
    {
        "string_literal", "concatenated_string", "char_literal", "type_descriptor", "sized_type_specifier",
        "parameter_list",
        "struct_specifier", "union_specifier", "enum_specifier", "sizeof_expression", "template_argument_list",
    }
)  # fmt: skip
"""Nodes of which the inside does nothing."""
_NO_BODY = frozenset({"function_definition", "preproc_include", "preproc_if", "preproc_ifdef", "preproc_call"})
"""Nodes that no body holds: macros stand for parts of its syntax."""
_ARGUMENTS = 1_000
"""Bytes in which the arguments of a macro must end."""
_NOT_NEWLINE = re.compile(rb"[^\n]")


class Branch(Struct, frozen=True, gc=False):
    """A node: what the grammar calls it (an operator's is its text), the field that it fills, file offsets, children.

    Punctuation and comments are left out.
    """

    kind: str
    field: str | None
    start: int
    end: int
    children: tuple["Branch", ...]

    def child(self, field: str) -> "Branch | None":
        """The first child that fills a field."""
        for child in self.children:
            if child.field == field:
                return child
        return None

    def fields(self, field: str) -> Iterator["Branch"]:
        """Every child that fills a field."""
        return (child for child in self.children if child.field == field)

    def walk(self) -> Iterator["Branch"]:
        """This and everything below, outermost first."""
        stack = [self]
        while stack:
            branch = stack.pop()
            yield branch
            stack.extend(reversed(branch.children))


def read_body(text: bytes, code: bytes, grammar: Grammar, body: tuple[int, int]) -> Branch | None:
    """The block in [start, end), braces included, or None where the grammar cannot read all of it. `code` is the text
    with comments and literals masked."""
    start, end = body
    tree = parser(grammar).parse(_HEAD + _repaired(text[start:end], code[start:end]))
    root = tree.root_node
    if root.has_error or root.named_child_count != 1:
        return None
    block = root.named_children[0].child_by_field_name("body")
    if block is None or block.end_byte != len(_HEAD) + end - start:
        return None
    return _branch(block.walk(), block, start - len(_HEAD), 0)


def _repaired(text: bytes, masked: bytes) -> bytes:
    repaired = bytearray(text)
    for found in _STATIC_MACRO.finditer(masked):
        repaired[slice(*found.span())] = b" " * len(found[0])
    for found in _LOOP.finditer(masked):
        repaired[found.start() : found.end()] = b"while".ljust(found.end() - found.start())
    for found in _TYPED_MACRO.finditer(masked):
        close = _close(masked, found.end() - 1)
        for inner in _TYPE_ARGUMENT.finditer(masked, found.end() - 1, close):
            repaired[slice(*inner.span())] = _NOT_NEWLINE.sub(b" ", inner[0])
        for inner in _STARRED_TYPE.finditer(masked, found.end() - 1, close + 1):
            repaired[slice(*inner.span(1))] = b" " * len(inner[1])
    for found in _TYPEOF.finditer(masked):
        repaired[slice(*found.span())] = _NOT_NEWLINE.sub(b" ", found[0][:-5]) + b" void"
    return bytes(repaired)


def _close(code: bytes, opening: int) -> int:
    depth, end = 0, min(opening + _ARGUMENTS, len(code))
    for i in range(opening, end):
        if code[i] == ord("("):
            depth += 1
        elif code[i] == ord(")"):
            depth -= 1
            if not depth:
                return i
    return opening


def _branch(cursor: tree_sitter.TreeCursor, node: tree_sitter.Node, shift: int, depth: int) -> Branch | None:
    """The node under the cursor and all below it; None where that is nested too deep, or is no statement of a body."""
    kind, field = node.type, cursor.field_name
    if depth > DEPTH or kind in _NO_BODY:
        return None
    children: list[Branch] = []
    if kind not in _LEAVES and cursor.goto_first_child():
        while True:
            inner = cursor.node
            assert inner is not None
            if (inner.is_named or cursor.field_name) and not inner.is_extra:
                child = _branch(cursor, inner, shift, depth + 1)
                if child is None:
                    return None
                children.append(child)
            if not cursor.goto_next_sibling():
                break
        cursor.goto_parent()
    return Branch(kind, field, node.start_byte + shift, node.end_byte + shift, tuple(children))
