"""Verdicts of ffireview held against gcc and rustc: do the compilers see a difference exactly where ffireview does?

    python differential.py [--git2-rs CHECKOUT] [--samples samples] [--made 400] [--seed 1] [--keep FOLDER]

For every function that ffireview judged, a C program and a Rust program print size, kind and sign of each parameter
and of the result. On the C side the types are those that ffireview read, and gcc says whether a function of these
types is the one in the header; on the Rust side rustc infers them from the declaration itself. Markdown to stdout.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
FAULTS = ("may-break", "breaks")
JUDGED = ("agrees", "tolerable", *FAULTS)
BEYOND = ("const", "enum-vs-int", "fn-pointer", "pointee", "pointer-depth", "rust-type")
"""Kinds of difference that size, kind and sign do not show."""
SHOWN = 2
"""Examples of each group in the report."""
IN_REGISTERS = 16
"""Bytes of a record that the System V x86-64 and the AArch64 ABI return without a hidden pointer."""


class Material(NamedTuple):
    """A tree to judge, the headers that its C program includes and the crate that its Rust program uses."""

    name: str
    tree: Path
    include: Path
    headers: tuple[str, ...]
    crate: Path
    edition: str
    needs: str = ""
    module: str = ""
    paths: tuple[tuple[str, str], ...] = ()
    library: str = ""
    """A static library that the crate names; an empty one stands for it."""


class Judged(NamedTuple):
    """A pair of declarations with its verdict."""

    material: str
    symbol: str
    rust: Row
    foreign: Row
    grade: str
    differences: tuple[Row, ...]

    @property
    def export(self) -> bool:
        """Whether C calls Rust."""
        return bool(self.rust["role"] == "export")


class Fact(NamedTuple):
    """What a compiler says of one type. Sign is empty where there is none or the platform chooses it."""

    kind: str
    size: int
    sign: str = ""
    pointee: str = ""

    def __str__(self) -> str:
        inner = f" to {self.pointee}" if self.pointee else ""
        return self.kind if self.kind == "void" else f"{self.sign} {self.kind}{inner} of {self.size}".strip()


class Outcome(NamedTuple):
    """One place of one function: what ffireview and what the compilers say."""

    judged: Judged
    where: str
    verdict: str
    said: str
    expected: tuple[str, ...]
    seen: str


# What ffireview says


def verdicts(material: Material) -> list[Judged]:
    """Every judged pair of functions that holds without optional features, those with a header prototype last."""
    command = [sys.executable, "-m", "ffireview", "boundary", str(material.tree), "-q", "-f", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    inside = material.include.relative_to(material.tree).as_posix() + "/"
    pairs = list(_pairs(material, json.loads(done.stdout)["crossings"]))
    return sorted(pairs, key=lambda pair: pair.foreign["span"]["path"].startswith(inside))


def _pairs(material: Material, crossings: list[Row]) -> Iterator[Judged]:
    for crossing in crossings:
        sides = [*crossing["rust"], *crossing["foreign"]]
        by_place = {(s["span"]["path"], s["span"]["line"]): s for s in sides}
        for found in crossing.get("agreements", []) if crossing["via"] != "callback" else []:
            rust, foreign = (by_place[found[side]["path"], found[side]["line"]] for side in ("rust", "foreign"))
            if rust["signature"] and foreign["signature"] and _holds(rust["cfg"] + foreign["cfg"]):
                yield Judged(
                    material.name, crossing["symbol"], rust, foreign, found["grade"], tuple(found["differences"])
                )


def _holds(conditions: list[str]) -> bool:
    """Whether conditions hold when no feature is chosen and no macro is defined."""
    return not any(re.match(r"feature\b|defined\b", condition) for condition in conditions)


def _parameters(side: Row) -> list[str]:
    return [p["type"] for p in side["signature"]["parameters"] if _holds(p["cfg"])]


# What gcc says

_SCALARS = {
    "_Bool": "b1", "char": "c1", "signed char": "i1", "unsigned char": "u1", "short": "i2", "unsigned short": "u2",
    "int": "i4", "unsigned": "u4", "long": "i8", "unsigned long": "u8", "long long": "i8", "unsigned long long": "u8",
    "float": "f4", "double": "f8", "long double": "f16",
}  # fmt: skip
_C_HEAD = r"""
#define SCALAR(T) _Generic(*(T*)0, {choices}, default: "-")
#define CLASS(T) __builtin_classify_type(*(T*)0)
#define TYPED(T) _Generic(*(T*)0, void *: 0, const void *: 0, default: CLASS(T) == 5)
#define AIM(T) __typeof__(*__builtin_choose_expr(TYPED(T), *(T*)0, (char*)0))
#define IS_FUNCTION(T) (TYPED(T) && __builtin_types_compatible_p(void (AIM(T)), void (T)))
#define FACT(W, T) printf("\t%s=%s,%d,%d,%zu", W, SCALAR(T), CLASS(T), IS_FUNCTION(T), sizeof(T));
#define NAME(S, F, ...) printf("%s\t%d", S, __builtin_types_compatible_p(__typeof__(F), __VA_ARGS__));
"""


def c_program(material: Material, rows: list[Judged]) -> list[str]:
    """The lines of the C program; those of functions begin with their symbol in a comment."""
    choices = [f'{c}: "{code}"' for c, code in _SCALARS.items()]
    choices += [f'{q}{c} *: "*{code}"' for c, code in _SCALARS.items() for q in ("", "const ")]
    includes = ["<stdio.h>", "<stdint.h>", "<stddef.h>", "<stdbool.h>", *(f"<{h}>" for h in material.headers)]
    head = [*(f"#include {name}" for name in includes), *_C_HEAD.replace("{choices}", ", ".join(choices)).split("\n")]
    return [*head, "int main(void) {", *(_c_line(row) for row in rows), "return 0; }"]


def _c_line(row: Judged) -> str:
    types = [_decayed(t) for t in _parameters(row.foreign)]
    returns = row.foreign["signature"]["returns"]
    names = [f"t{i}" for i in range(len(types))]
    defined = "".join(f"typedef __typeof__({t}) {n}; " for t, n in zip(types, names, strict=True))
    listed = ", ".join([*names, *(["..."] if row.foreign["signature"]["variadic"] else [])]) or "void"
    facts = "".join(f'FACT("parameter {i}", {n}) ' for i, n in enumerate(names, 1))
    facts += 'printf("\\tresult=void,0,0,0");' if returns == "void" else 'FACT("result", r)'
    name = f'NAME("{row.symbol}", {row.symbol}, r ({listed}))'
    return f'/*{row.symbol}*/ {{ typedef __typeof__({returns}) r; {defined}{name} {facts} puts(""); }}'


def _decayed(written: str) -> str:
    array = re.match(r"^(.*?)\s*\[[^\]]*\]$", written, re.DOTALL)
    return f"__typeof__({array[1]}) *" if array else written


def gcc_facts(material: Material, rows: list[Judged], folder: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Printed cells by symbol, and the first error of each function that gcc refuses."""
    source, program = folder / f"{material.name}.c", folder / f"{material.name}-c"
    lines, refused = c_program(material, rows), {}
    while True:
        source.write_text("\n".join(lines), encoding="utf-8")
        command = ["gcc", "-std=gnu11", "-w", "-ftrack-macro-expansion=0", "-I", str(material.include)]
        done = subprocess.run([*command, str(source), "-o", str(program)], capture_output=True, text=True)
        if done.returncode == 0:
            return _cells(program), refused
        errors = re.findall(r"\.c:(\d+):\d+: error: (.*)", done.stderr)
        _drop(lines, ((int(n), why) for n, why in errors), r"/\*(\w+)\*/", refused, done.stderr)


