"""What a person filled in, in the form that `ffireview checklist -f toml` gives: read and judged."""

import tomllib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from ffireview.audit.catalogue import catalogue
from ffireview.model.ledger import Answer, Verdict
from ffireview.model.place import Problem, ProblemKind

SCHEMA = "ffireview.answers/1"
BYTES = 16_000_000
_SHOWN = 60


class Filled(Struct, frozen=True):
    """What a person says of one site."""

    site: str
    """As they call it: an id, a place, a name."""
    verdict: Verdict
    answers: dict[str, str]
    conditions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class _Site(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    verdict: str = ""
    conditions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answers: dict[str, str] = {}


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    site: tuple[_Site, ...] = ()


def read_answers(path: str, source: bytes) -> tuple[Filled, ...] | Problem:
    """Every site of a file that has a verdict, or the first thing that is wrong with the file."""
    if len(source) > BYTES:
        return Problem(path, ProblemKind.SETTINGS, f"{len(source)} bytes, limit {BYTES}")
    try:
        file = msgspec.convert(tomllib.loads(source.decode("utf-8")), _File)
    except (ValueError, RecursionError) as error:
        return Problem(path, ProblemKind.SETTINGS, f"no answers: {error}"[:300])
    if file.schema != SCHEMA:
        return Problem(path, ProblemKind.SETTINGS, f"schema {file.schema[:_SHOWN]!r} is not known, {SCHEMA} is")
    found = []
    for site in file.site:
        if not site.verdict:
            continue
        answers = {name: text for name, text in site.answers.items() if text.strip()}
        if wrong := faults(site.verdict, answers, site.conditions):
            return Problem(path, ProblemKind.SETTINGS, f"site {site.id[:_SHOWN]}: {wrong}")
        found.append(Filled(site.id, Verdict(site.verdict), answers, site.conditions, site.evidence))
    return tuple(found)


def faults(verdict: str, answers: Mapping[str, str], conditions: Iterable[str]) -> str:
    """What is wrong with what a person says; empty where nothing is."""
    words = [one.value for one in Verdict]
    if verdict not in words:
        return f"verdict {verdict[:_SHOWN]!r} is not one of {', '.join(words)}"
    for name, text in answers.items():
        if name not in catalogue().questions:
            return f"no question {name[:_SHOWN]!r}"
        if wrong := fault_of_answer(text):
            return f"{name}: {wrong}"
    if verdict == Verdict.SOUND_WITH_CONDITIONS and not any(one.strip() for one in conditions):
        return "sound-with-conditions names no condition"
    flaws = [name for name, text in answers.items() if word_of(text) == Answer.FLAW]
    if verdict == Verdict.SOUND and flaws:
        return f"sound, and {flaws[0]} is a flaw: one of them is wrong"
    return ""


def fault_of_answer(text: str) -> str:
    """What is wrong with one answer; empty where nothing is."""
    word, words = word_of(text), [one.value for one in Answer]
    if word not in words:
        return f"{text[:_SHOWN]!r} is not one of {', '.join(words)}"
    if word == Answer.NOT_APPLICABLE and not text.partition(":")[2].strip():
        return "n/a wants a reason: n/a: why"
    return ""


def word_of(text: str) -> str:
    """`n/a: the length is a constant` to `n/a`."""
    return text.partition(":")[0].strip()
