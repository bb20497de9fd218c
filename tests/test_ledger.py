"""The ledger: what of an entry holds after which edit, files that two people write, policies, hostile files."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from repositories import Repo
from syrupy.assertion import SnapshotAssertion
from test_cli import CLEAN, FOUND, INCOMPLETE, USAGE, ffireview

from ffireview.audit.ledger import (
    Hasher,
    audited,
    entries,
    file_name,
    read_answers,
    read_ledger,
    read_policy,
    write_entry,
)
from ffireview.audit.ledger.file import read_entry
from ffireview.audit.ledger.policy import shortfalls
from ffireview.cli.signing import sign
from ffireview.model.ledger import AuditEntry, Hashes, Kept, Lack, Ledger, State, Verdict
from ffireview.model.place import Problem
from ffireview.model.program import Site
from ffireview.model.review import Review
from ffireview.pipeline import review
from ffireview.reporters.audits import cyclonedx, intoto
from ffireview.reporters.json import schemas
from ffireview.sources.fragments import parse_fragment

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = date(2026, 11, 21)
JANE, JOHN = "Jane D <jane@example.org>", "John E <john@example.org>"
TREE = """\
-- Cargo.toml --
[package]
name = "store"
-- src/lib.rs --
mod raw;
pub struct Store { raw: *mut raw::store }

impl Store {
    pub fn put(&mut self, n: u32) -> bool {
        let n = n.min(8);
        // SAFETY: `raw` lives as long as `self`.
        unsafe { raw::store_put(self.raw, n) == 0 }
    }

    pub fn twice(&mut self) -> bool {
        self.put(1) && self.put(2)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.raw;
    }
}
-- src/raw.rs --
#[repr(C)]
pub struct store { _private: [u8; 0] }
extern "C" { pub fn store_put(store: *mut store, n: u32) -> i32; }
/// # Safety
/// `p` points to a byte.
pub unsafe fn first(p: *const u8) -> u8 { unsafe { *p } }
-- c/store.h --
struct store;
int store_put(struct store *store, unsigned n);
-- c/store.c --
#include "store.h"
static int rehash(struct store *store) { return store ? 0 : -1; }
int store_put(struct store *store, unsigned n)
{
    if (!store)
        return -1;
    return rehash(store) + (int)n;
}
"""


def reviewed(text: str) -> tuple[Review, Hasher]:
    snapshot = parse_fragment(text).snapshot
    result = review(snapshot)
    return result, Hasher(result.program, snapshot)


def site_of(result: Review, owner: str = "impl Store::put") -> Site:
    return next(site for site in result.program.sites if site.owner == owner)


def entry_of(result: Review, hasher: Hasher, site: Site, by: str = JANE, **more: object) -> AuditEntry:
    values = {
        "verdict": Verdict.SOUND,
        "at": "2026-11-20",
        "tool": "ffireview 0",
        "answers": {"ffi-call.failure": "ok"},
    }
    return entries.entry_of(site, hasher, by=by, **{**values, **more})  # type: ignore[arg-type]


def states(after: str, before: str = TREE, today: date = TODAY, **more: object) -> tuple[State, ...]:
    """What became of an entry for `Store::put` that was signed before."""
    entry = entry_of(*(old := reviewed(before)), site_of(old[0]), **more)
    result, hasher = reviewed(after)
    return audited(Ledger((Kept("one.toml", entry),)), result, hasher, today)[0].states


EDITS = {
    "nothing": (lambda t: t, (State.VALID,)),
    "a comment and layout": (
        lambda t: t.replace("unsafe { raw", "unsafe {\n            // now\n  raw").replace("mod raw", "\n\nmod raw"),
        (State.VALID,),
    ),
    "layout and comments in C": (
        lambda t: t.replace("int store_put", "/* more */ int\nstore_put").replace("return -1;", "return -1; /* no */"),
        (State.VALID,),
    ),
    "the code": (lambda t: t.replace("n) == 0", "n) >= 0"), (State.STALE_CODE, State.STALE_ITEM)),
    "the function around": (lambda t: t.replace("n.min(8)", "n.min(9)"), (State.STALE_ITEM,)),
    "its SAFETY text": (lambda t: t.replace("as long as", "longer than"), (State.STALE_ITEM,)),
    "the Rust declaration": (
        lambda t: t.replace("n: u32) -> i32", "n: u64) -> i32"), (State.STALE_CONTRACT,),
    ),
    "the header": (lambda t: t.replace("*store, unsigned n);", "*store, unsigned long n);"), (State.STALE_PEER,)),
    "the body in C": (lambda t: t.replace("+ (int)n", "- (int)n"), (State.STALE_PEER,)),
    "a C function that the body calls": (
        lambda t: t.replace("return store ? 0 : -1", "store_kept = store; return 0").replace(
            "static int rehash", "static struct store *store_kept;\nstatic int rehash"), (State.STALE_PEER,),
    ),
    "a field of the type": (
        lambda t: t.replace("{ raw: *mut raw::store }", "{ raw: *mut raw::Store }"), (State.STALE_CONTEXT,),
    ),
    "a field that it does not touch": (
        lambda t: t.replace("{ raw: *mut raw::store }", "{ raw: *mut raw::store, open: bool }"), (State.VALID,),
    ),
    "a field where the layout is a promise": (
        lambda t: t.replace("pub struct Store { raw", "#[repr(C)] pub struct Store { open: bool, raw"),
        (State.STALE_CONTEXT,),
    ),
    "a derive that copies": (
        lambda t: t.replace("pub struct Store", "#[derive(Clone)] pub struct Store"), (State.STALE_CONTEXT,),
    ),
    "a derive that prints": (
        lambda t: t.replace("pub struct Store", "#[derive(Debug)] pub struct Store"), (State.VALID,),
    ),
    "the destructor": (lambda t: t.replace("let _ = self.raw;", "self.raw = 0 as _;"), (State.STALE_CONTEXT,)),
    "a caller": (lambda t: t.replace("self.put(2)", "self.put(3)"), (State.STALE_CONTEXT,)),
    "a caller, after the call": (
        lambda t: t.replace("&& self.put(2)\n", "&& self.put(2) && log()\n"), (State.VALID,),
    ),
    "a test that calls": (
        lambda t: t.replace("-- src/raw.rs", "#[test]\nfn puts() { Store::new().put(9); }\n-- src/raw.rs"),
        (State.VALID,),
    ),
    "the name of the function": (
        lambda t: t.replace("fn put(", "fn place(").replace("self.put(", "self.place("), (State.MOVED,),
    ),
    "another impl": (
        lambda t: t.replace("impl Store {", "impl Place for Store {"), (State.STALE_CONTEXT, State.MOVED),
    ),
    "the file's place": (lambda t: t.replace("-- src/lib.rs --", "-- src/main.rs --"), (State.MOVED,)),
    "the module": (
        lambda t: t.replace("-- src/lib.rs --", "-- src/lib.rs --\nmod inner;\n-- src/inner.rs --").replace(
            "mod raw;\npub", "use crate::raw;\npub"), (State.MOVED,),
    ),
    "it is gone": (
        lambda t: t.replace("unsafe { raw::store_put(self.raw, n) == 0 }", "n > 0"), (State.ORPHANED,),
    ),
    "another function": (lambda t: t.replace("pub unsafe fn first", "pub unsafe fn second"), (State.VALID,)),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_what_an_edit_does_to_an_entry(name: str) -> None:
    edit, expected = EDITS[name]
    after = edit(TREE)
    assert (after == TREE) is (name == "nothing")
    assert states(after) == expected


CALLERS = """\
-- src/lib.rs --
pub struct Buffer { data: *mut u8, len: usize }
impl Buffer {
    fn write(&mut self, at: usize, byte: u8) {
        unsafe { *self.data.add(at) = byte }
    }
    pub fn set(&mut self, at: usize, byte: u8, count: &mut usize) -> bool {
        if at >= self.len {
            return false;
        }
        *count += 1;
        self.write(at, byte);
        true
    }
}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("if at >= self.len {\n            return false;\n        }\n", "", State.STALE_CONTEXT),
        ("at >= self.len", "at > self.len", State.STALE_CONTEXT),
        ("*count += 1;", "*count += 2;", State.VALID),
        ("byte: u8, count", "byte: u8, counted", State.VALID),
        ("fn set(&mut self", "fn assign(&mut self", State.VALID),
        ("self.write(at, byte);\n", "self.write(at, byte);\n        self.write(at + 1, byte);\n", State.STALE_CONTEXT),
    ],
)
def test_what_counts_of_a_caller(old: str, new: str, expected: State) -> None:
    assert old in CALLERS
    result, hasher = reviewed(CALLERS)
    entry = entry_of(result, hasher, site_of(result, "impl Buffer::write"))
    found = audited(Ledger((Kept("one.toml", entry),)), *reviewed(CALLERS.replace(old, new)), TODAY)
    assert found[0].states == (expected,)


