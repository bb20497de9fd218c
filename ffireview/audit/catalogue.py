"""The files of `questions/` in, the catalogue of topics and questions out. The files are the package's own: what is
wrong with them is an error of the package, and a test reads them all."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from ffireview.model.checklist import Catalogue, Question, Topic

EVERY_SITE, C_SIDE = "every-site", "c-side"
"""Topics that no operation or kind of site has the name of: what all sites are asked, and what is asked about C code
that stands behind one."""


class _Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A question as its file has it."""

    id: str
    ask: str
    weight: int
    facts: tuple[str, ...] = msgspec.field(default=(), name="found")
    rules: tuple[str, ...] = ()
    anssi: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    when: str = ""
    covered_by: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `questions/`."""

    title: str
    question: tuple[_Question, ...] = ()
    also: tuple[str, ...] = ()
    """Questions of other files that are asked of this, too."""


@cache
def catalogue() -> Catalogue:
    """Every topic and every question of the package."""
    topics: dict[str, Topic] = {}
    questions: dict[str, Question] = {}
    for name, found in sorted(_files().items()):
        file = msgspec.convert(found, _File)
        own = tuple(_question(name, one) for one in file.question)
        questions |= {one.id: one for one in own}
        topics[name] = Topic(name, file.title, (*(one.id for one in own), *file.also))
    return Catalogue(topics, questions)


def _question(topic: str, one: _Question) -> Question:
    text = " ".join(one.ask.split())
    return Question(
        f"{topic}.{one.id}", text, one.weight, one.facts, one.rules, one.anssi, one.tags, one.when, one.covered_by
    )


def _files() -> dict[str, dict[str, Any]]:
    """Each file by its stem."""
    folder = resources.files("ffireview.audit").joinpath("questions")
    rows = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in rows}
