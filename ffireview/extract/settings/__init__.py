"""Settings around code, with their places: options of binding generators, link flags, dependencies, lint levels, and
what ffireview is told to pass over. In: a path and bytes. Out: settings."""

import hashlib
import re
from collections.abc import Iterator

from ffireview.extract.c.text import CText
from ffireview.extract.rust.lints import ALSO_LINTS, LINTS, lints
from ffireview.extract.rust.scopes import module_path, owner_path
from ffireview.extract.rust.view import RustView, read_view
from ffireview.extract.settings.builders import build_settings
from ffireview.extract.settings.manifests import cargo_config, cbindgen_config, manifest
from ffireview.extract.suppressions import MARK, suppressions
from ffireview.model.items import Setting, Tool
from ffireview.model.place import Range
from ffireview.syntax.lexer import Comment
from ffireview.syntax.positions import Positions

__all__ = ["is_own_file", "is_settings_file", "settings_of"]

_TOML = {"Cargo.toml": manifest, "cbindgen.toml": cbindgen_config}
_CARGO_CONFIG = re.compile(r"(?:^|/)\.cargo/config(?:\.toml)?$")
_OWN = re.compile(r"(?:^|/)(?:ffireview\.toml$|\.ffireview/(?!audits/))")
_BOUND_HEADER = re.compile(r"(?:^|/)(?:\w*bindings?_helper|\w*wrapper|\w*bindings?|bindgen)\.h(?:pp)?$")
_INCLUDE = re.compile(rb"^[ \t]*#[ \t]*include[ \t]*([<\"][^>\"\n]+[>\"])", re.MULTILINE)
_PARAMETER = re.compile(rb"^[ \t]*--([\w-]+)(?:[ \t=]+([^\n#]*))?", re.MULTILINE)
_RUST = re.compile(rb"bindgen|\bcc::|cargo:|ffireview:|\b(?:forbid|deny|allow|expect|warn)\s*\(")
_CRATE_ROOT = re.compile(r"(?:^|/)(?:lib|main|build)\.rs$|(?:^|/)(?:bin|tests|examples|benches)/[^/]+\.rs$")


def settings_of(path: str, source: bytes) -> tuple[Setting, ...]:
    """The settings in a file, in order."""
    return tuple(sorted(_settings(path, source), key=lambda s: (s.at, s.tool, s.name, s.value)))


def is_settings_file(path: str) -> bool:
    """Whether a file that is neither Rust nor C holds settings."""
    name = path.rpartition("/")[2]
    return name in _TOML or name == "bindgen_parameters" or bool(_CARGO_CONFIG.search(path) or _OWN.search(path))


def is_own_file(path: str) -> bool:
    """Whether a file is one that tells ffireview what to do. Audit entries are statements of people, one file each."""
    return _OWN.search(path) is not None


def _settings(path: str, source: bytes) -> Iterator[Setting]:
    name = path.rpartition("/")[2]
    if is_own_file(path):
        digest = hashlib.blake2b(source, digest_size=4).hexdigest()
        yield Setting(Tool.FFIREVIEW, path.partition(".ffireview/")[2] or name, f"content {digest}", Range(1, 1, 1, 1))
    elif name in _TOML:
        yield from _TOML[name](source)
    elif _CARGO_CONFIG.search(path):
        yield from cargo_config(source)
    elif name == "bindgen_parameters":
        yield from _found(_PARAMETER, source)
    elif path.endswith(".rs"):
        if _RUST.search(source):
            yield from _of_rust(path, read_view(source))
    else:
        if MARK in source:
            text = CText(source)
            yield from _suppressions(source, text.masked, text.comments)
        if _BOUND_HEADER.search(path):
            yield from _found(_INCLUDE, source)


def _found(pattern: re.Pattern[bytes], source: bytes) -> Iterator[Setting]:
    """Options of bindgen, a line each: `--opaque-type name`, or the headers that it reads."""
    positions = Positions(source)
    for found in pattern.finditer(source):
        name, value = (found[1], found[2] or b"") if pattern is _PARAMETER else (b"include", found[1])
        written = " ".join(value.decode("utf-8", "replace").split())
        yield Setting(Tool.BINDGEN, name.decode(), written, positions.range(found.start(), found.end()))


def _of_rust(path: str, view: RustView) -> Iterator[Setting]:
    yield from build_settings(view)
    yield from _lints(path, view)
    yield from _suppressions(view.text.source, view.text.code, view.text.comments)


def _lints(path: str, view: RustView) -> Iterator[Setting]:
    for lint in lints(view, LINTS | ALSO_LINTS):
        level = f"{lint.level} if {lint.condition}" if lint.condition else lint.level
        if lint.inner:
            modules = "::".join(module_path(lint.item))
            file = "the crate" if _CRATE_ROOT.search(path) else "the module"
            scope = f"mod {modules}" if modules else owner_path(lint.item) or file
        else:
            scope = owner_path(lint.item)
            if lint.item is not None and not lint.item.label:
                scope = "::".join(filter(None, (scope, lint.item.name or lint.item.kind)))
        yield Setting(Tool.LINT, level, lint.name, view.text.at(lint.start, lint.end), scope)


def _suppressions(source: bytes, code: bytes, comments: tuple[Comment, ...]) -> Iterator[Setting]:
    """`// ffireview: allow(rule) -- reason`: the reason is the value, and until when it holds."""
    for one in suppressions(source, code, comments):
        if one.verb == "allow" and one.rules:
            options = "".join(f" [{option}]" for option in one.options)
            yield Setting(Tool.FFIREVIEW, f"allow({', '.join(one.rules)})", f"{one.reason}{options}".strip(), one.at)
