"""Where bytes come from. In: a path on this machine. Out: a Snapshot, and every problem of getting it."""

from ffireview.sources.folder import open_folder

__all__ = ["open_folder"]
