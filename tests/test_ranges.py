"""What is compared with what: ranges, the index, the working tree. Nothing of the repository is changed by it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from repositories import UNSAFE, Repo, state

from ffireview.model.place import Problem
from ffireview.model.snapshot import Snapshot
from ffireview.sources import objects
from ffireview.sources.range import Comparands, open_range
from ffireview.sources.repository import RevisionError

Contents = dict[str, bytes | Problem]


def contents(snapshot: Snapshot) -> Contents:
    return {entry.path: snapshot.read(entry.path) for entry in snapshot.listing().entries}


@contextmanager
def compared(repo: Repo, text: str = "", *, staged: bool = False, path: Path | None = None) -> Iterator[Comparands]:
    """What a range means; nothing of the repository changes over it, and no temporary file stays."""
    temporary = repo.folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    before = state(repo.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", os.fspath(temporary))
        with open_range(os.fspath(path or repo.folder), text, staged) as comparands:
            yield comparands
            contents(comparands.before), contents(comparands.after)
    assert os.listdir(temporary) == []
    assert state(repo.folder) == before


def sides(repo: Repo, text: str = "", *, staged: bool = False, path: Path | None = None) -> tuple[Contents, Contents]:
    with compared(repo, text, staged=staged, path=path) as found:
        return contents(found.before), contents(found.after)


def failure(folder: Path, text: str = "", *, staged: bool = False) -> str:
    with pytest.raises(RevisionError) as caught, open_range(os.fspath(folder), text, staged):
        pass
    return str(caught.value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Branches `main` and `topic` with two commits each after they part; something staged, something not."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"0", "deleted.rs": b"0"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"t.rs": b"1"})
    repo.commit({"t.rs": b"2"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a.rs": b"1"})
    repo.commit({"a.rs": b"2"})
    repo.write({"a.rs": b"staged"})
    repo.git("add", "a.rs")
    repo.write({"a.rs": b"working", "untracked.rs": b"new", ".gitignore": b"ignored.rs\n", "ignored.rs": b"ignored"})
    (repo.folder / "deleted.rs").unlink()
    return repo


# ---- every form of a range

WORKING = {"a.rs": b"working", "untracked.rs": b"new"}
HEAD, PARENT, FORK = ({"a.rs": a, "deleted.rs": b"0"} for a in (b"2", b"1", b"0"))
TOPIC = {"a.rs": b"0", "deleted.rs": b"0", "t.rs": b"2"}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("", HEAD, WORKING),
        ("HEAD~1", PARENT, WORKING),
        ("HEAD~1..HEAD", PARENT, HEAD),
        ("HEAD~1..", PARENT, HEAD),
        ("..topic", HEAD, TOPIC),
        ("topic..main", TOPIC, HEAD),
        ("main..topic", HEAD, TOPIC),
        ("main...topic", FORK, TOPIC),
        ("topic...", FORK, HEAD),
        ("main..main", HEAD, HEAD),
        ("main^{tree}..topic^{tree}", HEAD, TOPIC),
    ],
)
def test_a_range(repo: Repo, text: str, before: Contents, after: Contents) -> None:
    assert sides(repo, text) == (before, after)


@pytest.mark.parametrize(("text", "before"), [("", HEAD), ("HEAD~2", FORK), ("topic", TOPIC)])
def test_what_is_staged(repo: Repo, text: str, before: Contents) -> None:
    assert sides(repo, text, staged=True) == (before, {"a.rs": b"staged", "deleted.rs": b"0"})


def test_labels_and_commits(repo: Repo) -> None:
    full = repo.git("rev-parse", "HEAD")
    base = repo.git("merge-base", "main", "topic")
    with compared(repo, "main...topic") as found:
        assert found.before_label == f"merge base of main and topic ({base[:12]})"
        assert found.after_label == f"topic ({repo.git('rev-parse', 'topic')[:12]})"
        assert found.before_commit is not None
        assert (found.before_commit.hash, found.before_commit.date) == (base, "2023-11-14T22:13:20Z")
    with compared(repo) as found:
        assert (found.before_label, found.after_label) == (f"HEAD ({full[:12]})", "working tree")
        assert found.after_commit is None
    with compared(repo, full[:9], staged=True) as found:
        assert (found.before_label, found.after_label) == (full[:12], "index")


def test_a_commit_from_no_time_at_all(repo: Repo) -> None:
    tree = repo.git("rev-parse", "HEAD^{tree}")
    for number, time in enumerate(("99999999999999999999", "-1", "soon", "")):
        text = f"tree {tree}\nauthor A <a> 0 +0000\ncommitter C <c> {time} +0000\n\nmessage\n".encode()
        made = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=text)
        with compared(repo, f"{made}..HEAD") as found:
            assert found.before_commit is not None
            assert found.before_commit.date == ("1969-12-31T23:59:59Z" if number == 1 else "")


@pytest.mark.parametrize(
    "text", ["nowhere..HEAD", "HEAD..--output=x", "nowhere", "a..b..c", "..", "...", "HEAD....HEAD"]
)
def test_what_is_no_range_is_said_so(repo: Repo, text: str) -> None:
    before = state(repo.folder)
    assert "names no revision" in failure(repo.folder, text) or "is no range" in failure(repo.folder, text)
    assert state(repo.folder) == before


def test_a_range_of_what_is_staged_is_refused(repo: Repo) -> None:
    assert "goes one revision" in failure(repo.folder, "HEAD~1..HEAD", staged=True)


# ---- histories


def test_unrelated_histories(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "--orphan", "other")
    repo.commit({"o.rs": UNSAFE})
    assert failure(repo.folder, "main...other") == "main and other have no common commit"
    assert "o.rs" in sides(repo, "main..other")[1]


def test_a_tree_has_no_history(repo: Repo) -> None:
    assert "a tree has no history" in failure(repo.folder, "main^{tree}...topic")


def test_a_shallow_clone_does_not_know_where_branches_part(repo: Repo, tmp_path: Path) -> None:
    clone = Repo.clone(tmp_path / "clone", "--depth=1", "--no-single-branch", of=repo)
    message = failure(clone.folder, "origin/main...origin/topic")
    assert message.endswith("this clone is shallow, `git fetch --unshallow` brings the rest")
    assert sides(clone, "origin/main..origin/topic") == (HEAD, TOPIC)
    clone.git("fetch", "-q", "--unshallow")
    assert sides(clone, "origin/main...origin/topic") == (FORK, TOPIC)


def test_a_branch_without_a_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.write({"a.rs": b"staged"})
    repo.git("add", "-A")
    repo.write({"a.rs": b"working", "b.rs": b"new"})
    assert sides(repo, staged=True) == ({}, {"a.rs": b"staged"})
    assert sides(repo) == ({}, {"a.rs": b"working", "b.rs": b"new"})
    assert "branch 'main' has no commit yet" in failure(repo.folder, "HEAD", staged=True)


def test_a_detached_head(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "--detach", "topic")
    assert sides(repo, "HEAD~1..HEAD")[1] == TOPIC


# ---- the index


def test_an_empty_index_holds_nothing(repo: Repo) -> None:
    (repo.folder / ".git" / "index").unlink()
    assert sides(repo, staged=True) == (HEAD, {})


def test_a_conflict_is_a_problem_and_our_side_is_read(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "topic")
    repo.git("clean", "-qfdx")
    repo.commit({"a.rs": b"theirs", "deleted.rs": b"theirs"})
    repo.git("checkout", "-q", "main")
    repo.git("rm", "-q", "deleted.rs")
    repo.commit()
    repo.git("merge", "-q", "topic", ok=False)
    with compared(repo, staged=True) as found:
        assert contents(found.after) == {"a.rs": b"2", "deleted.rs": b"theirs", "t.rs": b"2"}
        assert [(p.path, p.kind.value) for p in found.after.listing().problems] == [
            ("a.rs", "unmerged"),
            ("deleted.rs", "unmerged"),
        ]


def test_a_file_that_is_only_announced_is_not_staged(repo: Repo) -> None:
    repo.write({"announced.rs": UNSAFE, "empty.rs": b""})
    repo.git("add", "-N", "announced.rs")
    repo.git("add", "empty.rs")
    assert sides(repo, staged=True)[1] == {"a.rs": b"staged", "deleted.rs": b"0", "empty.rs": b""}


def test_what_is_staged_meanwhile_does_not_count(repo: Repo) -> None:
    with open_range(os.fspath(repo.folder), staged=True) as found:
        repo.write({"late.rs": UNSAFE})
        repo.git("add", "-A")
        assert "late.rs" not in contents(found.after)


def test_a_split_index(repo: Repo) -> None:
    repo.git("update-index", "--split-index")
    repo.write({"b.rs": b"later"})
    repo.git("-c", "splitIndex.maxPercentChange=100", "add", "b.rs")
    assert sides(repo, staged=True)[1] == {"a.rs": b"staged", "deleted.rs": b"0", "b.rs": b"later"}


def test_a_sparse_checkout(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"in/a.rs": b"in", "out/b.rs": b"out", "out/c.txt": b"text"})
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    with compared(repo, staged=True) as found:
        assert contents(found.after) == {"in/a.rs": b"in", "out/b.rs": b"out"}
    with compared(repo) as found:
        assert contents(found.after) == {"in/a.rs": b"in"}
        assert [p.message for p in found.after.listing().problems] == [
            "sparse checkout: 1 tracked files are not in the working tree"
        ]


def test_a_submodule_that_is_staged(repo: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.commit({"i.rs": UNSAFE})
    repo.git("submodule", "add", "-q", os.fspath(inner.folder), "deps")
    assert sides(repo, staged=True)[1]["deps/i.rs"] == UNSAFE


@pytest.mark.parametrize(
    "arguments", [("-a",), ("a.rs",), ("--only", "a.rs"), ()], ids=["all", "file", "only", "staged"]
)
def test_a_hook_sees_what_is_about_to_be_committed(repo: Repo, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """`git commit -a` and `git commit FILE` prepare another index than the one that `git add` writes to."""
    program = (
        "import sys\n"
        "from ffireview.sources.range import open_range\n"
        f"with open_range({os.fspath(repo.folder)!r}, staged=True) as found:\n"
        f"    open({os.fspath(tmp_path / 'seen')!r}, 'wb').write(found.after.read('a.rs'))\n"
    )
    (tmp_path / "hook.py").write_text(program)
    hook = repo.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} {tmp_path / 'hook.py'}\n")
    hook.chmod(0o755)
    root = Path(__file__).parent.parent
    repo.git("commit", "-q", "-m", "hooked", *arguments, PYTHONPATH=os.fspath(root))
    assert (tmp_path / "seen").read_bytes() == (b"working" if arguments else b"staged")
    assert repo.git("show", "HEAD:a.rs").encode() == (tmp_path / "seen").read_bytes()


def test_an_index_from_elsewhere_does_not_count(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Repo(tmp_path / "other")
    other.commit({"other.rs": UNSAFE})
    monkeypatch.setenv("GIT_INDEX_FILE", os.fspath(other.folder / ".git" / "index"))
    monkeypatch.setenv("GIT_DIR", os.fspath(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", os.fspath(other.folder))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", os.fspath(other.folder / ".git" / "objects"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.worktree=/'")
    with open_range(os.fspath(repo.folder), staged=True) as found:
        assert contents(found.after) == {"a.rs": b"staged", "deleted.rs": b"0"}
    with open_range(os.fspath(repo.folder)) as found:
        assert contents(found.after) == WORKING


# ---- where the repository is


def test_a_folder_below_the_top(repo: Repo) -> None:
    repo.git("reset", "-q", "--hard")
    repo.commit({"sub/s.rs": b"1", "sub/deep/d.c": b"1"})
    repo.write({"sub/s.rs": b"2"})
    repo.git("add", "-A")
    repo.write({"sub/s.rs": b"3"})
    folder = repo.folder / "sub"
    assert sides(repo, path=folder) == ({"deep/d.c": b"1", "s.rs": b"1"}, {"deep/d.c": b"1", "s.rs": b"3"})
    assert sides(repo, staged=True, path=folder)[1] == {"deep/d.c": b"1", "s.rs": b"2"}
    assert sides(repo, "HEAD~1..HEAD", path=folder) == ({}, {"deep/d.c": b"1", "s.rs": b"1"})
    assert sides(repo, path=folder / "s.rs") == ({"s.rs": b"1"}, {"s.rs": b"3"})


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    bare = Repo.clone(tmp_path / "bare.git", "--mirror", of=repo)
    assert sides(bare, "main...topic") == (FORK, TOPIC)
    assert "has no working tree" in failure(bare.folder)
    assert "has nothing staged" in failure(bare.folder, staged=True)


def test_a_linked_work_tree_has_its_own_index(repo: Repo, tmp_path: Path) -> None:
    linked = Repo.__new__(Repo)
    linked.folder = tmp_path / "linked"
    repo.git("worktree", "add", "-q", os.fspath(linked.folder), "topic")
    linked.write({"a.rs": b"linked"})
    linked.git("add", "-A")
    assert sides(linked, staged=True) == (TOPIC, TOPIC | {"a.rs": b"linked"})
    assert sides(linked, "main...HEAD") == (FORK, TOPIC)


def test_a_folder_in_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.rs").write_bytes(UNSAFE)
    assert "not in a git repository" in failure(tmp_path)


def test_without_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert failure(repo.folder) == "git is not installed"


def test_a_folder_for_temporary_files_that_is_not_there(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    assert failure(repo.folder, staged=True).startswith("/nonexistent/ffireview-")
    assert repo.git("status", "--porcelain")
    with open_range(os.fspath(repo.folder)) as found:
        assert len(found.after.listing().entries) == 2


def test_a_git_that_is_too_old(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git rev-parse` repeats an option that it does not know."""
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho --path-format=absolute\necho sha1\necho .git/objects\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    assert failure(repo.folder).endswith("git is too old: 2.32 or newer is needed")


