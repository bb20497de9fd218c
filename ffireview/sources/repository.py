"""Names to hashes. In: a path, and what a person calls a revision. Out: the repository around it, commits and trees by
full hashes; or why not, in words for that person."""

import os
import re
from datetime import UTC, datetime

from msgspec import Struct

from ffireview.sources.files import decode, object_name
from ffireview.sources.git import GitError, Repository, Store, ask, available, git

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_START_OF_HASH = re.compile(r"[0-9a-fA-F]{4,64}")
_COUNTED = re.compile(r"(.+?)[~^][0-9~^]*")
_TIME = re.compile(r"> (-?\d{1,20}) [+-]\d+$")
_WARNING = re.compile(r"^warning: (.+)", re.MULTILINE)
_CANDIDATES = 6


class RevisionError(Exception):
    """What was asked for cannot be had from the repository; the message is for a person."""


class Place(Struct, frozen=True):
    """A path in a repository: `below` is relative to its top, empty for all of it."""

    repository: Repository
    store: Store
    below: str = ""

    def inside(self, path: str) -> str:
        """A path below the place, from the top of the repository on."""
        return f"{self.below}/{path}" if self.below else path


class Commit(Struct, frozen=True):
    """A commit, when it was committed (ISO 8601, UTC; empty when it does not say), and its tree."""

    hash: str
    date: str
    tree: str


class Revision(Struct, frozen=True):
    """A tree by the name that a person gave it; the commit that it is of, unless a tree was named."""

    name: str
    tree: str
    commit: Commit | None = None

    @property
    def label(self) -> str:
        """The name, with the hash that it stands for."""
        full = self.commit.hash if self.commit else self.tree
        return full[:12] if full.startswith(self.name) else f"{self.name} ({full[:12]})"


def find(path: str) -> Place:
    """The repository that a path lies in. The path itself need not exist: a revision may hold it all the same."""
    if available() is None:
        raise RevisionError("git is not installed")
    real = os.path.realpath(path)
    folder = real if os.path.isdir(real) else os.path.dirname(real)
    while True:
        for repository in _at(folder):
            try:
                store = store_of(repository)
            except GitError as error:
                if "not a git repository" in str(error):
                    continue
                raise RevisionError(f"{folder}: git cannot read this repository: {error}") from error
            inside = repository.top and real != repository.top
            below = os.path.relpath(real, repository.top) if inside else ""
            return Place(repository, store, decode(os.fsencode(below)))
        folder, inner = os.path.dirname(folder), folder
        if folder == inner:
            raise RevisionError(f"{path}: not in a git repository")


def store_of(repository: Repository) -> Store:
    """The objects of a repository. GitError when there is none."""
    answer = git(repository, "rev-parse", "--path-format=absolute", "--show-object-format", "--git-path", "objects")
    form, _, objects = answer.partition(b"\n")
    if form not in (b"sha1", b"sha256"):
        raise GitError("git is too old: 2.32 or newer is needed")
    return Store(os.fsdecode(objects.removesuffix(b"\n")), form.decode())


def _at(folder: str) -> list[Repository]:
    """What may be a repository in just this folder: one with a work tree, or a bare one."""
    if not os.path.isdir(folder):
        return []
    link = os.path.join(folder, ".git")
    found = [Repository(link, folder)] if os.path.lexists(link) else []
    bare = os.path.isfile(os.path.join(folder, "HEAD")) and os.path.isdir(os.path.join(folder, "refs"))
    return [*found, Repository(folder)] if bare else found


