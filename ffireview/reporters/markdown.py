"""Markdown for the summary of a pull request: findings, then what changed or what is risky, cut where a part ends."""

from collections.abc import Iterable
from typing import NamedTuple

from ffireview.model.comparison import Cause, Change, Comparison, Entry, Excerpt, Note
from ffireview.model.finding import Rule
from ffireview.model.place import Problem, Span
from ffireview.model.program import Site
from ffireview.model.review import Review, Score
from ffireview.reporters.hunks import GAP, hunk
from ffireview.reporters.marking import block, cell, code, plain, sentence
from ffireview.reporters.material import Material
from ffireview.reporters.results import (
    TOPICS,
    Result,
    needs_eyes,
    results_of,
    results_of_changes,
    risk_in_words,
    shown,
    title,
)
from ffireview.reporters.styled import number, shorten

NAME = "markdown"

LIMIT = 65_536
"""Code units of UTF-16 that GitHub takes as the body of a comment; a check's summary takes one less."""
_ROOM = LIMIT - 1_500
"""What is left for the parts, beside the headings and the lines that say what was left out."""
_CAUSES, _REASONS, _LABELS = 4, 3, 5
_MESSAGE = 1_500
_CODE = 160


class _Part(NamedTuple):
    """A heading and what stands under it; what does not fit is counted."""

    heading: str
    blocks: list[str]
    noun: str
    before: str = ""
    """What opens the blocks: the head of a table."""
    between: str = "\n\n"


def report(review: Review, material: Material) -> str:
    """Findings with their code, then a table of the riskiest sites, then totals."""
    results = results_of(review, material)
    found = [result for result in shown(results) if result.rule not in TOPICS]
    rows = [
        (score, site) for score, site in zip(review.scores, review.program.sites, strict=True)
        if not material.areas or site.area in material.areas
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[0].value, row[1].span, row[1].kind))
    head = "| risk | place | what | why |\n|--:|---|---|---|\n"
    sites = _Part("Riskiest sites", [_site(*row) for row in rows[: material.top]], "site", before=head, between="\n")
    parts = [_findings("Findings", found, material), sites, _meanings(found, material.rules)]
    totals = review.program.totals
    read = (
        f"{len(review.program.sites):,} sites, {len(review.program.crossings):,} crossings; read "
        f"{totals.rust_files_read:,} of {totals.rust_files:,} Rust files and {totals.c_files_read:,} of "
        f"{totals.c_files:,} C, C++ and assembly files."
    )
    closing = [read, *_hidden(results, review.program.problems)]
    return _fitted(f"## ffireview: {number(found, 'finding')}", parts, closing)


def report_changes(comparison: Comparison, material: Material) -> str:
    """New findings, then every entry that needs eyes with its reasons and the change, then guard rails and totals."""
    results = results_of_changes(comparison, material)
    found = [result for result in shown(results) if result.rule not in TOPICS]
    entries = [entry for entry in comparison.entries if needs_eyes(entry)]
    kept = entries[: material.top]
    parts = [
        _findings("New findings", found, material),
        _Part("Changes that need eyes", list(_entries(kept)), "change"),
        _Part("Guard rails and build", [_note(note) for note in comparison.notes], "note"),
        _meanings(found, material.rules),
    ]
    closing = [_counts(comparison), *_hidden(results, comparison.problems)]
    if len(entries) > len(kept):
        closing.append(f"{number(entries[len(kept) :], 'more change')} not shown (`--top {len(entries)}` shows all).")
    return _fitted(f"## ffireview: {code(comparison.before)} → {code(comparison.after)}", parts, closing)


def _findings(heading: str, found: list[Result], material: Material) -> _Part:
    return _Part(heading, [_finding(result, material) for result in found], "finding")


def _finding(result: Result, material: Material) -> str:
    """`**rule** (high) at place`, the message, the other places, the line."""
    lines = [f"**{plain(result.rule)}** ({result.severity}) at {_place(result.span)}", _told(result.message)]
    lines += [f"{plain(label.text)}: {_place(label.span)}" for label in result.labels[:_LABELS]]
    if len(result.labels) > _LABELS:
        lines.append(f"and {len(result.labels) - _LABELS} more places")
    quote = material.quotes.get(result.span)
    rows = [block([shorten(row, _CODE) for row in quote.rows[:3]], "rust")] if quote is not None and quote.rows else []
    return "\n\n".join(["  \n".join(lines), *rows])


def _told(message: str) -> str:
    return sentence(shorten(message, _MESSAGE))


def _place(span: Span) -> str:
    return code(str(span))