def test_line_ends_of_a_checkout_are_told_as_they_are(tmp_path: Path) -> None:
    """The working tree is what is on the disk: with `eol=crlf` it differs from what is committed, byte for byte."""
    repo = Repo(tmp_path / "repo")
    repo.commit({".gitattributes": b"*.rs text eol=crlf\n", "a.rs": b"1\n2\n", "b.c": b"1\n"})
    (repo.folder / "a.rs").unlink()
    repo.git("checkout", "-q", "--", "a.rs")
    assert sides(repo) == ({"a.rs": b"1\n2\n", "b.c": b"1\n"}, {"a.rs": b"1\r\n2\r\n", "b.c": b"1\n"})


def test_a_snapshot_read_in_a_forked_process(repo: Repo) -> None:
    """A worker starts its own `cat-file`, whatever its parent has open."""
    with compared(repo, "main...topic") as found:
        assert found.after.read("t.rs") == b"2"
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            answer = found.after.read("t.rs")
            os.write(writing, answer if isinstance(answer, bytes) else b"problem")
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(reading, 10) == b"2"
        assert found.before.read("a.rs") == b"0"
        os.close(reading)
        os.close(writing)


def test_nothing_stays_running(repo: Repo) -> None:
    with compared(repo, "main...topic") as found:
        contents(found.after)
        started = [reader._process for reader in objects._readers.values()]
        assert started
    assert {process.poll() is None for process in started} == {False}
