"""The cache saves time, survives whatever happens to its file, and never changes a result."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from ffireview.cache.store import LIMIT, NAME, WRITTEN, FileStore, version_of_code
from ffireview.pipeline import Memory, review
from ffireview.syntax.queries import queries_root
from tests.test_memory import TREE, Counting


def test_values_outlive_a_run(tmp_path: Path) -> None:
    first = FileStore(str(tmp_path), "v1")
    first.put("C-1", {"aa": b"value", "bb": b""})
    first.close()
    later = FileStore(str(tmp_path), "v1")
    assert later.get("C-1", ["aa", "bb", "cc"]) == {"aa": b"value", "bb": b""}
    assert later.get("C-2", ["aa"]) == {}
    assert FileStore(str(tmp_path), "v2").get("C-1", ["aa"]) == {}


def test_a_warm_review_reads_nothing_and_says_the_same(tmp_path: Path) -> None:
    cold, warm = Counting(TREE), Counting(TREE)
    expected = review(cold, memory=Memory(FileStore(str(tmp_path), "v")))
    assert review(warm, memory=Memory(FileStore(str(tmp_path), "v"))) == expected
    assert cold.read_paths
    assert warm.read_paths == []


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to look like one" * 100])
def test_a_damaged_file_costs_time_only(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / NAME).write_bytes(damage)
    store = FileStore(str(tmp_path), "v")
    assert review(Counting(TREE), memory=Memory(store)) == review(Counting(TREE))


def test_values_of_another_shape_are_not_known(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path), "v")
    expected = review(Counting(TREE), memory=Memory(store))
    store.close()
    with sqlite3.connect(tmp_path / NAME) as database:
        assert database.execute("UPDATE facts SET value = x'c1'").rowcount > 0
    assert review(Counting(TREE), memory=Memory(FileStore(str(tmp_path), "v"))) == expected


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = FileStore(str(tmp_path / "file" / "cache"), "v")
    assert "file" in store.failure
    store.put("C", {"aa": b"x"})
    assert store.get("C", ["aa"]) == {}


def test_a_file_that_grew_too_large_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.touch()
    os.truncate(path, LIMIT + 1)
    FileStore(str(tmp_path), "v").put("C", {"aa": b"x"})
    assert path.stat().st_size < 1_000_000


def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    def write(number: int) -> None:
        store = FileStore(str(tmp_path), "v")
        for row in range(20):
            store.put("C", {f"{number}-{row}": b"x", f"{number}-{row}-empty": b""})
        failures.append(store.failure)

    failures: list[str] = []
    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [""] * 4
    names = [f"{n}-{row}{end}" for n in range(4) for row in range(20) for end in ("", "-empty")]
    assert FileStore(str(tmp_path), "v").get("C", names).keys() == set(names)


def test_another_version_of_the_code_makes_its_own_facts() -> None:
    assert version_of_code() == version_of_code()
    assert len(version_of_code()) == 16


def test_every_kind_of_file_among_the_queries_is_part_of_the_version() -> None:
    assert {path.suffix for path in queries_root().rglob("*") if path.is_file()} - {".md"} <= set(WRITTEN)
