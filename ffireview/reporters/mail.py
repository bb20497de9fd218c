"""A reply for a mailing list: plain text of 72 columns that quotes the change, or the code, and remarks beneath.

The order is that of the files, as in an answer to a patch. What is quoted starts with `> `; no remark does.
"""

from collections.abc import Iterable, Iterator

from ffireview.model.comparison import CauseKind, Change, Comparison, Entry, Excerpt, Note
from ffireview.model.place import Problem, Span
from ffireview.model.review import Review
from ffireview.reporters.hunks import GAP, HunkRow, hunk
from ffireview.reporters.material import Material
from ffireview.reporters.results import (
    TOPICS,
    Result,
    changed_place,
    needs_eyes,
    results_of,
    results_of_changes,
    risk_in_words,
    shown,
    title,
)
from ffireview.reporters.styled import harmless, number, shorten, wrapped

NAME = "mail"

WIDTH = 72
_QUOTED = 400
"""A quoted line is not broken, only one that nobody wrote by hand is cut."""
_CAUSES, _LABELS, _AFFECTED = 4, 4, 8
_BULLET = "  "


def report(review: Review, material: Material) -> str:
    """Each finding, and each site that was asked for, beneath the code that it is about."""
    results = sorted(shown(results_of(review, material)), key=lambda result: (result.span, result.rule))
    found = [result for result in results if result.rule not in TOPICS]
    sites = number(review.program.sites, "site")
    head = f"{number(found, 'finding')} in {sites} of unsafe code and of the boundary with C."
    bodies = [_parted([_quoted_code(result, material), _remark(result)]) for result in results]
    return _mail(head, bodies, _closing(review.program.problems, results_of(review, material)))


def report_changes(comparison: Comparison, material: Material) -> str:
    """Each change that needs eyes: its hunk, then why, then what relies on it; new findings stand with their place."""
    findings = [row for row in shown(results_of_changes(comparison, material)) if row.rule not in TOPICS]
    entries = [entry for entry in comparison.entries if needs_eyes(entry)][: material.top]
    more = sum(map(needs_eyes, comparison.entries)) - len(entries)
    counts = comparison.counts
    head = (
        f"{comparison.before} .. {comparison.after}: {counts.new} new, {counts.changed} changed, {counts.affected} "
        f"affected; {number(findings, 'new finding')}."
    )
    bodies: list[tuple[Span, list[str]]] = []
    told: set[str] = set()
    for group in _groups(entries):
        own = [finding for finding in findings if any(finding.site == entry.site.id for entry in group)]
        told |= {finding.identity for finding in own}
        remarks = [_remark(finding) for finding in own if not _is_said(finding, group)]
        bodies.append((changed_place(group[0]), _parted([*_changed(group), *remarks])))
    bodies += [
        (finding.span, _parted([_quoted_code(finding, material), _remark(finding)]))
        for finding in findings if finding.identity not in told
    ]  # fmt: skip
    bodies += [(_place_of(note), _noted(note)) for note in comparison.notes]
    bodies.sort(key=lambda row: row[0])
    closing = _closing(comparison.problems, results_of_changes(comparison, material))
    if more:
        closing.append(f"{more} more change{'' if more == 1 else 's'} of less weight not shown.")
    return _mail(head, _file_named_once([body for _, body in bodies]), closing)


def _file_named_once(bodies: list[list[str]]) -> Iterator[list[str]]:
    """Hunks of one file that follow one another stand under one head, as in a patch."""
    head: list[str] = []
    for body in bodies:
        own = body[:2] if body[0].startswith("> --- ") else []
        yield body[2:] if own and own == head else body
        head = own


