"""The pages of a notice on screen, as they will appear on paper.

Shown by the same drawing as paper and PDF. Paper stays white in a dark window.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from medcounter.notice.sheet.paper import Paper

from .draw import draw
from .layout import Layout

_GAP = 0.04
_ZOOM_STEP = 1.25
_LEAST_ZOOM = 0.5
_MOST_ZOOM = 4.0
# Narrower paper, such as a roll, is not blown up to the width of the view.
_FULL_WIDTH_MM = 148
_EDGE = QColor(0x80, 0x80, 0x80)


class SheetView(QAbstractScrollArea):
    """Pages one below the other.

    At zoom 1 a lying page is seen whole and a standing one as wide as the
    view, so that its text can be read.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout | None = None
        self._zoom = 1.0
        self.setObjectName("sheet_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("通知单预览")

    def show_layout(self, layout: Layout) -> None:
        """Show the pages of a layout from the top."""
        self._layout = layout
        pages = len(layout.pages)
        self.setAccessibleDescription(f"{layout.manuscript.title}，共 {pages} 页")
        self._fit()
        self.verticalScrollBar().setValue(0)

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom = min(self._zoom * _ZOOM_STEP, _MOST_ZOOM)
        self._fit()

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom = max(self._zoom / _ZOOM_STEP, _LEAST_ZOOM)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QAbstractScrollArea.resizeEvent: fit the page again."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QAbstractScrollArea.paintEvent: draw the pages in view."""
        if self._layout is None:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for page in range(len(self._layout.pages)):
            place = self._place(page, self._layout.paper)
            if not place.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(place, Qt.GlobalColor.white)
            painter.setPen(QPen(_EDGE, 0))
            painter.drawRect(place)
            painter.save()
            painter.translate(place.topLeft())
            draw(painter, self._layout, page, place.width() / self._layout.paper.width_mm)
            painter.restore()

    def _page_size(self, paper: Paper) -> tuple[float, float]:
        view = self.viewport()
        width = view.width() * (1 - 2 * _GAP) * min(1.0, paper.width_mm / _FULL_WIDTH_MM)
        if paper.width_mm > paper.sheet_height_mm:
            height = view.height() - 2 * _GAP * view.width()
            width = min(width, max(0.0, height) * paper.width_mm / paper.sheet_height_mm)
        width *= self._zoom
        return width, width * paper.sheet_height_mm / paper.width_mm

    def _place(self, page: int, paper: Paper) -> QRectF:
        width, height = self._page_size(paper)
        gap = self.viewport().width() * _GAP
        left = max(gap, (self.viewport().width() - width) / 2)
        top = gap + page * (height + gap)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRectF(left - across, top - down, width, height)

    def _fit(self) -> None:
        if self._layout is None:
            return
        width, height = self._page_size(self._layout.paper)
        view = self.viewport().size()
        gap = view.width() * _GAP
        whole_height = gap + len(self._layout.pages) * (height + gap)
        whole_width = width + 2 * gap
        for bar, whole, seen in (
            (self.verticalScrollBar(), whole_height, view.height()),
            (self.horizontalScrollBar(), whole_width, view.width()),
        ):
            bar.setRange(0, max(0, round(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(max(1, seen // 10))
        self.viewport().update()
