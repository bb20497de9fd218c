"""Reports of real trees through other people's validators, each of which must also reject a spoilt report.

    PYTHONPATH=. python benchmarks/reports/validate.py TOOLS [--libssl FOLDER] [--scan PATH] [--diff REPOSITORY RANGE]

TOOLS is the folder that tools.sh filled. Exit code 1: a report is wrong, or a validator accepted a spoilt one.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema.validators import validator_for
from referencing import Registry, Resource

FORMATS = ("sarif", "github", "gitlab", "rdjsonl", "csv", "markdown", "mail")
MODULE = "go/pkg/mod/github.com/reviewdog/reviewdog@v0.21.0"
ACCEPTED = {"SARIF2005", "SARIF1008"}
"""Wishes of the multitool: a home page of the tool, and (2.3.0) a period at the end of each text."""
NO_NETWORK = """<?xml version="1.0" encoding="utf-8"?><Properties>
<Properties Key="SARIF2006.UrisShouldBeReachable.Options">
<Property Key="RuleEnabled" Value="Disabled" Type="Microsoft.CodeAnalysis.Sarif.Driver.RuleEnabledState" />
</Properties></Properties>"""
Errors = list[str]


class Tools(NamedTuple):
    folder: Path
    libssl: str

    def module(self, name: str) -> Path:
        return self.folder / "npm" / "node_modules" / name


class Check(NamedTuple):
    format: str
    name: str
    missing: Callable[[Tools], str]
    """Why it cannot be done here; empty if it can."""
    errors: Callable[[str, Tools], Errors]
    spoil: Callable[[str], str]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("tools", type=Path)
    parser.add_argument("--scan", action="append", default=[])
    parser.add_argument("--diff", nargs=2, action="append", default=[])
    parser.add_argument("--libssl", default="")
    given = parser.parse_args()
    tools = Tools(given.tools.resolve(), given.libssl)
    failed = False
    reports = dict(_reports(given.scan, given.diff))
    for check in CHECKS:
        if reason := check.missing(tools):
            print(f"{check.format:<9} {check.name:<24} not done: {reason}")
            continue
        for (about, form), text in reports.items():
            if form != check.format:
                continue
            errors = check.errors(text, tools)
            canary = len(check.errors(check.spoil(text), tools)) if text.strip() not in ("", "[]") else -1
            failed |= bool(errors) or canary == 0
            told = "nothing to spoil" if canary < 0 else f"{canary} in the spoilt one"
            print(f"{check.format:<9} {check.name:<24} {about:<40} {len(errors)} errors, {told}")
            for error in errors[:5]:
                print(f"    {error[:300]}")
    return int(failed)


def _reports(scans: list[str], diffs: list[list[str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Every format of every tree and range, by what it is about."""
    with tempfile.TemporaryDirectory() as folder:
        for path in scans:
            command = ["scan", path, "--persona", "auditor", "--sites", "medium"]
            yield from _written(f"scan {Path(path).name}", command, folder)
        for repository, range_ in diffs:
            yield from _written(
                f"diff {Path(repository).resolve().parent.name} {range_}", ["diff", range_, repository], folder
            )


def _written(about: str, command: list[str], folder: str) -> Iterator[tuple[tuple[str, str], str]]:
    targets = [part for form in FORMATS for part in ("-f", f"{form}:{folder}/{form}")]
    done = subprocess.run([sys.executable, "-m", "ffireview", *command, *targets], check=False)
    assert done.returncode in (0, 3), done
    for form in FORMATS:
        yield (about, form), Path(folder, form).read_text(encoding="utf-8")


