"""What signing in costs: the secret stretched, the slot opened, the desk opened.

Prints what was measured beside the budget; a slow machine fails no test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from tests.bench.report import spread, tell
from tests.support.store.access_samples import LI, SECRETS, locked_folder
from tests.support.store.store_samples import AT

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = 15
STARTS = 7
BUDGET = 400
# As a command does it: nothing imported, no file read before.
ALONE = """
import sys, time
from pathlib import Path
from datetime import datetime
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
began = time.perf_counter()
given = sign_in.sign_in(Path(sys.argv[1]), sys.argv[2], sys.stdin.read())
desk = Desk.open(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[3]), who=given)
print((time.perf_counter() - began) * 1000)
desk.close()
"""


def test_opening_with_sign_in(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    stretched, opened = [], []
    for _ in range(OPENINGS):
        began = perf_counter()
        given = sign_in.sign_in(folder, LI, SECRETS[LI])
        between = perf_counter()
        desk = Desk.open(folder, AT, who=given)
        ended = perf_counter()
        desk.close()
        stretched.append((between - began) * 1000)
        opened.append((ended - began) * 1000)
    assert len(opened) == OPENINGS
    tell(request, f"sign-in alone: {spread(stretched, 'ms')}")
    tell(request, f"sign-in and opening: {spread(opened, 'ms')}; budget {BUDGET} ms")


def test_the_first_opening_of_a_process(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    taken = [
        float(
            subprocess.run(
                [sys.executable, "-c", ALONE, str(folder), LI, AT.isoformat()],
                input=SECRETS[LI],
                capture_output=True,
                check=True,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONUTF8": "1"},
            ).stdout
        )
        for _ in range(STARTS)
    ]
    assert min(taken) > 0
    tell(request, f"the first of a process: median {median(taken):.0f} ms; budget {BUDGET} ms")


def test_opening_without_sign_in(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "data"
    Desk.open(folder, AT).close()
    opened = []
    for _ in range(OPENINGS):
        began = perf_counter()
        desk = Desk.open(folder, AT)
        opened.append((perf_counter() - began) * 1000)
        desk.close()
    assert len(opened) == OPENINGS
    tell(request, f"opening without sign-in: {spread(opened, 'ms')}")
