"""The check before an unchecked access can overflow

What: A safe function compares a sum or product of its parameters with a length, and then accesses memory unchecked, or
calls an unsafe function with them.
Why: In a release build `offset + len` wraps around: a huge offset passes the check, and the access lands outside.
Instead: `checked_add`, `checked_mul`; or compare without arithmetic that wraps: `offset <= n && len <= n - offset`.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, Fact, Known, Strength, calls, guards, methods, origins, short
from ffireview.model.body import Binary, Call, Formal, Node, RangeOf
from ffireview.model.finding import Confidence, Hit, Label, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import in_unsafe, in_unsafe_or_function, is_integer, is_open, reviewed, whole_parameter

PATTERN = "P57 P93"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("LANG-UNSAFE-ENCP",)
CWE = ("CWE-190", "CWE-125")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
pub fn part(data: &[u8], offset: usize, len: usize) -> &[u8] {
    assert!(offset + len <= data.len());                                        //~ overflowing-check
    unsafe { std::slice::from_raw_parts(data.as_ptr().add(offset), len) }
}
pub fn turn(input: &[u8], output: &mut [u8], width: usize, height: usize) {
    if input.len() != width * height {                                          //~ overflowing-check
        panic!("wrong size");
    }
    for i in 0..width {
        for j in 0..height {
            unsafe { *output.get_unchecked_mut(i * height + j) = *input.get_unchecked(j * width + i) };
        }
    }
}
pub fn handed(input: &[u8], output: &mut [u8], width: usize, height: usize) {
    assert_eq!(width * height, input.len());                                    //~ overflowing-check
    assert_eq!(input.len(), output.len());
    unsafe { turned(input, output, width, height) };
}
""",
)
GOOD = (
    """\
pub fn part(data: &[u8], offset: usize, len: usize) -> Option<&[u8]> {
    if offset.checked_add(len)? > data.len() { return None; }
    Some(unsafe { std::slice::from_raw_parts(data.as_ptr().add(offset), len) })
}
pub fn after(data: &[u8], offset: usize, len: usize) -> &[u8] {
    assert!(offset <= data.len());
    assert!(len <= data.len() - offset);
    unsafe { std::slice::from_raw_parts(data.as_ptr().add(offset), len) }
}
pub fn both(data: &[u8], offset: usize, len: usize) -> &[u8] {
    assert!(offset < data.len() && len < data.len() && offset + len <= data.len());
    unsafe { std::slice::from_raw_parts(data.as_ptr().add(offset), len) }
}
pub fn next(data: &[u8], at: usize) -> u8 {
    if at + 1 < data.len() { unsafe { *data.get_unchecked(0) } } else { 0 }
}
pub fn small(data: &[u8], offset: u16, len: u8) -> &[u8] {
    assert!(offset as usize + len as usize <= data.len());
    unsafe { std::slice::from_raw_parts(data.as_ptr().add(offset as usize), len as usize) }
}
pub unsafe fn told(data: &[u8], offset: usize, len: usize) -> &[u8] {
    assert!(offset + len <= data.len());
    std::slice::from_raw_parts(data.as_ptr().add(offset), len)
}
pub fn safely(data: &[u8], width: usize, height: usize) -> u8 {
    assert_eq!(width * height, data.len());
    all(data, width, height)
}
pub fn indexed(data: &[u8], offset: usize, len: usize) -> &[u8] {
    assert!(offset + len <= data.len());
    &data[offset..offset + len]
}
""",
)

_NARROW = frozenset({"u8", "i8", "u16", "i16", "bool", "char"})


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each check whose arithmetic on parameters may wrap, and on which an unchecked access relies."""
    for code in reviewed(codebase):
        wide = [f for f in code.body.parameters if is_integer(f.type) and f.type.strip() not in _NARROW]
        if not wide or not is_open(code):
            continue
        told: set[int] = set()
        for access, numbers in _accesses(code):
            for fact in guards(code, access):
                sum_ = _wrapping(fact)
                if sum_ is None or id(fact.node) in told or not _is_about(code, sum_, access, numbers):
                    continue
                told.add(id(fact.node))
                label = Label(Span.of(code.path, access.at), "relied on here")
                yield Hit(Span.of(code.path, fact.node.at), f"`{short(sum_)}` may wrap around and pass", (label,))


def _accesses(code: Code) -> Iterator[tuple[Node, list[Node]]]:
    """Each unchecked access, and each call in an unsafe block, with the numbers that lead it."""
    for call in methods(code, "get_unchecked", "get_unchecked_mut", "add", "offset"):
        if in_unsafe_or_function(code, call) and len(call.arguments) == 1:
            yield call, [call.arguments[0]]
    for made in calls(code, "slice::from_raw_parts", "slice::from_raw_parts_mut"):
        if len(made.arguments) == 2:
            yield made, [made.arguments[1]]
    for copy in calls(code, "copy_nonoverlapping", "ptr::copy"):
        if len(copy.arguments) == 3:
            yield copy, [copy.arguments[2]]
    for handed in code.of(Call):
        if handed.arguments and in_unsafe(code, handed):
            yield handed, list(handed.arguments)


def _wrapping(fact: Fact) -> Binary | None:
    """The sum or product that a fact says to be small; only a product where it says that it is equal."""
    if fact.known is not Known.COMPARED or fact.strength is Strength.DEBUG or not isinstance(fact.subject, Binary):
        return None
    wraps = {"<": "+*", "<=": "+*", "==": "*"}.get(fact.operator, "")
    return fact.subject if fact.subject.operator in wraps else None


def _is_about(code: Code, sum_: Binary, access: Node, numbers: list[Node]) -> bool:
    """Whether both operands are numbers of a caller, none of them bounded by itself, and one leads the access."""
    parts = [_formal(code, part) for part in (sum_.left, sum_.right)]
    if None in parts or parts[0] is parts[1]:
        return False
    if any(part is not None and _is_bounded(code, part, access) for part in parts):
        return False
    led = {id(formal) for number in numbers for formal in _leading(code, number)}
    return any(id(part) in led for part in parts)


def _leading(code: Code, number: Node) -> Iterator[Node]:
    """The parameters that a number is made of; a variable of a loop is made of the ends of its range."""
    for node in code.inside(number):
        for one in origins(code, node):
            yield one.node
            if isinstance(one.node, RangeOf):
                for end in (one.node.low, one.node.high):
                    yield from (found.node for found in origins(code, end))


def _is_bounded(code: Code, part: Formal, access: Node) -> bool:
    """Whether a parameter is compared by itself before the access."""
    for fact in guards(code, access):
        found = whole_parameter(code, fact.subject) if fact.known is Known.COMPARED else None
        if found is not None and found.node is part and fact.operator in ("<", "<=", "=="):
            return True
    return False


def _formal(code: Code, operand: Node) -> Formal | None:
    found = whole_parameter(code, operand)
    if found is None or not isinstance(found.node, Formal):
        return None
    written = found.node.type.strip()
    return found.node if is_integer(written) and written not in _NARROW else None
