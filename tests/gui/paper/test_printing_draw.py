"""What lies on the paper when it is drawn: inside the margins, legible in black and white."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, qGray
from PySide6.QtWidgets import QApplication

from medcounter.notice.content.notice import BenefitSpan, Notice, Sheet
from medcounter.notice.sheet.paper import PAPERS, Paper
from tests.support.paper.notice_samples import LATE_0305, LONG_PARTY, NO_COVER, notice
from ui.printing.draw import draw
from ui.printing.layout import lay_out
from ui.printing.units import PER_MM
from ui.printing.year_strip import draw_timeline, draw_years

DOTS = 6.0
WHITE = 255


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Drawing needs fonts."""
    del qapp


def drawn(sheet: Sheet, paper: Paper, page: int = 0) -> QImage:
    layout = lay_out(sheet, paper)
    width, height = layout.paper.width_mm, layout.paper.sheet_height_mm
    image = QImage(round(width * DOTS), round(height * DOTS), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw(painter, layout, page, DOTS)
    painter.end()
    return image


def dark_share(image: QImage, left: float, right: float, top: float, bottom: float) -> float:
    """Share of dots darker than half grey in an area, in parts of the image."""
    columns = range(round(left * image.width()), round(right * image.width()))
    rows = range(round(top * image.height()), round(bottom * image.height()))
    dots = [qGray(image.pixel(x, y)) < 128 for x in columns for y in rows]
    return sum(dots) / len(dots)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("made", [notice(), notice(party=LONG_PARTY), notice(NO_COVER)])
def test_nothing_is_drawn_into_the_margins(made: Notice, paper: Paper) -> None:
    image = drawn(Sheet(made), paper)
    margin = int(paper.margin_mm * DOTS) - 2
    for y in range(image.height()):
        edge = y < margin or y >= image.height() - margin
        columns = range(image.width()) if edge else [*range(margin), *range(-margin, 0)]
        for x in columns:
            assert qGray(image.pixel(x % image.width(), y)) == WHITE


def test_each_sheet_marked_otherwise_looks_otherwise() -> None:
    paper = PAPERS[0]
    sheets = [Sheet(notice()), Sheet(notice(), voided=True), Sheet(notice(number=None))]
    images = [drawn(sheet, paper) for sheet in sheets]
    assert images[0] != images[1]
    assert images[0] != images[2]


@pytest.mark.parametrize("sheet", [Sheet(notice(), voided=True), Sheet(notice(number=None))])
def test_the_mark_across_the_sheet_covers_its_middle(sheet: Sheet) -> None:
    paper = PAPERS[0]
    marked, plain = drawn(sheet, paper), drawn(Sheet(notice()), paper)
    inner = [(x, y) for x in range(400, 860, 4) for y in range(300, 600, 4)]
    changed = sum(qGray(marked.pixel(x, y)) < qGray(plain.pixel(x, y)) for x, y in inner)
    assert changed > len(inner) / 5


def test_a_second_page_can_be_drawn_and_is_another_page() -> None:
    many = replace(
        LATE_0305, remarks=tuple(r._replace(text=r.text * 60) for r in LATE_0305.remarks)
    )
    sheet = Sheet(notice(many))
    assert len(lay_out(sheet, PAPERS[0]).pages) > 1
    assert drawn(sheet, PAPERS[0], 1) != drawn(sheet, PAPERS[0], 0)


def test_wait_cover_and_no_benefits_differ_without_colour() -> None:
    image = QImage(1460, 100, QImage.Format.Format_Mono)
    image.fill(1)
    painter = QPainter(image)
    painter.scale(0.32, 0.32)
    rect = QRectF(0, 0, 1460 / 0.32, 11.5 * PER_MM)
    draw_timeline(painter, rect, notice().benefits)
    painter.end()
    # 2025-03-05 is day 64 of the year and 2025-06-05 day 156; the bar lies at 2.9 to 7.9 mm.
    top, bottom = 3.6 * PER_MM * 0.32 / 100, 7.2 * PER_MM * 0.32 / 100
    nothing = dark_share(image, 0.01, 0.05, top, bottom)
    wait = dark_share(image, 0.19, 0.25, top, bottom)
    cover = dark_share(image, 0.45, 0.6, top, bottom)
    assert nothing < 0.02
    assert 0.1 < wait < 0.6
    assert cover > 0.95


@pytest.mark.parametrize("paid", [date(2025, 1, 1), date(2025, 12, 31), date(2024, 11, 20)])
def test_the_payment_s_mark_never_leaves_the_strip(paid: date) -> None:
    image = QImage(1700, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(0.32, 0.32)
    rect = QRectF(120 / 0.32, 0, 1460 / 0.32, 11.5 * PER_MM)
    draw_timeline(painter, rect, replace(notice().benefits, payment_date=paid))
    painter.end()
    beside = [(x, y) for x in (*range(100), *range(1600, 1700)) for y in range(100)]
    assert {qGray(image.pixel(x, y)) for x, y in beside} == {WHITE}


def test_a_span_too_short_for_its_name_goes_without() -> None:
    short = (
        BenefitSpan("none", date(2025, 1, 1), date(2025, 12, 28)),
        BenefitSpan("cover", date(2025, 12, 29), date(2025, 12, 31)),
    )
    image = QImage(1460, 100, QImage.Format.Format_Mono)
    image.fill(1)
    painter = QPainter(image)
    painter.scale(0.32, 0.32)
    rect = QRectF(0, 0, 1460 / 0.32, 11.5 * PER_MM)
    draw_timeline(painter, rect, replace(notice().benefits, year=short))
    painter.end()
    assert dark_share(image, 0.994, 0.999, 0.3, 0.55) > 0.95


def test_the_years_of_a_household_lie_below_each_other_without_colour() -> None:
    image = QImage(1460, 240, QImage.Format.Format_Mono)
    image.fill(1)
    painter = QPainter(image)
    painter.scale(0.32, 0.32)
    rect = QRectF(0, 0, 1460 / 0.32, 240 / 0.32)
    year = notice().benefits.year
    none = (BenefitSpan("none", date(2025, 1, 1), date(2025, 12, 31)),)
    draw_years(painter, rect, (("1 吴建国", year), ("2 吴小宝", none)))
    painter.end()
    # The year's second half is covered in the first line and empty in the second.
    assert dark_share(image, 0.85, 0.98, 0.05, 0.35) > 0.95
    assert dark_share(image, 0.85, 0.98, 0.5, 0.8) < 0.05
