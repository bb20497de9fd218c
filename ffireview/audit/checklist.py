"""A review, or what a change did, in; a sheet for each site out: its questions, most telling first, with evidence.

Only the questions of what a site does and is are asked. Evidence never answers: it says what a rule found, what the
text shows, or what was looked for and is not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ffireview.audit.catalogue import C_SIDE, catalogue
from ffireview.audit.evidence import CONDITIONS, FACTS, Look
from ffireview.audit.evidence.foreign import AGREED, sayings
from ffireview.audit.excerpts import Quoting, quoting
from ffireview.flow import Codebase
from ffireview.model.agreement import Grade
from ffireview.model.checklist import SHOWN, Asked, Bearing, Checklist, Evidence, Peer, Question, Sheet, Side, Topic
from ffireview.model.comparison import Change, Comparison, Entry
from ffireview.model.effects import EffectKind
from ffireview.model.facts import Role, SiteKind
from ffireview.model.finding import Finding, Severity
from ffireview.model.program import Anchor, Area, Crossing, Program, Site
from ffireview.model.review import Review, Score
from ffireview.model.snapshot import Snapshot

_LISTED = frozenset({Change.NEW, Change.CHANGED, Change.AFFECTED})
_DECLARING = frozenset({SiteKind.EXTERN_BLOCK})
_NOT_WORTH_A_LINE = frozenset({EffectKind.READS_THROUGH, EffectKind.PASSED_ON, EffectKind.NULL_TESTED})
_DOES = 5
_TELLING = frozenset({"c-keeps", "c-frees", "c-calls-back", "c-null-result", "c-leaves", "c-owner"})
_LESS = 4
_DECLARATIONS = 3


class Wanted(NamedTuple):
    """Which sites get a sheet: the first so many, of some areas, or those of the named ids."""

    top: int = 15
    areas: tuple[Area, ...] = ()
    sites: tuple[str, ...] = ()


DEFAULT = Wanted()


def checklist(review: Review, snapshot: Snapshot, subject: str, wanted: Wanted = DEFAULT) -> Checklist:
    """A sheet for each site that is wanted, the riskiest first."""
    rows = sorted(
        zip(review.scores, review.program.sites, strict=True), key=lambda r: (-r[0].value, r[1].span, r[1].kind)
    )
    rows = [(score, site) for score, site in rows if _is_wanted(site, wanted)]
    kept = rows if wanted.sites else rows[: wanted.top]
    asker, quote = _Asker(review), quoting(snapshot)
    sheets = tuple(_sheet(asker, quote, site, score) for score, site in kept)
    return Checklist(subject, sheets, len(rows) - len(kept))


def checklist_of_change(
    comparison: Comparison, review: Review, snapshot: Snapshot, wanted: Wanted = DEFAULT
) -> Checklist:
    """A sheet for each site that a change brings, touches or reaches, in the order of the comparison; `review` and
    `snapshot` are of the newer side."""
    entries = [
        (entry, entry.after)
        for entry in comparison.entries
        if entry.change in _LISTED and entry.after is not None and not entry.within and _is_wanted(entry.after, wanted)
    ]
    kept = entries if wanted.sites else entries[: wanted.top]
    asker, quote = _Asker(review), quoting(snapshot)
    scores = {score.site: score for score in review.scores}
    sheets = tuple(_sheet(asker, quote, site, scores[site.id], entry) for entry, site in kept)
    return Checklist(f"{comparison.before} → {comparison.after}", sheets, len(entries) - len(kept))


def questions_of(review: Review, sites: Iterable[Site]) -> dict[str, tuple[Asked, ...]]:
    """The questions of some sites of a review, by their ids, with evidence, most telling first: the sheets of a
    report that shows code and other side by itself."""
    asker = _Asker(review)
    return {site.id: asker.questions(asker.look(site)) for site in sites}


def topics_of(site: Site, crossings: Iterable[Crossing] = ()) -> list[Topic]:
    """What is asked about a site: its kind, its operations, and C code whose text was read."""
    known = catalogue().topics
    names = [site.kind.value, *(operation.id for operation in site.operations)]
    names += [C_SIDE] if any(crossing.effects for crossing in crossings) else []
    return [known[name] for name in dict.fromkeys(names) if name in known]


def _is_wanted(site: Site, wanted: Wanted) -> bool:
    named = not wanted.sites or site.id in wanted.sites
    return named and (not wanted.areas or site.area in wanted.areas)


class _Asker:
    """Asks about sites of one review: what is looked up by site is indexed once."""

    def __init__(self, review: Review) -> None:
        self._codebase = Codebase(review.program)
        self._crossings = {crossing.symbol: crossing for crossing in review.program.crossings}
        self._declared = _declared(review.program)
        self._findings = _findings(review)

    def look(self, site: Site) -> Look:
        """What is known of a site."""
        code = self._codebase.of_site(site)
        return Look(site, site.operations, code, self._codebase, self._crossings_of(site))

    def questions(self, look: Look) -> tuple[Asked, ...]:
        """Its questions with evidence, most telling first."""
        return _ordered(self._asked(look))

    def _crossings_of(self, site: Site) -> tuple[Crossing, ...]:
        names = self._declared.get(site.id, ()) if site.kind in _DECLARING else site.crossings
        return tuple(self._crossings[name] for name in names if name in self._crossings)

    def _asked(self, look: Look) -> Iterator[Asked]:
        asking: dict[str, list[Topic]] = defaultdict(list)
        for topic in topics_of(look.site, look.crossings):
            for question in topic.questions:
                asking[question].append(topic)
        told = catalogue().questions
        looks = {name: _narrowed(look, {topic.id for topic in topics}) for name, topics in asking.items()}
        fitting = {name for name in asking if _fits(told[name], looks[name])}
        for name, topics in asking.items():
            if name in fitting and fitting.isdisjoint(told[name].covered_by):
                evidence = self._evidence(told[name], looks[name])
                yield Asked(told[name], tuple(topic.id for topic in topics), evidence)

    def _evidence(self, question: Question, look: Look) -> tuple[Evidence, ...]:
        rows = [
            Evidence(_bearing(finding), finding.rule, _told(finding), finding.span)
            for name in (look.site.id, *look.site.crossings)
            for finding in self._findings.get(name, ())
            if finding.rule in question.rules
        ]
        rows += [one for fact in question.facts for one in FACTS[fact](look)]
        return tuple({one.text: one for one in reversed(rows)}.values())[::-1]


def _sheet(asker: _Asker, quote: Quoting, site: Site, score: Score, entry: Entry | None = None) -> Sheet:
    """The sheet of one site; `entry` tells what a change did to it."""
    look = asker.look(site)
    questions = asker.questions(look)
    change, causes = (entry.change, entry.causes) if entry else (None, ())
    peers = () if site.kind in _DECLARING else tuple(_peer(crossing) for crossing in look.crossings)
    return Sheet(site, score, quote(site, look.code), peers, questions, min(SHOWN, len(questions)), change, causes)


def _narrowed(look: Look, topics: set[str]) -> Look:
    """The same with only the operations that a question is asked of, where it is asked of any."""
    own = tuple(operation for operation in look.operations if operation.id in topics)
    return look._replace(operations=own or look.operations)


def _fits(question: Question, look: Look) -> bool:
    return not question.when or CONDITIONS[question.when](look)


def _bearing(finding: Finding) -> Bearing:
    """What a finding is here: a flaw, unless it is slight or somebody answered it."""
    slight = finding.severity is Severity.LOW or finding.suppressed
    return Bearing.FOUND if slight else Bearing.FINDING


def _told(finding: Finding) -> str:
    suppressed = f" (suppressed: {finding.suppressed})" if finding.suppressed else ""
    return finding.message + suppressed


def _ordered(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Where a flaw was found first, then by weight and what was found, then as the files have them."""
    return tuple(sorted(asked, key=lambda one: (not _faulty(one), -_telling(one), not one.evidence)))


