"""The text that argues for soundness: which comment, doc section or attribute belongs to a site."""

import re

from ffireview.extract.rust.attributes import Head
from ffireview.extract.rust.text import RustText
from ffireview.model.facts import SafetyNote, SafetyPlace
from ffireview.syntax.brackets import enclosing

TAGS = re.compile(
    r"(?:^|[\s/*(\[])(?:(?:SAFETY|Safety|JUSTIFICATION|UNSAFETY|INVARIANTS?)\s*(?:\([^)]*\))?\s*[:\-–—]"
    r"|[Ss]afe because\b|#+\s*(?:Safety|SAFETY)\b)"
)
"""How projects open such a text; the kernel, Chromium, Firecracker, openvmm and crosvm each have one."""

_ATTRIBUTE = re.compile(r"(?:safety\s*::|requires\b|safety\b|doc\s*=\s*\"[^\"]*Safety)")
_MARK = re.compile(r"^\s*(?://[/!]?|/?\*+!?/?)\s?|\s*\*/\s*$")
_CONTINUED = re.compile(rb"\s*[,.+\-*/&|=<>?)]")
"""What shows that a statement goes on after an unsafe block inside it."""
_ADJACENT_LINES = 1
STATEMENT_LIMIT = 10_000
"""Bytes before a block in which its statement must start."""
_LEAD = re.compile(r"^\W*(?:(?:#\s*)?safety|justification|unsafety|safe because)?\W*", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:todo|fixme|xxx|tbd|trust me|ffi call|see above|same as above|(?:it'?s|this is) (?:fine|safe|ok)|safe|ok|fine"
    r"|needs? (?:a )?(?:comment|justification|docs?)|\?+|n/?a)?[\s.!:?-]*(?:justify|explain|write|add|document)?\W*",
    re.IGNORECASE,
)


def note_for_block(text: RustText, start: int, end: int) -> SafetyNote | None:
    """The note of an unsafe block: before its statement, on its line, or first inside it."""
    boundary = _statement_start(text, start)
    note = _last_note(text, boundary, start)
    if note:
        return note
    brace = text.code.find(b"{", start, end)
    inner = text.code.find(b"\n", brace) if brace >= 0 else -1
    first_code = _next_code(text, brace + 1, end) if brace >= 0 else end
    if brace >= 0 and (note := _last_note(text, brace, first_code)):
        return note
    line_end = text.code.find(b"\n", end)
    after = _last_note(text, end, len(text.code) if line_end < 0 else line_end, behind=True)
    return after or (_last_note(text, brace, min(inner, end)) if 0 <= brace < inner else None)


def note_for_item(text: RustText, start: int, end: int, head: Head) -> SafetyNote | None:
    """The note of an item: doc section or comment above it, among its attributes, an attribute, or behind it."""
    low = text.before(head.start)
    if note := _last_note(text, low, start):
        return note
    if found := head.find(_ATTRIBUTE):
        return SafetyNote(SafetyPlace.ATTRIBUTE, found.text, text.positions.line(found.start))
    line_end = text.code.find(b"\n", end)
    return _last_note(text, end, len(text.code) if line_end < 0 else line_end, behind=True)


def _statement_start(text: RustText, start: int) -> int:
    code = text.code
    low, at = max(start - STATEMENT_LIMIT, 0), start
    while True:
        found = max(code.rfind(b";", low, at), code.rfind(b"{", low, at), code.rfind(b"}", low, at), low - 1)
        opening = text.partner.get(found, -1) if found >= low and code[found] == ord("}") else -1
        if opening < low or not code[low:opening].rstrip().endswith(b"unsafe") or b"\n\n" in code[found:start]:
            return found + 1
        around = enclosing(code, found + 1)
        if not _CONTINUED.match(code, found + 1) or (
            code[around] == ord("{") and code[found + 1 : found + 40].lstrip().startswith(b",")
        ):
            return found + 1
        at = opening


def _next_code(text: RustText, at: int, end: int) -> int:
    while at < end and text.code[at] in b" \t\r\n":
        at += 1
    return at


def _last_note(text: RustText, start: int, end: int, *, behind: bool = False) -> SafetyNote | None:
    """The last run of comments in [start, end) that holds a tag. A comment on the line where the last code ends
    belongs to that code, unless it is looked for `behind` that code."""
    comments = text.comments_between(start, end)
    line_of = text.positions.line
    if start and not behind and text.code[start - 1] not in b"{(" and text.code[start - 1 : start].strip():
        comments = tuple(c for c in comments if line_of(c.start) != line_of(start - 1))
    runs: list[list[int]] = []
    for index, comment in enumerate(comments):
        gap = index and text.source[comments[index - 1].end : comment.start]
        if index and isinstance(gap, bytes) and not gap.strip() and gap.count(b"\n") <= _ADJACENT_LINES:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in reversed(runs):
        raw = text.source[comments[run[0]].start : comments[run[-1]].end].decode("utf-8", "replace")
        if found := TAGS.search(raw):
            place = SafetyPlace.DOC if raw.lstrip().startswith(("///", "//!", "/**")) else SafetyPlace.COMMENT
            line = line_of(comments[run[0]].start) + raw.count("\n", 0, found.end())
            lines = [_MARK.sub("", row).rstrip() for row in raw[found.start() :].lstrip().splitlines()]
            return SafetyNote(place, " ".join(row.strip() for row in lines if row.strip()), line)
    return None


def says_nothing(text: str) -> bool:
    """Whether a text that should argue for safety is only a placeholder."""
    return bool(_PLACEHOLDER.fullmatch(_LEAD.sub("", " ".join(text.split()))))
