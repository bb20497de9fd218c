"""Plain trees in, nodes of a body out. One small function for each kind of the grammar, found by its name.

A tree is no deeper than `DEPTH_LIMIT`, so that plain recursion is safe.
"""

import re
from collections.abc import Callable, Iterator

from ffireview.extract.rust.bodies.macros import read_macro
from ffireview.extract.rust.bodies.patterns import formals, pattern_of, read_pattern
from ffireview.extract.rust.bodies.source import TEXT_LIMIT, Source
from ffireview.model.body import (
    Arm,
    ArrayLiteral,
    Assign,
    Await,
    Binary,
    Block,
    Break,
    Call,
    Cast,
    Closure,
    Continue,
    Expression,
    FieldAccess,
    FieldValue,
    For,
    If,
    Index,
    Item,
    Let,
    LetCondition,
    Literal,
    Loop,
    Macro,
    Match,
    MethodCall,
    Other,
    Path,
    Pattern,
    RangeOf,
    Reference,
    Return,
    Statement,
    StructLiteral,
    Try,
    TupleLiteral,
    Unary,
    While,
)
from ffireview.syntax.trees import DEEP, DEPTH_LIMIT, Tree

MACRO_STEP = DEPTH_LIMIT // 16
"""A macro inside a macro costs a parse of its own, so that it counts as so many levels of nesting."""

_ITEM = re.compile(
    r"\b(fn|static mut|static|const|struct|enum|union|type|trait|mod|use|impl|extern|macro_rules!)\s+(\w+)?"
)


def expression(source: Source, tree: Tree, depth: int) -> Expression:
    """The node for a tree. `depth` is how far it is nested in its function."""
    read = _READERS.get(tree.kind)
    return read(source, tree, depth + 1) if read else _other(source, tree, depth + 1)


def block_of(source: Source, tree: Tree, depth: int, kind: str = "", label: str = "") -> Block:
    """A block in braces."""
    parts = [child for child in tree.children if child.kind not in ("attribute_item", "inner_attribute_item")]
    if parts and parts[0].kind == "label":
        label = source.text(parts.pop(0))
    last = parts[-1] if parts else None
    tail: Expression | None = None
    if last is not None and _is_tail(source, last):
        parts.pop()
        tail = expression(source, last.children[0] if last.kind == "expression_statement" else last, depth)
    statements = tuple(_statement(source, part, depth) for part in parts if part.kind != "empty_statement")
    return Block(*source.at(tree), kind, label, statements, tail)


def _is_tail(source: Source, last: Tree) -> bool:
    if last.kind == "expression_statement":
        return bool(last.children) and last.children[0].end == last.end
    return last.kind not in _STATEMENTS and last.kind != "empty_statement"


def _statement(source: Source, tree: Tree, depth: int) -> Statement:
    if tree.kind == "expression_statement" and tree.children:
        return expression(source, tree.children[0], depth)
    if tree.kind == "let_declaration":
        return _let(source, tree, depth)
    if tree.kind in _STATEMENTS:
        return _item(source, tree)
    return expression(source, tree, depth)


def _let(source: Source, tree: Tree, depth: int) -> Let:
    shape, value, otherwise = tree.part("type"), tree.part("value"), tree.part("alternative")
    return Let(
        *source.at(tree),
        _let_pattern(source, tree),
        source.text(shape),
        expression(source, value, depth) if value else None,
        block_of(source, otherwise, depth) if otherwise else None,
    )


def _let_pattern(source: Source, tree: Tree) -> Pattern:
    pattern = tree.part("pattern")
    if pattern is None:
        return Pattern(*source.place(tree.start, tree.start), "_", ())
    return pattern_of(source, pattern, tree)


def _item(source: Source, tree: Tree) -> Item:
    found = _ITEM.search(source.text(tree)[:TEXT_LIMIT])
    return Item(*source.at(tree), found[1] if found else tree.kind, (found[2] or "") if found else "")


def _path(source: Source, tree: Tree, depth: int) -> Expression:
    return Path(*source.at(tree), source.path(tree))


def _literal(source: Source, tree: Tree, depth: int) -> Expression:
    return Literal(*source.at(tree), source.text(tree), _LITERALS[tree.kind])


def _inner(source: Source, tree: Tree, depth: int) -> Expression:
    """Parentheses."""
    parts = _values(tree)
    return expression(source, parts[0], depth) if len(parts) == 1 else _other(source, tree, depth)


