"""A repository as it is in one revision: its files by their hashes, and why a revision or a content is not there."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import UNSAFE, Repo, state

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Snapshot
from ffireview.sources import open_folder
from ffireview.sources.files import encode
from ffireview.sources.git import Repository, Store
from ffireview.sources.objects import close_readers
from ffireview.sources.range import open_revision
from ffireview.sources.repository import RevisionError
from ffireview.sources.revision import RevisionSnapshot

CLEAN, USAGE, INCOMPLETE, NOTHING = 0, 2, 3, 4
C = b"int f(int n);\n"


def ffireview(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ffireview", *map(os.fspath, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


def contents(snapshot: Snapshot) -> dict[str, bytes | Problem]:
    return {entry.path: snapshot.read(entry.path) for entry in snapshot.listing().entries}


def problems(snapshot: Snapshot) -> set[tuple[str, str]]:
    return {(problem.path, problem.kind.value) for problem in snapshot.listing().problems}


def failure(folder: Path, name: str) -> str:
    with pytest.raises(RevisionError) as caught:
        open_revision(os.fspath(folder), name)
    return str(caught.value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two commits; the working tree differs from both."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"// one\n", "gone.rs": UNSAFE, "c/f.h": C, "README.md": b"unsafe\n"}, "one")
    repo.git("rm", "-q", "gone.rs")
    repo.commit({"a.rs": b"// two\n"}, "two")
    repo.write({"a.rs": b"// three\n", "new.rs": UNSAFE})
    return repo


# ---- what a revision holds


def test_a_revision_holds_its_own_files_whatever_the_working_tree_is_like(repo: Repo) -> None:
    one, two = (open_revision(os.fspath(repo.folder), name) for name in ("HEAD~1", "HEAD"))
    assert contents(one) == {"a.rs": b"// one\n", "c/f.h": C, "gone.rs": UNSAFE}
    assert contents(two) == {"a.rs": b"// two\n", "c/f.h": C}


def test_an_entry_tells_size_and_hash_of_its_content(repo: Repo) -> None:
    entries = open_revision(os.fspath(repo.folder), "HEAD").listing().entries
    assert [(e.path, e.size, e.content) for e in entries] == [
        ("a.rs", 7, repo.git("rev-parse", "HEAD:a.rs")),
        ("c/f.h", len(C), repo.git("rev-parse", "HEAD:c/f.h")),
    ]


@pytest.mark.parametrize(
    "name", ["HEAD", "@", "main", "tagged", "light", "HEAD^0", "tree", "hash", "short", "main^{tree}"]
)
def test_a_revision_may_be_named_in_many_ways(repo: Repo, name: str) -> None:
    repo.git("tag", "light")
    repo.git("tag", "-a", "-m", "text", "tagged")
    full = repo.git("rev-parse", "HEAD")
    name = {"hash": full, "short": full[:7], "tree": repo.git("rev-parse", "HEAD^{tree}")}.get(name, name)
    assert contents(open_revision(os.fspath(repo.folder), name))["a.rs"] == b"// two\n"


def test_a_detached_head(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "--detach", "HEAD~1")
    assert "gone.rs" in contents(open_revision(os.fspath(repo.folder), "HEAD"))


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=["sha1", "sha256"])
def test_a_clean_checkout_and_its_revision_give_the_same_bytes(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = Repo(tmp_path / "repo", *options)
    item = 'pub unsafe fn f{0}() {{}}\nextern "C" {{ fn store_{0}(n: u32); }}\n'
    files = {f"src/m{i}.rs": item.format(i).encode() + b"// much\n" * 5_000 for i in range(8)}
    files |= {
        "c/store.h": b"\nint store_1(unsigned n);\n",
        "Cargo.toml": b'[package]\nname = "x"\n',
        "big.rs": b"\xff\0",
    }
    repo.write(files)
    for link, target in (("in.rs", "src/m1.rs"), ("out.rs", "../elsewhere.rs"), ("src/up.rs", "../c/../big.rs")):
        (repo.folder / link).symlink_to(target)
    (repo.folder / "folder.rs").symlink_to("src")
    (repo.folder / "src" / "through.rs").symlink_to("../folder.rs/m2.rs")
    (repo.folder / "loop.rs").symlink_to("loop.rs")
    repo.commit()
    runs = (("-j", "1"), ("-j", "1", "--rev", "HEAD"), ("-j", "2", "--rev", "HEAD"))
    outputs = [ffireview("scan", repo.folder, "-f", "json", *run) for run in runs]
    assert len({done.stdout for done in outputs}) == 1
    assert {done.returncode for done in outputs} == {CLEAN}
    found = {(p["path"], p["kind"]) for p in json.loads(outputs[0].stdout)["problems"]}
    assert {("out.rs", "symlink-out"), ("loop.rs", "symlink-out")} <= found
    assert not {"in.rs", "folder.rs", "src/up.rs", "src/through.rs"} & {path for path, _ in found}


def test_boundary_reads_the_revision(repo: Repo) -> None:
    repo.commit({"a.rs": b'extern "C" { fn f(n: i32) -> i32; }\n'})
    repo.write({"a.rs": b"// nothing\n"})
    now, then = (ffireview("boundary", repo.folder, "-f", "json", *more).stdout for more in ((), ("--rev", "HEAD")))
    assert [c["symbol"] for c in json.loads(then)["crossings"]] == ["f"]
    assert json.loads(now)["crossings"] == []


def test_show_reads_the_code_of_the_revision(repo: Repo) -> None:
    done = ffireview("show", "gone.rs:1", repo.folder, "--rev", "HEAD~1")
    assert done.returncode == CLEAN
    assert UNSAFE.strip() in done.stdout
    assert ffireview("show", "gone.rs:1", repo.folder).returncode == USAGE


@pytest.mark.parametrize(
    "name", [b"a b.rs", b"a\nb.rs", b"caf\xe9.rs", b"-n.rs", b"\x1b[31m.rs", b'"q".rs', b"\\xff.rs", b":(x).rs"]
)
def test_a_strange_file_name_is_read(tmp_path: Path, name: bytes) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({name: UNSAFE, b"sub/" + name: UNSAFE})
    snapshot = open_revision(os.fspath(repo.folder), "HEAD")
    assert list(contents(snapshot).values()) == [UNSAFE, UNSAFE]
    assert [e.path for e in snapshot.listing().entries] == [
        e.path for e in open_folder(os.fspath(repo.folder)).listing().entries
    ]


def test_names_that_no_checkout_could_have_are_problems_and_not_read(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    blob = repo.blob(UNSAFE)
    inner = repo.tree([("100644", "blob", blob, b"x.rs")])
    folders = [("040000", "tree", inner, name) for name in (b"..", b".", b".git", b".GIT")]
    names = [("100644", "blob", blob, name) for name in (b"../../up.rs", b"/etc/up.rs", b"ok.rs", b"ok.rs")]
    snapshot = open_revision(os.fspath(repo.folder), repo.tree([*folders, *names]))
    assert contents(snapshot) == {"ok.rs": UNSAFE}
    assert len(problems(snapshot)) == 7
    assert {kind for _, kind in problems(snapshot)} == {"unreadable"}


def test_no_two_names_read_the_same(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    names = (b"a\xff", b"a\\xff", b"a\\x5cxff", b"a\\\xff", b"a\\", b"a\\x")
    repo.commit({name + b".rs": name for name in names})
    for snapshot in (open_revision(os.fspath(repo.folder), "HEAD"), open_folder(os.fspath(repo.folder))):
        assert sorted(contents(snapshot).values()) == sorted(names)
        assert {encode(entry.path) for entry in snapshot.listing().entries} == {name + b".rs" for name in names}


# ---- where the repository is


def test_a_folder_below_the_top_is_read_alone(repo: Repo) -> None:
    assert contents(open_revision(os.fspath(repo.folder / "c"), "HEAD")) == {"f.h": C}


def test_a_single_file_is_read_alone(repo: Repo) -> None:
    assert contents(open_revision(os.fspath(repo.folder / "c" / "f.h"), "HEAD")) == {"f.h": C}
    assert contents(open_revision(os.fspath(repo.folder / "gone.rs"), "HEAD~1")) == {"gone.rs": UNSAFE}


def test_a_folder_that_only_the_revision_has(repo: Repo) -> None:
    repo.git("rm", "-rq", "c")
    repo.git("commit", "-qm", "three")
    assert contents(open_revision(os.fspath(repo.folder / "c"), "HEAD~1")) == {"f.h": C}
    assert "c: not in HEAD (" in failure(repo.folder / "c", "HEAD")


def test_a_folder_with_a_name_that_looks_like_a_pattern(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"[ab]*/a.rs": UNSAFE, "aaa/b.rs": UNSAFE, ":(top)x/c.rs": UNSAFE})
    assert list(contents(open_revision(os.fspath(repo.folder / "[ab]*"), "HEAD"))) == ["a.rs"]
    assert list(contents(open_revision(os.fspath(repo.folder / ":(top)x"), "HEAD"))) == ["c.rs"]


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    bare = Repo.clone(tmp_path / "bare.git", "--bare", of=repo)
    assert contents(open_revision(os.fspath(bare.folder), "HEAD"))["a.rs"] == b"// two\n"
    assert ffireview("scan", bare.folder, "--rev", "HEAD~1").returncode == CLEAN


def test_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    repo.git("worktree", "add", "-q", "--detach", os.fspath(linked), "HEAD~1")
    assert "gone.rs" in contents(open_revision(os.fspath(linked), "HEAD"))
    assert list(contents(open_revision(os.fspath(linked / "c"), "main"))) == ["f.h"]


def test_a_folder_in_no_repository(tmp_path: Path) -> None:
    assert "not in a git repository" in failure(tmp_path, "HEAD")


def test_a_broken_repository_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"nonsense")
    assert "not in a git repository" in failure(tmp_path, "HEAD")


# ---- revisions that are not there


@pytest.mark.parametrize(
    "name", ["nowhere", "HEAD~7", "--output=x", "-h", "--", "^HEAD", "HEAD^@", "", "a\0b", "HEAD:a.rs", "@{u}"]
)
def test_what_is_no_revision_is_said_so(repo: Repo, name: str) -> None:
    before = state(repo.folder)
    assert repr(name) in failure(repo.folder, name)
    assert state(repo.folder) == before
    assert not (repo.folder / "x").exists()


def test_a_range_is_no_revision(repo: Repo) -> None:
    assert failure(repo.folder, "HEAD~1..HEAD") == "'HEAD~1..HEAD' is a range; one revision is wanted"


def test_an_unknown_revision_on_the_command_line(repo: Repo) -> None:
    done = ffireview("scan", repo.folder, "--rev", "nowhere")
    assert (done.returncode, done.stdout) == (USAGE, b"")
    assert done.stderr == b"ffireview: 'nowhere' names no revision of this repository\n"


def test_a_branch_that_only_the_remote_has_is_suggested(repo: Repo, tmp_path: Path) -> None:
    repo.git("branch", "topic")
    clone = Repo.clone(tmp_path / "clone", of=repo)
    assert failure(clone.folder, "topic").endswith("did you mean origin/topic?")


def test_a_branch_and_a_tag_of_one_name_are_ambiguous(repo: Repo) -> None:
    repo.git("branch", "v1", "HEAD~1")
    repo.git("tag", "v1")
    assert failure(repo.folder, "v1") == "'v1' is ambiguous; say refs/heads/v1 or refs/tags/v1"
    assert "gone.rs" in contents(open_revision(os.fspath(repo.folder), "refs/heads/v1"))


def test_the_start_of_several_hashes_is_ambiguous(repo: Repo) -> None:
    tree = repo.git("rev-parse", "HEAD^{tree}")
    starts: dict[str, str] = {}
    for number in range(5_000):
        made = repo.git("commit-tree", "-m", str(number), tree)
        if made[:4] in starts:
            break
        starts[made[:4]] = made
    message = failure(repo.folder, made[:4])
    assert "is ambiguous, the start of" in message
    assert made in message
    assert starts[made[:4]] in message


def test_a_branch_without_a_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.write({"a.rs": UNSAFE})
    assert failure(repo.folder, "HEAD") == "'HEAD' names nothing: branch 'main' has no commit yet"


def test_a_shallow_clone_says_what_brings_more(repo: Repo, tmp_path: Path) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("tag", "old", first)
    clone = Repo.clone(tmp_path / "clone", "--depth=1", "--single-branch", "--no-tags", of=repo)
    assert contents(open_revision(os.fspath(clone.folder), "HEAD"))["a.rs"] == b"// two\n"
    assert "shallow: `git fetch --deepen=1`" in failure(clone.folder, "HEAD~1")
    assert "shallow: `git fetch --deepen=3`" in failure(clone.folder, "HEAD~2^")
    assert f"shallow: `git fetch --depth=1 origin {first}`" in failure(clone.folder, first)
    assert "`git fetch --unshallow`" in failure(clone.folder, "old")
    clone.git("fetch", "-q", "--depth=1", "origin", first)
    assert "gone.rs" in contents(open_revision(os.fspath(clone.folder), first))


def test_a_hash_that_is_not_in_the_clone(repo: Repo) -> None:
    assert f"commit {'a' * 40} is not in this clone" in failure(repo.folder, "a" * 40)


# ---- contents that are not there


def test_contents_that_a_partial_clone_lacks_are_problems_and_not_fetched(repo: Repo, tmp_path: Path) -> None:
    clone = Repo.clone(tmp_path / "clone", "--filter=blob:none", "--no-checkout", of=repo)
    before = state(clone.folder)
    snapshot = open_revision(os.fspath(clone.folder), "HEAD")
    answers = contents(snapshot)
    assert list(answers) == ["a.rs", "c/f.h"]
    for answer in answers.values():
        assert isinstance(answer, Problem)
        assert (answer.kind, "not in this clone" in answer.message) == (ProblemKind.UNREADABLE, True)
    assert ffireview("scan", clone.folder, "--rev", "HEAD").returncode == INCOMPLETE
    assert state(clone.folder) == before


def test_trees_that_a_partial_clone_lacks_are_a_failure(repo: Repo, tmp_path: Path) -> None:
    clone = Repo.clone(tmp_path / "clone", "--filter=tree:0", "--no-checkout", of=repo)
    before = state(clone.folder)
    assert failure(clone.folder, "HEAD")
    assert state(clone.folder) == before


def test_a_damaged_object_is_a_problem_and_the_others_are_read(repo: Repo) -> None:
    name = repo.git("rev-parse", "HEAD:a.rs")
    loose = repo.folder / ".git" / "objects" / name[:2] / name[2:]
    snapshot = open_revision(os.fspath(repo.folder), "HEAD")
    assert snapshot.read("a.rs") == b"// two\n"
    close_readers()
    loose.chmod(0o644)
    loose.write_bytes(b"nonsense")
    assert isinstance(snapshot.read("a.rs"), Problem)
    assert snapshot.read("c/f.h") == C
    assert isinstance(snapshot.read("a.rs"), Problem)


def test_a_tree_or_commit_in_the_place_of_a_file_is_a_problem(repo: Repo) -> None:
    tree = repo.git("rev-parse", "HEAD^{tree}")
    snapshot = open_revision(os.fspath(repo.folder), repo.tree([("100644", "blob", tree, b"a.rs")]))
    answer = snapshot.read("a.rs")
    assert isinstance(answer, Problem)
    assert "a tree under its hash" in answer.message


def test_a_huge_file_is_not_read(repo: Repo) -> None:
    with open(repo.folder / "huge.rs", "wb") as file:
        file.truncate(64_000_001)
    repo.commit()
    answer = open_revision(os.fspath(repo.folder), "HEAD").read("huge.rs")
    assert isinstance(answer, Problem)
    assert answer.kind is ProblemKind.TOO_LARGE


def test_a_file_that_the_revision_does_not_have(repo: Repo) -> None:
    assert isinstance(open_revision(os.fspath(repo.folder), "HEAD").read("new.rs"), Problem)


def test_a_snapshot_of_no_repository_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    none = os.fspath(tmp_path / "none")
    snapshot = RevisionSnapshot(Repository(none), Store(none, "sha1"), "a" * 40)
    assert problems(snapshot) == {(".", "unreadable")}
    assert isinstance(snapshot.read("a.rs"), Problem)


def test_a_snapshot_travels_to_another_process_in_few_bytes(repo: Repo) -> None:
    repo.commit({f"m{i}.rs": UNSAFE for i in range(500)})
    snapshot = open_revision(os.fspath(repo.folder), "HEAD")
    sent = pickle.dumps(snapshot)
    assert len(sent) < 1_000
    program = "import pickle, sys; print(pickle.load(sys.stdin.buffer).read('m1.rs'))"
    done = subprocess.run([sys.executable, "-c", program], input=sent, capture_output=True, check=True)
    assert done.stdout.decode().strip() == repr(UNSAFE)


# ---- submodules


@pytest.fixture
def nested(tmp_path: Path) -> Repo:
    """A repository with a submodule that has one itself."""
    innermost, inner, outer = (Repo(tmp_path / name) for name in ("innermost", "inner", "outer"))
    innermost.commit({"i.rs": b"// innermost\n"})
    inner.commit({"c.rs": b"// inner\n"})
    inner.git("submodule", "add", "-q", os.fspath(innermost.folder), "deep")
    inner.commit()
    outer.commit({"a.rs": b"// outer\n"})
    outer.git("submodule", "add", "-q", "--name", "title", os.fspath(inner.folder), "deps/x")
    outer.git("submodule", "update", "-q", "--init", "--recursive")
    outer.commit()
    return outer


NESTED = {"a.rs": b"// outer\n", "deps/x/c.rs": b"// inner\n", "deps/x/deep/i.rs": b"// innermost\n"}


def test_submodules_are_read_where_they_are_checked_out(nested: Repo) -> None:
    snapshot = open_revision(os.fspath(nested.folder), "HEAD")
    assert (contents(snapshot), problems(snapshot)) == (NESTED, set())
    scans = [ffireview("scan", nested.folder, "-f", "json", *more).stdout for more in ((), ("--rev", "HEAD"))]
    assert scans[0] == scans[1]


def test_submodules_are_read_where_git_keeps_them(nested: Repo) -> None:
    nested.git("submodule", "deinit", "-q", "-f", "deps/x")
    assert contents(open_revision(os.fspath(nested.folder), "HEAD")) == NESTED
    assert contents(open_revision(os.fspath(nested.folder / "deps"), "HEAD")) == {
        path.removeprefix("deps/"): content for path, content in NESTED.items() if path != "a.rs"
    }


def test_submodules_seen_from_a_linked_work_tree(nested: Repo, tmp_path: Path) -> None:
    nested.git("worktree", "add", "-q", os.fspath(tmp_path / "linked"))
    assert contents(open_revision(os.fspath(tmp_path / "linked"), "HEAD")) == NESTED


def test_a_submodule_is_read_at_the_commit_that_the_revision_names(nested: Repo) -> None:
    inner = Repo.clone(nested.folder.parent / "again", of=Repo(nested.folder.parent / "inner"))
    inner.commit({"c.rs": b"// newer\n"})
    inner.git("push", "-q", "origin", "HEAD:refs/heads/newer")
    nested.git("-C", "deps/x", "fetch", "-q", "origin")
    nested.git("-C", "deps/x", "checkout", "-q", "origin/newer")
    nested.commit()
    old, new = (open_revision(os.fspath(nested.folder), name) for name in ("HEAD~1", "HEAD"))
    assert (old.read("deps/x/c.rs"), new.read("deps/x/c.rs")) == (b"// inner\n", b"// newer\n")


def test_a_submodule_that_is_not_here_is_a_problem(nested: Repo, tmp_path: Path) -> None:
    clone = Repo.clone(tmp_path / "clone", of=nested)
    snapshot = open_revision(os.fspath(clone.folder), "HEAD")
    assert (list(contents(snapshot)), problems(snapshot)) == (["a.rs"], {("deps/x", "submodule-absent")})
    scans = [ffireview("scan", clone.folder, "-f", "json", *more).stdout for more in ((), ("--rev", "HEAD"))]
    assert scans[0] == scans[1]


def test_a_commit_that_the_submodule_lacks_is_a_problem(nested: Repo) -> None:
    nested.git("update-index", "--cacheinfo", f"160000,{'b' * 40},deps/x")
    nested.git("commit", "-qm", "bump")
    snapshot = open_revision(os.fspath(nested.folder), "HEAD")
    assert [p.message for p in snapshot.listing().problems] == [
        "commit bbbbbbbbbbbb of the submodule is not in its clone"
    ]


@pytest.mark.parametrize(
    "title", ["../../../elsewhere/.git", "/elsewhere/.git", "a/../../../../elsewhere/.git", ".git"]
)
def test_a_submodule_cannot_lead_to_another_repository(tmp_path: Path, title: str) -> None:
    other, repo = Repo(tmp_path / "elsewhere"), Repo(tmp_path / "repo")
    commit = other.commit({"secret.rs": UNSAFE})
    title = title.replace("/elsewhere", os.fspath(tmp_path / "elsewhere")) if title.startswith("/") else title
    modules = f'[submodule "{title}"]\n\tpath = deps\n\turl = x\n'.encode()
    tree = repo.tree(
        [
            ("100644", "blob", repo.blob(modules), b".gitmodules"),
            ("160000", "commit", commit, b"../elsewhere"),
            ("160000", "commit", commit, b"deps"),
        ]
    )
    (repo.folder / ".git" / "modules").mkdir()
    snapshot = open_revision(os.fspath(repo.folder), tree)
    assert contents(snapshot) == {}
    assert problems(snapshot) == {("deps", "submodule-absent"), ("../elsewhere", "submodule-absent")}


def test_submodules_of_submodules_end(tmp_path: Path) -> None:
    """Each commit has the one before it as a submodule ten times over, and all are in one repository."""
    repo = Repo(tmp_path / "repo")
    commit = repo.commit({"a.rs": UNSAFE})
    (repo.folder / ".git" / "modules").mkdir()
    (repo.folder / ".git" / "modules" / "again").symlink_to("..")
    modules = b"".join(b'[submodule "again"]\n\tpath = s%d\n' % i for i in range(10))
    for _ in range(12):
        names = sorted(f"s{i}".encode() for i in range(10))
        rows = [("160000", "commit", commit, name) for name in names]
        tree = repo.tree([("100644", "blob", repo.blob(modules), b".gitmodules"), *rows])
        commit = repo.git("commit-tree", "-m", "x", tree)
    assert "submodule-absent" in {kind for _, kind in problems(open_revision(os.fspath(repo.folder), commit))}
