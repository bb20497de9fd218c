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

from ffireview.flow import Codebase, base_type
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
pub struct Handle<T> { raw: *mut c_void, kind: PhantomData<T> }
unsafe impl<T> Send for Handle<T> {}                    //~ unbounded-send-sync
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
pub struct Work<T> { raw: Opaque<work_struct>, kind: PhantomData<fn(T) -> Box<T>> }
unsafe impl<T> Send for Work<T> {}
macro_rules! owned {
    ($name:ident) => { unsafe impl<T> Send for $name<T> {} };
}
pub struct Ring<const N: usize> { at: *mut u8 }
unsafe impl<const N: usize> Send for Ring<N> {}
pub(crate) struct Bucket<T> { at: *mut T }
unsafe impl<T> Send for Bucket<T> {}
pub struct Class<T: IsClass>(T::Raw);
unsafe impl<T: IsClass> Send for Class<T> {}
""",
)

_HEADER = re.compile(r"^unsafe\s+impl\s*<(?P<generics>.*)>\s*(?P<trait>Send|Sync)\s+for\s+(?P<type>.+)$", re.DOTALL)
_MARK = re.compile(r"\bPhantomData\s*<[^;]*>")
_HIDES = re.compile(r"\*\s*(?:const|mut)\b|\b(?:NonNull|AtomicPtr|AtomicUsize|usize|u64|Box|Arc|Rc|dyn|c_void)\b")
_BOUND = re.compile(r"\b(?:Send|Sync)\b")


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each header with a type parameter and no bound of Send or Sync at all."""
    for site in codebase.program.sites:
        if site.kind is not SiteKind.UNSAFE_IMPL or not site.unsafe:
            continue
        for parameter, trait, implementing in _unbound(site.detail):
            held = not _only_marks(codebase, site.span.path, implementing, parameter)
            if held and not _is_private(codebase, site.span.path, implementing):
                yield Hit(site.span, f"{trait} holds for every `{parameter}`, also for one that no thread may share")
                break


def _only_marks(codebase: Codebase, path: str, written: str, parameter: str) -> bool:
    """Whether a type of the file names the parameter in `PhantomData` only, and has no pointer that may hide a value of
    it: it then holds none. So too for a type that only a macro's caller knows."""
    if written.lstrip().startswith("$"):
        return True
    name = base_type(written)
    facts = [fact for file in codebase.program.code if file.path == path for fact in file.types if fact.name == name]
    fields = [_MARK.sub("", field.type) for fact in facts for field in fact.fields]
    names = re.compile(rf"\b{re.escape(parameter)}\b(?!\s*::)")
    return len(facts) == 1 and bool(fields) and not any(names.search(one) or _HIDES.search(one) for one in fields)


def _is_private(codebase: Codebase, path: str, written: str) -> bool:
    """Whether a type is one that only its crate can name: no caller puts anything into it."""
    name = base_type(written)
    facts = [fact for file in codebase.program.code if file.path == path for fact in file.types if fact.name == name]
    return bool(facts) and all(fact.visibility != "pub" for fact in facts)


def _unbound(header: str) -> Iterator[tuple[str, str, str]]:
    """Each type parameter without a bound, the trait, and the type."""
    head = header.strip() if header.strip().startswith("unsafe") else f"unsafe {header.strip()}"
    found = _HEADER.match(_balanced(head))
    if not found or _BOUND.search(found["generics"]) or _BOUND.search(found["type"].partition("where")[2]):
        return
    for parameter in split(found["generics"]):
        name = parameter.partition(":")[0].strip()
        if name and not name.startswith(("'", "const ")) and re.search(rf"\b{re.escape(name)}\b", found["type"]):
            yield name, found["trait"], found["type"].partition(" where")[0]


def _balanced(header: str) -> str:
    """The header with its paths to the trait cut to the trait."""
    return re.sub(r"(?:\w+\s*::\s*)+(Send|Sync)\b", r"\1", header).rstrip(" {}")
