"""A generic type is declared Send or Sync whatever it holds

What: `unsafe impl<T> Send for X<T>` (or `Sync`) says nothing of `T`.
Why: Safe code may then put an `Rc` or a `Cell` into `X` and use it from two threads at once. This is the shape of
more than sixty advisories, and of the sites with a bug measured here it is seventeen times as frequent as among the
others.
Instead: Bound each parameter whose values the type owns or hands out: `T: Send` for `Send`, `T: Send + Sync` for
`Sync`.
"""

import re
from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.syntax.brackets import split

PATTERN = "P66"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ()
CWE = ("CWE-362",)
ADVISORIES = ("RUSTSEC-2020-0059", "RUSTSEC-2020-0106")
OPERATIONS = ("send-sync-impl",)
SINCE = "0.2"
BAD = (
    """\
pub struct Queue<T> { head: *mut T }
unsafe impl<T> Send for Queue<T> {}                     //~ unbounded-send-sync
unsafe impl<T: Clone> Sync for Queue<T> {}              //~ unbounded-send-sync
""",
)
GOOD = (
    """\
pub struct Queue<T> { head: *mut T }
unsafe impl<T: Send> Send for Queue<T> {}
unsafe impl<T> Sync for Queue<T> where T: Send + Sync {}
pub struct Handle(*mut u8);
unsafe impl Send for Handle {}
pub struct Ref<'a> { at: &'a u8 }
unsafe impl<'a> Send for Ref<'a> {}
pub struct Ring<const N: usize> { at: *mut u8 }
unsafe impl<const N: usize> Send for Ring<N> {}
""",
)

_HEADER = re.compile(r"^unsafe\s+impl\s*<(?P<generics>.*)>\s*(?P<trait>Send|Sync)\s+for\s+(?P<type>.+)$", re.DOTALL)
_BOUND = re.compile(r"\b(?:Send|Sync)\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each header with a type parameter and no bound of Send or Sync at all."""
    for site in codebase.program.sites:
        if site.kind is not SiteKind.UNSAFE_IMPL or not site.unsafe:
            continue
        for parameter, trait in _unbound(site.detail):
            yield Hit(site.span, f"{trait} holds for every `{parameter}`, also for one that no thread may share")


def _unbound(header: str) -> Iterator[tuple[str, str]]:
    head = header.strip() if header.strip().startswith("unsafe") else f"unsafe {header.strip()}"
    found = _HEADER.match(_balanced(head))
    if not found or _BOUND.search(found["generics"]) or _BOUND.search(found["type"].partition("where")[2]):
        return
    for parameter in split(found["generics"]):
        name = parameter.partition(":")[0].strip()
        if name and not name.startswith(("'", "const ")) and re.search(rf"\b{re.escape(name)}\b", found["type"]):
            yield name, found["trait"]
            return


def _balanced(header: str) -> str:
    """The header with its paths to the trait cut to the trait."""
    return re.sub(r"(?:\w+\s*::\s*)+(Send|Sync)\b", r"\1", header).rstrip(" {}")
