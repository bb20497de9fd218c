"""Where files belong: crates, modules, areas. Known from paths and manifests, never from a build."""

import re
import tomllib
from typing import NamedTuple

from ffireview.model.program import Area

_TEST_DIRS = {
    "test",
    "tests",
    "testing",
    "testsuite",
    "selftests",
    "kunit",
    "unittests",
    "ui",
    "fuzz",
    "fuzzing",
    "proptest",
}
_BENCH_DIRS = {"bench", "benches", "benchmark", "benchmarks", "perf"}
_EXAMPLE_DIRS = {"example", "examples", "samples", "sample", "demo", "demos"}
_VENDOR_DIRS = {"vendor", "vendored", "third_party", "third-party", "thirdparty", "external", "deps", "extern"}
_TEST_FILE = re.compile(r"(?:^|[_.-])(?:tests?|mocks?|kunit)(?:[_.-]|$)")


class Place(NamedTuple):
    """The crate and module that a Rust file is."""

    crate: str
    root: str
    module: tuple[str, ...]


class Layout:
    """Crates of a snapshot by their folders."""

    def __init__(self, rust_paths: list[str], manifests: dict[str, bytes]) -> None:
        self.unreadable: list[tuple[str, str]] = []
        self._crates: dict[str, str] = {}
        self.build_scripts: set[str] = set()
        for path, content in sorted(manifests.items()):
            self._manifest(path, content)
        roots = {_folder(p) for p in rust_paths if p.rsplit("/", 1)[-1] in ("lib.rs", "main.rs")}
        self._roots = roots
        self._places: dict[str, Place] = {}

    def _manifest(self, path: str, content: bytes) -> None:
        folder = _folder(path)
        try:
            data = tomllib.loads(content.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            self.unreadable.append((path, f"manifest not understood: {error}"))
            return
        package, library = data.get("package"), data.get("lib")
        if not isinstance(package, dict):
            return
        name = library.get("name") if isinstance(library, dict) else None
        if not isinstance(name, str):
            name = package.get("name")
        if isinstance(name, str):
            self._crates[folder] = name.replace("-", "_")
        build = package.get("build")
        self.build_scripts.add(_join(folder, build if isinstance(build, str) else "build.rs"))

    def place(self, path: str) -> Place:
        """The crate and module of a Rust file."""
        if path not in self._places:
            self._places[path] = self._find(path)
        return self._places[path]

    def _find(self, path: str) -> Place:
        folder = _folder(path)
        crate_folder = next((f for f in _upward(folder) if f in self._crates), None)
        root = next(
            (f for f in _upward(folder) if f in self._roots), crate_folder if crate_folder is not None else folder
        )
        if crate_folder is not None and not _within(root, crate_folder):
            root = crate_folder
        crate = self._crates[crate_folder] if crate_folder is not None else root.rsplit("/", 1)[-1] or "crate"
        inner = path[len(root) :].lstrip("/").removesuffix(".rs").split("/")
        if inner[0] == "src" and len(inner) > 1:
            inner = inner[1:]
        if inner[-1] in ("lib", "main", "mod"):
            inner = inner[:-1]
        return Place(
            crate, crate_folder if crate_folder is not None else root, tuple(part.replace("-", "_") for part in inner)
        )


def area(path: str, *, test: bool, generated: str, build_scripts: set[str]) -> tuple[Area, str]:
    """The area of a place in a file, and how it is known."""
    parts = path.split("/")
    for part in parts[:-1]:
        if part.lower() in _VENDOR_DIRS:
            return Area.VENDORED, f"folder {part}/"
    if generated:
        return Area.GENERATED, f"header: {generated}"
    if path in build_scripts or parts[-1] == "build.rs":
        return Area.BUILD, "build script"
    if test:
        return Area.TEST, "cfg(test) or #[test]"
    for part in parts[:-1]:
        low = part.lower()
        if low in _TEST_DIRS or low.endswith(("_test", "_tests", "-tests", "-test")):
            return Area.TEST, f"folder {part}/"
        if low in _BENCH_DIRS:
            return Area.BENCH, f"folder {part}/"
        if low in _EXAMPLE_DIRS:
            return Area.EXAMPLE, f"folder {part}/"
    stem = parts[-1].rsplit(".", 1)[0].lower()
    if _TEST_FILE.search(stem):
        return Area.TEST, f"file name {parts[-1]}"
    if stem in ("bench", "benches"):
        return Area.BENCH, f"file name {parts[-1]}"
    return Area.LIBRARY, "none of the others"


def _folder(path: str) -> str:
    return path.rsplit("/", 1)[0] if "/" in path else ""


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _upward(folder: str) -> list[str]:
    folders = [folder]
    while folder:
        folder = _folder(folder)
        folders.append(folder)
    return folders


def _within(folder: str, outer: str) -> bool:
    return not outer or folder == outer or folder.startswith(outer + "/")
