"""Where something stands, and what could not be read."""

from enum import StrEnum

from msgspec import Struct


class Language(StrEnum):
    """What a file is read as. `assembly` is only searched for labels; `manifest` and `build` give evidence."""

    RUST = "rust"
    C = "c"
    CPP = "cpp"
    ASSEMBLY = "assembly"


class Range(Struct, frozen=True, order=True):
    """A stretch of one file, in a person's lines and columns: from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Span(Struct, frozen=True, order=True):
    """A stretch of a named file. `path` is relative to the snapshot's root, with forward slashes."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, path: str, at: Range) -> "Span":
        """The range `at` in the file `path`."""
        return cls(path, at.line, at.column, at.end_line, at.end_column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class ProblemKind(StrEnum):
    """Why an input could not be read or understood whole."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NOT_TEXT = "not-text"
    INVALID_UTF8 = "invalid-utf8"
    SYMLINK_OUT = "symlink-out"
    SPECIAL_FILE = "special-file"
    SYNTAX = "syntax"
    NOT_UNDERSTOOD = "not-understood"
    SUBMODULE_ABSENT = "submodule-absent"
    UNMERGED = "unmerged"
    GIT = "git"
    MANIFEST = "manifest"
    SETTINGS = "settings"
    INTERNAL = "internal"


class FileProblem(Struct, frozen=True, order=True):
    """A problem inside one file; line 0 when it concerns the file as a whole."""

    kind: ProblemKind
    message: str
    line: int = 0


class Problem(Struct, frozen=True, order=True):
    """Input that could not be read or parsed whole: data, counted by every report."""

    path: str
    kind: ProblemKind
    message: str
    line: int = 0
