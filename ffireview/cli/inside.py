"""Files that a command writes into the reviewed tree, and never through a link out of it."""

import os

from ffireview.cli.failures import USAGE, Failure
from ffireview.cli.reading import open_path
from ffireview.reporters.styled import harmless
from ffireview.sources.folder import FolderSnapshot


def folder_of(path: str, what: str) -> FolderSnapshot:
    """The snapshot of a folder that is written into; `what` is written."""
    snapshot = open_path(path)
    if not isinstance(snapshot, FolderSnapshot) or snapshot.only is not None:
        raise Failure(f"{path}: {what} is that of a folder", USAGE)
    return snapshot


def inside(snapshot: FolderSnapshot, path: str) -> str:
    """The place of a file of the tree on this machine. A link in the tree must not lead the writer out of it."""
    found = os.path.join(snapshot.root, path)
    if os.path.realpath(found) != found:
        raise Failure(f"{harmless(path)}: a link stands in the way", USAGE)
    return found


def make_folder(path: str) -> None:
    """The folder of a file, where it is not there yet."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        raise Failure(f"{harmless(os.path.dirname(path))}: {error.strerror}", USAGE) from error