def test_a_destructor_in_another_file_counts() -> None:
    drop = "-- src/drop.rs --\nimpl Drop for crate::Store { fn drop(&mut self) { unsafe { free(self.raw) } } }\n"
    without = TREE.replace("impl Drop for Store {\n    fn drop(&mut self) {\n        let _ = self.raw;\n    }\n}\n", "")
    assert without != TREE
    assert states(without + drop, without) == (State.STALE_CONTEXT,)


def test_the_fields_of_a_type_that_is_said_to_be_send_count() -> None:
    tree = "-- src/lib.rs --\npub struct Handle { raw: *mut u8 }\nunsafe impl Send for Handle {}\n"
    result, hasher = reviewed(tree)
    entry = entry_of(result, hasher, next(s for s in result.program.sites if s.kind == "unsafe-impl"))
    later = tree.replace("raw: *mut u8", "raw: *mut u8, cache: Rc<u8>")
    assert audited(Ledger((Kept("a", entry),)), *reviewed(later), TODAY)[0].states == (State.STALE_CONTEXT,)


# ---- renamed

FUNCTIONS = """\
-- src/lib.rs --
use std::ffi::c_void;
extern "C" { fn on_event(f: extern "C" fn(*mut c_void, u32)); }

extern "C" fn notify(data: *mut c_void, count: u32) {
    let total = data as *mut u32;
    unsafe { *total = (*total).wrapping_add(count); }
}
pub fn listen() { unsafe { on_event(notify) } }

#[no_mangle]
pub unsafe extern "C" fn fill_bytes(to: *mut u8, count: usize, byte: u8) -> i32 {
    if to.is_null() { return -1; }
    for at in 0..count { *to.add(at) = byte; }
    0
}

/// # Safety
/// `p` points to `n` numbers.
pub unsafe fn sum_of(p: *const u32, n: usize) -> u32 {
    let mut sum = 0;
    for at in 0..n { sum += *p.add(at); }
    sum
}
-- c/fill.h --
int fill_bytes(unsigned char *to, unsigned long count, unsigned char byte);
void on_event(void (*f)(void *, unsigned));
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("notify", "notify", "notice", (State.MOVED,)),
        ("sum_of", "sum_of", "total_of", (State.MOVED,)),
        ("fill_bytes", "fill_bytes", "fill_memory", (State.STALE_PEER, State.MOVED)),
        ("sum_of", "pub unsafe fn sum_of(p", "pub unsafe fn total(values", (State.STALE_CODE,)),
        ("sum_of", "let mut sum = 0;", "let mut sum = 0u32;", (State.STALE_CODE,)),
    ],
)
def test_a_function_is_found_under_its_new_name(name: str, old: str, new: str, expected: tuple[State, ...]) -> None:
    result, hasher = reviewed(FUNCTIONS)
    entry = entry_of(result, hasher, next(site for site in result.program.sites if site.name == name))
    after, hashes = reviewed(FUNCTIONS.replace(old, new))
    found = audited(Ledger((Kept("a", entry),)), after, hashes, TODAY)[0]
    assert found.states[: len(expected)] == expected
    assert (State.STALE_CODE in found.states) is (State.STALE_CODE in expected)


def test_a_function_that_moved_was_renamed_and_edited_is_stale() -> None:
    result, hasher = reviewed(FUNCTIONS)
    entry = entry_of(result, hasher, next(site for site in result.program.sites if site.name == "notify"))
    at, end = FUNCTIONS.index('extern "C" fn notify'), FUNCTIONS.index("pub fn listen")
    moved = FUNCTIONS[at:end].replace("notify", "notice").replace("count: u32) {", "count: u32) {\n    let n = 1;")
    text = FUNCTIONS[:at] + "mod events;\n" + FUNCTIONS[end:].replace("(notify)", "(events::notice)")
    after, hashes = reviewed(text + "-- src/events.rs --\nuse std::ffi::c_void;\npub " + moved)
    found = audited(Ledger((Kept("a", entry),)), after, hashes, TODAY)[0]
    assert (found.state, found.span.path if found.span else "") == (State.STALE_CODE, "src/events.rs")


def test_short_code_and_other_functions_are_not_taken_for_it() -> None:
    one = '-- src/lib.rs --\nextern "C" { fn a_free(p: *mut u8); }\npub unsafe fn first(p: *const u8) -> u8 { *p }\n'
    other = one.replace("a_free(p: *mut u8)", "b_free(p: *mut u8)").replace(
        "first(p: *const u8) -> u8 { *p }", "write(to: &mut [u8], n: usize) { to.get_unchecked_mut(n..).fill(0) }"
    )
    result, hasher = reviewed(one)
    wanted = [site for site in result.program.sites if site.kind in ("unsafe-fn", "foreign-fn")]
    entries = [Kept(site.name, entry_of(result, hasher, site)) for site in wanted]
    found = audited(Ledger(tuple(entries)), *reviewed(other), TODAY)
    assert [one.state for one in found] == [State.ORPHANED, State.ORPHANED]


def test_an_entry_expires_after_its_day() -> None:
    assert states(TREE, expires="2026-11-21") == (State.VALID,)
    assert states(TREE, expires="2026-11-20") == (State.EXPIRED,)


def test_the_contract_of_an_unsafe_function_counts() -> None:
    tree = TREE.replace("raw::store_put(self.raw, n) == 0", "first(&1) == 0").replace(
        "mod raw;", "mod raw; use raw::first;"
    )
    assert states(tree.replace("points to a byte", "points to a byte, for good"), tree) == (State.STALE_CONTRACT,)


def test_of_equal_blocks_each_has_its_entry() -> None:
    block = "pub fn {}(p: *const u8) -> u8 {{ unsafe {{ *p }} }}\n"
    two = "-- src/lib.rs --\n" + block.format("a") + block.format("b")
    result, hasher = reviewed(two)
    entries = [entry_of(result, hasher, site) for site in result.program.sites]
    ledger = Ledger(tuple(Kept(f"{i}.toml", entry) for i, entry in enumerate(entries)))
    later, hashes = reviewed(two.replace("pub fn b", "pub fn c"))
    found = audited(ledger, later, hashes, TODAY)
    assert [one.states for one in found] == [(State.VALID,), (State.MOVED,)]
    assert [one.site for one in found] == [site.id for site in later.program.sites]


# ---- files


def test_an_entry_as_it_is_written(snapshot: SnapshotAssertion) -> None:
    result, hasher = reviewed(TREE)
    entry = entry_of(
        result, hasher, site_of(result), verdict=Verdict.SOUND_WITH_CONDITIONS, conditions=("one thread", "no fork"),
        evidence=("test:tests/put.rs",), expires="2027-11-20", assisted_by="a model, guided", risk=40,
        answers={"ffi-call.kept": "ok: C copies it", "common.facts": 'n/a: "quoted" \\'},
    )  # fmt: skip
    assert write_entry(entry) == snapshot


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3), st.text(min_size=1, max_size=8))
def test_what_is_written_is_read(text: str, rows: list[str], by: str) -> None:
    hashes = Hashes("a", "b", text.encode("utf-8", "replace").decode(), "", "e")
    made = AuditEntry(
        site="0123456789ab", kind="export", path=text, owner=text, name=text, operations=tuple(rows),
        verdict=Verdict.UNCLEAR, by=f"x{by}", at="2026-11-21", tool="t", hashes=hashes, answers={text: text},
        conditions=tuple(rows), evidence=tuple(rows), risk=3,
    )  # fmt: skip
    written = write_entry(made)
    assert read_entry("a.toml", written.encode()) == made
    assert write_entry(made) == written


BAD = {
    "no TOML": b"version = [",
    "no text": b"\xff\xfe\x00",
    "too deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "too large": b"# " + b"x" * 200_000,
    "a conflict": b"<<<<<<< ours\nversion = 1\n=======\nversion = 1\n>>>>>>> theirs\n",
    "an unknown key": b"version = 1\nsurprise = true\n",
    "NUL": b"version = 1\0\n",
    "a number without end": b"version = 1\nrisk = " + b"9" * 90_000,
    "answers that are none": None,
    "sketches that are none": None,
    "a list of numbers": None,
    "a date": None,
    "another version": None,
    "no id": None,
    "no day": None,
    "nobody": None,
    "no such verdict": None,
}
REPLACED = {
    "answers that are none": ('"ffi-call.failure" = "ok"', '"ffi-call.failure" = 3'),
    "sketches that are none": ("[sketches]\naround", "[sketches]\nbelow"),
    "a list of numbers": ('operations = ["ffi-call store_put"]', "operations = [1]"),
    "a date": ('at = "2026-11-20"', "at = 2026-11-20"),
    "another version": ("version = 1", "version = 2"),
    "no id": ('site = "', 'site = "../'),
    "no day": ('at = "2026-11-20"', 'at = "yesterday"'),
    "nobody": (f'by = "{JANE}"', 'by = " "'),
    "no such verdict": ('verdict = "sound"', 'verdict = "fine"'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_damaged_file_is_a_problem_and_the_others_count(name: str) -> None:
    result, hasher = reviewed(TREE)
    good = write_entry(entry_of(result, hasher, site_of(result)))
    bad = BAD[name] or good.replace(*REPLACED[name]).encode()
    assert bad != good.encode()
    snapshot = _Files({".ffireview/audits/a.toml": bad, ".ffireview/audits/deep/b.toml": good.encode()})
    found = read_ledger(snapshot, snapshot.listing())
    assert [kept.path for kept in found.entries] == [".ffireview/audits/deep/b.toml"]
    assert [problem.path for problem in found.problems] == [".ffireview/audits/a.toml"]


@given(st.binary(max_size=60))
def test_no_bytes_raise(source: bytes) -> None:
    assert isinstance(read_entry("a.toml", source), Problem)
    assert isinstance(read_answers("a.toml", source), Problem)
    assert isinstance(read_policy("a.toml", source), Problem)


class _Files:
    """Files in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def listing(self) -> object:
        from ffireview.model.snapshot import Entry, Listing

        return Listing(tuple(Entry(path) for path in sorted(self._files)))

    def read(self, path: str) -> bytes:
        return self._files[path]


