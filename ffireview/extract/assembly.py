"""Assembly bytes and names in, labels out: where a symbol that C or Rust declares is written in assembly."""

import re
from functools import cache

from ffireview.extract.c.scan import occurrences
from ffireview.model.facts import Declaration, Entity, FileFacts, Role
from ffireview.model.place import Language
from ffireview.syntax.positions import Positions

_COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*", re.DOTALL)
_LABEL = re.compile(
    rb"^[ \t]*(?:(?:SYM_FUNC_START\w*|SYM_CODE_START\w*|SYM_TYPED_FUNC_START|ENTRY|GLOBAL|FUNC|PROC)"
    rb"\s*\(\s*(?P<macro>\w+)"
    rb"|(?:\.globl|\.global|global|cglobal|cvisible|function|public|\.weak)[ \t]+(?P<directive>[\w.$]+)"
    rb"|(?P<label>[A-Za-z_.$][\w.$]*):)",
    re.MULTILINE | re.IGNORECASE,
)


@cache
def _written(names: frozenset[bytes]) -> frozenset[bytes]:
    return names | {b"_" + name for name in names}


def _on_label_line(source: bytes, at: int) -> bool:
    """Whether the line around a place may be a label: most files only call what is looked for."""
    return _LABEL.match(source, source.rfind(b"\n", 0, at) + 1) is not None


def _blank(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^\n]", b" ", found[0])


def extract_assembly(source: bytes, names: frozenset[bytes]) -> FileFacts | None:
    """Labels and entry macros that carry one of the names, also with the leading underscore of some targets."""
    if not any(_on_label_line(source, at) for at, _ in occurrences(source, _written(names))):
        return None
    positions = Positions(source)
    found: dict[str, Declaration] = {}
    for match in _LABEL.finditer(_COMMENT.sub(_blank, source)):
        written = next(group for group in match.groups() if group is not None)
        name = written if written in names else written.removeprefix(b"_")
        if name not in names or name.decode() in found:
            continue
        found[name.decode()] = Declaration(
            role=Role.LABEL,
            entity=Entity.FUNCTION,
            name=written.decode(),
            symbol=name.decode(),
            at=positions.range(*match.span()),
            abi="assembly",
            how="label",
        )
    if not found:
        return None
    return FileFacts(language=Language.ASSEMBLY, declarations=tuple(found[name] for name in sorted(found)))
