"""When a file was last written, to git."""

from ffireview.sources.files import encode
from ffireview.sources.git import Store, ask


def last_change(store: Store, commit: str, path: str) -> str:
    """The last commit, from one backwards, that changed a file; empty where none did."""
    answer = ask(store, "rev-list", "-1", commit, "--", encode(path))
    return "" if answer.code else answer.out.decode("ascii", "replace").strip()
