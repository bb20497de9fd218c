"""A patch laid on a revision: every way in which patches travel, and those that must not or cannot be applied."""

import base64
import os
import quopri
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import UNSAFE, Repo, state

from ffireview.model.place import Problem
from ffireview.model.snapshot import Snapshot
from ffireview.sources.range import open_range
from ffireview.sources.repository import RevisionError

OLD = b"".join(b"line %d\n" % i for i in range(40))
NEW = OLD.replace(b"line 9\n", b"line nine \xc3\xa9\n").replace(b"line 30\n", b"")
Contents = dict[str, bytes | Problem]


def contents(snapshot: Snapshot) -> Contents:
    return {entry.path: snapshot.read(entry.path) for entry in snapshot.listing().entries}


def laid(repo: Repo, patch: bytes, text: str = "") -> Contents:
    """What a patch makes of a revision. Nothing of the repository changes over it, and no temporary file stays."""
    temporary = repo.folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    before = state(repo.folder)
    with pytest.MonkeyPatch.context() as change:
        change.setattr("tempfile.tempdir", os.fspath(temporary))
        try:
            with open_range(os.fspath(repo.folder), text, patch=patch) as found:
                return contents(found.after)
        finally:
            assert os.listdir(temporary) == []
            assert state(repo.folder) == before


