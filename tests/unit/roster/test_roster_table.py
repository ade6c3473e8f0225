"""Files that are no lists, or would burst the machine, are refused with a sentence."""

import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from medcounter.roster.roster_errors import (
    ListBrokenError,
    ListError,
    ListKindError,
    ListLockedError,
    ListMissingError,
    ListMixedError,
    ListUnreadableError,
)
from medcounter.roster.tables.table import ListRow, cell_name, open_table
from tests.support.roster.roster_samples import people, write_csv, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(path: Path) -> list[ListRow]:
    return [row for sheet in open_table(path) for row in sheet.rows()]


def test_a_file_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "list.csv", people(1))
    assert rows_of(book)[0].cells[0] == "2026 年度城乡居民医保参保名单"


def test_a_row_keeps_its_number_though_rows_before_it_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "late.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(6, 2, "姓名")
    book.close()
    assert [row for row in rows_of(path) if any(row.cells)] == [ListRow(7, ("", "", "姓名"))]


def test_what_stands_in_a_merged_column_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 2, 0, "东村")
    for row, name in enumerate(("甲", "乙", "丙")):
        sheet.write_string(row, 1, name)
    book.close()
    assert [row.cells for row in rows_of(path)] == [("东村", "甲"), ("东村", "乙"), ("东村", "丙")]


def test_days_come_as_days_and_formulas_as_what_they_came_to(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, datetime(2025, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula(0, 1, '="低"&"保"', None, "低保")
    book.close()
    assert rows_of(path)[0].cells == (date(2025, 9, 1), "低保")


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 0, "A1"), (17, 25, "Z17"), (3, 702, "AAA3")]
)
def test_a_cell_is_named_as_table_programs_do(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_a_packed_file_with_encrypted_parts_is_locked(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", people(1))
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<H", data, place + 8, struct.unpack_from("<H", data, place + 8)[0] | 1)
        place = data.find(b"PK\x01\x02", place + 1)
    path.write_bytes(data)
    with pytest.raises(ListLockedError):
        rows_of(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_broken(tmp_path: Path, share: float) -> None:
    whole = write_xlsx(tmp_path / "list.xlsx", people(40)).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ListBrokenError):
        rows_of(path)


def test_a_packed_file_that_is_no_table_is_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    with pytest.raises(ListKindError):
        open_table(path)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ListBrokenError),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ListKindError),
        ("姓名,证件号码\n".encode() + b"\xff\xff\xff\n", ListKindError),
        ('姓名,证件号码\n"张三,1'.encode(), ListBrokenError),
        ('姓名,证件号码\n"张"三,1\n'.encode(), ListBrokenError),
        ("姓名,证件号码\n".encode() + "张三丰,1\n".encode("gb18030"), ListMixedError),
    ],
    ids=["no office file", "a picture", "no text", "open quote", "stray quote", "two encodings"],
)
def test_bad_bytes_are_refused_by_their_cause(
    tmp_path: Path, data: bytes, error: type[ListError]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        rows_of(path)
    assert "没有导入任何人" in caught.value.text


def test_the_line_in_the_other_encoding_is_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", people(30), "utf-8")
    path.write_bytes(path.read_bytes() + "张三丰,360103199001011234\n".encode("gb18030"))
    with pytest.raises(ListMixedError, match="大部分是 UTF-8 编码，但第 32 行不是"):
        rows_of(path)


def test_names_that_could_be_either_encoding_do_not_make_a_list_a_mixed_one(tmp_path: Path) -> None:
    # In GB18030 the bytes of these names are also Latin and Hebrew letters in UTF-8.
    path = tmp_path / "list.csv"
    lines = ["姓名,证件号码", *(f"钱志远,{number}" for number in range(50)), "王建国,51"]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    assert [row.cells[0] for row in rows_of(path)] == ["姓名", *["钱志远"] * 50, "王建国"]


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ListMissingError, match="没有这样的名单"):
        open_table(tmp_path / "没有这样的名单.xlsx")
    with pytest.raises(ListUnreadableError):
        open_table(tmp_path)
