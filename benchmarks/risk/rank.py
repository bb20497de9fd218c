"""A folder in, its ranked sites out: what `bug_eval.py --rank rank:rank` asks for."""

from ffireview.model.facts import SiteKind
from ffireview.pipeline import review
from ffireview.sources import open_folder

Ranked = tuple[str, int, int, float]
"""Path, first line, last line, score."""


def rank(folder: str) -> list[Ranked]:
    """Every site of a folder with its score, in the order of the source."""
    result = review(open_folder(folder))
    return [
        (site.span.path, site.span.line, _last_line(site.kind, site.span.line, site.span.end_line), float(score.value))
        for site, score in zip(result.program.sites, result.scores, strict=True)
    ]


def _last_line(kind: SiteKind, first: int, last: int) -> int:
    """An unsafe trait is one line here: its methods are sites by themselves, and no unit stands for the trait."""
    return first if kind is SiteKind.UNSAFE_TRAIT else last
