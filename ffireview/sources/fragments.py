"""Situations written down as text: small files under `-- path --` headers, with what is expected marked in them.

In: text. Out: a snapshot whose files no longer hold the marks, and the marks. Tests and rules are written this way.

    What stands before the first header describes the situation; `name: value` lines there are settings.
    -- src/lib.rs --
    extern "C" { fn store_put(n: u32); }     //~ import:store_put, link: c/store.h:1
    -- c/store.h --
    void store_put(unsigned long n);         //~? declared differently here

`//~ word word` expects facts on its line, `//~^ word` one line up (`^^` two), `//~? text` a related label. Words part
at spaces and commas; one that ends in `:` takes the next as its argument. Where `//` opens no comment, `#~` does.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing

ONLY_FILE = "src/lib.rs"
"""The path of a text that has no header at all."""

_HEADER = re.compile(r"-- (\S(?:.*\S)?) --")
_SETTING = re.compile(r"([a-z]+):\s*(.*\S)")
_OPENING = re.compile(r"[ \t]*(?://|#)~")
_MARK = re.compile(r"(?P<up>\^*)(?P<label>\??)\s*(?P<text>.*)")


class FragmentFile(Struct, frozen=True):
    """One file of a fragment, and the line of the fragment on which its first line stands."""

    path: str
    text: str
    line: int


class Expectation(Struct, frozen=True, order=True):
    """A fact or a label expected on a line of a file; `marked` is the line of the fragment that says so."""

    path: str
    line: int
    text: str
    marked: int

    @property
    def kind(self) -> str:
        """What is expected, without its argument: `link` of `link:c/store.h:1`."""
        return self.text.partition(":")[0]


class FragmentSnapshot(Struct, frozen=True):
    """The files of a fragment."""

    files: tuple[FragmentFile, ...]

    def listing(self) -> Listing:
        """Every file, sorted by path."""
        return Listing(tuple(sorted(Entry(file.path, len(file.text.encode())) for file in self.files)))

    def read(self, path: str) -> bytes | Problem:
        """The bytes of one file, without marks."""
        for file in self.files:
            if file.path == path:
                return file.text.encode()
        return Problem(path, ProblemKind.UNREADABLE, "no such file in the fragment")


class Fragment(Struct, frozen=True):
    """A situation: settings and description, files, and what is expected of them."""

    settings: dict[str, str]
    description: str
    snapshot: FragmentSnapshot
    expectations: tuple[Expectation, ...]
    labels: tuple[Expectation, ...]


def parse_fragment(text: str) -> Fragment:
    """Read a fragment."""
    head, files = _parts(text)
    settings = {found[1]: found[2] for line in head if (found := _SETTING.fullmatch(line))}
    description = "\n".join(line for line in head if not _SETTING.fullmatch(line)).strip()
    marks = [mark for file in files for mark in _marks(file)]
    return Fragment(
        settings=settings,
        description=description,
        snapshot=FragmentSnapshot(tuple(_without_marks(file) for file in files)),
        expectations=tuple(sorted(mark for is_label, mark in marks if not is_label)),
        labels=tuple(sorted(mark for is_label, mark in marks if is_label)),
    )


class ChangeFragment(Struct, frozen=True):
    """A situation before and after a change. What the change leaves alone is written once, and stands in both."""

    settings: dict[str, str]
    description: str
    before: FragmentSnapshot
    after: FragmentSnapshot
    expected_before: tuple[Expectation, ...]
    """Marks in what the change replaces or removes: they are about the older text."""
    expected_after: tuple[Expectation, ...]


def parse_change(text: str) -> ChangeFragment:
    """Read a fragment of two halves: what stands behind the line `== after ==` is laid on what stands before it.

    A `removed:` setting behind that line names files that are gone."""
    head, _, tail = text.partition("\n== after ==\n")
    before, after = parse_fragment(head + "\n"), parse_fragment(tail)
    removed = set(after.settings.get("removed", "").split())
    replaced = {file.path for file in after.snapshot.files} | removed
    kept = [file for file in before.snapshot.files if file.path not in replaced]
    return ChangeFragment(
        settings=before.settings,
        description=before.description,
        before=before.snapshot,
        after=FragmentSnapshot((*kept, *(file for file in after.snapshot.files if file.path not in removed))),
        expected_before=tuple(mark for mark in before.expectations if mark.path in replaced),
        expected_after=tuple(
            sorted((*(mark for mark in before.expectations if mark.path not in replaced), *after.expectations))
        ),
    )


def _parts(text: str) -> tuple[list[str], list[FragmentFile]]:
    lines = text.split("\n")
    headers = [(row, found[1]) for row, line in enumerate(lines) if (found := _HEADER.fullmatch(line))]
    if not headers:
        return ([], [FragmentFile(ONLY_FILE, text, 1)]) if not _SETTING.fullmatch(lines[0]) else (lines, [])
    ends = [row for row, _ in headers[1:]] + [len(lines)]
    files = []
    for (row, path), end in zip(headers, ends, strict=True):
        body = lines[row + 1 : end]
        files.append(FragmentFile(path, "\n".join(body) + ("\n" if end < len(lines) else ""), row + 2))
    return lines[: headers[0][0]], files


def _marks(file: FragmentFile) -> Iterator[tuple[bool, Expectation]]:
    for row, line in enumerate(file.text.split("\n"), 1):
        for written in _OPENING.split(line)[1:]:
            found = _MARK.fullmatch(written.rstrip())
            assert found is not None
            at = row - len(found["up"])
            texts = [found["text"]] if found["label"] else _words(found["text"])
            for text in texts:
                yield bool(found["label"]), Expectation(file.path, at, text, file.line + row - 1)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", re.sub(r":\s+", ":", text)) if word]


def _without_marks(file: FragmentFile) -> FragmentFile:
    lines = (_OPENING.split(line, maxsplit=1)[0] for line in file.text.split("\n"))
    return FragmentFile(file.path, "\n".join(lines), file.line)
