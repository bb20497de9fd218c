"""What extraction finds in one file: plain values, without path, adjectives or judgement."""

from enum import StrEnum

from msgspec import Struct

from ffireview.model.effects import FunctionEffects
from ffireview.model.place import FileProblem, Language, Range


class SiteKind(StrEnum):
    """What makes a place one that a human must look at."""

    UNSAFE_BLOCK = "unsafe-block"
    UNSAFE_FN = "unsafe-fn"
    UNSAFE_IMPL = "unsafe-impl"
    UNSAFE_TRAIT = "unsafe-trait"
    EXTERN_BLOCK = "extern-block"
    FOREIGN_FN = "foreign-fn"
    FOREIGN_STATIC = "foreign-static"
    FOREIGN_TYPE = "foreign-type"
    EXPORT = "export"
    CALLBACK = "callback"
    STATIC_MUT = "static-mut"
    UNION = "union"
    UNSAFE_ATTRIBUTE = "unsafe-attribute"
    INLINE_ASM = "inline-asm"
    GLOBAL_ASM = "global-asm"
    NAKED_FN = "naked-fn"
    BRIDGE_ITEM = "bridge-item"
    MACRO_KEYWORD = "macro-keyword"


class MacroForm(StrEnum):
    """Whether code stands in what a macro is given, or in what it is made of."""

    INVOCATION = "invocation"
    DEFINITION = "definition"


class MacroContext(Struct, frozen=True):
    """The outermost macro around a fact."""

    name: str
    form: MacroForm
    generates: bool = False
    """True for quoting macros (`quote!`, `parse_quote!`): the code belongs to whoever expands it."""


class SafetyPlace(StrEnum):
    """Where the text that argues for soundness stands."""

    COMMENT = "comment"
    DOC = "doc"
    ATTRIBUTE = "attribute"


class SafetyNote(Struct, frozen=True):
    """The text that argues for the soundness of a site."""

    place: SafetyPlace
    text: str
    line: int


class Operation(Struct, frozen=True, order=True):
    """One thing that a site does: the id of its query file, what it touches, where."""

    id: str
    name: str
    at: Range


class SiteFact(Struct, frozen=True):
    """One unsafe or boundary place of a Rust file."""

    kind: SiteKind
    name: str
    owner: str
    at: Range
    tokens: str
    """Hash of the normalised tokens: no comments, no layout."""
    visibility: str = ""
    unsafe: bool = True
    """Whether the site itself says `unsafe`; an export, a callback or a foreign item need not."""
    enclosing: str = ""
    """Name of the innermost function around the site, or of the site itself when it is a function."""
    enclosing_unsafe: bool = False
    enclosing_visibility: str = ""
    safety: SafetyNote | None = None
    cfg: tuple[str, ...] = ()
    macro: MacroContext | None = None
    test: bool = False
    operations: tuple[Operation, ...] = ()
    calls: tuple[Operation, ...] = ()
    """Every call inside, by the last name of its path: which of them are unsafe, only the whole program knows."""
    detail: str = ""
    """What the kind needs beside: the ABI of a block, the attribute, the impl header, the next token of a keyword."""
    symbol: str = ""
    """The link-time name, for foreign items, exports and bridge items."""
    lines: int = 1


class Role(StrEnum):
    """Which side of a promise a declaration is."""

    IMPORT = "import"
    EXPORT = "export"
    CALLBACK = "callback"
    PROTOTYPE = "prototype"
    DEFINITION = "definition"
    MACRO = "macro"
    LABEL = "label"
    FIELD = "field"


class Entity(StrEnum):
    """What a declaration declares."""

    FUNCTION = "function"
    STATIC = "static"
    TYPE = "type"
    STRUCT = "struct"
    UNION = "union"
    ENUM = "enum"
    TYPEDEF = "typedef"
    CONSTANT = "constant"
    FUNCTION_POINTER = "function-pointer"
    METHOD = "method"


class Parameter(Struct, frozen=True):
    """One parameter as written: the name may be empty, the type is source text with single spaces."""

    name: str
    type: str
    cfg: tuple[str, ...] = ()


