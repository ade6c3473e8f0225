"""What watching over a ledger costs at 100,000 notices where people sign in.

Opening with its end walked, a notice with the file looked at beside it, the
whole walk in slices, a backup that is proven before it counts, and the copy for
auditors, with what of it can be read. Prints what was measured beside the budget,
which the processor time must keep.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from tests.bench.big_ledger import A_DAY, fill, name_of
from tests.bench.report import Taken, tell
from tests.support.desk.counter_samples import issue_seen
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder
from tests.support.store.store_samples import AT

NOTICES = int(os.environ.get("MEDCOUNTER_BENCH_NOTICES", "100000"))
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三丰", id_number="11010519491231002X")
# The folder was made at AT; what fills it comes after.
LAST = AT + timedelta(days=NOTICES // A_DAY + 3)
OPENINGS = 15
ISSUED = 200
OPENING_BUDGET = 400
ISSUE_BUDGET = 20
SLICE_BUDGET = 50
COPY_MEMORY = 64
ROOT = Path(__file__).parents[2]
# One more notice and the copy, in a process of its own: seconds of work, and the MB by which the
# most it held grew.
COPYING = """
import sys
from pathlib import Path
from time import process_time
from tests.bench.test_watch_bench import LAST, RESIDENT, _opened, issue_seen
def most():
    said = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in said if line.startswith("VmHWM:"))
desk = _opened(Path(sys.argv[1]))
issue_seen(desk, desk.outcome(RESIDENT, LAST.date()), LAST, "copy " + sys.argv[2])
# Signing in needs more for a moment: 64 MB are to be written over and over.
Path("/proc/self/clear_refs").write_text("5")
before, worked = most(), process_time()
desk._store.auditors.renew()
print(process_time() - worked, most() - before)
desk._store.close(with_backup=False)
"""
ALONE = Path(__file__).parents[1] / "support" / "store" / "auditor_alone.py"
LOOKED_FOR = 20


def _opened(folder: Path) -> Desk:
    return Desk.open(folder, LAST, who=sign_in.sign_in(folder, LI, SECRETS[LI]))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed folder with sign-in and very many notices."""
    folder = tmp_path_factory.mktemp("large") / "data"
    locked_folder(folder)
    # Some are void, which only a supervisor may say.
    desk = Desk.open(folder, AT, who=sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO]))
    fill(desk._store, NOTICES, LAST, [ZHAO])  # noqa: SLF001 - no desk issues so many
    desk._store.close(with_backup=False)  # noqa: SLF001 - it is timed below
    return folder


def test_walking_it_in_slices(large: Path, request: pytest.FixtureRequest) -> None:
    desk = _opened(large)
    steps, taken, fault = desk.health.walk(), Taken.none(), ""
    while fault != "end":
        fault = taken.add(lambda: next(steps, "end"))
        assert fault in {"", "end"}
    desk._store.close(with_backup=False)  # noqa: SLF001 - it is timed below
    tell(
        request,
        f"{NOTICES:,} notices walked in {sum(taken.clock) / 1000:.0f} s, "
        f"{sum(taken.work) / 1000:.0f} s of work; a slice {taken.told}; budget {SLICE_BUDGET} ms",
    )
    assert max(taken.work) <= SLICE_BUDGET


def test_a_backup_that_is_proven(large: Path, request: pytest.FixtureRequest) -> None:
    for known in (False, True):
        if not known:
            (large / "walked.json").unlink(missing_ok=True)
        desk = _opened(large)
        issue_seen(desk, desk.outcome(RESIDENT, LAST.date()), LAST, f"backup {known}")
        taken = Taken.none()
        assert taken.add(desk.backups.back_up) is not None
        desk.close()
        before = "walked before" if known else "never walked"
        clock, work = taken.clock[0] / 1000, taken.work[0] / 1000
        tell(request, f"a backup of {NOTICES:,}, {before}: {clock:.1f} s, {work:.1f} s of work")


def test_opening_and_issuing(large: Path, request: pytest.FixtureRequest) -> None:
    opened = Taken.none()
    for _ in range(OPENINGS):
        desk = opened.add(lambda: _opened(large))
        desk._store.close(with_backup=False)  # noqa: SLF001 - timed above
    desk = _opened(large)
    outcome = desk.outcome(RESIDENT, LAST.date())
    taken = Taken.none()
    for click in range(ISSUED):
        taken.add(lambda: issue_seen(desk, outcome, LAST, f"bench-{click}"))  # noqa: B023 - at once
    desk._store.close(with_backup=False)  # noqa: SLF001 - timed above
    tell(request, f"opening with sign-in: {opened.told}; budget {OPENING_BUDGET} ms")
    tell(request, f"one notice issued: {taken.told}; budget {ISSUE_BUDGET} ms (median)")
    assert median(opened.work) <= OPENING_BUDGET
    assert median(taken.work) <= ISSUE_BUDGET


def test_the_auditors_copy(large: Path, request: pytest.FixtureRequest) -> None:
    (large / "auditor.db").unlink(missing_ok=True)
    for what in ("anew", "after one notice more"):
        words = [sys.executable, "-c", COPYING, str(large), what]
        done = subprocess.run(words, check=True, capture_output=True, cwd=ROOT, text=True)
        work, grown = map(float, done.stdout.split())
        size = (large / "auditor.db").stat().st_size / 1e6
        tell(
            request,
            f"the auditors' copy of {NOTICES:,} {what}: {work:.1f} s of work, {size:.0f} MB, "
            f"{grown:.0f} MB of memory; budget {COPY_MEMORY} MB",
        )
        assert grown <= COPY_MEMORY
    said, told = _read_by_an_auditor(large)
    tell(request, f"read with the auditor's secret alone: {said}")
    assert said["opened"] == ["auditor.db"]
    assert told == []


def _read_by_an_auditor(folder: Path) -> tuple[dict[str, object], list[str]]:
    """Read all that the disk and an auditor's secret give; which people are in it."""
    with TemporaryDirectory() as room:
        destination = Path(room) / "read"
        words = [sys.executable, str(ALONE), str(folder), SECRETS[WANG], str(destination)]
        done = subprocess.run(words, check=True, capture_output=True, cwd=room)
        data = destination.read_bytes()
    # All of them live in one area; a number goes on with the year, and what is shown with stars.
    told = [found.decode() for found in re.findall(rb"360102\d{4}", data)]
    names = (name_of(number) for number in range(1, NOTICES, NOTICES // LOOKED_FOR))
    told += [name for name in names if name.encode() in data]
    return json.loads(done.stdout), told
