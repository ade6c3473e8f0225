"""The base of every scrolling column: up and down only, to where the keys went."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class ColumnScroll(QScrollArea):
    """A column without a frame that never scrolls sideways and takes no focus."""

    def __init__(self, name: str, held: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what the keys went to into view; Qt does so for Tab alone."""
        if now is not None and self.isAncestorOf(now):
            self._show_focused()
            # A field that came with its focus has no place before the column is laid out.
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        """Show what has the keys; under a pressed button nothing slips away."""
        now = QApplication.focusWidget()
        clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not clicked and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, self.fontMetrics().height())
