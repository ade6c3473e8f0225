"""The sheet goes out as a table and comes back with ticks and remarks; nothing is lost."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from medcounter.authoring.sign_sheet import sign_columns as columns
from medcounter.authoring.sign_sheet import sign_errors as errors
from medcounter.authoring.sign_sheet.returned_table import ReturnedTable, returned_table
from medcounter.authoring.sign_sheet.sign_result import SignResult, SignVerdict, sign_result
from medcounter.authoring.sign_sheet.sign_sheet import SignSheet
from medcounter.authoring.sign_sheet.sign_table import write_sign_table
from medcounter.destinations import destination
from medcounter.roster.reading.cells import text_of
from medcounter.roster.tables.table import open_table
from tests.support.authoring.sign_samples import STATE, places, residents, sheet

AMOUNT = "rules:standard:answer.items.0.amount"
ELDERLY = "rules:elderly:answer.items.0.amount"
DROPPED = {"": ""}
Cells = list[str]


def written(folder: Path, made: SignSheet | None = None) -> Path:
    path = folder / "审签单.xlsx"
    write_sign_table(made or sheet(), destination(path, None, people=False, replace=True))
    return path


def rows_of(path: Path) -> dict[str, list[Cells]]:
    """Every row of every sheet as text, empty ones among them."""
    found: dict[str, list[Cells]] = {}
    for one in open_table(path):
        rows: list[Cells] = []
        for row in one.rows():
            rows += [[] for _ in range(row.number - 1 - len(rows))]
            rows.append([text_of(cell) for cell in row.cells])
        found[one.name] = rows
    return found


def refilled(
    path: Path, fill: Mapping[str, Mapping[str, str]], more: tuple[Cells, ...] = ()
) -> Path:
    """The table as an office sends it back: columns filled by row, rows added at the end.

    What begins with ``=`` becomes a formula.
    """
    sheets = rows_of(path)
    back = path.with_name("回来的审签单.xlsx")
    with Workbook(back, {"strings_to_formulas": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            heads = rows[4]
            own = more if name == columns.VALUES_SHEET else ()
            for number, cells in enumerate((*rows, *own)):
                filled = [*cells, *[""] * (len(heads) - len(cells))]
                mark = filled[heads.index(columns.MARK)] if len(filled) >= len(heads) else ""
                own_fill = fill.get(mark.partition("#")[0], {})
                if own_fill == DROPPED:
                    continue
                for heading, text in own_fill.items():
                    filled[heads.index(heading)] = text
                page.write_row(number, 0, filled)
    return back


def result(path: Path, now: SignSheet | None = None) -> SignResult:
    return sign_result(now or sheet(), returned_table(path))


def verdicts(found: SignResult) -> dict[str, SignVerdict]:
    return {one.row_id: one.verdict for one in found.answers}


def test_the_table_names_its_draft_its_state_and_every_value(tmp_path: Path) -> None:
    path = written(tmp_path)
    values = rows_of(path)[columns.VALUES_SHEET]
    assert "云溪县" in values[0][0]
    assert values[3][:3] == [columns.KEY, "yunxi-1", STATE.sha256]
    assert values[4] == ["分节", "项目", "内容", "依据", "疑点", "√/×", "备注", "核对码"]
    amounts = [row for row in values if len(row) > 2 and row[2] == "420.00"]
    assert [row[:2] for row in amounts] == [["缴费标准", "一般居民 · 金额(元)"]]
    assert "(A 级)" in amounts[0][3]
    people = rows_of(path)[columns.RESIDENTS_SHEET]
    assert people[5][:2] == ["普通居民,1990 年出生", "2026-10-28"]


def test_what_looks_like_a_formula_is_text_in_the_table(tmp_path: Path) -> None:
    path = written(tmp_path, sheet(places(amount='=HYPERLINK("http://x","y")')))
    with zipfile.ZipFile(path) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if "worksheets" in name]
        shared = packed.read("xl/sharedStrings.xml").decode()
    assert not [part for part in parts if re.search(r"<f[ >]", part)]
    assert "=HYPERLINK" in shared


def test_only_ticks_and_remarks_may_be_filled_in(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path)) as packed:
        part = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in part
    assert '<dataValidation type="list"' in part
    assert "√,×" in part


def test_a_table_without_a_tick_answers_nothing(tmp_path: Path) -> None:
    found = result(written(tmp_path))
    assert set(verdicts(found).values()) == {SignVerdict.OPEN}
    assert (found.problems, found.others) == ((), ())
    assert found.is_same_state
    assert len(found.unanswered) == len(sheet().lines) + 4


def test_ticks_and_remarks_come_back_to_their_paths(tmp_path: Path) -> None:
    fill = {
        AMOUNT: {"√/×": "√"},
        ELDERLY: {"√/×": "×", "备注": "应为 360 元，见公告第二条（三）"},
        "row-000000000001": {"√/×": "√"},
    }
    found = result(refilled(written(tmp_path), fill))
    assert found.ticked == (("programmes", 0, "rules", 3, "answer", "items", 0, "amount"),)
    assert found.ticked_residents == ("row-000000000001",)
    [refused] = found.refused
    assert refused.path == ("programmes", 0, "rules", 4, "answer", "items", 0, "amount")
    assert refused.remark == "应为 360 元，见公告第二条（三）"
    assert found.problems == ()


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "是", "一致", "同意。", "V", "ｙ", " √ "])
def test_the_ways_to_tick_count(tmp_path: Path, tick: str) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: {"√/×": tick}}))
    assert verdicts(found)[AMOUNT] is SignVerdict.TICKED


@pytest.mark.parametrize("tick", ["×", "✗", "x", "不一致", "否"])
def test_the_ways_to_refuse_count(tmp_path: Path, tick: str) -> None:
    fill = {AMOUNT: {"√/×": tick, "备注": "430"}}
    found = result(refilled(written(tmp_path), fill))
    assert verdicts(found)[AMOUNT] is SignVerdict.REFUSED


def test_a_tick_that_nobody_can_read_is_said_and_does_not_count(tmp_path: Path) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: {"√/×": "P", "备注": "再看"}}))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    [problem] = found.problems
    assert "缴费标准 · 一般居民 · 金额（元）" in problem
    assert "“P”" in problem
    assert {one.remark for one in found.answers} == {"", "再看"}


def test_a_cross_without_a_word_counts_and_is_said(tmp_path: Path) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: {"√/×": "×"}}))
    assert verdicts(found)[AMOUNT] is SignVerdict.REFUSED
    assert ["没有写应为多少" in one for one in found.problems] == [True]


def test_a_remark_without_a_tick_is_kept_and_said(tmp_path: Path) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: {"备注": "以公告为准"}}))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert "以公告为准" in found.problems[0]
    assert "以公告为准" in {one.remark for one in found.unanswered}


def test_a_formula_in_place_of_a_tick_does_not_count(tmp_path: Path) -> None:
    fill = {AMOUNT: {"√/×": '=IF(1,"√","")'}, ELDERLY: {"√/×": "√", "备注": "=A1"}}
    found = result(refilled(written(tmp_path), fill))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert verdicts(found)[ELDERLY] is SignVerdict.OPEN
    assert len(found.problems) == 2
    assert all("公式" in problem for problem in found.problems)


def test_a_tick_that_was_struck_through_does_not_count(tmp_path: Path) -> None:
    path = refilled(written(tmp_path), {AMOUNT: {"√/×": "√"}})
    rows = rows_of(path)[columns.VALUES_SHEET]
    struck = path.with_name("划掉.xlsx")
    with Workbook(struck) as book:
        look = book.add_format({"font_strikeout": True})
        page = book.add_worksheet(columns.VALUES_SHEET)
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(number, column, cell, look if cell == "√" else None)
    found = result(struck)
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert "划掉" in "".join(found.problems)


def test_a_value_changed_since_the_table_went_out_is_to_be_checked_again(tmp_path: Path) -> None:
    path = refilled(written(tmp_path), {AMOUNT: {"√/×": "√"}, ELDERLY: {"√/×": "√"}})
    state = replace(STATE, sha256="0" * 64)
    found = result(path, sheet(places(amount="430.00"), state=state))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert verdicts(found)[ELDERLY] is SignVerdict.TICKED
    assert not found.is_same_state
    [problem] = found.problems
    assert "发出时是“420.00”，现在是“430.00”" in problem


def test_a_value_that_the_office_wrote_over_is_refused_with_what_it_wrote(tmp_path: Path) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: {"内容": "430.00", "√/×": "√"}}))
    [refused] = found.refused
    assert refused.remark == "表里改成了“430.00”"
    assert "草稿没有跟着改" in found.problems[0]


def test_rows_in_another_order_are_found(tmp_path: Path) -> None:
    path = refilled(written(tmp_path), {AMOUNT: {"√/×": "√"}})
    rows = rows_of(path)[columns.VALUES_SHEET]
    turned = path.with_name("倒过来.xlsx")
    with Workbook(turned) as book:
        page = book.add_worksheet("Sheet1")
        for number, cells in enumerate([*rows[:5], *reversed(rows[5:])]):
            page.write_row(number, 0, cells)
    assert verdicts(result(turned))[AMOUNT] is SignVerdict.TICKED


def test_rows_that_were_taken_out_are_named_and_not_counted(tmp_path: Path) -> None:
    found = result(refilled(written(tmp_path), {AMOUNT: DROPPED, ELDERLY: {"√/×": "√"}}))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert "有 1 项不在表里" in found.problems[0]
    assert "一般居民" in found.problems[0]


def test_a_row_that_stands_there_twice_counts_once_where_both_say_the_same(
    tmp_path: Path,
) -> None:
    path = refilled(written(tmp_path), {AMOUNT: {"√/×": "√"}})
    rows = rows_of(path)[columns.VALUES_SHEET]
    [again] = [row for row in rows if row and row[-1].startswith(f"{AMOUNT}#")]
    twice = refilled(path, {}, more=(again,))
    found = result(twice)
    assert verdicts(found)[AMOUNT] is SignVerdict.TICKED
    assert "有 2 行" in found.problems[0]
    assert "算一次" in found.problems[0]


def test_a_row_that_stands_there_twice_and_says_two_things_does_not_count(
    tmp_path: Path,
) -> None:
    path = refilled(written(tmp_path), {AMOUNT: {"√/×": "√"}})
    rows = rows_of(path)[columns.VALUES_SHEET]
    [again] = [row for row in rows if row and row[-1].startswith(f"{AMOUNT}#")]
    other = [*again[:5], "×", "430", again[-1]]
    found = result(refilled(path, {}, more=(other,)))
    assert verdicts(found)[AMOUNT] is SignVerdict.OPEN
    assert "都不算" in "".join(found.problems)
    assert "430" in {one.remark for one in found.answers}


def test_what_the_office_wrote_in_rows_of_its_own_is_kept(tmp_path: Path) -> None:
    rows = (["缴费标准", "大学生", "300.00", "", "", "", "漏了大学生"], ["另请补盖章"])
    found = result(refilled(written(tmp_path), {}, more=tuple(map(list, rows))))
    assert len(found.others) == 2
    assert "漏了大学生" in found.others[0]
    assert "另请补盖章" in found.others[1]


def test_a_row_of_a_rule_that_is_gone_is_said_with_its_remark(tmp_path: Path) -> None:
    form = places()
    path = refilled(written(tmp_path), {ELDERLY: {"√/×": "×", "备注": "应为 360"}})
    fees = form.sections[2]
    less = (fees.cards[0], fees.cards[2])
    sections = (*form.sections[:2], replace(fees, cards=less), *form.sections[3:])
    found = result(path, sheet(replace(form, sections=sections)))
    said = [one for one in found.problems if "不在现在的草稿里" in one]
    assert any("应为 360" in one for one in said)


def test_a_table_of_another_draft_is_refused_with_both_names(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(errors.ReturnedTableOtherDraftError) as refused:
        result(path, sheet(state=replace(STATE, draft="wuxi-2")))
    assert "yunxi-1" in refused.value.text
    assert "wuxi-2" in refused.value.text


def strange_file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_files_that_are_no_such_table_are_refused_each_with_its_sentence(tmp_path: Path) -> None:
    cases = (
        (tmp_path / "没有.xlsx", errors.ReturnedTableMissingError, "U 盘"),
        (tmp_path, errors.ReturnedTableKindError, "不是 xlsx"),
        (strange_file(tmp_path / "a.xlsx", b"%PDF-1.7"), errors.ReturnedTableKindError, "xlsx"),
        (strange_file(tmp_path / "b.xlsx", b""), errors.ReturnedTableKindError, "xlsx"),
        (
            strange_file(tmp_path / "c.xlsx", b"PK\x03\x04 cut"),
            errors.ReturnedTableBrokenError,
            "不完整",
        ),
        (
            strange_file(tmp_path / "d.xlsx", b"PK\x03\x04" + bytes(10_000_001)),
            errors.ReturnedTableTooLargeError,
            "10 MB",
        ),
    )
    for path, cause, word in cases:
        with pytest.raises(cause) as refused:
            returned_table(path)
        assert word in refused.value.text
        assert "草稿不变" in refused.value.text


def other_book(path: Path, *rows: Cells) -> Path:
    with Workbook(path) as book:
        page = book.add_worksheet("名单")
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    return path


def test_a_table_of_somebody_else_is_refused(tmp_path: Path) -> None:
    heads = ["项目", "√/×", "备注", "核对码"]
    cases = (
        other_book(tmp_path / "a.xlsx", ["姓名", "证件号码"], ["张三", "1"]),
        other_book(tmp_path / "b.xlsx", heads, ["一", "√", "", "x#1"]),
        other_book(tmp_path / "c.xlsx", [columns.KEY, "yunxi-1", "0" * 64]),
        other_book(tmp_path / "d.xlsx", [columns.KEY], heads),
    )
    for path in cases:
        with pytest.raises(errors.ReturnedTableForeignError, match="不是本程序生成的审签单"):
            returned_table(path)


def test_two_sheets_of_two_drafts_are_no_table(tmp_path: Path) -> None:
    heads = ["√/×", "备注", "核对码"]
    path = tmp_path / "a.xlsx"
    with Workbook(path) as book:
        for name in ("yunxi-1", "wuxi-2"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, [columns.KEY, name, "0" * 64])
            page.write_row(1, 0, heads)
    with pytest.raises(errors.ReturnedTableForeignError):
        returned_table(path)


def test_a_table_with_more_rows_than_any_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet("a")
        page.write_row(0, 0, [columns.KEY, "yunxi-1", "0" * 64])
        page.write_string(20_000, 0, "x")
    with pytest.raises(errors.ReturnedTableTooLargeError):
        returned_table(path)


def test_the_empty_table_is_one_of_ours(tmp_path: Path) -> None:
    path = written(tmp_path, sheet(people=residents(0)))
    found: ReturnedTable = returned_table(path)
    assert found.draft == "yunxi-1"
    assert found.others == ()


def test_a_disk_that_does_not_take_the_table_is_said(tmp_path: Path) -> None:
    place = destination(tmp_path / "weg" / "审签单.xlsx", None, people=False)
    with pytest.raises(errors.SignTableUnwritableError, match="没有生成"):
        write_sign_table(sheet(), place)
