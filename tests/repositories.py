"""Real git repositories for tests, the same on every machine: no setting of the person who runs them counts."""

import hashlib
import os
import stat
import subprocess
from pathlib import Path

UNSAFE = b"pub unsafe fn f() {}\n"
SETTINGS = {
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "advice.detachedHead": "false",
}


def environment() -> dict[str, str]:
    """What git is run with: fixed names and dates, and settings of ours only."""
    rows = enumerate(SETTINGS.items())
    counted = {
        f"GIT_CONFIG_{part}_{i}": text for i, pair in rows for part, text in zip(("KEY", "VALUE"), pair, strict=True)
    }
    return {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.fspath(Path(__file__).with_name("none")),
        "GIT_CONFIG_COUNT": str(len(SETTINGS)),
        **counted,
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": "1700000000 +0000",
        "GIT_COMMITTER_NAME": "C",
        "GIT_COMMITTER_EMAIL": "c@example.org",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
        "LC_ALL": "C",
    }


class Repo:
    """A repository in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", *options)

    @classmethod
    def clone(cls, folder: Path, *options: str, of: "Repo") -> "Repo":
        """A clone that goes the way over a transport, so that `--depth` and `--filter` count."""
        made = cls.__new__(cls)
        made.folder = folder
        for setting in ("allowFilter", "allowAnySHA1InWant"):
            of.git("config", f"uploadpack.{setting}", "true")
        of.git("clone", "-q", *options, f"file://{of.folder}", os.fspath(folder))
        return made

    def git(self, *arguments: str | bytes, stdin: bytes = b"", ok: bool = True, **more: str) -> str:
        """Run git, and give what it prints, without the last line end."""
        done = subprocess.run(
            ["git", "-C", os.fspath(self.folder), *arguments],
            input=stdin,
            capture_output=True,
            env=environment() | more,
            check=False,
        )
        assert not (ok and done.returncode), (arguments, done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, files: dict[str, bytes] | dict[bytes, bytes]) -> None:
        """Write files of the working tree."""
        for name, content in files.items():
            path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)

    def commit(self, files: dict[str, bytes] | dict[bytes, bytes] | None = None, message: str = "change") -> str:
        """Write files, commit all that there is, and give the commit's hash."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def tree(self, entries: list[tuple[str, str, str, bytes]]) -> str:
        """A tree object of any entries (mode, type, hash, name), sensible or not; names may even hold a slash."""
        raw = b"".join(
            mode.lstrip("0").encode() + b" " + name + b"\0" + bytes.fromhex(entry) for mode, _, entry, name in entries
        )
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)

    def blob(self, content: bytes) -> str:
        """A blob object."""
        return self.git("hash-object", "-w", "--stdin", stdin=content)


def state(folder: Path) -> dict[str, tuple[int, str]]:
    """Everything below a folder, `.git` included: mode and hash of each file."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = os.path.join(place, name)
            status = os.lstat(path)
            if stat.S_ISREG(status.st_mode):
                content = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            elif stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            else:
                content = ""
            found[os.path.relpath(path, folder)] = (status.st_mode, content)
    return found