def _faulty(asked: Asked) -> bool:
    return any(one.bearing is Bearing.FINDING for one in asked.evidence)


def _telling(asked: Asked) -> int:
    """A question's weight; more where C does something that it asks about or a check is missing, less where two
    declarations were compared and agree."""
    facts = {one.fact for one in asked.evidence}
    missing = any(one.bearing is Bearing.MISSING for one in asked.evidence)
    more = bool(missing or facts & _TELLING)
    return asked.question.weight + more - (_LESS if facts == {AGREED} else 0)


def _peer(crossing: Crossing) -> Peer:
    """Both sides of a crossing. Of several C definitions, what the one does of which most is known."""
    definitions = sorted(crossing.effects, key=lambda d: -sum(len(p.effects) for p in d.parameters) - len(d.returns))
    kinds = tuple(kind for kind in EffectKind if kind not in _NOT_WORTH_A_LINE)
    does = [
        Evidence(Bearing.FOUND, effect.kind, text, effect.span)
        for definition in definitions[:1]
        for text, effect in dict(sayings(definition, kinds)).items()
    ]
    grades = [agreement.grade for agreement in crossing.agreements]
    grade = max(grades, key=list(Grade).index).value if grades else ""
    return Peer(crossing.symbol, _sides(crossing.rust), _sides(crossing.foreign), tuple(does[:_DOES]), grade)


def _sides(anchors: tuple[Anchor, ...]) -> tuple[Side, ...]:
    """Declarations, each text once, definitions last."""
    ordered = sorted(anchors, key=lambda anchor: anchor.role is Role.DEFINITION)
    found = {anchor.text: Side(anchor.language, anchor.text, anchor.span) for anchor in reversed(ordered)}
    return tuple(found.values())[::-1][:_DECLARATIONS]


def _declared(program: Program) -> dict[str, tuple[str, ...]]:
    """The symbols that each extern block declares."""
    blocks: dict[str, list[Site]] = defaultdict(list)
    for site in program.sites:
        if site.kind in _DECLARING:
            blocks[site.span.path].append(site)
    found: dict[str, list[str]] = defaultdict(list)
    for crossing in program.crossings:
        for anchor in crossing.rust:
            for block in blocks.get(anchor.span.path, ()):
                if block.span.line <= anchor.span.line <= block.span.end_line:
                    found[block.id].append(crossing.symbol)
    return {site: tuple(symbols) for site, symbols in found.items()}


def _findings(review: Review) -> dict[str, list[Finding]]:
    """Findings by site; those of declarations by symbol too, for whoever uses the symbol."""
    symbols = {
        site.id: site.symbol
        for site in review.program.sites
        if site.symbol and site.kind in (SiteKind.FOREIGN_FN, SiteKind.FOREIGN_STATIC, SiteKind.EXPORT)
    }
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        found[finding.site].append(finding)
        if symbol := symbols.get(finding.site):
            found[symbol].append(finding)
    return found
