"""Places in, their lines out: what a report may show of the code."""

from collections import defaultdict
from collections.abc import Callable, Iterable

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
    """The first lines of each place with its mark, each file read once."""
    return _read(snapshot, places, _of_file)


def windows(snapshot: Snapshot, places: Iterable[Span]) -> dict[Span, Quote]:
    """Every line of each place, without marks. A place may reach behind the end of its file."""
    return _read(snapshot, places, _whole)


def _read(
    snapshot: Snapshot, places: Iterable[Span], of_file: Callable[[bytes, set[Span]], dict[Span, Quote]]
) -> dict[Span, Quote]:
    by_path: dict[str, set[Span]] = defaultdict(set)
    for span in places:
        by_path[span.path].add(span)
    found: dict[Span, Quote] = {}
    for path, spans in sorted(by_path.items()):
        source = read_bytes(snapshot, path)
        if isinstance(source, Problem):
            found |= {span: Quote(span.line, ()) for span in spans}
        else:
            found |= of_file(source, spans)
    return found


def _of_file(source: bytes, spans: set[Span]) -> dict[Span, Quote]:
    marks = line_marks(source, {span.line for span in spans})
    lines = lines_of(source)
    return {
        span: Quote(span.line, _rows(lines, span, span.line + ROWS - 1), marks.get(span.line, "")) for span in spans
    }


def _whole(source: bytes, spans: set[Span]) -> dict[Span, Quote]:
    lines = lines_of(source)
    return {span: Quote(span.line, _rows(lines, span, span.end_line)) for span in spans}


def lines_of(source: bytes) -> list[str]:
    """The lines of a file as text, without a byte order mark."""
    return source.decode("utf-8", "replace").removeprefix(_BYTE_ORDER_MARK).split("\n")


def _rows(lines: list[str], span: Span, last: int) -> tuple[str, ...]:
    return tuple(line.rstrip("\r")[:WIDTH] for line in lines[span.line - 1 : min(span.end_line, last)])
