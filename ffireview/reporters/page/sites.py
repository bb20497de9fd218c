"""A card for each site: what it is, why it ranks where it does, its code, and the other side of what it crosses to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ffireview.model.agreement import Difference, Grade
from ffireview.model.effects import Effects
from ffireview.model.facts import Role, SafetyPlace, SiteKind
from ffireview.model.finding import Finding, Severity
from ffireview.model.ledger import Audited
from ffireview.model.place import Range, Span
from ffireview.model.program import Anchor, Area, Crossing, Direction, Site, Status, Use
from ffireview.model.review import Contribution, Review, Score
from ffireview.reporters.audits.marks import marks_of
from ffireview.reporters.effects import effect_lines
from ffireview.reporters.material import Material
from ffireview.reporters.page.asked import Questions, Signed, Tag, is_settled, questions, signed, tag_of
from ffireview.reporters.page.code import DOES, FOUND, Code, documented, stretch
from ffireview.reporters.results import band, title
from ffireview.reporters.styled import plain

ARROWS = {
    Direction.RUST_TO_C: "Rust calls C",
    Direction.C_TO_RUST: "C calls Rust",
    Direction.RUST_TO_RUST: "Rust calls Rust",
}
STATUS = {
    Status.LINKED: "",
    Status.EXTERNAL: "outside this tree",
    Status.ORPHAN: "missing",
    Status.BUILD_MADE: "made by a build",
}
ROLES = {
    Role.IMPORT: "declared", Role.EXPORT: "exported", Role.CALLBACK: "callback", Role.PROTOTYPE: "prototype",
    Role.DEFINITION: "definition", Role.MACRO: "macro", Role.LABEL: "label", Role.FIELD: "field",
}  # fmt: skip
GRADES = {Grade.BREAKS: "breaks the call", Grade.MAY_BREAK: "may break", Grade.UNKNOWN: "cannot be judged"}
_ROWS, _ROWS_THERE = 40, 24
"""Lines of a site, and of a declaration on the other side."""
_ABOVE, _COMMENT_ABOVE, _BELOW = 2, 12, 1
_DOCUMENTED = 14
"""Lines above a declaration in which its comment is looked for."""
_OTHERS, _ANCHORS, _USES, _REASONS, _PEERS = 4, 2, 6, 2, 2
_MODELS = 3
_FIRST = {Role.DEFINITION: 0, Role.PROTOTYPE: 1}


class Anchored(NamedTuple):
    """A declaration of a crossing: what it is, where, as written, with its code where that is shown."""

    role: str
    language: str
    span: Span
    text: str
    code: Code | None


class Mismatch(NamedTuple):
    """What both sides declare differently."""

    grade: str
    where: str
    effect: str
    rust: str
    foreign: str
    models: str


class Peer(NamedTuple):
    """The other side of one symbol that a site crosses to, or is."""

    symbol: str
    arrow: str
    status: str
    declared: tuple[Anchored, ...]
    anchors: tuple[Anchored, ...]
    more: int
    """Further declarations that are not listed."""
    effects: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]
    uses: tuple[Use, ...]
    more_uses: int


class Card(NamedTuple):
    """A site as the page shows it."""

    id: str
    risk: int
    band: str
    span: Span
    title: str
    kind: str
    area: str
    site: Site
    reasons: tuple[str, ...]
    """The weightiest, in short."""
    contributions: tuple[Contribution, ...]
    findings: tuple[Finding, ...]
    worst: str
    """The gravest severity of a finding that nothing answers."""
    symbols: tuple[str, ...]
    """What it crosses to, or is."""
    tag: Tag | None
    signed: tuple[Signed, ...]
    settled: bool
    code: Callable[[], Code | None]
    peers: Callable[[], tuple[Peer, ...]]
    questions: Callable[[], Questions]
    """These are made only for a card that there is room for."""
    more_peers: tuple[str, ...]
    argument: tuple[str, ...]
    """The lines of its SAFETY text, where the code that is shown does not hold them."""
    facts: tuple[tuple[str, str], ...]
    operations: tuple[tuple[int, str], ...]

    @property
    def across(self) -> str:
        """The symbols that it crosses to, in short."""
        more = f" and {len(self.symbols) - _PEERS} more" if len(self.symbols) > _PEERS else ""
        return ", ".join(self.symbols[:_PEERS]) + more

    @property
    def rules(self) -> tuple[str, ...]:
        """What finds something here that nothing answers."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings if not finding.suppressed))