def _drop(lines: list[str], errors: Iterable[tuple[int, str]], mark: str, refused: dict[str, str], said: str) -> None:
    """Blanks the lines of functions that a compiler refused, and keeps why."""
    before = len(refused)
    for number, why in errors:
        if found := re.match(mark, lines[number - 1]):
            refused[found[1]] = why
            lines[number - 1] = ""
    if len(refused) == before:
        raise RuntimeError(said[-2000:])


def _cells(program: Path) -> dict[str, list[str]]:
    done = subprocess.run([str(program)], capture_output=True, text=True, check=True)
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {row[0]: row[1:] for row in rows}


def c_fact(cell: str) -> Fact:
    """A cell of the C program, `scalar code, class, whether a function pointer, size`."""
    code, of_class, function, size = cell.split(",")
    if code == "void":
        return Fact("void", 0)
    if code.startswith("*"):
        return Fact("pointer", int(size), "", code[1:])
    if code != "-":
        return _scalar(code)
    if of_class == "5":
        return Fact("function pointer" if function == "1" else "pointer", int(size))
    return Fact("record", int(size))


def _scalar(code: str) -> Fact:
    kind = {"b": "bool", "f": "float"}.get(code[0], "integer")
    return Fact(kind, int(code[1:]), {"i": "signed", "u": "unsigned"}.get(code[0], ""))


