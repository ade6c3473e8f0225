"""A column that scrolls up and down and is never cut off at its side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize

from .column_scroll import ColumnScroll


class TallScroll(ColumnScroll):
    """Asks for the width of what it holds; only height may be missing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QScrollArea.eventFilter: other contents, other width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Override QScrollArea.minimumSizeHint: as wide as what it holds."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, self.fontMetrics().height())