def site_cards(review: Review, material: Material) -> list[Card]:
    """Every site of the areas that are asked for, riskiest first."""
    crossings = {crossing.symbol: crossing for crossing in review.program.crossings}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        if material.filter.passes(finding):
            found[finding.site].append(finding)
    marks = marks_of(review.audits)
    return [
        _card(score, site, crossings, found[site.id], marks.get(site.id, ()), material)
        for score, site in _rows(review, material)
    ]


def windows_of(review: Review, material: Material) -> set[Span]:
    """The stretches of code that the cards show."""
    crossings = {crossing.symbol: crossing for crossing in review.program.crossings}
    found: set[Span] = set()
    for _, site in _rows(review, material):
        found.add(_window(site))
        for crossing in _met(site, crossings)[:_OTHERS]:
            found |= {_window_there(anchor) for anchor in _across(site, crossing)[:_ANCHORS]}
    return found


def _rows(review: Review, material: Material) -> list[tuple[Score, Site]]:
    rows = [
        (score, site) for score, site in zip(review.scores, review.program.sites, strict=True)
        if not material.areas or site.area in material.areas
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[0].value, row[1].span, row[1].kind, row[1].id))


def _card(
    score: Score, site: Site, crossings: dict[str, Crossing], found: list[Finding], audits: tuple[Audited, ...],
    material: Material,
) -> Card:  # fmt: skip
    met, kind = _met(site, crossings), site.kind.replace("-", " ")
    order = list(Severity)
    open_ = [finding.severity for finding in found if not finding.suppressed]
    marks = {operation.at.line: DOES for operation in site.operations}
    marks |= {finding.span.line: FOUND for finding in found if not finding.suppressed}
    return Card(
        id=site.id,
        risk=score.value,
        band=band(score.value),
        span=site.span,
        title=title(site),
        kind=kind,
        area=site.area,
        site=site,
        reasons=tuple(_reasons(score, kind)),
        contributions=score.contributions,
        findings=tuple(sorted(found, key=lambda finding: (-order.index(finding.severity), finding.span, finding.rule))),
        worst=max(open_, key=order.index, default=""),
        symbols=tuple(crossing.symbol for crossing in met),
        tag=tag_of(audits),
        signed=signed(audits),
        settled=is_settled(audits),
        code=lambda: documented(
            site.span, material.windows.get(_window(site)), 0 if _is_item(site) else _around(site), marks
        ),
        peers=lambda: tuple(_peer(site, crossing, material) for crossing in met[:_OTHERS]),
        questions=lambda: questions(material.questions.get(site.id, ()), site.span, found, audits),
        more_peers=tuple(crossing.symbol for crossing in met[_OTHERS:]),
        argument=tuple(_argument(site)),
        facts=tuple(_facts(site)),
        operations=tuple(_operations(site)),
    )


def _reasons(score: Score, kind: str) -> list[str]:
    """What raises it most, without what the title says."""
    raising = [c for c in score.contributions if c.points > 0 and c.reason != kind]
    return [f"{c.reason} {c.points:+d}" for c in raising[:_REASONS]]


def _met(site: Site, crossings: dict[str, Crossing]) -> list[Crossing]:
    """What a site crosses to: what both sides declare differently first, then what is known best."""
    found = [crossings[symbol] for symbol in dict.fromkeys(site.crossings) if symbol in crossings]
    return sorted(found, key=lambda c: (not faulty(c), c.status is not Status.LINKED))


def faulty(crossing: Crossing) -> bool:
    """Whether both sides declare it differently."""
    return any(agreement.grade in (Grade.BREAKS, Grade.MAY_BREAK) for agreement in crossing.agreements)


def _across(site: Site, crossing: Crossing) -> list[Anchor]:
    """The declarations on the other side, definitions first."""
    found = [anchor for anchor in crossing.foreign if not _inside(anchor.span, site.span)]
    return sorted(found, key=lambda anchor: _FIRST.get(anchor.role, 2))


def _inside(inner: Span, outer: Span) -> bool:
    return inner.path == outer.path and outer.line <= inner.line and inner.end_line <= outer.end_line


