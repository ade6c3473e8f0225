"""The notice on a printer of the system.

Asks for the printer and draws; counts no print and writes no ledger. Prints
from the paper's top left corner, so an A5 notice also fits on A4 paper.
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from medcounter.errors import MedCounterError
from medcounter.notice.notice import Notice, Sheet
from medcounter.notice.paper import A5_LANDSCAPE, Paper

from .draw import draw
from .layout import Layout, lay_out
from .units import MM_PER_INCH

# Printer drivers round paper sizes to whole points.
_ROUNDING_MM = 1.0


class PrinterUnusableError(MedCounterError):
    """打印机没有接受打印，纸上没有内容；请检查打印机电源、纸张和连接后补打。"""


class PaperTooSmallError(MedCounterError):
    """打印机里的纸放不下通知单，没有打印；请换大一些的纸，或在设置里另选纸张。"""


def make_printer(paper: Paper) -> QPrinter:
    """Set up the system's usual printer for a paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(_page_layout(paper))
    printer.setDocName("缴费通知单")
    return printer


def open_print_dialog(printer: QPrinter, parent: QWidget) -> QPrintDialog:
    """Let the clerk choose a printer; opened, not waited for.

    Returns:
        The dialog; its ``accepted`` signal carries the printer.
    """
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    dialog.setWindowTitle("打印缴费通知单")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # QPrintDialog hides QDialog.open() behind one that wants a slot's name.
    QDialog.open(dialog)
    return dialog


def print_notice(
    notice: Notice,
    print_no: int,
    printer: QPrinter,
    *,
    paper: Paper = A5_LANDSCAPE,
    voided: bool = False,
) -> None:
    """Send a notice to a printer.

    Args:
        notice: What stands on the paper.
        print_no: Which print this is, from 1.
        printer: Where to; as chosen in the dialog.
        paper: The sheet it is laid out for.
        voided: Whether it is marked 作废.

    Raises:
        PaperTooSmallError: The printer's paper is smaller than the notice.
        PrinterUnusableError: The printer took nothing, or not all pages.
    """
    _refuse_small_paper(printer, paper)
    _draw_pages(lay_out(Sheet(notice, print_no, voided=voided), paper), printer)


def _refuse_small_paper(printer: QPrinter, paper: Paper) -> None:
    given = printer.paperRect(QPrinter.Unit.Millimeter)
    lacks_width = given.width() + _ROUNDING_MM < paper.width_mm
    if lacks_width or given.height() + _ROUNDING_MM < paper.height_mm:
        raise PaperTooSmallError(
            f"打印机里的纸是 {given.width():.0f}×{given.height():.0f} 毫米，放不下"
            f"{paper.label}的通知单，没有打印；请换大一些的纸，或在设置里另选纸张。"
        )


def _draw_pages(layout: Layout, printer: QPrinter) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterUnusableError
    dots_per_mm = printer.resolution() / MM_PER_INCH
    taken = True
    for page in range(len(layout.pages)):
        taken = taken and (page == 0 or printer.newPage())
        if taken:
            draw(painter, layout, page, dots_per_mm)
    ended = painter.end()
    failed = printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}
    if not taken or not ended or failed:
        raise PrinterUnusableError


def _page_layout(paper: Paper) -> QPageLayout:
    short, long = sorted((paper.width_mm, paper.height_mm))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter)
    landscape = paper.width_mm > paper.height_mm
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF())
