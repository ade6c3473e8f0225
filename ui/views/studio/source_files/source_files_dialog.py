"""The files of a draft's announcements: a list, and the one that is marked.

Shows what it is given and emits what the author did; opens no file itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ....dialogs.dialog_size import fit_dialog
from ....widgets.choice import ChoiceBox
from ....widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WIDTH_LINES, _HEIGHT_LINES = 58, 36
_LIST_LINES = 16
_EMPTY = "还没有放公告文件。选好来源，按“放进文件”：图片（JPG、PNG）、PDF 或文本都可以。"


class SourceFilesDialog(QDialog):
    """Files on the left, the marked one on the right; call ``open``.

    Signals:
        brought: Place of the source, from 0: a file is to be put in for it.
        marked: Place of the file that is to be shown, from 0.
        dropped: Place of the file that is to be taken out.
        opened: Place of the file that the system's viewer is to open.
        beside_wanted: Place of the file that is to stand beside the form.
    """

    brought = Signal(int)
    marked = Signal(int)
    dropped = Signal(int)
    opened = Signal(int)
    beside_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_files")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("公告文件")
        self._note = plain_label("source_file_note", self, "", _EMPTY)
        self._list = QListWidget(self)
        self._list.setObjectName("source_file_list")
        self._list.setAccessibleName("公告文件")
        self._list.setFixedWidth(_LIST_LINES * self.fontMetrics().height())
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._picture = QLabel(self)
        self._picture.setObjectName("source_file_picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("source_file_text")
        self._text.setReadOnly(True)
        self._text.setAccessibleName("公告全文")
        self._pages = QStackedWidget(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._picture)
        self._scroll.setWidgetResizable(True)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._text)
        middle = QHBoxLayout()
        middle.addWidget(self._list)
        middle.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._note)
        column.addLayout(middle, 1)
        column.addLayout(self._buttons())
        fit_dialog(self, _WIDTH_LINES, _HEIGHT_LINES, in_window=True)

    @property
    def picture_room(self) -> QSize:
        """How large a picture may be to be read without moving it sideways."""
        return self._scroll.viewport().size()

    def show_sources(self, titles: Sequence[str]) -> None:
        """Show whose files may be put in."""
        self._sources.clear()
        self._sources.addItems(list(titles))
        self._bring.setEnabled(bool(titles))

    def show_files(self, names: Sequence[str], marked: int) -> None:
        """Show the list, with one marked; -1 for none."""
        self._list.clear()
        self._list.addItems(list(names))
        self._list.setCurrentRow(marked)
        for button in (self._open, self._beside, self._drop):
            button.setEnabled(marked >= 0)
        if not names:
            self.show_words("")
            self.show_note(_EMPTY, "")

    def show_picture(self, image: QImage) -> None:
        """Show a picture that was decoded."""
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._pages.setCurrentWidget(self._scroll)

    def show_words(self, text: str) -> None:
        """Show a text, or in its place a sentence."""
        self._text.setPlainText(text)
        self._pages.setCurrentWidget(self._text)

    def show_note(self, text: str, state: str) -> None:
        """Show a sentence above the list; its state is ``problem``, ``good`` or empty."""
        self._note.setText(text)
        self._note.setProperty("state", state)
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._sources = ChoiceBox(self)
        self._sources.setObjectName("source_file_source")
        self._sources.setAccessibleName("来源")
        self._sources.setMinimumContentsLength(_LIST_LINES)
        row.addWidget(self._sources, 1)
        chosen = self._sources.currentIndex
        self._bring = self._button(
            "source_file_bring", "放进文件(&A)", lambda: self.brought.emit(chosen())
        )
        here = self._list.currentRow
        self._open = self._button(
            "source_file_open", "用阅读器打开(&O)", lambda: self.opened.emit(here())
        )
        self._beside = self._button(
            "source_file_beside", "对照着编(&B)", lambda: self.beside_wanted.emit(here())
        )
        self._drop = self._button("source_file_drop", "拿掉(&D)", lambda: self.dropped.emit(here()))
        for button in (self._bring, self._beside, self._open, self._drop):
            button.setEnabled(False)
            row.addWidget(button)
        row.addWidget(self._button("close", "关闭(&C)", self.reject))
        return row

    def _button(self, name: str, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: pressed())
        return button

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.marked.emit(row)