def _values(tree: Tree) -> list[Tree]:
    return [child for child in tree.children if child.kind != "attribute_item"]


def _each(source: Source, tree: Tree | None, depth: int) -> tuple[Expression, ...]:
    return tuple([expression(source, part, depth) for part in _values(tree)]) if tree else ()


def _call(source: Source, tree: Tree, depth: int) -> Expression:
    function = tree.part("function")
    arguments = _each(source, tree.part("arguments"), depth)
    turbofish = ""
    if function is not None and function.kind == "generic_function":
        turbofish = source.text(function.part("type_arguments"))
        function = function.part("function")
    if function is None:
        return _other(source, tree, depth)
    receiver, name = function.part("value"), function.part("field")
    if function.kind == "field_expression" and receiver and name:
        return MethodCall(
            *source.at(tree), expression(source, receiver, depth), source.text(name), turbofish, arguments
        )
    return Call(*source.at(tree), expression(source, function, depth), turbofish, arguments)


def _macro(source: Source, tree: Tree, depth: int) -> Expression:
    depth += MACRO_STEP
    made, values = read_macro(source, tree, depth)
    if values is None:
        return made
    arguments: tuple[Expression, ...]
    if values.kind == "block":
        arguments = (block_of(source, values, depth),)
    elif values.kind == "array_expression":
        arguments = (_array(source, values, depth),)
    else:
        arguments = _each(source, values, depth)
    return Macro(*source.at(tree), made.name, arguments, made.tokens)


def _field(source: Source, tree: Tree, depth: int) -> Expression:
    base = tree.part("value")
    if base is None:
        return _other(source, tree, depth)
    return FieldAccess(*source.at(tree), expression(source, base, depth), source.text(tree.part("field")))


