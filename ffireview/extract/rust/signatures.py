"""A function header as text: visibility, qualifiers, ABI, parameters, result."""

import re
from typing import NamedTuple

from ffireview.model.facts import Parameter, Signature
from ffireview.syntax.brackets import split

_VISIBILITY = re.compile(r"^pub(?:\s*\([^)]*\))?")
_ABI = re.compile(r'\bextern\b\s*(?:r?#*"([^"]*)"#*)?')
_CFG = re.compile(r"#\s*\[\s*cfg\s*\((.*?)\)\s*\]\s*", re.DOTALL)
_LEADING = re.compile(r"^(?:#\s*\[[^\]]*\]\s*)+")
"""Attributes before a parameter; one inside its type stays: a macro will make another type of it."""
_WHERE = re.compile(r"\bwhere\b")
_COLON = re.compile(r"(?<!:):(?!:)")


class Qualifiers(NamedTuple):
    """What stands before `fn`, `impl`, `trait`, `static` or `{`."""

    visibility: str
    unsafe: bool
    safe: bool
    abi: str
    """`Rust` when no `extern` is written; `C` for a bare `extern`."""


def qualifiers(header: str, keyword: str) -> Qualifiers:
    """Read what stands before the keyword of an item's header."""
    found = re.search(rf"\b{keyword}\b", header)
    before = header[: found.start()] if found else header
    visibility = _VISIBILITY.match(before)
    abi = _ABI.search(before)
    words = set(re.findall(r"\w+", before[visibility.end() if visibility else 0 :]))
    return Qualifiers(
        visibility[0].replace(" ", "") if visibility else "",
        "unsafe" in words,
        "safe" in words,
        (abi[1] if abi[1] is not None else "C") if abi else "Rust",
    )


def signature(parameters: str, returns: str) -> Signature:
    """Read the text between the parentheses, and what follows them up to the body."""
    read: list[Parameter] = []
    variadic = False
    for part in split(parameters):
        cfg = tuple(_CFG.findall(part))
        bare = _LEADING.sub("", _CFG.sub("", part)).strip()
        if bare == "..." or bare.endswith(": ..."):
            variadic = True
        elif bare:
            read.append(_parameter(bare, cfg))
    result = _WHERE.split(returns, maxsplit=1)[0].strip().removeprefix("->").strip().rstrip(";").strip()
    return Signature(tuple(read), result, variadic)


def _parameter(text: str, cfg: tuple[str, ...]) -> Parameter:
    found = _COLON.search(text)
    if not found:
        if text.endswith("self"):
            return Parameter("self", text[: -len("self")].strip() + "Self", cfg)
        return Parameter("", text, cfg)
    return Parameter(text[: found.start()].strip().removeprefix("mut ").strip(), text[found.end() :].strip(), cfg)