class Signature(Struct, frozen=True):
    """A function's signature as written. `returns` is empty when nothing is written."""

    parameters: tuple[Parameter, ...]
    returns: str = ""
    variadic: bool = False


class Declaration(Struct, frozen=True):
    """A name with a signature that one language offers the other."""

    role: Role
    entity: Entity
    name: str
    symbol: str
    at: Range
    abi: str = "C"
    signature: Signature | None = None
    type: str = ""
    """The type of a static, field or typedef, as written."""
    module: tuple[str, ...] = ()
    """Module path inside the file (Rust), namespaces and class (C++), or the containing struct (C fields)."""
    owner: str = ""
    cfg: tuple[str, ...] = ()
    """Rust cfg predicates, or the preprocessor conditions around a C declaration."""
    how: str = ""
    """The attribute, keyword or macro that gives the role: `no_mangle`, `link_name`, `static inline`."""
    internal: bool = False
    """C `static` linkage, or C++ linkage that C names do not reach."""
    safe: bool = False
    macro: MacroContext | None = None
    test: bool = False
    library: str = ""
    generic: bool = False


class ReferenceRole(StrEnum):
    """How code uses a name."""

    CALL = "call"
    VALUE = "value"
    TYPE = "type"
    ADDRESS = "address"
    PASTE = "paste"


class Reference(Struct, frozen=True):
    """A use of a name that may cross, as written (`raw::git_diff_print`), with what surrounds it."""

    path: str
    role: ReferenceRole
    at: Range
    owner: str = ""
    module: tuple[str, ...] = ()
    context: str = ""
    """For a value: what it fills, `field open of file_operations` or `argument 3 of raw::git_diff_print`."""
    arguments: int = -1
    test: bool = False
    macro: MacroContext | None = None


class Alias(Struct, frozen=True):
    """One name that a `use` brings in; `name` is `*` for a glob. `public` when the module hands it on."""

    module: tuple[str, ...]
    name: str
    target: str
    public: bool = False


class MacroTemplate(Struct, frozen=True):
    """What a `macro_rules!` arm or procedural macro makes: a function whose name the caller gives."""

    macro: str
    role: Role
    abi: str
    argument: int
    """Which comma-separated argument holds the name, from 0; -1: every `fn` in the input; -2: any identifier. For the
    role `import`, -1: the input stands in an extern block."""
    line: int
    signature: Signature | None = None


class MacroUse(Struct, frozen=True):
    """A macro invoked with simple arguments, for the templates of other files."""

    macro: str
    arguments: tuple[str, ...]
    functions: tuple[Declaration, ...]
    """Functions with a body in the input."""
    at: Range
    module: tuple[str, ...] = ()
    owner: str = ""
    test: bool = False
    declared: tuple[Declaration, ...] = ()
    """Functions and statics without one: foreign, where the macro puts its input into an extern block."""


class TypeKind(StrEnum):
    """What a type definition is."""

    ALIAS = "alias"
    STRUCT = "struct"
    UNION = "union"
    ENUM = "enum"
    CONSTANT = "constant"


class Bound(Struct, frozen=True, array_like=True):
    """A line of a where clause: what is bound, and each bound as written."""

    subject: str
    bounds: tuple[str, ...]


class Generic(Struct, frozen=True, array_like=True):
    """A generic parameter with the bounds that stand beside it. The kind is `type`, `lifetime` or `const`; a lifetime's
    name has its tick."""

    name: str
    kind: str
    bounds: tuple[str, ...] = ()


class Field(Struct, frozen=True):
    """One field of a struct or union as written; `bits` is the width of a bit-field, or -1."""

    name: str
    type: str
    bits: int = -1
    cfg: tuple[str, ...] = ()


