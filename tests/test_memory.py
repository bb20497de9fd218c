"""What was read before is not read again, and changes nothing."""

from zlib import crc32

import pytest

from ffireview.model.place import Problem, ProblemKind
from ffireview.model.snapshot import Entry, Listing
from ffireview.pipeline import Memory, review
from ffireview.sources.fragments import parse_fragment

TREE = """-- src/lib.rs --
extern "C" { fn store_put(n: u32); }
pub fn put(n: u32) { unsafe { store_put(n) } }
-- c/store.h --
void store_put(unsigned n);
-- c/other.c --
int nothing_here;
"""


class Counting:
    """A fragment whose files tell their content, and which counts what is read."""

    def __init__(self, text: str, unreadable: str = "") -> None:
        self._inner = parse_fragment(text).snapshot
        self._unreadable = unreadable
        self.read_paths: list[str] = []

    def listing(self) -> Listing:
        """Every file, with a hash of its text as content."""
        return Listing(
            tuple(sorted(Entry(f.path, len(f.text), f"{crc32(f.text.encode()):x}") for f in self._inner.files))
        )

    def read(self, path: str) -> bytes | Problem:
        """The bytes, noted."""
        self.read_paths.append(path)
        if path == self._unreadable:
            return Problem(path, ProblemKind.UNREADABLE, "not now")
        return self._inner.read(path)


def test_a_second_review_reads_nothing_and_says_the_same() -> None:
    memory = Memory()
    first, second = Counting(TREE), Counting(TREE)
    assert review(first, memory=memory) == review(second, memory=memory) == review(Counting(TREE))
    assert first.read_paths
    assert second.read_paths == []


def test_a_changed_file_is_read_and_the_others_are_not() -> None:
    memory = Memory()
    review(Counting(TREE), memory=memory)
    changed = Counting(TREE.replace("nothing_here", "nothing_there"))
    review(changed, memory=memory)
    assert set(changed.read_paths) == {"c/other.c"}


def test_new_names_that_cross_are_looked_for_in_all_of_c() -> None:
    memory = Memory()
    review(Counting(TREE), memory=memory)
    changed = Counting(TREE.replace("fn store_put(n: u32);", "fn store_put(n: u32); fn store_get() -> u32;"))
    review(changed, memory=memory)
    assert {"src/lib.rs", "c/store.h", "c/other.c"} <= set(changed.read_paths)


@pytest.mark.parametrize("path", ["src/lib.rs", "c/store.h"])
def test_a_file_that_could_not_be_read_is_tried_again(path: str) -> None:
    memory = Memory()
    failed = review(Counting(TREE, path), memory=memory)
    assert [(p.path, p.kind) for p in failed.program.problems] == [(path, ProblemKind.UNREADABLE)]
    assert review(Counting(TREE), memory=memory) == review(Counting(TREE))
