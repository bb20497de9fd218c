"""Commits that edit C alone: does `ffireview diff` lead to the Rust code that relies on it?

    c_only.py CLONES [--commits N] [--list]

For libgit2, whose Rust side is another repository, both are laid together in a scratch repository: git2-rs as it was at
the time, with libgit2 before and after the commit where its submodule stands. suricata holds both languages.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar, NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent / "oracle"))

from history import changed_files, clone_of, contents, git
from running import RunFailed, compared
from tokens import tokens

from ffireview.model.comparison import Comparison

C = ("*.c", "*.h")
SEED = 20
SUBMODULE = "libgit2-sys/libgit2"
SINCE = {"libgit2": "2015-06-01", "suricata": "2018-01-01"}
"""Before, the two languages knew little of one another."""

_NOISE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'|^[ \t]*#(?:[^\n\\]|\\.)*""",
    re.DOTALL | re.MULTILINE,
)
_FOREIGN = re.compile(r'\bextern\s*(?:"[^"]*"\s*)?\{')
_FUNCTION = re.compile(r"\bfn\s+(\w+)\s*\(")
_CALL = re.compile(r"\b(\w+)\s*\(")
_HEAD = re.compile(r"(?<![\w.>])([a-zA-Z_]\w*)[ \t]*\(")


class Function(NamedTuple):
    """A C function of one version of one file: the tokens of its head, and of its body where it has one."""

    head: tuple[str, ...]
    body: tuple[str, ...]


class Edit(NamedTuple):
    """A function that a commit changes, and what of it: `signature`, `body` or `gone`."""

    name: str
    part: str


class Case(NamedTuple):
    """A commit to compare: where, from what to what, what it edits, and where Rust calls that."""

    title: str
    clone: Path
    before: str
    after: str
    edits: tuple[Edit, ...]
    calls: Mapping[str, tuple[tuple[str, int], ...]]


def main() -> int:
    """Show every case, then how many of the calls are told."""
    options = _options()
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for source in (_libgit2(options.clones, Path(scratch), options), _suricata(options.clones, options)):
            for case in source:
                try:
                    found = compared(case.clone, case.before, case.after, scratch)
                except RunFailed as error:
                    print(f"\n{case.title}\n  {error}")
                    totals["failed"] += 1
                else:
                    totals.update(_show(case, found, options.list))
    print()
    for part in ("signature", "body", "gone"):
        called, told = totals[f"{part} calls"], totals[f"{part} told"]
        withheld = f"{totals[f'{part} withheld']} in a diff that says it withholds some"
        print(f"{part}: {totals[part]} functions with {called} calls from Rust, {told} told, {withheld}")
    print(f"entries that a commit of C alone calls new, removed, renamed or moved: {totals['own']}")
    print(f"commits: {totals['cases']}, failed: {totals['failed']}")
    return 1 if totals["failed"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path, metavar="CLONES", help="bare clones named owner+name/repo")
    parser.add_argument("--commits", type=int, default=12, help="of each project, and of each of signature and body")
    parser.add_argument("--list", action="store_true", help="show the first entries and every call that is not told")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def _show(case: Case, found: Comparison, listed: bool) -> Counter[str]:
    """Print what the command says of a case; count the calls that it tells."""
    totals = Counter(cases=1)
    counts = found.counts
    print(f"\n{case.title}\n  edits {', '.join(f'{name} ({part})' for name, part in case.edits)}")
    print(
        f"  affected {counts.affected}, from C {counts.affected_from_c}, changed {counts.changed}, new {counts.new}, "
        f"removed {counts.removed}, withheld {counts.withheld}"
    )
    totals["own"] = counts.new + counts.removed + counts.renamed + counts.moved
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for entry in found.entries:
        if entry.after is not None:
            told[entry.after.span.path].append((entry.after.span.line, entry.after.span.end_line))
    for name, part in case.edits:
        calls = case.calls.get(name, ())
        missing = [(path, line) for path, line in calls if not any(a <= line <= b for a, b in told[path])]
        totals[part] += 1
        totals[f"{part} calls"] += len(calls)
        totals[f"{part} told"] += len(calls) - len(missing)
        totals[f"{part} withheld"] += len(missing) if counts.withheld else 0
        print(f"  {name} ({part}): {len(calls)} calls, {len(calls) - len(missing)} told")
        if listed:
            for path, line in missing:
                print(f"    not told {path}:{line}")
    if listed:
        for entry in [entry for entry in found.entries if not entry.within][:5]:
            causes = "; ".join(f"{cause.kind}: {cause.text}" for cause in entry.causes[:2])
            print(f"    {entry.attention:>4} {entry.change} {entry.site.kind} {entry.site.span} | {causes}")
    return totals


