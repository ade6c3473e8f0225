"""The printer: the right paper, all pages, and a sentence when it takes nothing."""

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, qGray
from PySide6.QtPrintSupport import QPrinter

from medcounter.assess.assessment import Remark
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, PAPERS, ROLL_80, Paper
from medcounter.settings import Offset
from tests.support.paper.notice_samples import LATE_0305, LONG_PARTY, notice
from ui.printing import test_page
from ui.printing.layout import Layout, lay_out
from ui.printing.printer import (
    PaperTooSmallError,
    PrinterMissingError,
    PrinterUnusableError,
    draw_pages,
    make_printer,
    print_layout,
    set_printer,
)
from ui.printing.test_page import draw_test_page

MM_PER_POINT = 25.4 / 72

pytestmark = pytest.mark.usefixtures("qapp")


def printer_to(path: Path, paper: Paper = A5_LANDSCAPE) -> QPrinter:
    printer = make_printer(paper, "缴费通知单")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def laid_out(paper: Paper = A5_LANDSCAPE) -> Layout:
    return lay_out(Sheet(notice()), paper)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printer_is_set_to_the_paper(paper: Paper) -> None:
    rect = make_printer(paper, "缴费通知单").paperRect(QPrinter.Unit.Millimeter)
    assert (rect.width(), rect.height()) == pytest.approx(
        (paper.width_mm, paper.sheet_height_mm), abs=1
    )


def test_a_notice_is_printed_on_its_paper(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    print_layout(lay_out(Sheet(notice(), 2), A5_LANDSCAPE), printer_to(path))
    page = PdfReader(path).pages[0]
    assert float(page.mediabox.width) * MM_PER_POINT == pytest.approx(210, abs=0.5)
    assert "补打第2次打印" in "".join(page.extract_text().split())


def test_a_long_notice_is_printed_on_as_many_pages_as_it_takes(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 9) for n in range(20))
    made = Sheet(notice(replace(LATE_0305, remarks=told)))
    print_layout(lay_out(made, A5_LANDSCAPE), printer_to(path))
    texts = ["".join(page.extract_text().split()) for page in PdfReader(path).pages]
    assert ["第1/2页" in texts[0], "第2/2页" in texts[1]] == [True, True]
    assert ["校验码" in text for text in texts] == [False, True]


def test_an_a5_notice_lies_at_the_top_of_a4_paper(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    printer = printer_to(path, A4_PORTRAIT)
    print_layout(lay_out(Sheet(notice(party=LONG_PARTY)), A5_LANDSCAPE), printer)
    page = PdfReader(path).pages[0]
    assert float(page.mediabox.height) * MM_PER_POINT == pytest.approx(297, abs=0.5)
    with pdfplumber.open(path) as pdf:
        bottoms = [char["bottom"] for char in pdf.pages[0].chars]
    assert max(bottoms) * MM_PER_POINT < 148


def test_paper_too_small_for_the_notice_is_refused_before_printing(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    printer = printer_to(path)
    a6 = QPageSize(QPageSize.PageSizeId.A6)
    printer.setPageLayout(QPageLayout(a6, QPageLayout.Orientation.Landscape, QMarginsF()))
    with pytest.raises(PaperTooSmallError, match=r"148×105 毫米.*A5 横向"):
        print_layout(laid_out(), printer)
    assert not path.exists()


def test_paper_too_low_for_the_notice_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(PaperTooSmallError, match="A4 纵向"):
        print_layout(laid_out(A4_PORTRAIT), printer_to(tmp_path / "printed.pdf"))


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrinterUnusableError, match="没有接受打印"):
        print_layout(laid_out(), printer_to(tmp_path / "gone" / "printed.pdf"))


def refusing(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[QPrinter, list[bool]]:
    """A printer that takes no second page, and each time that its job was aborted."""
    printer, aborted = printer_to(path), list[bool]()
    monkeypatch.setattr(printer, "newPage", lambda: False)
    monkeypatch.setattr(printer, "abort", lambda: aborted.append(True))
    return printer, aborted


def test_a_printer_that_refuses_the_second_page_is_stopped_and_the_first_is_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 9) for n in range(20))
    layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=told))), A5_LANDSCAPE)
    printer, aborted = refusing(tmp_path / "printed.pdf", monkeypatch)
    with pytest.raises(PrinterUnusableError, match=r"2 页里的前 1 页.*请作废"):
        print_layout(layout, printer)
    assert aborted == [True]


@pytest.mark.qt_log_ignore("QPainter::end: Painter ended with")
def test_what_cannot_be_drawn_leaves_no_painter_on_the_printer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, aborted = refusing(tmp_path / "printed.pdf", monkeypatch)

    def fails(_painter: QPainter, _page: int, _dots: float) -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        draw_pages(fails, 1, printer)
    assert aborted == [True]
    assert not printer.paintingActive()


def first_corner(path: Path) -> tuple[float, float]:
    with pdfplumber.open(path) as pdf:
        first = pdf.pages[0].chars[0]
    return first["x0"] * MM_PER_POINT, first["top"] * MM_PER_POINT


def test_an_offset_moves_everything_by_tenths_of_a_millimetre(tmp_path: Path) -> None:
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    print_layout(laid_out(), printer_to(plain))
    print_layout(laid_out(), printer_to(moved), Offset("甲", 12, -5))
    (x, y), (moved_x, moved_y) = first_corner(plain), first_corner(moved)
    assert moved_x - x == pytest.approx(1.2, abs=0.05)
    assert moved_y - y == pytest.approx(-0.5, abs=0.05)


def test_the_second_page_is_moved_as_far_as_the_first(tmp_path: Path) -> None:
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 9) for n in range(20))
    layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=told))), A5_LANDSCAPE)
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    print_layout(layout, printer_to(plain))
    print_layout(layout, printer_to(moved), Offset("甲", 30, 0))
    lefts = []
    for path in (plain, moved):
        with pdfplumber.open(path) as pdf:
            lefts.append(min(char["x0"] for char in pdf.pages[1].chars) * MM_PER_POINT)
    assert lefts[1] - lefts[0] == pytest.approx(3.0, abs=0.05)


def test_a_printer_that_is_gone_is_said_and_no_pdf_is_written_instead() -> None:
    with pytest.raises(PrinterMissingError, match="没有名为“窗口 9”的打印机"):
        set_printer(make_printer(A5_LANDSCAPE, "缴费通知单"), "窗口 9")


def test_a_roll_is_printed_as_long_as_it_is_whatever_the_driver_says(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    layout = laid_out(ROLL_80)
    print_layout(layout, printer_to(path, replace(layout.paper, height_mm=200)))
    assert len(PdfReader(path).pages) == 1


def test_the_test_page_has_its_crosses_20_millimetres_from_the_edges() -> None:
    dots = 10.0
    image = QImage(2100, 1480, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw_test_page(painter, 0, dots, paper=A5_LANDSCAPE, offset=Offset("甲"))
    painter.end()
    for x in (200, 1900):
        for y in (200, 1280):
            assert qGray(image.pixel(x, y)) < 128
            assert qGray(image.pixel(x + 20, y + 20)) == 255


def test_the_test_page_goes_to_no_printer_that_is_gone() -> None:
    with pytest.raises(PrinterMissingError):
        test_page.test_page_job(ROLL_80, Offset("窗口 9")).run()
