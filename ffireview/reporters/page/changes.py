"""A card for each change that needs eyes: what became of a site, why, the change, the code that relies on it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from markupsafe import Markup

from ffireview.model.comparison import Cause, Comparison, Entry, Note
from ffireview.model.finding import Finding, Severity
from ffireview.model.ledger import Audited
from ffireview.model.place import Span
from ffireview.model.program import Site
from ffireview.reporters.audits.marks import marks_of
from ffireview.reporters.material import Material
from ffireview.reporters.page.asked import Questions, Signed, Tag, is_settled, questions, signed, tag_of
from ffireview.reporters.page.code import Code, change, excerpt
from ffireview.reporters.results import band, changed_place, needs_eyes, risk_in_words, title

_PEERS = 2


class ChangeCard(NamedTuple):
    """An entry of a comparison as the page shows it."""

    id: str
    change: str
    risk: int
    band: str
    risk_told: str
    span: Span
    title: str
    kind: str
    area: str
    site: Site
    causes: tuple[Cause, ...]
    hunk: Markup
    changed: Span
    """Where the change is."""
    relies: Code | None
    """The unchanged code that relies on it."""
    findings: tuple[Finding, ...]
    worst: str
    tag: Tag | None
    signed: tuple[Signed, ...]
    settled: bool
    questions: Callable[[], Questions]

    @property
    def across(self) -> str:
        """The symbols that it crosses to, in short."""
        names = self.site.crossings
        more = f" and {len(names) - _PEERS} more" if len(names) > _PEERS else ""
        return ", ".join(names[:_PEERS]) + more

    @property
    def rules(self) -> tuple[str, ...]:
        """What finds something here that nothing answers."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings if not finding.suppressed))


class NoteRow(NamedTuple):
    """A change of a guard rail or of the build."""

    kind: str
    text: str
    place: Span | None
    hunk: Markup


class QuietRow(NamedTuple):
    """A site that moved, was renamed or went away, and nothing else."""

    change: str
    title: str
    before: Span | None
    after: Span | None


def change_cards(comparison: Comparison, material: Material) -> list[ChangeCard]:
    """Every entry that needs eyes, in the order of the comparison."""
    found = [finding for finding in comparison.findings if material.filter.passes(finding)]
    marks = marks_of(comparison.audits)
    seen: Counter[str] = Counter()
    cards: list[ChangeCard] = []
    for entry in filter(needs_eyes, comparison.entries):
        seen[entry.site.id] += 1
        number = seen[entry.site.id]
        own = tuple(finding for finding in found if finding.site == entry.site.id)
        name = entry.site.id if number == 1 else f"{entry.site.id}-{number}"
        cards.append(_card(entry, name, own, marks.get(entry.site.id, ()), material))
    return cards


def _card(
    entry: Entry, name: str, found: tuple[Finding, ...], audits: tuple[Audited, ...], material: Material
) -> ChangeCard:
    site = entry.site
    risk = entry.risk_after if entry.after is not None else entry.risk_before
    asked = material.questions.get(site.id, ()) if entry.after is not None else ()
    order = list(Severity)
    open_ = [finding.severity for finding in found if not finding.suppressed]
    return ChangeCard(
        id=name,
        change=entry.change,
        risk=risk,
        band=band(risk),
        risk_told=risk_in_words(entry),
        span=site.span,
        title=title(site),
        kind=site.kind.replace("-", " "),
        area=site.area,
        site=site,
        causes=entry.causes,
        hunk=change(entry.excerpt_before, entry.excerpt_after),
        changed=_place(entry),
        relies=excerpt(entry.excerpt_site) if entry.excerpt_site is not None else None,
        findings=found,
        worst=max(open_, key=order.index, default=""),
        tag=tag_of(audits),
        signed=signed(audits),
        settled=is_settled(audits),
        questions=lambda: questions(asked, site.span, found, audits),
    )


def _place(entry: Entry) -> Span:
    if entry.excerpt_after is not None:
        return changed_place(entry)
    return entry.excerpt_before.span if entry.excerpt_before is not None else entry.site.span


def note_rows(notes: Iterable[Note]) -> list[NoteRow]:
    """Guard rails and the build."""
    return [
        NoteRow(
            note.cause.kind.replace("-", " "),
            note.cause.text,
            note.cause.after or note.cause.before,
            change(note.excerpt_before, note.excerpt_after),
        )
        for note in notes
    ]


def quiet_rows(comparison: Comparison) -> list[QuietRow]:
    """Entries that need no eyes, without those that another one shows."""
    return [
        QuietRow(
            entry.change,
            title(entry.site),
            entry.before.span if entry.before is not None else None,
            entry.after.span if entry.after is not None else None,
        )
        for entry in comparison.entries if not needs_eyes(entry) and not entry.within
    ]  # fmt: skip
