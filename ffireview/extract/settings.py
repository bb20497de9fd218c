"""Settings around code, with their places: options of binding generators, link flags, dependencies, lint levels, and
what ffireview is told to pass over. In: a path and bytes. Out: settings."""

import re
import tomllib
from collections.abc import Iterator

from ffireview.model.items import Setting, Tool
from ffireview.model.place import Range
from ffireview.syntax.lexer import mask, mask_c
from ffireview.syntax.positions import Positions

_GENERATOR = re.compile(rb"\b(bindgen|cbindgen)\b")
_OPTION = re.compile(
    rb"\.\s*((?:allow|block|white|black)list_\w+|opaque_type|(?:default_enum|rustified|bitfield|newtype|constified)_\w+|layout_tests|"
    rb"raw_line|header|clang_args?|derive_\w+|size_t_is_usize|no_\w+|module_raw_line|ctypes_prefix|use_core|rust_target|"
    rb"wrap_unsafe_ops|wrap_static_fns|merge_extern_blocks|rust_edition|disable_\w+|enable_\w+|with_\w+)\s*\("
)
_LINK = re.compile(rb'"(cargo::?rustc-(?:link-\w+(?:-\w+)*|cdylib-link-arg|cfg)=[^"]*)"')
_CC = re.compile(rb"\.\s*(flag|flag_if_supported|define|file|files|include|std|opt_level|warnings)\s*\(")
_CC_USED = re.compile(rb"\bcc\s*::\s*Build\b")
_ATTRIBUTE = re.compile(rb"#(!?)\s*\[\s*(forbid|deny|warn|allow|expect)\s*\(([^\]]*)\)\s*\]")
_NAMED = re.compile(
    rb"\s*(?:#\s*\[[^\]]*\]\s*|pub(?:\([^)]*\))?\s+|unsafe\s+|const\s+|async\s+|extern\s+(?:\"[^\"]*\"\s+)?)*"
    rb"(?:fn|struct|enum|union|trait|mod|static|type|macro_rules!)\s+(\w+)|\s*(impl\b[^{;]*)"
)
_SUPPRESSION = re.compile(rb"//+[!/]?[ \t]*ffireview:[ \t]*(allow\([^)\n]*\))([^\n]*)")
_LINTS = frozenset({
    "unsafe_code", "unsafe_op_in_unsafe_fn", "improper_ctypes", "improper_ctypes_definitions", "static_mut_refs",
    "clashing_extern_declarations", "missing_unsafe_on_extern", "unsafe_attr_outside_unsafe", "invalid_value",
    "dangling_pointers_from_temporaries", "invalid_reference_casting", "clippy::undocumented_unsafe_blocks",
    "clippy::missing_safety_doc", "clippy::not_unsafe_ptr_arg_deref", "clippy::multiple_unsafe_ops_per_block",
    "clippy::mem_forget", "clippy::transmute_ptr_to_ref", "clippy::cast_ptr_alignment", "clippy::mut_from_ref",
    "clippy::unnecessary_safety_comment", "warnings", "clippy::all",
})  # fmt: skip
_NATIVE = re.compile(r"(?:.*-sys|bindgen|cbindgen|cc|cmake|pkg-config|cxx|cxx-build|autocxx|libc|windows-targets)$")
_PROFILE = ("panic", "overflow-checks", "debug-assertions")
_PLAIN_NAMES = ("cbindgen.toml", "bindgen_parameters", "Cargo.toml", "ffireview.toml")


def settings_of(path: str, source: bytes) -> tuple[Setting, ...]:
    """The settings in a file, in order."""
    return tuple(sorted(_settings(path, source), key=lambda s: (s.at, s.tool, s.name, s.value)))


def is_settings_file(path: str) -> bool:
    """Whether a file that is neither Rust nor C holds settings."""
    name = path.rpartition("/")[2]
    return (
        name in _PLAIN_NAMES or "/.ffireview/" in f"/{path}" or path.endswith((".cargo/config.toml", ".cargo/config"))
    )


def _settings(path: str, source: bytes) -> Iterator[Setting]:
    lines = Positions(source)
    name = path.rpartition("/")[2]
    if name == "ffireview.toml" or "/.ffireview/" in f"/{path}":
        yield Setting(Tool.FFIREVIEW, name, "", Range(1, 1, 1, 1))
    elif name == "bindgen_parameters":
        yield from _parameters(source, lines)
    elif name == "Cargo.toml":
        yield from _manifest(source)
    elif name.endswith(".toml") or path.endswith(".cargo/config"):
        yield from _flat(Tool.CBINDGEN if name == "cbindgen.toml" else Tool.CARGO, source)
    elif path.endswith(".rs"):
        yield from _rust(source, lines)
    else:
        yield from _suppressions(
            source, [(c.start, c.end) for c in mask_c(source).comments] if b"ffireview:" in source else [], lines
        )


