"""The notice as a PDF: created in memory, written durably, read back.

Qt is not used to write the file: it reports success for a file cut off by a
full disk. The file's title names the notice, never a person.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from medcounter.destinations import Destination
from medcounter.errors import MedCounterError
from medcounter.notice.sheet.paper import Paper

from .draw import DrawPage, draw
from .lacking import refuse_boxes
from .layout import Layout
from .units import PER_INCH, PER_MM

_HEAD = b"%PDF-"
_TAIL = b"%%EOF"


class PdfNotMadeError(MedCounterError):
    """PDF 没有生成，文件没有保存；请关闭其他程序后重试，仍不行时改用打印机打印。"""


class PdfNotSavedError(MedCounterError):
    """PDF 没有保存成功；请换一个位置或清理磁盘后重试。"""


def write_pdf(layout: Layout, destination: Destination, *, with_boxes: bool = False) -> None:
    """Save a sheet as a PDF; when this returns, it lies whole on the disk.

    A printer's offset does not move it: it is no printer's.

    Args:
        layout: What stands on the paper.
        destination: The file to make.
        with_boxes: Whether a character that cannot be drawn may be a box.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        CharacterUndrawableError: There is one, and it may not.
        PdfNotMadeError: Qt made no whole PDF; no file was touched.
        PdfNotSavedError: The disk did not take it, or gave other bytes back.
    """
    save_bytes(pdf_bytes(layout, with_boxes=with_boxes), destination)


def save_bytes(data: bytes, destination: Destination) -> None:
    """Write a PDF durably and read it back.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        PdfNotSavedError: The disk did not take it, or gave other bytes back.
    """
    try:
        destination.write(data)
        kept = destination.path.read_bytes()
    except OSError as err:
        raise PdfNotSavedError(
            f"PDF 没有保存到“{destination.path}”（{err.strerror or err}）；"
            "请换一个位置或清理磁盘后重试。"
        ) from err
    if kept != data:
        raise PdfNotSavedError(
            f"保存到“{destination.path}”的 PDF 读回来不完整，不能使用；请换一个位置后重试。"
        )


def pdf_bytes(layout: Layout, *, with_boxes: bool = False) -> bytes:
    """Draw a layout into a PDF in memory; arguments as for :func:`write_pdf`.

    Raises:
        CharacterUndrawableError: A character cannot be drawn, and may not be a box.
        PdfNotMadeError: What Qt made is no whole PDF.
    """
    if not with_boxes:
        refuse_boxes(layout)

    def draw_page(painter: QPainter, page: int, dots_per_mm: float) -> None:
        draw(painter, layout, page, dots_per_mm)

    return drawn_pdf(draw_page, len(layout.pages), layout.paper, layout.manuscript.name)


def drawn_pdf(draw_page: DrawPage, pages: int, paper: Paper, title: str) -> bytes:
    """Draw pages into a PDF in memory.

    Args:
        draw_page: Draws a page, from 0, in dots per millimetre.
        pages: How many there are.
        paper: What they are drawn on.
        title: The file's title; names nobody.

    Raises:
        PdfNotMadeError: What Qt made is no whole PDF.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = make_writer(buffer, paper, title)
    painter = QPainter(writer)
    drawn = painter.isActive()
    try:
        for page in range(pages):
            drawn = drawn and (page == 0 or writer.newPage())
            if drawn:
                draw_page(painter, page, PER_MM)
    finally:
        painter.end()
    buffer.close()
    data = bytes(buffer.data().data())
    if not drawn or not is_whole(data):
        raise PdfNotMadeError
    return data


def make_writer(buffer: QBuffer, paper: Paper, title: str) -> QPdfWriter:
    """Set up a PDF of one paper; its title names no person."""
    writer = QPdfWriter(buffer)
    writer.setResolution(PER_INCH)
    writer.setTitle(title)
    writer.setCreator("medcounter")
    writer.setPageLayout(page_layout(paper))
    return writer


def page_layout(paper: Paper) -> QPageLayout:
    """Return a page of a paper's size, without margins."""
    size = QSizeF(paper.width_mm, paper.sheet_height_mm)
    return QPageLayout(
        QPageSize(size, QPageSize.Unit.Millimeter),
        QPageLayout.Orientation.Portrait,
        QMarginsF(),
    )


def is_whole(data: bytes) -> bool:
    """Return whether bytes begin and end as a PDF does."""
    return data.startswith(_HEAD) and data.rstrip().endswith(_TAIL)
