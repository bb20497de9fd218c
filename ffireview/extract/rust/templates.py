"""Macros that make functions: what a definition makes of its input, and what an invocation gives it."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.declarations import signature_of, static_is_mut, value_type
from ffireview.extract.rust.reading import Rule
from ffireview.extract.rust.scopes import Item, cfg_around, function_around, module_path, owner_path
from ffireview.extract.rust.signatures import qualifiers
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Declaration, Entity, MacroForm, MacroTemplate, MacroUse, Role
from ffireview.syntax.brackets import split
from ffireview.syntax.captures import Piece

EVERY_FUNCTION = -1
ANY_NAME = -2

_PROC_MACRO = re.compile(r"proc_macro(?:_attribute|_derive)?\b")
_EXPORTING = re.compile(rb"no_mangle|export_name")
_ARGUMENT_LIMIT = 12
_LEADING = re.compile(
    r"^(?:#\s*\[[^\]]*\]\s*)*(?:(?:pub|fn|unsafe|async|extern|static|const)\b\s*(?:\([^)]*\)|\"[^\"]*\")?\s*)*([A-Za-z_]\w*)"
)
_META_REPEAT = re.compile(r"\$\(\s*#\s*\[[^\]]*\]\s*\)\s*[*+]")


def templates(view: RustView) -> Iterator[MacroTemplate]:
    """What the macros defined in this file make for their callers."""
    for item in view.scopes.items:
        if item.kind == "function" and item.head.find(_PROC_MACRO):
            body = view.text.source[item.start : item.end]
            if _EXPORTING.search(body) or _EXPORTING.search(item.name.encode()):
                yield MacroTemplate(item.name, Role.EXPORT, "", EVERY_FUNCTION, view.text.positions.line(item.start))
        elif item.kind == "function" and item.name.startswith("$") and item.body:
            before = qualifiers(item.header, "fn")
            exported = item.head.symbol(item.name)
            if exported is None and before.abi == "Rust":
                continue
            rule = _rule(view, item)
            if rule is not None:
                yield MacroTemplate(
                    rule.macro,
                    Role.EXPORT if exported else Role.CALLBACK,
                    before.abi,
                    _position(view, rule.pattern, item.name),
                    view.text.positions.line(item.start),
                    signature_of(view.text, item),
                )
        elif item.kind == "extern" and item.body and b"$" in view.text.code[item.body.start : item.body.end]:
            rule = _rule(view, item)
            if rule is not None:
                abi = qualifiers(item.header, r"\Z").abi
                yield MacroTemplate(rule.macro, Role.IMPORT, abi, EVERY_FUNCTION, view.text.positions.line(item.start))


def _rule(view: RustView, item: Item) -> Rule | None:
    """The arm of a `macro_rules!` definition that an item stands in."""
    return next((r for r in view.reading.rules if r.tokens.start <= item.start and item.end <= r.tokens.end), None)


def uses(view: RustView) -> Iterator[MacroUse]:
    """Macros invoked outside functions: their simple arguments, and functions written in their input. Anywhere: what
    is declared in their input and has no body."""
    for invocation in view.reading.invocations:
        around = invocation.macro
        if around is not None and (around.form is MacroForm.DEFINITION or around.generates):
            continue
        item, tokens = view.context(invocation.start), invocation.tokens
        inside = around is not None or function_around(item) is not None
        declared = tuple(_declared(view, tokens))
        functions = () if inside else tuple(_functions(view, tokens))
        size = tokens.end - tokens.start
        if not declared and (inside or (size > 20_000 and not functions)):
            continue
        parts = split(view.text.read(tokens.start + 1, tokens.end - 1)) if size < 4_000 and not inside else []
        arguments = tuple(_leading_name(part) for part in parts[:_ARGUMENT_LIMIT])
        if any(arguments) or functions or declared:
            yield MacroUse(
                macro=invocation.name.rsplit("::", 1)[-1].strip(),
                arguments=arguments,
                functions=functions,
                at=view.text.at(invocation.start, tokens.end),
                module=module_path(item),
                owner=owner_path(item),
                test=bool(item and item.test),
                declared=declared,
            )


def _declared(view: RustView, tokens: Piece) -> Iterator[Declaration]:
    """Functions and statics of a macro's input that have neither a body nor a block around that says what they are."""
    for item in view.scopes.starting_in(tokens.start, tokens.end):
        function = item.kind == "function"
        if item.body or not (function or (item.kind == "static" and "=" not in item.header)):
            continue
        if item.macro is None or (item.parent is not None and item.parent.start >= tokens.start):
            continue
        before = qualifiers(item.header, "fn" if function else "static")
        for symbol, _, cfg in item.head.link_names(item.name):
            yield Declaration(
                role=Role.IMPORT,
                entity=Entity.FUNCTION if function else Entity.STATIC,
                name=item.name,
                symbol=symbol,
                at=view.text.at(item.start, item.end),
                signature=signature_of(view.text, item) if function else None,
                type="" if function else ("mut " if static_is_mut(item) else "") + value_type(item, view.text),
                module=module_path(item.parent),
                owner=owner_path(item.parent),
                cfg=(*cfg_around(item), *cfg),
                safe=before.safe,
                macro=item.macro,
                test=item.test,
            )


def _functions(view: RustView, tokens: Piece) -> Iterator[Declaration]:
    for item in view.scopes.starting_in(tokens.start, tokens.end):
        if item.kind == "function" and item.body and not item.head.symbol(""):
            before = qualifiers(item.header, "fn")
            yield Declaration(
                role=Role.EXPORT,
                entity=Entity.FUNCTION,
                name=item.name,
                symbol=item.name,
                at=view.text.at(item.start, item.end),
                abi=before.abi,
                signature=signature_of(view.text, item),
                module=module_path(item.parent),
                owner=owner_path(item.parent),
                safe=not before.unsafe,
                macro=item.macro,
                test=item.test,
            )


def _leading_name(part: str) -> str:
    """The first name of a macro argument, after attributes and item keywords; empty when it starts otherwise."""
    found = _LEADING.match(part)
    return found[1] if found else ""


def _position(view: RustView, pattern: Piece, name: str) -> int:
    written = view.text.read(pattern.start + 1, pattern.end - 1)
    for index, part in enumerate(split(_META_REPEAT.sub("", written))):
        if re.search(re.escape(name) + r"\s*:", part):
            return ANY_NAME if "$(" in part else index
    return ANY_NAME
