"""A C or C++ file as text: mask, directives, conditions, brackets, and chunks small enough to keep an error local."""

import re
from bisect import bisect_right
from functools import cached_property

from ffireview.model.place import Range
from ffireview.syntax.brackets import pairs
from ffireview.syntax.lexer import mask_c
from ffireview.syntax.positions import Positions
from ffireview.syntax.tokens import C_TOKEN, TokenHashes, listed, spell

_DIRECTIVE = re.compile(rb"^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.)*", re.MULTILINE | re.DOTALL)
_CONDITION = re.compile(
    rb"[ \t]*#[ \t]*(ifdef|ifndef|if|elif|elifdef|elifndef|else|endif)\b((?:[^\n\\]|\\\r?\n|\\.)*)", re.DOTALL
)
_CHUNK_END = re.compile(rb"^\}[^\n]*\n", re.MULTILINE)
_EMPTY_DEFINE = re.compile(rb"^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]*(?:1[ \t]*)?$", re.MULTILINE)
_GUARD_BYTES = 10_000
_SPACE = re.compile(rb"\s+")
_CONTINUATION = re.compile(rb"\\(?=\r?\n)")
_NOT_NEWLINE = re.compile(rb"[^\n]")
_INCLUDE = re.compile(rb"^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"\n]+)[>\"]", re.MULTILINE)
_ATTRIBUTES = re.compile(
    rb"\b(?:__must_check|__cold|__hot|__noreturn|__pure|__init|__exit|__user|__iomem|__rcu|__percpu|__force|__always_inline"
    rb"|__maybe_unused|__always_unused|__used|__weak|__visible|asmlinkage|notrace|noinline|noinline_for_stack|__sched|__ref|__malloc|__alloc_size\([^()]*\)"
    rb"|__printf\([^()]*\)|__scanf\([^()]*\)|__acquires\([^()]*\)|__releases\([^()]*\)"
    rb"|__attribute__[ \t]*\(\((?:[^()]|\([^()]*\))*\)\)"
    rb"|__declspec\((?:[^()]|\([^()]*\))*\)|__extension__|__restrict|__cdecl|__stdcall|WINAPI|CALLBACK)\b"
)


