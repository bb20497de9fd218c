"""Attributes, read as text before an item, so that it does not matter whether the grammar placed them."""

import re
from typing import NamedTuple

from ffireview.extract.rust.text import RustText
from ffireview.syntax.brackets import split

_EXPORT_NAME = re.compile(r'\bexport_name\s*=\s*"([^"]*)"')
_NO_MANGLE = re.compile(r"\bno_mangle\b")
_STRING = re.compile(r'"[^"]*"')
_CFG_ATTR = re.compile(r"^cfg_attr\s*\((.*)\)$", re.DOTALL)
_EXPORT_MACRO = re.compile(r"^(?:\w+\s*::\s*)?export$")
"""The kernel's `#[export]`, which adds `no_mangle` and checks the signature against the header."""
_LINK_NAME = re.compile(r'\blink_name\s*=\s*"([^"]*)"')
_CFG = re.compile(r"^cfg\s*\((.*)\)$", re.DOTALL)
_TEST = re.compile(r"^(?:\w+\s*::\s*)*(?:test|bench|rstest|test_case|proptest|quickcheck)\b(?!\s*_)")
_NOT = re.compile(r"\bnot\s*\([^()]*\)")
_TEST_CFG = re.compile(r'(?<![\w"])test(?![\w"])')


class Attribute(NamedTuple):
    """An attribute's text without `#[` and `]`, and where it starts."""

    text: str
    start: int


class Head(NamedTuple):
    """What stands before an item: its attributes in order, and where that stretch starts."""

    attributes: tuple[Attribute, ...]
    start: int

    def symbol(self, name: str) -> tuple[str, str] | None:
        """The exported symbol and the attribute that exports it, if one does."""
        exported = self.symbols(name)
        return exported[0][:2] if exported else None

    def symbols(self, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """Every symbol under which the item is exported: symbol, attribute, cfg predicates of a `cfg_attr`."""
        found: list[tuple[str, str, tuple[str, ...]]] = []
        for attribute in self.attributes:
            condition = _CFG_ATTR.match(attribute.text)
            cfg = (split(condition[1])[0],) if condition else ()
            if attribute.text.startswith("doc"):
                continue
            if renamed := _EXPORT_NAME.search(attribute.text):
                found.append((renamed[1], "export_name", cfg))
            elif _NO_MANGLE.search(_STRING.sub("", attribute.text)):
                found.append((name, "no_mangle", cfg))
            elif _EXPORT_MACRO.match(attribute.text):
                found.append((name, f"#[{attribute.text}]", cfg))
        named = [row for row in found if row[1] == "export_name"]
        if named and not any(cfg for _, _, cfg in found):
            return named[:1]
        return found

    def link_names(self, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """The symbols of a foreign item: symbol, what gives it, cfg predicates of a `cfg_attr`."""
        found: list[tuple[str, str, tuple[str, ...]]] = []
        always = False
        for attribute in self.attributes:
            if renamed := _LINK_NAME.search(attribute.text):
                condition = _CFG_ATTR.match(attribute.text)
                always = always or condition is None
                found.append((renamed[1], "link_name", (split(condition[1])[0],) if condition else ()))
        return found if always else [(name, "extern block", ()), *found]

    def cfg(self) -> tuple[str, ...]:
        """The predicates of `cfg` attributes."""
        return tuple(found[1].strip() for a in self.attributes if (found := _CFG.match(a.text)))

    def is_test(self) -> bool:
        """Whether the item is built for tests only."""
        return any(
            _TEST.match(a.text) or ((found := _CFG.match(a.text)) and is_test_cfg(found[1])) for a in self.attributes
        )

    def find(self, pattern: re.Pattern[str]) -> Attribute | None:
        """The first attribute whose text matches from its start."""
        return next((a for a in self.attributes if pattern.match(a.text)), None)


def is_test_cfg(predicate: str) -> bool:
    """Whether a cfg predicate asks for `test` outside every `not(..)`."""
    return bool(_TEST_CFG.search(_NOT.sub("", predicate)))


def head_before(text: RustText, start: int) -> Head:
    """The attributes directly before the item that starts at `start`, over comments and white space."""
    code, partner = text.code, text.partner
    found: list[Attribute] = []
    at = start
    while True:
        end = text.before(at)
        if end == 0 or code[end - 1] != ord("]"):
            break
        opening = partner.get(end - 1, -1)
        if opening <= 0:
            break
        hash_at = text.before(opening)
        if hash_at == 0 or code[hash_at - 1] != ord("#"):
            break
        found.append(Attribute(text.read(opening + 1, end - 1), hash_at - 1))
        at = hash_at - 1
    return Head(tuple(reversed(found)), at)
