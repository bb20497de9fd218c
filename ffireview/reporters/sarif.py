"""SARIF 2.1.0, as GitHub code scanning reads it.

Rules with help, small regions, related places linked from the message, the fingerprint that code scanning computes and
one of our own, suppressions, and no more than is kept.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ffireview import __version__
from ffireview.model.comparison import Comparison
from ffireview.model.finding import Label, Rule, Severity
from ffireview.model.place import Problem, Span
from ffireview.model.quote import Quote
from ffireview.model.review import Review
from ffireview.reporters.material import Material
from ffireview.reporters.results import (
    LEVELS,
    TOPICS,
    Result,
    Topic,
    region,
    results_of,
    results_of_changes,
)
from ffireview.reporters.styled import harmless, shorten

NAME = "sarif"

RESULTS = 5000
"""Code scanning keeps so many of a run, and not always the gravest: the rest is left out here, and said to be."""
RELATED = 100
"""Places beside the first that code scanning keeps."""
LINKED = 5
"""Of these, how many the message links."""
TEXT = 1024
"""The longest short or full description that code scanning takes."""
MESSAGE = 8000
NOTIFICATIONS = 100
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
OWN_MARK, LINE_MARK = "ffireview/v1", "primaryLocationLineHash"

_SECURITY = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.5"}
"""In the middle of the bands that code scanning names critical, high, medium and low."""
_URGENCY = {
    Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "recommendation",
}  # fmt: skip
_NAMED_BYTE = re.compile(rb"\\x(5c|[89a-f][0-9a-f])")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""Bytes that stand for themselves in the path of a URI."""
_FENCE = re.compile(r"`{3,}")
_Json = dict[str, Any]


def report(review: Review, material: Material) -> str:
    """One run: the findings, and the sites that were asked for."""
    return _log(results_of(review, material), review.program.problems, material, "scan")


def report_changes(comparison: Comparison, material: Material) -> str:
    """One run: new findings, changes that need eyes, guard rails."""
    return _log(results_of_changes(comparison, material), comparison.problems, material, "diff")


def _log(results: list[Result], problems: tuple[Problem, ...], material: Material, run: str) -> str:
    kept = results[:RESULTS]
    rules = [
        *map(_rule, material.rules),
        *(_topic(TOPICS[name]) for name in sorted({r.rule for r in kept} & TOPICS.keys())),
    ]
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "ffireview", "semanticVersion": __version__, "rules": rules}},
                "automationDetails": {"id": f"ffireview-{run}/"},
                "columnKind": "utf16CodeUnits",
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [*_left_out(results), *_notifications(problems)],
                    }
                ],
                "results": [_result(result, index, material.quotes) for result in kept],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode("utf-8") + "\n"