class CText:
    """One C or C++ file and the views on it that extraction shares. Offsets are bytes."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        masked = mask_c(source)
        self.comments = masked.comments
        self.masked = masked.code
        self.positions = Positions(source)

    @cached_property
    def code(self) -> bytes:
        """The mask without preprocessor lines."""
        return _DIRECTIVE.sub(lambda found: _NOT_NEWLINE.sub(b" ", found[0]), self.masked)

    @cached_property
    def parsable(self) -> bytes:
        """The source without preprocessor conditions and known attribute macros, at the same length."""
        text = bytearray(self.source)
        for start, end in self.directives:
            if _CONDITION.match(self.masked, start, end):
                text[start:end] = _NOT_NEWLINE.sub(b" ", self.masked[start:end])
        for found in _ATTRIBUTES.finditer(self.masked):
            text[found.start() : found.end()] = _NOT_NEWLINE.sub(b" ", found[0])
        return bytes(text)

    @cached_property
    def partner(self) -> dict[int, int]:
        """Matching brackets of the code."""
        return pairs(self.code)

    @cached_property
    def _chunk_ends(self) -> list[int]:
        return [found.end() for found in _CHUNK_END.finditer(self.masked)]

    def chunk(self, offset: int) -> tuple[int, int]:
        """The stretch between the column-0 closing braces around an offset."""
        ends = self._chunk_ends
        index = bisect_right(ends, offset)
        return (ends[index - 1] if index else 0), (ends[index] if index < len(ends) else len(self.source))

    @cached_property
    def directives(self) -> list[tuple[int, int]]:
        """Where preprocessor lines stand."""
        return [found.span() for found in _DIRECTIVE.finditer(self.masked)]

    def directive_at(self, offset: int) -> tuple[int, int] | None:
        """The preprocessor line around an offset."""
        index = bisect_right(self.directives, (offset, len(self.source) + 1)) - 1
        if index >= 0 and self.directives[index][0] <= offset < self.directives[index][1]:
            return self.directives[index]
        return None

    @cached_property
    def _conditions(self) -> tuple[list[int], list[tuple[str, ...]]]:
        offsets: list[int] = [0]
        states: list[tuple[str, ...]] = [()]
        stack: list[str] = []
        for start, end in self.directives:
            found = _CONDITION.match(self.masked, start, end)
            if not found:
                continue
            word = found[1].decode()
            rest = _SPACE.sub(b" ", found[2].replace(b"\\\n", b" ")).strip().decode("utf-8", "replace")
            if word in ("if", "ifdef", "ifndef"):
                stack.append(_condition(word, rest))
            elif word == "endif":
                if stack:
                    stack.pop()
            elif stack:
                before = stack.pop()
                negated = _negate(before)
                stack.append(negated if word == "else" else f"{negated} && {_condition(word.removeprefix('el'), rest)}")
            offsets.append(end)
            states.append(tuple(stack))
        return offsets, states

    def conditions(self, offset: int) -> tuple[str, ...]:
        """The preprocessor conditions around an offset, outermost first; include guards count as none."""
        offsets, states = self._conditions
        return tuple(c for c in states[bisect_right(offsets, offset) - 1] if not self._is_guard(c))

    def _is_guard(self, condition: str) -> bool:
        """Whether a condition only keeps the file from being read twice: its name is defined right below."""
        name = condition.removeprefix("!defined(").removesuffix(")")
        return condition.startswith("!defined(") and name.encode() in self._own_names

    @cached_property
    def _own_names(self) -> frozenset[bytes]:
        return frozenset(_EMPTY_DEFINE.findall(self.masked[:_GUARD_BYTES]))

    def includes(self) -> tuple[str, ...]:
        """Targets of `#include`."""
        return tuple(found[1].decode("utf-8", "replace") for found in _INCLUDE.finditer(self.source))

    def at(self, start: int, end: int) -> Range:
        """A person's range."""
        return self.positions.range(start, end)

    def read(self, start: int, end: int) -> str:
        """Code with single spaces, without comments and directives, literals as written."""
        text = bytearray(self.source[start:end])
        for pieces in (self.comments, self.directives):
            index = max(bisect_right(pieces, (start, len(self.source) + 1)) - 1, 0)
            while index < len(pieces) and pieces[index][0] < end:
                low, high = max(pieces[index][0], start) - start, min(pieces[index][1], end) - start
                if low < high:
                    text[low:high] = b" " * (high - low)
                index += 1
        return _SPACE.sub(b" ", bytes(text)).strip().decode("utf-8", "replace")

    def spelled(self, start: int, end: int) -> str:
        """Code in one line that depends on its tokens alone; directives, but for line continuations, count."""
        return spell(listed(C_TOKEN, self.uncommented, start, end), arrow=False)

    def tokens(self, *stretches: tuple[int, int]) -> str:
        """Hash of the tokens in stretches of the file: comments, layout and trailing commas do not count."""
        return self._hashes.hash(*stretches)

    @cached_property
    def uncommented(self) -> bytes:
        """The source without comments and line continuations, at the same length."""
        text = bytearray(self.source)
        for start, end in self.comments:
            text[start:end] = self.masked[start:end]
        for found in _CONTINUATION.finditer(self.masked):
            text[found.start()] = ord(" ")
        return bytes(text)

    @cached_property
    def _hashes(self) -> TokenHashes:
        return TokenHashes(self.uncommented)


def _condition(word: str, rest: str) -> str:
    if word == "ifdef":
        return f"defined({rest})"
    if word == "ifndef":
        return f"!defined({rest})"
    if found := re.fullmatch(r"!\s*defined\s*\(?\s*(\w+)\s*\)?", rest):
        return f"!defined({found[1]})"
    return rest


def _negate(condition: str) -> str:
    if condition.startswith("!defined(") and condition.count("(") == 1:
        return condition[1:]
    return f"!{condition}" if re.fullmatch(r"defined\(\w+\)", condition) else f"!({condition})"