def _schema_errors(instance: object, schema: dict[str, Any], others: dict[str, dict[str, Any]]) -> Errors:
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(value)) for name, value in others.items()]
    )
    validator = validator_for(schema)(schema, registry=registry)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def sarif_schema(text: str, tools: Tools) -> Errors:
    schema = json.loads((tools.module("multitool-5.7.0") / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    return _schema_errors(json.loads(text), schema, {})


def multitool(version: str, *options: str) -> Callable[[str, Tools], Errors]:
    """What the multitool's log says: its exit code is 0 whatever it finds."""

    def errors(text: str, tools: Tools) -> Errors:
        with tempfile.TemporaryDirectory() as folder:
            given, log, config = (Path(folder, name) for name in ("report.sarif", "log.sarif", "config.xml"))
            given.write_text(text, encoding="utf-8")
            config.write_text(NO_NETWORK, encoding="utf-8")
            program = tools.module(f"multitool-{version}") / "Sarif.Multitool"
            settings = ["--config", str(config), "--max-file-size-in-kb", "100000"] if version != "2.3.0" else []
            subprocess.run(
                [program, "validate", str(given), "-o", str(log), *settings, *options],
                env={
                    **os.environ,
                    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                    **({"LD_LIBRARY_PATH": tools.libssl} if tools.libssl else {}),
                },
                capture_output=True,
                check=False,
            )
            if not log.exists():
                return [f"multitool {version} wrote no log"]
            run = json.loads(log.read_text(encoding="utf-8-sig"))["runs"][0]
        return [
            f"{row['ruleId']}: {json.dumps(row['message'])}" for row in run["results"]
            if row.get("level", "warning") in ("error", "warning") and row["ruleId"] not in ACCEPTED
        ]  # fmt: skip

    return errors


def actions_core(text: str, tools: Tools) -> Errors:
    """Each annotation beside what GitHub's own toolkit writes for the same values."""
    lines = [line for line in text.split("\n") if line.startswith(("::error ", "::warning ", "::notice "))]
    script = (
        f"const {{issueCommand}} = require({json.dumps(str(tools.module('@actions/core') / 'lib/command.js'))});"
        "for (const [n, p, m] of JSON.parse(require('fs').readFileSync(0, 'utf8'))) issueCommand(n, p, m);"
    )
    values = json.dumps([_taken_apart(line) for line in lines])
    done = subprocess.run(["node", "-e", script], input=values, capture_output=True, text=True, check=True)
    theirs = done.stdout.split("\n")[: len(lines)]
    return [f"{mine} is written {other}" for mine, other in zip(lines, theirs, strict=True) if mine != other]


def _taken_apart(line: str) -> tuple[str, dict[str, str], str]:
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    if found is None:
        return "error", {}, ""
    pairs = (pair.partition("=") for pair in found[2].split(","))
    return found[1], {name: _read(value) for name, _, value in pairs}, _read(found[3])


def _read(text: str) -> str:
    for escaped, char in (("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, char)
    return text


def codeclimate(text: str, tools: Tools) -> Errors:
    """The report as a constant of the published types, with the fields that GitLab requires."""
    source = (
        'import type { Issue } from "codeclimate-types";\n'
        "type Required_ = Issue & { severity: string; fingerprint: string; location: { lines: { begin: number } } };\n"
        f"export const issues: Required_[] = {text};\n"
    )
    with tempfile.TemporaryDirectory(dir=tools.folder / "npm") as folder:
        file = Path(folder, "report.ts")
        file.write_text(source, encoding="utf-8")
        command = ["node", tools.module("typescript") / "bin/tsc", "--noEmit", "--strict", "--skipLibCheck", file]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tools.folder / "npm")
    return [line for line in done.stdout.split("\n") if "error" in line]


def rdf_schema(text: str, tools: Tools) -> Errors:
    folder = tools.folder / MODULE / "proto/rdf/jsonschema"
    others = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")}
    rows = [json.loads(line) for line in text.splitlines()]
    return [error for row in rows for error in _schema_errors(row, others["Diagnostic.json"], others)]


def reviewdog(text: str, tools: Tools) -> Errors:
    """What reviewdog has read, as it writes it again: each place and message, none of them missing."""
    command = [tools.folder / "go/bin/reviewdog", "-f=rdjsonl", "-reporter=rdjsonl", "-filter-mode=nofilter", "-diff=:"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        return [done.stderr or f"exit code {done.returncode}"]
    told = [_gist(line) for line in done.stdout.splitlines()]
    return [f"not told: {gist}" for gist in map(_gist, text.splitlines()) if gist not in told]


def _gist(line: str) -> tuple[str, str, int, int]:
    row = json.loads(line)
    start = row["location"]["range"]["start"]
    return row["location"]["path"], row["message"], start["line"], start.get("column", 0)


def cmark_gfm(text: str, _: Tools) -> Errors:
    """Tags that the report does not write by itself: the renderer lets raw HTML through here."""
    command = ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    known = {"h2", "h3", "p", "strong", "code", "pre", "ul", "li", "br", "table", "thead", "tbody", "tr", "th", "td"}
    tags = set(re.findall(r"<([a-zA-Z][\w-]*|!--)", done.stdout.decode()))
    long = [f"{len(text):,} characters"] if len(text.encode("utf-16-le")) // 2 > 65_536 else []
    return [*(f"a tag {tag}" for tag in sorted(tags - known)), *long]


def _with(path: str, value: object) -> Callable[[str], str]:
    """A JSON document with something else, or nothing, at a place such as `runs.0.results`."""

    def spoil(text: str) -> str:
        document = json.loads(text)
        *parents, last = (int(step) if step.isdigit() else step for step in path.split("."))
        at = document
        for step in parents:
            at = at[step]
        if value is None:
            del at[last]
        else:
            at[last] = value
        return json.dumps(document)

    return spoil


def _first_line(spoil: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join([spoil(text.split("\n")[0]), *text.split("\n")[1:]])


def _npm(name: str) -> Callable[[Tools], str]:
    return lambda tools: "" if tools.module(name).exists() else f"no {name} (tools.sh)"


def _needs_ssl(name: str) -> Callable[[Tools], str]:
    return lambda tools: _npm(name)(tools) or ("" if tools.libssl else "needs --libssl with libssl.so.1.1")


def _program(name: str) -> Callable[[Tools], str]:
    return lambda tools: "" if (tools.folder / name).exists() else f"no {name} (tools.sh)"


PLACE = "runs.0.results.0.locations.0.physicalLocation"
GITHUB = ("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note")
CHECKS = (
    Check("sarif", "schema 2.1.0", _npm("multitool-5.7.0"), sarif_schema, _with(f"{PLACE}.region.startLine", 0)),
    Check("sarif", "multitool 2.3.0", _npm("multitool-2.3.0"), multitool("2.3.0"),
          _with("runs.0.results.0.level", "bad")),
    Check("sarif", "multitool 2.4.16", _needs_ssl("multitool-2.4.16"), multitool("2.4.16"),
          _with(f"{PLACE}.region.startLine", -3)),
    Check("sarif", "multitool 4.5.4, GitHub", _needs_ssl("multitool-4.5.4"), multitool("4.5.4", *GITHUB),
          _with("runs.0.results.0.partialFingerprints", None)),
    Check("github", "@actions/core", _npm("@actions/core"), actions_core,
          _first_line(lambda row: row.replace("%3A", ":"))),
    Check("gitlab", "codeclimate-types", _npm("codeclimate-types"), codeclimate, _with("0.severity", "grave")),
    Check("rdjsonl", "schema of reviewdog", _program(MODULE), rdf_schema,
          _first_line(_with("location.range.start.line", "one"))),
    Check("rdjsonl", "reviewdog", _program("go/bin/reviewdog"), reviewdog, _first_line(lambda row: row[:-1])),
    Check("markdown", "cmark-gfm", lambda _: "" if shutil.which("cmark-gfm") else "no cmark-gfm (Debian: cmark-gfm)",
          cmark_gfm, lambda text: text + "\n<script>x</script>\n"),
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
