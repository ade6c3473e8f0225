"""A list with its answers: filtered, added up, written out and handed back."""

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from medcounter.assess import Assessment, Facts, assess
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.answering.results import Filter, Result, Totals, answer_all
from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import CellPlace, Finding, Listed
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.roster_errors import ListError
from medcounter.roster.tables.table import ListRow, ListSheet, open_table
from medcounter.roster.writing.export_rows import headings
from medcounter.roster.writing.list_writer import (
    ListKindUnknownError,
    ListUnwritableError,
    write_template,
    writing_rows,
)
from medcounter.roster.writing.marked_copy import write_marked
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.roster_samples import (
    ID,
    ON,
    PAID,
    UNPAID,
    id_number,
    messy,
    people,
    write_xlsx,
)
from tests.support.system.destination_at import destination_at

BOOK = shipped_book()
WANTED = Wanted(ON, "360000", 2026)
LATE = "2026-03-05"


def answered(path: Path) -> list[Result]:
    doctor = Doctor(open_table(path), WANTED, BOOK)
    return list(answer_all(doctor.examine(), Assessor(BOOK)))


def of(results: list[Result], wanted: Filter) -> list[int]:
    return [one.row for one in results if wanted.holds(one)]


def jiangxi(folder: Path) -> list[Result]:
    """Five people: in time, late, late after lapsing, on a day without rules, in aid."""
    rows = people(5)
    for row in rows:
        row[5] = row[UNPAID] = ""
    rows[1][PAID] = LATE
    # Two lapsed years: only the years from 2025 on count in 2026.
    rows[2][PAID], rows[2][UNPAID] = LATE, "2"
    rows[3][PAID] = "2030-01-01"
    rows[4][5] = "特困"
    return answered(write_xlsx(folder / "list.xlsx", rows))


def test_filters_tell_who_waits_and_who_has_no_answer(tmp_path: Path) -> None:
    results = jiangxi(tmp_path)
    assert of(results, Filter.WAITS) == [5, 6]
    assert of(results, Filter.FAULTY) == [7]
    assert of(results, Filter.ALL) == [4, 5, 6, 7, 8]


def test_everyone_has_the_figures_they_would_have_at_the_counter(tmp_path: Path) -> None:
    for one in jiangxi(tmp_path):
        if one.person is None or one.line is None:
            continue
        alone = assess(one.person.facts, BOOK)
        assert isinstance(alone, Assessment)
        assert (one.line.fee, one.line.wait) == (alone.fee, alone.wait)
        assert one.line.coverage == alone.coverage


def test_totals_add_up_by_village_identity_and_fee(tmp_path: Path) -> None:
    totals = Totals()
    for one in jiangxi(tmp_path):
        totals.add(one)
    # Jiangxi 2026: 400 yuan each, nothing from those in 特困. Source: jiangxi-2026.
    assert totals.whole.people == 4
    assert totals.whole.known == 3 * 40_000
    assert totals.by_fee == {40_000: 3, 0: 1}
    assert {name: one.people for name, one in totals.by_identity.items()} == {
        "ordinary": 3,
        "destitute": 1,
    }
    assert sum(one.people for one in totals.by_village.values()) == 4
    assert totals.by_filter[Filter.FAULTY] == 1


def test_days_left_are_counted_to_the_last_day_of_the_window(tmp_path: Path) -> None:
    totals = Totals()
    for one in jiangxi(tmp_path):
        totals.add(one)
        if one.line and one.line.payable and one.person:
            assert one.line.window.end is not None
            left = (one.line.window.end - one.person.facts.payment_date).days
            assert totals.by_days_left[left] >= 1
    assert sum(totals.by_days_left.values()) == 4


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_answers_are_written_as_text_that_no_table_program_turns(tmp_path: Path, kind: str) -> None:
    results = jiangxi(tmp_path)
    columns = headings(BOOK, whole_id=True)
    path = tmp_path / f"out.{kind}"
    with writing_rows(destination_at(path), [(one.text, one.width) for one in columns]) as put:
        for result in results:
            put([one.value(result) for one in columns])
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
    else:
        read = [
            [str(cell) for cell in row]
            for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        ]
    first = dict(zip(read[0], read[1], strict=True))
    person = results[0].person
    assert person is not None
    assert first["证件号码"] == person.id_number
    assert first["应缴（元）"] == "400.00"
    assert first["待遇起"] == "2026-01-01"
    late = dict(zip(read[0], read[2], strict=True))
    assert late["等待期起"] == LATE
    assert "不在规则说明的日子里" in dict(zip(read[0], read[4], strict=True))["说明"]