class TypeFact(Struct, frozen=True):
    """A type definition of either language."""

    kind: TypeKind
    name: str
    at: Range
    target: str = ""
    """What an alias or typedef stands for, as written."""
    fields: tuple[Field, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    """Enumerators with the text of their values, empty where none is written."""
    repr: tuple[str, ...] = ()
    """`C`, `transparent`, `packed`, `u8`, .. for Rust; `packed`, `aligned(8)`, .. for C."""
    module: tuple[str, ...] = ()
    cfg: tuple[str, ...] = ()
    generic: bool = False
    opaque: bool = False
    """Declared without a body."""
    signature: Signature | None = None
    """For a typedef of a function or function pointer."""
    derives: tuple[str, ...] = ()
    """The traits of `derive` attributes, as written."""
    generics: tuple[Generic, ...] = ()
    where: tuple[Bound, ...] = ()
    visibility: str = ""


class ImplFact(Struct, frozen=True, array_like=True):
    """The header of an impl block: `unsafe impl<generics> !trait for type where ..`."""

    trait: str
    """As written, with its arguments; empty for an inherent impl."""
    type: str
    at: Range
    owner: str = ""
    """The items around it."""
    unsafe: bool = False
    negative: bool = False
    generics: tuple[Generic, ...] = ()
    where: tuple[Bound, ...] = ()
    attributes: tuple[str, ...] = ()
    cfg: tuple[str, ...] = ()
    macro: MacroContext | None = None
    test: bool = False


class TraitFact(Struct, frozen=True):
    """A trait definition."""

    name: str
    at: Range
    owner: str = ""
    visibility: str = ""
    unsafe: bool = False
    generics: tuple[Generic, ...] = ()
    bounds: tuple[str, ...] = ()
    """The traits that it requires."""
    where: tuple[Bound, ...] = ()
    required: tuple[str, ...] = ()
    """Methods without a body."""
    provided: tuple[str, ...] = ()
    """Methods with one."""
    macro: MacroContext | None = None
    test: bool = False


class FunctionFact(Struct, frozen=True):
    """A Rust function as the call graph needs it."""

    name: str
    owner: str
    line: int
    end_line: int
    visibility: str
    unsafe: bool
    calls: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    """What it does outside every site: checks, casts and ownership moves in safe code."""
    test: bool = False


class Guard(Struct, frozen=True):
    """A crate- or module-level lint setting for unsafe code: `forbid`, `unsafe_code`, line."""

    level: str
    lint: str
    line: int


class SuppressionFact(Struct, frozen=True):
    """A comment that tells ffireview what to pass over, as written: `allow(rules) -- reason [options]`."""

    at: Range
    verb: str
    rules: tuple[str, ...]
    reason: str
    options: tuple[str, ...]
    line: int
    end_line: int
    """The lines of code that it speaks for; 0 where none follows."""


class FileFacts(Struct, frozen=True):
    """Everything that extraction says about one file; a pure function of its bytes and language."""

    language: Language
    sites: tuple[SiteFact, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    references: tuple[Reference, ...] = ()
    aliases: tuple[Alias, ...] = ()
    functions: tuple[FunctionFact, ...] = ()
    templates: tuple[MacroTemplate, ...] = ()
    uses: tuple[MacroUse, ...] = ()
    includes: tuple[str, ...] = ()
    """`include!` targets of a Rust file, `#include` targets of a C file."""
    generated: str = ""
    """The header line that says that a tool wrote the file."""
    lints: tuple[Guard, ...] = ()
    types: tuple[TypeFact, ...] = ()
    impls: tuple[ImplFact, ...] = ()
    traits: tuple[TraitFact, ...] = ()
    bodies: bytes = b""
    """Functions with their bodies, packed (`model.body.unpack`): they are many, and few readers need them."""
    effects: tuple[FunctionEffects, ...] = ()
    """What C functions do that cross, or that such functions call in the same file."""
    test_only: bool = False
    """Whether the whole file is built for tests only (`#![cfg(test)]`)."""
    test_modules: tuple[str, ...] = ()
    """Modules in other files that are built for tests only (`#[cfg(test)] mod checks;`), with their path inside."""
    gated_modules: tuple[str, ...] = ()
    """Modules in other files that are built under conditions only, likewise."""
    suppressions: tuple[SuppressionFact, ...] = ()
    keywords: int = 0
    """How many `unsafe` keywords stand outside comments and strings."""
    keywords_in_macros: int = 0
    keywords_structured: int = 0
    """How many of them ended in a structured site."""
    problems: tuple[FileProblem, ...] = ()
