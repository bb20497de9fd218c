"""What a build script sets: options of bindgen, cbindgen and cc, and what it tells cargo to link."""

import re
from collections.abc import Iterator

from ffireview.extract.rust.references import aliases
from ffireview.extract.rust.view import RustView
from ffireview.model.items import Setting, Tool
from ffireview.syntax.brackets import parts
from ffireview.syntax.captures import Match

_BINDGEN = re.compile(
    r"(?:allow|block|white|black)list_\w+|opaque_type|(?:default_enum|default_alias|default_non_copy|default_macro)_\w+"
    r"|(?:rustified|newtype|bitfield|constified)_\w+|type_alias|new_type_alias\w*|bindgen_wrapper_union|manually_drop_union"
    r"|layout_tests|(?:module_)?raw_lines?|clang_args?|derive_\w+|no_(?:copy|debug|default|hash|partialeq|convert_floats)"
    r"|size_t_is_usize|ctypes_prefix|use_core|rust_target|rust_edition|wrap_unsafe_ops|wrap_static_fns\w*"
    r"|merge_extern_blocks|(?:disable|enable)_\w+|parse_callbacks|trust_clang_mangling|prepend_enum_name|c_naming"
    r"|translate_enum_integer_types|override_abi|explicit_padding|fit_macro_constants|dynamic_library_name|generate_cstr"
    r"|generate_inline_functions|represent_cxx_operators|must_use_type|record_matches|array_pointers_in_arguments"
)
_OF_TOOL = {
    Tool.BINDGEN: re.compile(rf"{_BINDGEN.pattern}|headers?|header_contents|with_codegen_config|ignore_\w+"),
    Tool.CBINDGEN: re.compile(r"with_\w+|rename_item|include_item|exclude_item|rename_fields"),
    Tool.CC: re.compile(
        r"flags?|flag_if_supported|asm_flag|static_flag|shared_flag|define|files?|object|includes?|cpp|cuda|std|opt_level"
        r"|debug|pic|compiler|archiver|target|compile|cpp_(?:link|set)_stdlib|static_crt|use_plt|extra_warnings|warnings"
    ),
}  # fmt: skip
_ROOTS = (
    (Tool.CBINDGEN, re.compile(r"(?:::)?cbindgen::")),
    (Tool.BINDGEN, re.compile(r"(?:::)?bindgen::")),
    (Tool.CC, re.compile(r"(?:::)?(?:cc::Build|cxx_build::|autocxx_build::)")),
)
_LET = re.compile(rb"\blet\s+(?:mut\s+)?(\w+)\s*(?::[^=;{}]*)?=\s*(?=(\w[\w:]*))")
_TYPED = re.compile(rb"\b(\w+)\s*:\s*(?:&\s*(?:'\w+\s+)?(?:mut\s+)?)?((?:::)?(?:bindgen|cbindgen|cc)::\w+)")
_HEAD = re.compile(r"[\w:]+")
_DIRECTIVE = re.compile(r"cargo::?(rustc-(?:link-[\w-]+|cdylib-link-arg|cfg|flags))=(.*)", re.DOTALL)
_PRINT = re.compile(r"(?:\w+::)*(?:e?print|write)(?:ln)?")
_VALUE_LIMIT = 200


def build_settings(view: RustView) -> Iterator[Setting]:
    """Every option that a chain of calls on a builder sets, and every line for cargo."""
    yield from _directives(view)
    source = view.text.source
    if b"bindgen" in source or b"cc::" in source or b"cxx_build" in source:
        yield from _options(view)


def _options(view: RustView) -> Iterator[Setting]:
    text = view.text
    known = _builders(view)
    for match, _ in view.reading.references:
        if "method" not in match.captures:
            continue
        name, arguments = text.spelled(*match.captures["path"][0]), match.captures["arguments"][0]
        tool = _tool_of(view, match, name, known)
        if tool is not None and _OF_TOOL[tool].fullmatch(name):
            value = _value(text.spelled(arguments.start + 1, arguments.end - 1))
            yield Setting(tool, name, value, text.at(match.captures["path"][0].start, arguments.end))


def _tool_of(view: RustView, match: Match, name: str, known: dict[str, Tool]) -> Tool | None:
    """Whose builder the call is made on: by what its chain starts with, or by a name that only bindgen has."""
    code = view.text.code
    start = match.captures["method"][0].start
    head = _HEAD.match(code[start : start + _VALUE_LIMIT].decode("utf-8", "replace"))
    tool = _tool(head[0], known) if head else None
    if tool is None and b"bindgen::" in code and _BINDGEN.fullmatch(name):
        return Tool.BINDGEN
    return tool


def _builders(view: RustView) -> dict[str, Tool]:
    """Names that stand for a builder: what a `use` brings in, parameters, variables."""
    known: dict[str, Tool] = {}
    for alias in aliases(view):
        tool = _tool(f"{alias.target}::", {})
        if tool is not None and (tool is not Tool.CC or alias.name == "Build"):
            known[alias.name] = tool
    places = [(m.start(), m[1], m[2]) for pattern in (_LET, _TYPED) for m in pattern.finditer(view.text.code)]
    for _, name, root in sorted(places):
        tool = _tool(root.decode("utf-8", "replace"), known)
        if tool is not None:
            known[name.decode()] = tool
    return known


def _tool(root: str, known: dict[str, Tool]) -> Tool | None:
    for tool, pattern in _ROOTS:
        if pattern.match(root):
            return tool
    return known.get(root.partition("::")[0])


def _value(written: str) -> str:
    """The arguments, a single string without its quotes."""
    plain = written[1:-1] if written[:1] == written[-1:] == '"' and '"' not in written[1:-1] else written
    return plain[:_VALUE_LIMIT]


def _directives(view: RustView) -> Iterator[Setting]:
    """`println!("cargo:rustc-link-lib={}", name)` gives `rustc-link-lib` with `{}, name`."""
    text = view.text
    for invocation in view.reading.invocations:
        if not _PRINT.fullmatch(invocation.name.strip()):
            continue
        tokens = invocation.tokens
        given = [text.spelled(*part) for part in parts(text.code, text.partner, tokens.start + 1, tokens.end - 1)]
        found = next((m for part in given if (m := _DIRECTIVE.match(_value(part)))), None)
        if found is not None:
            rest = [part for part in given if not part.startswith('"') and part is not given[0]]
            value = ", ".join((found[2], *rest))
            yield Setting(Tool.LINK, found[1], value, text.at(invocation.start, tokens.end))
