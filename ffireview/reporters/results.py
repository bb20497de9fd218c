"""What is worth a line to a machine or a mail: findings first, then sites or changes.

In: a review or a comparison. Out: the same kind of value for both, gravest first, with an identity that needs no line
numbers."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ffireview.model.comparison import CauseKind, Change, Comparison, Entry, Excerpt, Note
from ffireview.model.facts import SiteKind
from ffireview.model.finding import Confidence, Filter, Finding, Label, Severity
from ffireview.model.place import Span
from ffireview.model.program import Site
from ffireview.model.quote import Quote
from ffireview.model.review import Review, Score
from ffireview.reporters.material import Material
from ffireview.score.table import bands

_CAUSES = 3
_NAMELESS = (SiteKind.UNSAFE_BLOCK, SiteKind.INLINE_ASM, SiteKind.MACRO_KEYWORD)
_QUIET = (Change.MOVED, Change.RENAMED, Change.REMOVED)
_LONGEST_IDENTITY = 32
_NOWHERE = Span(".", 1, 1, 1, 1)


class Level(StrEnum):
    """How loud a result is, loudest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LEVELS = {
    Severity.CRITICAL: Level.ERROR,
    Severity.HIGH: Level.ERROR,
    Severity.MEDIUM: Level.WARNING,
    Severity.LOW: Level.NOTE,
}
"""How loud a finding of each severity is."""
_SEVERITIES, _CONFIDENCES = list(Severity), list(Confidence)


class Topic(NamedTuple):
    """What a result that no rule makes is about."""

    id: str
    title: str
    text: str
    severity: Severity = Severity.LOW


TOPICS = {
    topic.id: topic for topic in (
        *(
            Topic(
                f"risky-{kind}",
                f"A place with a high risk score: {kind.replace('-', ' ')}",
                "No flaw is known here. The place does much that the compiler does not check, and the score adds up "
                "what: read it before others.",
            )
            for kind in SiteKind
        ),
        Topic(
            "new-site",
            "New unsafe code or a new place where Rust meets C",
            "Code that the compiler does not check was added. Ask what makes it sound, and where that is written down.",
        ),
        Topic(
            "changed-site",
            "Changed unsafe code or a changed place where Rust meets C",
            "Code that the compiler does not check is not what it was. Ask whether the argument for its soundness "
            "still holds.",
        ),
        Topic(
            "affected-site",
            "A change that unsafe code relies on",
            "The unsafe code is as it was, what it relies on is not: C that it calls, a type, a field, a helper, a "
            "lock. Read both.",
        ),
        Topic(
            "loosened-guard",
            "A guard rail was changed",
            "A lint level or a suppression that guarded unsafe code was loosened or removed.",
            Severity.MEDIUM,
        ),
        Topic(
            "changed-build",
            "A build setting of the boundary was changed",
            "What is compiled, linked, defined or generated for the other language is not what it was.",
        ),
    )
}  # fmt: skip
"""By id: the ids of results that are no findings."""


class Result(Struct, frozen=True):
    """One thing to look at. `rule` is the id of a rule or topic."""

    rule: str
    severity: Severity
    level: Level
    confidence: Confidence
    risk: int
    """Of the site, 0 to 100."""
    span: Span
    message: str
    labels: tuple[Label, ...]
    identity: str
    site: str = ""
    suppressed: str = ""
    suppressed_at: Span | None = None
    """Where the code says so; None for a baseline."""
    weight: int = 0
    """What those that are equally grave are ordered by: the risk, or the attention that a change asks for."""


class Region(NamedTuple):
    """The stretch of one line to point at: columns from 1 in code points, the end exclusive."""

    line: int
    column: int
    end_column: int


def results_of(review: Review, material: Material) -> list[Result]:
    """The findings that the persona wants, then, where asked for, the sites from a risk on that no finding tells of."""
    sites = {site.id: site for site in review.program.sites}
    scores = {score.site: score for score in review.scores}
    rows = [
        _of_finding(finding, scores) for finding in wanted(review.findings, material.filter)
        if not material.areas or (finding.site in sites and sites[finding.site].area in material.areas)
    ]  # fmt: skip
    told = {row.site for row in shown(rows)}
    for score in review.scores if material.sites_at is not None else ():
        site = sites[score.site]
        here = site.area in material.areas if material.areas else True
        if here and score.value >= (material.sites_at or 0) and site.id not in told:
            rows.append(_of_site(site, score))
    return _gravest_first(rows)


