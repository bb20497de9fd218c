"""What the site itself says: SAFETY text, operations, how it is reached, the type that it belongs to."""

from collections import Counter
from collections.abc import Iterator

from ffireview.audit.evidence.look import Fact, Look
from ffireview.flow import base_type, last_name
from ffireview.model.checklist import Bearing, Evidence
from ffireview.model.facts import Field, ImplFact
from ffireview.model.place import Span
from ffireview.model.program import Area

_TEXT = 240
_NOT_SHARED = ("Rc", "Cell", "RefCell", "UnsafeCell", "OnceCell", "NonNull", "PhantomData")
_REACHED = {
    "C": "C calls it",
    "unsafe fn": "it stands in an unsafe function: callers have duties too",
    "public safe fn": "a public safe function leads here",
    "private": "only private functions lead here",
}


def safety_text(look: Look) -> Iterator[Evidence]:
    """The text that argues for the site."""
    note = look.site.safety
    if note is None:
        yield Evidence(Bearing.MISSING, "safety-text", "no SAFETY text", look.site.span)
        return
    text = " ".join(note.text.split())
    shown = text if len(text) <= _TEXT else text[: _TEXT - 1] + "…"
    path = look.site.span.path
    yield Evidence(Bearing.FOUND, "safety-text", f"the text: {shown}", Span(path, note.line, 1, note.line, 2))


def operations(look: Look) -> Iterator[Evidence]:
    """Which operations it has."""
    counts = Counter(f"{o.id} `{o.name}`" if o.name else o.id for o in look.site.operations)
    listed = ", ".join(f"{name}{f' {count} times' if count > 1 else ''}" for name, count in counts.items())
    if listed:
        yield Evidence(Bearing.FOUND, "operations", f"operations: {listed}", look.site.span)


def reach(look: Look) -> Iterator[Evidence]:
    """How safe code gets here."""
    if where := look.site.reach:
        text = _REACHED.get(where) or f"the public function `{where.removeprefix('through ')}` leads here"
        yield Evidence(Bearing.FOUND, "reach", text, look.site.span)


def conditional(look: Look) -> Iterator[Evidence]:
    """Under which `cfg` it is built."""
    if look.site.cfg:
        text = f"built under {', '.join(f'`{one}`' for one in look.site.cfg)}"
        yield Evidence(Bearing.FOUND, "cfg", text, look.site.span)


def size(look: Look) -> Iterator[Evidence]:
    """How long it is and how much it does."""
    site = look.site
    lines = f"{site.lines} line{'' if site.lines == 1 else 's'}"
    count = f"{len(site.operations)} operation{'' if len(site.operations) == 1 else 's'}"
    yield Evidence(Bearing.FOUND, "size", f"{lines}, {count}", site.span)


def area(look: Look) -> Iterator[Evidence]:
    """Who wrote the code, where it is not the tree's authors, and which macro it stands in."""
    site = look.site
    if site.area in (Area.GENERATED, Area.VENDORED):
        yield Evidence(Bearing.FOUND, "area", f"{site.area}: {site.area_reason}", site.span)
    if site.macro is not None:
        text = f"stands in the {site.macro.form} of `{site.macro.name}!`"
        yield Evidence(Bearing.FOUND, "area", text, site.span)


def impl_header(look: Look) -> Iterator[Evidence]:
    """The type parameters of an unsafe impl with their bounds, and what the type holds."""
    fact = _header(look)
    if fact is None:
        return
    for generic in fact.generics:
        if generic.kind != "type":
            continue
        bounds = [*generic.bounds, *(b for row in fact.where if row.subject == generic.name for b in row.bounds)]
        if bounds:
            text = f"`{generic.name}` is bounded by `{' + '.join(bounds)}`"
            yield Evidence(Bearing.FOUND, "impl-header", text, look.site.span)
        else:
            text = f"no bound of `{generic.name}`"
            yield Evidence(Bearing.MISSING, "impl-header", text, look.site.span)
    yield from _holds(look, fact.type, "impl-header")


def owner_type(look: Look) -> Iterator[Evidence]:
    """What the type holds whose method this is, and whether it is dropped or copied."""
    fact = look.code.body.implements if look.code is not None else _header(look)
    if fact is None:
        return
    crate, name = look.codebase.crate_of(look.site.span.path), base_type(fact.type)
    yield from _holds(look, fact.type, "owner-type")
    if look.codebase.drops(fact.type, crate):
        yield Evidence(Bearing.FOUND, "owner-type", f"`{name}` has a destructor of its own")
    for trait in ("Clone", "Copy", "Default"):
        if look.codebase.derives(fact.type, trait, crate):
            yield Evidence(Bearing.FOUND, "owner-type", f"`{name}` is `{trait}`")


def _holds(look: Look, written: str, fact: str) -> Iterator[Evidence]:
    crate, name = look.codebase.crate_of(look.site.span.path), base_type(written)
    fields = [field for known in look.codebase.types(written, crate) for field in known.fields]
    raw = set(look.codebase.raw_fields(written, crate))
    held = [field for field in fields if field.name in raw or _is_unshared(field)]
    if held:
        listed = ", ".join(f"`{field.name}: {field.type}`" for field in held[:4])
        yield Evidence(Bearing.FOUND, fact, f"`{name}` holds {listed}")


def _is_unshared(field: Field) -> bool:
    return any(last_name(word) in _NOT_SHARED for word in field.type.replace("<", " ").replace(">", " ").split())


def _header(look: Look) -> ImplFact | None:
    span = look.site.span
    rows = look.codebase.impls_of_file(span.path)
    return next((row for row in rows if (row.at.line, row.at.column) == (span.line, span.column)), None)


FACTS: dict[str, Fact] = {
    "safety-text": safety_text,
    "operations": operations,
    "reach": reach,
    "cfg": conditional,
    "size": size,
    "area": area,
    "impl-header": impl_header,
    "owner-type": owner_type,
}
