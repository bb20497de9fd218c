"""`ffireview diff` on two commits of a clone, as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from ffireview.model.comparison import Comparison
from ffireview.reporters.json import ComparisonDocument

GOOD_CODES = (0, 1, 3)
"""The exit codes that come with a result on stdout."""


class RunFailed(Exception):
    """The command gave no result; the message has its exit code and what it said."""


def compared(clone: Path, before: str, after: str, cache: str) -> Comparison:
    """What the command says of two commits, with its cache in a folder of our own."""
    command = [sys.executable, "-m", "ffireview", "diff", f"{before}..{after}", str(clone), "-q", "-f", "json"]
    done = subprocess.run([*command, "--jobs", "1"], capture_output=True, env={**os.environ, "FFIREVIEW_CACHE": cache})
    if done.returncode not in GOOD_CODES:
        raise RunFailed(f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[-600:]}")
    return msgspec.json.decode(done.stdout, type=ComparisonDocument).comparison
