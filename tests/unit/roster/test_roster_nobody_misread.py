"""Nobody of a list is passed over or read by another's cells without a word."""

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import STOPS
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import BORN, HEADS, WANTED, Rows, examine, number, written


def stops(path: Path) -> dict[int, list[tuple[str, str]]]:
    """Give what stops each row: the cell and the word."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in examine(path):
        for finding in one.findings:
            if finding.level == STOPS:
                shown = (finding.place.shown.partition("!")[2].split()[0], finding.code)
                found.setdefault(one.row, []).append(shown)
    return found


def test_people_beside_the_columns_that_are_read_are_named(tmp_path: Path) -> None:
    rows = [HEADS[:2], ("张三", number(1)), ("", "", "", "李四", number(2))]
    assert stops(written(tmp_path / "beside.xlsx", {"名单": rows})) == {
        3: [("第", "outside-columns")]
    }


def test_sheets_without_people_do_not_stand_in_the_way(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "名单": [HEADS[:2], ("张三", number(1))],
        "填表说明": [("请于 20261231 前交回，联系电话 079188881234",)],
        "选项": [("低保",), ("特困",)],
    }
    path = written(tmp_path / "notes.xlsx", sheets, hidden=["选项"])
    assert [one.row for one in examine(path)] == [2]


@pytest.mark.parametrize("kind", ["#N/A", "#DIV/0!", "#REF!"])
def test_a_formula_error_is_a_fault_of_its_cell_and_never_an_empty_one(
    tmp_path: Path, kind: str
) -> None:
    rows = [
        HEADS,
        ("张三", number(1), "", ("=1/0", kind)),
        ("李四", number(2), "", "", "", ("=1/0", kind)),
        ("王五", ("=1/0", kind)),
        (("=1/0", kind), ("=1/0", kind), "", "低保"),
    ]
    path = written(tmp_path / "errors.xlsx", {"名单": rows})
    assert stops(path) == {
        2: [("D2", "formula-error")],
        3: [("F3", "formula-error")],
        4: [("B4", "formula-error")],
        5: [("A5", "formula-error"), ("B5", "formula-error")],
    }
    assert kind in examine(path)[0].findings[0].text


def test_a_class_that_is_a_formula_error_is_a_fault_like_a_school_that_is(tmp_path: Path) -> None:
    rows = [
        (*HEADS[:2], "学校", "班级"),
        ("张三", number(1), ("=1/0", "#N/A"), "三班"),
        ("李四", number(2), "一中", ("=1/0", "#N/A")),
    ]
    assert stops(written(tmp_path / "class.xlsx", {"名单": rows})) == {
        2: [("C2", "formula-error")],
        3: [("D3", "formula-error")],
    }


def test_a_row_without_number_and_birth_is_told_so_whatever_else_stops_it(tmp_path: Path) -> None:
    rows = [HEADS, ("张三", "", "", ("=1/0", "#N/A")), ("李四", "", "不详")]
    assert stops(written(tmp_path / "who.xlsx", {"名单": rows})) == {
        2: [("D2", "formula-error"), ("B2", "missing")],
        3: [("C3", "not-a-date")],
    }


def test_an_event_that_cannot_be_is_told_at_its_own_cell(tmp_path: Path) -> None:
    heads = (*HEADS[:2], "退出现役日期", "户口迁入日期")
    rows = [
        heads,
        ("张三", number(1), "2025-09-01", "2025-11-21"),
        ("李四", number(2), "", "2025-11-21"),
        ("王五", number(3), "2025-11-21", "2025-09-01"),
    ]
    assert stops(written(tmp_path / "events.xlsx", {"名单": rows})) == {
        2: [("D2", "contradiction")],
        3: [("D3", "contradiction")],
        4: [("C4", "contradiction")],
    }


def test_a_formula_that_was_never_worked_out_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    rows = [HEADS, ("张三", number(1), "", ('="低"&"保"', None))]
    path = written(tmp_path / "formula.xlsx", {"名单": rows})
    # The writer puts an empty value in; a program that never worked it out has none.
    assert examine(without_values(path))[0].findings[0].code == "formula-error"


def without_values(path: Path) -> Path:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"(</f>)<v>[^<]*</v>|(</f>)<v ?/>", rb"</f>", sheet)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def test_the_other_people_is_no_identity(tmp_path: Path) -> None:
    rows = [HEADS, *(("张三", number(i), "", word) for i, word in enumerate(("其他", "其它"), 1))]
    assert stops(written(tmp_path / "other.xlsx", {"名单": rows})) == {
        2: [("D2", "unknown-code")],
        3: [("D3", "unknown-code")],
    }


def test_an_identity_with_brackets_within_is_known_when_written_whole(tmp_path: Path) -> None:
    rows = [HEADS, ("张三", number(1), "", "其他（稳定）脱贫人口")]
    [person] = examine(written(tmp_path / "whole.xlsx", {"名单": rows}))
    assert person.person is not None
    assert person.person.facts.categories == ("out-of-poverty",)


@pytest.mark.parametrize(
    "text", ["0712", "7.12", "7月12日", "880712", "88-7-12", "198807", "1988.07", "1988年7月"]
)
def test_a_birth_date_that_is_not_whole_is_never_completed(tmp_path: Path, text: str) -> None:
    rows = [HEADS, ("张三", "", text)]
    assert stops(written(tmp_path / "birth.xlsx", {"名单": rows}))[2] == [("C2", "not-a-date")]


@pytest.mark.parametrize("text", ["198807", "1988.07", "1988年7月", "1988-7", 198807])
def test_a_month_of_birth_is_taken_where_the_number_agrees(tmp_path: Path, text: str | int) -> None:
    rows = [HEADS, ("张三", number(1), text)]
    [person] = examine(written(tmp_path / "month.xlsx", {"名单": rows}))
    assert person.person is not None
    assert person.person.facts.birth_date == BORN


@pytest.mark.parametrize("text", ["1988-07-12 00:00:00", "1988/07/12 0:00", "1988-07-12T00:00:00"])
def test_a_birth_date_with_a_time_of_day_is_a_date(tmp_path: Path, text: str) -> None:
    rows = [HEADS, ("张三", number(1), text)]
    assert stops(written(tmp_path / "time.xlsx", {"名单": rows})) == {}


@pytest.mark.parametrize("cell", ["10年", 10, "5年", "19-25", "23", "2019-24、10"])
def test_a_number_of_years_is_not_taken_for_a_year(tmp_path: Path, cell: str | int) -> None:
    rows = [HEADS, ("张三", number(1), "", "", cell)]
    assert stops(written(tmp_path / "years.xlsx", {"名单": rows})) == {2: [("E2", "unreadable")]}


@pytest.mark.parametrize("cell", ["2019-2024", "2019-24", "2023、2024年", 2024, "2015、2019-24"])
def test_years_that_are_written_whole_are_taken(tmp_path: Path, cell: str | int) -> None:
    rows = [HEADS, ("张三", number(1), "", "", cell)]
    assert stops(written(tmp_path / "years.xlsx", {"名单": rows})) == {}


def test_a_year_is_not_taken_for_a_number_of_years(tmp_path: Path) -> None:
    rows = [HEADS, ("张三", number(1), "", "", "", 2023)]
    assert stops(written(tmp_path / "gap.xlsx", {"名单": rows})) == {2: [("F2", "unreadable")]}


def test_a_lone_quote_does_not_make_three_people_one(tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    lines = ["姓名,身份证号码", f'"张三,{number(1)}', f"李四,{number(2)}", f'王五",{number(3)}']
    path.write_text("\n".join(lines), encoding="utf-8")
    [one] = examine(path)
    assert one.person is None
    assert one.findings[0].code == "not-a-name"


@pytest.mark.parametrize(
    "pair",
    [
        ("姓名（必填）", "身份证号码(18位)"),
        ("*姓名", "*证件编号"),
        ("姓　　名", "身　份　证　号　码"),
        ("姓名\n(与身份证一致)", "公民身份证号码"),
        ("姓名", "社会保障号（身份证号）"),
        ("学生姓名", "学生身份证号"),
    ],
)
def test_headings_of_the_wild_are_understood(tmp_path: Path, pair: tuple[str, str]) -> None:
    path = written(tmp_path / "wild.xlsx", {"名单": [pair, ("张三", number(1))]})
    [one] = examine(path)
    assert one.person is not None
    assert (one.person.name, one.person.id_number) == ("张三", number(1))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("低保户", "low-income"),
        ("五保户", "destitute"),
        ("重残", "severely-disabled"),
        ("特困供养人员（分散）", "destitute"),
        ("重度残疾人（一级）", "severely-disabled"),
        ("稳定脱贫人口", "out-of-poverty"),
    ],
)
def test_an_identity_is_known_by_its_other_names(tmp_path: Path, word: str, code: str) -> None:
    path = written(tmp_path / "word.xlsx", {"名单": [HEADS, ("张三", number(1), "", word)]})
    [one] = examine(path)
    assert one.person is not None
    assert one.person.facts.categories == (code,)


@pytest.mark.parametrize("word", ["残疾人", "学生", "脱贫人口", "低保（已取消）", "边缘户", "√"])
def test_a_word_that_may_mean_several_identities_is_never_guessed(
    tmp_path: Path, word: str
) -> None:
    path = written(tmp_path / "word.xlsx", {"名单": [HEADS, ("张三", number(1), "", word)]})
    [one] = examine(path)
    assert one.person is None
    assert "最接近" not in one.findings[0].text


def test_a_tick_under_an_identity_is_that_identity(tmp_path: Path) -> None:
    heads = (*HEADS[:2], "低保", "是否重残", "特困")
    rows = [heads, ("张三", number(1), "√", "是", "×"), ("李四", number(2), "", "否", "")]
    first, second = examine(written(tmp_path / "ticks.xlsx", {"名单": rows}))
    assert first.person is not None
    assert second.person is not None
    assert first.person.facts.categories == ("low-income", "severely-disabled")
    assert second.person.facts.categories == ()


def test_a_tick_that_may_bring_aid_and_names_no_identity_is_asked_about(tmp_path: Path) -> None:
    rows = [(*HEADS[:2], "脱贫"), ("张三", number(1), "√"), ("李四", number(2), "")]
    path = written(tmp_path / "unclear.xlsx", {"名单": rows})
    assert stops(path) == {2: [("C2", "unknown-code")]}


def test_the_year_that_is_paid_for_is_no_year_that_was_insured(tmp_path: Path) -> None:
    heads = (*HEADS[:2], "参保年度")
    rows = [heads, ("张三", number(1), "2026年"), ("李四", number(2), 2025)]
    path = written(tmp_path / "year.xlsx", {"名单": rows})
    assert stops(path) == {3: [("C3", "contradiction")]}


@pytest.mark.parametrize("form", ["'{}", '="{}"', "‘{}", "`{}"])
def test_signs_that_keep_a_number_whole_are_no_part_of_it(tmp_path: Path, form: str) -> None:
    rows = [HEADS[:2], ("张三", form.format(number(1)))]
    path = tmp_path / "sign.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    [one] = examine(path)
    assert one.person is not None
    assert one.person.id_number == number(1)


def test_sums_and_signatures_are_no_people_and_are_told(tmp_path: Path) -> None:
    rows = [
        ("序号", "姓名", "身份证号码"),
        (1, "张三", number(1)),
        ("小计", "1人"),
        ("序号", "姓 名", "身份证号码"),
        (2, "李四", number(2)),
        ("合计：2人",),
        ("", "填表人：王五", "联系电话：0791-88881234"),
    ]
    path = written(tmp_path / "sums.xlsx", {"名单": rows})
    doctor = Doctor(open_table(path), WANTED, shipped_book())
    assert [one.row for one in doctor.examine() if one.person is not None] == [2, 5]
    assert [place.row for place in doctor.account.left_out] == [3, 6, 7]
    assert stops(path) == {}


def test_a_sex_that_is_not_the_number_s_stops_the_row(tmp_path: Path) -> None:
    # The 17th digit of an order 1 is odd: 男.
    rows = [(*HEADS[:2], "性别"), ("张三", number(1), "女"), ("李四", number(3), "男")]
    path = written(tmp_path / "sex.xlsx", {"名单": rows})
    assert stops(path) == {2: [("C2", "contradiction")]}


@pytest.mark.parametrize(("age", "told"), [(37, 0), (39, 0), (36, 0), (12, 1)])
def test_an_age_that_is_not_the_number_s_is_noted(tmp_path: Path, age: int, told: int) -> None:
    # Born 1988-07-12, 37 on 2025-11-20; the old count says up to two more.
    rows = [(*HEADS[:2], "年龄"), ("张三", number(1), age)]
    [one] = examine(written(tmp_path / "age.xlsx", {"名单": rows}))
    assert sum(finding.code == "age-to-check" for finding in one.findings) == told


@pytest.mark.parametrize("word", ["低保", "是", "普通", "重度残疾人", "脱贫户"])
def test_a_row_whose_cells_are_shifted_names_nobody(tmp_path: Path, word: str) -> None:
    path = written(tmp_path / "shifted.xlsx", {"名单": [HEADS[:2], (word, number(1))]})
    assert stops(path) == {2: [("A2", "not-a-name")]}