# What rustc says

_RUST_HEAD = """#![allow(warnings)]
use std::{any::type_name, mem::size_of};
trait Shape { fn show(); }
fn one<T>(place: String) { print!("\\t{}={},{}", place, size_of::<T>(), type_name::<T>()); }
macro_rules! shape { ($($t:ident)*; $($dots:tt)*) => {
    impl<R, $($t),*> Shape for unsafe extern "C" fn($($t,)* $($dots)*) -> R { fn show() {
        let mut n = 0; $(n += 1; one::<$t>(format!("parameter {n}"));)* one::<R>("result".into()); } } } }
fn show<F: Shape>(name: &str, _: impl FnOnce() -> F) { print!("{name}\\t1"); F::show(); println!(); }
"""
_MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "{edition}"
{target}
[dependencies]
{needs}
"""
_MADE_ENUM = "Mode"
"""The one Rust enum by value: its name alone does not tell it from a struct."""
_RUST_INTEGER = re.compile(r"^([iu])(\d+|size)$")
_BITS = {"bool": "b1", "f32": "f4", "f64": "f8"}


def rust_program(material: Material, rows: list[Judged]) -> list[str]:
    """The lines of the Rust program; every function is cast to a pointer whose types rustc infers."""
    most = max((len(_parameters(row.rust)) for row in rows), default=0)
    lists = [" ".join(f"T{i}" for i in range(n)) for n in range(most + 1)]
    shapes = [f"shape!({names};);" for names in lists] + [f"shape!({names}; ...);" for names in lists[1:]]
    return [*_RUST_HEAD.splitlines(), *shapes, "fn main() {", *(_rust_line(material, row) for row in rows), "}"]


def _rust_line(material: Material, row: Judged) -> str:
    places = ["_"] * len(_parameters(row.rust)) + ["..."] * row.rust["signature"]["variadic"]
    path = dict(material.paths).get(row.rust["name"], f"{material.module}{row.rust['name']}")
    cast = f'unsafe extern "C" fn({", ".join(places)}) -> _'
    return f'/*{row.symbol}*/ show("{row.symbol}", || subject::{path} as {cast});'


def rustc_facts(material: Material, rows: list[Judged], folder: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Printed cells by symbol, and the first error of each function that rustc refuses."""
    scratch = folder / f"{material.name}-rust"
    _scratch_crates(material, scratch)
    lines, refused = rust_program(material, rows), {}
    while True:
        (scratch / "main.rs").write_text("\n".join(lines), encoding="utf-8")
        command = ["cargo", "build", "--offline", "-q", "--message-format", "json"]
        flags = {**os.environ, "RUSTFLAGS": f"-L native={scratch}", "CARGO_TARGET_DIR": str(scratch / "target")}
        done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, env=flags)
        if done.returncode == 0:
            return _cells(scratch / "target" / "debug" / "probe"), refused
        _drop(lines, _rust_errors(done.stdout), r"/\*(\w+)\*/", refused, done.stdout + done.stderr)


