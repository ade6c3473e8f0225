"""The papers a notice is laid out for."""

import pytest

from medcounter import settings
from medcounter.notice.sheet.paper import (
    A4_PORTRAIT,
    A4_TWO_UP,
    A5_LANDSCAPE,
    LARGE_PRINT,
    PAPERS,
    ROLL_80,
    Paper,
    PaperUnknownError,
    chosen_paper,
    paper,
)


def test_the_papers_have_the_sizes_of_iso_216() -> None:
    assert (A5_LANDSCAPE.width_mm, A5_LANDSCAPE.height_mm) == (210, 148)
    assert (A4_PORTRAIT.width_mm, A4_PORTRAIT.height_mm) == (210, 297)


def test_a_larger_scale_leaves_less_to_lay_text_on() -> None:
    assert A5_LANDSCAPE.column_mm == pytest.approx(195)
    assert A5_LANDSCAPE.room_mm == pytest.approx(133)
    assert A4_PORTRAIT.column_mm == pytest.approx(182 / 1.15)


def test_the_qr_picture_has_its_room_beside_the_text() -> None:
    assert A5_LANDSCAPE.narrow_mm == pytest.approx(195 - 32)


@pytest.mark.parametrize("known", PAPERS)
def test_a_paper_is_found_by_its_name_in_settings(known: Paper) -> None:
    assert paper(known.code) is known


def test_an_unknown_paper_is_refused_by_name() -> None:
    with pytest.raises(PaperUnknownError, match="没有名为“letter”的纸张"):
        paper("letter")


def test_a_setting_s_capitals_do_not_matter() -> None:
    assert paper("A4x2") is A4_TWO_UP


def test_two_copies_fill_an_a4_sheet() -> None:
    assert (A4_TWO_UP.width_mm, A4_TWO_UP.sheet_height_mm) == (210, 297)
    assert A5_LANDSCAPE.sheet_height_mm == 148


def test_a_slim_paper_has_no_room_beside_its_text() -> None:
    assert [known.single_column for known in PAPERS] == [False, False, False, True, True]
    assert ROLL_80.narrow_mm == ROLL_80.column_mm == 72


def test_large_print_takes_a4_whatever_sheet_is_set_but_not_a_roll() -> None:
    assert chosen_paper("A5", large_print=True) is LARGE_PRINT
    assert chosen_paper("A5", large_print=False) is A5_LANDSCAPE
    assert chosen_paper("80mm", large_print=True) is ROLL_80


def test_every_paper_of_the_settings_is_known() -> None:
    assert {paper(code) for code in settings.PAPERS} == set(PAPERS) - {LARGE_PRINT}
