"""Which declaration a Rust path means: aliases, globs and re-exports followed as far as text shows them."""

from collections import defaultdict
from typing import NamedTuple

from ffireview.extract.rust.references import BINDING
from ffireview.link.layout import Layout
from ffireview.model.facts import Alias, Declaration, Entity, FileFacts, Reference, ReferenceRole, Role

_DEEP_BINDINGS = ("windows_sys", "winapi", "windows", "mach2")
"""Binding crates whose functions stand in modules of any name."""

ALIAS_STEPS = 8
"""How many `use` lines a path is followed through."""


class Import(NamedTuple):
    """An extern item and its file."""

    path: str
    declaration: Declaration


class Meaning(NamedTuple):
    """What a reference means: extern items of this tree, or a name of bindings that no file here declares."""

    imports: tuple[Import, ...]
    binding: str
    """A name to look for in C; empty for the C library's, which no tree under review defines."""
    evidence: str
    outside: str = ""
    """The name, for one that is bound whether or not this tree holds it."""


class Resolver:
    """Resolves references against all extern items, functions and aliases of the snapshot."""

    def __init__(self, facts: dict[str, FileFacts], layout: Layout) -> None:
        self._layout = layout
        self._imports: dict[str, list[Import]] = defaultdict(list)
        self._functions: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._aliases: dict[str, dict[tuple[tuple[str, ...], str], str]] = {}
        self._globs: dict[str, list[Alias]] = {}
        self._made_by_build: set[str] = set()
        self._handing_on: set[tuple[str, str]] = set()
        for path, file in facts.items():
            for declaration in file.declarations:
                if declaration.role is Role.IMPORT and declaration.entity is not Entity.METHOD:
                    self._imports[declaration.name].append(Import(path, declaration))
            for function in file.functions:
                if function.test:
                    continue
                tail = function.owner.rsplit("::", 1)[-1]
                if not tail.startswith("impl "):
                    self._functions[function.name].add((path, tail))
            self._aliases[path] = {(a.module, a.name): a.target for a in file.aliases if a.name != "*"}
            self._globs[path] = [a for a in file.aliases if a.name == "*"]
            if any(glob.public for glob in self._globs[path]):
                place = layout.place(path)
                self._handing_on |= {(name, place.root) for name in (place.crate, *place.module[-1:])}
            if any("OUT_DIR" in target for target in file.includes):
                place = layout.place(path)
                self._made_by_build.add(place.module[-1] if place.module else place.crate)

    def imports(self) -> list[Import]:
        """Every extern item."""
        return [item for name in sorted(self._imports) for item in self._imports[name]]

    def meaning(self, path: str, reference: Reference) -> Meaning | None:
        """What a reference in the file means, or None when it stays inside Rust."""
        segments = self._expand(path, reference)
        name, qualifier = segments[-1], [s for s in segments[:-1] if s not in ("crate", "self", "super")]
        candidates = self._imports.get(name, [])
        if not qualifier:
            return self._bare(path, reference, name, candidates)
        best = self._closest(path, qualifier, candidates)
        if best:
            return Meaning(tuple(best), "", f"path {'::'.join(segments)}")
        if not self._names_bindings(qualifier) or self._is_rust_function(path, name, qualifier):
            return None
        return Meaning((), "" if qualifier[0] == "libc" else name, f"path {'::'.join(segments)}", name)

    def _expand(self, path: str, reference: Reference) -> list[str]:
        segments = [s for s in reference.path.split("::") if s]
        aliases = self._aliases.get(path, {})
        for _ in range(ALIAS_STEPS):
            target = None
            for depth in range(len(reference.module), -1, -1):
                target = aliases.get((reference.module[:depth], segments[0]))
                if target is not None:
                    break
            if target is None:
                break
            expanded = [s for s in target.split("::") if s] + segments[1:]
            if expanded == segments or expanded[0] == segments[0]:
                segments = expanded
                break
            segments = expanded
        return segments

    def _bare(self, path: str, reference: Reference, name: str, candidates: list[Import]) -> Meaning | None:
        here = [c for c in candidates if c.path == path and self._visible(c.declaration.module, reference.module)]
        if here:
            return Meaning(tuple(here), "", "extern block in the same file")
        if reference.role not in (ReferenceRole.CALL, ReferenceRole.VALUE) or self._defined_here(path, name):
            return None
        globs = self._globs.get(path, [])
        for glob in globs:
            target = [s for s in glob.target.split("::") if s not in ("crate", "self", "super")]
            if not target:
                near = [c for c in candidates if _same_crate(self._layout, path, c.path)]
                if near:
                    return Meaning(tuple(near), "", f"use {glob.target}::*")
                continue
            found = self._closest(path, self._expand_glob(path, target), candidates)
            if found:
                return Meaning(tuple(found), "", f"use {glob.target}::*")
        for glob in globs:
            target = [s for s in glob.target.split("::") if s not in ("crate", "self", "super")]
            if target and not candidates and (self._binding_like(target)) and name.islower():
                return Meaning((), "" if target[0] == "libc" else name, f"use {glob.target}::*", name)
        return None

    def _expand_glob(self, path: str, target: list[str]) -> list[str]:
        known = self._aliases.get(path, {}).get(((), target[0]))
        return [s for s in known.split("::") if s] + target[1:] if known else target

    def _closest(self, path: str, qualifier: list[str], candidates: list[Import]) -> list[Import]:
        scored = [(self._nearness(path, qualifier, candidate), candidate) for candidate in candidates]
        best = max((score for score, _ in scored), default=0)
        return [candidate for score, candidate in scored if score == best] if best else []

    def _nearness(self, path: str, qualifier: list[str], candidate: Import) -> int:
        place = self._layout.place(candidate.path)
        modules = (*place.module, *candidate.declaration.module)
        crate = place.crate
        last, first = qualifier[-1], qualifier[0]
        if modules and last == modules[-1]:
            return 4 if _same_crate(self._layout, path, candidate.path) else 3
        if crate in (first, last):
            return 3
        if last in modules:
            return 2
        if self._binding_like(qualifier) and (BINDING.match(crate) or any(BINDING.match(m) for m in modules)):
            return 1
        return 1 if self._reexported(last, candidate) else 0

    def _reexported(self, module: str, candidate: Import) -> bool:
        """Whether a module of the candidate's crate hands its names on: `pub use self::x::*` in `module`."""
        return (module, self._layout.place(candidate.path).root) in self._handing_on

    def _binding_like(self, qualifier: list[str]) -> bool:
        return any(BINDING.match(s) or s in self._made_by_build for s in qualifier)

    def _names_bindings(self, qualifier: list[str]) -> bool:
        """Whether the last module of a path is one that holds what C offers, not a type or a module of Rust's own."""
        if qualifier[0] in ("std", "core", "alloc"):
            return False
        return self._binding_like(qualifier[-1:]) or qualifier[0] in _DEEP_BINDINGS

    def _is_rust_function(self, path: str, name: str, qualifier: list[str]) -> bool:
        for other, _ in self._functions.get(name, ()):
            place = self._layout.place(other)
            if place.module[-1:] == (qualifier[-1],) or place.crate == qualifier[-1]:
                return True
            if len(qualifier) == 1 and qualifier[0] in place.module and _same_crate(self._layout, path, other):
                return True
        return any(tail == qualifier[-1] for _, tail in self._functions.get(name, ()))

    def _defined_here(self, path: str, name: str) -> bool:
        return any(other == path for other, _ in self._functions.get(name, ()))

    @staticmethod
    def _visible(declared: tuple[str, ...], used: tuple[str, ...]) -> bool:
        return declared == used or used[: len(declared)] == declared or not used


def _same_crate(layout: Layout, one: str, other: str) -> bool:
    return layout.place(one).root == layout.place(other).root
