"""Trees that no one should make, and that someone will: nothing crashes, nothing is silently left out."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ffireview.model.place import Problem, ProblemKind
from ffireview.sources import open_folder

CLEAN, INCOMPLETE, NOTHING = 0, 3, 4
UNSAFE = b"pub unsafe fn f() {}\n"


def scan(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ffireview", "scan", os.fspath(folder), *arguments]
    return subprocess.run(command, capture_output=True, env=environment, timeout=120, check=False)


class Run:
    """`ffireview scan -f json` of a folder: its exit code, problems by file, and the files that hold sites."""

    def __init__(self, folder: Path, *arguments: str, path: str | None = None) -> None:
        environment = {**os.environ} if path is None else {**os.environ, "PATH": path}
        done = scan(folder, "-f", "json", "--jobs", "1", *arguments, environment=environment)
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr.decode()
        assert "Traceback" not in self.err
        document = json.loads(self.out)
        self.problems = {(p["path"], p["kind"]) for p in document["problems"]}
        self.sites = {row["site"]["span"]["path"] for row in document["sites"]}
        self.crossings = {c["symbol"]: c for c in document["crossings"]}


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *settings, "-C", os.fspath(folder), *arguments], check=True, capture_output=True)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


# ---- bytes that are no text


def test_invalid_utf8_is_reported_and_read_all_the_same(tmp_path: Path) -> None:
    run = Run(write(tmp_path, {"a.rs": b"// caf\xe9\n" + UNSAFE, "b.rs": b'const X: &[u8] = b"\xff\xfe";\n' + UNSAFE}))
    assert (run.code, run.sites) == (CLEAN, {"a.rs", "b.rs"})
    assert run.problems == {("a.rs", "invalid-utf8"), ("b.rs", "invalid-utf8")}


def test_nul_bytes_are_reported_and_hide_nothing(tmp_path: Path) -> None:
    run = Run(write(tmp_path, {"a.rs": b"// \0\0\n" + UNSAFE}))
    assert run.sites == {"a.rs"}
    assert ("a.rs", "not-text") in run.problems


def test_utf16_is_reported(tmp_path: Path) -> None:
    run = Run(write(tmp_path, {"a.rs": UNSAFE.decode().encode("utf-16"), "b.rs": UNSAFE}))
    assert ("a.rs", "not-text") in run.problems
    assert run.sites == {"b.rs"}


def test_windows_line_ends_move_no_line(tmp_path: Path) -> None:
    files = {
        "a.rs": b"/// # Safety\n/// Never null.\npub unsafe fn f() {\n    // SAFETY: as said.\n    unsafe { g() }\n}\n",
        "b.rs": b'extern "C" {\n    fn store_put(n: u32);\n}\n',
        "c/store.h": b"#pragma once\nvoid\nstore_put(unsigned n);\n",
    }
    run = Run(write(tmp_path, {name: text.replace(b"\n", b"\r\n") for name, text in files.items()}))
    sites = [row["site"] for row in json.loads(run.out)["sites"]]
    argued = {(site["kind"], site["span"]["line"]) for site in sites if site["safety"]}
    assert argued == {("unsafe-fn", 3), ("unsafe-block", 5)}
    assert [a["span"]["line"] for a in run.crossings["store_put"]["foreign"]] == [2]


def test_text_that_ends_in_the_middle(tmp_path: Path) -> None:
    cut = [b'let s = "unsafe {', b"/* unsafe", b'r#"unsafe', b"fn f() { unsafe {", b"unsafe", b"'", b"unsafe impl"]
    run = Run(write(tmp_path, {f"{i}.rs": text for i, text in enumerate(cut)} | {"ok.rs": UNSAFE}))
    assert run.code in (CLEAN, INCOMPLETE)
    assert "ok.rs" in run.sites
    assert not {"0.rs", "1.rs", "2.rs", "5.rs"} & run.sites


@pytest.mark.parametrize(
    "text",
    [
        b"fn f() { " + b"(" * 10_000 + b")" * 10_000 + b" }\n" + UNSAFE,
        b"fn f() { " + b"{" * 10_000 + b"}" * 10_000 + b" }\n" + UNSAFE,
        b"fn f() { " + b"unsafe {" * 10_000 + b"}" * 10_000 + b" }\n" + UNSAFE,
        b"fn f() { " + b"m!(" * 10_000 + b"unsafe {}" + b")" * 10_000 + b" }\n" + UNSAFE,
        b"type T = " + b"Vec<" * 10_000 + b"u8" + b">" * 10_000 + b";\n" + UNSAFE,
        b"(" * 10_000 + UNSAFE,
        b"/*" * 10_000 + b"*/" * 10_000 + UNSAFE,
        b"#[a]" * 10_000 + UNSAFE,
        b"mod m { " * 3_000 + UNSAFE + b"}" * 3_000,
    ],
    ids=[
        "parentheses",
        "blocks",
        "unsafe-blocks",
        "macros",
        "generics",
        "never-closed",
        "comments",
        "attributes",
        "modules",
    ],
)
def test_deep_nesting_ends_in_time(tmp_path: Path, text: bytes) -> None:
    start = time.monotonic()
    run = Run(write(tmp_path, {"deep.rs": text}))
    assert run.sites == {"deep.rs"}
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    "text",
    [
        b"int store_put(int n) { return " + b"(" * 10_000 + b"1" + b")" * 10_000 + b"; }\n",
        b"int store_put(int n) " + b"{" * 10_000 + b"}" * 10_000 + b"\n",
        b"#if A\n" * 10_000 + b"int store_put(int n);\n" + b"#endif\n" * 10_000,
        b"int store_put(" + b"int a, " * 10_000 + b"int n);\n",
        b"struct s {" * 10_000 + b"}" * 10_000 + b";\nint store_put(int n);\n",
        b"A(" * 10_000 + b"\nint store_put(int n);\n",
        b"a " * 200_000 + b"\nint store_put(int n);\n",
        b"a* " * 100_000 + b"\nint store_put(int n);\n",
    ],
    ids=["parentheses", "blocks", "conditions", "parameters", "structs", "never-closed", "words", "stars"],
)
def test_deep_nesting_in_c_ends_in_time(tmp_path: Path, text: bytes) -> None:
    start = time.monotonic()
    run = Run(write(tmp_path, {"lib.rs": b'extern "C" { fn store_put(n: i32) -> i32; }\n', "c/deep.c": b"\n" + text}))
    assert "store_put" in run.crossings
    assert time.monotonic() - start < 60


# ---- files that are no files


def test_a_link_loop_ends(tmp_path: Path) -> None:
    write(tmp_path, {"src/a.rs": UNSAFE})
    (tmp_path / "src" / "again").symlink_to(tmp_path)
    (tmp_path / "self.rs").symlink_to("self.rs")
    run = Run(tmp_path)
    assert run.sites == {"src/a.rs"}
    assert ("self.rs", "symlink-out") in run.problems


def test_a_link_out_of_the_tree_is_reported_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"tree/a.rs": UNSAFE, "outside/secret.rs": UNSAFE})
    (tmp_path / "tree" / "b.rs").symlink_to(tmp_path / "outside" / "secret.rs")
    (tmp_path / "tree" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "tree" / "gone.rs").symlink_to("nowhere.rs")
    (tmp_path / "tree" / "inside.rs").symlink_to("a.rs")
    run = Run(tmp_path / "tree")
    assert run.sites == {"a.rs"}
    assert {("b.rs", "symlink-out"), ("gone.rs", "symlink-out")} <= run.problems
    assert "inside.rs" not in {path for path, _ in run.problems}


def test_a_pipe_is_reported_and_not_opened(tmp_path: Path) -> None:
    write(tmp_path, {"a.rs": UNSAFE})
    os.mkfifo(tmp_path / "pipe.rs")
    run = Run(tmp_path)
    assert (run.code, run.sites) == (INCOMPLETE, {"a.rs"})
    assert ("pipe.rs", "special-file") in run.problems


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"a.rs": UNSAFE, "b.rs": UNSAFE, "locked/c.rs": UNSAFE})
    (tmp_path / "b.rs").chmod(0)
    (tmp_path / "locked").chmod(0)
    run = Run(tmp_path)
    (tmp_path / "locked").chmod(0o700)
    assert (run.code, run.sites) == (INCOMPLETE, {"a.rs"})
    assert {("b.rs", "unreadable"), ("locked", "unreadable")} <= run.problems


def test_a_file_that_vanishes_after_the_listing_is_a_problem(tmp_path: Path) -> None:
    snapshot = open_folder(os.fspath(write(tmp_path, {"a.rs": UNSAFE})))
    assert [entry.path for entry in snapshot.listing().entries] == ["a.rs"]
    (tmp_path / "a.rs").unlink()
    answer = snapshot.read("a.rs")
    assert isinstance(answer, Problem)
    assert answer.kind is ProblemKind.UNREADABLE


def test_a_file_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"tree/a.rs": UNSAFE, "outside/a.rs": b"secret"})
    snapshot = open_folder(os.fspath(tmp_path / "tree"))
    (tmp_path / "tree" / "a.rs").unlink()
    (tmp_path / "tree" / "a.rs").symlink_to(tmp_path / "outside" / "a.rs")
    assert isinstance(snapshot.read("a.rs"), Problem)


def test_a_folder_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"tree/sub/a.rs": UNSAFE, "outside/a.rs": b"secret"})
    snapshot = open_folder(os.fspath(tmp_path / "tree"))
    shutil.rmtree(tmp_path / "tree" / "sub")
    (tmp_path / "tree" / "sub").symlink_to(tmp_path / "outside")
    assert isinstance(snapshot.read("sub/a.rs"), Problem)


def test_a_huge_file_is_reported_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.rs": UNSAFE, "huge.rs": UNSAFE})
    os.truncate(tmp_path / "huge.rs", 1 << 40)
    run = Run(tmp_path)
    assert (run.code, run.sites) == (INCOMPLETE, {"a.rs"})
    assert ("huge.rs", "too-large") in run.problems


LATIN = pytest.param(b"caf\xe9.rs", id="latin")
BIDIRECTIONAL = "ab\u202ecd.rs".encode()


@pytest.mark.parametrize(
    "name",
    [
        b"a\nb.rs",
        LATIN,
        BIDIRECTIONAL,
        b"</script>.rs",
        b"`a` @you.rs",
        b"-n.rs",
        b"\x1b[31m.rs",
        b" .rs",
        b"::error::.rs",
    ],
    ids=["newline", None, "bidi", "markup", "backtick", "option", "escape", "space", "command"],
)
@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "git"])
def test_a_strange_file_name_is_read_and_shown_harmless(tmp_path: Path, name: bytes, tracked: bool) -> None:
    file = os.path.join(os.fsencode(tmp_path), *name.split(b"/"))
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as out:
        out.write(UNSAFE)
    if tracked:
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "-A")
    assert len(Run(tmp_path).sites) == 1
    shown = scan(tmp_path, "--color", "never").stdout.decode("utf-8")
    assert not {"\x1b", "\u202e", "\r"} & set(shown)
    assert ".rs:1" in shown.split("\n")[0]


# ---- git in every state


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert Run(tmp_path).code == NOTHING


def test_a_folder_without_rust_or_c_holds_nothing(tmp_path: Path) -> None:
    assert Run(write(tmp_path, {"README.md": b"unsafe", "a.py": b"unsafe = 1"})).code == NOTHING


def test_ignored_files_are_not_read_and_untracked_ones_are(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("tracked.rs", "new.rs", "ignored.rs", "out/x.rs"), UNSAFE))
    write(tmp_path, {".gitignore": b"ignored.rs\nout/\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "tracked.rs", ".gitignore")
    git(tmp_path, "commit", "-qm", "first")
    assert Run(tmp_path).sites == {"new.rs", "tracked.rs"}


def test_a_tracked_file_that_is_gone_is_no_problem(tmp_path: Path) -> None:
    write(tmp_path, {"a.rs": UNSAFE, "b.rs": UNSAFE})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (tmp_path / "b.rs").unlink()
    run = Run(tmp_path)
    assert (run.code, run.sites, run.problems) == (CLEAN, {"a.rs"}, set())


def test_a_folder_inside_a_work_tree_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.rs": UNSAFE, "two/b.rs": UNSAFE})
    git(tmp_path, "init", "-q")
    assert Run(tmp_path / "one").sites == {"a.rs"}


def test_an_unborn_branch(tmp_path: Path) -> None:
    git(write(tmp_path, {"a.rs": UNSAFE}), "init", "-q")
    assert Run(tmp_path).sites == {"a.rs"}


def test_a_bare_repository_holds_nothing_to_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    assert Run(tmp_path).code == NOTHING


def test_a_submodule_that_is_not_checked_out_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"library/b.rs": UNSAFE, "main/a.rs": UNSAFE})
    for folder in ("library", "main"):
        git(tmp_path / folder, "init", "-q")
        git(tmp_path / folder, "add", "-A")
        git(tmp_path / folder, "commit", "-qm", "first")
    git(tmp_path / "main", "submodule", "add", "-q", os.fspath(tmp_path / "library"), "deps")
    git(tmp_path / "main", "commit", "-qm", "second")
    assert Run(tmp_path / "main").sites == {"a.rs", "deps/b.rs"}
    git(tmp_path / "main", "submodule", "deinit", "-f", "deps")
    run = Run(tmp_path / "main")
    assert (run.sites, run.problems) == ({"a.rs"}, {("deps", "submodule-absent")})


def test_without_git_every_file_is_read_and_it_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"a.rs": UNSAFE, "ignored.rs": UNSAFE, ".gitignore": b"ignored.rs\n"})
    git(tmp_path, "init", "-q")
    run = Run(tmp_path, path="")
    assert (run.sites, run.problems) == ({"a.rs", "ignored.rs"}, {(".", "git")})


def test_nothing_of_the_repository_runs(tmp_path: Path) -> None:
    write(tmp_path, {"tree/a.rs": UNSAFE, "tree/.gitattributes": b"*.rs filter=x diff=x\n"})
    tree, witness = tmp_path / "tree", tmp_path / "ran"
    git(tree, "init", "-q")
    command = f"touch {witness}"
    git(tree, "config", "alias.ls-files", f"!{command}")
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "filter.x.clean",
        "filter.x.smudge",
        "diff.x.textconv",
    ):
        git(tree, "config", name, command)
    hook = tree / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{command}\n")
    hook.chmod(0o755)
    assert Run(tree).sites == {"a.rs"}
    assert not witness.exists()


def test_a_broken_repository_is_read_as_a_folder(tmp_path: Path) -> None:
    run = Run(write(tmp_path, {"a.rs": UNSAFE, ".git/HEAD": b"nonsense"}))
    assert run.sites == {"a.rs"}
    assert run.problems == {(".", "git")}
