"""The command line as a person or a script meets it: exit codes, where text goes, the same bytes each time."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from repositories import Repo

from ffireview.reporters.json import schemas

SAMPLES = Path(__file__).parent.parent / "samples"
CLEAN, FOUND, USAGE, INCOMPLETE, NOTHING = 0, 1, 2, 3, 4


def ffireview(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a script would."""
    command = [sys.executable, "-m", "ffireview", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree with one site."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "lib.rs").write_text("pub fn f(p: *const u8) -> u8 { unsafe { *p } }\n")
    return folder


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["scan", "{tree}"], CLEAN),
        (["scan", "{tree}", "--fail-on", "low"], FOUND),
        (["scan", "{tree}", "--fail-on", "none"], CLEAN),
        (["boundary", "{tree}"], CLEAN),
        (["show", "f", "{tree}"], CLEAN),
        (["doctor"], CLEAN),
        (["--help"], CLEAN),
        (["--version"], CLEAN),
        (["scan", "{tree}/absent"], USAGE),
        (["scan", "{tree}", "-f", "fancy"], USAGE),
        (["scan", "{tree}", "--no-such-option"], USAGE),
        (["scan", "{tree}", "--fail-on", "sometimes"], USAGE),
        (["scan", "{tree}", "--jobs", "0"], USAGE),
        (["scan", "{tree}", "-f", "json", "-f", "terminal"], USAGE),
        (["show", "nothing-of-this-name", "{tree}"], USAGE),
        (["no-such-command"], USAGE),
        (["scan", "{tree}", "-f", "json:{tree}/absent/out.json"], INCOMPLETE),
        (["scan", "{tree}/../empty"], NOTHING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes(tree: Path, arguments: list[str], code: int) -> None:
    (tree.parent / "empty").mkdir()
    done = ffireview(*(argument.format(tree=tree) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_a_failure_says_why_on_stderr_only(tree: Path) -> None:
    done = ffireview("scan", tree / "absent")
    assert done.stdout == ""
    assert "absent" in done.stderr


def test_the_exit_code_is_the_same_for_every_format(tree: Path) -> None:
    codes = {ffireview("scan", tree, "--fail-on", "low", "-f", name).returncode for name in ("terminal", "json")}
    assert codes == {FOUND}


def test_an_incomplete_run_is_not_called_found(tree: Path) -> None:
    os.mkfifo(tree / "pipe.rs")
    assert ffireview("scan", tree, "--fail-on", "low").returncode == INCOMPLETE


def test_a_single_file_can_be_scanned(tree: Path) -> None:
    (tree / "other.rs").write_text("unsafe fn g() {}\n")
    document = json.loads(ffireview("scan", tree / "lib.rs", "-f", "json").stdout)
    assert [row["site"]["span"]["path"] for row in document["sites"]] == ["lib.rs"]


def test_what_two_declarations_of_c_do_alike_is_told_once() -> None:
    told = ffireview("scan", SAMPLES / "kvstore", "-q", "--no-config", "--rule", "signature-mismatch").stdout
    listed = " ".join(told.split())
    assert "(declared differently here: c/include/kvstore.h:69, c/src/maintain.c:55)" in listed


def test_formats_repeat_and_files_appear_whole(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "scan.json").write_text("old")
    done = ffireview("scan", tree, "-f", "terminal", "-f", f"json:{out}/scan.json", "-f", f"terminal:{out}/scan.txt")
    assert done.returncode == CLEAN
    assert json.loads((out / "scan.json").read_text())["schema"] == "ffireview.scan/1"
    assert (out / "scan.txt").read_text() == done.stdout
    assert sorted(os.listdir(out)) == ["scan.json", "scan.txt"], "no temporary file stays"


def test_a_target_that_cannot_be_replaced_leaves_nothing_behind(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "scan.json" / "occupied").mkdir(parents=True)
    done = ffireview("scan", tree, "-f", f"json:{out}/scan.json")
    assert done.returncode == INCOMPLETE
    assert os.listdir(out) == ["scan.json"], "no temporary file stays"


def test_a_link_to_a_file_stays_a_link(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "out.json")
    assert ffireview("scan", tree, "-f", f"json:{tmp_path}/link.json").returncode == CLEAN
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "out.json").read_text())["schema"] == "ffireview.scan/1"


@pytest.mark.parametrize(
    ("color", "no_color", "coloured"),
    [("auto", "", False), ("always", "", True), ("always", "1", False), ("never", "", False)],
)
def test_colour(tree: Path, color: str, no_color: str, coloured: bool) -> None:
    done = ffireview("scan", tree, "--color", color, NO_COLOR=no_color)
    assert ("\x1b[" in done.stdout) is coloured


@pytest.mark.parametrize("command", ["scan", "boundary"])
@pytest.mark.parametrize("sample", sorted(p.name for p in SAMPLES.iterdir() if p.is_dir()))
def test_json_is_the_same_bytes_each_time_and_keeps_its_schema(command: str, sample: str) -> None:
    texts = {ffireview(command, SAMPLES / sample, "-f", "json", "--jobs", jobs).stdout for jobs in (1, 1, 2)}
    assert len(texts) == 1
    Draft202012Validator(schemas()[f"{command}.schema.json"]).validate(json.loads(texts.pop()))


def test_a_pipe_is_written_to_and_stays_a_pipe(tree: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    done = ffireview("scan", tree, "-f", f"json:{pipe}")
    text, _ = reading.communicate(timeout=60)
    assert done.returncode == 0
    assert json.loads(text)["schema"] == "ffireview.scan/1"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_many_files_give_the_same_bytes_in_several_processes(tmp_path: Path) -> None:
    for i in range(1300):
        (tmp_path / f"m{i}.rs").write_text(f'pub unsafe fn f{i}() {{}}\nextern "C" {{ fn store_{i}(n: u32); }}\n')
    one, two = (ffireview("scan", tmp_path, "-f", "json", "--jobs", jobs).stdout for jobs in (1, 2))
    assert one == two
    assert len(json.loads(one)["sites"]) == 3 * 1300


def test_schemas_are_valid_schemas() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


def test_a_closed_pipe_is_no_failure() -> None:
    command = f"{sys.executable} -m ffireview boundary {SAMPLES / 'kvstore'} -v | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.fixture
def repository(tmp_path: Path) -> Repo:
    """A copy of a sample under git, with the C side of one function changed in the working tree."""
    shutil.copytree(SAMPLES / "kvstore", tmp_path / "kvstore")
    repo = Repo(tmp_path / "kvstore")
    repo.commit()
    header = repo.folder / "c/include/kvstore.h"
    header.write_text(header.read_text().replace("size_t kv_count(const kv_store *store);", "long kv_count(int deep);"))
    return repo


def test_diff_lists_the_callers_of_a_c_function_that_changed(repository: Repo) -> None:
    done = ffireview("diff", "HEAD", repository.folder)
    assert done.returncode == CLEAN
    assert "unsafe block in impl Store::len" in done.stdout
    assert "C changed kv_count" in done.stdout
    assert "+0 new, 0 changed, 2 affected (2 from C), 0 removed" in done.stdout
    assert repository.git("status", "--porcelain").strip() == "M c/include/kvstore.h"


def test_diff_has_one_line_to_say_of_nothing(repository: Repo) -> None:
    repository.git("checkout", "-q", ".")
    done = ffireview("diff", "HEAD", repository.folder)
    assert done.returncode == CLEAN
    assert len(done.stdout.splitlines()) == 1
    assert "nothing" in done.stdout


def test_diff_reads_what_is_staged_a_patch_and_a_range(repository: Repo) -> None:
    patch = repository.git("diff")
    repository.git("add", "-A")
    staged = ffireview("diff", "--staged", "", repository.folder, "-f", "json")
    repository.git("commit", "-qm", "second")
    between = ffireview("diff", "HEAD~1..HEAD", repository.folder, "-f", "json")
    (repository.folder.parent / "change.patch").write_text(patch)
    patched = ffireview(
        "diff", "HEAD~1", repository.folder, "--patch", repository.folder.parent / "change.patch", "-f", "json"
    )
    found = [json.loads(done.stdout)["comparison"]["entries"] for done in (staged, between, patched)]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2
    Draft202012Validator(schemas()["comparison.schema.json"]).validate(json.loads(between.stdout))


def test_a_warm_diff_writes_the_same_bytes(repository: Repo, tmp_path: Path) -> None:
    runs = [
        ffireview("diff", "HEAD", repository.folder, "-f", "json", *more, FFIREVIEW_CACHE=str(tmp_path / "cache"))
        for more in ((), (), ("--no-cache",), ("-j", "1"))
    ]
    assert len({run.stdout for run in runs}) == 1
    assert {run.returncode for run in runs} == {CLEAN}


@pytest.mark.parametrize(("fail_on", "code"), [("none", CLEAN), ("new", CLEAN), ("low", FOUND), ("critical", CLEAN)])
def test_diff_fails_on_what_it_is_told(repository: Repo, fail_on: str, code: int) -> None:
    assert ffireview("diff", "HEAD", repository.folder, "--fail-on", fail_on).returncode == code


@pytest.mark.parametrize("range_", ["no-such-branch", "HEAD..no-such", "--", "a..b..c"])
def test_diff_says_which_revision_is_not_there(repository: Repo, range_: str) -> None:
    done = ffireview("diff", range_, repository.folder)
    assert done.returncode == USAGE
    assert done.stderr.startswith(("ffireview: ", "Usage:"))
    assert "Traceback" not in done.stderr


REPORTS = ("csv", "github", "gitlab", "json", "mail", "markdown", "rdjsonl", "sarif", "terminal")


def test_one_run_writes_every_format_and_the_code_is_the_same(tree: Path, tmp_path: Path) -> None:
    targets = [part for name in REPORTS for part in ("-f", f"{name}:{tmp_path}/{name}")]
    done = ffireview("scan", tree, "--fail-on", "low", "--sites", "low", *targets)
    assert (done.returncode, done.stdout) == (FOUND, "")
    assert all("lib.rs" in (tmp_path / name).read_text() for name in REPORTS)


def test_sites_are_no_results_unless_asked_for(tree: Path) -> None:
    (tree / "lib.rs").write_text("pub fn f(p: &u8) -> u8 { unsafe { *(p as *const u8) } }\n")
    assert ffireview("scan", tree, "-f", "rdjsonl").stdout == ""
    (row,) = ffireview("scan", tree, "-f", "rdjsonl", "--sites", "low").stdout.splitlines()
    assert json.loads(row)["code"]["value"] == "risky-unsafe-block"


def test_a_change_in_every_format(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({b"lib.rs": b"pub fn f(p: *const u8) -> u8 { 0 }\n"})
    repo.commit({b"lib.rs": b"pub fn f(p: *const u8) -> u8 { unsafe { *p } }\n"})
    targets = [part for name in REPORTS for part in ("-f", f"{name}:{tmp_path}/{name}")]
    assert ffireview("diff", "HEAD~1..HEAD", repo.folder, *targets).returncode == CLEAN
    assert all("lib.rs" in (tmp_path / name).read_text() for name in REPORTS)


def test_every_format_has_a_place_in_the_documentation() -> None:
    text = (SAMPLES.parent / "docs" / "reports.md").read_text(encoding="utf-8")
    named = ffireview("scan", "--help").stdout
    assert all(f"`{name}`" in text and name in named for name in REPORTS)
