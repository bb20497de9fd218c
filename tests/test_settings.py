"""Settings around code: what a build, a manifest, an attribute or a comment sets, with its place."""

import pytest

from ffireview.extract.settings import is_settings_file, settings_of
from ffireview.model.items import Setting


def found(path: str, text: str) -> list[str]:
    return [f"{s.at.line} {s.tool} {s.name} = {s.value}" for s in settings_of(path, text.encode())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            """fn main() {
                bindgen::Builder::default()
                    .header("wrapper.h")
                    .allowlist_function("x_.*")
                    .layout_tests(false)
                    .size_t_is_usize(true)
                    .generate();
            }""",
            [
                "3 bindgen header = wrapper.h", "4 bindgen allowlist_function = x_.*", "5 bindgen layout_tests = false",
                "6 bindgen size_t_is_usize = true",
            ],
        ),
        (
            'fn main() {\n    let mut b = bindgen::builder();\n    for f in FNS { b = b.blocklist_type(f); }\n}',
            ["3 bindgen blocklist_type = f"],
        ),
        (
            'use cc::Build;\nfn main() {\n    Build::new().file("a.c").define("X", "1").compile("a");\n}',
            ["3 cc file = a.c", '3 cc define = "X", "1"', "3 cc compile = a"],
        ),
        (
            'fn add(cfg: &mut cc::Build) {\n    cfg.flag("-O2");\n}',
            ["2 cc flag = -O2"],
        ),
        (
            'fn main() { cbindgen::Builder::new().with_crate(d).with_language(C).generate(); }',
            ["1 cbindgen with_crate = d", "1 cbindgen with_language = C"],
        ),
        ("fn main() { other::Builder::new().header(\"x\").file(\"y\").flag(1); }", []),
        ("fn main() { let cc = 1; cmake::Config::new(cc::X).define(\"X\", \"1\"); }", []),
        (
            """fn main() {
                println!("cargo:rustc-link-lib=static=z");
                println!("cargo::rustc-link-search={}", dir);
                println!("cargo:rerun-if-changed=a.c");
                g("cargo:rustc-cfg=x");
            }""",
            ["2 link rustc-link-lib = static=z", "3 link rustc-link-search = {}, dir"],
        ),
        ('// println!("cargo:rustc-link-lib=z");\nfn main() {}', []),
    ],
    ids=["bindgen", "variable", "alias", "parameter", "cbindgen", "another-builder", "cmake", "link", "comment"],
)  # fmt: skip
def test_a_build_script(text: str, expected: list[str]) -> None:
    assert found("build.rs", text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("src/lib.rs", "#![forbid(unsafe_code)]", ("forbid", "unsafe_code", "the crate")),
        ("src/a.rs", "#![deny(unsafe_op_in_unsafe_fn)]", ("deny", "unsafe_op_in_unsafe_fn", "the module")),
        ("src/lib.rs", "mod m { #![allow(unsafe_code)] }", ("allow", "unsafe_code", "mod m")),
        ("src/lib.rs", "#[allow(unsafe_code)]\nmod m;", ("allow", "unsafe_code", "m")),
        ("src/lib.rs", "impl S { #[allow(clippy::mem_forget)] fn f() {} }",
         ("allow", "clippy::mem_forget", "impl S::f")),
        ("src/lib.rs", "#[expect(improper_ctypes, reason = \"x\")] struct S;", ("expect", "improper_ctypes", "S")),
        ("src/lib.rs", '#![cfg_attr(not(test), deny(unsafe_code))]', ("deny if not(test)", "unsafe_code", "the crate")),
    ],
)  # fmt: skip
def test_a_lint_has_its_scope(path: str, text: str, expected: tuple[str, str, str]) -> None:
    (setting,) = settings_of(path, text.encode())
    assert (setting.tool, (setting.name, setting.value, setting.scope)) == ("lint", expected)


def test_other_lints_are_no_settings() -> None:
    assert found("src/lib.rs", "#![allow(dead_code)]\n// #![forbid(unsafe_code)]\n#[derive(Debug)] struct S;") == []


MANIFEST = """\
[package]
name = "x"
links = "z"          # the library
edition = "2024"

[lib]
crate-type = ["cdylib",
  "staticlib"]

[dependencies]
serde = "1"
libz-sys = { version = "1.1", features = ["static"] }
native = { package = "openssl-sys", version = "0.9" }
"quoted-sys" = "2"
ring-sys.workspace = true

[target.'cfg(unix)'.build-dependencies]
cc = "1.0"

[dependencies.curl-sys]
version = "0.4"

[dev-dependencies]
other-sys = "1"

[profile.release]
panic = "abort"
lto = true

[lints.rust]
unsafe_code = { level = "deny", priority = 1 }
dead_code = "allow"

[lints]
clippy.mem_forget = "warn"
"""


