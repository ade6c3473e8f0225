"""The sheet of a day says its number, its sums, its list and what is open, and no person."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.content.number import NumberNotWritableError, format_close_number
from medcounter.notice.sheet.day_sheet import DRAFT_TITLE, TITLE, DaySheet, DayTable, day_manuscript
from medcounter.notice.sheet.manuscript import Manuscript
from medcounter.notice.sheet.paper import chosen_paper

BEIJING = timezone(timedelta(hours=8))
CLOSED_AT = datetime(2026, 3, 5, 17, 30, tzinfo=BEIJING)
BY_CLERK = DayTable(
    "按经办人", (("经办人", 40), ("出单", 30), ("有效金额", 30)), 1, (("王<丽>", "2", "¥800.00"),)
)
SHEET = DaySheet(
    hall="临川区政务服务中心",
    desk="03",
    clerk="王丽",
    number="2026-03-D0012",
    day=date(2026, 3, 5),
    closed_at=CLOSED_AT,
    further=False,
    facts=(("出单", "2 份"), ("其中作废", "0 份")),
    total=80_000,
    words=amount_in_words(80_000),
    tables=(BY_CLERK,),
    unconfirmed=(),
    left_out="",
    head="133-ac44f07c",
    printed_at=CLOSED_AT + timedelta(minutes=2),
)


def written(sheet: DaySheet) -> Manuscript:
    return day_manuscript(sheet, chosen_paper("A4", large_print=False))


def text_of(manuscript: Manuscript) -> str:
    """What can be read, tags away."""
    pieces = (
        manuscript.running_head,
        *(piece.html for piece in manuscript.pieces),
        manuscript.foot,
    )
    return re.sub(r"<[^>]+>", " ", " ".join(pieces))


def test_a_closed_day_says_number_sums_and_the_end_of_the_chain() -> None:
    manuscript = written(SHEET)
    told = text_of(manuscript)
    assert manuscript.title == TITLE
    assert manuscript.name == "窗口日结 2026-03-D0012"
    assert manuscript.across == ()
    for words in (
        "编号 2026-03-D0012", "2026年3月5日", "03 号窗口", "经办 王丽", "出单", "2 份", "¥800.00",
        "人民币捌佰元整", "日结时间 2026-03-05 17:30", "台账末条 133-ac44f07c",
        "打印于 2026-03-05 17:32",
    ):  # fmt: skip
        assert words in told, words
    assert "补充日结" not in told
    assert "打印待核对" not in told


def test_what_stands_in_a_cell_is_text_and_never_markup() -> None:
    rows = [piece.html for piece in written(SHEET).pieces if piece.kind == "row"]
    assert "王&lt;丽&gt;" in rows[0]


def test_a_day_that_is_not_closed_says_so_across_the_page_and_has_no_number() -> None:
    manuscript = written(replace(SHEET, number=None, closed_at=None))
    assert manuscript.title == DRAFT_TITLE
    assert manuscript.across == ("未日结",)
    assert "没有编号" in text_of(manuscript)
    assert "尚未日结" in text_of(manuscript)


def test_a_day_of_practice_is_marked_on_every_page_and_before_its_number() -> None:
    manuscript = written(replace(SHEET, practice=True))
    assert manuscript.across == ("练习",)
    assert "编号 练习-2026-03-D0012" in text_of(manuscript)


def test_a_further_close_open_prints_and_a_list_too_long_are_said() -> None:
    told = text_of(
        written(
            replace(
                SHEET,
                further=True,
                unconfirmed=("2026-03-000007 第 1 次", "2026-03-000009 第 2 次"),
                left_out="逐份清单较长，请在台账中查看。",
            )
        )
    )
    assert "补充日结" in told
    assert "打印待核对 2 次：2026-03-000007 第 1 次、2026-03-000009 第 2 次" in told
    assert "逐份清单较长，请在台账中查看。" in told


@pytest.mark.parametrize(("rows", "pieces"), [(40, 40), (41, 9), (103, 21)])
def test_a_long_list_is_set_a_few_rows_at_a_time_under_its_own_heading(
    rows: int, pieces: int
) -> None:
    listed = DayTable("清单", (("编号", 60), ("金额", 40)), 1, (("2026-03-000001", "¥1"),) * rows)
    manuscript = written(replace(SHEET, tables=(BY_CLERK, listed)))
    set_rows = [
        piece
        for piece in manuscript.pieces
        if piece.kind == "row" and "2026-03-000001" in piece.html
    ]
    assert len(set_rows) == pieces
    assert sum(piece.html.count("<tr>") for piece in set_rows) == rows
    (heading,) = {piece.heading for piece in set_rows}
    assert heading is not None
    assert "金额" in manuscript.pieces[heading].html


@pytest.mark.parametrize("sequence", [0, 10_000])
def test_a_close_beyond_its_places_has_no_number(sequence: int) -> None:
    with pytest.raises(NumberNotWritableError, match="不能日结"):
        format_close_number(2026, "03", sequence)


def test_the_number_of_a_close_is_told_from_a_notices() -> None:
    assert format_close_number(2026, "03", 12) == "2026-03-D0012"
