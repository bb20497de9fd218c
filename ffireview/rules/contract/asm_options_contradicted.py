"""Assembly does what its options deny

What: `asm!` is given `nomem`, `readonly`, `preserves_flags` or `nostack`, and its instructions access memory, write
it, change the flags, or push.
Why: The compiler believes the options: it keeps values in registers over the assembly, moves it, or relies on flags.
The code then works or fails with the optimiser's mood.
Instead: Leave the option out, or rewrite the instructions so that it holds.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ffireview.flow import Codebase, macros
from ffireview.model.body import Macro
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P94"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-758",)
ADVISORIES = ()
OPERATIONS = ("inline-asm",)
SINCE = "0.2"
BAD = (
    """\
use std::arch::asm;
pub unsafe fn load(at: *const u64) -> u64 {
    let value: u64;
    asm!("mov {0}, [{1}]", out(reg) value, in(reg) at, options(nomem, nostack));          //~ asm-options-contradicted
    value
}
pub unsafe fn store(at: *mut u64, value: u64) {
    asm!("mov [{0}], {1}", in(reg) at, in(reg) value, options(readonly, nostack));        //~ asm-options-contradicted
}
pub unsafe fn flags() {
    asm!("push rax", "pop rax", options(nostack));                                        //~ asm-options-contradicted
}
pub unsafe fn less(a: u64, b: u64) {
    asm!("cmp {0}, {1}", in(reg) a, in(reg) b, options(nomem, preserves_flags, nostack)); //~ asm-options-contradicted
}
""",
)
GOOD = (
    """\
use std::arch::asm;
pub unsafe fn load(at: *const u64) -> u64 {
    let value: u64;
    asm!("mov {0}, [{1}]", out(reg) value, in(reg) at, options(readonly, nostack, preserves_flags));
    value
}
pub unsafe fn store(at: *mut u64, value: u64) {
    asm!("mov [{0}], {1}", in(reg) at, in(reg) value, options(nostack, preserves_flags));
}
pub unsafe fn address(at: u64) -> u64 {
    let value: u64;
    asm!("lea {0}, [{1} + 4]", out(reg) value, in(reg) at, options(pure, nomem, nostack, preserves_flags));
    value
}
pub unsafe fn move_up(n: u64) -> u64 {
    let value: u64;
    asm!("add {0}, {1}", out(reg) value, in(reg) n, options(pure, nomem, nostack));
    value
}
pub unsafe fn halt() { asm!("hlt", options(nomem, nostack, preserves_flags)); }
pub unsafe fn pushes() { asm!("push rax", "pop rax"); }
""",
)

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OPTIONS = re.compile(r"\boptions\s*\(([^()]*)\)")
_ADDRESS = re.compile(r"\[[^\]]*\]")
_X86_FLAGS = re.compile(
    r"^(?:cmp|test|add|sub|and|or|xor|inc|dec|neg|shl|shr|sar|imul|mul|adc|sbb|bt[rsc]?|popcnt|tzcnt|lzcnt|bsf|bsr"
    r"|popfq?|std|cld|stc|clc)$"
)
_X86_WRITE = re.compile(
    r"^(?:mov|movb|movw|movl|movq|xchg|add|sub|and|or|xor|inc|dec|not|neg|shl|shr|movaps|movups|movdqa|movdqu|vmovdqu"
    r"|vmovaps|vmovups|bts|btr|btc|set\w+)\s+(?:\w+ ptr )?\[",
    re.IGNORECASE,
)
_STACK = re.compile(r"^(?:push|pop|pushfq?|popfq?|call|pusha|popa)$")
_NO_ACCESS = frozenset({
    "lea", "nop", "nopw", "nopl", "prefetch", "prefetcht0", "prefetcht1", "prefetcht2", "prefetchnta", "prefetchw",
    "clflush", "clflushopt", "clwb", "adr", "adrp", "invlpg", "prfm",
})  # fmt: skip
_ARM = re.compile(r"\b(?:ldr|str|ldp|stp|mrs|msr|adrp|svc|hvc|smc|dsb|isb|tlbi|csrr|csrw|ecall)\b")


class _Said(NamedTuple):
    """What an `asm!` is made of: its instructions, and its options."""

    lines: list[str]
    options: frozenset[str]


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first instruction of each `asm!` that an option denies."""
    for code in codebase.functions():
        for macro in macros(code, "asm"):
            said = _said(macro)
            if found := next((told for line in said.lines if (told := _denied(line, said))), None):
                yield Hit(Span.of(code.path, macro.at), found)


def _said(macro: Macro) -> _Said:
    found = [one for one in _TEXT.finditer(macro.tokens) if macro.tokens[: one.start()].rstrip()[-1:] in ("", ",")]
    lines = [line.strip() for one in found for line in re.split(r"\\n|;|\n", one[1]) if line.strip()]
    options = _OPTIONS.findall(_TEXT.sub("", macro.tokens))
    return _Said(lines, frozenset(word.strip() for told in options for word in told.split(",")))


def _denied(line: str, said: _Said) -> str:
    """What an instruction does although an option says that it does not; empty where it keeps to them."""
    words = line.split(None, 1)
    name = words[0].lower() if words else ""
    if "att_syntax" in said.options or name.endswith(":") or name.startswith((".", "//", "#", "{")):
        return ""
    accesses = name not in _NO_ACCESS and _ADDRESS.search(line) is not None
    if "nomem" in said.options and accesses:
        return f"`nomem` is promised, and `{line}` accesses memory"
    if "readonly" in said.options and (_X86_WRITE.match(line) or re.match(r"(?:str|stp|stlr)\w*\s", line)):
        return f"`readonly` is promised, and `{line}` writes memory"
    arm = any(_ARM.search(one) for one in said.lines)
    if "preserves_flags" in said.options and _X86_FLAGS.match(name) and not arm and len(line.split(",")) < 3:
        return f"`preserves_flags` is promised, and `{line}` changes them"
    if "nostack" in said.options and _STACK.match(name):
        return f"`nostack` is promised, and `{line}` uses the stack"
    return ""
