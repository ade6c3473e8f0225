"""A file of the announcement beside the form, read while the form is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ....widgets.field_edit import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SourceFilePane(QFrame):
    """One file, as text or as a picture as wide as the pane.

    Signals:
        closed: The user wants the room back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("source_file_pane")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        self._image = QImage()
        self._title = ElidedLabel("source_file_pane_title", self)
        self._title.setProperty("role", "title")
        close = QPushButton("收起", self)
        close.setObjectName("source_file_pane_close")
        close.setProperty("role", "quiet")
        close.setAutoDefault(False)
        close.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        close.clicked.connect(self.closed)
        self._picture = QLabel(self)
        self._picture.setObjectName("source_file_pane_picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._picture)
        self._scroll.setWidgetResizable(True)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("source_file_pane_text")
        self._text.setReadOnly(True)
        self._text.setAccessibleName("公告全文")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._text)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em // 3] * 4))
        column.setSpacing(em // 4)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setMinimumWidth(em * 12)

    def show_file(self, name: str, shown: str | QImage) -> None:
        """Show a file by its name: its text, or its picture."""
        self._title.show_text(name)
        if isinstance(shown, QImage):
            self._image = shown
            self._fit()
            self._pages.setCurrentWidget(self._scroll)
        else:
            self._image = QImage()
            self._text.setPlainText(shown)
            self._pages.setCurrentWidget(self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a picture is as wide as the pane."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._image.isNull():
            width = max(1, self._scroll.viewport().width())
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(QPixmap.fromImage(self._image).scaledToWidth(width, smooth))