def _scratch_crates(material: Material, scratch: Path) -> None:
    """The crate under test without its build script, what it needs, and the program that uses it."""
    target = f"build = false\n[lib]\npath = {json.dumps(str(material.crate))}"
    _crate(scratch / "subject", "subject", material.edition, target, material.needs)
    _crate(scratch / "empty", "libz-sys", "2021", "")
    (scratch / "empty" / "src").mkdir(exist_ok=True)
    (scratch / "empty" / "src" / "lib.rs").write_text("", encoding="utf-8")
    if material.library:
        (scratch / f"lib{material.library}.a").write_bytes(b"!<arch>\n")
    target = '[workspace]\n[[bin]]\nname = "probe"\npath = "main.rs"'
    _crate(scratch, "probe", "2021", target, 'subject = { path = "subject" }')


def _crate(folder: Path, name: str, edition: str, target: str, needs: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = _MANIFEST.format(name=name, edition=edition, target=target, needs=needs)
    (folder / "Cargo.toml").write_text(text, encoding="utf-8")


def _rust_errors(output: str) -> Iterator[tuple[int, str]]:
    for line in output.splitlines():
        message = json.loads(line).get("message") or {}
        for span in message.get("spans", []) if message.get("level") == "error" else []:
            if span["file_name"] == "main.rs":
                yield span["line_start"], message["message"]


def rust_fact(cell: str) -> Fact:
    """A cell of the Rust program, `size, name of the type`."""
    size, _, name = cell.partition(",")
    name = re.sub(r"^core::option::Option<(.*)>$", r"\1", name)
    if name in ("()", "!"):
        return Fact("void", 0)
    if re.match(r"(?:for<[^>]*> )?(?:unsafe )?(?:extern \"[^\"]*\" )?fn\(", name):
        return Fact("function pointer", int(size))
    if found := re.match(r"(?:\*(?:mut|const) |&(?:mut )?|(?:core::ptr::non_null::NonNull|alloc::boxed::Box)<)", name):
        return Fact("pointer", int(size), "", _rust_code(name[found.end() :].rstrip(">")))
    code = _rust_code(name)
    if code:
        return _scalar(code)
    return Fact("enum" if name.endswith(f"::{_MADE_ENUM}") else "record", int(size))


def _rust_code(name: str) -> str:
    if found := _RUST_INTEGER.match(name):
        return found[1] + str(8 if found[2] == "size" else int(found[2]) // 8)
    return _BITS.get(name, "")


# Facts beside verdicts


def expected(rust: Fact, c: Fact, *, rust_reads: bool) -> tuple[str, ...]:
    """The grades that these facts allow, on LP64."""
    reader, giver = (rust, c) if rust_reads else (c, rust)
    kinds = {rust.kind, c.kind}
    if "void" in kinds:
        hidden = giver.kind == "record" and giver.size > IN_REGISTERS
        lost = ("tolerable", "may-break")
        return ("agrees",) if len(kinds) == 1 else ("breaks",) if giver.kind == "void" or hidden else lost
    if "float" in kinds:
        return ("agrees",) if rust == c else ("breaks",)
    if "record" in kinds:
        return FAULTS if len(kinds) > 1 else ("agrees",) if rust.size == c.size else ("breaks",)
    if kinds <= {"pointer", "function pointer"}:
        return _addresses(rust, c)
    return _integers(rust, c, reader, giver)


def _addresses(rust: Fact, c: Fact) -> tuple[str, ...]:
    if rust.kind != c.kind:
        return ("tolerable", "may-break")
    if not rust.pointee or not c.pointee or rust.pointee == c.pointee:
        return ("agrees",)
    one, other = _scalar(rust.pointee), _scalar(c.pointee)
    if 1 in (one.size, other.size) and "bool" not in (one.kind, other.kind):
        return ("agrees", "tolerable")
    same = one.size == other.size and (one.kind == "float") == (other.kind == "float")
    return ("agrees", "tolerable") if same else FAULTS


def _integers(rust: Fact, c: Fact, reader: Fact, giver: Fact) -> tuple[str, ...]:
    if reader.size > giver.size:
        return FAULTS if "bool" in (rust.kind, c.kind) else ("breaks",)
    if reader.size < giver.size or "pointer" in rust.kind + c.kind:
        return ("may-break",)
    if rust.kind == c.kind and (rust.sign == c.sign or not rust.sign or not c.sign):
        return ("agrees",)
    if "bool" in (rust.kind, c.kind):
        return ("tolerable", "may-break")
    if "enum" in (rust.kind, c.kind):
        return ("agrees", "tolerable")
    return ("tolerable",) if rust.size >= 4 else ("may-break",)


def outcomes(row: Judged, rust: list[str], c: list[str]) -> Iterator[Outcome]:
    """Every place of a function: its parameters, its result and their number."""
    ours = {k: rust_fact(v) for k, v in (cell.split("=", 1) for cell in rust[1:])}
    theirs = {k: c_fact(v) for k, v in (cell.split("=", 1) for cell in c[1:])}
    if c[0] != "1":
        yield Outcome(row, "reading", "disagreement", row.foreign["text"], (), "gcc has another type for it")
    yield _outcome(row, "arity", _arity(row, len(ours), len(theirs)), f"{len(ours)} and {len(theirs)} types")
    for where in ours.keys() & theirs.keys():
        grades = expected(ours[where], theirs[where], rust_reads=row.export == where.startswith("parameter"))
        yield _outcome(row, where, grades, f"Rust {ours[where]}, C {theirs[where]}")


def _arity(row: Judged, ours: int, theirs: int) -> tuple[str, ...]:
    if ours == theirs or row.rust["signature"]["variadic"] or row.foreign["signature"]["variadic"]:
        return ("agrees",)
    given, taken = (theirs, ours) if row.export else (ours, theirs)
    return ("breaks",) if given < taken else ("may-break",)


def _outcome(row: Judged, where: str, grades: tuple[str, ...], seen: str) -> Outcome:
    found = [d for d in row.differences if d["where"] == where and "LP64" in d["models"]]
    said = found[0]["grade"] if found else "agrees"
    if said in grades:
        verdict = "same"
    elif found and found[0]["kind"] in BEYOND and "agrees" in grades:
        verdict = "beyond"
    else:
        verdict = "grade" if (said in FAULTS) == (grades[0] in FAULTS) else "disagreement"
    return Outcome(row, where, verdict, f"{said}: {found[0]['effect']}" if found else said, grades, seen)


# Made-up functions

_MADE = (
    ("i8", "int8_t %s"), ("u8", "uint8_t %s"), ("c_char", "char %s"), ("i16", "short %s"), ("u16", "uint16_t %s"),
    ("c_int", "int %s"), ("u32", "unsigned int %s"), ("c_long", "long %s"), ("c_ulong", "unsigned long %s"),
    ("i64", "int64_t %s"), ("u64", "unsigned long long %s"), ("usize", "size_t %s"), ("isize", "ptrdiff_t %s"),
    ("f32", "float %s"), ("f64", "double %s"), ("bool", "bool %s"), ("*mut c_void", "void *%s"),
    ("*const c_char", "const char *%s"), ("*mut i32", "int *%s"), ("*mut bool", "bool *%s"),
    ("*const u64", "const uint64_t *%s"), ("*mut f64", "double *%s"), ("*const u8", "const unsigned char *%s"),
    ("Small", "made_small %s"), ("Large", "struct made_large %s"), ("*mut Large", "struct made_large *%s"),
    ("Option<unsafe extern \"C\" fn(c_int) -> c_int>", "int (*%s)(int)"), ("Step", "made_step %s"),
    ("Mode", "enum made_mode %s"), ("Id", "made_id %s"), ("&'static Small", "const made_small *%s"),
)  # fmt: skip
_MADE_C = """#ifndef MADE_H
#define MADE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
typedef struct { int32_t x, y; } made_small;
struct made_large { uint64_t words[4]; };
typedef void (*made_step)(void *data);
enum made_mode { MADE_OFF, MADE_ON };
typedef uint32_t made_id;
"""
_MADE_RUST = """#![allow(unused)]
use std::ffi::{c_char, c_int, c_long, c_ulong, c_void};
#[repr(C)]
pub struct Small { pub x: i32, pub y: i32 }
#[repr(C)]
pub struct Large { pub words: [u64; 4] }
pub type Step = Option<unsafe extern "C" fn(data: *mut c_void)>;
#[repr(C)]
pub enum Mode { Off, On }
pub type Id = u32;
"""


def made_tree(folder: Path, count: int, seed: int) -> Material:
    """A crate and a header whose functions differ in one random place each; every second one is an export."""
    draw = random.Random(seed)
    imports, exports, prototypes = [], [], []
    for index in range(count):
        rust, prototype = _made_function(draw, f"made_{index}")
        prototypes.append(f"{prototype};")
        (exports if index % 2 else imports).append(rust)
    bodies = [f'#[no_mangle]\npub extern "C" {rust} {{\n    unimplemented!()\n}}' for rust in exports]
    block = ['extern "C" {', *(f"    pub {rust};" for rust in imports), "}"]
    _crate(folder, "made", "2021", "")
    for part, text in (
        ("src/lib.rs", "\n".join([_MADE_RUST, *block, *bodies, ""])),
        ("include/made.h", "\n".join([_MADE_C, *prototypes, "#endif", ""])),
    ):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text(text, encoding="utf-8")
    return Material("made-up", folder, folder / "include", ("made.h",), folder / "src" / "lib.rs", "2021")


def _made_function(draw: random.Random, name: str) -> tuple[str, str]:
    ours = [draw.choice(_MADE) for _ in range(draw.randint(1, 5))]
    returns = draw.choice([pair for pair in _MADE if "(*" not in pair[1]] + [("()", "void %s")] * 6)
    theirs, their_returns = list(ours), returns
    change = draw.choice(("parameter", "parameter", "parameter", "result", "more", "fewer"))
    if change == "parameter":
        theirs[draw.randrange(len(theirs))] = draw.choice(_MADE)
    elif change == "result":
        their_returns = draw.choice([pair for pair in _MADE if "(*" not in pair[1]] + [("()", "void %s")] * 6)
    elif change == "more":
        theirs.append(draw.choice(_MADE))
    else:
        theirs.pop()
    listed = ", ".join(f"p{i}: {pair[0]}" for i, pair in enumerate(ours))
    written = ", ".join(pair[1] % f"p{i}" for i, pair in enumerate(theirs)) or "void"
    return f"fn {name}({listed}) -> {returns[0]}", their_returns[1] % f"{name}({written})"


# Everything together


def materials(git2: Path | None, samples: Path, made: Path, count: int, seed: int) -> Iterator[Material]:
    """What is compared."""
    if git2:
        tree = git2 / "libgit2-sys"
        include = tree / "libgit2" / "include"
        system = sorted(f"git2/sys/{path.name}" for path in (include / "git2" / "sys").glob("*.h"))
        needs = 'libc = "0.2"\nlibz-sys = { path = "../empty" }\n[features]\nunstable-sha256 = []\nhttps = []\nssh = []'
        yield Material("libgit2-sys", tree, include, ("git2.h", *system), tree / "lib.rs", "2021", needs)
    kvstore, blobkit = samples / "kvstore", samples / "blobkit"
    crate = kvstore / "kvstore-sys" / "src" / "lib.rs"
    yield Material("kvstore", kvstore, kvstore / "c" / "include", ("kvstore.h",), crate, "2024", library="kvstore")
    needs = f"byteview = {{ path = {json.dumps(str(blobkit / 'vendor' / 'byteview'))} }}\n[features]\n"
    needs += 'default = ["capi"]\ncapi = []\nrenamed = []'
    paths = (("blob_clear", "Blob::blob_clear"),)
    crate = blobkit / "src" / "lib.rs"
    yield Material("blobkit", blobkit, blobkit / "include", ("blobkit.h",), crate, "2024", needs, "capi::", paths)
    yield made_tree(made, count, seed)


class Result(NamedTuple):
    """What became of one material."""

    material: str
    rows: list[Judged]
    outcomes: list[Outcome]
    unknown: int
    refused: dict[str, str]


def examine(material: Material, folder: Path) -> Result:
    """Judges, compiles, runs and compares."""
    pairs = verdicts(material)
    rows = list({row.symbol: row for row in pairs if row.grade in JUDGED}.values())
    c, c_refused = gcc_facts(material, rows, folder)
    rust, rust_refused = rustc_facts(material, rows, folder)
    both = [row for row in rows if row.symbol in c and row.symbol in rust]
    found = [o for row in both for o in outcomes(row, rust[row.symbol], c[row.symbol])]
    unknown = len({row.symbol for row in pairs} - {row.symbol for row in rows})
    return Result(material.name, both, found, unknown, {**c_refused, **rust_refused})


def report(results: list[Result]) -> Iterator[str]:
    """Tables of what was compared, and every place where ffireview and the compilers part."""
    yield "| material | " + " | ".join(_COLUMNS) + " |"
    lines = [_line(result.material, _counts(result)) for result in results]
    total = sum((_counts(result) for result in results), Counter[str]())
    yield "|---|" + "---:|" * len(_COLUMNS)
    yield from [*lines, _line("all", total)]
    for verdict, title in (
        ("disagreement", "Disagreements"), ("grade", "A difference or none on both sides, graded otherwise"),
        ("beyond", "Beyond size, kind and sign"),
    ):  # fmt: skip
        yield from _listed(title, [o for r in results for o in r.outcomes if o.verdict == verdict])
    yield from (f"- not compiled: {r.material} `{s}`: {why}" for r in results for s, why in r.refused.items())


_COLUMNS = ("functions", *JUDGED, "unknown", "refused", "parameters", "results", "same", "beyond", "grade",
            "disagreement")  # fmt: skip


def _counts(result: Result) -> Counter[str]:
    counts = Counter(row.grade for row in result.rows)
    counts.update(outcome.verdict for outcome in result.outcomes)
    places = Counter(outcome.where.split()[0] for outcome in result.outcomes)
    counts.update(functions=len(result.rows), unknown=result.unknown, refused=len(result.refused))
    counts.update(parameters=places["parameter"], results=places["result"])
    return counts


def _line(name: str, counts: Counter[str]) -> str:
    return "| " + " | ".join([name, *(str(counts[column]) for column in _COLUMNS)]) + " |"


def _listed(title: str, found: list[Outcome]) -> Iterator[str]:
    yield from ("", f"### {title}: {len(found)}", "")
    grouped: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in found:
        grouped[f"{outcome.said} (the facts allow {' or '.join(outcome.expected) or 'nothing'})"].append(outcome)
    for text, rows in sorted(grouped.items()):
        named = (
            f"{o.judged.material} `{o.judged.symbol}` {o.where}{', export' * o.judged.export}: {o.seen}" for o in rows
        )
        yield f"- {len(rows)} × {text}: " + "; ".join(list(named)[:SHOWN])


def main() -> None:
    """Reads the arguments, compares everything and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--git2-rs", type=Path, help="a checkout of git2-rs with its libgit2")
    parser.add_argument("--samples", type=Path, default=ROOT / "samples")
    parser.add_argument("--made", type=int, default=400, help="made-up functions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for what is written, instead of a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        git2 = options.git2_rs.resolve() if options.git2_rs else None
        every = materials(git2, options.samples.resolve(), folder / "made", options.made, options.seed)
        results = [examine(material, folder) for material in every]
    print("\n".join(report(results)))


if __name__ == "__main__":
    main()
