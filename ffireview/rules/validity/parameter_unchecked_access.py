"""A safe function goes to an index that its caller chose

What: An integer parameter of a public function without `unsafe` reaches `get_unchecked`, the offset of a pointer or
the length of `from_raw_parts`, and nothing compares it with anything on the way.
Why: Safe code may pass any number; the access then leaves the buffer. Functions of this shape are twice as frequent
among those with a known bug.
Instead: Compare with the length and return `None` or panic, or make the function `unsafe`.
"""

from collections.abc import Iterator

from ffireview.flow import Code, Codebase, bounded, calls, facts_about, last_name, methods, origins
from ffireview.model.body import Binary, Call, Formal, MethodCall, Node, Path, RangeOf
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.place import Span
from ffireview.rules.reach import asked_about, in_unsafe, is_integer, is_open, reviewed, whole_parameter

PATTERN = "P87"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
PERSONA = Persona.REGULAR
ANSSI = ("LANG-UNSAFE-ENCP",)
CWE = ("CWE-125", "CWE-787")
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
impl Table {
    pub fn row(&self, index: usize) -> &Row {
        unsafe { self.rows.get_unchecked(index) }               //~ parameter-unchecked-access
    }
    pub fn cell(&self, at: usize) -> u8 {
        unsafe { *self.start.add(at) }                          //~ parameter-unchecked-access
    }
    pub fn pair(&self, at: usize) -> &[u8] {
        unsafe { self.bytes.get_unchecked(at..at + 2) }         //~ parameter-unchecked-access
    }
    pub fn head(&self, count: u32) -> &[u8] {
        unsafe { slice::from_raw_parts(self.start, count as usize) }        //~ parameter-unchecked-access
    }
}
impl std::ops::Index<usize> for Table {
    type Output = Row;
    fn index(&self, index: usize) -> &Row {
        unsafe { &*self.start.offset(index as isize) }          //~ parameter-unchecked-access
    }
}
""",
)
GOOD = (
    """\
impl Table {
    pub fn row(&self, index: usize) -> Option<&Row> {
        if index >= self.rows.len() {
            return None;
        }
        Some(unsafe { self.rows.get_unchecked(index) })
    }
    pub fn cell(&self, at: usize) -> u8 {
        assert!(at + 1 <= self.len);
        unsafe { *self.start.add(at) }
    }
    pub fn head(&self, count: u32) -> &[u8] {
        let count = (count as usize).min(self.len);
        unsafe { slice::from_raw_parts(self.start, count) }
    }
    pub fn filled(&mut self, count: usize) -> &[u8] {
        let room = self.allocate(Layout::array::<u8>(count));
        unsafe { slice::from_raw_parts(room, count) }
    }
    pub fn pair(&self, at: usize) -> Option<&[u8]> {
        if at + 2 > self.bytes.len() { return None; }
        Some(unsafe { self.bytes.get_unchecked(at..at + 2) })
    }
    pub unsafe fn any(&self, at: usize) -> u8 {
        unsafe { *self.start.add(at) }
    }
    fn inside(&self, at: usize) -> u8 {
        unsafe { *self.start.add(at) }
    }
}
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each access that nothing bounds."""
    for code in reviewed(codebase):
        numbers = any(is_integer(formal.type) for formal in code.body.parameters)
        for call, number in _accesses(code) if numbers and (is_open(code) or _is_index(code)) else ():
            found = whole_parameter(code, number)
            if found is None or not isinstance(found.node, Formal) or not is_integer(found.node.type):
                continue
            asked = (
                asked_about(code, found.node, call) or bounded(code, number, call) or facts_about(code, number, call)
            )
            if not asked and not _given_before(code, found.node, call):
                told = f"safe code may call `{code.body.name}` with any `{found.name}`, and nothing bounds it here"
                yield Hit(Span.of(code.path, call.at), told)


def _given_before(code: Code, formal: Formal, access: Node) -> bool:
    """Whether another function got the number first: one that checks it, or makes room for so many."""
    others: list[Call | MethodCall] = [*code.of(Call), *code.of(MethodCall)]
    for call in others:
        if code.rank(call) < code.rank(access) and not code.holds(call, access):
            given = (part for argument in call.arguments for part in code.within(argument, Path))
            if any(one.node is formal for part in given for one in origins(code, part)):
                return True
    return False


def _is_index(code: Code) -> bool:
    """Whether a function is what `x[i]` calls."""
    return code.body.implements is not None and last_name(code.body.implements.trait) in ("Index", "IndexMut")


def _accesses(code: Code) -> Iterator[tuple[Node, Node]]:
    """Each unchecked access and the number that leads it."""
    for call in methods(code, "get_unchecked", "get_unchecked_mut", "add", "offset"):
        if in_unsafe(code, call) and len(call.arguments) == 1:
            yield from ((call, number) for number in _numbers(call.arguments[0]))
    for made in calls(code, "slice::from_raw_parts", "slice::from_raw_parts_mut"):
        if len(made.arguments) == 2:
            yield made, made.arguments[1]


def _numbers(index: Node) -> Iterator[Node]:
    """The number of an index, or the first of the ends of a range, and of its sum, that may be a parameter."""
    if not isinstance(index, RangeOf):
        yield index
        return
    end = index.high or index.low
    while isinstance(end, Binary) and end.operator == "+":
        end = end.left
    if end is not None:
        yield end