def results_of_changes(comparison: Comparison, material: Material) -> list[Result]:
    """The new findings, the entries that need eyes (but not where a finding of the same site says so), the notes."""
    risks = {entry.after.id: entry.risk_after for entry in comparison.entries if entry.after is not None}
    found = wanted(comparison.findings, material.filter)
    rows = [_result(finding, risks.get(finding.site, 0)) for finding in found]
    told = {(row.site, row.span.line) for row in shown(rows)}
    entries = [entry for entry in comparison.entries if needs_eyes(entry)]
    rows += [
        row for row in _of_entries(entries) if row.rule == "affected-site" or (row.site, row.span.line) not in told
    ]
    rows += [_of_note(note) for note in comparison.notes]
    return _gravest_first(rows)


def needs_eyes(entry: Entry) -> bool:
    """Whether an entry is more than news of a move: what another entry shows is not."""
    return not entry.within and (entry.change not in _QUIET or bool(entry.causes))


def shown(results: Iterable[Result]) -> list[Result]:
    """Those that nobody suppressed."""
    return [result for result in results if not result.suppressed]


def places(results: Iterable[Result]) -> set[Span]:
    """Every place of the newer snapshot that the results name."""
    return {span for result in results for span in (result.span, *(label.span for label in result.labels))}


def grouped(labels: Iterable[Label]) -> dict[str, tuple[Span, ...]]:
    """What labels say, each text once, with all its places."""
    found: dict[str, tuple[Span, ...]] = {}
    for label in labels:
        found[label.text] = (*found.get(label.text, ()), label.span)
    return found


def labelled(labels: Iterable[Label]) -> list[str]:
    """`declared differently here: c/store.h:1, c/store.c:2`: labels in words."""
    return [f"{text}: {', '.join(map(str, spans))}" for text, spans in grouped(labels).items()]


def region(span: Span, quote: Quote | None) -> Region:
    """The part of a place that stands on its first line: a large region is not shown beside a diff."""
    if span.end_line == span.line:
        return Region(span.line, span.column, max(span.end_column, span.column + 1))
    row = quote.rows[0].rstrip() if quote is not None and quote.rows else ""
    return Region(span.line, span.column, max(len(row) + 1, span.column + 1))


def band(risk: int) -> str:
    """The name of the band that a score is in; empty below all of them."""
    return next((name for name, least in sorted(bands().items(), key=lambda row: -row[1]) if risk >= least), "")


def title(site: Site, quoted: Callable[[str], str] = str) -> str:
    """`unsafe block in impl Store::len`, in one line; `quoted` is done to the names."""
    named = f" {quoted(site.name)}" if site.name and site.kind not in _NAMELESS else ""
    return site.kind.replace("-", " ") + named + (f" in {quoted(site.owner)}" if site.owner else "")


def wanted(findings: tuple[Finding, ...], asked: Filter) -> list[Finding]:
    """The findings that someone wants to see, suppressed ones too."""
    return [finding for finding in findings if asked.passes(finding)]


def _of_finding(finding: Finding, scores: dict[str, Score]) -> Result:
    score = scores.get(finding.site)
    return _result(finding, score.value if score is not None else 0)


def _result(finding: Finding, risk: int) -> Result:
    return Result(
        rule=finding.rule,
        severity=finding.severity,
        level=_level(finding.severity, finding.confidence),
        confidence=finding.confidence,
        risk=risk,
        span=finding.span,
        message=finding.message,
        labels=finding.labels,
        identity=finding.id or _hash(finding.rule, finding.site or finding.span.path, finding.message),
        site=finding.site,
        suppressed=finding.suppressed,
        suppressed_at=finding.suppressed_at,
        weight=risk,
    )


def _level(severity: Severity, confidence: Confidence) -> Level:
    """An error is what is probably right."""
    level = LEVELS[severity]
    return Level.WARNING if level is Level.ERROR and confidence is Confidence.LOW else level


def _of_site(site: Site, score: Score) -> Result:
    """A site stands for itself at the place that gives it most of its risk."""
    reasons = " · ".join(f"{c.reason} {c.points:+d}" for c in score.contributions[:_CAUSES])
    where = next((c.span for c in score.contributions if c.points > 0 and _inside(c.span, site.span)), site.span)
    labels = () if where.line == site.span.line else (Label(site.span, "the whole site"),)
    text = f"{title(site)}, risk {score.value}: {reasons}"
    return _plain(f"risky-{site.kind}", score.value, where, text, labels, site, score.value)


def _inside(span: Span, site: Span) -> bool:
    return span.path == site.path and site.line <= span.line and span.end_line <= site.end_line


def _plain(
    rule: str, risk: int, span: Span, message: str, labels: tuple[Label, ...], site: Site, weight: int
) -> Result:
    severity = Severity.MEDIUM if risk >= bands()["high"] else Severity.LOW
    return Result(
        rule=rule,
        severity=severity,
        level=LEVELS[severity],
        confidence=Confidence.MEDIUM,
        risk=risk,
        span=span,
        message=message,
        labels=labels,
        identity=_hash(rule, site.id),
        site=site.id,
        weight=weight,
    )


