"""What a table says of its cells beside their values is not lost: errors, merges, locks."""

import struct
import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from medcounter.roster.roster_errors import ListLockedError
from medcounter.roster.tables.book_process import LostValue
from medcounter.roster.tables.table import ListRow, open_table
from medcounter.roster.tables.unsaid_xls import is_locked
from tests.support.roster.list_samples import HEADS, examine, number

LISTS = Path(__file__).parents[2] / "data/lists"
TEXT_CELL, ERROR_CELL, FILE_PASS, CODE_PAGE = 0xFD, 0x205, 0x2F, 0x42
NOT_THERE = 0x2A


def rows_of(path: Path) -> list[ListRow]:
    return [row for sheet in open_table(path) for row in sheet.rows()]


def with_record(path: Path, kind: int, body: bytes, becomes: int, new: bytes) -> Path:
    """Write one record of an xls file as one of another kind and the same length."""
    data = (LISTS / "d06_biff8.xls").read_bytes()
    old = struct.pack("<HH", kind, len(body)) + body
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, struct.pack("<HH", becomes, len(new)) + new))
    return path


def test_an_error_in_an_xls_file_is_no_empty_cell(tmp_path: Path) -> None:
    data = (LISTS / "d06_biff8.xls").read_bytes()
    # Row and column of the record's cell, from 0; its look and its text are as they may be.
    start = data.index(struct.pack("<HHHH", TEXT_CELL, 10, 4, 1)) + 4
    body = data[start : start + 10]
    error = body[:6] + bytes([NOT_THERE, 1, 0, 0])
    path = with_record(tmp_path / "error.xls", TEXT_CELL, body, ERROR_CELL, error)
    before = {row.number: row.cells for row in rows_of(LISTS / "d06_biff8.xls")}
    after = {row.number: row.cells for row in rows_of(path)}
    assert after[5][1] == LostValue("#N/A")
    assert {**after, 5: None} == {**before, 5: None}


def test_an_xls_file_with_a_password_is_told_from_a_broken_one(tmp_path: Path) -> None:
    data = (LISTS / "d06_biff8.xls").read_bytes()
    start = data.index(struct.pack("<HH", CODE_PAGE, 2)) + 4
    body = data[start : start + 2]
    path = with_record(tmp_path / "locked.xls", CODE_PAGE, body, FILE_PASS, b"\0\0")
    cut = tmp_path / "cut.xls"
    cut.write_bytes(data[:700])
    assert is_locked(path)
    assert not is_locked(LISTS / "d06_biff8.xls")
    assert not is_locked(cut)
    with pytest.raises(ListLockedError):
        open_table(path)


SPREADSHEET = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="名单">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def write_ods(path: Path, rows: list[list[str]]) -> Path:
    """Write cells, each as its element."""
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", SPREADSHEET.format(body))
        namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{namespace}"/>')
    return path


def cell(text: str, more: str = 'office:value-type="string"') -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {more}>{shown}</table:table-cell>"


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        # As LibreOffice writes an error, and as others do.
        (
            'table:formula="of:=NA()" office:string-value="" calcext:value-type="error"',
            "#N/A",
        ),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!"),
        ('table:formula="of:=VLOOKUP(1)" office:value-type="string"', "Err:504"),
        ('table:formula="of:=A1"', ""),
    ],
)
def test_an_error_in_an_ods_file_is_a_fault_of_its_cell(
    tmp_path: Path, more: str, shown: str
) -> None:
    rows = [
        [cell(one) for one in HEADS[:4]],
        [cell("张三"), cell(number(1)), cell(""), cell(shown, more)],
        [cell("李四"), cell(number(2)), cell(""), cell("低保")],
    ]
    first, second = examine(write_ods(tmp_path / "errors.ods", rows))
    [fault] = first.findings
    assert (fault.place.shown.split()[0], fault.code) == ("名单!D2", "formula-error")
    assert shown in fault.text
    assert second.person is not None
    assert second.person.facts.categories == ("low-income",)


def test_a_merged_village_of_an_ods_file_stands_beside_each_of_its_people(tmp_path: Path) -> None:
    down = (
        'office:value-type="string" table:number-rows-spanned="2" table:number-columns-spanned="1"'
    )
    rows = [
        [cell("村"), cell("姓名"), cell("身份证号")],
        [cell("东村", down), cell("张三"), cell(number(1))],
        ["<table:covered-table-cell/>", cell("李四"), cell(number(2))],
        [cell("西村"), cell("王五"), cell(number(3))],
    ]
    found = examine(write_ods(tmp_path / "merged.ods", rows))
    assert [one.person.village for one in found if one.person] == ["东村", "东村", "西村"]


def test_the_cells_of_an_xlsx_file_that_hold_a_formula_are_named(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet("名单")
        page.write_string(0, 0, "=1+1 是文字")
        page.write_formula(1, 1, "=2000+27", None, 2027)
        page.write_formula(1, 3, '=IF(1,"√","")', None, "√")
        page.write_number(2, 1, 2027)
    rows = {row.number: row for row in rows_of(path)}
    assert rows[2].cells[1] == 2027
    assert {number: row.formulas for number, row in rows.items()} == {1: (), 2: (1, 3), 3: ()}
