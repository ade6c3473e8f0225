"""The printer: the right paper, all pages, and a sentence when it takes nothing."""

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from medcounter.assess.assessment import Remark
from medcounter.notice.notice import Sheet
from medcounter.notice.paper import A4_PORTRAIT, A5_LANDSCAPE, PAPERS, Paper
from tests.notice_samples import LATE_0305, LONG_PARTY, notice
from ui.printing.layout import Layout, lay_out
from ui.printing.printer import (
    PaperTooSmallError,
    PrinterUnusableError,
    make_printer,
    open_print_dialog,
    print_layout,
)

MM_PER_POINT = 25.4 / 72

pytestmark = pytest.mark.usefixtures("qapp")


def printer_to(path: Path, paper: Paper = A5_LANDSCAPE) -> QPrinter:
    printer = make_printer(paper)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def laid_out(paper: Paper = A5_LANDSCAPE) -> Layout:
    return lay_out(Sheet(notice()), paper)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printer_is_set_to_the_paper(paper: Paper) -> None:
    rect = make_printer(paper).paperRect(QPrinter.Unit.Millimeter)
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


def test_a_print_job_s_name_names_nobody() -> None:
    assert make_printer(A5_LANDSCAPE).docName() == "缴费通知单"


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


def test_the_print_dialog_is_opened_and_not_waited_for(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = open_print_dialog(make_printer(A5_LANDSCAPE), window)
    assert isinstance(dialog, QPrintDialog)
    assert dialog.isVisible()
    assert dialog.objectName() == "print_dialog"
    dialog.reject()
