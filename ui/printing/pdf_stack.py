"""Many sheets in one PDF, drawn one after another.

Created in memory and written durably, like a single sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter

from .draw import draw
from .lacking import refuse_boxes
from .pdf import PdfNotMadeError, is_whole, make_writer, page_layout, save_bytes
from .units import PER_MM

if TYPE_CHECKING:
    from medcounter.destinations import Destination

    from .layout import Layout


class PdfStack:
    """A PDF that grows by sheets."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._buffer = QBuffer()
        self._painter: QPainter | None = None

    def __enter__(self) -> Self:
        """Draw until the block is left, however that is."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the drawing: a painter that outlives what it draws on ends the program."""
        if self._painter is not None and self._painter.isActive():
            self._painter.end()

    def add(self, layout: Layout) -> None:
        """Draw one more sheet, each of its pages on a page of its own.

        Raises:
            CharacterUndrawableError: A character of it cannot be drawn; it is left out.
            PdfNotMadeError: Qt does not draw on.
        """
        refuse_boxes(layout)
        for page in range(len(layout.pages)):
            painter = self._next_page(layout)
            draw(painter, layout, page, PER_MM)

    def save(self, destination: Destination) -> None:
        """Write all sheets; when this returns, they lie whole on the disk.

        Raises:
            PdfNotMadeError: Qt made no whole PDF; no file was touched.
            PdfNotSavedError: The disk did not take it.
        """
        if self._painter is None:
            raise PdfNotMadeError
        self._painter.end()
        self._buffer.close()
        data = bytes(self._buffer.data().data())
        if not is_whole(data):
            raise PdfNotMadeError
        save_bytes(data, destination)

    def _next_page(self, layout: Layout) -> QPainter:
        if self._painter is None:
            self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            self._writer = make_writer(self._buffer, layout.paper, "缴费通知单")
            self._paper = layout.paper
            self._painter = QPainter(self._writer)
            if not self._painter.isActive():
                raise PdfNotMadeError
            return self._painter
        # A roll is as long as what stands on it.
        if layout.paper != self._paper:
            self._paper = layout.paper
            if not self._writer.setPageLayout(page_layout(layout.paper)):
                raise PdfNotMadeError
        if not self._writer.newPage():
            raise PdfNotMadeError
        return self._painter
