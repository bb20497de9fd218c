"""A patch laid on a tree, with neither the repository nor its index or working tree being touched.

git applies it to a private index, and writes what is new into a private folder of objects beside the repository's.
"""

import codecs
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.sources.files import READ_LIMIT, WANTED_BYTES, decode
from ffireview.sources.git import Answer, Store, ask, git
from ffireview.sources.repository import Revision, RevisionError

_HEADER = re.compile(rb"(?!Index:)[!-9;-~]+:[ \t]")
_DIFF = re.compile(rb"^(?:diff --git |--- .*\n\+\+\+ .*\n@@ )", re.MULTILINE)
_COMBINED = re.compile(rb"^diff --(?:cc|combined) ", re.MULTILINE)
_SECTION = re.compile(rb"^(?=diff --git )", re.MULTILINE)
_BINARY = re.compile(rb"^(?:Binary files .* differ|GIT binary patch)\r?$", re.MULTILINE)
_GIT_SIDES = re.compile(rb"^diff --git (.+)$", re.MULTILINE)
_SIDES = re.compile(rb"^--- (\S+).*\n\+\+\+ (\S+).*\n@@ ", re.MULTILINE)
_FAILED = re.compile(r"^error: patch failed: (.+):(\d+)$", re.MULTILINE)
_NOT_THERE = "does not exist in index"
_APPLY = ("apply", "--cached", "--whitespace=nowarn", "--no-ignore-whitespace")


class _Part(NamedTuple):
    """One diff, and its words in a message."""

    diff: bytes
    name: str


def lay(store: Store, base: Revision, patch: bytes, folder: str) -> tuple[Store, str]:
    """The tree that a patch makes of a revision, and the objects that it is of, those in `folder` among them.

    Unified diffs as git, diff and svn write them, and mails of `git format-patch`, one or a mailbox of several.
    """
    objects, index = os.path.join(folder, "objects"), os.path.join(folder, "index")
    os.mkdir(objects)
    laid = Store(objects, store.form, store.objects, index)
    git(laid, "read-tree", "--end-of-options", base.tree)
    for part in _parts(laid, patch, folder):
        _apply(laid, base, part)
    return laid, git(laid, "write-tree", "--missing-ok").decode().strip()


def _parts(store: Store, patch: bytes, folder: str) -> list[_Part]:
    """The diffs that a patch consists of, in order."""
    if len(patch) > READ_LIMIT:
        raise RevisionError(f"the patch has {len(patch)} bytes, the limit is {READ_LIMIT}")
    text = _in_utf8(patch)
    if not text.strip():
        return []
    if _is_mail(text):
        return list(_mails(store, text, folder))
    if _COMBINED.search(text):
        raise RevisionError("the patch is the combined diff of a merge, which cannot be applied")
    if not _DIFF.search(text):
        raise RevisionError("no unified diff in the patch")
    return [_Part(text, "the patch")]


def _in_utf8(patch: bytes) -> bytes:
    """A patch in UTF-8, its last line whole: PowerShell writes UTF-16 to files, and copying loses the line end."""
    if patch.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        patch = patch.decode("utf-16", "replace").encode("utf-8")
    text = patch.removeprefix(codecs.BOM_UTF8)
    return text if text.endswith(b"\n") else text + b"\n"


def _is_mail(text: bytes) -> bool:
    first, _, rest = text.lstrip().partition(b"\n")
    return first.startswith(b"From ") or bool(_HEADER.match(first) and (_HEADER.match(rest) or rest[:1] in b" \t"))


def _mails(store: Store, text: bytes, folder: str) -> Iterator[_Part]:
    box = os.path.join(folder, "mails")
    os.mkdir(box)
    with open(os.path.join(folder, "mailbox"), "wb") as file:
        file.write(text.lstrip())
    git(store, "mailsplit", "-b", "--keep-cr", f"-o{box}", file.name)
    mails = sorted(os.listdir(box), key=int)
    message, diff = os.path.join(folder, "message"), os.path.join(folder, "diff")
    for number, name in enumerate(mails, 1):
        with open(os.path.join(box, name), "rb") as mail:
            git(store, "mailinfo", "--no-scissors", "--quoted-cr=nowarn", message, diff, stdin=mail.read())
        with open(diff, "rb") as written:
            body = written.read()
        if _DIFF.search(body):
            yield _Part(body, f"patch {number} of {len(mails)}" if len(mails) > 1 else "the patch")


def _apply(laid: Store, base: Revision, part: _Part) -> None:
    """Apply a diff as it is, or else with line ends that the way here has changed put right."""
    diff = _without_binaries(part.diff)
    if not diff.strip():
        return
    failed: list[Answer] = []
    for strip in _strips(diff):
        for text in dict.fromkeys((diff, diff.replace(b"\r\n", b"\n"))):
            answer = ask(laid, *_APPLY, f"-p{strip}", "-", stdin=text)
            if not answer.code:
                return
            failed.append(answer)
        if _NOT_THERE not in answer.err:
            break
    nearest = next((answer for answer in failed if _NOT_THERE not in answer.err), failed[0])
    raise RevisionError(_refusal(nearest, base, part))


def _without_binaries(diff: bytes) -> bytes:
    """Without the sections of binary files: their content is often left out, and none of it is read."""
    head, *sections = _SECTION.split(diff)
    if not sections:
        return diff
    return head + b"".join(section for section in sections if not _BINARY.search(section) or _of_interest(section))


def _of_interest(section: bytes) -> bool:
    return section.partition(b"\n")[0].rstrip(b'\r"').endswith(WANTED_BYTES)


def _strips(diff: bytes) -> tuple[int, ...]:
    """How many folders to take off the names: one, such as `a/` and `b/`; none, where both sides have the same name.

    The first file that tells decides. To try the other number on any failure would put new files in wrong places.
    """
    if found := _GIT_SIDES.search(diff):
        both = found[1].rstrip(b"\r")
        half = len(both) // 2
        return (0,) if both[:half] == both[half + 1 :] else (1, 0)
    for found in _SIDES.finditer(diff):
        sides = {found[1].removesuffix(b".orig"), found[2]} - {b"/dev/null"}
        if all(side.startswith((b"a/", b"b/")) for side in sides):
            return (1,)
        if len(sides) == 2:
            return 1, 0
    return (0,)


def _refusal(answer: Answer, base: Revision, part: _Part) -> str:
    """What git says when it does not apply a patch, in words, with the hunk."""
    if found := _FAILED.search(answer.err):
        hunk = _hunk(part.diff, found[1], found[2])
        return f"{part.name} does not apply to {base.label}: {found[1]}, hunk {hunk}"
    errors = [row.partition(": ")[2] for row in answer.err.splitlines() if row.startswith(("error: ", "fatal: "))]
    said = "; ".join(errors[:3]).replace("in index", f"in {base.label}") or answer.reason
    return f"{part.name} cannot be applied: {said[:500]}"


def _hunk(diff: bytes, path: str, line: str) -> str:
    """The head of a file's hunk that starts at a line."""
    start = re.compile(rb"@@ -%s[, ]" % line.encode())
    inside = False
    for row in diff.split(b"\n"):
        if row.startswith((b"+++ ", b"--- ")):
            inside = decode(row).rstrip("\r").partition("\t")[0].rstrip('"').endswith(path) or (
                inside and row.startswith(b"+++ ")
            )
        elif inside and start.match(row):
            return decode(row).strip()[:100]
    return f"at line {line}"
