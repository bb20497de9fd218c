"""Rust facts and C facts in, crossings out: which declarations meet, with the evidence, and where control passes."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.extract.c.effects.names import known
from ffireview.link.layout import Layout, area
from ffireview.link.resolve import Import, Resolver
from ffireview.link.types.spelling import spelled, tidy
from ffireview.link.wanted import FIELD, HELPER_PREFIXES, TYPED
from ffireview.model.facts import Declaration, Entity, FileFacts, Reference, ReferenceRole, Role, SiteFact
from ffireview.model.place import Language, Span
from ffireview.model.program import Anchor, Area, Crossing, Direction, Status, Use, Via

_ARGUMENT = re.compile(r"^argument (\d+) of (.+)$")
_DISTINCT_LENGTH = 12
_COMPANION_NAMES = 2


class Placed(NamedTuple):
    """A declaration and its file."""

    path: str
    declaration: Declaration


class _Place(NamedTuple):
    path: str
    reference: Reference


class Linker:
    """Joins the facts of both languages."""

    def __init__(
        self,
        rust: dict[str, FileFacts],
        foreign: dict[str, FileFacts],
        made: list[tuple[str, Declaration]],
        layout: Layout,
        resolver: Resolver,
        site_at: "SiteLookup",
    ) -> None:
        self._rust, self._foreign = rust, foreign
        self._layout, self._resolver, self._site_at = layout, resolver, site_at
        self._companion_files: dict[str, frozenset[str]] = {}
        self._c: dict[str, list[Placed]] = defaultdict(list)
        self._fields: dict[str, list[Placed]] = defaultdict(list)
        self._c_uses: dict[str, list[_Place]] = defaultdict(list)
        for path, file in sorted(foreign.items()):
            for declaration in file.declarations:
                table = self._fields if declaration.role is Role.FIELD else self._c
                table[declaration.symbol].append(Placed(path, declaration))
            for reference in file.references:
                self._c_uses[reference.path].append(_Place(path, reference))
        self._exports: dict[str, list[Placed]] = defaultdict(list)
        self._callbacks: list[Placed] = []
        self._labels: dict[str, list[Placed]] = defaultdict(list)
        everything = [(p, d) for p, f in sorted(rust.items()) for d in f.declarations] + made
        for path, declaration in everything:
            if declaration.symbol.startswith("$") or "$" in declaration.symbol:
                continue
            if declaration.role is Role.EXPORT:
                self._exports[declaration.symbol].append(Placed(path, declaration))
            elif declaration.role is Role.CALLBACK:
                self._callbacks.append(Placed(path, declaration))
            elif declaration.role is Role.LABEL:
                self._labels[declaration.symbol].append(Placed(path, declaration))

    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing of the snapshot, sorted by symbol."""
        uses, bindings = self._rust_uses()
        found = [
            *self._imported(uses),
            *self._bound(bindings),
            *self._exported(),
            *self._called_back(),
            *self._bridged(uses),
        ]
        return tuple(sorted(found, key=lambda c: (c.symbol, c.direction, c.via, [a.span for a in c.rust])))

    def _rust_uses(self) -> tuple[dict[tuple[str, Declaration], list[_Place]], dict[str, list[_Place]]]:
        """References by what they mean: an extern item, or a name of bindings made by a build."""
        imports: dict[tuple[str, Declaration], list[_Place]] = defaultdict(list)
        bindings: dict[str, list[_Place]] = defaultdict(list)
        for path, file in sorted(self._rust.items()):
            for reference in file.references:
                if reference.role is ReferenceRole.TYPE:
                    continue
                meaning = self._resolver.meaning(path, reference)
                if meaning is None:
                    continue
                place = _Place(path, reference)
                if meaning.binding or meaning.outside:
                    bindings[meaning.binding or f"libc::{meaning.outside}"].append(place)
                for item in meaning.imports:
                    imports[(item.path, item.declaration)].append(place)
        return imports, bindings

    def _imported(self, uses: dict[tuple[str, Declaration], list[_Place]]) -> Iterator[Crossing]:
        by_symbol: dict[str, list[Import]] = defaultdict(list)
        for item in self._resolver.imports():
            if (
                item.declaration.entity is not Entity.TYPE
                and item.declaration.abi != "C++"
                and "$" not in item.declaration.symbol
            ):
                by_symbol[item.declaration.symbol].append(item)
        linked_blocks: dict[str, int] = defaultdict(int)
        results = []
        for symbol, items in sorted(by_symbol.items()):
            rust = [Placed(i.path, i.declaration) for i in items]
            foreign = self._peers(symbol, rust)
            foreign += [self._anchor(p, "exported in Rust under this symbol") for p in self._exports.get(symbol, ())]
            foreign += [self._anchor(p, "label in Rust assembly") for p in self._labels.get(symbol, ())]
            for item in items:
                linked_blocks[item.path] += bool(foreign)
            places = [place for item in items for place in uses.get((item.path, item.declaration), ())]
            results.append((symbol, rust, foreign, _unique(places)))
        for symbol, rust, foreign, places in results:
            to_rust = bool(foreign) and all(a.language == Language.RUST for a in foreign)
            status = Status.LINKED if foreign else self._absent(rust, linked_blocks)
            library = next((p.declaration.library for p in rust if p.declaration.library), "")
            evidence = [f"library {library}"] if library else []
            yield self._crossing(
                symbol, Direction.RUST_TO_RUST if to_rust else Direction.RUST_TO_C, Via.EXTERN, status, rust, foreign,
                places, evidence,
            )  # fmt: skip

    def _absent(self, rust: list[Placed], linked_blocks: dict[str, int]) -> Status:
        """An extern item without C side: an orphan where its file's other items are found, else external, as is what
        every system has."""
        if rust[0].declaration.symbol in known().standard:
            return Status.EXTERNAL
        path = rust[0].path
        count = sum(d.role is Role.IMPORT for d in self._rust[path].declarations) if path in self._rust else 0
        return Status.ORPHAN if count >= 4 and linked_blocks[path] * 2 > count else Status.EXTERNAL

    def _bound(self, bindings: dict[str, list[_Place]]) -> Iterator[Crossing]:
        for key, places in sorted(bindings.items()):
            name = key.removeprefix("libc::")
            if name != key:
                if any(p.reference.role is ReferenceRole.CALL for p in places):
                    yield self._crossing(
                        name, Direction.RUST_TO_C, Via.BINDINGS, Status.EXTERNAL, [], [], places, ["C library"]
                    )
                continue
            peers = []
            for prefix in HELPER_PREFIXES:
                why = f"helper {prefix}{name}, prefix stripped by the build"
                peers += [self._anchor(placed, why) for placed in self._c.get(prefix + name, ())]
            for placed in self._c.get(name, ()):
                if placed.declaration.internal and not placed.path.endswith((".h", ".hpp", ".hh", ".inc")):
                    continue
                if placed.declaration.abi in ("C", "assembly"):
                    peers.append(self._anchor(placed, "declared under this name"))
            called = any(p.reference.role is ReferenceRole.CALL for p in places)
            if not peers and not called:
                continue
            if not peers and not any(self._from_bindings(p) for p in places):
                continue
            status = Status.LINKED if peers else Status.EXTERNAL
            yield self._crossing(name, Direction.RUST_TO_C, Via.BINDINGS, status, [], peers, places, [
                f"path {places[0].reference.path}"
            ])  # fmt: skip

    @staticmethod
    def _from_bindings(place: _Place) -> bool:
        return "::" in place.reference.path

    def _exported(self) -> Iterator[Crossing]:
        for symbol, exports in sorted(self._exports.items()):
            plain = [p for p in exports if not p.declaration.how.startswith("cxx::bridge")]
            if not plain:
                continue
            functions = [p for p in plain if p.declaration.abi != "Rust"]
            peers = self._peers(symbol, plain)
            prototypes = [a for a in peers if a.role is Role.PROTOTYPE]
            if plain[0].declaration.how.startswith("macro ") and not peers:
                continue
            places = self._c_callers(symbol, bool(prototypes))
            if not functions and not peers and not places:
                if symbol not in {i.declaration.symbol for i in self._resolver.imports()}:
                    yield self._crossing(symbol, Direction.RUST_TO_RUST, Via.EXPORT, Status.EXTERNAL, plain, [], [], [])
                continue
            made = all(self._layout.makes_header(p.path) for p in plain)
            status = Status.LINKED if peers or places else Status.BUILD_MADE if made else Status.EXTERNAL
            yield self._crossing(symbol, Direction.C_TO_RUST, Via.EXPORT, status, plain, peers, places, [])

    def _c_callers(self, symbol: str, prototyped: bool) -> list[_Place]:
        if not prototyped and not self._distinct(symbol):
            return []
        places = []
        for place in self._c_uses.get(symbol, ()):
            if place.reference.module or place.reference.context == "member":
                continue
            own = [p.declaration for p in self._c.get(symbol, ()) if p.path == place.path]
            if any(d.internal or d.abi == "C++" for d in own) and not any(d.abi == "C" and not d.internal for d in own):
                continue
            places.append(place)
        return places

    def _called_back(self) -> Iterator[Crossing]:
        uses: dict[tuple[str, str], list[_Place]] = defaultdict(list)
        by_name: dict[str, list[Placed]] = defaultdict(list)
        for placed in self._callbacks:
            by_name[placed.declaration.name].append(placed)
        for path, file in sorted(self._rust.items()):
            for reference in file.references:
                name = reference.path.rsplit("::", 1)[-1]
                if reference.role in (ReferenceRole.ADDRESS, ReferenceRole.VALUE) and name in by_name:
                    here = [p for p in by_name[name] if p.path == path] or [
                        p for p in by_name[name] if self._layout.place(p.path).root == self._layout.place(path).root
                    ]
                    for placed in here:
                        if placed.path == path and _inside(reference, placed.declaration):
                            continue
                        uses[(placed.path, name)].append(_Place(path, reference))
        for placed in self._callbacks:
            places = _unique(uses.get((placed.path, placed.declaration.name), []))
            foreign, evidence = self._filled(places)
            if len(by_name[placed.declaration.name]) > 1:
                evidence = [*evidence, f"one of {len(by_name[placed.declaration.name])} functions of this name"]
            status = Status.LINKED if foreign else Status.EXTERNAL
            yield self._crossing(
                placed.declaration.name, Direction.C_TO_RUST, Via.CALLBACK, status, [placed], foreign, places, evidence
            )

    def _filled(self, places: list[_Place]) -> tuple[list[Anchor], list[str]]:
        """The C fields and parameters that a callback fills."""
        foreign: list[Anchor] = []
        evidence: list[str] = []
        for place in places:
            if field := FIELD.match(place.reference.context):
                fields = self._fields.get(f"{field[2]}.{field[1]}", ())
                foreign += [self._anchor(placed, place.reference.context) for placed in fields]
            elif typed := TYPED.match(place.reference.context):
                foreign += [self._anchor(placed, place.reference.context) for placed in self._fields.get(typed[1], ())]
            elif argument := _ARGUMENT.match(place.reference.context):
                callee = Reference(
                    path=argument[2].replace(" ", ""), role=ReferenceRole.CALL, at=place.reference.at,
                    module=place.reference.module,
                )  # fmt: skip
                meaning = self._resolver.meaning(place.path, callee)
                names = {i.declaration.symbol for i in meaning.imports} if meaning else set()
                if meaning and meaning.binding:
                    names |= {meaning.binding, *(prefix + meaning.binding for prefix in HELPER_PREFIXES)}
                for name in sorted(names - {""}):
                    foreign += [_with_evidence(a, place.reference.context) for a in self._peers(name, [])]
            evidence.append(place.reference.context)
        return list(dict.fromkeys(foreign)), sorted(set(evidence))

    def _bridged(self, uses: dict[tuple[str, Declaration], list[_Place]]) -> Iterator[Crossing]:
        for path, file in sorted(self._rust.items()):
            for declaration in file.declarations:
                if not declaration.how.startswith("cxx::bridge") or declaration.entity is Entity.TYPE:
                    continue
                placed = Placed(path, declaration)
                if declaration.role is Role.EXPORT:
                    places = [p for p in self._c_uses.get(declaration.symbol, ()) if self._near(path, p.path)]
                    status = Status.LINKED if places else Status.EXTERNAL
                    direction, foreign = Direction.C_TO_RUST, []
                else:
                    foreign = [self._anchor(p, why) for p, why in self._bridge_peers(placed)]
                    places = _unique(uses.get((path, declaration), []))
                    status = Status.LINKED if foreign else Status.EXTERNAL
                    direction = Direction.RUST_TO_C
                yield self._crossing(
                    declaration.symbol, direction, Via.CXX, status, [placed], foreign, places, [declaration.how]
                )

    def _bridge_peers(self, placed: Placed) -> Iterator[tuple[Placed, str]]:
        declaration = placed.declaration
        scope = declaration.how.partition(" namespace ")[2].split("::") if " namespace " in declaration.how else []
        receiver = ""
        if declaration.entity is Entity.METHOD and declaration.signature:
            receiver = re.sub(r".*?(\w+)[>\s]*$", r"\1", declaration.signature.parameters[0].type)
        for peer in self._c.get(declaration.symbol, ()):
            modules = list(peer.declaration.module)
            if declaration.entity is Entity.METHOD:
                if modules and (modules[-1] == receiver or receiver in ("Self", "")):
                    yield peer, f"method of {modules[-1]}"
            elif scope and modules[-len(scope) :] == scope:
                yield peer, f"namespace {'::'.join(scope)}"
            elif not scope and peer.declaration.entity is Entity.FUNCTION and self._near(placed.path, peer.path):
                yield peer, "name, near the bridge"

    def _peers(self, symbol: str, rust: list[Placed]) -> list[Anchor]:
        """C declarations of a symbol that C linkage can join with the Rust ones."""
        candidates = [p for p in self._c.get(symbol, ()) if p.declaration.role is not Role.MACRO]
        linked = [p for p in candidates if p.declaration.abi in ("C", "assembly")]
        outside = [p for p in linked if not p.declaration.internal]
        if outside and len(linked) < len(candidates):
            linked += [p for p in candidates if p.declaration.abi == "C++" and not p.declaration.module]
        found = []
        for placed in linked:
            if placed.declaration.internal:
                if (
                    outside
                    and placed.path.endswith((".h", ".hpp", ".hh"))
                    and rust
                    and rust[0].declaration.role is Role.EXPORT
                ):
                    found.append(self._anchor(placed, "stand-in where Rust is not built"))
                continue
            if self._distinct(symbol):
                found.append(self._anchor(placed, "same symbol"))
            elif evidence := self._common_name_evidence(placed, rust):
                found.append(self._anchor(placed, evidence))
        if not found:
            macros = [p for p in self._c.get(symbol, ()) if p.declaration.role is Role.MACRO]
            found += [self._anchor(p, "macro of this name") for p in macros if self._distinct(symbol)]
        return found

    def _common_name_evidence(self, placed: Placed, rust: list[Placed]) -> str:
        """What else joins a name too common to be trusted alone."""
        if any(placed.path in self._companions(p.path) for p in rust):
            return "same symbol, beside its neighbours"
        shapes = [p.declaration.signature for p in rust]
        theirs = placed.declaration.signature
        if theirs and shapes and not any(s and len(s.parameters) == len(theirs.parameters) for s in shapes):
            return ""
        if any(self._within(p.path, placed.path) for p in rust):
            return "same symbol, parameter count and component"
        return ""

    def _companions(self, path: str) -> frozenset[str]:
        """The C files that declare or define at least two distinct names of a Rust file."""
        if path not in self._companion_files:
            file = self._rust.get(path)
            count: Counter[str] = Counter()
            for declaration in file.declarations if file else ():
                if self._distinct(declaration.symbol):
                    count.update({p.path for p in self._c.get(declaration.symbol, ()) if not p.declaration.internal})
            self._companion_files[path] = frozenset(c for c, n in count.items() if n >= _COMPANION_NAMES)
        return self._companion_files[path]

    def _within(self, rust: str, foreign: str) -> bool:
        """Whether a C file stands in the crate of a Rust file, or in the folder around it."""
        root = self._layout.place(rust).root
        parent = root.rsplit("/", 1)[0] if "/" in root else ""
        return not root or foreign.startswith(f"{root}/") or (bool(parent) and foreign.startswith(f"{parent}/"))

    def _near(self, rust: str, foreign: str) -> bool:
        """The same, where a crate at the top of the tree has the whole tree beside it."""
        return "/" not in self._layout.place(rust).root or self._within(rust, foreign)

    @staticmethod
    def _distinct(symbol: str) -> bool:
        return len(symbol) >= _DISTINCT_LENGTH or ("_" in symbol.strip("_") and len(symbol) >= 7)

    def _crossing(
        self, symbol: str, direction: Direction, via: Via, status: Status, rust: list[Placed], foreign: list[Anchor],
        places: list[_Place], evidence: Iterable[str],
    ) -> Crossing:  # fmt: skip
        uses = tuple(sorted((self._use(p) for p in places), key=lambda u: u.span))
        areas = [self._area(p.path, p.declaration.test) for p in rust] or [
            self._area(p.path, p.reference.test) for p in places
        ]
        main = Area.LIBRARY if Area.LIBRARY in areas else min(areas, default=Area.LIBRARY)
        anchors = tuple(sorted((self._anchor(p, p.declaration.how) for p in rust), key=lambda a: a.span))
        order = {Role.PROTOTYPE: 0, Role.DEFINITION: 1}
        peers = tuple(sorted(foreign, key=lambda a: (order.get(a.role, 2), a.span)))
        return Crossing(symbol, direction, via, status, anchors, peers, uses, tuple(evidence), main)

    def _area(self, path: str, test: bool) -> Area:
        facts = self._rust.get(path) or self._foreign.get(path)
        return area(
            path, test=test, generated=facts.generated if facts else "", build_scripts=self._layout.build_scripts
        )[0]

    def _use(self, place: _Place) -> Use:
        language = self._language(place.path)
        site = self._site_at.find(place.path, place.reference) if language == Language.RUST else ""
        reference = place.reference
        return Use(
            Span.of(place.path, reference.at), language, reference.role, reference.owner, reference.context, site,
            reference.test,
        )  # fmt: skip

    def _language(self, path: str) -> str:
        file = self._rust.get(path) or self._foreign.get(path)
        return file.language.value if file else Language.RUST.value

    def _anchor(self, placed: Placed, evidence: str) -> Anchor:
        d = placed.declaration
        return Anchor(
            Span.of(placed.path, d.at), self._language(placed.path), d.role, d.entity, d.name, d.abi, signature_text(d),
            d.signature, d.cfg, d.how, d.internal, evidence,
        )  # fmt: skip


