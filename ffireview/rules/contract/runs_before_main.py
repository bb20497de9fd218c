"""Code runs before main

What: A static is placed into a section whose functions the loader calls (`.init_array`, `.ctors`, `.CRT$XCU`,
`__mod_init_func`), or a function is marked `#[ctor]` or `#[dtor]`.
Why: It runs before the runtime of Rust is set up, in an order that nobody states, in every program that links the
crate. A wrong section name, or a pointer with another ABI, is called all the same.
Instead: Initialise on first use with `OnceLock` or `LazyLock`, or let the program call an `init` function.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import reviewed

PATTERN = "P95"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-696",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
#[used]
#[link_section = ".init_array"]
static START: extern "C" fn() = start;                          //~ runs-before-main
extern "C" fn start() {}
#[ctor::ctor]
unsafe fn early() { START(); }                                  //~ runs-before-main
#[used]
#[unsafe(link_section = ".CRT$XCU")]
static OTHER: extern "C" fn() = start;                          //~ runs-before-main
""",
)
GOOD = (
    """\
#[link_section = ".note.store"]
static NOTE: [u8; 4] = *b"note";
#[link_section = ".text.init"]
extern "C" fn start() {}
static LATE: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
fn constructor() {}
""",
)

_SECTION = re.compile(
    r"\.(?:pre)?init_array|\.fini_array|\.[cd]tors|\.CRT\$X|__mod_(?:init|term)_func|\"\.(?:init|fini)\""
)
_ATTRIBUTE = re.compile(r"^(?:\w+::)?[cd]tor\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each such section or function."""
    for site in codebase.program.sites:
        if site.kind is SiteKind.UNSAFE_ATTRIBUTE and (found := _SECTION.search(site.detail)):
            yield Hit(site.span, f"the loader calls `{site.name}` (`{found[0]}`) before `main` or after it")
    for code in reviewed(codebase):
        if any(_ATTRIBUTE.match(attribute.strip("#[] ")) for attribute in code.body.attributes):
            yield Hit(Span.of(code.path, code.body.at), f"`{code.body.name}` runs before `main` or after it")
