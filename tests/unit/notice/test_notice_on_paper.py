"""A notice on paper: every duty of the sheet, in words, on the papers of today."""

import re
from dataclasses import replace
from datetime import date

import pytest

from medcounter.notice.content.notice import Notice, Party, Sheet
from medcounter.notice.sheet.manuscript import Piece, foot_line, page_line
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, Paper
from tests.support.paper.notice_samples import (
    FLEXIBLE,
    IN_WINDOW,
    LATE_0305,
    NEWBORN_DAY_59,
    NO_COVER,
    PARTY,
    STAMP,
    notice,
    option,
    step,
)
from tests.support.paper.on_paper import notice_markup

LAST_DAY = option(IN_WINDOW, date(2025, 2, 28), "last-day")
AHEAD = notice(IN_WINDOW, date(2024, 11, 20), others=(LAST_DAY,))
TAGS = re.compile(r"<[^>]+>")


def text_of(made: Notice, print_no: int = 1, *, voided: bool = False) -> str:
    html = notice_markup(made, print_no, voided=voided).replace("\u00a0", " ")
    return TAGS.sub("", html)


def pieces(sheet: Sheet, paper: Paper) -> tuple[Piece, ...]:
    return notice_manuscript(sheet, paper).pieces


@pytest.mark.parametrize(
    "field",
    [
        "抚州市临川区政务服务中心",
        "城乡居民基本医疗保险缴费通知单（测算）",
        "编号 2025-03-000127",
        "2025-03-05 14:32",
        "请于当日缴费",
        "03 号窗口",
        "经办 王丽",
        "吴建国",
        "3601**********1234",
        "江西省",
        "普通居民",
        "2025 年度个人缴费",
        "400.00",
        "②",
        "合计  人民币肆佰元整",
        "¥400.00",
        "财政另补 ¥670.00",
        "2025-03-05 — 2025-06-04",
        "2025-06-05 — 2025-12-31",
        "推迟缴费的影响：",
        "缴费渠道",
        "请携带",
        "第 1 次打印",
        "校验码 ",
        "已告知等待期",
        "签名",
        "不是收据，也不证明已经缴费；手工涂改无效",
        "规则 medcounter-rules 第 7 版 3f9a21c0 ①至②",
    ],
)
def test_every_field_of_the_counter_s_list_is_on_the_paper(field: str) -> None:
    assert field in text_of(notice())


@pytest.mark.parametrize("picture", ["timeline", "qr", "stamp", "line"])
def test_the_drawn_parts_have_their_places(picture: str) -> None:
    assert f'src="notice:{picture}"' in notice_markup(notice(), 1)


def test_the_whole_id_number_stands_nowhere() -> None:
    assert PARTY.id_number not in notice_markup(notice(), 1)


def test_a_second_print_says_so() -> None:
    assert "补打 第 2 次打印" in text_of(notice(), 2)
    assert "补打" not in text_of(notice(), 1)


def test_a_void_notice_says_so_beside_its_number() -> None:
    assert "编号 2025-03-000127  已作废" in text_of(notice(), 2, voided=True)
    assert "作废" not in text_of(notice(), 2)


def test_a_specimen_says_so_and_has_neither_number_nor_code() -> None:
    text = text_of(notice(number=None))
    assert "样张（未编号，不得交给参保人）" in text
    assert "样张无校验码" in text
    assert "2025-03-000127" not in text


def test_a_year_without_cover_is_said_in_the_place_of_the_dates() -> None:
    html = notice_markup(notice(NO_COVER, date(2025, 10, 1)), 1)
    assert re.search(r'class="date"[^>]*>2025 年度不享受待遇<', html)


def test_no_wait_is_said_in_the_place_of_the_dates() -> None:
    assert re.search(r'class="date"[^>]*>无等待期<', notice_markup(AHEAD, 1))


def test_a_day_to_pay_by_that_lies_ahead_is_called_a_limit() -> None:
    assert "请在此日前缴费（含当日）" in text_of(AHEAD)


def test_an_unknown_fee_is_unsettled_everywhere_and_no_figure_is_invented() -> None:
    unknown = NEWBORN_DAY_59.fee._replace(aid=None) if NEWBORN_DAY_59.fee else None
    text = text_of(notice(replace(NEWBORN_DAY_59, fee=unknown)))
    assert "合计  待核定※" in text
    assert "资助待核定" in text
    assert "人民币" not in text
    assert "400.00" not in text.replace(NEWBORN_DAY_59.steps[1].text, "")


def test_a_doubt_says_how_it_stands() -> None:
    assert "※ 存疑（尚无定论）" in text_of(notice(NEWBORN_DAY_59))
    settled = replace(NEWBORN_DAY_59, doubts=(NEWBORN_DAY_59.doubts[0]._replace(status="assumed"),))
    assert "※ 存疑（按较可能的理解）" in text_of(notice(settled))


def test_a_weak_source_is_called_weak_on_the_paper() -> None:
    weak = replace(
        LATE_0305,
        steps=(*LATE_0305.steps, step("repair", "每年减 1 个月。", "断缴", "fuzhou-page")),
        advice=(LATE_0305.advice[0]._replace(grade="C"),),
    )
    text = text_of(notice(weak))
    assert "抚州断缴补缴说明（C 级来源，不是官方原文） ③ 断缴" in text
    assert "（部分来自网络转载，以当地答复为准）" in text


