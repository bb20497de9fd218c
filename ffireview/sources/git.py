"""The only code that runs git: plumbing, and no hook, filter, pager or program that the repository configures."""

import os
import selectors
import shutil
import subprocess
import time
from contextlib import suppress
from typing import NamedTuple

from msgspec import Struct

SECONDS = 60
"""Time limit of one command."""
OUTPUT_LIMIT = 200_000_000
"""Bytes; a tree of trees of trees can print without end."""
_MESSAGES_LIMIT = 65_536

_EMPTY = os.path.join(os.path.dirname(__file__), "empty")
"""Repositories without anything in them, one for each hash function: what git is told when only objects matter. And a
file without anything in it: anyone who may write to /dev could put another in the place of /dev/null."""
_NOTHING = os.path.join(_EMPTY, "nothing")
_SETTINGS = (
    "core.fsmonitor=false", f"core.hooksPath={_NOTHING}", "core.pager=cat", f"core.attributesFile={_NOTHING}",
    "core.splitIndex=false", "core.untrackedCache=false", "core.sparseCheckout=false", "index.sparse=false",
    "core.warnAmbiguousRefs=true", "advice.graftFileDeprecated=false", "diff.external=", "protocol.allow=never",
    "safe.directory=*",
)  # fmt: skip
# core.splitIndex: even a private index would share its half with the repository, in its folder.
# safe.directory: git may list a tree that another user owns: nothing that such a tree configures is run.
_HARDENED = tuple(argument for setting in _SETTINGS for argument in ("-c", setting))
_KEPT = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG")
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": _NOTHING, "GIT_ATTR_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_ASKPASS": "",
    "SSH_ASKPASS": "", "GIT_PAGER": "cat", "LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": _NOTHING,
    "GIT_LITERAL_PATHSPECS": "1",
}  # fmt: skip
# GIT_ALLOW_PROTOCOL: unlike protocol.allow, no protocol.<name>.allow of the repository outweighs it.


class GitError(Exception):
    """Git is absent, too slow, or said no; the message is for a person."""


class Store(Struct, frozen=True):
    """Objects, apart from the repository that keeps them: no configuration, no refs, no remote to fetch from.

    `objects` is their folder, and where new ones go; those in the folder `beneath` are read too. `form` is the hash
    function. `index` is a private index for commands that need one.
    """

    objects: str
    form: str
    beneath: str = ""
    index: str = ""


class Repository(Struct, frozen=True):
    """A repository with its configuration, as far as `_HARDENED` lets that count.

    `git_dir` is named to git, so that it searches for none. `top`, the folder that holds `.git`, is the work tree,
    whatever `core.worktree` says; a bare repository has none. `index` replaces the repository's own.
    """

    git_dir: str
    top: str = ""
    index: str = ""


Where = Store | Repository


