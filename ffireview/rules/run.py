"""Every rule asked, every hit given its site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Finding, Hit
from ffireview.model.place import Span
from ffireview.model.program import Program, Site
from ffireview.model.suppression import SUPPRESSIONS, Judged
from ffireview.rules.catalogue import Flaw, catalogue


def findings(codebase: Codebase, flaws: Iterable[Flaw] | None = None) -> tuple[Finding, ...]:
    """What the rules about code (all of them, or some) find, by place."""
    sites = _Sites(codebase.program)
    asked = [flaw for flaw in flaws or catalogue() if flaw.rule.group != SUPPRESSIONS]
    found = {_finding(flaw, hit, sites.at(hit.span)) for flaw in asked for hit in flaw.check(codebase)}
    return tuple(sorted(found, key=lambda f: (f.span, f.rule, f.message)))


def of_suppressions(program: Program, judged: Iterable[Judged]) -> Iterator[Finding]:
    """What is wrong with suppressions. Each belongs to the site that it speaks for, or else stands in."""
    sites = _Sites(program)
    asked = [flaw for flaw in catalogue() if flaw.rule.group == SUPPRESSIONS]
    for one in judged:
        own = one.suppression
        for flaw in asked:
            for hit in flaw.check(one):
                yield _finding(flaw, hit, sites.starting(own.span.path, own.first, own.last) or sites.at(hit.span))


def _finding(flaw: Flaw, hit: Hit, site: str) -> Finding:
    return Finding(
        rule=flaw.rule.id,
        severity=flaw.rule.severity,
        confidence=hit.confidence or flaw.rule.confidence,
        persona=flaw.rule.persona,
        site=site,
        span=hit.span,
        message=hit.message,
        labels=hit.labels,
    )


class _Sites:
    """Sites by file, to find the one that a place belongs to."""

    def __init__(self, program: Program) -> None:
        self._by_path: dict[str, list[Site]] = defaultdict(list)
        for site in program.sites:
            self._by_path[site.span.path].append(site)

    def at(self, span: Span) -> str:
        """The id of the innermost site that holds the start of a place; empty where there is none."""
        start = (span.line, span.column)
        around = [
            site for site in self._by_path.get(span.path, ())
            if (site.span.line, site.span.column) <= start < (site.span.end_line, site.span.end_column)
        ]  # fmt: skip
        return max(around, key=lambda site: (site.span.line, site.span.column)).id if around else ""

    def starting(self, path: str, first: int, last: int) -> str:
        """The id of the first site that starts on some lines of a file; empty where none does."""
        return next((site.id for site in self._by_path.get(path, ()) if first <= site.span.line <= last), "")
