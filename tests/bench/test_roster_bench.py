"""How long a list takes, engine alone and file to file, and how much memory.

The peers' task is the one of ``make bench-peers``; file to file is an invented
county, read from csv, every number checked, and written to csv.
"""

from __future__ import annotations

import csv
import gc
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.roster.answering.assessor import Assessor, Remembered
from tests.bench.report import tell
from tests.peer_task import Resident, every_resident, facts_of, oracle, peer_book
from tests.roster_samples import id_number

SIZES = (1_000, 100_000, 1_000_000)
MOST_MEMORY = 300
VILLAGES = 240
# What a list may cost beside a plain function that knows this one task and is asked for everyone;
# measured in one run, so that a slow or busy machine makes both dear. Asking the rules costs some
# thirteen times the function, and every different resident is asked for once.
MOST_TIMES = {1_000: 20.0, 100_000: 2.0, 1_000_000: 0.5}
# Prints the most memory the process itself ever held, in MB. Its ru_maxrss would be no less than
# that of the process it was started from, because Linux keeps that over exec.
MEASURED = """
import sys
from pathlib import Path
from medcounter.cli.program import main
code = main(sys.argv[1:])
(peak,) = (line for line in Path("/proc/self/status").open() if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024)
sys.exit(code)
"""


@pytest.mark.parametrize("size", SIZES)
def test_the_peers_task_as_a_list(size: int, request: pytest.FixtureRequest) -> None:
    chance = random.Random(20250101)  # noqa: S311 -- the same residents each time
    everyone = list(every_resident())
    residents = [chance.choice(everyone) for _ in range(size)]
    book = peer_book()
    spent = min(_list_once(residents, Assessor(book)) for _ in range(3))
    plain = min(_plain_once(residents) for _ in range(3))
    tell(
        request,
        f"{size:,} residents as a list: {spent / size * 1e6:.2f} us each, "
        f"{spent / plain:.2f} times a plain function of this task (budget {MOST_TIMES[size]:.1f})",
    )
    assert spent <= MOST_TIMES[size] * plain


def _list_once(residents: list[Resident], assessor: Assessor) -> float:
    # What the other tests left behind is no part of a list's cost.
    gc.collect()
    gc.freeze()
    begin = time.process_time()
    decide = Remembered[Resident, object](lambda one: assessor.decision(facts_of(one)))
    for decision in map(decide.__getitem__, residents):
        assert not isinstance(decision, tuple)
    return time.process_time() - begin


def _plain_once(residents: list[Resident]) -> float:
    begin = time.process_time()
    for one in residents:
        oracle(one)
    return time.process_time() - begin


@pytest.mark.parametrize("size", SIZES)
def test_a_list_file_to_file(size: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    source, out = tmp_path / "list.csv", tmp_path / "out.csv"
    _write_county(source, size)
    words = ["roster", str(source), str(out), "--region", "360000", "--year", "2026"]
    words += ["--on", "2025-11-20", "--data-dir", str(tmp_path / "data")]
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words], check=True, capture_output=True, text=True
    )
    spent = time.perf_counter() - begin
    memory = int(done.stdout.split()[-1])
    tell(request, f"{size:,} residents csv to csv: {spent:.1f} s, {memory} MB at most")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in file) == size + 1
    assert memory <= MOST_MEMORY


def _write_county(path: Path, size: int) -> None:
    """An invented county: nobody twice, births over 90 years, payments over half a year."""
    chance = random.Random(9)  # noqa: S311 -- the same residents each time
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["村", "姓名", "身份证号", "人员类别", "断保年数", "缴费日期"])
        for number in range(size):
            birth = date(1934, 1, 1) + timedelta(days=number % 31_000)
            order, area = number // 31_000 * 20 + chance.randrange(20), f"3601{number % 30 + 1:02d}"
            paid = date(2025, 9, 1) + timedelta(days=chance.randrange(180))
            writer.writerow([
                f"第{number % VILLAGES + 1}村",
                "王" + chance.choice("安邦宁静志远慧敏") + chance.choice("建国秀英海燕文博"),
                id_number(birth, order, area),
                chance.choice(("", "", "", "低保", "特困")),
                chance.choice(("", "0", "1")),
                paid.isoformat(),
            ])  # fmt: skip
