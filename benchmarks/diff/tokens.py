"""Rust text to tokens, by rules of its own: nothing here is ffireview's, so that it can bear witness.

What layout decides is left out: white space, comments, a comma before a closing bracket.
"""

import re

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|//[^\n]*)
    | (?P<block>/\*)
    | (?P<raw>(?:[bc]?r)(?P<hashes>\#*)"(?s:.*?)"(?P=hashes))
    | (?P<string>[bc]?"(?:[^"\\]|\\(?s:.))*")
    | (?P<char>b?'(?:[^'\\\n]|\\(?:u\{[^}']*\}|x..|.))')
    | (?P<lifetime>'\w+)
    | (?P<word>r\#\w+|\w+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
_EDGE = re.compile(r"/\*|\*/")


def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a stretch of code."""
    found: list[str] = []
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match["block"]:
            at = _past_comment(text, at)
        elif not match["space"]:
            if match[0] in (")", "]", "}", ">") and found and found[-1] == ",":
                found.pop()
            found.append(match[0])
    return tuple(found)


def _past_comment(text: str, at: int) -> int:
    """Where a block comment ends whose opening has been read; they nest."""
    depth = 1
    while depth:
        edge = _EDGE.search(text, at)
        if edge is None:
            return len(text)
        depth += 1 if edge[0] == "/*" else -1
        at = edge.end()
    return at
