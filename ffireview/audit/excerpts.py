"""Sites in, a few lines of their code out, with what stands above them in their function."""

from collections.abc import Callable

from ffireview.flow import Code
from ffireview.model.place import Problem
from ffireview.model.program import Site
from ffireview.model.quote import Quote
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline.quotes import lines_of
from ffireview.pipeline.stages import read_bytes

ROWS = 12
ABOVE = 7
"""At most so many of the rows stand above the site."""
WIDTH = 160

Quoting = Callable[[Site, Code | None], Quote]


def quoting(snapshot: Snapshot) -> Quoting:
    """What quotes sites of a snapshot; each file is read once."""
    known: dict[str, list[str]] = {}

    def quote(site: Site, code: Code | None) -> Quote:
        path = site.span.path
        if path not in known:
            source = read_bytes(snapshot, path)
            known[path] = [] if isinstance(source, Problem) else lines_of(source)
        return _quoted(known[path], site, code)

    return quote


def _quoted(lines: list[str], site: Site, code: Code | None) -> Quote:
    top = site.span.line if code is None else min(code.body.line, site.span.line)
    length = site.span.end_line - site.span.line + 1
    first = max(top, site.span.line - max(0, min(ABOVE, ROWS - length)))
    last = min(site.span.end_line, first + ROWS - 1)
    return Quote(first, tuple(line.rstrip("\r").expandtabs(4)[:WIDTH] for line in lines[first - 1 : last]))