def test_rules_that_were_not_signed_are_called_so() -> None:
    unsigned = replace(notice(), stamp=replace(STAMP, signed=False))
    assert "3f9a21c0（未签名）" in text_of(unsigned)


def test_a_notice_without_clauses_has_no_list_of_them() -> None:
    bare = replace(notice(), clauses=())
    assert "依据" not in text_of(bare).replace("理由和依据", "")
    assert "①" not in notice_manuscript(Sheet(bare), A5_LANDSCAPE).foot


def test_repair_choices_are_printed() -> None:
    chosen = replace(notice(), choices=("缴费修复 1 年：多缴 ¥400.00。",))
    assert "可以选择  缴费修复 1 年：多缴 ¥400.00。" in text_of(chosen)


def test_a_typed_name_cannot_become_markup() -> None:
    html = notice_markup(notice(party=Party("<img src=x>", agent="<b>", household="</td>")), 1)
    assert "<img src=x>" not in html
    assert "&lt;img src=x&gt;" in html


def test_a_relation_stands_behind_the_agent_and_only_there() -> None:
    assert "代办人 吴建（父亲）" in text_of(
        notice(party=replace(PARTY, agent="吴建", relation="父亲"))
    )
    assert "代办人 吴建" in text_of(notice(party=replace(PARTY, agent="吴建")))
    assert "父亲" not in text_of(notice(party=replace(PARTY, relation="父亲")))


def test_a_household_stands_without_an_agent_too() -> None:
    assert "所在户 吴建户" in text_of(notice(party=replace(PARTY, household="吴建户")))


def test_a_large_paper_prints_the_steps_of_each_channel() -> None:
    def words(paper_pieces: object) -> str:
        return str(paper_pieces)

    small = words(pieces(Sheet(notice()), A5_LANDSCAPE))
    large = words(pieces(Sheet(notice()), A4_PORTRAIT))
    assert "· 税务窗口：微信、支付宝、刷卡或现金。" in large
    assert "刷卡或现金" not in small
    assert "可由家人职工医保个人账户代缴" in large
    assert "可由家人职工医保个人账户代缴" not in small


def test_an_entry_without_steps_is_listed_bare_among_those_with() -> None:
    bare = LATE_0305.advice[1]._replace(label="银行柜台", text="")
    made = notice(replace(LATE_0305, advice=(LATE_0305.advice[0], bare)))
    assert '<p class="step">· 银行柜台</p>' in str(pieces(Sheet(made), A4_PORTRAIT))


@pytest.mark.parametrize(("scale", "lines"), [(1.0, 1), (1.15, 2), (1.6, 3), (2.5, 3)])
def test_the_large_dates_take_as_many_lines_as_the_paper_needs(scale: float, lines: int) -> None:
    paper = replace(A5_LANDSCAPE, scale=scale)
    (made,) = (piece for piece in pieces(Sheet(notice()), paper) if piece.kind == "benefits")
    assert made.html.count('<table class="keys"') == lines


def test_rows_repeat_their_heading_and_the_last_row_stays_with_the_total() -> None:
    made = pieces(Sheet(notice(FLEXIBLE)), A5_LANDSCAPE)
    kinds = [piece.kind for piece in made]
    head = kinds.index("row-head")
    rows = [piece for piece in made if piece.kind == "row"]
    assert [row.heading for row in rows] == [head] * 3
    assert [row.with_next for row in rows] == [False, False, True]
    assert kinds[head + 4] == "total"


def test_the_last_piece_stands_at_the_foot_and_what_is_beside_the_picture_is_narrow() -> None:
    made = pieces(Sheet(notice()), A5_LANDSCAPE)
    assert [piece.kind for piece in made if piece.at_bottom] == ["tail"]
    assert made[-1].narrow
    assert {piece.kind for piece in made if piece.narrow} == {
        "channel",
        "document",
        "clauses",
        "tail",
    }


def test_many_remarks_are_split_so_that_they_can_go_on_over_a_page_s_end() -> None:
    made = replace(notice(), remarks=tuple(f"第 {n} 件事。" for n in range(9)))
    told = [piece for piece in pieces(Sheet(made), A5_LANDSCAPE) if piece.kind == "remarks"]
    assert ["第 0 件事" in told[0].html, "第 8 件事" in told[-1].html] == [True, True]
    assert len(told) > 1


def test_a_further_page_names_number_and_person() -> None:
    text = TAGS.sub("", notice_manuscript(Sheet(notice()), A5_LANDSCAPE).running_head)
    assert "编号 2025-03-000127" in text
    assert "吴建国（续页）" in text


def test_the_foot_counts_the_pages() -> None:
    written = notice_manuscript(Sheet(notice()), A5_LANDSCAPE)
    assert "第 2/3 页" in foot_line(written.foot, A5_LANDSCAPE, page_line(2, 3))


def test_the_picture_s_caption_is_the_check_code() -> None:
    made = notice()
    side = notice_manuscript(Sheet(made), A5_LANDSCAPE).side
    assert f"校验码 {made.check_code}" in side