class SiteLookup:
    """The innermost site around a reference, by lines and columns."""

    def __init__(self, sites: dict[str, list[tuple[SiteFact, str]]]) -> None:
        self._sites = sites
        self._nested: dict[str, list[tuple[Point, Point, str, int]]] = {}

    def find(self, path: str, reference: Reference) -> str:
        """The id of the innermost unsafe site that holds the reference, or an empty string."""
        if path not in self._nested:
            self._nested[path] = _nest(self._sites.get(path, []))
        rows = self._nested[path]
        at = (reference.at.line, reference.at.column)
        index = bisect_right(rows, at, key=lambda row: row[0]) - 1
        while index >= 0:
            _, end, identity, parent = rows[index]
            if (reference.at.end_line, reference.at.end_column) <= end:
                return identity
            index = parent
        return ""


Point = tuple[int, int]


def _nest(sites: list[tuple[SiteFact, str]]) -> list[tuple[Point, Point, str, int]]:
    """Sites by start, each with the index of the one around it."""
    spans = [((f.at.line, f.at.column), (f.at.end_line, f.at.end_column), identity) for f, identity in sites]
    spans.sort(key=lambda row: (row[0], (-row[1][0], -row[1][1])))
    rows: list[tuple[Point, Point, str, int]] = []
    stack: list[int] = []
    for start, end, identity in spans:
        while stack and rows[stack[-1]][1] <= start:
            stack.pop()
        rows.append((start, end, identity, stack[-1] if stack else -1))
        stack.append(len(rows) - 1)
    return rows