def test_two_people_write_two_files() -> None:
    names = {file_name("0123456789ab", by) for by in (JANE, JOHN, "Jane <jane@other.org>", "x", "../../y")}
    assert len(names) == 5
    assert all("/" not in name and name.endswith(".toml") for name in names)
    assert file_name("0123456789ab", "J <JANE@example.org>") == file_name("0123456789ab", JANE)


# ---- policies


def lacks(policy: str, *entries: AuditEntry, authors: frozenset[str] = frozenset()) -> list[tuple[str, Lack]]:
    result, hasher = reviewed(TREE)
    wanted = read_policy("policy.toml", policy.encode())
    assert not isinstance(wanted, Problem), wanted
    ledger = Ledger(tuple(Kept(f"{i}.toml", one) for i, one in enumerate(entries)))
    found = shortfalls(wanted, result, audited(ledger, result, hasher, TODAY), lambda _: authors)
    owners = {site.id: site.owner for site in result.program.sites}
    return [(owners[one.site], one.lack) for one in found if owners[one.site] == "impl Store::put"]


ONE = 'version = 1\n[[require]]\nrisk = "low"\n'
TWO = ONE + "people = 2\n"


def test_what_a_policy_wants() -> None:
    result, hasher = reviewed(TREE)
    site = site_of(result)
    jane, john = (entry_of(result, hasher, site, by=by) for by in (JANE, JOHN))
    put = "impl Store::put"
    assert lacks(ONE) == [(put, Lack.UNSIGNED)]
    assert lacks(ONE, jane) == []
    assert lacks(TWO, jane) == [(put, Lack.TOO_FEW)]
    assert lacks(TWO, jane, replace(jane, by="J. D. <JANE@example.org>")) == [(put, Lack.TOO_FEW)]
    assert lacks(TWO, jane, john) == []
    assert lacks(ONE, replace(jane, verdict=Verdict.UNSOUND), john) == [(put, Lack.REJECTED)]
    assert lacks(ONE, replace(jane, expires="2020-01-01")) == [(put, Lack.STALE)]
    own = ONE + "not_author = true\n"
    assert lacks(own, jane, authors=frozenset({"jane@example.org"})) == [(put, Lack.OWN_WORK)]
    assert lacks(own, jane, john, authors=frozenset({"jane@example.org"})) == []
    assert lacks("version = 1\n[[require]]\nrisk = 100\n") == []
    assert lacks('version = 1\n[[require]]\nrisk = "low"\nareas = ["test"]\n') == []
    assert lacks(ONE + "[[require]]\nrisk = 0\npeople = 2\n", jane) == [(put, Lack.TOO_FEW)]


