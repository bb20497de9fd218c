"""A pointer is taken, then the owner grows, then the pointer is used

What: A pointer into a `Vec` or `String` is kept in a variable; a method that may move the memory (`push`, `reserve`,
`resize`, ..) is called on the owner; then the old pointer is read, written or handed to C.
Why: Growing moves the elements and frees the old memory. It works as long as there is room to spare, so tests pass.
Instead: Take the pointer again after the owner has grown, or make room before the pointer is taken.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Local, after, methods, root_of, short, uses, writes
from ffireview.model.body import Call, Cast, Let, MethodCall, Node, Path, Unary
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span

PATTERN = "P37"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.REGULAR
ANSSI = ("FFI-MEM-OWNER",)
CWE = ("CWE-416", "CWE-825")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
extern "C" { fn store_read(out: *mut u8, n: usize) -> usize; }
pub fn read(buffer: &mut Vec<u8>, n: usize) {
    let at = buffer.as_mut_ptr();
    buffer.reserve(n);
    unsafe { store_read(at, n) };                            //~ pointer-before-growth
}
pub struct Log { text: String }
impl Log {
    pub fn first(&mut self) -> u8 {
        let start = self.text.as_ptr() as *const u8;
        self.text.push('x');
        unsafe { *start }                                    //~ pointer-before-growth
    }
}
""",
)
GOOD = (
    """\
extern "C" { fn store_read(out: *mut u8, n: usize) -> usize; }
pub fn read(buffer: &mut Vec<u8>, n: usize) {
    buffer.reserve(n);
    let at = buffer.as_mut_ptr();
    unsafe { store_read(at, n) };
}
pub fn again(buffer: &mut Vec<u8>, n: usize) {
    let mut at = buffer.as_mut_ptr();
    unsafe { store_read(at, 1) };
    buffer.reserve(n);
    at = buffer.as_mut_ptr();
    unsafe { store_read(at, n) };
}
pub fn moved(buffer: &mut Vec<u8>) -> bool {
    let before = buffer.as_ptr();
    buffer.push(1);
    before == buffer.as_ptr()
}
pub fn other(buffer: &mut Vec<u8>, sizes: &mut Vec<usize>) {
    let at = buffer.as_mut_ptr();
    sizes.push(unsafe { store_read(at, 4) });
    unsafe { store_read(at, 4) };
}
pub fn early(buffer: &mut Vec<u8>, n: usize) {
    let at = buffer.as_mut_ptr();
    if n > buffer.capacity() {
        buffer.reserve(n);
        return;
    }
    unsafe { store_read(at, n) };
}
""",
)

_POINTERS = ("as_ptr", "as_mut_ptr")
_GROWS = ("push", "push_str", "reserve", "reserve_exact", "try_reserve", "resize", "resize_with", "extend", "insert",
          "extend_from_slice", "append", "shrink_to_fit", "shrink_to", "insert_str", "push_back", "push_front", "grow",
          "insert_many", "extend_from_within", "write_all", "write_str", "into_boxed_slice")  # fmt: skip
_SAME = ("cast", "cast_mut", "cast_const", "add", "offset", "sub", "wrapping_add")
_USING = (
    "read",
    "write",
    "read_unaligned",
    "write_unaligned",
    "copy_from",
    "copy_to",
    "copy_from_nonoverlapping",
    "copy_to_nonoverlapping",
    "write_bytes",
    "as_ref",
    "as_mut",
    "read_volatile",
    "write_volatile",
    "drop_in_place",
)
_READING = ("read", "write", "copy", "copy_nonoverlapping", "from_raw_parts", "from_raw_parts_mut", "write_bytes",
            "read_unaligned", "write_unaligned", "drop_in_place", "from_ptr")  # fmt: skip


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for the first use of each pointer after its owner may have grown."""
    for code in codebase.functions():
        for pointer in methods(code, *_POINTERS):
            owner, local = root_of(code, pointer.receiver), _kept(code, pointer)
            if owner is None or local is None:
                continue
            for grown in methods(code, *_GROWS):
                if root_of(code, grown.receiver) != owner or code.rank(grown) < code.rank(pointer):
                    continue
                if used := _used_after(code, local, grown):
                    label = Label(Span.of(code.path, grown.at), "may move the memory")
                    message = f"`{local.name}` was taken before `{short(grown)}`, and may point to freed memory"
                    yield Hit(Span.of(code.path, used.at), message, (label,))
                    break


def _kept(code: Code, pointer: MethodCall) -> Local | None:
    """The variable that a `let` gives the pointer, or one computed from it, to."""
    for outer, inner in code.around(pointer):
        if isinstance(outer, Let) and outer.value is inner and len(outer.pattern.bindings) == 1:
            binding = outer.pattern.bindings[0]
            return Local(binding.name, binding, outer) if not binding.path else None
        if not isinstance(outer, Cast) and not (isinstance(outer, MethodCall) and outer.name in _SAME):
            return None
    return None


def _used_after(code: Code, local: Local, grown: MethodCall) -> Node | None:
    """The first place behind the growth that looks at what the pointer points to."""
    later = after(code, grown)
    for use in uses(code, local):
        if code.rank(use) < code.rank(grown) or not any(code.holds(node, use) for node in later):
            continue
        if any(code.rank(grown) < code.rank(one.node) < code.rank(use) for one in writes(code, local)):
            return None
        if (using := _using(code, use)) is not None:
            return using
    return None


def _using(code: Code, use: Path) -> Node | None:
    """The node that reads or writes through a pointer, behind casts and offsets; None where it is only compared."""
    inner: Node = use
    for outer in code.ancestors(use):
        if isinstance(outer, Unary) and outer.operator == "*":
            return outer
        if isinstance(outer, Call):
            name = outer.callee.text.rpartition("::")[2] if isinstance(outer.callee, Path) else ""
            return outer if inner is not outer.callee and (code.foreign(outer) or name in _READING) else None
        if isinstance(outer, MethodCall) and inner is outer.receiver and outer.name in _USING:
            return outer
        if not isinstance(outer, Cast) and not (isinstance(outer, MethodCall) and outer.name in _SAME):
            return None
        inner = outer
    return None
