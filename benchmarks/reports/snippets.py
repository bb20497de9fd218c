"""Every piece of YAML that the documentation offers, by the published schema of what reads it.

    python benchmarks/reports/snippets.py FILE..

Needs `check-jsonschema` on PATH: it ships the schemas of GitHub workflows and actions and of GitLab CI, so no network
is used. A piece of a workflow is put into the least workflow around it. Each must be turned down when it is spoilt.
Exit code 1: a piece is wrong, or a spoilt one was accepted.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r"^```ya?ml\n(.*?)^```", re.MULTILINE | re.DOTALL)
WORKFLOW, ACTION, GITLAB = "vendor.github-workflows", "vendor.github-actions", "vendor.gitlab-ci"
JOB = "on: pull_request\njobs:\n  review:\n    runs-on: ubuntu-latest\n"


class Piece(NamedTuple):
    where: str
    schema: str
    text: str


def main() -> int:
    """Check every file that is named."""
    failed = False
    for path in map(Path, sys.argv[1:]):
        for piece in pieces(path):
            wrong, canary = rejected(piece.schema, piece.text), rejected(piece.schema, spoilt(piece))
            failed |= bool(wrong) or not canary
            print(
                f"{piece.where:<32} {piece.schema:<24} {'wrong' if wrong else 'right'}, {canary and 'spoilt: rejected'}"
            )
            print(wrong, end="")
    return int(failed)


def pieces(path: Path) -> Iterator[Piece]:
    """The YAML of a file: all of it, or the blocks of a Markdown text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        yield Piece(str(path), ACTION if path.name.startswith("action.") else WORKFLOW, text)
        return
    for found in BLOCK.finditer(text):
        where = f"{path}:{text.count(chr(10), 0, found.start()) + 1}"
        yield Piece(where, *whole(found[1]))


def whole(block: str) -> tuple[str, str]:
    """The schema for a block, and a file that holds it."""
    if block.startswith("- "):
        return WORKFLOW, JOB + "    steps:\n" + indented(block, 6)
    if re.search(r"^(?:steps|permissions):", block, re.MULTILINE) and "jobs:" not in block:
        return WORKFLOW, JOB + indented(block, 4)
    return (WORKFLOW if "jobs:" in block else GITLAB), block


def indented(block: str, by: int) -> str:
    """A block further to the right."""
    return "".join(" " * by + line for line in block.splitlines(keepends=True))


def spoilt(piece: Piece) -> str:
    """A text that its reader must not accept."""
    if piece.schema == GITLAB:
        return re.sub(r"^( *)script:.*", r"\1script: {command: 1}", piece.text, count=1, flags=re.MULTILINE)
    word = "runs:" if piece.schema == ACTION else "runs-on:"
    return piece.text.replace(word, "no-such-key:", 1)


def rejected(schema: str, text: str) -> str:
    """What a schema has against a text; empty for nothing."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        run = subprocess.run(
            ["check-jsonschema", "--builtin-schema", schema, file.name], capture_output=True, text=True, check=False
        )
    return run.stdout + run.stderr if run.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
