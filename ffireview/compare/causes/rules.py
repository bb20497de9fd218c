"""What the rules find now and did not find before."""

from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Sides
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.finding import Finding, Persona

_TOLD_BESIDE = frozenset({"signature-mismatch", "layout-mismatch"})
"""Their news is a disagreement, told with what changed."""


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A cause for each finding for everyone that is new at its site."""
    for finding in new_findings(sides):
        if finding.persona is not Persona.REGULAR or finding.suppressed or finding.rule in _TOLD_BESIDE:
            continue
        if finding.site:
            yield finding.site, cause(CauseKind.FINDING, f"{finding.rule}: {finding.message}", None, finding.span)


def new_findings(sides: Sides) -> Iterator[Finding]:
    """What no finding at the earlier place says: the site that was there, or the file where there is no site."""
    known = {(_place(f, f.site), f.rule, f.message) for f in sides.before.review.findings}
    for finding in sides.after.review.findings:
        earlier = sides.earlier.get(finding.site)
        if (_place(finding, earlier.id if earlier else ""), finding.rule, finding.message) not in known:
            yield finding


def _place(finding: Finding, earlier: str) -> tuple[str, str]:
    return (earlier, "") if finding.site else ("", finding.span.path)
