"""One entry, one file: read from TOML, written as TOML in a canonical order, so that a diff shows what a person did.

A file is named after its site and the person who signed. So two people never write the same file, and a merge of two
branches has no conflict unless one person signed one site on both. The files of a reviewed tree are a stranger's:
what is wrong with one is a problem, and the others count.
"""

import hashlib
import re
import tomllib
from datetime import date
from typing import Any

import msgspec

from ffireview.model.ledger import AuditEntry, Hashes, Kept, Ledger, Sketches, address
from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Listing, Snapshot
from ffireview.model.tomls import quoted

FOLDER = ".ffireview/audits"
"""Where entries stand in a tree; folders below it are looked into."""
BYTES = 100_000
FILES = 50_000
VERSION = 1
_HEAD = "# `ffireview audit sign` writes this file, `ffireview audit status` tells what of it still holds.\n"
_ID = re.compile(r"[0-9a-f]{12}")
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_NAME = 24


class _File(AuditEntry, frozen=True, forbid_unknown_fields=True):
    """An entry as a file has it, where a key that is not known is an error."""


def read_ledger(snapshot: Snapshot, listing: Listing) -> Ledger:
    """Every entry of a tree, by file."""
    paths = [entry.path for entry in listing.entries if is_entry(entry.path)]
    problems = [] if len(paths) <= FILES else [_wrong(FOLDER, f"{len(paths)} files, limit {FILES}")]
    entries = []
    for path in paths[:FILES]:
        source = snapshot.read(path)
        found = source if isinstance(source, Problem) else read_entry(path, source)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            entries.append(Kept(path, found))
    beneath = (problem for problem in listing.problems if problem.path.startswith(f"{FOLDER}/"))
    return Ledger(tuple(entries), (*problems, *beneath))


def is_entry(path: str) -> bool:
    """Whether a path is one of a ledger."""
    return path.startswith(f"{FOLDER}/") and path.endswith(".toml")


def read_entry(path: str, source: bytes) -> AuditEntry | Problem:
    """The entry in a file, or what is wrong with the file."""
    if len(source) > BYTES:
        return _wrong(path, f"{len(source)} bytes, limit {BYTES}")
    if conflict := _CONFLICT.search(source):
        line = source.count(b"\n", 0, conflict.start()) + 1
        return _wrong(path, "a merge left its conflict here: sign anew", line)
    try:
        values = tomllib.loads(source.decode("utf-8"))
        version = values.pop("version", None)
        file = msgspec.convert(values, _File)
    except (ValueError, RecursionError) as error:
        return _wrong(path, f"no audit entry: {error}"[:300])
    if version != VERSION:
        return _wrong(path, f"version {version!r:.40} is not known, {VERSION} is")
    if fault := _fault(file) or _unknown(values):
        return _wrong(path, fault)
    return AuditEntry(**msgspec.structs.asdict(file))


def _fault(file: _File) -> str:
    if not _ID.fullmatch(file.site):
        return f"{file.site[:40]!r} is no id of a site"
    if not file.by.strip():
        return "nobody signed it"
    for name, day in (("at", file.at), ("expires", file.expires)):
        if (day or name == "at") and not is_day(day):
            return f"{name} = {day[:40]!r} is no day, such as 2027-01-31"
    return ""


def _unknown(values: dict[str, Any]) -> str:
    """The first key of a table in an entry that is not known; those of the entry itself are errors already."""
    for table, known in (("hashes", Hashes), ("sketches", Sketches)):
        for name in values.get(table, {}):
            if name not in known.__struct_fields__:
                return f"no {name[:40]!r} in {table}"
    return ""


def is_day(text: str) -> bool:
    """Whether a text is a day, such as 2027-01-31."""
    try:
        return len(text) == len("2027-01-31") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _wrong(path: str, message: str, line: int = 0) -> Problem:
    return Problem(path, ProblemKind.SETTINGS, message, line)


def file_name(site: str, by: str) -> str:
    """The name of the file of a site and a person: `e45778b61e85.jane-3f2a.toml`."""
    who = address(by)
    short = _NOT_IN_NAMES.sub("-", who.partition("@")[0]).strip("-")[:_NAME] or "somebody"
    mark = hashlib.blake2b(who.encode("utf-8", "backslashreplace"), digest_size=2).hexdigest()
    return f"{site}.{short}-{mark}.toml"


def write_entry(entry: AuditEntry) -> str:
    """The file: the same entry gives the same bytes."""
    values = msgspec.structs.asdict(entry)
    lines = [_HEAD + f"version = {VERSION}"]
    lines += [f"{name} = {quoted(values[name])}" for name in ("site", "kind", "path", "owner", "name")]
    lines.append(f"operations = {_list(entry.operations)}")
    lines.append(f"risk = {entry.risk}")
    lines.append(f"verdict = {quoted(entry.verdict.value)}")
    lines += [f"{name} = {_list(values[name])}" for name in ("conditions", "evidence") if values[name]]
    lines += [f"{name} = {quoted(values[name])}" for name in ("by", "at")]
    lines += [f"{name} = {quoted(values[name])}" for name in ("expires", "assisted_by") if values[name]]
    lines.append(f"tool = {quoted(entry.tool)}")
    if entry.answers:
        lines += ["", "[answers]", *(f"{quoted(key)} = {quoted(text)}" for key, text in sorted(entry.answers.items()))]
    lines += ["", "[hashes]"]
    lines += [f"{name} = {quoted(text)}" for name, text in msgspec.structs.asdict(entry.hashes).items()]
    sketches = {name: text for name, text in msgspec.structs.asdict(entry.sketches).items() if text}
    if sketches:
        lines += ["", "[sketches]", *(f"{name} = {quoted(text)}" for name, text in sketches.items())]
    return "\n".join(lines) + "\n"


def _list(texts: tuple[str, ...]) -> str:
    """One text a line, so that a merge and a diff see them apart."""
    if len(texts) < 2:
        return f"[{', '.join(map(quoted, texts))}]"
    return "[\n" + "".join(f"  {quoted(text)},\n" for text in texts) + "]"
