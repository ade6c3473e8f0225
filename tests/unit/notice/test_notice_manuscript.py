"""What holds pieces together: headings, subtotals, feet."""

import re

import pytest
from markupsafe import Markup

from medcounter.notice.sheet.manuscript import Piece, carried_line, foot_line, page_line, spaced
from medcounter.notice.sheet.paper import A4_PORTRAIT, A4_TWO_UP, A5_LANDSCAPE, ROLL_80, Paper

TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    return TAGS.sub("", html).replace("\u00a0", " ")


def test_rows_repeat_their_heading_and_nothing_else_does() -> None:
    pieces = [Piece("top", ""), Piece("row-head", ""), Piece("row", ""), Piece("end", "")]
    made = spaced(pieces, A5_LANDSCAPE)
    assert [piece.heading for piece in made] == [None, None, 1, None]


def test_rows_without_a_heading_repeat_none() -> None:
    made = spaced([Piece("row", "")], A5_LANDSCAPE)
    assert [piece.heading for piece in made] == [None]


def test_the_paper_s_air_widens_the_gaps() -> None:
    (made,) = spaced([Piece("row", "", gap_mm=2)], A4_PORTRAIT)
    assert made.gap_mm == 5


def test_a_page_s_subtotal_and_what_it_carries_on() -> None:
    line = words(carried_line([40000, 8000], [100000, 40000, 8000], "项"))
    assert line == "本页小计 ¥480.00    累计 ¥1,480.00"


def test_amounts_that_are_not_settled_are_counted_and_not_summed() -> None:
    line = words(carried_line([40000, None], [40000, None, None], "人"))
    assert line == "本页小计 ¥400.00（另有 1 人待核定）    累计 ¥400.00（另有 2 人待核定）"


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, A4_TWO_UP, ROLL_80])
def test_the_foot_names_page_and_copy(paper: Paper) -> None:
    assert "第 2/3 页" in words(foot_line(Markup("规则"), paper, page_line(2, 3)))
    copy = words(foot_line(Markup("规则"), paper, page_line(1, 1), "参保人留存"))
    assert "参保人留存  第 1/1 页" in copy