def signature_text(declaration: Declaration) -> str:
    """A declaration in one line, in its own language's order."""
    shape = declaration.signature
    if shape is None:
        return f"{declaration.name}: {declaration.type}" if declaration.type else declaration.name
    rust = declaration.role in (Role.IMPORT, Role.EXPORT, Role.CALLBACK)
    if rust:
        inner = ", ".join(f"{p.name}: {p.type}" if p.name else p.type for p in shape.parameters)
        tail = f" -> {shape.returns}" if shape.returns else ""
        return f"fn {declaration.name}({inner}{', ...' if shape.variadic else ''}){tail}"
    if declaration.role is Role.MACRO:
        return f"#define {declaration.name}({', '.join(p.name for p in shape.parameters)}) {declaration.type}"
    if declaration.role is Role.FIELD:
        return declaration.type
    inner = ", ".join(spelled(p.type, p.name) for p in shape.parameters)
    inner = ", ".join(filter(None, [inner, "..." if shape.variadic else ""])) or "void"
    qualified = "::".join([*declaration.module, declaration.name])
    return tidy(f"{shape.returns} {qualified}({inner})")


def _with_evidence(anchor: Anchor, evidence: str) -> Anchor:
    return Anchor(
        anchor.span, anchor.language, anchor.role, anchor.entity, anchor.name, anchor.abi, anchor.text,
        anchor.signature, anchor.cfg, anchor.how, anchor.internal, evidence,
    )  # fmt: skip


def _inside(reference: Reference, declaration: Declaration) -> bool:
    at, outer = reference.at, declaration.at
    return (outer.line, outer.column) <= (at.line, at.column) < (outer.end_line, outer.end_column)


def _unique(places: list[_Place]) -> list[_Place]:
    return list(dict.fromkeys(places))
