"""The whole run on one screen: `one` makes a review of a snapshot, `both` a comparison of two.

In: snapshots, and a `map` that may spread work over processes. Out: a review or a comparison, and, for reports, the
lines of the places that they name (`quotes`, `windows`).
"""

from ffireview.pipeline.both import Version, compare_snapshots
from ffireview.pipeline.memory import Memory, Store
from ffireview.pipeline.one import DATA_MODELS, read_program, review
from ffireview.pipeline.quotes import quotes, windows
from ffireview.pipeline.stages import Mapper, Progress

__all__ = [
    "DATA_MODELS", "Mapper", "Memory", "Progress", "Store", "Version", "compare_snapshots", "quotes", "read_program",
    "review", "windows",
]  # fmt: skip