def _suricata(clones: Path, options: argparse.Namespace) -> Iterator[Case]:
    clone = clone_of(clones, "OISF/suricata")
    wanted = {"signature": options.commits, "body": options.commits}
    for commit, parent, subject in _commits(clone, options.seed, f"--since={SINCE['suricata']}", "src/"):
        if not any(wanted.values()):
            return
        changed = changed_files(clone, parent, commit)
        if not changed or not all(file.path.endswith((".c", ".h")) for file in changed):
            continue
        rust = _Rust(clone, commit)
        edits = _edits(clone, parent, commit, rust.declared)
        if _take(edits, wanted):
            yield Case(f"suricata {commit[:12]} {subject}", clone, parent, commit, edits, rust.calls(edits))


def _libgit2(clones: Path, scratch: Path, options: argparse.Namespace) -> Iterator[Case]:
    library, binding = (clone_of(clones, name) for name in ("libgit2/libgit2", "rust-lang/git2-rs"))
    together = _Together(scratch / "together.git", library, binding)
    wanted = {"signature": options.commits, "body": options.commits}
    for commit, parent, subject in _commits(library, options.seed, f"--since={SINCE['libgit2']}", "include/", "src/"):
        if not any(wanted.values()):
            return
        rust_commit = together.at_the_time(commit)
        rust = _Rust(binding, rust_commit)
        edits = _edits(library, parent, commit, rust.declared)
        if _take(edits, wanted):
            before, after = together.lay(rust_commit, parent), together.lay(rust_commit, commit)
            title = f"libgit2 {commit[:12]} in git2-rs {rust_commit[:12]} {subject}"
            yield Case(title, together.clone, before, after, edits, rust.calls(edits))


def _take(edits: tuple[Edit, ...], wanted: dict[str, int]) -> bool:
    """Whether a commit has something that is still wanted; then one less of it is."""
    part = "signature" if any(edit.part != "body" for edit in edits) else "body"
    if not edits or not wanted[part]:
        return False
    wanted[part] -= 1
    return True


def _commits(clone: Path, seed: int, *limits: str) -> Iterator[tuple[str, str, str]]:
    """Commits with their parent and subject, shuffled; `limits` are options and folders."""
    options = [limit for limit in limits if limit.startswith("--")]
    folders = [limit for limit in limits if not limit.startswith("--")]
    form = "--format=%H%x00%P%x00%s"
    listed = git(clone, "log", "--no-merges", "--min-parents=1", form, *options, "HEAD", "--", *folders)
    rows = [row.split("\0") for row in listed.decode("utf-8", "replace").splitlines()]
    random.Random(seed).shuffle(rows)
    return ((own, parents.split()[0], subject) for own, parents, subject in rows)


class _Together:
    """A scratch repository of trees that hold git2-rs and libgit2, by way of the objects of both clones."""

    def __init__(self, folder: Path, library: Path, binding: Path) -> None:
        self.clone, self._binding, self._library = folder, binding, library
        subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True, capture_output=True)
        objects = "".join(f"{(clone / 'objects').resolve()}\n" for clone in (library, binding))
        (folder / "objects" / "info" / "alternates").write_text(objects)

    def at_the_time(self, commit: str) -> str:
        """The commit of git2-rs that was the newest when libgit2's was made."""
        date = git(self._library, "show", "-s", "--format=%cI", commit).decode().strip()
        return git(self._binding, "rev-list", "-1", f"--before={date}", "HEAD").decode().strip()

    def lay(self, binding: str, library: str) -> str:
        """A commit of git2-rs with libgit2 in the place of its submodule."""
        own = [row for row in _rows(self._binding, binding) if not row.endswith(f"\t{SUBMODULE}")]
        rows = [*own, *(row.replace("\t", f"\t{SUBMODULE}/", 1) for row in _rows(self._library, library))]
        (self.clone / "index").unlink(missing_ok=True)
        git(self.clone, "update-index", "-z", "--index-info", given=_joined(rows))
        tree = git(self.clone, "write-tree").decode().strip()
        who = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost")
        return git(self.clone, *who, "commit-tree", tree, "-m", f"{binding} {library}").decode().strip()


def _rows(clone: Path, commit: str) -> list[str]:
    """Each file of a commit as git lists it: mode, type, hash, path."""
    return git(clone, "ls-tree", "-r", "-z", commit).decode("utf-8", "surrogateescape").split("\0")[:-1]


