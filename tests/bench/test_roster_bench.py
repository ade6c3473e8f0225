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

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from medcounter.assess.facts import Facts
from medcounter.roster.answering.assessor import Assessor, Remembered
from medcounter.roster.arrow import FACTS, facts_row
from tests.bench.report import tell
from tests.support.roster.roster_samples import id_number
from tests.support.rules.peer_task import Resident, every_resident, facts_of, oracle, peer_book

SIZES = (1_000, 100_000, 1_000_000)
MOST_MEMORY = 300
VILLAGES = 240
WORKBOOK, COLUMNS = 50_000, 1_000_000
# Of a list of 100,000 and more, beside a copy of it by the csv module alone, which reads and
# writes six columns and looks at none; some 23 are written.
MOST_COPIES = 12.0
# Beside the writing of the list itself by the library, which knows no short way.
MOST_WORKBOOKS = 2.0
# What a list may cost beside a plain function that knows this one task and is asked for everyone;
# measured in one run, so that a slow or busy machine makes both dear. Asking the rules costs some
# thirteen times the function, and every different resident is asked for once.
MOST_TIMES = {1_000: 20.0, 100_000: 2.0, 1_000_000: 0.5}
# Prints the processor time of the process, and the most memory it ever held, in MB. Its
# ru_maxrss would be no less than that of the process it was started from, because Linux keeps
# that over exec.
MEASURED = """
import sys
import time
from pathlib import Path
from medcounter.cli.program import main
code = main(sys.argv[1:])
print(time.process_time())
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
    taken, memory = _measured(source, out, tmp_path)
    empty, _ = _measured(_one_person(tmp_path), tmp_path / "one.csv", tmp_path)
    plain = _copied(source, tmp_path / "copy.csv")
    times = (taken - empty) / plain
    tell(
        request,
        f"{size:,} residents csv to csv: {taken:.1f} s of processor time, {empty:.1f} s of them "
        f"to start, {times:.1f} times a plain copy ({plain:.2f} s); {memory} MB at most",
    )
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in file) == size + 1
    assert memory <= MOST_MEMORY
    # Of a short list each kind of row and each answer is new.
    assert size < SIZES[1] or times <= MOST_COPIES


def test_a_workbook_file_to_file(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    county, source, out = (tmp_path / name for name in ("list.csv", "list.xlsx", "out.xlsx"))
    _write_county(county, WORKBOOK)
    plain = _as_workbook(county, source)
    taken, memory = _measured(source, out, tmp_path)
    tell(
        request,
        f"{WORKBOOK:,} residents xlsx to xlsx: {taken:.1f} s of processor time without the "
        f"reader's, {taken / plain:.2f} times what writing the list takes; {memory} MB at most",
    )
    assert memory <= MOST_MEMORY
    assert taken <= MOST_WORKBOOKS * plain


def test_columns_file_to_file(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    source, out = tmp_path / "facts.parquet", tmp_path / "answers.parquet"
    _write_facts(source)
    begin = time.process_time()
    with pq.ParquetWriter(tmp_path / "copy.parquet", FACTS) as writer:
        for batch in pq.ParquetFile(source).iter_batches():
            writer.write_batch(batch)
    plain = time.process_time() - begin
    taken, memory = _measured(source, out, tmp_path)
    tell(
        request,
        f"{COLUMNS:,} residents Parquet to Parquet: {taken:.1f} s of processor time, "
        f"{taken / plain:.1f} times a plain copy ({plain:.2f} s); {memory} MB at most",
    )
    assert memory <= MOST_MEMORY


def _measured(source: Path, out: Path, folder: Path) -> tuple[float, int]:
    """Run the command; seconds of processor time and MB, both of the process itself."""
    words = ["roster", str(source), str(out), "--data-dir", str(folder / "data")]
    if source.suffix != ".parquet":
        words += ["--region", "360000", "--year", "2026", "--on", "2025-11-20"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words], check=True, capture_output=True, text=True
    )
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), int(memory)


def _one_person(folder: Path) -> Path:
    path = folder / "one-person.csv"
    _write_county(path, 1)
    return path


def _copied(source: Path, destination: Path) -> float:
    """Copy a list with the csv module alone; seconds of processor time."""
    begin = time.process_time()
    with (
        source.open(encoding="utf-8-sig", newline="") as read,
        destination.open("w", encoding="utf-8-sig", newline="") as written,
    ):
        csv.writer(written).writerows(csv.reader(read))
    return time.process_time() - begin


def _as_workbook(source: Path, destination: Path) -> float:
    """Write a list as a workbook, cell by cell; seconds of processor time."""
    begin = time.process_time()
    book = xlsxwriter.Workbook(destination, {"constant_memory": True})
    sheet = book.add_worksheet()
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row, cells in enumerate(csv.reader(file)):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    book.close()
    return time.process_time() - begin


def _write_facts(path: Path) -> None:
    """Facts of an invented county: births over 90 years, payments over half a year."""
    chance = random.Random(9)  # noqa: S311 -- the same residents each time
    with pq.ParquetWriter(path, FACTS) as writer:
        for start in range(0, COLUMNS, 50_000):
            rows = [
                facts_row(
                    f"{number:08d}",
                    Facts(
                        "360000",
                        2026,
                        date(2025, 9, 1) + timedelta(days=chance.randrange(180)),
                        birth_date=date(1930, 1, 1) + timedelta(days=number % 31_000),
                        categories=chance.choice(((), (), ("low-income",), ("destitute",))),
                        insured_years=tuple(range(2016, 2026 - chance.randrange(2))),
                    ),
                )
                for number in range(start, start + 50_000)
            ]
            writer.write_table(pa.Table.from_pylist(rows, schema=FACTS))


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
