"""Bytes in, yes or no out: whether a Rust file can hold anything that ffireview looks for."""

import re

_INTERESTING = re.compile(
    rb"unsafe|extern|no_mangle|export_name|link_section|static\s+mut|\bunion\s|asm!|cxx::bridge|\*const\s|\*mut\s"
    rb"|\b(?:bindings|ffi|sys|raw|libc|\w+_sys)::|proc_macro|macro_rules!|(?:forbid|deny|allow|expect)\("
    rb"|#\[cfg\([^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*;|\bcfg_if!"
    rb"|catch_unwind|OUT_DIR|repr\(|c_int|c_uint|c_char|c_long|c_void|callback|as_ptr|from_raw|into_raw|ffireview:"
)


def rust_may_matter(source: bytes) -> bool:
    """Whether the file is worth a parse. False only for files without any keyword, attribute or path of interest."""
    return bool(_INTERESTING.search(source))
