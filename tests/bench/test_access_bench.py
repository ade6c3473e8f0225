"""What signing in costs: the secret stretched, the slot opened, the desk opened.

Prints what was measured beside the budget; a slow machine fails no test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from tests.bench.big_ledger import A_DAY, fill
from tests.bench.report import spread, tell
from tests.support.store.access_samples import LI, SECRETS, ZHAO, locked_folder
from tests.support.store.store_samples import AT

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = 15
STARTS = 7
BUDGET = 400
NOTICES = int(os.environ.get("MEDCOUNTER_BENCH_NOTICES", "100000"))
SIGN_INS_A_DAY = 10
# As a command does it: nothing imported, no file read before.
ALONE = """
import sys, time
from pathlib import Path
from datetime import datetime
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
began, worked = time.perf_counter(), time.process_time()
given = sign_in.sign_in(Path(sys.argv[1]), sys.argv[2], sys.stdin.read())
desk = Desk.open(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[3]), who=given)
print((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
desk._store.close(with_backup=False)
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
    taken = [first_opening(folder, LI, AT) for _ in range(STARTS)]
    assert min(taken) > (0, 0)
    tell(request, f"the first of a process: {said(taken)}")


def test_the_first_opening_of_a_large_ledger_in_a_process(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A counter of a year: its notices, its people's comings and goings, a backup beside it."""
    folder = tmp_path / "data"
    locked_folder(folder)
    last = AT + timedelta(days=NOTICES // A_DAY + 3)
    desk = Desk.open(folder, AT, who=sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO]))
    store = desk._store  # noqa: SLF001 - no desk works for a year at once
    fill(store, NOTICES, last, (ZHAO,))
    with store._ledger.transaction() as database:  # noqa: SLF001 - as above
        for _ in range(NOTICES // A_DAY * SIGN_INS_A_DAY):
            came = NewEvent("sign-in", last, ZHAO, detail={"act": "signed-in", "slots": 2})
            journal.append(database, store.chain_key, came)
        events = journal.head(database).position
    store.close(with_backup=False)
    # A backup says how far the ledger was.
    copied = folder / "backups" / f"ledger-{last:%Y%m%d}-{events:09d}.db"
    shutil.copyfile(folder / "ledger.db", copied)
    taken = [first_opening(folder, ZHAO, last) for _ in range(STARTS)]
    tell(request, f"{NOTICES:,} notices, the first of a process: {said(taken)}")
    assert median(work for _, work in taken) <= BUDGET


def first_opening(folder: Path, name: str, at: datetime) -> tuple[float, float]:
    """Sign in and open in a process of its own; milliseconds by the clock and of work."""
    ended = subprocess.run(
        [sys.executable, "-c", ALONE, str(folder), name, at.isoformat()],
        input=SECRETS[name],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    clock, work = ended.stdout.split()
    return float(clock), float(work)


def said(taken: list[tuple[float, float]]) -> str:
    clock, work = (median(each) for each in zip(*taken, strict=True))
    worst = max(work for _, work in taken)
    return (
        f"median {clock:.0f} ms by the clock, {work:.0f} ms of processor time, "
        f"worst {worst:.0f}; budget {BUDGET} ms"
    )


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