class Answer(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: bytes
    err: str

    @property
    def reason(self) -> str:
        """The last words of a command that failed."""
        lines = self.err.strip().splitlines()
        return (
            lines[-1].removeprefix("fatal: ").removeprefix("error: ")[:300] if lines else f"git ended with {self.code}"
        )


def available() -> str | None:
    """The git program, if there is one."""
    return shutil.which("git")


def version() -> str:
    """The version of git."""
    return _said(_run(("--version",), _environment(None), os.curdir)).decode("utf-8", "replace").strip()[12:]


def git(where: Where, *arguments: str | bytes, stdin: bytes = b"", folder: str = "") -> bytes:
    """Run one git command and return what it printed."""
    return _said(ask(where, *arguments, stdin=stdin, folder=folder))


def ask(where: Where, *arguments: str | bytes, stdin: bytes = b"", folder: str = "") -> Answer:
    """Run one git command whose failure is an answer too, at the top or in another folder."""
    return _run((*_HARDENED, *arguments), _environment(where), folder or _work(where), stdin)


def start(store: Store, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a git command that answers on its standard output for as long as it is asked on its standard input."""
    command = (*_HARDENED, *arguments)
    return _start(command, _environment(store), _work(store), subprocess.PIPE, subprocess.DEVNULL)


def _said(answer: Answer) -> bytes:
    if answer.code:
        raise GitError(answer.reason)
    return answer.out


def _work(where: Where | None) -> str:
    if where is None:
        return os.curdir
    return where.objects if isinstance(where, Store) else where.top or where.git_dir


def _environment(where: Where | None) -> dict[str, str]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _ENVIRONMENT
    if where is None:
        return environment
    environment["GIT_WORK_TREE"] = _work(where)
    if where.index:
        environment["GIT_INDEX_FILE"] = where.index
    if isinstance(where, Repository):
        return environment | {"GIT_DIR": where.git_dir}
    if where.beneath:
        environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = _quoted(where.beneath)
    return environment | {"GIT_DIR": os.path.join(_EMPTY, where.form), "GIT_OBJECT_DIRECTORY": where.objects}


def _quoted(path: str) -> str:
    """A path in a list that colons part."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _run(arguments: tuple[str | bytes, ...], environment: dict[str, str], folder: str, stdin: bytes = b"") -> Answer:
    given = subprocess.PIPE if stdin else subprocess.DEVNULL
    with _start(arguments, environment, folder, given, subprocess.PIPE) as process:
        try:
            out, err = _exchange(process, memoryview(stdin))
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise GitError(f"git took more than {SECONDS} s") from error
        except BaseException:
            process.kill()
            raise
    return Answer(code, out, err.decode("utf-8", "replace"))


def _start(
    arguments: tuple[str | bytes, ...], environment: dict[str, str], folder: str, stdin: int, stderr: int
) -> subprocess.Popen[bytes]:
    program = available()
    if program is None:
        raise GitError("git is not installed")
    try:
        return subprocess.Popen(  # noqa: S603  the program is resolved, the arguments are a list
            [program, *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=environment, cwd=folder
        )
    except (OSError, ValueError) as error:
        raise GitError(f"git could not be run: {getattr(error, 'strerror', None) or error}") from error


def _exchange(process: subprocess.Popen[bytes], stdin: memoryview) -> tuple[bytes, bytes]:
    """What a process prints until it closes both outputs, given some input, within the limits of time and size."""
    deadline = time.monotonic() + SECONDS
    assert process.stdout is not None
    assert process.stderr is not None
    out: list[bytes] = []
    size = 0
    messages = b""
    with selectors.DefaultSelector() as pipes:
        pipes.register(process.stdout, selectors.EVENT_READ)
        pipes.register(process.stderr, selectors.EVENT_READ)
        if process.stdin is not None:
            os.set_blocking(process.stdin.fileno(), False)
            pipes.register(process.stdin, selectors.EVENT_WRITE)
        while pipes.get_map():
            ready = pipes.select(deadline - time.monotonic())
            if time.monotonic() > deadline:
                raise GitError(f"git took more than {SECONDS} s")
            for key, _ in ready:
                if process.stdin is not None and key.fileobj is process.stdin:
                    stdin = stdin[_write(key.fd, stdin) :]
                    if not stdin:
                        pipes.unregister(process.stdin)
                        process.stdin.close()
                    continue
                chunk = os.read(key.fd, 1 << 20)
                if not chunk:
                    pipes.unregister(key.fileobj)
                elif key.fileobj is process.stderr:
                    messages += chunk[: _MESSAGES_LIMIT - len(messages)]
                else:
                    out.append(chunk)
                    size += len(chunk)
                    if size > OUTPUT_LIMIT:
                        raise GitError(f"git printed more than {OUTPUT_LIMIT} bytes")
    return b"".join(out), messages


def _write(pipe: int, data: memoryview) -> int:
    """How much of some data a pipe took; all of it, when nobody reads it any more."""
    try:
        return os.write(pipe, data[: 1 << 16])
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(data)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that `start` began. It only reads, so nothing is lost."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.wait()
