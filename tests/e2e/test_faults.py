"""A small share of the table of faults, on the real program's scripted mode."""

import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("kills and forks are POSIX", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
# Those that take seconds and no tool but strace, without which they are left out.
ROWS = (1, 3, 8, 9, 10, 11, 12, 13, 14, 16, 19, 20, 21, 22, 23, 31)


def test_the_quick_rows_of_the_table_of_faults_hold() -> None:
    rows = ",".join(map(str, ROWS))
    words = ["-m", "tests.faults", "--on", "2026-11-22", "--quick", "--only", rows]
    told = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = told.stdout.splitlines()
    assert [line for line in lines if "does not hold" in line] == [], told.stderr
    assert told.returncode == 0, told.stderr
    assert len(lines) == len(ROWS)
    assert all("holds" in line or "is not installed" in line for line in lines)
