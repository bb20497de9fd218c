"""Repositories whose configuration wants to run something, or whose objects have no end: they are read, and no more."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import UNSAFE, Repo, state

from ffireview.model.place import Problem
from ffireview.model.snapshot import Snapshot
from ffireview.sources import open_folder
from ffireview.sources.objects import close_readers
from ffireview.sources.range import open_range, open_revision
from ffireview.sources.repository import RevisionError

PATCH = b"--- a/a.rs\n+++ b/a.rs\n@@ -1 +1 @@\n-pub unsafe fn f() {}\n+pub unsafe fn g() {}\n"
HOOKS = (
    "post-index-change",
    "reference-transaction",
    "pre-commit",
    "applypatch-msg",
    "pre-applypatch",
    "post-checkout",
)

CONFIG = """
[core]
    fsmonitor = {run}
    pager = {run}
    editor = {run}
    askPass = {run}
    sshCommand = {run}
    gitProxy = {run}
    alternateRefsCommand = {run}
    hooksPath = {hooks}
    attributesFile = {attributes}
    splitIndex = true
    untrackedCache = true
    logAllRefUpdates = always
[pager]
    ls-tree = {run}
    diff-tree = {run}
    cat-file = {run}
[alias]
    ls-files = !{run}
    ls-tree = !{run}
    rev-parse = !{run}
    cat-file = !{run}
[diff]
    external = {run}
[diff "x"]
    command = {run}
    textconv = {run}
    cachetextconv = true
[filter "x"]
    clean = {run}
    smudge = {run}
    process = {run}
    required = true
[merge "x"]
    driver = {run}
[interactive]
    diffFilter = {run}
[credential]
    helper = !{run}
[gpg]
    program = {run}
[log]
    showSignature = true
[sequence]
    editor = {run}
[uploadpack]
    packObjectsHook = {run}
[remote "origin"]
    url = ext::{run}
    vcs = {run}
    uploadpack = {run}
    promisor = true
    partialCloneFilter = blob:none
[remote "second"]
    url = a@example.org:b
    promisor = true
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
[submodule]
    recurse = true
[index]
    sparse = true
[apply]
    whitespace = error-all
    ignoreWhitespace = change
[include]
    path = {included}
