"""`ffireview.toml`, filters and thresholds: what is shown, what fails, and whose word counts."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import Repo
from test_cli import CLEAN, FOUND, USAGE, ffireview

from ffireview.cli import main
from ffireview.config import Config, read_config
from ffireview.model.finding import Confidence, Filter, Finding, Persona, Severity
from ffireview.model.place import Problem, Span

CODE = """\
pub fn first(v: &[u8], n: usize) -> u8 {
    unsafe { *v.get_unchecked(n) }
}
pub struct Queue<T> { head: *mut T }
unsafe impl<T> Send for Queue<T> {}
pub fn third(p: &u8) -> u8 {
    // SAFETY: TODO
    unsafe { *(p as *const u8) }
}
"""
ACCESS, BOUND, PLACEHOLDER = "parameter-unchecked-access", "unbounded-send-sync", "placeholder-safety"


def test_every_key() -> None:
    text = """\
persona = "auditor"
severity = "medium"
confidence = "high"
fail-on = ["critical", "finding:high"]
data-model = "LLP64"
baseline = "./ci/ffireview-baseline.toml"
[rules]
enable = ["placeholder-safety"]
disable = ["unbounded-send-sync"]
"""
    assert read_config("ffireview.toml", text.encode()) == Config(
        Persona.AUDITOR, Severity.MEDIUM, Confidence.HIGH, ("critical", "finding:high"), "LLP64",
        "ci/ffireview-baseline.toml", (PLACEHOLDER,), (BOUND,),
    )  # fmt: skip


def test_an_empty_file_and_one_word() -> None:
    assert read_config("f", b"") == Config()
    assert read_config("f", b"fail-on = 'finding'\nrules = {}\n") == Config(fail_on=("finding",))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\npersna = 'regular'", 2, "persna: no such key; did you mean persona?"),
        ("[rules]\n\ndisabled = []", 3, "rules.disabled: no such key; did you mean rules.disable?"),
        ("[rule]\ndisable = []", 2, "rule: no such key; did you mean rules?"),
        ("zzz = 1", 1, "zzz: no such key; one of persona, severity"),
        ("persona = 'x'", 1, "persona: 'x' is not one of regular, pedantic, auditor"),
        ("severity = 3", 1, "severity: '3' is not one of low"),
        ("a = 1\n" * 0 + "fail-on = ['finding', 'finding:grave']", 1, "fail-on: 'finding:grave' is not one of"),
        ("rules.disable = 'x'", 1, "rules.disable: a list of rules is wanted"),
        ("rules.disable = ['unbound-send-sync']", 1, "no rule 'unbound-send-sync'; did you mean unbounded-send-sync?"),
        ("rules = 3", 1, "rules: no such key"),
        ("persona.a.b = 3", 1, "persona: a table is not one of"),
        ("baseline = '../baseline.toml'", 1, "is no path to a file *baseline.toml below"),
        ("baseline = '/etc/baseline.toml'", 1, "is no path to a file"),
        ("baseline = 'a/../../baseline.toml'", 1, "is no path to a file"),
        ("baseline = 'c:\\baseline.toml'", 1, "is no path to a file"),
        ("baseline = '.git/config'", 1, "is no path to a file"),
        ("baseline = []", 1, "is no path to a file"),
        ("persona = ", 0, "no TOML: "),
        ("persona = " + "[" * 90_000, 0, "no TOML: "),
        ("persona = " + "{a=" * 90, 0, "no TOML: "),
        ("persona" + ".a" * 40 + " = 1", 0, "persona: a table is not one of"),
        ("persona" + ".a" * 40_000 + " = 1", 0, "no TOML: names too deep (line 1)"),
        ("\n['a" + '\'."a".' * 9_000 + "x]", 0, "no TOML: names too deep (line 2)"),
        ("#" * 100_001, 0, "limit 100000"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, said: str) -> None:
    found = read_config("ffireview.toml", text.encode())
    assert isinstance(found, Problem)
    assert said in found.message
    assert found.line == line
    assert len(found.message) < 400


def finding(rule: str = ACCESS, persona: Persona = Persona.REGULAR) -> Finding:
    return Finding(rule, Severity.MEDIUM, Confidence.MEDIUM, persona, "", Span("a.rs", 1, 1, 1, 2), "")


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), True),
        (Filter(severity=Severity.MEDIUM, confidence=Confidence.MEDIUM), True),
        (Filter(severity=Severity.HIGH), False),
        (Filter(confidence=Confidence.HIGH), False),
        (Filter(only=(ACCESS,)), True),
        (Filter(only=(BOUND,)), False),
        (Filter(only=(ACCESS,), disabled=(ACCESS,)), False),
        (Filter(only=(ACCESS,), severity=Severity.HIGH), False),
    ],
)
def test_a_filter(wanted: Filter, passes: bool) -> None:
    assert wanted.passes(finding()) is passes


def test_a_rule_that_is_named_is_shown_whomever_it_is_for() -> None:
    quiet = finding(PLACEHOLDER, Persona.PEDANTIC)
    shown = [
        Filter().passes(quiet),
        Filter(enabled=(PLACEHOLDER,)).passes(quiet),
        Filter(only=(PLACEHOLDER,)).passes(quiet),
    ]
    assert shown == [False, True, True]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "lib.rs").write_text(CODE)
    return folder


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The program in this process: exit code, stdout, stderr."""

    def here(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ffireview", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        assert isinstance(stop.value.code, int)
        return stop.value.code, *capfd.readouterr()

    return here


def rules_shown(run: Run, tree: Path, *arguments: object) -> set[str]:
    """The rules in the line that counts the findings that are shown."""
    _, text, _ = run("scan", tree, *arguments)
    line = next((line for line in text.splitlines() if line.endswith("(ffireview explain RULE)")), "")
    return {rule for rule in (ACCESS, BOUND, PLACEHOLDER) if re.search(rf"\d {rule}\b", line)}


@pytest.mark.parametrize(
    ("config", "arguments", "shown"),
    [
        ("", [], {ACCESS, BOUND}),
        ("", ["--persona", "pedantic"], {ACCESS, BOUND, PLACEHOLDER}),
        ("", ["--rule", PLACEHOLDER], {PLACEHOLDER}),
        ("", ["--rule", PLACEHOLDER, "--rule", BOUND], {PLACEHOLDER, BOUND}),
        ("", ["--no-rule", BOUND], {ACCESS}),
        ("", ["--severity", "critical"], set()),
        ('persona = "pedantic"', [], {ACCESS, BOUND, PLACEHOLDER}),
        ('persona = "pedantic"', ["--persona", "regular"], {ACCESS, BOUND}),
        ('severity = "critical"', ["--severity", "low"], {ACCESS, BOUND}),
        (f'rules.disable = ["{BOUND}"]', [], {ACCESS}),
        (f'rules.disable = ["{BOUND}"]', ["--rule", BOUND], {BOUND}),
        (f'rules.disable = ["{BOUND}"]', ["--no-config"], {ACCESS, BOUND}),
        (f'rules.enable = ["{PLACEHOLDER}"]', [], {ACCESS, BOUND, PLACEHOLDER}),
        (f'rules.enable = ["{PLACEHOLDER}"]', ["--no-rule", PLACEHOLDER], {ACCESS, BOUND}),
    ],
)
def test_the_command_line_comes_before_the_file(
    run: Run, tree: Path, config: str, arguments: list[str], shown: set[str]
) -> None:
    (tree / "ffireview.toml").write_text(config)
    assert rules_shown(run, tree, *arguments) == shown


def test_only_sites_with_such_findings_are_listed_when_findings_are_asked_for(run: Run, tree: Path) -> None:
    _, text, _ = run("scan", tree, "--rule", BOUND)
    assert "lib.rs:5  unsafe impl" in text
    assert "lib.rs:2  unsafe block" not in text


def test_json_holds_everything_whatever_is_shown(tree: Path) -> None:
    one, two = (ffireview("scan", tree, "-f", "json", *more).stdout for more in ((), ("--rule", BOUND)))
    assert one == two
    assert {f["rule"] for f in json.loads(one)["findings"]} == {ACCESS, BOUND, PLACEHOLDER, "undocumented-unsafe"}


@pytest.mark.parametrize(
    ("config", "arguments", "code"),
    [
        ("", ["--fail-on", "finding"], FOUND),
        ("", ["--fail-on", "finding:critical"], CLEAN),
        ("", ["--fail-on", "finding:critical", "--fail-on", "finding:low"], FOUND),
        ("", ["--fail-on", "finding", "--severity", "critical"], CLEAN),
        ("", ["--fail-on", "finding", "--area", "test"], CLEAN),
        ("", ["--fail-on", "finding", "--no-rule", ACCESS, "--no-rule", BOUND], CLEAN),
        ('fail-on = "finding"', [], FOUND),
        ('fail-on = "finding"', ["--fail-on", "none"], CLEAN),
        ('fail-on = "finding"', ["--no-config"], CLEAN),
        ('fail-on = "new"', [], CLEAN),
        ("", ["--rule", "unbound-send-sync"], USAGE),
        ("", ["--no-rule", "x"], USAGE),
        ("", ["--severity", "grave"], USAGE),
        ("", ["--today", "tomorrow"], USAGE),
        ("", ["--config", "absent.toml"], USAGE),
        ("persona = 3", [], USAGE),
        ("persona = 3", ["--no-config"], CLEAN),
        ('baseline = "baseline.toml"', [], USAGE),
        ('baseline = "baseline.toml"', ["--no-baseline"], CLEAN),
    ],
)
def test_exit_codes(run: Run, tree: Path, config: str, arguments: list[str], code: int) -> None:
    (tree / "ffireview.toml").write_text(config)
    got, out, err = run("scan", tree, *arguments)
    assert got == code, err
    assert "Traceback" not in err
    assert bool(out) is (code != USAGE)


def test_an_unknown_rule_says_the_nearest(run: Run, tree: Path) -> None:
    _, _, err = run("scan", tree, "--rule", "unbound-send-sync")
    assert err == "ffireview: no rule 'unbound-send-sync'; did you mean unbounded-send-sync?\n"


def test_what_is_suppressed_does_not_fail(tree: Path) -> None:
    comment = "// ffireview: allow(unbounded-send-sync) -- why [until=2027-01-31]\nunsafe impl"
    (tree / "lib.rs").write_text(CODE.replace("unsafe impl", comment))
    scan = ("scan", tree, "--fail-on", "finding", "--no-rule", ACCESS, "--today")
    assert ffireview(*scan, "2027-01-31").returncode == CLEAN
    assert ffireview(*scan, "2027-02-01").returncode == FOUND
    assert ffireview(*scan[:-1], SOURCE_DATE_EPOCH="1801400000").returncode == CLEAN
    assert ffireview(*scan[:-1], SOURCE_DATE_EPOCH="1801500000").returncode == FOUND
    assert ffireview(*scan[:-1], SOURCE_DATE_EPOCH="soon").returncode == USAGE


def test_the_reason_is_told_when_verbose(tree: Path) -> None:
    comment = "// ffireview: allow(unbounded-send-sync) -- \u202eso\nunsafe impl"
    (tree / "lib.rs").write_text(CODE.replace("unsafe impl", comment))
    quiet, loud = (ffireview("scan", tree, *more).stdout for more in ((), ("-v",)))
    assert "Findings not shown: 1 suppressed in the code, 2 held back by persona and filters" in quiet
    assert "suppressed: \\u{202e}so (lib.rs:5)" in loud


def test_a_file_of_the_reviewer_counts_instead_of_that_of_the_tree(run: Run, tree: Path) -> None:
    (tree / "ffireview.toml").write_text("persona = 3")
    mine = tree.parent / "mine"
    mine.mkdir()
    (mine / "my.toml").write_text('baseline = "baseline.toml"\n')
    assert ffireview("baseline", "write", tree, "--no-config", "-o", mine / "baseline.toml").returncode == CLEAN
    assert rules_shown(run, tree, "--config", mine / "my.toml") == set()


def test_a_link_out_of_the_tree_is_not_read(tree: Path) -> None:
    secret = tree.parent / "secret.toml"
    secret.write_text("password = 1\n")
    (tree / "ffireview.toml").symlink_to(secret)
    done = ffireview("scan", tree)
    assert done.returncode == CLEAN
    assert "password" not in done.stdout + done.stderr
    (tree / "ffireview.toml").unlink()
    (tree / ".ffireview").symlink_to(tree.parent)
    (tree / "ffireview.toml").write_text('baseline = ".ffireview/baseline.toml"')
    (tree.parent / "baseline.toml").write_text("password = 1\n")
    done = ffireview("scan", tree)
    assert done.returncode == USAGE
    assert "password" not in done.stdout + done.stderr


def test_a_data_model_of_the_file_counts_for_the_boundary(tmp_path: Path) -> None:
    (tmp_path / "lib.rs").write_text('extern "C" { fn f(n: u32); }\n')
    (tmp_path / "f.h").write_text("void f(unsigned long n);\n")
    (tmp_path / "ffireview.toml").write_text('data-model = "LLP64"\n')
    texts = [ffireview("boundary", tmp_path, "--mismatches", *more).stdout
             for more in ((), ("--no-config",), ("--data-model", "LP64"))]  # fmt: skip
    assert texts[0] != texts[1] == texts[2]


@pytest.fixture
def repository(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    (repo.folder / "lib.rs").write_text(CODE.replace("<T> Send", "<T: Send> Send"))
    repo.commit()
    return repo


def test_a_change_does_not_decide_how_it_is_reviewed(repository: Repo) -> None:
    folder = repository.folder
    (folder / "lib.rs").write_text(CODE)
    (folder / "ffireview.toml").write_text(f'rules.disable = ["{BOUND}"]\n')
    ffireview("baseline", "write", folder)
    done = ffireview("diff", "", folder, "--fail-on", "finding")
    assert done.returncode == FOUND
    assert f"{BOUND}: " in done.stdout
    assert "suppression ffireview.toml:1" in done.stdout
    assert "suppression .ffireview/baseline.toml:1" in done.stdout
    assert "1 new finding" in done.stdout


def test_settings_of_the_older_side_count(repository: Repo) -> None:
    folder = repository.folder
    (folder / "ffireview.toml").write_text(f'rules.disable = ["{BOUND}"]\nfail-on = "finding"\n')
    repository.commit()
    (folder / "lib.rs").write_text(CODE)
    (folder / "ffireview.toml").unlink()
    done = ffireview("diff", "", folder)
    assert done.returncode == CLEAN
    assert f"{BOUND}: " not in done.stdout
    assert "ffireview.toml is gone" in done.stdout
    assert ffireview("diff", "", folder, "--no-config", "--fail-on", "finding").returncode == FOUND


def test_what_a_change_suppresses_is_told_and_does_not_fail(repository: Repo) -> None:
    comment = "// ffireview: allow(unbounded-send-sync) -- of one thread\nunsafe impl"
    (repository.folder / "lib.rs").write_text(CODE.replace("unsafe impl", comment))
    done = ffireview("diff", "", repository.folder, "--fail-on", "finding")
    assert done.returncode == CLEAN
    assert "no thread may share; suppressed: of one thread" in " ".join(done.stdout.split())
    assert "suppression lib.rs:5" in done.stdout
    assert "Findings not shown: 1 suppressed in the code" in done.stdout
    (new,) = json.loads(ffireview("diff", "", repository.folder, "-f", "json").stdout)["comparison"]["findings"]
    assert (new["rule"], new["suppressed"], new["suppressed_at"]["line"]) == (BOUND, "of one thread", 5)


def test_a_baseline_of_the_older_side_counts_at_the_newer_one(repository: Repo) -> None:
    (repository.folder / "lib.rs").write_text(CODE)
    ffireview("baseline", "write", repository.folder)
    repository.commit()
    (repository.folder / "lib.rs").write_text(CODE + "// more\n")
    (repository.folder / ".ffireview" / "baseline.toml").unlink()
    done = ffireview("diff", "", repository.folder)
    assert "Findings not shown: 4 in the baseline" in done.stdout
    assert "baseline.toml is gone" in done.stdout