def _joined(rows: list[str]) -> bytes:
    return "".join(f"{row}\0" for row in rows).encode("utf-8", "surrogateescape")


class _Rust:
    """What the Rust files of a commit declare and call, read as text."""

    _known: ClassVar[dict[str, frozenset[str]]] = {}
    """By the hash of a file, what it declares: neighbouring commits share nearly all of their files."""

    def __init__(self, clone: Path, commit: str) -> None:
        rows = [row.partition("\t") for row in _rows(clone, commit)]
        self._clone = clone
        self._files = {path: head.split()[2] for head, _, path in rows if path.endswith(".rs") and head[:3] == "100"}
        for name, source in contents(clone, set(self._files.values()) - self._known.keys()).items():
            self._known[name] = frozenset(_declared(_bare(source.decode("utf-8", "replace"))))
        self.declared = frozenset().union(*(self._known[name] for name in self._files.values()))

    def calls(self, edits: Iterable[Edit]) -> dict[str, tuple[tuple[str, int], ...]]:
        """Where each edited function is called: file and line."""
        wanted = {edit.name for edit in edits}
        sources = contents(self._clone, self._files.values())
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for path, name in self._files.items():
            code = _bare(sources[name].decode("utf-8", "replace"))
            for call in _CALL.finditer(code):
                if call[1] in wanted and not re.search(r"\bfn\s+$", code[max(0, call.start() - 20) : call.start()]):
                    found[call[1]].append((path, code.count("\n", 0, call.start()) + 1))
        return {name: tuple(rows) for name, rows in found.items()}


def _bare(code: str) -> str:
    """Code with its comments, literals and preprocessor lines blanked, line for line."""
    return _NOISE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) or " ", code)


def _declared(code: str) -> Iterator[str]:
    for block in _FOREIGN.finditer(code):
        yield from _FUNCTION.findall(code, block.end(), _closing(code, block.end() - 1))


def _closing(code: str, at: int) -> int:
    """Where the bracket at an offset is closed."""
    pairs = {"{": "}", "(": ")"}
    opening, closing, depth = code[at], pairs[code[at]], 0
    for found in re.compile(rf"[{re.escape(opening + closing)}]").finditer(code, at):
        depth += 1 if found[0] == opening else -1
        if not depth:
            return found.start()
    return len(code)


def _edits(clone: Path, before: str, after: str, names: frozenset[str]) -> tuple[Edit, ...]:
    """Which of the named functions are not the same after the commit, by all files that it changes."""
    files = changed_files(clone, before, after, *C)
    if not files or len(files) > 60:
        return ()
    sources = contents(clone, [name for file in files for name in (file.before, file.after) if name])
    old, new = (
        _functions((sources[name] for file in files if (name := getattr(file, side))), names)
        for side in ("before", "after")
    )
    found = []
    for name in sorted(old.keys() & names):
        if name not in new:
            found.append(Edit(name, "gone"))
        elif {f.head for f in old[name]} != {f.head for f in new[name]}:
            found.append(Edit(name, "signature"))
        elif {f.body for f in old[name]} != {f.body for f in new[name]}:
            found.append(Edit(name, "body"))
    return tuple(found)


def _functions(sources: Iterable[bytes], names: frozenset[str]) -> dict[str, set[Function]]:
    """Prototypes and definitions of the named functions; calls, which stand in brackets, are none."""
    found: dict[str, set[Function]] = defaultdict(set)
    for source in sources:
        text = source.decode("utf-8", "replace")
        if not any(name in text for name in names):
            continue
        code = _bare(text)
        depth, at = 0, 0
        for head in _HEAD.finditer(code):
            if head[1] not in names:
                continue
            depth += code.count("{", at, head.start()) - code.count("}", at, head.start())
            at = head.start()
            if depth <= _linkage(code, at):
                end = _closing(code, head.end() - 1) + 1
                found[head[1]].add(_function(text, code, head.start(), end))
    return found


def _linkage(code: str, at: int) -> int:
    """How many braces of `extern "C"` may be open: they stand between preprocessor lines and are not closed by eye."""
    return len(re.findall(r"\bextern\s+\{", code[:at]))


def _function(text: str, code: str, start: int, end: int) -> Function:
    """The function whose name starts at an offset and whose parameters end at another."""
    first = max(code.rfind(mark, 0, start) for mark in ";{}") + 1
    rest = re.compile(r"[;{]").search(code, end)
    head = tokens(code[first:end])
    if rest is None or rest[0] == ";":
        return Function(head, ())
    closing = _closing(code, rest.start())
    return Function(head, tokens(text[rest.start() : closing + 1]))


if __name__ == "__main__":
    sys.exit(main())
