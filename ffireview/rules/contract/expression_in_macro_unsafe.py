"""A macro runs its caller's expression inside its own unsafe block

What: A `macro_rules!` arm puts an `$x:expr` of its pattern into an `unsafe { .. }` of its body.
Why: Whatever the caller writes there may do unsafe things without the word `unsafe`: a review that looks for the word
never sees it, and `forbid(unsafe_code)` of the caller does not either.
Instead: Evaluate the expression first, `let x = $x;`, and use the variable inside the block.
"""

from collections.abc import Iterator

from ffireview.flow import Codebase
from ffireview.model.facts import MacroForm, SiteKind
from ffireview.model.finding import Confidence, Hit, Persona, Severity
from ffireview.model.program import Area

PATTERN = "P86"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
PERSONA = Persona.PEDANTIC
ANSSI = ()
CWE = ("CWE-710",)
ADVISORIES = ()
OPERATIONS = ()
SINCE = "0.2"
BAD = (
    """\
#[macro_export]
macro_rules! call {
    ($function:ident, $value:expr) => {
        unsafe { $function($value) }                //~ expression-in-macro-unsafe
    };
    (@all $function:ident, $($value:expr),*) => {{
        $( unsafe { $function($value) }; )*         //~ expression-in-macro-unsafe
    }};
}
""",
)
GOOD = (
    """\
#[macro_export]
macro_rules! call {
    ($function:ident, $value:expr) => {{
        let value = $value;
        unsafe { $function(value) }
    }};
    ($function:ident) => { unsafe { $function() } };
    ($name:ident, $type:ty) => { unsafe { $name as *const $type } };
}
pub fn plain(value: u32) -> u32 { unsafe { trusted(value) } }
unsafe fn trusted(value: u32) -> u32 { value }
""",
)


def check(codebase: Codebase) -> Iterator[Hit]:
    """A hit for each unsafe block of a macro's definition that holds such an expression."""
    for site in codebase.program.sites:
        defined = site.macro is not None and site.macro.form is MacroForm.DEFINITION and site.area is not Area.TEST
        if defined and site.macro and site.kind is SiteKind.UNSAFE_BLOCK and site.detail.startswith("$"):
            message = f"`{site.macro.name}!` runs its caller's `{site.detail}` as unsafe code"
            yield Hit(site.span, message)