def test_numbers_of_documents_are_starred_unless_asked_for(tmp_path: Path) -> None:
    result = jiangxi(tmp_path)[0]
    assert result.person is not None
    shown = {one.text: one.value(result) for one in headings(BOOK, whole_id=False)}
    number = result.person.id_number
    assert shown["证件号码"] == f"{number[:4]}**********{number[-4:]}"


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with writing_rows(destination_at(path), [("村", 9)]) as put:
        put(['=HYPERLINK("x")'])
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("\"'=HYPERLINK")


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old one")

    def write_and_fail() -> None:
        with writing_rows(destination_at(path), [("村", 9)]) as put:
            put(["东村"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(ListUnwritableError, match=r"out\.csv"),
        writing_rows(destination_at(tmp_path / "no" / "out.csv"), [("村", 9)]),
    ):
        pass
    with (
        pytest.raises(ListKindUnknownError),
        writing_rows(destination_at(tmp_path / "out.doc"), [("村", 9)]),
    ):
        pass
    with pytest.raises(ListError):
        write_template(destination_at(tmp_path / "no" / "out.xlsx"), [])


def test_the_list_is_handed_back_with_its_faults_beside_it(tmp_path: Path) -> None:
    brought = messy(200)
    path = write_xlsx(tmp_path / "list.xlsx", brought.rows)
    sheets = open_table(path)
    doctor = Doctor(sheets, WANTED, BOOK)
    marks = {
        (one.findings[0].place.sheet, one.row): one.findings
        for one in doctor.examine()
        if one.findings
    }
    back = tmp_path / "back.xlsx"
    write_marked(destination_at(back), sheets, doctor.layouts, marks)
    rows = {row.number: row.cells for sheet in open_table(back) for row in sheet.rows()}
    assert rows[3][-1] == "须改正之处"
    marked = {number for number, cells in rows.items() if number > 3 and cells[-1]}
    expected = {row for row, word in brought.faults.items() if word != "rules-not-covered"}
    assert marked == expected
    assert rows[30][ID] == brought.rows[26][ID]


def test_a_marked_list_has_every_sheet_and_every_row_that_came(tmp_path: Path) -> None:
    path = tmp_path / "came.xlsx"
    person = ("张三", id_number(date(1988, 7, 12), 1))
    brought: dict[str, list[tuple[str, ...]]] = {
        "东村第一、第二、第三村民小组的名单": [
            ("填报单位：东村",),
            (),
            ("姓名", "身份证号码"),
            person,
        ],
        "说明": [("请于月底前交回",)],
        "选项": [("低保",)],
    }
    book = xlsxwriter.Workbook(path)
    for name, rows in brought.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        if name == "选项":
            sheet.hide()
    book.close()
    sheets = open_table(path)
    doctor = Doctor(sheets, WANTED, BOOK)
    assert list(doctor.examine())
    back = tmp_path / "back.xlsx"
    write_marked(destination_at(back), sheets, doctor.layouts, {})
    came = [(one.name, one.hidden, list(one.rows())) for one in sheets]
    gone = [(one.name, one.hidden, list(one.rows())) for one in open_table(back)]
    assert [one[:2] for one in gone] == [one[:2] for one in came]
    assert gone[0][2][0].cells[0] == "填报单位：东村"
    assert [row.number for row in gone[0][2]] == [row.number for row in came[0][2]]
    assert gone[1:] == came[1:]


@pytest.mark.parametrize(
    "names", [("东[一]村/组", "东_一_村_组"), ("村" * 40, "村" * 41), ("A" * 31, "a" * 40)]
)
def test_a_sheet_whose_name_no_xlsx_may_have_is_handed_back_under_one_like_it(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    sheets = [ListSheet(name, lambda: iter([ListRow(1, ("说明",))])) for name in names]
    back = tmp_path / "back.xlsx"
    write_marked(destination_at(back), sheets, {}, {})
    written = [one.name for one in open_table(back)]
    assert len(set(written)) == 2
    assert all(name and len(name) <= 31 for name in written)


def test_a_template_filled_in_is_read_without_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(
        destination_at(path),
        [("姓名", "", ()), ("证件号码", "文本", ()), ("人员类别", "", ("低保",))],
    )
    (sheet,) = [one for one in open_table(path) if one.name == "名单"]
    assert next(sheet.rows()).cells == ("姓名", "证件号码", "人员类别")


def test_a_year_lost_to_the_wait_is_told_apart_from_a_day_without_payment() -> None:
    facts = Facts("360000", 2026, date(2026, 11, 15), birth_date=date(1980, 1, 1), insured_years=())
    line = Assessor(BOOK).line(facts)
    assert not isinstance(line, tuple)
    assert line.coverage is None
    assert line.loses_year
    person = Listed("", 2, "东村", "王安", "", facts)
    result = Result(2, person, line, (Finding(CellPlace("", 2), "note", "note", "请核对。"),))
    shown = {one.text: one.value(result) for one in headings(BOOK, whole_id=False)}
    assert shown["说明"].startswith("等待期到年底仍未结束，本年度没有待遇。")
    assert shown["说明"].endswith("请核对。")
