#!/usr/bin/env python3
"""The names in a boundary document, and whether every call of a binding stands in it with its C side.

    calls.py names BOUNDARY.json
    calls.py check BOUNDARY.json TREE

`check` reads the Rust files by itself, with nothing of ffireview: comments and literals are taken out, then every
`bindings::name(` counts as a call. Exit code 1 when one of them is no crossing with the status `linked`.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOT_CODE = re.compile(
    r"""//[^\n]*
    | /\*
    | \bb?c?r(?P<hashes>\#*)".*?"(?P=hashes)
    | [bc]?"(?:[^"\\]|\\.)*"
    | b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'\n])'""",
    re.VERBOSE | re.DOTALL,
)
COMMENT_END = re.compile(r"/\*|\*/")
CALL = re.compile(r"\bbindings\s*::\s*([A-Za-z_]\w*)\s*(?:::\s*<[^()]*>\s*)?\(")
NAME = re.compile(r"[A-Za-z_]\w*")


def main() -> int:
    """Do what the first argument says."""
    match sys.argv[1:]:
        case ["names", document]:
            print("\n".join(names(json.loads(Path(document).read_text(encoding="utf-8")))))
            return 0
        case ["check", document, tree]:
            return check(json.loads(Path(document).read_text(encoding="utf-8")), Path(tree))
    sys.exit(__doc__)


def names(document: dict[str, Any]) -> list[str]:
    """Every symbol that crosses, and every name under which either side declares it."""
    found = set()
    for crossing in document["crossings"]:
        found |= {crossing["symbol"], *(anchor["name"] for anchor in (*crossing["rust"], *crossing["foreign"]))}
    return sorted(name for name in found if NAME.fullmatch(name))


def check(document: dict[str, Any], tree: Path) -> int:
    """Print every called binding without a C side, and the count of the others."""
    statuses = {c["symbol"]: c["status"] for c in document["crossings"] if c["direction"] == "rust-to-c"}
    used = {
        (use["span"]["path"], use["span"]["line"], c["symbol"])
        for c in document["crossings"]
        for use in c["uses"]
        if use["role"] == "call"
    }
    calls = [(path, line, name) for path in sorted(tree.rglob("*.rs")) for line, name in called(path)]
    places = [(path.relative_to(tree).as_posix(), line, name) for path, line, name in calls]
    apart = [place for place in places if statuses.get(place[2]) != "linked"]
    unused = [place for place in places if place not in used and place not in apart]
    print(f"\n{len(places)} calls of {len({name for *_, name in places})} bindings; {len(apart)} without a C side")
    for path, line, name in apart:
        print(f"  {path}:{line}: bindings::{name}: {statuses.get(name, 'no crossing')}")
    if unused:
        print(f"{len(unused)} calls whose line is no use of the crossing")
        for path, line, name in unused:
            print(f"  {path}:{line}: bindings::{name}")
    return 1 if apart or unused else 0


def called(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each call of a binding in a Rust file."""
    if not path.is_file():
        return
    code = without_comments(path.read_text(encoding="utf-8", errors="replace"))
    for found in CALL.finditer(code):
        yield code.count("\n", 0, found.start()) + 1, found[1]


def without_comments(text: str) -> str:
    """The text with comments and literals blanked; lines stay."""
    parts, at = [], 0
    while found := NOT_CODE.search(text, at):
        end = comment_end(text, found.end()) if found[0] == "/*" else found.end()
        parts += [text[at : found.start()], re.sub(r"[^\n]", " ", text[found.start() : end])]
        at = end
    return "".join([*parts, text[at:]])


def comment_end(text: str, at: int) -> int:
    """Where a block comment that opened before `at` closes; they nest."""
    depth = 1
    for found in COMMENT_END.finditer(text, at):
        depth += 1 if found[0] == "/*" else -1
        if not depth:
            return found.end()
    return len(text)


if __name__ == "__main__":
    sys.exit(main())