def test_what_lacks_as_markdown(repo: Repo) -> None:
    signed(repo, "src/lib.rs:8", "J | `x` <j@example.org>", "--verdict", "unsound")
    (repo.folder / ".ffireview/policy.toml").write_text('version = 1\n[[require]]\nrisk = "low"\n')
    done = ffireview("audit", "verify", repo.folder, "-f", "markdown")
    assert done.returncode == FOUND
    first, _, *table = done.stdout.splitlines()
    assert first == "**3 sites not settled**"
    rows = [line for line in table if "lib.rs" in line]
    assert len(rows) == 1
    assert "somebody says that it is not sound: unsound, J \\|" in rows[0].replace("\\\\", "\\")
    assert re.sub(r"\\\|", "", rows[0]).count("|") == 5
    all_signed(repo, "J | `x` <j@example.org>")
    done = ffireview("audit", "verify", repo.folder, "-f", "markdown")
    assert (done.returncode, done.stdout) == (CLEAN, "Every site that the policy names is settled.\n")


@pytest.mark.parametrize(
    "text",
    [
        "version = 1\n",
        "version = 1\nrequire = []\n",
        'version = 2\n[[require]]\nrisk = "low"\n',
        'version = 1\n[[require]]\nrisk = "lowest"\n',
        "version = 1\n[[require]]\nrisk = 1\npeople = 0\n",
        'version = 1\n[[require]]\nrisk = "low"\npersons = 2\n',
        'version = 1\n[[require]]\nrisk = "low"\nareas = ["moon"]\n',
    ],
)
def test_a_policy_that_is_none(text: str) -> None:
    assert isinstance(read_policy("policy.toml", text.encode()), Problem)


