"""The list of findings that are not news: read from TOML, written as TOML, one finding a line, so that it merges."""

import re
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from ffireview.extract.settings.toml import load
from ffireview.model.finding import Finding
from ffireview.model.place import Problem, ProblemKind
from ffireview.model.program import Program
from ffireview.model.suppression import SUPPRESSIONS, Baseline, Known
from ffireview.model.tomls import quoted
from ffireview.rules.catalogue import rule
from ffireview.settle.identity import operands

BASELINE = "baseline"
"""What a finding that a baseline answers is marked with."""
BYTES = 16_000_000

_HEAD = """\
# Findings that were there before. `ffireview baseline write` writes this file anew and keeps the notes,
# `ffireview baseline prune` takes out what is gone. A line each: a merge keeps both sides' lines, in any order.
version = 1
findings = [
"""
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})", re.MULTILINE)
_ID = re.compile(r"[0-9a-f]{12}")


def compared(findings: Iterable[Finding], baseline: Baseline) -> tuple[tuple[Finding, ...], tuple[Known, ...]]:
    """The findings, those marked that the baseline has, and what of it nothing answers to."""
    found = tuple(findings)
    known, ids = {one.id for one in baseline.known}, {finding.id for finding in found}
    marked = tuple(
        msgspec.structs.replace(one, suppressed=BASELINE) if one.id in known and not one.suppressed else one
        for one in found
    )
    return marked, tuple(one for one in baseline.known if one.id not in ids)


def made_of(findings: Iterable[Finding], program: Program, old: Baseline) -> Baseline:
    """A baseline of all findings that no comment answers. Faults of comments are to be mended, not to be kept. Notes of
    an older baseline stay."""
    owners = {site.id: "::".join(filter(None, (site.owner, site.name))) for site in program.sites}
    notes = {one.id: one.note for one in old.known}
    return Baseline(
        tuple(
            Known(f.id, f.rule, f.span.path, owners.get(f.site, ""), " ".join(operands(f.message)), notes.get(f.id, ""))
            for f in findings
            if f.suppressed_at is None and not _about_comments(f.rule)
        )
    )


def _about_comments(name: str) -> bool:
    found = rule(name)
    return found is not None and found.rule.group == SUPPRESSIONS


def read_baseline(path: str, source: bytes) -> Baseline | Problem:
    """The baseline in a file, each finding once; or what is wrong with the file."""
    if len(source) > BYTES:
        return Problem(path, ProblemKind.SETTINGS, f"{len(source)} bytes, limit {BYTES}")
    if conflict := _CONFLICT.search(source):
        line = source.count(b"\n", 0, conflict.start()) + 1
        return Problem(path, ProblemKind.SETTINGS, "a merge left its conflict here: keep the lines of both sides", line)
    try:
        file = msgspec.convert(load(source), _File)
    except (ValueError, RecursionError) as error:
        return Problem(path, ProblemKind.SETTINGS, f"no baseline: {error}"[:300])
    if file.version != 1:
        return Problem(path, ProblemKind.SETTINGS, f"version {file.version} is not known, 1 is")
    wrong = next((one.id for one in file.findings if not _ID.fullmatch(one.id)), None)
    if wrong is not None:
        return Problem(path, ProblemKind.SETTINGS, f"{wrong[:40]!r} is no id of a finding")
    return Baseline(tuple({one.id: one for one in file.findings}.values()))


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file holds."""

    version: int
    findings: tuple[Known, ...] = ()


def write_baseline(baseline: Baseline) -> str:
    """The file: the same findings give the same bytes."""
    rows = sorted({one.id: one for one in baseline.known}.values(), key=lambda k: (k.path, k.rule, k.owner, k.id))
    return _HEAD + "".join(f"  {{ {', '.join(_pairs(one))} }},\n" for one in rows) + "]\n"


def _pairs(known: Known) -> list[str]:
    values = msgspec.structs.asdict(known)
    order = ("path", "rule", "owner", "about", "id", "note")
    return [f"{name} = {quoted(values[name])}" for name in order if values[name]]
