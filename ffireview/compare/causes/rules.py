"""What the rules find now and did not find before."""

from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Sides
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.finding import Finding

_TOLD_BESIDE = frozenset({"signature-mismatch", "layout-mismatch"})
"""Their news is a disagreement, told with what changed."""


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A cause for each finding that is wanted and new at its site. One that a comment suppresses is told with the
    reason: the comment is part of what is reviewed."""
    for finding in new_findings(sides):
        in_baseline = finding.suppressed and finding.suppressed_at is None
        if finding.site and not in_baseline and finding.rule not in _TOLD_BESIDE and sides.wanted.passes(finding):
            text = f"{finding.rule}: {finding.message}"
            if finding.suppressed:
                text += f"; suppressed: {finding.suppressed}"
            yield finding.site, cause(CauseKind.FINDING, text, None, finding.span)


def new_findings(sides: Sides) -> Iterator[Finding]:
    """Every finding that was not at its site before; where there is no site, in its file."""
    known = {(f.site or f.span.path, f.rule, f.message) for f in sides.before.review.findings}
    for finding in sides.after.review.findings:
        earlier = sides.earlier.get(finding.site)
        place = earlier.id if earlier is not None else "" if finding.site else finding.span.path
        if (place, finding.rule, finding.message) not in known:
            yield finding
