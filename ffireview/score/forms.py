"""Units in, how many of them look alike out: what a tree does in hundreds of places was looked at hundreds of times."""

from collections import Counter

from ffireview.flow import Code, callee
from ffireview.model.body import Call, If, Macro, Match, MethodCall
from ffireview.score.units import Unit

Form = tuple[object, ...]


def alike(units: list[Unit]) -> list[int]:
    """For each unit, how many others have its form; 0 for those without a function."""
    forms = [_form(unit.code) if unit.code else None for unit in units]
    counts = Counter(form for unit, form in zip(units, forms, strict=True) if unit.counts)
    return [max(counts[form] - unit.counts, 0) if form else 0 for unit, form in zip(units, forms, strict=True)]


def _form(code: Code) -> Form:
    """What is called and how often, whether the function is safe, a method, of a trait, gives a reference."""
    rows: list[Call | MethodCall | Macro] = [*code.of(Call), *code.of(MethodCall), *code.of(Macro)]
    called = Counter(_name(code, node) for node in rows)
    body = code.body
    receiver = any(formal.pattern.text.endswith("self") for formal in body.parameters)
    trait = body.implements.trait if body.implements else ""
    branches = len(code.of(If)) + len(code.of(Match))
    return (body.unsafe, receiver, trait, "&" in body.returns, branches, tuple(sorted(called.items())))


def _name(code: Code, node: Call | MethodCall | Macro) -> str:
    return "C" if code.foreign(node) else callee(node).rpartition("::")[2]