def resolve(repository: Repository, name: str) -> Revision:
    """What a revision's name stands for: a branch, tag, hash or its start, HEAD~2, or a tree."""
    if not name or "\0" in name:
        raise RevisionError(f"{name!r} is no revision")
    answer = ask(repository, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    if answer.code and "ambiguous" not in answer.err:
        answer = ask(repository, "rev-parse", "--verify", "--end-of-options", name)
    full = answer.out.decode("utf-8", "replace").strip()
    if answer.code or not _HASH.fullmatch(full):
        raise RevisionError(_unknown(repository, name, answer.err))
    if found := _WARNING.search(answer.err):
        raise RevisionError(_doubtful(repository, name, found[1]))
    return Revision(name, *_peeled(repository, name, full))


def head(repository: Repository) -> Revision:
    """What HEAD stands for; on a branch without a commit, a tree without a file."""
    if _unborn(repository):
        return Revision("nothing", empty_hash(store_of(repository), "tree"))
    return resolve(repository, "HEAD")


def merge_base(repository: Repository, one: Revision, other: Revision) -> Revision:
    """The commit where two histories part."""
    if one.commit is None or other.commit is None:
        raise RevisionError("a tree has no history: three dots need two commits")
    answer = ask(repository, "merge-base", "--end-of-options", one.commit.hash, other.commit.hash)
    found = answer.out.decode("ascii", "replace").strip()
    if answer.code or not _HASH.fullmatch(found):
        if answer.err.strip():
            raise RevisionError(f"the histories of {one.name} and {other.name} cannot be read: {answer.reason}")
        shallow = _is_shallow(repository)
        hint = ": this clone is shallow, `git fetch --unshallow` brings the rest" if shallow else ""
        raise RevisionError(f"{one.name} and {other.name} have no common commit{hint}")
    return Revision(f"merge base of {one.name} and {other.name}", *_peeled(repository, found, found))


def empty_hash(store: Store, kind: str) -> str:
    """The hash of a file without content or a tree without a file; git knows that tree without keeping it."""
    return object_name(kind, b"", store.form)


def git_path(repository: Repository, name: str) -> str:
    """Where the repository keeps a part of itself; linked work trees share some parts and have others of their own."""
    answer = git(repository, "rev-parse", "--path-format=absolute", "--git-path", name)
    return os.fsdecode(answer.removesuffix(b"\n"))


def common_path(repository: Repository, name: str) -> str:
    """The same, for what the main work tree has of its own."""
    answer = git(repository, "rev-parse", "--path-format=absolute", "--git-common-dir")
    return os.path.join(os.fsdecode(answer.removesuffix(b"\n")), name)


def _peeled(repository: Repository, name: str, full: str) -> tuple[str, Commit | None]:
    """The tree of an object that is a commit, a tree, or a tag of one."""
    for kind in ("commit", "tree"):
        answer = ask(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{full}^{{{kind}}}")
        found = answer.out.decode("ascii", "replace").strip()
        if not answer.code and kind == "tree":
            return found, None
        if not answer.code:
            commit = _commit(repository, name, found)
            return commit.tree, commit
    present = not ask(repository, "cat-file", "-e", full).code
    raise RevisionError(f"{name!r} names no commit and no tree" if present else _absent(repository, name))


def _commit(repository: Repository, name: str, full: str) -> Commit:
    try:
        head, _, _ = git(repository, "cat-file", "commit", full).partition(b"\n\n")
    except GitError as error:
        raise RevisionError(f"{name!r} cannot be read: {error}") from error
    fields = dict(reversed([row.split(" ", 1) for row in head.decode("utf-8", "replace").split("\n") if " " in row]))
    tree = fields.get("tree", "")
    if not _HASH.fullmatch(tree):
        raise RevisionError(f"{name!r} is a damaged commit")
    return Commit(full, _date(fields.get("committer", "")), tree)


def _date(committer: str) -> str:
    """`A U Thor <a@example.org> 1700000000 +0100` to a date. Strangers write any number there."""
    found = _TIME.search(committer)
    try:
        moment = datetime.fromtimestamp(int(found[1]), UTC) if found else None
    except (ValueError, OverflowError, OSError):
        moment = None
    return "" if moment is None else moment.isoformat().replace("+00:00", "Z")


def _unborn(repository: Repository) -> str:
    """The branch that HEAD names when it has no commit yet."""
    if not ask(repository, "rev-parse", "--verify", "--quiet", "HEAD").code:
        return ""
    answer = ask(repository, "symbolic-ref", "--quiet", "HEAD")
    branch = decode(answer.out.strip())
    exists = ask(repository, "show-ref", "--verify", "--quiet", "--", branch)
    return branch.removeprefix("refs/heads/") if not answer.code and exists.code else ""


def _is_shallow(repository: Repository) -> bool:
    return ask(repository, "rev-parse", "--is-shallow-repository").out.strip() == b"true"


def _doubtful(repository: Repository, name: str, warning: str) -> str:
    if "refname" not in warning:
        return f"{name!r}: {warning}"
    kinds = ("refs/heads/", "refs/tags/", "refs/remotes/")
    known = [f"{kind}{name}" for kind in kinds if not ask(repository, "show-ref", "--verify", f"{kind}{name}").code]
    return f"{name!r} is ambiguous; say {' or '.join(known) or 'its full name'}"


def _unknown(repository: Repository, name: str, message: str) -> str:
    """Why git does not know a revision, and what to do about it."""
    if "is ambiguous" in message and _START_OF_HASH.fullmatch(name):
        found = ask(repository, "rev-parse", f"--disambiguate={name}").out.decode("ascii", "replace").split()
        listed = ", ".join(found[:_CANDIDATES]) + (", .." if len(found) > _CANDIDATES else "")
        return f"{name!r} is ambiguous, the start of {len(found)} objects: {listed}"
    if (branch := _unborn(repository)) and re.match(r"(?:HEAD|@)(?![\w/-])", name):
        return f"{name!r} names nothing: branch {branch!r} has no commit yet"
    if _HASH.fullmatch(name) or _is_shallow(repository):
        return _absent(repository, name)
    remotes = git(repository, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes").decode("utf-8", "replace")
    near = [ref for ref in remotes.split("\n") if ref.partition("/")[2] == name]
    hint = f"; did you mean {' or '.join(near[:_CANDIDATES])}?" if near else ""
    return f"{name!r} names no revision of this repository{hint}"


def _absent(repository: Repository, name: str) -> str:
    """A revision that may well exist, but not in this clone."""
    if _HASH.fullmatch(name):
        said, bring = f"commit {name} is not in this clone", f"git fetch --depth=1 origin {name}"
    elif found := _COUNTED.fullmatch(name):
        said, bring = f"{name!r} is not in this clone", f"git fetch --deepen={_steps(name[len(found[1]) :])}"
    else:
        said, bring = f"{name!r} names no revision of this clone", "git fetch --depth=1 origin, then the branch or tag,"
    if not _is_shallow(repository):
        return f"{said}: `{bring}` may bring it" if _HASH.fullmatch(name) else said
    return f"{said}, which is shallow: `{bring}` may bring it, or `git fetch --unshallow` all of history"


def _steps(suffix: str) -> int:
    """How many commits `~2^` goes back at least."""
    return max(1, sum(int(count or 1) if sign == "~" else 1 for sign, count in re.findall(r"([~^])(\d*)", suffix)))
