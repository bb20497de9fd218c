"""What all formats of a checklist call things."""

from ffireview.model.checklist import Bearing, Evidence, Peer, Question, Sheet
from ffireview.model.ledger import Answer, Verdict

MARKS = {Bearing.FINDING: "found, a flaw", Bearing.FOUND: "found", Bearing.MISSING: "not found"}
"""Every piece of evidence says that the tool found it."""
VERDICTS = tuple(verdict.value for verdict in Verdict)
ANSWERS = tuple(answer.value for answer in Answer)
_UNNAMED = ("unsafe-block", "inline-asm", "macro-keyword")
REASONS = 3


def title(sheet: Sheet) -> str:
    """`unsafe block in impl Store::compact`, `callback visit in demo`."""
    site = sheet.site
    name = site.name if site.kind not in _UNNAMED else ""
    owner = f"in {site.owner}" if site.owner else ""
    return " ".join(filter(None, [site.kind.replace("-", " "), name, owner]))


def why(sheet: Sheet) -> list[str]:
    """Why it stands where it stands: the causes of a change, or the greatest contributions to its score."""
    if sheet.causes:
        return [cause.text for cause in sheet.causes[:REASONS]]
    return [f"{one.reason} {one.points:+d}" for one in sheet.score.contributions[:REASONS]]


def place(evidence: Evidence) -> str:
    """Where it stands; empty where it has no place."""
    return str(evidence.span) if evidence.span is not None else ""


def references(question: Question) -> str:
    """`FFI-CTYPE; NonNull`: ids of the guide, safety properties; empty where there are none."""
    return "; ".join(filter(None, [", ".join(question.anssi), ", ".join(question.tags)]))


def without_other_side(peer: Peer) -> str:
    """What is said of a symbol of which only Rust was found."""
    return f"no other side of {peer.symbol} in this tree"
