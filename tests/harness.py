"""Compares what a fragment expects with what a review says: nothing unexpected, nothing missing.

A fragment's `checks:` setting names the kinds of facts that it accounts for in full. `xfail:` gives the reason why the
review is known to be wrong; a case that passes all the same fails. The kinds are the functions' names in `KINDS`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ffireview.model.agreement import Grade
from ffireview.model.facts import Role
from ffireview.model.place import Span
from ffireview.model.program import Anchor, Program, Site
from ffireview.model.review import Review
from ffireview.sources.fragments import Fragment


class Fact(NamedTuple):
    """What a review says of a line."""

    path: str
    line: int
    text: str


def differences(fragment: Fragment, review: Review, name: str = "fragment") -> list[str]:
    """Every difference in one line each; `name` is the fragment's file."""
    checks = fragment.settings.get("checks", "").split()
    if unknown := {mark.kind for mark in fragment.expectations} - set(checks):
        return [f"{name}: marks of a kind that `checks:` does not name: {', '.join(sorted(unknown))}"]
    if unknown := set(checks) - KINDS.keys():
        return [f"{name}: `checks:` names an unknown kind: {', '.join(sorted(unknown))}"]
    expected = Counter(Fact(mark.path, mark.line, mark.text) for mark in fragment.expectations)
    got = Counter(fact for kind in checks for fact in KINDS[kind](review.program))
    first = {file.path: file.line for file in fragment.snapshot.files}
    lines = []
    for path, line in sorted({(fact.path, fact.line) for fact in (expected - got) + (got - expected)}):
        wanted, found = (_texts(facts, path, line) for facts in (expected, got))
        lines.append(f"{name}:{first.get(path, 1) + line - 1} ({path}:{line}): expected {wanted}, got {found}")
    return lines


def _texts(facts: Counter[Fact], path: str, line: int) -> str:
    return " ".join(sorted(f.text for f in facts.elements() if (f.path, f.line) == (path, line))) or "nothing"


def _sites(program: Program) -> Iterator[Fact]:
    """`site:unsafe-block`: a site of this kind starts here. Two on a line need two marks."""
    return (_at(site.span, "site", site.kind) for site in program.sites)


def _operations(program: Program) -> Iterator[Fact]:
    """`op:raw-deref`: an operation of a site starts here."""
    for site in program.sites:
        for operation in site.operations:
            yield Fact(site.span.path, operation.at.line, f"op:{operation.id}")


def _of_site(kind: str, value: Callable[[Site], str]) -> Callable[[Program], Iterator[Fact]]:
    """A property of the site that starts here; white space becomes a hyphen, an empty value is no fact."""
    return lambda program: (_at(site.span, kind, value(site)) for site in program.sites if value(site))


def _declared(role: Role) -> Callable[[Program], set[Fact]]:
    """`import:sym`, `export:sym`, `callback:name`: a Rust declaration of a crossing stands here."""
    return lambda program: {
        _at(a.span, role, c.symbol)
        for c in program.crossings
        for a in (*c.rust, *_exports_among(c.foreign))
        if a.role == role
    }


def _exports_among(foreign: tuple[Anchor, ...]) -> Iterator[Anchor]:
    return (anchor for anchor in foreign if anchor.role is Role.EXPORT)


def _links(program: Program) -> set[Fact]:
    """`link:c/store.h:2`: the Rust declaration here, or the use when bindings declare it, is joined with that place."""
    return {
        _at(span, "link", str(anchor.span))
        for crossing in program.crossings
        for span in ([a.span for a in crossing.rust] or [u.span for u in crossing.uses])
        for anchor in crossing.foreign
    }


def _uses(kind: str, *, called: bool) -> Callable[[Program], set[Fact]]:
    """`call:sym`: the crossing is made here. `use:sym`: its address is taken here, or its value read."""
    return lambda program: {
        _at(use.span, kind, crossing.symbol)
        for crossing in program.crossings
        for use in crossing.uses
        if (use.role == "call") is called
    }


def _crossings(kind: str) -> Callable[[Program], set[Fact]]:
    """`status:linked`, `direction:rust-to-rust`, `via:cxx`: so is the crossing of the Rust declaration here."""
    return lambda program: {
        _at(anchor.span, kind, getattr(crossing, kind)) for crossing in program.crossings for anchor in crossing.rust
    }


def _orphans(program: Program) -> Iterator[Fact]:
    """`orphan:sym`: the declaration here lacks its other side."""
    return (_at(orphan.span, "orphan", orphan.symbol) for orphan in program.orphans)


def _problems(program: Program) -> Iterator[Fact]:
    """`problem:syntax`: a problem here; on line 1 when it concerns the whole file."""
    return (Fact(p.path, max(p.line, 1), f"problem:{p.kind}") for p in program.problems)


def _at(span: Span, kind: str, value: str) -> Fact:
    return Fact(span.path, span.line, f"{kind}:{'-'.join(value.split())}")


def _verdicts(program: Program) -> set[Fact]:
    """`verdict:breaks`: the gravest verdict on the Rust declaration that starts here."""
    worst: dict[Span, Grade] = {}
    order = list(Grade)
    for crossing in program.crossings:
        for found in crossing.agreements:
            worst[found.rust] = max(worst.get(found.rust, Grade.AGREES), found.grade, key=order.index)
    return {_at(span, "verdict", grade) for span, grade in worst.items()}


def _differences(program: Program) -> set[Fact]:
    """`differs:width-breaks`, on some data models only `differs:width-tolerable-LLP64-ILP32`."""
    found = set()
    for crossing in program.crossings:
        for agreement in crossing.agreements:
            for one in agreement.differences:
                models = one.models if len(one.models) < 3 else ()
                found.add(_at(agreement.rust, "differs", "-".join((one.kind, one.grade, *models))))
    return found


def _records(program: Program) -> Iterator[Fact]:
    """`record:breaks`: the verdict on the Rust type or constant here that C has too."""
    return (_at(entry.agreement.rust, "record", entry.agreement.grade) for entry in program.types)


def _effects(program: Program) -> Iterator[Fact]:
    """`effect:frees-p-of-store_put`, `effect:frees-p-of-store_put-via-drop`: so says the code here of a C function."""
    for effects in program.effects:
        subjects = [(p.name, p.effects) for p in effects.parameters]
        for subject, rows in (*subjects, ("", effects.returns), ("", effects.control)):
            for one in rows:
                via = ["via", *one.via] if one.via else []
                words = [one.kind, subject, *((one.name,) if not subject else ()), "of", effects.name, *via]
                yield _at(one.span, "effect", " ".join(filter(None, words)))


KINDS: dict[str, Callable[[Program], Iterator[Fact] | set[Fact]]] = {
    "site": _sites,
    "op": lambda program: set(_operations(program)),
    "safety": _of_site("safety", lambda site: site.safety.place if site.safety else ""),
    "area": _of_site("area", lambda site: site.area),
    "reach": _of_site("reach", lambda site: site.reach),
    "macro": _of_site("macro", lambda site: site.macro.name if site.macro else ""),
    "import": _declared(Role.IMPORT),
    "export": _declared(Role.EXPORT),
    "callback": _declared(Role.CALLBACK),
    "link": _links,
    "call": _uses("call", called=True),
    "use": _uses("use", called=False),
    "status": _crossings("status"),
    "direction": _crossings("direction"),
    "via": _crossings("via"),
    "verdict": _verdicts,
    "differs": _differences,
    "record": _records,
    "effect": _effects,
    "orphan": _orphans,
    "problem": _problems,
}
"""Every kind of fact that a fragment may check."""
