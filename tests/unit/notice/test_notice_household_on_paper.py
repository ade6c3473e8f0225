"""The household's sheet as it is written: each member's row, one total, on every paper."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from medcounter.assess.assessment import Fee, FeeLine
from medcounter.notice.content.household_sheet import HouseholdSheet, household_sheet
from medcounter.notice.content.notice import Party
from medcounter.notice.content.number import number_span
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.paper import (
    A4_PORTRAIT,
    A5_LANDSCAPE,
    LARGE_PRINT,
    PAPERS,
    ROLL_80,
    Paper,
)
from tests.support.paper.notice_samples import LATE_0305, NO_COVER, PARTY, notice
from tests.support.paper.on_paper import markup_of
from tests.unit.notice.test_notice_household import BABY, FAMILY, FATHER, MOTHER

TAGS = re.compile(r"<[^>]+>")
BOTH_FORMS = (A4_PORTRAIT, ROLL_80)


def html_of(sheet: HouseholdSheet, paper: Paper) -> str:
    return markup_of(household_manuscript(sheet, paper), paper).replace("\u00a0", " ")


def text_of(sheet: HouseholdSheet, paper: Paper = A4_PORTRAIT) -> str:
    return TAGS.sub("", html_of(sheet, paper).replace("<br>", " "))


def row_of(sheet: HouseholdSheet, name: str, paper: Paper) -> str:
    pieces = household_manuscript(sheet, paper).pieces
    (row,) = (piece.html for piece in pieces if piece.kind == "row" and name in piece.html)
    return row


FIELDS = (
    "抚州市临川区政务服务中心",
    "编号 2025-03-000127 至 000129",
    "2025-03-05 14:32",
    "03 号窗口",
    "经办 王丽",
    "补打 第 2 次打印",
    "3 人",
    "江西省",
    "吴建国户",
    "吴建国（丈夫）",
    "3601**********1234",
    "3601**********432X",
    "2025-03-000128",
    "普通居民",
    "城乡低保对象",
    "320.00",
    "80.00",
    "无等待期",
    "待核定",
    "¥480.00",
    "人民币肆佰捌拾元整",
    "不含待核定的 1 人",
    "按 2025-03-05、2025-03-01 缴费测算",
    "【吴建国】固定等待期 3 个月",
    "推迟缴费的影响：",
    "缴费渠道",
    "请携带",
    "※ 存疑（尚无定论）  【吴小宝】",
    "依据",
    "校验码 ",
    "已告知等待期",
    "手工涂改无效",
    "规则 medcounter-rules 第 7 版 3f9a21c0 ①至③",
)


@cache
def reprint(paper: Paper) -> str:
    return text_of(household_sheet(FAMILY, print_no=2), paper)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_field_is_on_every_paper(paper: Paper, field: str) -> None:
    assert field in reprint(paper)


@pytest.mark.parametrize("paper", BOTH_FORMS)
def test_the_dates_of_wait_and_cover_stand_in_the_member_s_row(paper: Paper) -> None:
    row = row_of(household_sheet(FAMILY), "吴建国", paper)
    for day in ("2025-03-05", "2025-06-04", "2025-06-05", "2025-12-31"):
        assert day in row


@pytest.mark.parametrize("paper", BOTH_FORMS)
def test_a_year_without_cover_is_said_in_the_row(paper: Paper) -> None:
    sheet = household_sheet((notice(NO_COVER, date(2025, 10, 1)),))
    # In a narrow column the line ends between words, never inside of 待遇.
    row = row_of(sheet, "吴建国", paper)
    assert ("2025 年度不享受待遇" if paper.single_column else "2025 年度<br>不享受待遇") in row


@pytest.mark.parametrize("paper", PAPERS)
def test_a_void_member_is_struck_and_named_as_not_counted(paper: Paper) -> None:
    sheet = household_sheet(FAMILY, voided={"2025-03-000127"})
    row = row_of(sheet, "吴建国", paper)
    assert "<s>" in row
    assert "已作废，不计入" in row
    assert "<s>" not in row_of(sheet, "王丽", paper)


def test_only_what_counts_is_carried_over_pages() -> None:
    sheet = household_sheet(FAMILY, voided={"2025-03-000127"})
    rows = [p for p in household_manuscript(sheet, A5_LANDSCAPE).pieces if p.kind == "row"]
    assert [row.amounts for row in rows] == [(), (8000,), (None,)]


def test_a_sheet_whose_notices_are_all_void_says_so_across() -> None:
    written = household_manuscript(
        household_sheet((FATHER,), voided={"2025-03-000127"}), A4_PORTRAIT
    )
    assert written.across == ("作废",)
    assert written.qr == ""
    assert "各成员通知单均已作废" in written.running_head
    assert "pay-by" not in [piece.kind for piece in written.pieces]
    assert "作废无校验码" in written.side


def test_a_specimen_says_so() -> None:
    bare = [replace(one, number=None, check_code=None) for one in FAMILY]
    written = household_manuscript(household_sheet(bare), A4_PORTRAIT)
    assert written.across == ("样张",)
    assert written.name == "全户缴费通知单 样张"
    assert "未编号，不得交给参保人" in written.running_head
    assert written.qr == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_an_exercise_is_marked_everywhere(paper: Paper) -> None:
    sheet = household_sheet(FAMILY, practice=True)
    written = household_manuscript(sheet, paper)
    assert written.across == ("练习",)
    assert "练习-2025-03-000128" in row_of(sheet, "王丽", paper)
    # On a line of its own: beside the ID number it was broken as 练 and 习-2025-03-000128.
    assert "<br>练习-2025-03-000128" in "".join(piece.html for piece in written.pieces)
    assert "编号 练习-2025-03-000127 至 000129  练习" in text_of(sheet, paper)
    assert written.qr.startswith("MC1 PRACTICE ")


def test_the_picture_holds_numbers_total_day_and_check_and_nobody() -> None:
    sheet = household_sheet((FATHER, MOTHER))
    assert household_manuscript(sheet, A4_PORTRAIT).qr == (
        f"MC1 NO 2025-03-000127+2025-03-000128 CNY 480.00 DATE 2025-03-05 CHECK {sheet.check_code}"
    )


def test_a_total_that_is_not_whole_is_called_unsettled_in_the_picture() -> None:
    assert "CNY UNSETTLED DATE" in household_manuscript(household_sheet(FAMILY), A4_PORTRAIT).qr


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        (["2025-03-000127"], "2025-03-000127"),
        (["2025-03-000127", "2025-03-000128"], "2025-03-000127 至 000128"),
        (["2025-03-000127", "2025-03-000129"], "2025-03-000127、2025-03-000129"),
        (["2025-03-000127", "2025-04-000128"], "2025-03-000127、2025-04-000128"),
    ],
)
def test_numbers_in_sequence_are_written_as_a_span(numbers: list[str], written: str) -> None:
    assert number_span(numbers) == written


def test_members_of_several_places_have_theirs_in_the_row() -> None:
    away = replace(MOTHER, place="江西省赣州市")
    sheet = household_sheet((FATHER, away))
    assert "江西省赣州市" in row_of(sheet, "王丽", A4_PORTRAIT)
    assert "江西省、江西省赣州市" in text_of(sheet)
    assert "江西省" not in row_of(household_sheet((FATHER, MOTHER)), "王丽", A4_PORTRAIT)


def test_a_member_with_several_years_has_them_named() -> None:
    lines = (
        FeeLine("standard-2025", "2025 年度个人缴费", 40000),
        FeeLine("repair-2024", "补缴 2024 年度", 38000),
    )
    both = notice(replace(LATE_0305, fee=Fee(78000, 40000, 0, 40000, 38000, None, lines)))
    assert "2025 年度个人缴费、补缴 2024 年度" in row_of(
        household_sheet((both,)), "吴建国", A4_PORTRAIT
    )


def test_a_member_with_an_earlier_or_later_day_has_it_in_the_row() -> None:
    ahead = replace(MOTHER, pay_by=date(2025, 9, 30))
    sheet = household_sheet((FATHER, ahead))
    assert "2025-09-30\u00a0前缴费" in row_of(sheet, "王丽", A4_PORTRAIT)
    assert "前缴费" not in row_of(sheet, "吴建国", A4_PORTRAIT)


def test_the_first_day_to_pay_by_is_called_a_limit_when_it_lies_ahead() -> None:
    ahead = replace(MOTHER, pay_by=date(2025, 9, 30))
    assert "请在此日前缴费（含当日）" in text_of(household_sheet((ahead,)))
    assert "请于当日缴费" in text_of(household_sheet((FATHER,)))


def test_doubtful_fees_are_marked_in_row_and_total() -> None:
    sheet = household_sheet((FATHER, BABY))
    assert "待核定※" in TAGS.sub("", row_of(sheet, "吴小宝", A4_PORTRAIT))
    assert "人民币肆佰元整※" in text_of(sheet)
    assert "※" not in text_of(household_sheet((FATHER, MOTHER)))
    assert "应缴（元）※" in row_of(sheet, "吴小宝", ROLL_80)


def test_large_type_leaves_out_what_is_not_obligatory() -> None:
    chosen = household_sheet((replace(FATHER, choices=("缴费修复 1 年。",)), MOTHER))
    assert "【吴建国】缴费修复 1 年。" in text_of(chosen)
    assert "缴费修复 1 年。" not in text_of(chosen, LARGE_PRINT)


def test_no_row_holds_the_whole_id_number() -> None:
    assert PARTY.id_number not in html_of(household_sheet(FAMILY), A4_PORTRAIT)


def test_a_typed_name_cannot_become_markup() -> None:
    nasty = notice(party=Party("<img src=x>", agent="<b>", relation="</td>", household="<hr>"))
    for paper in BOTH_FORMS:
        html = html_of(household_sheet((nasty, MOTHER)), paper)
        assert "<img src=x>" not in html
        assert "<hr>" not in html


@pytest.mark.parametrize("paper", PAPERS)
def test_the_members_years_are_drawn_where_there_is_room(paper: Paper) -> None:
    written = household_manuscript(household_sheet(FAMILY, voided={"2025-03-000128"}), paper)
    assert [name for name, _spans in written.years] == ["1 吴建国", "3 吴小宝"]
    assert [span.kind for span in written.years[0][1]] == ["none", "wait", "cover"]
    named = any("notice:years" in piece.html for piece in written.pieces)
    assert named == (paper in {A4_PORTRAIT, ROLL_80, LARGE_PRINT})


def test_no_years_are_drawn_where_all_are_void() -> None:
    sheet = household_sheet((FATHER,), voided={"2025-03-000127"})
    assert "notice:years" not in html_of(sheet, A4_PORTRAIT)