def test_a_manifest() -> None:
    assert found("a/Cargo.toml", MANIFEST) == [
        "3 cargo package.links = z",
        "4 cargo package.edition = 2024",
        '7 cargo lib.crate-type = ["cdylib", "staticlib"]',
        '12 cargo dependency libz-sys = { version = "1.1", features = ["static"] }',
        '13 cargo dependency native = { package = "openssl-sys", version = "0.9" }',
        "14 cargo dependency quoted-sys = 2",
        "15 cargo dependency ring-sys = workspace = true",
        "18 cargo dependency cc = 1.0",
        '21 cargo dependency curl-sys = version = "0.4"',
        "27 cargo profile.release panic = abort",
        "31 lint deny = unsafe_code",
        "35 lint warn = clippy::mem_forget",
    ]
    scopes = {s.name: s.scope for s in settings_of("Cargo.toml", MANIFEST.encode())}
    assert scopes["dependency cc"] == "target.cfg(unix).build-dependencies"


def test_files_of_other_tools() -> None:
    assert found("cbindgen.toml", 'language = "C"\n[export]\ninclude = ["S"]\n') == [
        "1 cbindgen language = C", '3 cbindgen export.include = ["S"]'
    ]  # fmt: skip
    config = (
        '[build]\nrustflags = ["-Z", "x"]\njobs = 4\n[target.x86_64-linux]\nlinker = "lld"\n[env]\nCFLAGS = "-O2"\n'
    )
    assert found("a/.cargo/config.toml", config) == [
        '2 cargo build.rustflags = ["-Z", "x"]', "5 cargo target.x86_64-linux.linker = lld", "7 cargo env.CFLAGS = -O2"
    ]  # fmt: skip
    assert found("rust/bindgen_parameters", "# why\n--opaque-type xregs\n\n--no-doc-comments # x\n") == [
        "2 bindgen opaque-type = xregs", "4 bindgen no-doc-comments = "
    ]  # fmt: skip
    assert found("rust/bindings/bindings_helper.h", "#include <linux/fs.h>\n// #include <a.h>\nint x;\n") == [
        "1 bindgen include = <linux/fs.h>"
    ]
    assert found("src/fs.h", "#include <linux/fs.h>\n") == []


@pytest.mark.parametrize("path", ["a.rs", "a.c", "a.hpp"])
def test_suppressions_are_comments(path: str) -> None:
    text = (
        "// ffireview: allow(raw-deref) -- checked above\nint x; /* ffireview: allow(a, b) */\n"
        'char *s = "ffireview: allow(c)";\n// ffireview: says nothing\n'
    )
    assert found(path, text) == [
        "1 ffireview allow(raw-deref) = checked above", "2 ffireview allow(a, b) = "
    ]  # fmt: skip


def test_ffireviews_own_files_are_one_setting_each() -> None:
    (one,), (other,) = (settings_of("ffireview.toml", text) for text in (b"a = 1", b"a = 2"))
    assert (one.tool, one.name) == ("ffireview", "ffireview.toml")
    assert one.value != other.value
    assert [s.name for s in settings_of("x/.ffireview/audit.json", b"{}")] == ["audit.json"]


def test_which_files_hold_settings() -> None:
    yes = [
        "Cargo.toml",
        "a/cbindgen.toml",
        "rust/bindgen_parameters",
        ".cargo/config",
        "ffireview.toml",
        ".ffireview/x",
    ]
    no = ["build.rs", "a.h", "a/toml", "config.toml", "my-Cargo.toml", "README.md"]
    assert [is_settings_file(path) for path in (*yes, *no)] == [True] * len(yes) + [False] * len(no)


@pytest.mark.parametrize(
    "text",
    [
        b"[", b"[a", b"a", b"a =", b"a = [", b"a = {", b'a = """', b"= 1", b"\xff\xfe = 1", b"[[]]", b'"', b"a = '\n",
        b"[dependencies]\nz-sys = {" * 300, b"a = {" * 5_000 + b"}" * 5_000, b"x-sys.a.b = 1\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["Cargo.toml", "cbindgen.toml", ".cargo/config.toml", "bindgen_parameters", "a.rs", "a.h"]
)
def test_no_file_is_too_strange(path: str, text: bytes) -> None:
    assert all(isinstance(setting, Setting) for setting in settings_of(path, text))
