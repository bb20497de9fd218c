"""What the files of cargo and cbindgen say about the boundary: native dependencies, profiles, lints, linkers."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.lints import ALSO_LINTS, LINTS
from ffireview.extract.settings.toml import Entry, entries, text_of
from ffireview.model.items import Setting, Tool
from ffireview.syntax.positions import Positions

_DEPENDENCIES = ("dependencies", "build-dependencies")
_NATIVE = re.compile(
    r"(?:.*[-_]sys\d*|bindgen(?:-cli)?|cbindgen|cc|cmake|pkg-config|system-deps|vcpkg|cxx|cxx-build|cxx-qt|autocxx"
    r"|autocxx-build|libc|libloading|windows-targets)"
)
_PACKAGE = re.compile(r"""\bpackage\s*=\s*["']([\w-]+)["']""")
_LEVEL = re.compile(r"""\blevel\s*=\s*["'](\w+)["']""")
_PROFILE = ("panic", "overflow-checks", "debug-assertions")
_PLAIN = {
    ("package", "links"),
    ("package", "build"),
    ("package", "edition"),
    ("lib", "crate-type"),
    ("workspace", "package", "edition"),
}
_CONFIG = re.compile(
    r"build (?:rustflags|target|rustc-wrapper)|target .+ (?:rustflags|linker|ar|runner)|env .+"
    r"|profile \S+ (?:panic|overflow-checks|debug-assertions)"
)


def manifest(source: bytes) -> Iterator[Setting]:
    """The settings of a `Cargo.toml`."""
    positions = Positions(source)
    inside: tuple[str, ...] = ()
    for entry in entries(source):
        if inside and entry.path[: len(inside)] == inside and entry.path != inside:
            continue
        made = _of_manifest(entry)
        if made is not None:
            tool, name, value, scope = made
            inside = entry.path if entry.value.startswith("{") else ()
            yield Setting(tool, name, value, positions.range(entry.start, entry.end), scope)


def cbindgen_config(source: bytes) -> Iterator[Setting]:
    """Every key of a `cbindgen.toml`."""
    positions = Positions(source)
    for entry in entries(source):
        if not entry.value.startswith("{"):
            at = positions.range(entry.start, entry.end)
            yield Setting(Tool.CBINDGEN, ".".join(entry.path), text_of(entry.value), at)


def cargo_config(source: bytes) -> Iterator[Setting]:
    """Flags, linkers and environment of a `.cargo/config.toml`."""
    positions = Positions(source)
    for entry in entries(source):
        if _CONFIG.fullmatch(" ".join(entry.path)):
            at = positions.range(entry.start, entry.end)
            yield Setting(Tool.CARGO, ".".join(entry.path), text_of(entry.value), at)


def _of_manifest(entry: Entry) -> tuple[Tool, str, str, str] | None:
    """Tool, name, value and scope of what a key sets, if it matters here."""
    path, value = entry.path, text_of(entry.value)
    if path in _PLAIN:
        return Tool.CARGO, ".".join(path), value, ""
    if path[0] == "profile" and len(path) >= 3 and path[-1] in _PROFILE:
        return Tool.CARGO, f"{'.'.join(path[:-1])} {path[-1]}", value, ""
    lint = path[1:] if path[0] == "workspace" else path
    if len(lint) == 3 and lint[0] == "lints":
        return _lint(lint[1], lint[2], entry.value, "the workspace" if path[0] == "workspace" else "the package")
    return _dependency(path, entry.value)


def _lint(group: str, name: str, value: str, scope: str) -> tuple[Tool, str, str, str] | None:
    full = name if group == "rust" else f"{group}::{name}"
    level = _LEVEL.search(value)
    return (Tool.LINT, level[1] if level else text_of(value), full, scope) if full in LINTS | ALSO_LINTS else None


def _dependency(path: tuple[str, ...], value: str) -> tuple[Tool, str, str, str] | None:
    """A native dependency as one key, or one key of its own table: `[dependencies.z-sys]`, `z-sys.version`."""
    at = next((i for i, name in enumerate(path) if name in _DEPENDENCIES), -1)
    if path[0] == "patch" and len(path) > 2:
        at = 1
    if at < 0 or len(path) <= at + 1:
        return None
    name, rest = path[at + 1], path[at + 2 :]
    renamed = _PACKAGE.search(value)
    if not (_NATIVE.fullmatch(name) or (renamed and _NATIVE.fullmatch(renamed[1]))):
        return None
    shown = f"{'.'.join(rest)} = {value}" if rest else text_of(value)
    return Tool.CARGO, f"dependency {name}", shown, ".".join(path[: at + 1])
