"""Places in, their lines out: what a report may show of the code."""

from collections import defaultdict
from collections.abc import Iterable

from ffireview.model.place import Problem, Span
from ffireview.model.quote import Quote
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline.marks import line_marks
from ffireview.pipeline.stages import read_bytes

ROWS = 6
WIDTH = 1000
"""A longer line is cut: generated code."""
_BYTE_ORDER_MARK = "\ufeff"


def quotes(snapshot: Snapshot, places: Iterable[Span]) -> dict[Span, Quote]:
    """The first lines of each place, each file read once."""
    by_path: dict[str, set[Span]] = defaultdict(set)
    for span in places:
        by_path[span.path].add(span)
    found: dict[Span, Quote] = {}
    for path, spans in sorted(by_path.items()):
        source = read_bytes(snapshot, path)
        if isinstance(source, Problem):
            found |= {span: Quote(span.line, ()) for span in spans}
        else:
            found |= _of_file(source, spans)
    return found


def _of_file(source: bytes, spans: set[Span]) -> dict[Span, Quote]:
    marks = line_marks(source, {span.line for span in spans})
    lines = source.decode("utf-8", "replace").removeprefix(_BYTE_ORDER_MARK).split("\n")
    return {span: Quote(span.line, _rows(lines, span), marks.get(span.line, "")) for span in spans}


def _rows(lines: list[str], span: Span) -> tuple[str, ...]:
    last = min(span.end_line, span.line + ROWS - 1)
    return tuple(line.rstrip("\r")[:WIDTH] for line in lines[span.line - 1 : last])
