"""What a Rust file offers C and asks of it: imports, exports, callbacks, bridge items."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.scopes import Item, cfg_around, module_path, owner_path
from ffireview.extract.rust.signatures import qualifiers, signature
from ffireview.extract.rust.text import RustText
from ffireview.extract.rust.view import RustView
from ffireview.model.facts import Declaration, Entity, Role, Signature

BRIDGE = re.compile(r"(?:cxx\s*::\s*bridge|autocxx\s*::|cxx_qt\s*::\s*bridge)")
_SCRIPT = re.compile(r"(?:\w+::)*wasm_bindgen\b")
"""The attribute of a block whose functions are those of JavaScript, by glue that a tool writes."""
_LIBRARY = re.compile(r'\blink\s*\(.*?\bname\s*=\s*"([^"]*)"', re.DOTALL)
_CXX_NAME = re.compile(r'\bcxx_name\s*=\s*"([^"]*)"')
_NAMESPACE = re.compile(r'\bnamespace\s*=\s*"?([\w:]+)"?')
_LABEL = re.compile(r"(?:^|\\n|;|\n)\s*([A-Za-z_.$][\w.$]*)\s*:(?!:)")
_GLOBAL = re.compile(r"\.(?:globl|global|weak)\s+([A-Za-z_.$][\w.$]*)")


def declarations(view: RustView) -> Iterator[Declaration]:
    """Every declaration of the file, in the order of the source."""
    for item in view.scopes.items:
        if item.macro is not None and item.macro.generates:
            continue
        block = foreign_block(item)
        if block is not None and item is not block:
            if item.kind in ("function", "static", "associated", "alias"):
                yield from _foreign(view, item, block)
        elif item.kind in ("function", "static"):
            exported = list(_exported(view, item))
            yield from exported
            if not exported and item.kind == "function" and (found := _callback(view, item)):
                yield found
    yield from _labels(view)


def foreign_block(item: Item) -> Item | None:
    """The extern block that directly holds the item, or the item itself when it is one."""
    if item.kind == "extern":
        return item
    return item.parent if item.parent is not None and item.parent.kind == "extern" else None


def bridge_around(item: Item) -> Item | None:
    """The `#[cxx::bridge]` module around an item."""
    return next((part for part in item.chain() if part.kind == "module" and part.head.find(BRIDGE)), None)


def signature_of(text: RustText, item: Item) -> Signature | None:
    """The signature of a function item, from its parentheses on."""
    if item.parameters is None:
        return None
    end = item.body.start if item.body else item.end
    parameters = text.read(item.parameters.start + 1, item.parameters.end - 1)
    return signature(parameters, text.read(item.parameters.end, end))


def value_type(item: Item, text: RustText) -> str:
    """The type of a static or the target of a type alias."""
    written = text.read(item.start, item.end)
    found = re.search(r"(?<!:):(?!:)|=", written)
    return written[found.end() :].split("=")[0].strip().rstrip(";").strip() if found else ""


def static_is_mut(item: Item) -> bool:
    """Whether a static item says `mut`."""
    return bool(re.search(rf"\bstatic\s+mut\s+{re.escape(item.name)}\b", item.header))


def _foreign(view: RustView, item: Item, block: Item) -> Iterator[Declaration]:
    text = view.text
    bridge = bridge_around(item)
    abi = qualifiers(text.read(block.start, block.body.start if block.body else block.end), r"\Z").abi
    before = qualifiers(item.header, "fn" if item.kind == "function" else "static|type")
    library = block.head.find(re.compile(r"link\b"))
    found = _LIBRARY.search(library.text) if library else None
    owner = owner_path(item.parent)
    if bridge is not None:
        yield _bridged(view, item, block, bridge, abi)
        return
    entity = {"function": Entity.FUNCTION, "static": Entity.STATIC}.get(item.kind, Entity.TYPE)
    script = block.head.find(_SCRIPT)
    for symbol, how, cfg in item.head.link_names(item.name):
        yield Declaration(
            role=Role.IMPORT,
            entity=entity,
            name=item.name,
            symbol=symbol,
            at=text.at(item.start, item.end),
            abi=abi,
            signature=signature_of(text, item),
            type=("mut " if static_is_mut(item) else "") + value_type(item, text) if entity is Entity.STATIC else "",
            module=module_path(block.parent),
            owner=owner,
            cfg=(*cfg_around(item), *cfg),
            how="wasm_bindgen" if script else how,
            safe=before.safe,
            macro=item.macro,
            test=item.test,
            library=found[1] if found else "",
        )


def _bridged(view: RustView, item: Item, block: Item, bridge: Item, abi: str) -> Declaration:
    renamed = next((found[1] for a in item.head.attributes if (found := _CXX_NAME.search(a.text))), item.name)
    scope = next(
        (
            found[1]
            for head in (item.head, block.head, bridge.head)
            for a in head.attributes
            if (found := _NAMESPACE.search(a.text))
        ),
        "",
    )
    shape = signature_of(view.text, item)
    method = shape is not None and any(p.name == "self" for p in shape.parameters)
    entity = Entity.METHOD if method else Entity.FUNCTION if item.kind == "function" else Entity.TYPE
    return Declaration(
        role=Role.EXPORT if abi == "Rust" else Role.IMPORT,
        entity=entity,
        name=item.name,
        symbol=renamed,
        at=view.text.at(item.start, item.end),
        abi="C++",
        signature=shape,
        module=(*module_path(bridge),),
        owner=owner_path(item.parent),
        cfg=cfg_around(item),
        how="cxx::bridge" + (f" namespace {scope}" if scope else ""),
        safe=not qualifiers(item.header, "fn").unsafe,
        macro=item.macro,
        test=item.test,
    )


def _exported(view: RustView, item: Item) -> Iterator[Declaration]:
    for symbol, how, cfg in item.head.symbols(item.name):
        function = item.kind == "function"
        before = qualifiers(item.header, "fn" if function else "static")
        yield Declaration(
            role=Role.EXPORT,
            entity=Entity.FUNCTION if function else Entity.STATIC,
            name=item.name,
            symbol=symbol,
            at=view.text.at(item.start, item.end),
            abi=before.abi if function else "C",
            signature=signature_of(view.text, item) if function else None,
            type="" if function else ("mut " if static_is_mut(item) else "") + value_type(item, view.text),
            module=module_path(item.parent),
            owner=owner_path(item.parent),
            cfg=(*cfg_around(item), *cfg),
            how=how,
            safe=not before.unsafe,
            macro=item.macro,
            test=item.test,
        )


def _callback(view: RustView, item: Item) -> Declaration | None:
    before = qualifiers(item.header, "fn")
    if before.abi in ("Rust", "rust-intrinsic", "rust-call") or item.body is None:
        return None
    return Declaration(
        role=Role.CALLBACK,
        entity=Entity.FUNCTION,
        name=item.name,
        symbol=item.name,
        at=view.text.at(item.start, item.end),
        abi=before.abi,
        signature=signature_of(view.text, item),
        module=module_path(item.parent),
        owner=owner_path(item.parent),
        cfg=cfg_around(item),
        how="extern fn",
        safe=not before.unsafe,
        macro=item.macro,
        test=item.test,
        generic=bool(re.search(r"\bfn\s+\S+\s*<", item.header)),
    )


def _labels(view: RustView) -> Iterator[Declaration]:
    for invocation in view.reading.invocations:
        if invocation.name.rsplit("::", 1)[-1].strip() not in ("global_asm", "asm", "naked_asm", "llvm_asm"):
            continue
        written = view.text.uncommented[invocation.tokens.start : invocation.tokens.end].decode("utf-8", "replace")
        written = written.replace('"', "\n")
        declared = {found[1]: "label" for found in _LABEL.finditer(written)}
        shared = {found[1] for found in _GLOBAL.finditer(written)}
        for name in sorted(shared & set(declared) if declared else shared):
            item = view.context(invocation.start)
            yield Declaration(
                role=Role.LABEL,
                entity=Entity.FUNCTION,
                name=name,
                symbol=name,
                at=view.text.at(invocation.start, invocation.tokens.end),
                abi="assembly",
                module=module_path(item),
                owner=owner_path(item),
                cfg=cfg_around(item),
                how=invocation.name.rsplit("::", 1)[-1],
            )
