"""A program in, its functions and types out, ready to be asked about. Built once for a run of the rules."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from ffireview.flow.code import Code
from ffireview.flow.find import named
from ffireview.flow.paths import base_type, is_pointer, last_name
from ffireview.flow.walk import walk
from ffireview.model.body import Body, unpack
from ffireview.model.facts import ImplFact, TraitFact, TypeFact, TypeKind
from ffireview.model.place import Span
from ffireview.model.program import Area, Direction, FileCode, Program, Site

_ALIASES = 6
"""Aliases are followed this far."""
_NAME = re.compile(r"(?:r#)?\w+(?:::\w+)*")


class Codebase:
    """The Rust code of a program. Bodies are unpacked file by file, when they are first asked for, and kept."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._files = {file.path: file for file in program.code}
        self._bodies: dict[str, tuple[Body, ...]] = {}
        self._codes: dict[str, tuple[Code, ...]] = {}

    def functions(self) -> Iterator[Code]:
        """Every function, by path and line."""
        return (code for path in self._files for code in self.of_file(path))

    def of_file(self, path: str) -> tuple[Code, ...]:
        """The functions of a file, by line."""
        if path not in self._codes:
            file = self._files.get(path)
            self._codes[path] = tuple(self._code(file, body) for body in self._read(path)) if file else ()
        return self._codes[path]

    def impls_of_file(self, path: str) -> tuple[ImplFact, ...]:
        """The impl headers of a file, by line."""
        file = self._files.get(path)
        return file.impls if file else ()

    def of_site(self, site: Site) -> Code | None:
        """The function that a site is, or the innermost that it stands in."""
        return self.around(site.span)

    def around(self, span: Span) -> Code | None:
        """The innermost function around a place."""
        start, end = (span.line, span.column), (span.end_line, span.end_column)
        found = [
            code
            for code in self.of_file(span.path)
            if (code.body.line, code.body.column) <= start and end <= (code.body.end_line, code.body.end_column)
        ]
        return found[-1] if found else None

    def find(self, path: str, owner: str, name: str, line: int = 0) -> Code | None:
        """A function by its file, owner and name; by its line as well, where several are called the same."""
        found = [c for c in self.of_file(path) if (c.body.owner, c.body.name) == (owner, name)]
        return next((c for c in found if line in (0, c.body.line)), None)

    def impls(self, written: str, trait: str = "", crate: str = "") -> list[ImplFact]:
        """The impls for a type, by its last name; only those of a trait, of a crate, if given."""
        return [
            fact
            for own, fact in self._impls.get(base_type(written), ())
            if (not trait or last_name(fact.trait) == trait) and (not crate or own == crate)
        ]

    def types(self, written: str, crate: str = "") -> list[TypeFact]:
        """The structs, unions, enums and aliases of a name; only those of a crate, if given."""
        return [fact for own, fact in self._types.get(base_type(written), ()) if not crate or own == crate]

    def crate_of(self, path: str) -> str:
        """The crate of a Rust file."""
        return self._files[path].crate if path in self._files else ""

    def meant(self, written: str, crate: str) -> list[TypeFact]:
        """What a type as written stands for by value: the definitions of its name, in the crate if it has any there,
        with aliases followed; none for pointers, arrays and all that is no plain name."""
        for _ in range(_ALIASES):
            if not _NAME.fullmatch(written):
                return []
            found = self.types(written, crate) or self._elsewhere(written)
            if not found or any(fact.kind is not TypeKind.ALIAS or fact.target != found[0].target for fact in found):
                return found
            written = found[0].target
        return []

    def _elsewhere(self, written: str) -> list[TypeFact]:
        """The definitions of a name that only one crate has, and shows to others."""
        rows = self._types.get(base_type(written), ())
        seen = all(fact.visibility == "pub" for _, fact in rows)
        return [fact for _, fact in rows] if seen and len({own for own, _ in rows}) == 1 else []

    def trait(self, written: str, crate: str = "") -> TraitFact | None:
        """A trait that the program defines."""
        rows = self._traits.get(last_name(written), ())
        return next((fact for own, fact in rows if not crate or own == crate), None)

    def drops(self, written: str, crate: str = "") -> bool:
        """Whether a type has a destructor of its own."""
        return any(not fact.negative for fact in self.impls(written, "Drop", crate))

    def derives(self, written: str, trait: str, crate: str = "") -> bool:
        """Whether a type has a trait, by a `derive` or an impl."""
        derived = any(trait in map(last_name, fact.derives) for fact in self.types(written, crate))
        return derived or any(not fact.negative for fact in self.impls(written, trait, crate))

    def raw_fields(self, written: str, crate: str = "") -> list[str]:
        """The fields of a type that are raw pointers or `NonNull`."""
        fields = [field for fact in self.types(written, crate) for field in fact.fields]
        return [f.name for f in fields if is_pointer(f.type) and not f.type.lstrip().startswith("&")]

    @cached_property
    def _impls(self) -> dict[str, list[tuple[str, ImplFact]]]:
        found: dict[str, list[tuple[str, ImplFact]]] = defaultdict(list)
        for file in self.program.code:
            for fact in file.impls:
                found[base_type(fact.type)].append((file.crate, fact))
        return found

    @cached_property
    def _types(self) -> dict[str, list[tuple[str, TypeFact]]]:
        found: dict[str, list[tuple[str, TypeFact]]] = defaultdict(list)
        for file in self.program.code:
            for fact in file.types:
                found[fact.name].append((file.crate, fact))
        return found

    @cached_property
    def _traits(self) -> dict[str, list[tuple[str, TraitFact]]]:
        found: dict[str, list[tuple[str, TraitFact]]] = defaultdict(list)
        for file in self.program.code:
            for fact in file.traits:
                found[fact.name].append((file.crate, fact))
        return found

    @cached_property
    def _crossings(self) -> dict[str, dict[tuple[int, int], str]]:
        """By file: where each call of a foreign function starts, and its symbol."""
        found: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        for crossing in self.program.crossings:
            for use in crossing.uses:
                if crossing.direction is not Direction.C_TO_RUST and use.role == "call":
                    found[use.span.path][use.span.line, use.span.column] = crossing.symbol
        return found

    @cached_property
    def _results(self) -> dict[str, dict[str, str]]:
        """By crate: what functions return, for names that always return the same."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in self.program.code:
            for body in self._read(file.path):
                found[file.crate][body.name].add(body.returns)
        return {
            crate: {name: next(iter(returns)) for name, returns in names.items() if len(returns) == 1}
            for crate, names in found.items()
        }

    @cached_property
    def _catching(self) -> dict[str, frozenset[str]]:
        """By crate: functions that take a closure and call `catch_unwind`."""
        found: dict[str, set[str]] = defaultdict(set)
        for file in self.program.code:
            for body in self._read(file.path) if b"catch_unwind" in file.bodies else ():
                takes = any("Fn" in bound for generic in body.generics for bound in generic.bounds)
                takes = takes or any("Fn" in bound for line in body.where for bound in line.bounds)
                takes = takes or any("impl Fn" in formal.type for formal in body.parameters)
                if takes and any(named(node, "catch_unwind") for node in walk(body.block)):
                    found[file.crate].add(body.name)
        return {crate: frozenset(names) for crate, names in found.items()}

    def _read(self, path: str) -> tuple[Body, ...]:
        if path not in self._bodies:
            self._bodies[path] = unpack(self._files[path].bodies)
        return self._bodies[path]

    def _code(self, file: FileCode, body: Body) -> Code:
        area = Area.TEST if body.test and file.area is Area.LIBRARY else file.area
        crossings, results = self._crossings.get(file.path, {}), self._results.get(file.crate, {})
        catching = self._catching.get(file.crate, frozenset())
        fields = self._fields_of_self(file, body)
        return Code(body, file.path, file.crate, area, crossings, results, fields, catching)

    def _fields_of_self(self, file: FileCode, body: Body) -> dict[str, str]:
        found = self.types(body.implements.type, file.crate) if body.implements else []
        return {field.name: field.type for field in found[0].fields} if len(found) == 1 else {}