# ---- what people fill in


def filled(**more: str) -> str:
    values = {"verdict": "sound", "answer": "ok", "question": "ffi-call.kept", "conditions": "[]"} | more
    return (
        'schema = "ffireview.answers/1"\n[[site]]\n'
        f'id = "put"\nverdict = "{values["verdict"]}"\nconditions = {values["conditions"]}\n'
        f'[site.answers]\n"{values["question"]}" = "{values["answer"]}"\n'
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (filled(), ""),
        (filled(answer="n/a: a constant"), ""),
        (filled(answer=""), ""),
        (filled(verdict="unsound", answer="flaw: no bound"), ""),
        (filled(verdict="sound-with-conditions", conditions='["one thread"]'), ""),
        (filled(verdict="fine"), "is not one of"),
        (filled(answer="yes"), "is not one of"),
        (filled(answer="n/a"), "wants a reason"),
        (filled(answer="flaw"), "one of them is wrong"),
        (filled(question="ffi-call.nothing"), "no question"),
        (filled(verdict="sound-with-conditions"), "names no condition"),
        (filled().replace("answers/1", "answers/2"), "is not known"),
    ],
)
def test_what_may_be_said(text: str, fault: str) -> None:
    found = read_answers("a.toml", text.encode())
    assert fault in found.message if isinstance(found, Problem) else not fault


def test_a_site_without_a_verdict_is_passed_over() -> None:
    assert read_answers("a.toml", filled(verdict="").encode()) == ()