"""


def contents(snapshot: Snapshot) -> dict[str, bytes | Problem]:
    return {entry.path: snapshot.read(entry.path) for entry in snapshot.listing().entries}


def read_in_every_way(folder: Path) -> list[dict[str, bytes | Problem]]:
    """Every operation on a repository."""
    path = os.fspath(folder)
    found = [contents(open_folder(path)), contents(open_revision(path, "HEAD"))]
    forms: list[tuple[str, bool, bytes | None]]
    forms = [("", False, None), ("HEAD~1..HEAD", False, None), ("HEAD~1...HEAD", False, None)]
    forms += [("", True, None), ("", False, PATCH)]
    for text, staged, patch in forms:
        with open_range(path, text, staged, patch) as comparands:
            found += [contents(comparands.before), contents(comparands.after)]
    for name in ("nowhere", "a" * 40, "abcd", "HEAD~9"):
        with pytest.raises(RevisionError):
            open_revision(path, name)
    close_readers()
    return found


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Repo, Path]:
    """A repository in which whatever git can be made to run leaves a witness."""
    repo, witness, script = Repo(tmp_path / "repo"), tmp_path / "witness", tmp_path / "run"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {witness}\n')
    script.chmod(0o755)
    (tmp_path / "hooks").mkdir()
    for hook in HOOKS:
        shutil.copy(script, tmp_path / "hooks" / hook)
    (tmp_path / "attributes").write_text("* filter=x diff=x merge=x\n")
    (tmp_path / "included").write_text(f"[core]\n\tfsmonitor = {script}\n\thooksPath = {tmp_path}/hooks\n")
    repo.commit({"a.rs": b"// first\n", "c/f.h": b"int f(void);\n"})
    attributes = b"* filter=x diff=x merge=x whitespace=trailing-space ident working-tree-encoding=UTF-8\n"
    repo.commit({"a.rs": UNSAFE, ".gitattributes": attributes})
    for hook in HOOKS:
        shutil.copy(script, repo.folder / ".git" / "hooks" / hook)
    with open(repo.folder / ".git" / "config", "a") as config:
        places = {name: tmp_path / name for name in ("hooks", "attributes", "included")}
        config.write(CONFIG.format(run=script, **places))
    repo.write({"c/f.h": b"int f(int);\n"})
    (repo.folder / "a.rs").touch()
    return repo, witness


def test_the_trap_works(trap: tuple[Repo, Path]) -> None:
    """What follows proves nothing otherwise."""
    repo, witness = trap
    repo.git("status", ok=False)
    assert witness.exists()
    witness.unlink()
    repo.git("add", "-A", ok=False)
    assert witness.exists()


def test_nothing_that_the_repository_configures_runs(trap: tuple[Repo, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    repo, witness = trap
    before = state(repo.folder)
    for variable in (
        "GIT_EXTERNAL_DIFF",
        "GIT_PAGER",
        "GIT_SSH_COMMAND",
        "GIT_ASKPASS",
        "GIT_PROXY_COMMAND",
        "GIT_EDITOR",
    ):
        monkeypatch.setenv(variable, os.fspath(repo.folder.parent / "run"))
    found = read_in_every_way(repo.folder)
    assert found[0] == {"a.rs": UNSAFE, "c/f.h": b"int f(int);\n"}
    assert found[1] == {"a.rs": UNSAFE, "c/f.h": b"int f(void);\n"}
    assert found[-1] == {"a.rs": UNSAFE.replace(b"f()", b"g()"), "c/f.h": b"int f(void);\n"}
    assert not witness.exists()
    assert state(repo.folder) == before


def test_nothing_that_a_submodule_configures_runs(trap: tuple[Repo, Path], tmp_path: Path) -> None:
    inner, witness = trap
    outer = Repo(tmp_path / "outer")
    shutil.copytree(inner.folder, outer.folder / "deps")
    outer.git("update-index", "--add", "--cacheinfo", f"160000,{inner.git('rev-parse', 'HEAD')},deps")
    outer.write({"a.rs": UNSAFE})
    outer.git("add", "a.rs")
    for message in ("one", "two"):
        outer.git("commit", "-q", "--allow-empty", "-m", message)
    witness.unlink(missing_ok=True)
    before = state(outer.folder)
    for found in read_in_every_way(outer.folder):
        assert found["deps/a.rs"] == UNSAFE
    assert not witness.exists()
    assert state(outer.folder) == before


def test_contents_that_are_promised_are_not_fetched(trap: tuple[Repo, Path]) -> None:
    """A partial clone fetches what it lacks, by whatever its configuration says, as soon as it is asked for."""
    repo, witness = trap
    name = repo.git("rev-parse", "HEAD:a.rs")
    (repo.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    repo.git("cat-file", "-p", name, ok=False)
    assert witness.exists(), "git by itself would"
    witness.unlink()
    before = state(repo.folder)
    answer = open_revision(os.fspath(repo.folder), "HEAD").read("a.rs")
    assert isinstance(answer, Problem)
    for text in ("HEAD~1..HEAD", ""):
        with open_range(os.fspath(repo.folder), text) as found:
            contents(found.before), contents(found.after)
    with pytest.raises(RevisionError), open_range(os.fspath(repo.folder), patch=PATCH):
        pass
    assert not witness.exists()
    assert state(repo.folder) == before


@pytest.mark.parametrize(
    "setting",
    [
        "core.worktree=/",
        "core.worktree=/nonexistent",
        "core.bare=true",
        "core.sparseCheckout=true",
        "core.ignoreCase=true",
        "core.autocrlf=true",
        "diff.noprefix=true",
        "color.ui=always",
        "feature.manyFiles=true",
    ],
)
def test_no_setting_of_the_repository_changes_what_is_read(tmp_path: Path, setting: str) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"// first\n"})
    repo.commit({"a.rs": UNSAFE, "A b.c": b"int f;\n"})
    repo.write({"new.rs": UNSAFE})
    plain = read_in_every_way(repo.folder)
    repo.git("config", *setting.split("=", 1))
    before = state(repo.folder)
    assert read_in_every_way(repo.folder) == plain
    assert state(repo.folder) == before


def test_a_repository_of_another_owner(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"// first\n"})
    repo.commit({"a.rs": UNSAFE})
    for place, _, files in os.walk(repo.folder):
        for name in (".", *files):
            os.chown(os.path.join(place, name), 4242, 4242)
    read_in_every_way(repo.folder)


def test_what_the_caller_traces_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"// first\n"})
    repo.commit({"a.rs": UNSAFE})
    monkeypatch.setenv("GIT_TRACE", os.fspath(tmp_path / "trace"))
    monkeypatch.setenv("GIT_TRACE2_EVENT", os.fspath(tmp_path / "trace2"))
    read_in_every_way(repo.folder)
    assert not (tmp_path / "trace").exists()
    assert not (tmp_path / "trace2").exists()


def test_replacements_and_grafts_do_not_count(tmp_path: Path) -> None:
    """Either would show another history, or other files, than what everyone else has under these hashes."""
    repo = Repo(tmp_path / "repo")
    first = repo.commit({"a.rs": b"// first\n"})
    second = repo.commit({"a.rs": UNSAFE})
    other = repo.git("commit-tree", "-m", "x", repo.git("rev-parse", f"{first}^{{tree}}"))
    repo.git("replace", second, other)
    repo.git("replace", repo.git("rev-parse", "HEAD:a.rs"), repo.blob(b"// replaced\n"))
    (repo.folder / ".git" / "info").mkdir(exist_ok=True)
    (repo.folder / ".git" / "info" / "grafts").write_text(f"{second} {other}\n")
    with open_range(os.fspath(repo.folder), "HEAD~1...HEAD") as found:
        assert (contents(found.before), contents(found.after)) == ({"a.rs": b"// first\n"}, {"a.rs": UNSAFE})


# ---- no end


def test_trees_of_trees_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten trees, each ten times in the next: ten thousand million files in 2 KB."""
    monkeypatch.setattr("ffireview.sources.git.OUTPUT_LIMIT", 2_000_000)
    repo = Repo(tmp_path / "repo")
    tree = repo.tree([("100644", "blob", repo.blob(UNSAFE), b"%d.rs" % i) for i in range(10)])
    for _ in range(9):
        tree = repo.tree([("040000", "tree", tree, b"%d" % i) for i in range(10)])
    with pytest.raises(RevisionError, match="git printed more than 2000000 bytes"):
        open_revision(os.fspath(repo.folder), tree)


