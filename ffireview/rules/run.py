"""Every rule asked, every hit given its site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ffireview.flow import Codebase
from ffireview.model.finding import Finding
from ffireview.model.place import Span
from ffireview.model.program import Program, Site
from ffireview.rules.catalogue import Flaw, catalogue


def findings(codebase: Codebase, flaws: Iterable[Flaw] | None = None) -> tuple[Finding, ...]:
    """What the rules (all of them, or some) find, by place."""
    sites = _Sites(codebase.program)
    found = {one for flaw in (catalogue() if flaws is None else flaws) for one in _of(flaw, codebase, sites)}
    return tuple(sorted(found, key=lambda f: (f.span, f.rule, f.message)))


def _of(flaw: Flaw, codebase: Codebase, sites: "_Sites") -> Iterator[Finding]:
    for hit in flaw.check(codebase):
        yield Finding(
            rule=flaw.rule.id,
            severity=flaw.rule.severity,
            confidence=hit.confidence or flaw.rule.confidence,
            persona=flaw.rule.persona,
            site=sites.at(hit.span),
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
