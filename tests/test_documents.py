"""What is written for others to read stays what the code says."""

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ffireview.pipeline import review
from ffireview.reporters import terminal
from ffireview.reporters.json import schemas
from ffireview.reporters.styled import plain
from ffireview.sources import open_folder

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path.name for path in (ROOT / "samples").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_published_schema_is_that_of_the_code(name: str) -> None:
    published = json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schemas()[name])), "run `make schemas`"


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_reads_as_before(sample: str, snapshot: SnapshotAssertion) -> None:
    result = review(open_folder(str(ROOT / "samples" / sample)))
    view = terminal.View(top=6)
    lines = [*terminal.render(result, view), (), *terminal.render_boundary(result.program, view)]
    assert plain(lines) == snapshot


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_mismatches_of_a_sample(sample: str, snapshot: SnapshotAssertion) -> None:
    result = review(open_folder(str(ROOT / "samples" / sample)))
    assert plain(terminal.render_boundary(result.program, only_mismatches=True)) == snapshot
