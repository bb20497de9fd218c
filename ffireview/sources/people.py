"""Who a person is to git, and who wrote lines. Read with git's plumbing; no program that a repository names is run."""

import os
import re

from ffireview.sources.files import encode
from ffireview.sources.git import GitError, Repository, Store, ask, available, git

_MAIL = re.compile(rb"^(?:author|committer)-mail <([^>\n]*)>$", re.MULTILINE)
_PERSONAL = (("XDG_CONFIG_HOME", "git/config"), ("HOME", ".config/git/config"), ("HOME", ".gitconfig"))
"""Where git keeps a person's own settings, the weightiest last."""


def person(repository: Repository | None) -> str:
    """`Jane D <jane@example.org>`: by git's environment, else by the repository's or the person's own settings; empty
    where nothing says so."""
    name = os.environ.get("GIT_AUTHOR_NAME") or _setting(repository, "user.name")
    mail = os.environ.get("GIT_AUTHOR_EMAIL") or _setting(repository, "user.email")
    return f"{name} <{mail}>" if name and mail else ""


def writers(store: Store, commit: str, path: str, first: int, last: int) -> frozenset[str]:
    """The addresses of those who wrote and those who committed lines of a file, as of a commit; nobody where the commit
    has no such lines."""
    answer = ask(store, "blame", "--porcelain", "-L", f"{first},{last}", commit, "--", encode(path))
    if answer.code:
        return frozenset()
    return frozenset(mail.decode("utf-8", "replace").casefold() for mail in _MAIL.findall(answer.out))


def _setting(repository: Repository | None, name: str) -> str:
    if available() is None:
        return ""
    found = [] if repository is None else [_said(repository, ("--local", "--get", name))]
    for variable, below in reversed(_PERSONAL):
        path = os.path.join(os.environ.get(variable, ""), below)
        if os.path.isabs(path) and os.path.isfile(path) and repository is not None:
            found.append(_said(repository, ("--file", path, "--get", name)))
    return next(filter(None, found), "")


def _said(repository: Repository, arguments: tuple[str, ...]) -> str:
    try:
        return git(repository, "config", *arguments).decode("utf-8", "replace").strip()
    except GitError:
        return ""