def _rule(rule: Rule) -> _Json:
    tags = ["security", "ffi", rule.group, *(f"external/cwe/{cwe.lower()}" for cwe in rule.cwe)]
    return {
        "id": rule.id,
        "name": _pascal(rule.id),
        "shortDescription": {"text": shorten(rule.prose.title, TEXT - 1) + "."},
        "fullDescription": {"text": shorten(rule.prose.what, TEXT)},
        "help": {"text": shorten(f"{rule.prose.why} Instead: {rule.prose.instead}", TEXT), "markdown": _help(rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": tags[:10],
            "precision": rule.confidence,
            "problem.severity": _URGENCY[rule.severity],
            "security-severity": _SECURITY[rule.severity],
        },
    }


def _topic(topic: Topic) -> _Json:
    return {
        "id": topic.id,
        "name": _pascal(topic.id),
        "shortDescription": {"text": f"{topic.title}."},
        "fullDescription": {"text": topic.text},
        "help": {"text": topic.text, "markdown": topic.text},
        "defaultConfiguration": {"level": LEVELS[topic.severity]},
        "properties": {"tags": ["ffi", "review"], "precision": "high", "problem.severity": _URGENCY[topic.severity]},
    }


def _pascal(identity: str) -> str:
    return "".join(word.capitalize() for word in identity.split("-"))


def _help(rule: Rule) -> str:
    """Why, what to do, and the first code of each kind; marks of what is found stay readable comments."""
    parts = [rule.prose.what, rule.prose.why, f"**Instead:** {rule.prose.instead}"]
    for name, fragments in (("Found", rule.bad), ("Not found", rule.good)):
        for fragment in fragments[:1]:
            fence = "`" * max([3, *(len(run) + 1 for run in _FENCE.findall(fragment))])
            parts.append(f"{name}:\n\n{fence}rust\n{fragment.strip()}\n{fence}")
    facts = (("CWE", rule.cwe), ("ANSSI", rule.anssi), ("advisories", rule.advisories))
    parts += [f"{name}: {', '.join(values)}" for name, values in facts if values]
    return "\n\n".join(parts)


def _result(result: Result, index: Mapping[str, int], quotes: Mapping[Span, Quote]) -> _Json:
    labels = [label for label in result.labels if label.span.path][:RELATED]
    row: _Json = {
        "ruleId": result.rule,
        "ruleIndex": index[result.rule],
        "level": result.level,
        "message": {"text": _message(result.message, labels)},
        "locations": [{"physicalLocation": _primary(result.span, quotes.get(result.span))}],
        "partialFingerprints": _fingerprints(result, quotes.get(result.span)),
        "rank": float(result.risk),
        "properties": {"risk": result.risk, "severity": result.severity, "confidence": result.confidence},
    }
    if result.site:
        row["properties"]["site"] = result.site
    if labels:
        row["relatedLocations"] = [_related(number, label, quotes) for number, label in enumerate(labels, 1)]
    if result.suppressed:
        row["suppressions"] = [_suppression(result)]
    return row


def _message(text: str, labels: list[Label]) -> str:
    """The text with the first related places as links: code scanning shows only those that the message links."""
    links = "; ".join(
        f"{_words(label.text)}: [{_link_text(f'{label.span.path}:{label.span.line}')}]({number})"
        for number, label in enumerate(labels[:LINKED], 1)
    )
    more = f"; {len(labels) - LINKED} more places" if len(labels) > LINKED else ""
    return shorten(_words(text), MESSAGE) + (f" ({links}{more})." if links else "" if text.endswith(".") else ".")


def _words(text: str) -> str:
    """A stranger's text: no control characters, and nothing in it is a link."""
    return harmless(text).replace("](", "] (")


def _link_text(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", harmless(text))


def _primary(span: Span, quote: Quote | None) -> _Json:
    """The first line of the place; all of it, as far as it is quoted, is the context."""
    location = _physical(span, quote)
    if quote is not None and quote.rows:
        at = region(span, quote)
        location["region"]["snippet"] = {"text": _code(quote.rows[0][at.column - 1 : at.end_column - 1])}
        location["contextRegion"] = {
            "startLine": quote.line,
            "endLine": quote.line + len(quote.rows) - 1,
            "snippet": {"text": "\n".join(map(_code, quote.rows))},
        }
    return location


def _physical(span: Span, quote: Quote | None) -> _Json:
    row = quote.rows[0] if quote is not None and quote.rows else ""
    at = region(span, quote)
    found = {
        "startLine": at.line,
        "startColumn": _column(row, at.column),
        "endLine": at.line,
        "endColumn": _column(row, at.end_column),
    }
    return {"artifactLocation": {"uri": uri(span.path)}, "region": found}


def _code(row: str) -> str:
    """A line of code; only its tabs stay control characters."""
    return "\t".join(map(harmless, row.split("\t")))


def _column(row: str, column: int) -> int:
    """A column in code points as one in UTF-16 code units."""
    return column + sum(ord(char) > 0xFFFF for char in row[: column - 1])


def uri(path: str) -> str:
    """A path relative to the root as a URI reference, from the bytes that the file's name has."""
    raw = path.encode("utf-8", "surrogateescape")
    raw = _NAMED_BYTE.sub(lambda found: bytes([int(found[1], 16)]), raw)
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in raw)


def _related(number: int, label: Label, quotes: Mapping[Span, Quote]) -> _Json:
    return {
        "id": number,
        "message": {"text": _words(label.text)},
        "physicalLocation": _physical(label.span, quotes.get(label.span)),
    }


def _fingerprints(result: Result, quote: Quote | None) -> _Json:
    own = {OWN_MARK: result.identity}
    return {LINE_MARK: quote.mark, **own} if quote is not None and quote.mark else own


def _suppression(result: Result) -> _Json:
    if result.suppressed_at is None:
        return {"kind": "external", "status": "accepted", "justification": harmless(result.suppressed)}
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": harmless(result.suppressed),
        "location": {"physicalLocation": _physical(result.suppressed_at, None)},
    }


def _left_out(results: list[Result]) -> Iterable[_Json]:
    if len(results) > RESULTS:
        text = f"{len(results) - RESULTS:,} results of {len(results):,} are left out; the gravest {RESULTS:,} are kept."
        yield {"level": "warning", "message": {"text": text}}


def _notifications(problems: tuple[Problem, ...]) -> Iterable[_Json]:
    """What could not be read whole; the last row counts those that are not listed."""
    for problem in problems[:NOTIFICATIONS]:
        location: _Json = {"artifactLocation": {"uri": uri(problem.path)}}
        if problem.line:
            location["region"] = {"startLine": problem.line}
        yield {
            "level": "warning",
            "message": {"text": harmless(f"{problem.kind}: {problem.message}")},
            "locations": [{"physicalLocation": location}],
        }
    if len(problems) > NOTIFICATIONS:
        text = f"{len(problems) - NOTIFICATIONS:,} more problems of input."
        yield {"level": "warning", "message": {"text": text}}