def _groups(entries: list[Entry]) -> list[list[Entry]]:
    """Affected entries of one change together; every other one alone."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        change = (entry.excerpt_before, entry.excerpt_after)
        key = change if entry.change is Change.AFFECTED and any(change) else entry.site.id
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def _changed(group: list[Entry]) -> list[list[str]]:
    """The hunk, why it needs eyes, and what relies on it, part by part."""
    first = group[0]
    texts = [cause.text for cause in first.causes if cause.kind is not CauseKind.FINDING]
    causes = list(dict.fromkeys(text.removeprefix("new: ") for text in texts))[:_CAUSES]
    parts = [_quoted_change(first.excerpt_before, first.excerpt_after)]
    if first.change is Change.AFFECTED:
        parts += [_wrapped(_sentence(cause)) for cause in causes]
        return [*parts, *_relying(group)]
    head = f"{first.change.capitalize()} {title(first.site)}, {risk_in_words(first)}"
    return [*parts, _wrapped(_sentence(f"{head}: {'; '.join(causes)}" if causes else head))]


def _relying(group: list[Entry]) -> Iterator[list[str]]:
    yield ["This relies on it:" if len(group) == 1 else "These rely on it:"]
    for entry in group[:_AFFECTED]:
        head = f"{entry.site.span}  {title(entry.site)}, {risk_in_words(entry)}"
        yield [*_wrapped(head, _BULLET), *_code(entry.excerpt_site)]
    if len(group) > _AFFECTED:
        yield [f"{_BULLET}and {len(group) - _AFFECTED} more"]


def _is_said(finding: Result, group: list[Entry]) -> bool:
    """Whether a reason of the change says what the finding says: both tell of a new disagreement."""
    said = finding.message.partition(": ")[2]
    return bool(said) and any(said in cause.text for cause in group[0].causes)


def _parted(parts: list[list[str]]) -> list[str]:
    """Paragraphs with an empty line between."""
    return "\n\n".join("\n".join(part) for part in parts if part).split("\n")


def _noted(note: Note) -> list[str]:
    remark = _wrapped(_sentence(note.cause.text))
    return _parted([_quoted_change(note.excerpt_before, note.excerpt_after), remark])


def _place_of(note: Note) -> Span:
    return note.cause.after or note.cause.before or Span("", 1, 1, 1, 1)


def _quoted_change(before: Excerpt | None, after: Excerpt | None) -> list[str]:
    """A hunk as it would stand in the patch."""
    rows = hunk(before, after)
    if not rows:
        return []
    old = f"a/{before.span.path}" if before is not None else "/dev/null"
    new = f"b/{after.span.path}" if after is not None else "/dev/null"
    if before is not None and after is None:
        new = f"b/{before.span.path}"
    if before is None and after is not None:
        old = f"a/{after.span.path}"
    return [f"> --- {harmless(old)}", f"> +++ {harmless(new)}", *map(_quote, _with_heads(rows))]


def _with_heads(rows: list[HunkRow]) -> Iterator[str]:
    """The lines of a hunk; a gap starts another one."""
    number_of_next = next((row.number for row in rows if row.number), 1)
    yield f"@@ line {number_of_next} @@"
    for at, row in enumerate(rows):
        if row.sign == GAP:
            number_of_next = next((later.number for later in rows[at:] if later.number), 0)
            if number_of_next:
                yield f"@@ line {number_of_next} @@"
        else:
            yield f"{row.sign}{row.text}"


def _quoted_code(result: Result, material: Material) -> list[str]:
    """The first lines of the place, under its name."""
    quote = material.quotes.get(result.span)
    rows = quote.rows[:3] if quote is not None else ()
    return [f"> {harmless(str(result.span))}", *map(_quote, rows)]


def _quote(row: str) -> str:
    return "> " + shorten("\t".join(map(harmless, row.split("\t"))), _QUOTED).rstrip()


def _code(excerpt: Excerpt | None) -> list[str]:
    """Code that is not part of the change, set in."""
    rows = excerpt.rows if excerpt is not None else ()
    return [f"      {_plain(row.text) if row.number else '...'}".rstrip() for row in rows]


def _plain(row: str) -> str:
    return shorten(harmless(row.expandtabs(4)), _QUOTED)


def _remark(result: Result) -> list[str]:
    """`rule (severity): what is so`, and the other places."""
    head = "" if result.rule in TOPICS else f"{result.rule} ({result.severity}): "
    rows = _wrapped(head + _sentence(result.message))
    for label in result.labels[:_LABELS]:
        rows += _wrapped(f"{label.span}  {label.text}", _BULLET)
    if len(result.labels) > _LABELS:
        rows.append(f"{_BULLET}and {len(result.labels) - _LABELS} more places")
    return rows


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Lines of a remark: none of them reads as a quotation, as the start of a mail or as a patch."""
    rows = wrapped(harmless(text), WIDTH - len(indent) - 1)
    return [indent + (f" {row}" if row.startswith((">", "From ", "--", "diff ", "@@", "+++")) else row) for row in rows]


def _closing(problems: tuple[Problem, ...], results: list[Result]) -> list[str]:
    rows = []
    if suppressed := [result for result in results if result.suppressed]:
        rows.append(f"{number(suppressed, 'finding')} suppressed.")
    if problems:
        rows.append(f"{number(problems, 'problem')} of input: part of it was not read or not understood.")
    return rows


def _mail(head: str, bodies: Iterable[list[str]], closing: list[str]) -> str:
    """Remarks parted by empty lines, under what they are about."""
    parts = [_wrapped(f"ffireview: {head}"), *bodies, *(_wrapped(row) for row in closing)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