# ---- the commands


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The tree in a repository, written by John."""
    made = Repo(tmp_path / "r")
    files = {file.path: file.text.encode() for file in parse_fragment(TREE).snapshot.files}
    made.write(files)
    made.git("add", "-A")
    made.git("commit", "-qm", "tree", GIT_AUTHOR_NAME="John E", GIT_AUTHOR_EMAIL="john@example.org")
    return made


def signed(repo: Repo, site: str = "src/lib.rs:8", by: str = JANE, *more: str) -> subprocess.CompletedProcess[str]:
    said = ("--by", by, "--today", "2026-11-21", "--verdict", "sound", *more)
    return ffireview("audit", "sign", site, "--in", repo.folder, *said)


def all_signed(repo: Repo, by: str) -> None:
    """Every site signed by one person."""
    document = json.loads(ffireview("scan", repo.folder, "-f", "json").stdout)
    sites = [one["site"]["id"] for one in document["sites"]]
    done = ffireview("audit", "sign", *sites, "--in", repo.folder, "--by", by, "--verdict", "sound")
    assert done.returncode == CLEAN, done.stderr


def audits(repo: Repo) -> list[str]:
    return sorted(os.listdir(repo.folder / ".ffireview" / "audits"))


def test_sign_status_verify(repo: Repo) -> None:
    done = signed(repo, "src/lib.rs:8", JANE, "--answer", "ffi-call.kept=ok: it copies")
    assert done.returncode == CLEAN, done.stderr
    (name,) = audits(repo)
    entry = tomllib.loads((repo.folder / ".ffireview/audits" / name).read_text())
    assert (entry["by"], entry["at"], entry["verdict"]) == (JANE, "2026-11-21", "sound")
    status = ffireview("audit", "status", repo.folder, "-f", "json")
    document = json.loads(status.stdout)
    Draft202012Validator(schemas()["audits.schema.json"]).validate(document)
    assert [one["states"] for one in document["entries"]] == [["valid"]]
    (repo.folder / ".ffireview/policy.toml").write_text("version = 1\n[[require]]\nrisk = 1\n")
    assert ffireview("audit", "verify", repo.folder).returncode == FOUND
    all_signed(repo, JANE)
    done = ffireview("audit", "verify", repo.folder)
    assert done.returncode == CLEAN, done.stdout
    repo.write({"c/store.h": b"struct store;\nint store_put(struct store *store, unsigned long n);\n"})
    done = ffireview("audit", "verify", repo.folder)
    assert done.returncode == FOUND
    assert "what was signed is not so any more (stale-peer)" in done.stdout


def test_a_new_signature_takes_the_place_of_the_stale_one(repo: Repo) -> None:
    signed(repo)
    before = audits(repo)
    source = (repo.folder / "src/lib.rs").read_bytes()
    repo.write({"src/lib.rs": source.replace(b"n) == 0", b"n) >= 0")})
    signed(repo)
    assert len(audits(repo)) == 1
    assert audits(repo) != before


def test_the_author_does_not_audit(repo: Repo) -> None:
    policy = repo.folder.parent / "policy.toml"
    policy.write_text("version = 1\n[[require]]\nrisk = 1\nnot_author = true\n")
    all_signed(repo, JOHN)
    done = ffireview("audit", "verify", repo.folder, "--policy", policy)
    assert done.returncode == FOUND
    assert "only its authors signed" in done.stdout
    all_signed(repo, JANE)
    assert ffireview("audit", "verify", repo.folder, "--policy", policy).returncode == CLEAN


def test_a_change_does_not_bring_its_own_policy(repo: Repo) -> None:
    strict, lax = (f"version = 1\n[[require]]\nrisk = {risk}\n".encode() for risk in (1, 100))
    repo.commit({".ffireview/policy.toml": strict})
    repo.commit({".ffireview/policy.toml": lax})
    assert ffireview("audit", "verify", repo.folder).returncode == CLEAN
    assert ffireview("audit", "verify", repo.folder, "--base", "HEAD~1").returncode == FOUND
    assert ffireview("audit", "verify", repo.folder, "--base", "HEAD~2").returncode == USAGE


def test_two_branches_merge_without_conflict(repo: Repo) -> None:
    for branch, by in (("one", JANE), ("two", JOHN)):
        repo.git("checkout", "-qb", branch, "main")
        signed(repo, "src/lib.rs:8", by)
        repo.git("add", "-A")
        repo.git("commit", "-qm", branch)
    repo.git("merge", "-q", "--no-edit", "one")
    assert len(audits(repo)) == 2
    document = json.loads(ffireview("audit", "status", repo.folder, "-f", "json").stdout)
    assert [one["states"] for one in document["entries"]] == [["valid"], ["valid"]]


def test_one_person_on_two_branches_conflicts_readably(repo: Repo) -> None:
    for branch, verdict in (("one", "unclear"), ("two", "unsound")):
        repo.git("checkout", "-qb", branch, "main")
        signed(repo, "src/lib.rs:8", JANE, "--verdict", verdict)
        repo.git("add", "-A")
        repo.git("commit", "-qm", branch)
    repo.git("merge", "-q", "--no-edit", "one", ok=False)
    (name,) = audits(repo)
    text = (repo.folder / ".ffireview/audits" / name).read_text()
    ours, theirs = text.partition("<<<<<<<")[2].partition("=======")[::2]
    assert [line for line in ours.splitlines()[1:] if line] == ['verdict = "unsound"']
    assert theirs.splitlines()[1] == 'verdict = "unclear"'
    done = ffireview("audit", "status", repo.folder)
    assert done.returncode == INCOMPLETE
    assert f"{name}:" in done.stdout
    assert "a merge left its conflict here: sign anew" in done.stdout
    assert signed(repo).returncode == CLEAN
    assert ffireview("audit", "status", repo.folder).returncode == CLEAN


def test_one_person_may_sign_the_same_on_two_branches(repo: Repo) -> None:
    for branch in ("one", "two"):
        repo.git("checkout", "-qb", branch, "main")
        signed(repo)
        repo.git("add", "-A")
        repo.git("commit", "-qm", branch)
    repo.git("merge", "-q", "--no-edit", "one")
    assert ffireview("audit", "status", repo.folder).returncode == CLEAN


def test_a_commit_that_formats_leaves_all_valid(repo: Repo) -> None:
    all_signed(repo, JANE)
    rust, c = ((repo.folder / path).read_text() for path in ("src/lib.rs", "c/store.c"))
    repo.write(
        {
            "src/lib.rs": rust.replace("unsafe { raw::store_put(self.raw, n) == 0 }", """unsafe {
            raw::store_put(
                self.raw,
                n, // how many
            ) == 0
        }""").replace("self.put(1) && self.put(2)", "self.put(1)\n            && self.put(2)").encode(),
            "c/store.c": c.replace("    if (!store)\n        return", "/* no store */\tif (!store) return").encode(),
        }
    )  # fmt: skip
    repo.git("add", "-A")
    repo.git("commit", "-qm", "format")
    document = json.loads(ffireview("audit", "status", repo.folder, "-f", "json", "--rev", "HEAD").stdout)
    assert {state for one in document["entries"] for state in one["states"]} == {"valid"}


def test_a_header_concerns_the_sites_that_call_it(repo: Repo) -> None:
    all_signed(repo, JANE)
    repo.write({"c/store.h": b"struct store;\nint store_put(struct store *store, unsigned short n);\n"})
    document = json.loads(ffireview("audit", "status", repo.folder, "-f", "json").stdout)
    stale = {one["entry"]["name"] or one["entry"]["owner"] for one in document["entries"] if one["states"] != ["valid"]}
    assert stale == {"store_put", "impl Store::put"}
    assert {one["states"][0] for one in document["entries"]} == {"valid", "stale-peer"}


# ---- confirming


def confirm(repo: Repo, *arguments: str, by: str = JANE) -> subprocess.CompletedProcess[str]:
    return ffireview("audit", "confirm", *arguments, "--in", repo.folder, "--by", by, "--today", "2026-12-24")


def committed(repo: Repo, files: dict[str, tuple[bytes, bytes]]) -> None:
    """What is signed is committed, then files are edited."""
    repo.git("add", "-A")
    repo.git("commit", "-qm", "signed")
    for path, (old, new) in files.items():
        source = (repo.folder / path).read_bytes()
        assert old in source
        repo.write({path: source.replace(old, new)})


ITEM = {"src/lib.rs": (b"n.min(8)", b"n.min(9)")}
PEER = {"c/store.c": (b"+ (int)n", b"- (int)n")}


def test_what_is_confirmed_keeps_its_answers(repo: Repo) -> None:
    signed(repo, "src/lib.rs:8", JANE, "--answer", "ffi-call.kept=ok: it copies", "--expires", "2027-11-21")
    committed(repo, ITEM | PEER)
    done = confirm(repo, "src/lib.rs:8", "--yes")
    assert done.returncode == CLEAN, done.stderr
    (name,) = audits(repo)
    entry = tomllib.loads((repo.folder / ".ffireview/audits" / name).read_text())
    assert (entry["at"], entry["expires"], entry["verdict"]) == ("2026-12-24", "2027-12-24", "sound")
    assert entry["answers"] == {"ffi-call.kept": "ok: it copies"}
    status = json.loads(ffireview("audit", "status", repo.folder, "-f", "json").stdout)
    assert [one["states"] for one in status["entries"]] == [["valid"]]
    assert "nothing to confirm" in confirm(repo, "--state", "stale-item", "--yes").stderr


def test_what_changed_since_the_entry_is_shown(repo: Repo) -> None:
    signed(repo)
    committed(repo, ITEM | PEER)
    shown = confirm(repo, "src/lib.rs:8", "--yes", "--since", "HEAD").stdout
    assert "-        let n = n.min(8);" in shown
    assert "+        let n = n.min(9);" in shown
    assert "-    return rehash(store) + (int)n;" in shown
    assert "SAFETY text" not in shown


def test_confirming_by_state(repo: Repo) -> None:
    all_signed(repo, JANE)
    committed(repo, PEER)
    before = audits(repo)
    assert "nothing to confirm" in confirm(repo, "--state", "stale-item", "--yes").stderr
    done = confirm(repo, "--state", "stale-peer", "--state", "moved", "--yes")
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert audits(repo) == before
    assert ffireview("audit", "status", repo.folder).stdout.startswith("5 entries: 5 valid")


def test_a_moved_entry_takes_the_new_name(repo: Repo) -> None:
    signed(repo)
    before = audits(repo)
    committed(repo, {"src/lib.rs": (b"fn put(", b"fn place(")})
    committed(repo, {"src/lib.rs": (b"self.put(", b"self.place(")})
    assert confirm(repo, "--state", "moved", "--yes").returncode == CLEAN
    assert len(audits(repo)) == 1
    assert audits(repo) != before


@pytest.mark.parametrize(
    ("arguments", "by", "words"),
    [
        (["--yes"], JANE, "wants to know what"),
        ([], JANE, "no terminal"),
        (["src/lib.rs:8", "--yes"], JANE, "its code changed"),
        (["src/lib.rs:8", "--yes"], JOHN, "no entry of yours"),
        (["--state", "stale-item", "--yes", "--since", "nowhere"], JANE, "nowhere"),
    ],
)
def test_what_cannot_be_confirmed(repo: Repo, arguments: list[str], by: str, words: str) -> None:
    signed(repo)
    committed(repo, {"src/lib.rs": (b"n) == 0", b"n) >= 0")})
    before = (repo.folder / ".ffireview/audits" / audits(repo)[0]).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "ffireview", "audit", "confirm", *arguments, "--in", str(repo.folder), "--by", by],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, words in done.stderr) == (USAGE, True), done.stderr
    assert (repo.folder / ".ffireview/audits" / audits(repo)[0]).read_bytes() == before


def typed(said: list[str], *arguments: str) -> tuple[int, str]:
    """A command in a terminal, with what a person types."""
    process, terminal = pty.fork()
    if not process:
        os.execv(sys.executable, [sys.executable, "-m", "ffireview", *arguments])
    seen = b""
    waiting = [line.encode() + b"\n" for line in said]
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 65536):
            seen += chunk
            if waiting and re.search(rb"[\]:?a-z] ?: ?\Z|\] ?: \Z", seen) and not seen.endswith(b"\n"):
                os.write(terminal, waiting.pop(0))
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(terminal)
    return code, seen.decode()


def test_confirming_in_a_terminal(repo: Repo) -> None:
    signed(repo)
    committed(repo, ITEM)
    asking = ("audit", "confirm", "--in", str(repo.folder), "--by", JANE, "-q")
    code, seen = typed(["n"], *asking)
    assert code == FOUND
    assert "let n = n.min(8);" in seen
    assert ffireview("audit", "status", repo.folder).stdout.startswith("stale-item")
    assert typed(["y"], *asking)[0] == CLEAN
    assert ffireview("audit", "status", repo.folder).stdout.startswith("1 entry: 1 valid")


def test_signing_by_file(repo: Repo) -> None:
    sheet = ffireview("checklist", repo.folder, "-f", "toml", "--top", "2").stdout
    file = repo.folder.parent / "filled.toml"
    file.write_text(sheet)
    assert ffireview("audit", "sign", "--from", file, "--in", repo.folder, "--by", JANE).returncode == USAGE
    file.write_text(
        sheet.replace('verdict = ""', 'verdict = "unclear"', 1).replace(
            '"ffi-call.kept" = ""', '"ffi-call.kept" = "unknown"'
        )
    )
    assert ffireview("audit", "sign", "--from", file, "--in", repo.folder, "--by", JANE).returncode == CLEAN
    assert len(audits(repo)) == 1


def test_signing_in_a_terminal(repo: Repo) -> None:
    lines = ["perhaps", "ok: seen", "flaw", *[""] * 5, "n"]
    lines += ["sound", "ffi-call.null-arguments", "o", "sound-w", "one thread", "", "miri", ""]
    said = "\n".join(lines) + "\n"
    done = CliRunner().invoke(
        sign, ["src/lib.rs:8", "--in", str(repo.folder), "--by", JANE, "--ask", "-j", "1"], input=said
    )
    assert done.exit_code == 0, (done.output, done.exception)
    assert "'perhaps' is not one of" in done.output
    assert "found: " in done.output
    (name,) = audits(repo)
    entry = tomllib.loads((repo.folder / ".ffireview/audits" / name).read_text())
    assert entry["conditions"] == ["one thread"]
    assert entry["evidence"] == ["miri"]
    assert "ffi-call.null-arguments is a flaw: one of them is wrong" in done.output
    assert sorted(entry["answers"].values()) == ["ok", "ok: seen"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["src/lib.rs:8", "--from", "x"],
        ["src/lib.rs:8", "--by", JANE],
        ["src/lib.rs:8", "--verdict", "sound", "--by", " "],
        ["no-such-site", "--verdict", "sound", "--by", JANE],
        ["src/lib.rs:8", "--verdict", "sound", "--by", JANE, "--answer", "ffi-call.kept=flaw"],
        ["src/lib.rs:8", "--verdict", "sound", "--by", JANE, "--answer", "ffi-call.kept"],
    ],
)
def test_what_cannot_be_signed(repo: Repo, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ffireview", "audit", "sign", *arguments, "--in", str(repo.folder)],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == USAGE, done.stderr
    assert "Traceback" not in done.stderr
    assert not (repo.folder / ".ffireview").exists()


@pytest.mark.parametrize("link", [".ffireview", ".ffireview/audits"])
def test_nothing_is_written_through_a_link(repo: Repo, link: str) -> None:
    outside = repo.folder.parent / "outside"
    outside.mkdir()
    (repo.folder / link).parent.mkdir(exist_ok=True)
    (repo.folder / link).symlink_to(outside)
    done = signed(repo)
    assert done.returncode == USAGE
    assert "a link stands in the way" in done.stderr
    assert list(outside.iterdir()) == []


def test_nothing_is_read_through_a_link(repo: Repo) -> None:
    signed(repo)
    folder = repo.folder / ".ffireview" / "audits"
    (name,) = audits(repo)
    (folder / name).rename(repo.folder.parent / name)
    (folder / name).symlink_to(repo.folder.parent / name)
    done = ffireview("audit", "status", repo.folder)
    assert done.returncode == INCOMPLETE
    assert "0 entries" in done.stdout
    assert "symlink-out" in done.stdout


def test_what_is_no_file_is_a_problem(repo: Repo) -> None:
    signed(repo)
    folder = repo.folder / ".ffireview/audits"
    os.mkfifo(folder / "pipe.toml")  # nobody waits for it
    (folder / "folder.toml").mkdir()
    (folder / "loop.toml").symlink_to("loop.toml")
    done = ffireview("audit", "status", repo.folder)
    assert done.returncode == INCOMPLETE
    assert "1 entry: 1 valid" in done.stdout
    assert "loop.toml" in done.stdout


def test_more_entries_than_anybody_has() -> None:
    result, hasher = reviewed(TREE)
    entry = entry_of(result, hasher, site_of(result))
    strange = [
        Kept(f"{at}.toml", replace(entry, site=f"{at:012x}", hashes=replace(entry.hashes, operation=f"{at}")))
        for at in range(20_000)
    ]
    started = time.process_time()
    found = audited(Ledger(tuple(strange)), result, hasher, TODAY)
    assert time.process_time() - started < 10
    assert sorted({one.state for one in found}) == [State.ORPHANED, State.STALE_CODE]


def test_a_damaged_entry_is_told_by_every_command(repo: Repo) -> None:
    signed(repo)
    (repo.folder / ".ffireview/audits/x.toml").write_text("version = [\x1b[31m")
    (repo.folder / ".ffireview/policy.toml").write_text("version = 1\n[[require]]\nrisk = 100\n")
    for command in (["audit", "status"], ["audit", "verify"], ["audit", "export"]):
        done = ffireview(*command, repo.folder)
        assert done.returncode == INCOMPLETE
        assert "\x1b" not in done.stdout + done.stderr
    done = ffireview("scan", repo.folder)
    assert done.returncode == CLEAN
    assert "1 problem: 1 settings" in done.stdout


def test_scan_and_diff_mark_settled_sites(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    signed(repo)
    repo.git("add", "-A")
    repo.git("commit", "-qm", "signed")
    assert "settled by 1" in ffireview("scan", repo.folder).stdout
    repo.write({"c/store.h": b"struct store;\nlong store_put(struct store *store, unsigned n);\n"})
    done = ffireview("diff")
    assert "signed, now stale-peer" in done.stdout, done.stdout + done.stderr


def test_what_a_change_signs_does_not_settle_it(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    source = (repo.folder / "src/lib.rs").read_bytes()
    repo.write({"src/lib.rs": source.replace(b"n) == 0", b"n) >= 0")})
    signed(repo)
    done = ffireview("diff")
    assert "settled" not in done.stdout
    assert "suppression" not in done.stdout


def test_prune_takes_out_what_is_gone(repo: Repo) -> None:
    signed(repo)
    source = (repo.folder / "src/lib.rs").read_bytes()
    repo.write({"src/lib.rs": source.replace(b"unsafe { raw::store_put(self.raw, n) == 0 }", b"n > 0")})
    assert "1 gone (not removed), 0 kept" in ffireview("audit", "prune", "-n", repo.folder).stderr
    assert len(audits(repo)) == 1
    assert "1 gone, 0 kept" in ffireview("audit", "prune", repo.folder).stderr
    assert audits(repo) == []


# ---- exports


def exported() -> tuple[object, ...]:
    result, hasher = reviewed(TREE)
    site = site_of(result)
    jane = entry_of(result, hasher, site, expires="2027-01-31", evidence=("miri",))
    john = entry_of(result, hasher, site, by="John \x1b[31m", verdict=Verdict.UNSOUND, answers={})
    old = replace(jane, by="Old <old@example.org>", hashes=replace(jane.hashes, peer="0"))
    ledger = Ledger(tuple(Kept(f"{i}.toml", one) for i, one in enumerate((jane, john, old))))
    return audited(ledger, result, hasher, TODAY)


def test_as_cyclonedx(snapshot: SnapshotAssertion) -> None:
    assert cyclonedx.render("store", exported()) == snapshot  # type: ignore[arg-type]


def test_as_in_toto(snapshot: SnapshotAssertion) -> None:
    assert intoto.render("store", "0" * 40, exported()) == snapshot  # type: ignore[arg-type]


def test_a_statement_is_about_a_commit(repo: Repo) -> None:
    assert ffireview("audit", "export", "-f", "in-toto", repo.folder).returncode == USAGE
    done = ffireview("audit", "export", "-f", "in-toto", "--rev", "HEAD", repo.folder)
    assert json.loads(done.stdout)["subject"][0]["digest"]["gitCommit"] == repo.git("rev-parse", "HEAD")
