"""The reports in other people's validators, where someone has them: benchmarks/reports/README.md."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = os.environ.get("FFIREVIEW_REPORT_TOOLS", "")


@pytest.mark.skipif(not TOOLS, reason="FFIREVIEW_REPORT_TOOLS names no folder that benchmarks/reports/tools.sh filled")
def test_other_programs_read_the_reports() -> None:
    command = [sys.executable, ROOT / "benchmarks/reports/validate.py", TOOLS, "--scan", ROOT / "samples/kvstore"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "in the spoilt one" in done.stdout
