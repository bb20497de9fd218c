"""What the macros of a tree make of their input: files of facts in, declarations out."""

import re
from collections import defaultdict

import msgspec

from ffireview.model.facts import Declaration, Entity, FileFacts, MacroTemplate, MacroUse, Role, SiteFact, SiteKind

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def with_foreign_items(facts: dict[str, FileFacts]) -> dict[str, FileFacts]:
    """Facts in which functions that a macro of the tree puts into an extern block are foreign ones."""
    templates = {
        name: imports[0].abi
        for name, found in _templates(facts).items()
        if (imports := [template for template in found if template.role is Role.IMPORT])
    }
    changed = dict(facts)
    for path, file in facts.items():
        declared = {
            item.at: msgspec.structs.replace(item, abi=templates[use.macro], how=f"macro {use.macro}!")
            for use in file.uses
            if use.macro in templates
            for item in use.declared
        }
        if declared:
            changed[path] = msgspec.structs.replace(
                file,
                declarations=(*file.declarations, *declared.values()),
                sites=tuple(_foreign(site, declared.get(site.at)) for site in file.sites),
            )
    return changed


def _foreign(site: SiteFact, item: Declaration | None) -> SiteFact:
    """A site that turned out to declare a foreign function."""
    if item is None or site.kind is not SiteKind.UNSAFE_FN:
        return site
    detail = "safe" if item.safe else ""
    return msgspec.structs.replace(site, kind=SiteKind.FOREIGN_FN, symbol=item.symbol, detail=detail)


def made_by_macros(facts: dict[str, FileFacts]) -> list[tuple[str, Declaration]]:
    """Exports and callbacks that macros of the tree make where they are invoked, with the invocation's place."""
    templates = _templates(facts)
    made: list[tuple[str, Declaration]] = []
    for path, file in sorted(facts.items()):
        for use in file.uses:
            for template in templates.get(use.macro, ()):
                if template.role is Role.IMPORT:
                    continue
                made.extend((path, declaration) for declaration in _make(use, template))
    return made


def computed_exports(facts: dict[str, FileFacts], symbols: frozenset[str]) -> frozenset[str]:
    """Those of the symbols that a macro may export under a name that it makes: `own!(store_t)` gives `store_delete`."""
    templates = _templates(facts)
    exporting = {
        name for name, found in templates.items() if any(t.role is Role.EXPORT and t.argument < 0 for t in found)
    }
    stems = {
        argument.removesuffix("_t")
        for file in facts.values()
        for use in file.uses
        if use.macro in exporting
        for argument in use.arguments
        if argument
    }
    return frozenset(s for s in symbols if any(s[:at] in stems for at, char in enumerate(s) if char == "_"))


def _make(use: MacroUse, template: MacroTemplate) -> list[Declaration]:
    if template.argument == -1:
        return [
            Declaration(
                role=template.role, entity=d.entity, name=d.name, symbol=d.symbol, at=d.at, abi=d.abi,
                signature=d.signature, module=d.module, owner=d.owner, cfg=d.cfg, how=f"macro {use.macro}!",
                safe=d.safe, macro=d.macro, test=d.test,
            )
            for d in use.functions
        ]  # fmt: skip
    written = {d.name: d for d in use.functions}
    names = (
        tuple(written) or use.arguments
        if template.argument == -2
        else use.arguments[template.argument : template.argument + 1]
    )
    made = []
    for name in (n.strip() for n in names):
        if not _IDENTIFIER.fullmatch(name) or (template.argument < 0 and not name.islower()):
            continue
        own = written.get(name)
        made.append(
            Declaration(
                role=template.role,
                entity=Entity.FUNCTION,
                name=name,
                symbol=name,
                at=own.at if own else use.at,
                abi=template.abi or "C",
                signature=own.signature if own else template.signature,
                module=use.module,
                owner=use.owner,
                how=f"macro {use.macro}!",
                test=use.test,
            )
        )
    return made


def _templates(facts: dict[str, FileFacts]) -> dict[str, list[MacroTemplate]]:
    """Every template by its macro."""
    templates: dict[str, list[MacroTemplate]] = defaultdict(list)
    for file in facts.values():
        for template in file.templates:
            templates[template.macro].append(template)
    return dict(templates)