@pytest.mark.parametrize(
    ("place", "read"),
    [
        ("config", lambda folder: open_revision(folder, "HEAD")),
        ("config", lambda folder: open_range(folder).__enter__()),
        ("HEAD", lambda folder: open_revision(folder, "HEAD")),
        ("packed-refs", lambda folder: open_revision(folder, "main")),
        ("objects/info/alternates", lambda folder: open_revision(folder, "HEAD")),
    ],
    ids=["config", "config-of-a-range", "head", "refs", "alternates"],
)
def test_a_pipe_that_nobody_writes_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, read: Callable[[str], object]
) -> None:
    monkeypatch.setattr("ffireview.sources.git.SECONDS", 0.5)
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": UNSAFE})
    file = repo.folder / ".git" / place
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    with pytest.raises(RevisionError):
        read(os.fspath(repo.folder))


def test_a_folder_whose_git_hangs_is_read_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ffireview.sources.git.SECONDS", 0.5)
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": UNSAFE})
    repo.git("config", "include.path", os.fspath(tmp_path / "pipe"))
    os.mkfifo(tmp_path / "pipe")
    snapshot = open_folder(os.fspath(repo.folder))
    assert contents(snapshot) == {"a.rs": UNSAFE}
    assert [p.message for p in snapshot.listing().problems] == ["git took more than 0.5 s: every file is read"]


def test_contents_that_never_come_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ffireview.sources.objects.SECONDS", 0.5)
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": UNSAFE})
    snapshot = open_revision(os.fspath(repo.folder), "HEAD")
    snapshot.listing()
    os.mkfifo(repo.folder / ".git" / "objects" / "info" / "alternates")
    answer = snapshot.read("a.rs")
    assert isinstance(answer, Problem)
    assert answer.message == "git: git took more than 0.5 s"
    (repo.folder / ".git" / "objects" / "info" / "alternates").unlink()
    assert snapshot.read("a.rs") == UNSAFE


def test_a_repository_from_the_future(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": UNSAFE})
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.unheardOf", "true")
    with pytest.raises(RevisionError, match="unheardof"):
        open_revision(os.fspath(repo.folder), "HEAD")
    assert contents(open_folder(os.fspath(repo.folder))) == {"a.rs": UNSAFE}


def test_the_helper_repositories_of_the_package_hold_nothing() -> None:
    """They are what git is told when only objects matter; nothing may be written to them."""
    folder = Path(__file__).parent.parent / "ffireview" / "sources" / "empty"
    names = ("", "/HEAD", "/config", "/refs", "/refs/README")
    forms = sorted(f"{form}{name}" for form in ("sha1", "sha256") for name in names)
    assert sorted(state(folder)) == ["nothing", *forms]
    assert (folder / "nothing").read_bytes() == b""
