"""The papers a notice is laid out for."""

import pytest

from medcounter.notice.paper import (
    A4_PORTRAIT,
    A5_LANDSCAPE,
    PAPERS,
    Paper,
    PaperUnknownError,
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
