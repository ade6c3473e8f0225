"""The slim form, for rolls and large type: every field, in one column."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from medcounter.notice.content.notice import Party, Sheet
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import LARGE_PRINT, PAPERS, ROLL_80, Paper
from tests.support.paper.notice_samples import FLEXIBLE, LONG_PARTY, NEWBORN_DAY_59, PARTY, notice
from tests.support.paper.on_paper import markup_of

TAGS = re.compile(r"<[^>]+>")
SLIM = (ROLL_80, LARGE_PRINT)


def text_of(sheet: Sheet, paper: Paper) -> str:
    html = markup_of(notice_manuscript(sheet, paper), paper).replace("\u00a0", " ")
    return TAGS.sub("", html.replace("<br>", ""))


# The fields 1 to 19 of the counter's list.
FIELDS = (
    "抚州市临川区政务服务中心",
    "城乡居民基本医疗保险缴费通知单（测算）",
    "编号 2025-03-000127",
    "2025-03-05 14:32",
    "请于当日缴费",
    "2025-10-01 起缴费",
    "03 号窗口",
    "经办 王丽",
    "吴小宝",
    "吴建国（父亲）",
    "3601**********1234",
    "江西省",
    "吴建国户",
    "普通居民",
    "2025 年度个人缴费",
    "400.00",
    "普通居民个人缴费标准每人",
    "②",
    "¥400.00",
    "合计  人民币肆佰元整",
    "待遇等待期",
    "2025-03-05 — 2025-06-04",
    "享受待遇",
    "2025-06-05 — 2025-12-31",
    "推迟缴费的影响：",
    "缴费渠道",
    "税务窗口",
    "请携带",
    "身份证或社保卡",
    "补打 第 2 次打印",
    "校验码 ",
    "已告知等待期",
    "签名",
    "日期",
    "不是收据，也不证明已经缴费；手工涂改无效",
    "规则 medcounter-rules 第 7 版 3f9a21c0 ①至②",
    "江西省2025年度城乡居民医保缴费公告",
)
CHILD = Party("吴小宝", PARTY.id_number, agent="吴建国", relation="父亲", household="吴建国户")


@cache
def reprint_of_a_child(paper: Paper) -> str:
    return text_of(Sheet(notice(party=CHILD), 2), paper)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_field_of_the_counter_s_list_is_on_every_paper(paper: Paper, field: str) -> None:
    assert field in reprint_of_a_child(paper)


@pytest.mark.parametrize("picture", ["timeline", "qr", "stamp", "line"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_drawn_part_has_its_place_on_every_paper(paper: Paper, picture: str) -> None:
    html = markup_of(notice_manuscript(Sheet(notice()), paper), paper)
    assert f'src="notice:{picture}"' in html


@pytest.mark.parametrize("paper", PAPERS)
def test_no_paper_holds_the_whole_id_number(paper: Paper) -> None:
    written = notice_manuscript(Sheet(notice()), paper)
    assert PARTY.id_number not in f"{written}"


@pytest.mark.parametrize("paper", SLIM)
def test_a_party_without_agent_and_household_has_no_lines_for_them(paper: Paper) -> None:
    text = text_of(Sheet(notice()), paper)
    assert "代办人" not in text
    assert "所在户" not in text


@pytest.mark.parametrize("paper", SLIM)
def test_a_newborn_without_a_number_is_said_to_have_none(paper: Paper) -> None:
    text = text_of(Sheet(notice(NEWBORN_DAY_59, party=Party("吴小宝"))), paper)
    assert "证件号码未登记" in text
    assert "待核定※" in text


def test_an_agent_without_a_relation_stands_alone() -> None:
    text = text_of(Sheet(notice(party=replace(PARTY, agent="吴建"))), ROLL_80)
    assert "代办人吴建" in text
    assert "（" not in text.partition("代办人")[2].partition("2025 年度")[0]


def test_each_row_has_its_own_three_amounts() -> None:
    written = notice_manuscript(Sheet(notice(FLEXIBLE, date(2024, 12, 10))), ROLL_80)
    rows = [TAGS.sub(" ", piece.html).split() for piece in written.pieces if piece.kind == "row"]
    assert [row[0] for row in rows] == ["基本医疗保险", "大额医疗补助", "大病保险"]
    assert [row[-3 if "元" in row[-1] else 6] for row in rows] == ["3456.00", "172.80", "48.00"]


def test_large_type_leaves_out_what_is_not_obligatory() -> None:
    chosen = replace(notice(), choices=("缴费修复 1 年：多缴 ¥400.00。",))
    assert "可以选择" in text_of(Sheet(chosen), ROLL_80)
    assert "可以选择" not in text_of(Sheet(chosen), LARGE_PRINT)


def test_the_picture_stands_among_the_pieces_and_not_at_the_side() -> None:
    assert notice_manuscript(Sheet(notice()), ROLL_80).side == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_an_exercise_is_marked_in_number_head_and_across(paper: Paper) -> None:
    sheet = Sheet(notice(party=LONG_PARTY), practice=True)
    written = notice_manuscript(sheet, paper)
    assert "编号 练习-2025-03-000127  练习（不得交给参保人）" in text_of(sheet, paper)
    assert written.across == ("练习",)
    assert written.name == "缴费通知单 练习-2025-03-000127"
    assert written.qr.startswith("MC1 PRACTICE ")


def test_an_exercise_that_is_void_bears_both_marks() -> None:
    written = notice_manuscript(Sheet(notice(), voided=True, practice=True), ROLL_80)
    assert written.across == ("练习", "作废")


def test_a_specimen_has_neither_number_nor_check_code() -> None:
    text = text_of(Sheet(notice(number=None)), ROLL_80)
    assert "样张（未编号，不得交给参保人）" in text
    assert "样张无校验码" in text
