"""What the rules find now and did not find before."""

from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Sides
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.finding import Persona

_TOLD_BESIDE = frozenset({"signature-mismatch", "layout-mismatch"})
"""Their news is a disagreement, told with what changed."""


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """A cause for each finding for everyone that is new at its site."""
    known = {(f.site, f.rule, f.message) for f in sides.before.review.findings}
    for finding in sides.after.review.findings:
        if finding.persona is not Persona.REGULAR or finding.suppressed or finding.rule in _TOLD_BESIDE:
            continue
        earlier = sides.earlier.get(finding.site)
        if finding.site and (earlier is None or (earlier.id, finding.rule, finding.message) not in known):
            yield finding.site, cause(CauseKind.FINDING, f"{finding.rule}: {finding.message}", None, finding.span)
