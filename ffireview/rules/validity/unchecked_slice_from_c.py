"""A slice is made of a C buffer without asking whether it is null

What: `slice::from_raw_parts` (or `_mut`) gets a pointer that C returned, that stands in a struct of C, or that C gives
to an exported function, and no check for null comes first.
Why: An empty buffer of C is often a null pointer with length 0. A slice must not be null, not even an empty one, so
this is undefined behaviour on the quiet path that no test takes.
Instead: Return `&[]` when the pointer is null or the length is 0.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Known, Origin, Source, callee, calls, facts_about, null_checked, origins
from ffireview.model.body import Node
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import is_called_by_c, reviewed

PATTERN = "P43"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("FFI-CK-PTR-VALID",)
CWE = ("CWE-476",)
ADVISORIES = ("RUSTSEC-2024-0408",)
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
-- src/lib.rs --
extern "C" {
    fn blob_data(blob: *const Blob) -> *const u8;
    fn blob_size(blob: *const Blob) -> usize;
}
pub fn bytes(blob: &Blob) -> &[u8] {
    unsafe { slice::from_raw_parts(blob_data(blob), blob_size(blob)) }        //~ unchecked-slice-from-c
}
#[no_mangle]
pub extern "C" fn hash(data: *const u8, len: usize) -> u32 {
    let bytes = unsafe { std::slice::from_raw_parts(data, len) };             //~ unchecked-slice-from-c
    bytes.iter().map(|b| u32::from(*b)).sum()
}
-- c/blob.h --
const unsigned char *blob_data(const struct Blob *blob);
size_t blob_size(const struct Blob *blob);
unsigned hash(const unsigned char *data, size_t len);
""",
)
GOOD = (
    """\
-- src/lib.rs --
extern "C" {
    fn blob_data(blob: *const Blob) -> *const u8;
    fn blob_size(blob: *const Blob) -> usize;
}
pub fn bytes(blob: &Blob) -> &[u8] {
    let at = unsafe { blob_data(blob) };
    if at.is_null() {
        return &[];
    }
    unsafe { slice::from_raw_parts(at, blob_size(blob)) }
}
pub fn sized(blob: &Blob) -> &[u8] {
    let len = unsafe { blob_size(blob) };
    if len == 0 {
        return &[];
    }
    unsafe { slice::from_raw_parts(blob_data(blob), len) }
}
#[no_mangle]
pub extern "C" fn hash(data: *const u8, len: usize) -> u32 {
    assert!(!data.is_null());
    let bytes = unsafe { std::slice::from_raw_parts(data, len) };
    bytes.iter().map(|b| u32::from(*b)).sum()
}
unsafe extern "C" fn on_data(data: *const u8, len: usize) {
    take(slice::from_raw_parts(data, len));
}
pub unsafe fn own(data: *const u8, len: usize) -> &'static [u8] {
    slice::from_raw_parts(data, len)
}
#[no_mangle]
pub unsafe extern "C" fn tail(data: *const u8, len: usize, skip: usize) -> u32 {
    if data.is_null() {
        return 0;
    }
    let mut rest = slice::from_raw_parts(data, len);
    if skip < len {
        rest = &rest[skip..];
    }
    let again = slice::from_raw_parts(rest.as_ptr(), len - skip);
    again.len() as u32
}
-- c/blob.h --
const unsigned char *blob_data(const struct Blob *blob);
size_t blob_size(const struct Blob *blob);
unsigned hash(const unsigned char *data, size_t len);
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each slice of what C gave and nobody asked about."""
    for code in reviewed(codebase):
        for call in calls(code, "from_raw_parts", "from_raw_parts_mut"):
            if len(call.arguments) != 2 or _is_of_another_type(callee(call)):
                continue
            pointer, length = call.arguments
            if null_checked(code, pointer, call) or _not_empty(code, length, call):
                continue
            told = [text for found in origins(code, pointer) if (text := _of_c(code, found))]
            if told:
                yield Hit(Span.of(code.path, call.at), f"{told[0]} may be null where the length is 0")


def _is_of_another_type(path: str) -> bool:
    """`Vec::from_raw_parts` and such have rules of their own."""
    return path.rpartition("::")[0].rpartition("::")[2] not in ("", "slice")


def _of_c(code: Code, found: Origin) -> str:
    """What C gives, in words; empty when it is not C that does, or when it was a slice since: no slice is null."""
    if any("from_raw_parts" in step for step in found.steps):
        return ""
    if found.source is Source.FOREIGN:
        return f"what {found.name} returns"
    if is_called_by_c(code) and code.body.symbol and found.source is Source.PARAMETER and not found.inside:
        return f"what C gives as `{found.name}`"
    return ""


def _not_empty(code: Code, length: Node, at: Node) -> bool:
    """A length that was compared with something, or asked about."""
    return bool(facts_about(code, length, at, Known.NOT_EMPTY, Known.COMPARED, Known.MATCHES, Known.NOT_MATCHES))