def _of_entries(entries: list[Entry]) -> Iterator[Result]:
    """One result for each entry, and one for all that a change elsewhere affects: it stands at the change."""
    affected: dict[Span, list[Entry]] = {}
    for entry in entries:
        place = changed_place(entry)
        if entry.change is Change.AFFECTED and place != entry.site.span:
            affected.setdefault(place, []).append(entry)
        elif entry.change in (Change.NEW, Change.CHANGED) or _causes(entry):
            yield _of_entry(entry, place)
    for place, group in affected.items():
        yield _of_group(group, place)


def changed_place(entry: Entry) -> Span:
    """Where the newer text shows the change: in the site, or in what an affected one relies on; else the site."""
    first = _first_mark(entry.excerpt_after)
    return first if first is not None else entry.site.span


def _first_mark(excerpt: Excerpt | None) -> Span | None:
    for row in excerpt.rows if excerpt is not None else ():
        if excerpt is not None and row.marks:
            return Span(excerpt.span.path, row.number, row.marks[0].start, row.number, row.marks[-1].end)
    return None


def _of_entry(entry: Entry, place: Span) -> Result:
    site = entry.site
    rule = {Change.NEW: "new-site", Change.AFFECTED: "affected-site"}.get(entry.change, "changed-site")
    told = _causes(entry) or ([f"does {operations}"] if (operations := _operations(site)) else [])
    text = f"{entry.change} {title(site)}, {risk_in_words(entry)}"
    if told:
        text += ": " + "; ".join(told[:_CAUSES])
    labels = () if _inside(place, site.span) else (Label(site.span, "relies on it"),)
    return _plain(rule, entry.risk_after, place, text, labels, site, entry.attention)


def _of_group(entries: list[Entry], place: Span) -> Result:
    """Sites that rely on one change, told once, riskiest first."""
    ordered = sorted(entries, key=lambda entry: (-entry.risk_after, entry.site.span))
    first = ordered[0]
    told = "; ".join(_causes(first)[:_CAUSES]) or "what unsafe code relies on changed"
    many = f"{len(ordered)} unsafe sites rely on it, up to risk {first.risk_after}"
    one = f"{title(first.site)} relies on it, {risk_in_words(first)}"
    labels = tuple(Label(entry.site.span, "relies on it") for entry in ordered)
    text = f"{told}; {many if len(ordered) > 1 else one}"
    weight = max(entry.attention for entry in entries)
    return _plain("affected-site", first.risk_after, place, text, labels, first.site, weight)


def _causes(entry: Entry) -> list[str]:
    """The reasons, without findings: those are results of their own."""
    texts = [cause.text for cause in entry.causes if cause.kind is not CauseKind.FINDING]
    return [text.removeprefix("new: ") for text in texts] if entry.change is Change.NEW else texts


def _operations(site: Site) -> str:
    return ", ".join(list(dict.fromkeys(operation.id for operation in site.operations))[:_CAUSES])


def risk_in_words(entry: Entry) -> str:
    """`risk 67`, or `risk 27 → 67` where it changed."""
    if entry.after is None:
        return f"risk was {entry.risk_before}"
    if entry.before is None or entry.risk_before == entry.risk_after:
        return f"risk {entry.risk_after}"
    return f"risk {entry.risk_before} → {entry.risk_after}"


def _of_note(note: Note) -> Result:
    after, before = note.cause.after, note.cause.before
    gone = Span(before.path, 1, 1, 1, 1) if before is not None else _NOWHERE
    place = _first_mark(note.excerpt_after) or after or gone
    topic = TOPICS["changed-build" if note.cause.kind is CauseKind.BUILD else "loosened-guard"]
    return Result(
        rule=topic.id,
        severity=topic.severity,
        level=LEVELS[topic.severity],
        confidence=Confidence.MEDIUM,
        risk=0,
        span=place,
        message=note.cause.text,
        labels=(),
        identity=_hash(topic.id, place.path, note.cause.text),
    )


def _gravest_first(results: list[Result]) -> list[Result]:
    """Findings before the rest; then by severity, confidence and risk. Equal identities are numbered."""
    results.sort(
        key=lambda r: (
            r.rule in TOPICS, -_SEVERITIES.index(r.severity), -_CONFIDENCES.index(r.confidence), -r.weight, r.span,
            r.rule, r.message,
        )
    )  # fmt: skip
    seen: Counter[str] = Counter()
    numbered: list[Result] = []
    for result in results:
        seen[result.identity] += 1
        count = seen[result.identity]
        numbered.append(result if count == 1 else replace(result, identity=_hash(result.identity, str(count))))
    return numbered


def _hash(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "backslashreplace")
    return hashlib.sha256(text).hexdigest()[:_LONGEST_IDENTITY]
