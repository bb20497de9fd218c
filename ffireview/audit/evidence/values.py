"""What is known of the values of an operation: tests, bounds, where they come from. Told from one function's text."""

from collections.abc import Iterator

from ffireview.audit.evidence.look import Act, Fact, Look, acts, numbers, pointers
from ffireview.flow import (
    Fact as Condition,
)
from ffireview.flow import (
    Known,
    Origin,
    Source,
    Strength,
    bounded,
    facts_about,
    guards,
    null_checked,
    origins,
    short,
)
from ffireview.model.body import Literal, Node, Reference
from ffireview.model.checklist import Bearing, Evidence

_NEAREST = 3
_STRENGTHS = {
    Strength.ALWAYS: "",
    Strength.DEBUG: ", in debug builds only",
    Strength.ASKED: ", which seems to test it",
}
_NEVER_NULL = frozenset({".as_ptr", ".as_mut_ptr", "&", "&mut", ".as_raw_ptr", "into_raw", ".into_raw", "leak"})
"""Steps that make a pointer which is not null."""
_SOURCES = {
    Source.FOREIGN: "is what `{name}` returned",
    Source.CALL: "is what `{name}` returned",
    Source.NULL: "is null on some way",
    Source.LITERAL: "is the literal `{code}`",
    Source.ITEM: "is `{name}`",
    Source.COMPUTED: "is computed: `{code}`",
    Source.LENT: "is written by `{name}`",
    Source.MADE: "is made here: `{code}`",
    Source.UNINITIALISED: "is not initialised on some way",
    Source.CLOSURE_PARAMETER: "is given to a closure",
}


def null_test(look: Look) -> Iterator[Evidence]:
    """Tests that make sure that a pointer is not null, or that none was found."""
    for act, subject in _subjects(look, pointers):
        assert look.code is not None
        tests = null_checked(look.code, subject, act.node)
        for test in tests[:_NEAREST]:
            text = f"`{short(subject)}`: `{short(test.node)}` stands before{_STRENGTHS[test.strength]}"
            yield Evidence(Bearing.FOUND, "null-test", text, look.span(test.node))
        if not tests and _may_be_null(look, subject):
            text = f"no test of `{short(subject)}` for null before it"
            yield Evidence(Bearing.MISSING, "null-test", text, look.span(act.node))


def bound(look: Look) -> Iterator[Evidence]:
    """What bounds a length, an offset or an index from above, or that nothing was found."""
    for act, subject in _subjects(look, numbers):
        assert look.code is not None
        if isinstance(subject, Literal):
            continue
        tests = bounded(look.code, subject, act.node)
        for test in tests[:_NEAREST]:
            text = f"`{short(subject)}`: `{short(test.node)}` bounds it{_STRENGTHS[test.strength]}"
            yield Evidence(Bearing.FOUND, "bound", text, look.span(test.node))
        if not tests:
            text = f"no upper bound of `{short(subject)}` before it"
            yield Evidence(Bearing.MISSING, "bound", text, look.span(act.node))


def aligned(look: Look) -> Iterator[Evidence]:
    """Tests of a pointer's alignment."""
    for act, subject in _subjects(look, pointers):
        assert look.code is not None
        for test in facts_about(look.code, subject, act.node, Known.ALIGNED):
            yield Evidence(
                Bearing.FOUND,
                "aligned",
                f"`{short(subject)}`: `{short(test.node)}` stands before",
                look.span(test.node),
            )


def origin(look: Look) -> Iterator[Evidence]:
    """Where each pointer or number comes from."""
    for _, subject in [*_subjects(look, pointers), *_subjects(look, numbers)]:
        assert look.code is not None
        for one in origins(look.code, subject):
            if (text := _said(one, short(subject))) and not isinstance(subject, Literal):
                yield Evidence(Bearing.FOUND, "origin", f"`{short(subject)}` {text}", look.span(one.node))


def conditions(look: Look) -> Iterator[Evidence]:
    """The nearest conditions that have held when an operation runs."""
    for act in acts(look):
        assert look.code is not None
        nearest: dict[int, Condition] = {id(fact.node): fact for fact in reversed(guards(look.code, act.node))}
        for fact in list(nearest.values())[: -_NEAREST - 1 : -1]:
            text = f"tested before: `{short(fact.node)}`{_STRENGTHS[fact.strength]}"
            yield Evidence(Bearing.FOUND, "conditions", text, look.span(fact.node))


def _subjects(look: Look, of: object) -> list[tuple[Act, Node]]:
    """Each value of each operation once, by its text."""
    assert callable(of)
    found: dict[str, tuple[Act, Node]] = {}
    for act in acts(look):
        for node in of(look, act):
            if not isinstance(node, Reference):
                found.setdefault(short(node), (act, node))
    return list(found.values())


def _may_be_null(look: Look, subject: Node) -> bool:
    assert look.code is not None
    return not any(_NEVER_NULL & set(one.steps) or one.inside for one in origins(look.code, subject))


def _said(one: Origin, subject: str) -> str:
    if one.source is Source.PARAMETER:
        name = getattr(getattr(one.node, "pattern", None), "text", "").removeprefix("mut ")
        return f"is a part of the parameter `{name}`" if one.path else f"is the parameter `{name}`"
    pattern = _SOURCES.get(one.source, "")
    code = short(one.node)
    said = pattern.format(name=one.name or code, code=code)
    return said.removesuffix(f": `{code}`") if code == subject else said


FACTS: dict[str, Fact] = {
    "null-test": null_test,
    "bound": bound,
    "aligned": aligned,
    "origin": origin,
    "conditions": conditions,
}
