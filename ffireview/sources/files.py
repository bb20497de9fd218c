"""What every kind of snapshot agrees on: files of interest, names as text, limits, words for what is not read."""

import hashlib
import re

WANTED = (
    ".rs", ".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".inc", ".m", ".mm", ".C",
    ".H", ".S", ".s", ".asm", ".toml", "bindgen_parameters",
)  # fmt: skip
"""How the names of files of interest end."""
WANTED_BYTES = tuple(ending.encode() for ending in WANTED)
READ_LIMIT = 64_000_000
"""Bytes; what is larger is not read at all."""

LINK_LEADS_OUT = "link out of the tree or to nothing, not followed"
SUBMODULE_ABSENT = "submodule is not checked out"

_ESCAPED = re.compile(rb"\\x(5c|[89a-f][0-9a-f])")


def decode(name: bytes) -> str:
    """A file name as text that every report can write: bytes that are no UTF-8 show as `\\xff`, and a backslash that
    would look like the start of one as `\\x5c`, so that no two names read the same."""
    return name.replace(b"\\x", b"\\x5cx").decode("utf-8", "backslashreplace")


def encode(name: str) -> bytes:
    """The bytes of a name that `decode` made."""
    raw = name.encode("utf-8")
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw) if b"\\x" in raw else raw


def too_large(size: int) -> str:
    """Words for a file above the limit."""
    return f"{size} bytes, limit {READ_LIMIT}"


def object_name(kind: str, data: bytes, form: str) -> str:
    """The hash under which git keeps an object in a repository that uses `sha1` or `sha256`."""
    function = hashlib.sha256 if form == "sha256" else hashlib.sha1
    return function(b"%s %d\0" % (kind.encode(), len(data)) + data).hexdigest()