def _site(score: Score, site: Site) -> str:
    reasons = " · ".join(sentence(f"{c.reason} {c.points:+d}") for c in score.contributions[:_REASONS])
    return f"| {score.value} | {cell(_place(site.span))} | {cell(title(site, code))} | {cell(reasons)} |"


def _entries(entries: list[Entry]) -> Iterable[str]:
    """Each entry; a change that several rely on is quoted once."""
    seen: set[tuple[Excerpt | None, Excerpt | None]] = set()
    for entry in entries:
        change = (entry.excerpt_before, entry.excerpt_after)
        yield _entry(entry, quoted=entry.change is not Change.AFFECTED or change not in seen)
        seen.add(change)


def _entry(entry: Entry, *, quoted: bool) -> str:
    head = f"**{entry.change}** {title(entry.site, code)} at {_place(entry.site.span)}, {risk_in_words(entry)}"
    parts = [head]
    causes = [f"- {_cause(cause)}" for cause in entry.causes[:_CAUSES]]
    if len(entry.causes) > _CAUSES:
        causes.append(f"- {len(entry.causes) - _CAUSES} more reasons")
    if causes:
        parts.append("\n".join(causes))
    if quoted and (change := _change(entry.excerpt_before, entry.excerpt_after)):
        parts.append(change)
    if entry.excerpt_site is not None:
        rows = [shorten(row.text, _CODE) if row.number else "…" for row in entry.excerpt_site.rows]
        parts.append("The code that relies on it:\n\n" + block(rows, "rust"))
    return "\n\n".join(parts)


def _cause(cause: Cause) -> str:
    places = list(dict.fromkeys(_place(span) for span in (cause.before, cause.after) if span is not None))
    return _told(cause.text) + (f" ({', '.join(places)})" if places else "")


def _change(before: Excerpt | None, after: Excerpt | None) -> str:
    rows = [f"{row.sign}{shorten(row.text, _CODE)}" if row.sign != GAP else "…" for row in hunk(before, after)]
    return block(rows, "diff") if rows else ""


def _note(note: Note) -> str:
    change = _change(note.excerpt_before, note.excerpt_after)
    return "\n\n".join(filter(None, [f"- {_cause(note.cause)}", change]))


def _meanings(found: list[Result], rules: tuple[Rule, ...]) -> _Part:
    """What the rules are about that found something."""
    named = {result.rule for result in found}
    rows = [
        f"- **{plain(rule.id)}**: {sentence(rule.prose.why)} Instead: {sentence(rule.prose.instead)}"
        for rule in rules if rule.id in named
    ]  # fmt: skip
    return _Part("What the rules mean", rows, "rule", between="\n")


def _counts(comparison: Comparison) -> str:
    counts = comparison.counts
    from_c = f" ({counts.affected_from_c} from C)" if counts.affected_from_c else ""
    files = f"{comparison.files} file{'' if comparison.files == 1 else 's'}"
    text = (
        f"{counts.new} new, {counts.changed} changed, {counts.affected} affected{from_c}, {counts.renamed} renamed, "
        f"{counts.moved} moved, {counts.removed} removed in {files}."
    )
    more = f" {counts.withheld} further sites rely on the same changes more remotely." if counts.withheld else ""
    return text + more


def _hidden(results: list[Result], problems: tuple[Problem, ...]) -> list[str]:
    """What was found and is not shown, and what could not be read."""
    rows = []
    if suppressed := [result for result in results if result.suppressed]:
        rows.append(f"{number(suppressed, 'finding')} suppressed.")
    if problems:
        rows.append(f"{number(problems, 'problem')} of input: part of it was not read or not understood.")
    return rows


def _fitted(heading: str, parts: list[_Part], closing: list[str]) -> str:
    """The parts as far as there is room, each cut behind a whole block, and a line for what did not fit."""
    room = _ROOM - _length(heading) - sum(_length(row) + 2 for row in closing)
    texts = [heading]
    left_out: list[str] = []
    for part in parts:
        kept: list[str] = []
        room -= _length(part.heading) + _length(part.before) + 10 if part.blocks else 0
        for one in part.blocks:
            room -= _length(one) + len(part.between)
            if room < 0:
                break
            kept.append(one)
        if kept:
            texts += [f"### {part.heading}", part.before + part.between.join(kept)]
        if len(kept) < len(part.blocks):
            left_out.append(number(part.blocks[len(kept) :], part.noun))
            room = min(room, 0)
    if left_out:
        closing = [*closing, f"Left out, because the text would be too long: {', '.join(left_out)}."]
    return "\n\n".join([*texts, *closing]) + "\n"


def _length(text: str) -> int:
    """In code units of UTF-16, as GitHub counts."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)
