"""A packed table is read by a process of its own: what it does there ends nothing else."""

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from medcounter.roster import READER_WORD
from medcounter.roster.roster_errors import (
    ListBrokenError,
    ListError,
    ListReaderEndedError,
    ListTooLargeError,
    ListTooSlowError,
)
from medcounter.roster.tables.book_process import BookProcess
from medcounter.roster.tables.table import ListRow, open_table
from tests.support.roster.roster_samples import people, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"
ROOT = Path(__file__).resolve().parents[3]
ON_LINUX = sys.platform == "linux"


def test_cells_come_over_as_they_stood(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(path, {"remove_timezone": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_string(0, 0, '张"三\n𠮷')
    sheet.write_number(0, 1, 400.5)
    sheet.write(0, 2, True)  # noqa: FBT003 - a cell
    sheet.write_datetime(0, 3, datetime(2025, 9, 1, tzinfo=UTC), day)
    sheet.write_datetime(0, 4, datetime(2025, 9, 1, 8, 30, tzinfo=UTC), moment)
    book.close()
    assert list(BookProcess(path).rows(0)) == [
        (1, ('张"三\n𠮷', 400.5, True, date(2025, 9, 1), datetime(2025, 9, 1, 8, 30)), (), ())
    ]


def far_cell(path: Path, reference: str) -> Path:
    """Write a list whose one more cell stands in the last corner, its place written in that way."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "姓名")
    sheet.write_number(1_048_575, 16_383, 1)
    book.close()
    return rewritten(path, b' r="XFD1048576"', reference.encode())


def rewritten(path: Path, before: bytes, after: bytes) -> Path:
    with zipfile.ZipFile(path) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    assert before in parts[SHEET]
    parts[SHEET] = parts[SHEET].replace(before, after)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


@pytest.mark.skipif(not ON_LINUX, reason="the limit of memory is that of Linux")
@pytest.mark.parametrize(
    "reference", [' r="XFD1048576"', ' r = "XFD1048576"', " r='XFD1048576'", '\n r="XFD1048576"']
)
def test_a_cell_far_away_ends_the_reader_and_not_the_program(
    tmp_path: Path, reference: str
) -> None:
    path = far_cell(tmp_path / "far.xlsx", reference)
    assert path.stat().st_size < 10_000
    with pytest.raises(ListReaderEndedError, match=r"far\.xlsx"):
        list(open_table(path)[0].rows())


def test_an_empty_cell_with_a_border_far_below_the_list_does_not_stand_in_its_way(
    tmp_path: Path,
) -> None:
    path = tmp_path / "border.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "姓名")
    sheet.write_blank(1_048_575, 25, None, book.add_format({"border": 1}))
    book.close()
    assert [row.number for row in open_table(path)[0].rows()] == [1]


@pytest.mark.skipif(not ON_LINUX, reason="the limit of memory is that of Linux")
def test_a_list_that_needs_more_memory_than_it_may_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet()
    book.close()
    # Written cell by cell such a list takes as long as fifty other tests.
    rows = (b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>") * 60_000
    rewritten(path, b"<sheetData/>", b"<sheetData>" + rows + b"</sheetData>")
    with pytest.raises((ListReaderEndedError, ListTooLargeError)):
        list(BookProcess(path, memory=150 << 20).rows(0))
    assert next(BookProcess(path).rows(0))[1] == (1,) * 40


def test_a_list_that_is_never_read_to_its_end_is_given_up(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "slow.xlsx", people(1))
    with pytest.raises(ListTooSlowError, match=r"“slow\.xlsx”读了 0 秒"):
        BookProcess(path, seconds=0.001)


@pytest.mark.skipif(not ON_LINUX, reason="the reader is found by /proc")
def test_a_reader_that_is_killed_is_told_and_begins_anew_when_asked_again(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(1_200))
    before = readers()
    book = BookProcess(path)
    [reader] = readers() - before
    rows = book.rows(0)
    next(rows)
    os.kill(reader, signal.SIGKILL)
    with pytest.raises(ListReaderEndedError, match=r"list\.xlsx"):
        list(rows)
    assert len(list(book.rows(0))) > 1_200


@pytest.mark.skipif(not ON_LINUX, reason="the reader is found by /proc")
def test_the_reader_ends_with_the_list(tmp_path: Path) -> None:
    before = readers()
    book = BookProcess(write_xlsx(tmp_path / "list.xlsx", people(1)))
    [reader] = readers() - before
    del book
    assert reader not in readers()


@pytest.mark.skipif(not ON_LINUX, reason="the reader is found by /proc")
def test_the_reader_knows_nothing_of_the_user_and_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_THE_USER", "1")
    before = readers()
    book = BookProcess(write_xlsx(tmp_path / "list.xlsx", people(1)))
    [reader] = readers() - before
    told = Path(f"/proc/{reader}/environ").read_text(encoding="utf-8")
    limits = Path(f"/proc/{reader}/limits").read_text(encoding="utf-8")
    assert book.sheets
    assert "OF_THE_USER" not in told
    assert re.search(r"Max file size +0 +0", limits)
    assert re.search(r"Max core file size +0 +0", limits)
    assert re.search(r"Max address space +\d+ +\d+ +bytes", limits)


def readers() -> set[int]:
    """List the processes that this one started and that were not yet waited for."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        # A process may end between the two lines.
        with contextlib.suppress(OSError):
            parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            found |= {int(stat.parent.name)} if int(parent) == os.getpid() else set()
    return found


def test_the_built_program_starts_itself_as_the_reader_by_one_word(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(1))
    done = subprocess.run(
        [sys.executable, "-m", "ui", READER_WORD, str(path), str(1 << 30)],
        cwd=ROOT,
        input=b"[0, true]\n",
        capture_output=True,
        check=False,
    )
    sheets, rows = map(json.loads, done.stdout.splitlines())
    assert sheets["sheets"]
    assert rows["rows"][0] == [1, ["2026 年度城乡居民医保参保名单", *[""] * 8], [], []]


@pytest.mark.parametrize("seed", range(24))
def test_a_list_whose_bytes_were_changed_is_read_or_refused_with_a_sentence(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same bytes each time
    path = write_xlsx(tmp_path / "list.xlsx", people(30))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    path.write_bytes(data)
    assert told_or_read(path)


def told_or_read(path: Path) -> bool:
    try:
        return all(isinstance(row, ListRow) for sheet in open_table(path) for row in sheet.rows())
    except ListError as err:
        return "没有导入任何人" in err.text


def test_a_cell_that_points_to_no_text_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(3))
    with zipfile.ZipFile(path) as packed:
        cell = re.search(rb'r="C4"[^>]*t="s"><v>\d+<', packed.read(SHEET))
    assert cell is not None
    rewritten(path, cell.group(), b'r="C4" t="s"><v>999999999<')
    with pytest.raises(ListBrokenError):
        list(open_table(path)[0].rows())


def test_two_sheets_may_be_read_in_turns_and_one_of_them_left(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("甲", "乙"):
        sheet = book.add_worksheet(name)
        for row in range(1_300):
            sheet.write_string(row, 0, f"{name}{row}")
    book.close()
    opened = BookProcess(path)
    both = list(zip(opened.rows(0), opened.rows(1), strict=True))
    assert [(one[1], other[1]) for one, other in both] == [
        ((f"甲{row}",), (f"乙{row}",)) for row in range(1_300)
    ]
    left, other = opened.rows(0), opened.rows(1)
    assert (next(left)[0], next(other)[0]) == (1, 1)
    assert [row[0] for row in opened.rows(0)] == list(range(1, 1_301))
    assert [row[0] for row in other] == list(range(2, 1_301))