def _window(site: Site) -> Span:
    """Its lines: of a block with what stands around it, of an item with what documents it."""
    if _is_item(site):
        return stretch(site.span, _ROWS, _DOCUMENTED)
    return stretch(site.span, _ROWS, _around(site), _BELOW)


def _is_item(site: Site) -> bool:
    return site.kind not in (SiteKind.UNSAFE_BLOCK, SiteKind.INLINE_ASM, SiteKind.MACRO_KEYWORD)


def _around(site: Site) -> int:
    """How many lines above a block are shown: at least those of the comment that argues for it."""
    note, line = site.safety, site.span.line
    if note is not None and note.place is SafetyPlace.COMMENT and 0 < line - note.line <= _COMMENT_ABOVE:
        return max(_ABOVE, line - note.line)
    return _ABOVE


def _window_there(anchor: Anchor) -> Span:
    return stretch(anchor.span, _ROWS_THERE, _DOCUMENTED)


def _peer(site: Site, crossing: Crossing, material: Material) -> Peer:
    across = _across(site, crossing)
    declared = [anchor for anchor in crossing.rust if not _inside(anchor.span, site.span)]
    uses = [use for use in crossing.uses if not _inside(use.span, site.span)]
    return Peer(
        symbol=crossing.symbol,
        arrow=ARROWS[crossing.direction],
        status=STATUS[crossing.status],
        declared=tuple(_anchored(anchor, None) for anchor in declared[:_ANCHORS]),
        anchors=tuple(
            _anchored(anchor, documented(anchor.span, material.windows.get(_window_there(anchor))))
            for anchor in across[:_ANCHORS]
        ),
        more=max(len(across) - _ANCHORS, 0),
        effects=tuple(_effects(crossing.effects)),
        mismatches=tuple(mismatches(crossing)),
        uses=tuple(uses[:_USES]),
        more_uses=max(len(uses) - _USES, 0),
    )


def _anchored(anchor: Anchor, shown: Code | None) -> Anchored:
    language = {"c": "C", "cpp": "C++", "rust": "Rust"}.get(anchor.language, anchor.language)
    return Anchored(ROLES[anchor.role], language, anchor.span, anchor.text, shown)


def _effects(found: tuple[Effects, ...]) -> Iterator[str]:
    for line in effect_lines(found):
        yield plain([line]).strip().removeprefix("C: ")


def mismatches(crossing: Crossing) -> Iterator[Mismatch]:
    """Each difference once, gravest first."""
    seen: set[tuple[str, str, str]] = set()
    rows: list[Difference] = [
        difference for agreement in crossing.agreements if agreement.grade in (Grade.BREAKS, Grade.MAY_BREAK)
        for difference in agreement.differences if difference.grade in GRADES
    ]  # fmt: skip
    for row in sorted(rows, key=lambda row: -list(Grade).index(row.grade)):
        if (key := (row.where, row.rust, row.foreign)) not in seen:
            seen.add(key)
            models = "" if len(row.models) == _MODELS else ", ".join(row.models)
            yield Mismatch(GRADES[row.grade], row.where, row.effect, row.rust, row.foreign, models)


def _argument(site: Site) -> list[str]:
    note = site.safety
    if note is None or _window(site).line <= note.line <= site.span.end_line:
        return []
    return note.text.splitlines()


def _facts(site: Site) -> Iterable[tuple[str, str]]:
    rows = (
        ("reached", site.reach),
        ("symbol", site.symbol),
        ("detail", site.detail),
        ("cfg", " and ".join(site.cfg)),
        ("macro", f"{site.macro.name}! ({site.macro.form})" if site.macro else ""),
        ("area", site.area if site.area is Area.LIBRARY else f"{site.area}: {site.area_reason}"),
    )
    return (row for row in rows if row[1])


def _operations(site: Site) -> Iterator[tuple[int, str]]:
    """By line, what is done there."""
    lines: dict[int, list[str]] = defaultdict(list)
    for operation in sorted(site.operations, key=lambda operation: _start(operation.at)):
        lines[operation.at.line].append(f"{operation.id} {operation.name}".strip())
    return ((line, ", ".join(dict.fromkeys(told))) for line, told in lines.items())


def _start(at: Range) -> tuple[int, int]:
    return at.line, at.column