def _index(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _each(source, tree, depth)
    return Index(*source.at(tree), parts[0], parts[1]) if len(parts) == 2 else _other(source, tree, depth)


def _unary(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _each(source, tree, depth)
    return Unary(*source.at(tree), source.gap(tree.start, tree.start + 1), parts[0]) if parts else source.other(tree)


def _reference(source: Source, tree: Tree, depth: int) -> Expression:
    value = tree.part("value")
    if value is None:
        return _other(source, tree, depth)
    form = " ".join(source.gap(tree.start + 1, value.start).strip("( ").split())
    return Reference(*source.at(tree), form, expression(source, value, depth))


def _cast(source: Source, tree: Tree, depth: int) -> Expression:
    value = tree.part("value")
    if value is None:
        return _other(source, tree, depth)
    return Cast(*source.at(tree), expression(source, value, depth), source.text(tree.part("type")))


def _sides(source: Source, tree: Tree, depth: int) -> tuple[Expression, str, Expression] | None:
    left, right = tree.part("left"), tree.part("right")
    if left is None or right is None:
        return None
    operator = source.gap(left.end, right.start).strip("() ")
    return expression(source, left, depth), operator, expression(source, right, depth)


def _binary(source: Source, tree: Tree, depth: int) -> Expression:
    sides = _sides(source, tree, depth)
    return Binary(*source.at(tree), sides[1], sides[0], sides[2]) if sides else _other(source, tree, depth)


def _assign(source: Source, tree: Tree, depth: int) -> Expression:
    sides = _sides(source, tree, depth)
    if sides is None:
        return _other(source, tree, depth)
    left, operator, right = sides
    if isinstance(left, RangeOf) and left.low is None and left.high is None and operator == "=":
        return RangeOf(*source.at(tree), None, right, True)  # the grammar reads `..=b` as an assignment to `..`
    return Assign(*source.at(tree), operator, left, right)


def _range(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _values(tree)
    low = parts[0] if parts and parts[0].start == tree.start else None
    high = parts[-1] if len(parts) == 2 or (parts and low is None) else None
    between = source.gap(low.end if low else tree.start, high.start if high else tree.end)
    return RangeOf(
        *source.at(tree),
        expression(source, low, depth) if low else None,
        expression(source, high, depth) if high else None,
        between.startswith(("..=", "...")),
    )


def _try(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _each(source, tree, depth)
    return Try(*source.at(tree), parts[0]) if parts else source.other(tree)


def _await(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _each(source, tree, depth)
    return Await(*source.at(tree), parts[0]) if parts else source.other(tree)


def _tuple(source: Source, tree: Tree, depth: int) -> Expression:
    return TupleLiteral(*source.at(tree), _each(source, tree, depth))


def _array(source: Source, tree: Tree, depth: int) -> Expression:
    length = tree.part("length")
    elements = tuple(expression(source, part, depth) for part in _values(tree) if part is not length)
    return ArrayLiteral(*source.at(tree), elements, expression(source, length, depth) if length else None)


def _struct(source: Source, tree: Tree, depth: int) -> Expression:
    name, body = tree.part("name"), tree.part("body")
    fields: list[FieldValue] = []
    base: Expression | None = None
    for part in body.children if body else ():
        if part.kind == "base_field_initializer":
            base = next(iter(_each(source, part, depth)), None)
        elif part.kind == "shorthand_field_initializer":
            word = part.children[-1] if part.children else part
            fields.append(FieldValue(*source.at(word), source.text(word), _path(source, word, depth)))
        elif part.kind == "field_initializer" and (value := part.part("value")):
            label = source.text(part.part("field"))
            fields.append(FieldValue(*source.at(part), label, expression(source, value, depth)))
    return StructLiteral(*source.at(tree), source.path(name) if name else "", tuple(fields), base)


def _block(source: Source, tree: Tree, depth: int) -> Expression:
    return block_of(source, tree, depth)


def _marked_block(source: Source, tree: Tree, depth: int) -> Expression:
    """`unsafe { .. }`, `async move { .. }`, `const { .. }`."""
    body = next((child for child in tree.children if child.kind == "block"), None)
    if body is None:
        return _other(source, tree, depth)
    made = block_of(source, body, depth)
    label = next((source.text(child) for child in tree.children if child.kind == "label"), made.label)
    words = source.gap(tree.start, body.start).rpartition(":")[2].split()
    return Block(*source.at(tree), " ".join(words), label, made.statements, made.tail)


def _if(source: Source, tree: Tree, depth: int) -> Expression:
    condition, then, otherwise = tree.part("condition"), tree.part("consequence"), tree.part("alternative")
    if condition is None or then is None:
        return _other(source, tree, depth)
    following = _each(source, otherwise, depth)
    return If(
        *source.at(tree),
        expression(source, condition, depth),
        expression(source, then, depth),
        following[0] if following else None,
    )


def _let_condition(source: Source, tree: Tree, depth: int) -> Expression:
    value = tree.part("value")
    if value is None:
        return _other(source, tree, depth)
    return LetCondition(*source.at(tree), _let_pattern(source, tree), expression(source, value, depth))


def _chain(source: Source, tree: Tree, depth: int) -> Expression:
    """`let A = a && b && let C = c`."""
    parts = _each(source, tree, depth)
    if not parts:
        return source.other(tree)
    whole = parts[0]
    for part in parts[1:]:
        whole = Binary(whole.line, whole.column, part.end_line, part.end_column, "&&", whole, part)
    return whole


def _match(source: Source, tree: Tree, depth: int) -> Expression:
    value, body = tree.part("value"), tree.part("body")
    if value is None:
        return _other(source, tree, depth)
    arms = tuple(_arms(source, body, depth)) if body else ()
    return Match(*source.at(tree), expression(source, value, depth), arms)


def _arms(source: Source, body: Tree, depth: int) -> Iterator[Arm]:
    for arm in body.children:
        pattern, value = arm.part("pattern"), arm.part("value")
        if arm.kind != "match_arm" or pattern is None or value is None:
            continue
        guard = pattern.part("condition")
        inner = next((child for child in pattern.children if child is not guard), None)
        end = inner.end if inner else pattern.end
        yield Arm(
            *source.at(arm),
            read_pattern(source, inner, pattern.start, end),
            expression(source, guard, depth) if guard else None,
            expression(source, value, depth),
        )


def _loop(source: Source, tree: Tree, depth: int) -> Expression:
    body = tree.part("body")
    return Loop(*source.at(tree), _label(source, tree), block_of(source, body, depth)) if body else source.other(tree)


def _while(source: Source, tree: Tree, depth: int) -> Expression:
    condition, body = tree.part("condition"), tree.part("body")
    if condition is None or body is None:
        return _other(source, tree, depth)
    return While(
        *source.at(tree), _label(source, tree), expression(source, condition, depth), block_of(source, body, depth)
    )


def _for(source: Source, tree: Tree, depth: int) -> Expression:
    pattern, value, body = tree.part("pattern"), tree.part("value"), tree.part("body")
    if value is None or body is None:
        return _other(source, tree, depth)
    start, end = (pattern.start, pattern.end) if pattern else (tree.start, tree.start)
    return For(
        *source.at(tree),
        _label(source, tree),
        read_pattern(source, pattern, start, end),
        expression(source, value, depth),
        block_of(source, body, depth),
    )


def _label(source: Source, tree: Tree) -> str:
    return next((source.text(child) for child in tree.children if child.kind == "label"), "")


def _return(source: Source, tree: Tree, depth: int) -> Expression:
    parts = _each(source, tree, depth)
    return Return(*source.at(tree), parts[0] if parts else None)


def _break(source: Source, tree: Tree, depth: int) -> Expression:
    value = next((child for child in _values(tree) if child.kind != "label"), None)
    return Break(*source.at(tree), _label(source, tree), expression(source, value, depth) if value else None)


def _continue(source: Source, tree: Tree, depth: int) -> Expression:
    return Continue(*source.at(tree), _label(source, tree))


def _closure(source: Source, tree: Tree, depth: int) -> Expression:
    parameters, body = tree.part("parameters"), tree.part("body")
    if parameters is None or body is None:
        return _other(source, tree, depth)
    words = source.gap(tree.start, parameters.start).split()
    return Closure(
        *source.at(tree),
        " ".join(word for word in words if word in ("async", "static")),
        "move" in words,
        tuple(formals(source, parameters)),
        source.text(tree.part("return_type")),
        expression(source, body, depth),
    )


def _deep(source: Source, tree: Tree, depth: int) -> Expression:
    source.deep += 1
    return source.other(tree)


def _other(source: Source, tree: Tree, depth: int) -> Expression:
    """What the grammar or this table does not know: its parts are read all the same."""
    kind = "error" if tree.kind == "ERROR" else tree.kind.removesuffix("_expression")
    parts = tuple([_statement(source, part, depth) for part in tree.children])
    return Other(*source.at(tree), kind, source.text(tree)[:TEXT_LIMIT], parts)


_LITERALS = {
    "integer_literal": "int", "float_literal": "float", "boolean_literal": "bool", "char_literal": "char",
    "string_literal": "str", "raw_string_literal": "str",
}  # fmt: skip
_STATEMENTS = frozenset(
    {
        "let_declaration", "const_item", "enum_item", "extern_crate_declaration", "foreign_mod_item", "function_item",
        "function_signature_item", "impl_item", "macro_definition", "mod_item", "static_item", "struct_item",
        "trait_item", "type_item", "union_item", "use_declaration",
    }
)  # fmt: skip
_READERS: dict[str, Callable[[Source, Tree, int], Expression]] = {
    **dict.fromkeys(_LITERALS, _literal),
    **dict.fromkeys(
        ("identifier", "self", "super", "crate", "metavariable", "scoped_identifier", "generic_function",
         "primitive_type", "type_identifier", "scoped_type_identifier", "_"),
        _path,
    ),
    **dict.fromkeys(("unsafe_block", "async_block", "const_block", "try_block", "gen_block"), _marked_block),
    "array_expression": _array,
    "assignment_expression": _assign,
    "await_expression": _await,
    "binary_expression": _binary,
    "block": _block,
    "break_expression": _break,
    "call_expression": _call,
    "closure_expression": _closure,
    "compound_assignment_expr": _assign,
    "continue_expression": _continue,
    "else_clause": _inner,
    "expression_statement": _inner,
    "field_expression": _field,
    "for_expression": _for,
    "if_expression": _if,
    "index_expression": _index,
    "let_chain": _chain,
    "let_condition": _let_condition,
    "loop_expression": _loop,
    "macro_invocation": _macro,
    "match_expression": _match,
    "parenthesized_expression": _inner,
    "range_expression": _range,
    "reference_expression": _reference,
    "return_expression": _return,
    "struct_expression": _struct,
    "try_expression": _try,
    "tuple_expression": _tuple,
    "type_cast_expression": _cast,
    "unary_expression": _unary,
    "unit_expression": _tuple,
    "while_expression": _while,
    DEEP: _deep,
}  # fmt: skip