def _rust(source: bytes, lines: Positions) -> Iterator[Setting]:
    masked = mask(source)
    code = bytearray(source)
    for start, end in masked.comments:
        code[start:end] = masked.code[start:end]
    plain = bytes(code)
    if found := _GENERATOR.search(masked.code):
        tool = (
            Tool.CBINDGEN
            if found[1] == b"cbindgen" and b"bindgen::" not in plain.replace(b"cbindgen::", b"")
            else Tool.BINDGEN
        )
        yield from _calls(tool, _OPTION, plain, masked.code, lines)
    if _CC_USED.search(masked.code):
        yield from _calls(Tool.CC, _CC, plain, masked.code, lines)
    for directive in _LINK.finditer(plain):
        key, _, value = directive[1].decode("utf-8", "replace").partition("=")
        yield Setting(Tool.LINK, key.rpartition(":")[2], value, lines.range(directive.start(1), directive.end(1)))
    yield from _lints(masked.code, lines)
    if b"ffireview:" in source:
        yield from _suppressions(source, [(c.start, c.end) for c in masked.comments], lines)


def _calls(tool: Tool, pattern: re.Pattern[bytes], plain: bytes, code: bytes, lines: Positions) -> Iterator[Setting]:
    for found in pattern.finditer(code):
        depth, end = 1, found.end()
        while depth and end < len(code):
            depth += {40: 1, 41: -1}.get(code[end], 0)
            end += 1
        value = " ".join(plain[found.end() : end - 1].decode("utf-8", "replace").split()).strip('"')
        yield Setting(tool, found[1].decode(), value[:200], lines.range(found.start(1), end))


def _lints(code: bytes, lines: Positions) -> Iterator[Setting]:
    for found in _ATTRIBUTE.finditer(code):
        scope = "" if found[1] else _item_behind(code, found.end())
        for lint in found[3].decode("utf-8", "replace").split(","):
            if lint.strip() in _LINTS:
                at = lines.range(found.start(), found.end())
                yield Setting(Tool.LINT, found[2].decode(), lint.strip(), at, scope)


def _item_behind(code: bytes, at: int) -> str:
    found = _NAMED.match(code, at)
    text = (found[1] or found[2]) if found else b"a statement"
    return " ".join(text.decode("utf-8", "replace").split())


def _suppressions(source: bytes, comments: list[tuple[int, int]], lines: Positions) -> Iterator[Setting]:
    for start, end in comments:
        for found in _SUPPRESSION.finditer(source, start, end):
            text = found[2].decode("utf-8", "replace").strip(" -\t\r")
            yield Setting(
                Tool.FFIREVIEW, found[1].decode("utf-8", "replace"), text, lines.range(found.start(), found.end())
            )


def _parameters(source: bytes, lines: Positions) -> Iterator[Setting]:
    at = 0
    for row in source.split(b"\n"):
        text = row.decode("utf-8", "replace").strip()
        if text.startswith("--"):
            name, _, value = text.partition(" ")
            yield Setting(Tool.BINDGEN, name.lstrip("-"), value.strip(), lines.range(at, at + len(row)))
        at += len(row) + 1


def _manifest(source: bytes) -> Iterator[Setting]:
    text = source.decode("utf-8", "replace")
    table = _toml(text)
    for group in _dependency_tables(table):
        for name, value in group.items():
            if _NATIVE.match(name):
                yield _setting(Tool.CARGO, f"dependency {name}", _short(value), text, name)
    if links := _inner(table, "package").get("links"):
        yield _setting(Tool.CARGO, "links", str(links), text, "links")
    for profile, options in _inner(table, "profile").items():
        for name in _PROFILE:
            if isinstance(options, dict) and name in options:
                yield _setting(Tool.CARGO, f"profile.{profile} {name}", _short(options[name]), text, name)
    for group_name in ("rust", "clippy"):
        for name, level in _inner(_inner(table, "lints"), group_name).items():
            full = name if group_name == "rust" else f"clippy::{name}"
            shown = level.get("level", "") if isinstance(level, dict) else level
            if full in _LINTS:
                yield _lint(str(shown), full, text, name)


def _lint(level: str, lint: str, text: str, name: str) -> Setting:
    """A lint level that a manifest sets for the whole package."""
    return Setting(Tool.LINT, level, lint, _place(text, name))


def _dependency_tables(table: dict[str, object]) -> Iterator[dict[str, object]]:
    for holder in (
        table,
        _inner(table, "workspace"),
        *(t for t in _inner(table, "target").values() if isinstance(t, dict)),
    ):
        for name in ("dependencies", "build-dependencies", "dev-dependencies"):
            if name != "dev-dependencies":
                yield _inner(holder, name)


def _flat(tool: Tool, source: bytes) -> Iterator[Setting]:
    text = source.decode("utf-8", "replace")
    open_tables: list[tuple[str, dict[str, object]]] = [("", _toml(text))]
    while open_tables:
        prefix, table = open_tables.pop()
        for name, value in table.items():
            if isinstance(value, dict):
                open_tables.append((f"{prefix}{name}.", value))
            else:
                yield _setting(tool, prefix + name, _short(value), text, name)


def _toml(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _inner(table: dict[str, object], name: str) -> dict[str, object]:
    found = table.get(name)
    return found if isinstance(found, dict) else {}


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_short(inner)}" for key, inner in sorted(value.items()))
    return str(value)[:200]


def _setting(tool: Tool, name: str, value: str, text: str, key: str) -> Setting:
    return Setting(tool, name, value, _place(text, key))


def _place(text: str, key: str) -> Range:
    """The first line that sets the key."""
    found = re.search(rf"^[ \t\[]*(?:[\w.\"'-]*\.)?[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return Range(line, 1, line, 1)