def refusal(repo: Repo, patch: bytes, text: str = "") -> str:
    with pytest.raises(RevisionError) as caught:
        laid(repo, patch, text)
    return str(caught.value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """`main` with a file of forty lines; `topic` with two commits more. The working tree is of neither."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"src/a.rs": OLD, "b.c": b"one\ntwo\n", "notes.txt": b"text\n", "old.h": b"name\n" * 9})
    repo.git("checkout", "-q", "-b", "topic")
    repo.git("mv", "old.h", "new.h")
    repo.commit({"src/a.rs": NEW, "made.rs": UNSAFE}, "first\n\nText with\n--- a/dashes\n+++ b/and pluses\n")
    repo.commit({"src/a.rs": NEW.replace(b"line 1\n", b"line one\n"), "b.c": b"one\n"}, "second")
    repo.git("checkout", "-q", "main")
    repo.write({"src/a.rs": b"something else\n"})
    return repo


FIRST: Contents = {"b.c": b"one\ntwo\n", "made.rs": UNSAFE, "new.h": b"name\n" * 9, "src/a.rs": NEW}
SECOND = FIRST | {"b.c": b"one\n", "src/a.rs": NEW.replace(b"line 1\n", b"line one\n")}
MAIN: Contents = {"b.c": b"one\ntwo\n", "old.h": b"name\n" * 9, "src/a.rs": OLD}


def bytes_of(repo: Repo, *arguments: str) -> bytes:
    return repo.git(*arguments).encode("utf-8", "surrogateescape") + b"\n"


# ---- how patches are written


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--no-renames",),
        ("--no-prefix",),
        ("--src-prefix=i/", "--dst-prefix=w/"),
        ("--full-index", "--binary"),
        ("-U0",),
        ("-U9",),
        ("--patch-with-stat",),
    ],
    ids=" ".join,
)
def test_a_diff_of_git(repo: Repo, options: tuple[str, ...]) -> None:
    patch = bytes_of(repo, "diff", *options, "main", "topic~1")
    if options == ("-U0",):
        assert "does not apply" in refusal(repo, patch), "git asks for context"
    else:
        assert laid(repo, patch) == FIRST


@pytest.mark.parametrize("name", ["a b.rs", "a\nb.rs", "caf\u00e9.rs", "-n.rs", '"q".rs', "a\tb.rs"])
def test_strange_file_names(repo: Repo, name: str) -> None:
    repo.git("checkout", "-q", "-f", "topic")
    repo.commit({name: UNSAFE})
    assert laid(repo, bytes_of(repo, "diff", "topic~1", "topic"), "topic~1") == SECOND | {name: UNSAFE}
    assert laid(repo, bytes_of(repo, "diff", "--no-prefix", "topic~1", "topic"), "topic~1") == SECOND | {name: UNSAFE}


PLAIN = b"@@ -1,2 +1,2 @@\n one\n-two\n+2\n"


@pytest.mark.parametrize(
    "head",
    [
        b"--- a/b.c\n+++ b/b.c\n",
        b"--- a/b.c\t2024-01-01 00:00:00.000000000 +0000\n+++ b/b.c\t2024-01-02 00:00:00.000000000 +0000\n",
        b"diff -ru before/b.c after/b.c\n--- before/b.c\n+++ after/b.c\n",
        b"--- b.c.orig\n+++ b.c\n",
        b"--- b.c\n+++ b.c\n",
        b"Index: b.c\n=======\n--- b.c\t(revision 1)\n+++ b.c\t(working copy)\n",
        b"# HG changeset patch\n# User A\nWords\n\ndiff -r 000 -r 111 b.c\n--- a/b.c\n+++ b/b.c\n",
        b"Some words before it.\n\n--- a/b.c\n+++ b/b.c\n",
    ],
    ids=["git", "dates", "folders", "orig", "bare", "svn", "hg", "words"],
)
def test_a_diff_of_other_programs(repo: Repo, head: bytes) -> None:
    assert laid(repo, head + PLAIN) == MAIN | {"b.c": b"one\n2\n"}


def test_a_new_file_without_prefixes_goes_where_it_belongs(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "topic")
    repo.commit({"src/deep/n.rs": UNSAFE})
    patch = bytes_of(repo, "diff", "--no-prefix", "topic~1", "topic")
    assert "src/deep/n.rs" in laid(repo, patch, "topic~1")


def test_a_file_moved_between_folders_without_prefixes(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "topic")
    (repo.folder / "lib").mkdir()
    repo.git("mv", "src/a.rs", "lib/b.rs")
    repo.commit()
    patch = bytes_of(repo, "diff", "--no-prefix", "topic~1", "topic")
    assert laid(repo, patch, "topic~1").keys() == SECOND.keys() - {"src/a.rs"} | {"lib/b.rs"}


def test_a_patch_that_fails_is_not_tried_where_it_does_not_belong(repo: Repo) -> None:
    """With no folder taken off, this one would make a file `b/b.c`."""
    for head in (b"", b"diff --git a/b.c b/b.c\nnew file mode 100644\n"):
        message = refusal(repo, head + b"--- /dev/null\n+++ b/b.c\n@@ -0,0 +1 @@\n+x\n")
        assert "b.c: already exists in HEAD (" in message


def test_the_patch_is_laid_on_the_revision_that_is_named(repo: Repo) -> None:
    patch = bytes_of(repo, "diff", "topic~1", "topic")
    assert laid(repo, patch, "topic~1") == SECOND
    with open_range(os.fspath(repo.folder), "topic~1", patch=patch) as found:
        assert contents(found.before) == FIRST
        assert found.after_label == f"{found.before_label} with the patch"


def test_a_patch_in_a_folder_below_the_top(repo: Repo) -> None:
    patch = bytes_of(repo, "diff", "main", "topic")
    with open_range(os.fspath(repo.folder / "src"), patch=patch) as found:
        assert (contents(found.before), contents(found.after)) == ({"a.rs": OLD}, {"a.rs": SECOND["src/a.rs"]})


def test_several_diffs_of_one_file_in_one_text(repo: Repo) -> None:
    patches = (bytes_of(repo, "diff", *pair) for pair in (("main", "topic~1"), ("topic~1", "topic")))
    assert laid(repo, b"".join(patches)) == SECOND


@pytest.mark.parametrize("patch", [b"", b"\n \n", b"\xef\xbb\xbf\n"], ids=["empty", "blank", "mark"])
def test_an_empty_patch_changes_nothing(repo: Repo, patch: bytes) -> None:
    assert laid(repo, patch) == MAIN


def test_binary_files_do_not_count(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "topic")
    repo.commit({"image.png": b"\x89PNG\0\1", "made.rs": b"// after\n"})
    repo.commit({"image.png": b"\x89PNG\0\2", "made.rs": b"// again\n"})
    for options in ((), ("--binary",)):
        patch = bytes_of(repo, "diff", *options, "topic~1", "topic")
        assert laid(repo, patch, "topic~1")["made.rs"] == b"// again\n"
        assert "does not apply" in refusal(repo, patch, "topic"), "the rest of the patch does"


# ---- how patches travel


def mail(repo: Repo, *arguments: str) -> bytes:
    return bytes_of(repo, "format-patch", "--stdout", *arguments)


def encoded(text: bytes, how: str) -> bytes:
    """A mail with its body in another transfer encoding."""
    head, _, body = text.partition(b"\n\n")
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[how](body)
    head = b"\n".join(row for row in head.split(b"\n") if not row.startswith((b"Content-", b"MIME")))
    return (
        head
        + b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        + (f"Content-Transfer-Encoding: {how}\n\n".encode() + body)
    )


@pytest.mark.parametrize(
    "options", [(), ("--no-stat",), ("--attach",), ("--inline",), ("--cover-letter",), ("--no-prefix",)]
)
def test_mails_of_git(repo: Repo, options: tuple[str, ...]) -> None:
    assert laid(repo, mail(repo, *options, "main..topic")) == SECOND
    assert laid(repo, mail(repo, *options, "main..topic~1")) == FIRST


@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
def test_an_encoded_mail(repo: Repo, how: str) -> None:
    one, two = (encoded(mail(repo, "-1", name), how) for name in ("topic~1", "topic"))
    assert laid(repo, one) == FIRST
    assert laid(repo, one + b"\n" + two) == SECOND


def test_a_mail_as_a_mail_program_saves_it(repo: Repo) -> None:
    text = mail(repo, "-1", "topic~1").partition(b"\n")[2]
    head = b"Return-Path: <a@example.org>\nReceived: from a by b;\n\tTue, 14 Nov 2023 22:13:20 +0000\n"
    assert laid(repo, head + text) == FIRST
    assert laid(repo, head + text.replace(b"\n", b"\r\n")) == FIRST


def test_ten_mails_are_applied_in_order(repo: Repo) -> None:
    repo.git("checkout", "-q", "-f", "-b", "many", "main")
    for number in range(12):
        repo.commit({"b.c": b"%d\n" % number})
    assert laid(repo, mail(repo, "main..many"), "main")["b.c"] == b"11\n"


def test_a_mail_without_a_diff_changes_nothing(repo: Repo) -> None:
    assert laid(repo, b"From: A <a@example.org>\nSubject: words\n\nNo patch here.\n") == MAIN


@pytest.mark.parametrize(
    "carried",
    [
        lambda patch: patch.replace(b"\n", b"\r\n"),
        lambda patch: b"\xef\xbb\xbf" + patch,
        lambda patch: patch.decode().replace("\n", "\r\n").encode("utf-16"),
        lambda patch: b"\xfe\xff" + patch.decode().encode("utf-16-be"),
        lambda patch: b"Words before.\n\n" + patch + b"-- \n2.39.5\n",
        lambda patch: patch.rstrip(b"\n"),
    ],
    ids=["crlf", "mark", "powershell", "utf-16-be", "signature", "no-last-line-end"],
)
def test_a_diff_that_the_way_has_changed(repo: Repo, carried: Callable[[bytes], bytes]) -> None:
    assert laid(repo, carried(bytes_of(repo, "diff", "main", "topic~1"))) == FIRST


def test_files_with_windows_line_ends_keep_them(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"a.rs": b"1\r\n2\r\n", "b.rs": b"1\n2\n"})
    repo.commit({"a.rs": b"1\r\n3\r\n", "b.rs": b"1\n3\n"})
    after = {"a.rs": b"1\r\n3\r\n", "b.rs": b"1\n3\n"}
    assert laid(repo, bytes_of(repo, "diff", "HEAD~1", "HEAD"), "HEAD~1") == after
    assert laid(repo, mail(repo, "-1", "HEAD"), "HEAD~1") == after


def test_a_submodule_that_a_patch_moves(repo: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.commit({"i.rs": b"1\n"})
    second = inner.commit({"i.rs": b"2\n"})
    repo.git("submodule", "add", "-q", os.fspath(inner.folder), "deps")
    repo.git("-C", "deps", "checkout", "-q", "HEAD~1")
    first = repo.commit()
    repo.git("update-index", "--cacheinfo", f"160000,{second},deps")
    repo.git("commit", "-qm", "bump")
    patch = bytes_of(repo, "diff", first, "HEAD")
    assert b"Subproject commit" in patch
    assert laid(repo, patch, first)["deps/i.rs"] == b"2\n"


@pytest.mark.parametrize("options", [("--bare",), ("--object-format=sha256",)], ids=["bare", "sha256"])
def test_other_repositories(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = Repo(tmp_path / "repo", *(option for option in options if option != "--bare"))
    repo.commit({"b.c": b"one\ntwo\n"})
    if options == ("--bare",):
        repo = Repo.clone(tmp_path / "bare.git", "--bare", of=repo)
    assert laid(repo, b"--- a/b.c\n+++ b/b.c\n" + PLAIN) == {"b.c": b"one\n2\n"}


def test_a_folder_whose_name_has_the_separator_of_lists(tmp_path: Path) -> None:
    repo = Repo(tmp_path / 'a:"b"\\ c')
    repo.commit({"b.c": b"one\ntwo\n"})
    assert laid(repo, b"--- a/b.c\n+++ b/b.c\n" + PLAIN) == {"b.c": b"one\n2\n"}


# ---- what cannot be applied


def test_a_patch_that_does_not_apply_names_file_and_hunk(repo: Repo) -> None:
    patch = bytes_of(repo, "diff", "main", "topic~1").replace(b" line 28", b" line XX")
    message = refusal(repo, patch)
    label = f"HEAD ({repo.git('rev-parse', 'HEAD')[:12]})"
    assert message == f"the patch does not apply to {label}: src/a.rs, hunk @@ -28,7 +28,6 @@ line 26"


def test_a_patch_for_a_file_that_is_not_there(repo: Repo) -> None:
    message = refusal(repo, b"--- a/none.rs\n+++ b/none.rs\n" + PLAIN)
    assert message.startswith("the patch cannot be applied: none.rs: does not exist in HEAD (")


def test_one_mail_of_several_that_does_not_apply(repo: Repo) -> None:
    message = refusal(repo, mail(repo, "-1", "topic~1") + mail(repo, "-1", "topic~1"))
    assert message.startswith(("patch 2 of 2 cannot be applied", "patch 2 of 2 does not apply"))


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (b"words and nothing else\n", "no unified diff in the patch"),
        (b"\0\1\2" * 50, "no unified diff in the patch"),
        (b"*** a/b.c\n--- b/b.c\n***************\n*** 1,2 ****\n", "no unified diff in the patch"),
        (b"diff --cc b.c\nindex 1,2..3\n--- a/b.c\n+++ b/b.c\n@@@ -1 -1 +1 @@@\n", "the combined diff of a merge"),
        (b"--- a/b.c\n+++ b/b.c\n@@ -1,2 +1,2 @@\n one\n", "corrupt patch at line 5"),
        (b"--- a/b.c\n+++ b/b.c\n", "no unified diff in the patch"),
        (b"diff --git a/b.c b/b.c\nnonsense\n", "No valid patches in input"),
    ],
    ids=["words", "bytes", "context", "merge", "cut", "no-hunk", "no-body"],
)
def test_what_is_no_patch_is_said_so(repo: Repo, patch: bytes, words: str) -> None:
    assert words in refusal(repo, patch)


def test_a_patch_too_large(repo: Repo) -> None:
    assert "the limit is 64000000" in refusal(repo, b"x" * 64_000_001)


def test_a_patch_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(RevisionError, match="not in a git repository"), open_range(os.fspath(tmp_path), patch=b""):
        pass


def test_a_patch_on_what_is_staged_or_on_a_range_is_refused(repo: Repo) -> None:
    assert "goes one revision" in refusal(repo, b"", "main..topic")
    with pytest.raises(RevisionError, match="not both"), open_range(os.fspath(repo.folder), staged=True, patch=b""):
        pass


# ---- what must not be applied


HOSTILE = ["../escaped.rs", "src/../../escaped.rs", ".git/hooks/pre-commit", ".git/config.rs", ".GIT/escaped.rs"]
HOSTILE += ["src/.git/escaped.rs", "git~1/escaped.rs", ".git /escaped.rs", "/tmp/escaped.rs"]


def creation(path: str, content: str = "pub unsafe fn f() {}", mode: str = "100755", *, of_git: bool = True) -> bytes:
    """A patch that makes a file."""
    head = f"diff --git a/{path} b/{path}\nnew file mode {mode}\n" if of_git else ""
    return f"{head}--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{content}\n\\ No newline at end of file\n".encode()


@pytest.mark.parametrize("of_git", [True, False], ids=["git", "plain"])
@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_refused(repo: Repo, path: str, of_git: bool) -> None:
    outside = state(repo.folder.parent)
    assert "the patch cannot be applied" in refusal(repo, creation(path, of_git=of_git))
    (repo.folder.parent / "temporary").rmdir()
    assert state(repo.folder.parent) == outside


def test_nothing_is_written_through_a_link_that_a_patch_makes(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = creation("link", f"{tmp_path}/elsewhere", "120000")
    assert "link" in refusal(repo, link + creation("link/a.rs"))
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_link_that_a_patch_makes_is_not_followed(repo: Repo) -> None:
    patch = creation("link.rs", "/etc/passwd", "120000")
    with open_range(os.fspath(repo.folder), patch=patch) as found:
        assert "link.rs" not in contents(found.after)
        assert [(p.path, p.kind.value) for p in found.after.listing().problems] == [("link.rs", "symlink-out")]
