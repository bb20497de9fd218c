"""The only code that runs git: plumbing, and no hook, filter, pager or program that the repository configures."""

import os
import shutil
import subprocess
from collections.abc import Sequence

SECONDS = 60
"""Time limit of one command."""

_HARDENED = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat",
    "-c", "protocol.allow=never", "-c", "core.untrackedCache=false", "-c", "diff.external=",
    "-c", "core.attributesFile=/dev/null", "-c", "safe.directory=*",
)  # fmt: skip
# `safe.directory=*` lets git list a tree that another user owns: nothing that such a tree configures is run.
_KEPT = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG")


class GitError(Exception):
    """Git is absent, too slow, or said no; the message is for a person."""


def available() -> str | None:
    """The git program, if there is one."""
    return shutil.which("git")


def git(folder: str, *arguments: str) -> bytes:
    """Run one git command in a folder and return what it printed."""
    return run((*_HARDENED, "-C", folder, *arguments))


def version() -> str:
    """The version of git."""
    return run(("--version",)).decode("utf-8", "replace").strip().removeprefix("git version ")


def run(arguments: Sequence[str]) -> bytes:
    """Run git with a clean environment and a time limit."""
    program = available()
    if program is None:
        raise GitError("git is not installed")
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ASKPASS": "", "SSH_ASKPASS": "",
        "GIT_PAGER": "cat", "LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1",
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  the program is resolved, the arguments are a list
            [program, *arguments],
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git took more than {SECONDS} s") from error
    except OSError as error:
        raise GitError(f"git could not be run: {error.strerror}") from error
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(message[-1][:300] if message else f"git ended with {done.returncode}")
    return done.stdout
