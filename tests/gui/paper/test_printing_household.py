"""A household laid out: members over pages, totals carried, copies alike, a roll that ends."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from medcounter.assess.assessment import Remark
from medcounter.notice.content.household_sheet import HouseholdSheet, household_sheet
from medcounter.notice.content.notice import Party, Sheet
from medcounter.notice.sheet.paper import (
    A4_PORTRAIT,
    A4_TWO_UP,
    A5_LANDSCAPE,
    LARGE_PRINT,
    PAPERS,
    ROLL_80,
    Paper,
)
from tests.support.paper.notice_samples import LATE_0305, PARTY, notice
from ui.printing.draw import draw
from ui.printing.layout import Layout, lay_out

LONG_NAME = "阿卜杜热合曼·买买提依明·艾则孜·吐尔逊江·阿不都克里木·买合木提·龘靐齉㐂㛃㝵"
DOTS = 6.0


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Text is laid out by Qt."""
    del qapp


def family(size: int, *void: int) -> HouseholdSheet:
    """Members with names of forty characters, ¥400.00 each."""
    assert len(LONG_NAME) == 40
    members = tuple(
        notice(party=Party(LONG_NAME, PARTY.id_number), number=f"2025-03-{number:06d}")
        for number in range(1, size + 1)
    )
    return household_sheet(members, voided={f"2025-03-{number:06d}" for number in void})


def page_texts(layout: Layout) -> list[list[str]]:
    return [[layout.documents[place.box].toPlainText() for place in page] for page in layout.pages]


def carried_texts(layout: Layout) -> list[str]:
    documents = [document for document in layout.carried if document is not None]
    return [" ".join(document.toPlainText().split()) for document in documents]


def drawn(layout: Layout, page: int) -> QImage:
    width, height = layout.paper.width_mm, layout.paper.sheet_height_mm
    image = QImage(round(width * DOTS), round(height * DOTS), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw(painter, layout, page, DOTS)
    painter.end()
    return image


def test_eight_members_with_common_names_fit_one_a4() -> None:
    members = tuple(notice(number=f"2025-03-{number:06d}") for number in range(1, 9))
    assert len(lay_out(household_sheet(members), A4_PORTRAIT).pages) == 1


def test_each_further_page_of_members_begins_with_the_columns_headings() -> None:
    pages = page_texts(lay_out(family(8), A5_LANDSCAPE))
    assert len(pages) > 1
    with_rows = [page for page in pages if any("2025-03-0000" in text for text in page)]
    assert all("享受待遇" in page[0] for page in with_rows[1:])


def test_the_subtotals_of_the_pages_add_up_and_a_void_member_adds_nothing() -> None:
    lines = carried_texts(lay_out(family(8, 2), A5_LANDSCAPE))
    assert len(lines) == 2
    assert lines[-1].endswith("累计 ¥2,800.00")
    here = [line.split()[1] for line in lines]
    yuan = [float(amount.removeprefix("¥").replace(",", "")) for amount in here]
    assert sum(yuan) == 2800


def test_a_household_on_one_page_carries_nothing() -> None:
    assert carried_texts(lay_out(family(1), A4_PORTRAIT)) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_member_stands_on_the_sheet_once(paper: Paper) -> None:
    pages = page_texts(lay_out(family(8), paper))
    text = "".join(text for page in pages for text in page)
    assert [text.count(f"2025-03-{number:06d}") for number in range(2, 8)] == [1] * 6
    assert "¥3,200.00" in text


@pytest.mark.parametrize("paper", PAPERS)
def test_no_name_is_wider_than_its_column(paper: Paper) -> None:
    layout = lay_out(family(6), paper)
    for document in layout.documents:
        assert document.idealWidth() <= document.textWidth() + 1


def test_both_copies_of_a_sheet_are_alike_but_for_their_feet() -> None:
    layout = lay_out(Sheet(notice()), A4_TWO_UP)
    image = drawn(layout, 0)
    half = image.height() // 2
    # Between the cut, where a line is drawn, and the foot, where the copy is named.
    inner = QRect(0, round(7 * DOTS), image.width(), round(118 * DOTS))
    assert image.copy(inner) == image.copy(inner.translated(0, half))
    assert [layout.foot(0, copy).toPlainText().split()[-4] for copy in (0, 1)] == [
        "参保人留存",
        "经办机构留存",
    ]


def test_both_copies_go_on_over_further_pages() -> None:
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 9) for n in range(20))
    layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=told))), A4_TWO_UP)
    pages = len(layout.pages)
    assert pages > 1
    assert len(layout.feet) == 2 * pages
    assert f"第 2/{pages} 页" in layout.foot(1, 1).toPlainText()


def test_a_roll_ends_with_its_content() -> None:
    short, long = (lay_out(family(size), ROLL_80).paper for size in (1, 8))
    assert short.height_mm < long.height_mm < ROLL_80.height_mm


def test_a_roll_longer_than_a_metre_goes_on_with_a_second_piece() -> None:
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 12) for n in range(120))
    layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=told))), ROLL_80)
    assert len(layout.pages) > 1
    assert layout.paper.height_mm == ROLL_80.height_mm


def test_an_exercise_is_marked_on_every_page_and_copy() -> None:
    plain = family(8)
    for paper in (A4_TWO_UP, LARGE_PRINT, ROLL_80):
        marked, bare = (lay_out(one, paper) for one in (replace(plain, practice=True), plain))
        for page in range(len(marked.pages)):
            images = drawn(marked, page), drawn(bare, min(page, len(bare.pages) - 1))
            middle = QRect(0, images[0].height() // 3, images[0].width(), images[0].height() // 3)
            assert images[0].copy(middle) != images[1].copy(middle)
