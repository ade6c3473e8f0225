"""Print a notice on one of the system's printers.

Finds the printer and draws; counts no print and writes no ledger. Prints from
the paper's top left corner, so an A5 notice also fits on A4 paper.
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from medcounter.errors import MedCounterError
from medcounter.notice.sheet.paper import Paper
from medcounter.settings import Offset

from .draw import DrawPage, draw
from .lacking import refuse_boxes
from .layout import Layout
from .units import MM_PER_INCH

# Printer drivers round paper sizes to whole points.
_ROUNDING_MM = 1.0
_TENTHS = 10


class PrinterUnusableError(MedCounterError):
    """打印机没有接受打印，纸上没有内容；请检查打印机电源、纸张和连接后补打。"""


class PrinterMissingError(MedCounterError):
    """系统里没有设置的这台打印机，没有打印；请接好打印机，或在设置里另选一台。"""


class PaperTooSmallError(MedCounterError):
    """打印机里的纸放不下通知单，没有打印；请换大一些的纸，或在设置里另选纸张。"""


def make_printer(paper: Paper, title: str) -> QPrinter:
    """Set up the system's usual printer for a paper.

    Args:
        paper: What is drawn on.
        title: What the printer's queue shows; names nobody.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(_page_layout(paper))
    printer.setDocName(title)
    return printer


def printer_names() -> tuple[str, ...]:
    """Name the system's printers."""
    return tuple(QPrinterInfo.availablePrinterNames())


def default_printer_name() -> str:
    """Name the system's usual printer; empty when there is none."""
    return QPrinterInfo.defaultPrinter().printerName()


def set_printer(printer: QPrinter, name: str) -> None:
    """Send what is drawn next to a printer.

    Raises:
        PrinterMissingError: The system has none of this name.
    """
    printer.setPrinterName(name)
    if not printer.isValid() or printer.printerName() != name:
        raise PrinterMissingError(
            f"系统里没有名为“{name}”的打印机，没有打印；请接好打印机，或在设置里另选一台。"
        )


def send_layout(layout: Layout, offset: Offset, *, with_boxes: bool = False) -> None:
    """Print a sheet on a printer of the system.

    Args:
        layout: What stands on the paper; names itself in the printer's queue.
        offset: Names the printer, and how far it moves everything.
        with_boxes: Whether a character that cannot be drawn may be a box.

    Raises:
        MedCounterError: No paper came out; the text says why.
    """
    printer = make_printer(layout.paper, layout.manuscript.name)
    set_printer(printer, offset.printer)
    print_layout(layout, printer, offset, with_boxes=with_boxes)


def send_page(draw_page: DrawPage, paper: Paper, title: str, offset: Offset) -> None:
    """Print one page that is drawn by hand on a printer of the system.

    Args:
        draw_page: Draws it, in dots per millimetre.
        paper: What it is drawn on.
        title: What the printer's queue shows.
        offset: Names the printer, and how far it moves everything.

    Raises:
        MedCounterError: No paper came out; the text says why.
    """
    printer = make_printer(paper, title)
    set_printer(printer, offset.printer)
    draw_pages(draw_page, 1, printer, offset)


def print_layout(
    layout: Layout, printer: QPrinter, offset: Offset | None = None, *, with_boxes: bool = False
) -> None:
    """Send a sheet to a printer.

    Args:
        layout: What stands on the paper.
        printer: Where to; as :func:`set_printer` left it.
        offset: How far this printer moves everything; None for not at all.
        with_boxes: Whether a character that cannot be drawn may be a box.

    Raises:
        CharacterUndrawableError: There is one, and it may not.
        PaperTooSmallError: The printer's paper is smaller than the sheet.
        PrinterUnusableError: The printer took nothing, or not all pages.
    """
    if not with_boxes:
        refuse_boxes(layout)
    _refuse_small_paper(printer, layout.paper)

    def draw_page(painter: QPainter, page: int, dots_per_mm: float) -> None:
        draw(painter, layout, page, dots_per_mm)

    draw_pages(draw_page, len(layout.pages), printer, offset)


def draw_pages(
    draw_page: DrawPage, pages: int, printer: QPrinter, offset: Offset | None = None
) -> None:
    """Send pages to a printer, moved by its offset.

    Args:
        draw_page: Draws a page, from 0, in dots per millimetre.
        pages: How many there are.
        printer: Where to.
        offset: How far everything is moved; None for not at all.

    Raises:
        PrinterUnusableError: The printer took nothing, or not all pages.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterUnusableError
    dots_per_mm = printer.resolution() / MM_PER_INCH
    tenth = dots_per_mm / _TENTHS
    moved = QPointF(offset.x * tenth, offset.y * tenth) if offset else QPointF()
    is_whole = False
    try:
        for page in range(pages):
            if page and not printer.newPage():
                raise PrinterUnusableError(_refused_after(page, pages))
            painter.save()
            painter.translate(moved)
            draw_page(painter, page, dots_per_mm)
            painter.restore()
        is_whole = True
    finally:
        if not is_whole:
            # Else the end would send what there is of it.
            printer.abort()
        ended = painter.end()
    failed = printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}
    if not ended or failed:
        raise PrinterUnusableError


def _refused_after(taken: int, pages: int) -> str:
    """Say what may lie in the printer: some drop a job only after its first pages."""
    return (
        f"打印机只接受了 {pages} 页里的前 {taken} 页，已取消打印；打出来的页请作废，"
        "检查打印机电源、纸张和连接后补打。"
    )


def _refuse_small_paper(printer: QPrinter, paper: Paper) -> None:
    given = printer.paperRect(QPrinter.Unit.Millimeter)
    lacks_width = given.width() + _ROUNDING_MM < paper.width_mm
    lacks_height = given.height() + _ROUNDING_MM < paper.sheet_height_mm
    # A roll has no height of its own, whatever its driver says.
    if lacks_width or (lacks_height and not paper.roll):
        raise PaperTooSmallError(
            f"打印机里的纸是 {given.width():.0f}×{given.height():.0f} 毫米，放不下"
            f"{paper.label}的通知单，没有打印；请换大一些的纸，或在设置里另选纸张。"
        )


def _page_layout(paper: Paper) -> QPageLayout:
    short, long = sorted((paper.width_mm, paper.sheet_height_mm))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter)
    landscape = paper.width_mm > paper.sheet_height_mm
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF())
