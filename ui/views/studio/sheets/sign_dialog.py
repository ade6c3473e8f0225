"""The sheet for the wet signature on screen, before it goes to the office.

Shows and asks; prints, saves and reads nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ....dialogs.dialog_size import fit_dialog
from ....printing.sheet_view import SheetView
from ....widgets.labels import plain_label
from ....widgets.message_row import FolderButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ....messages import Message
    from ....printing.layout import Layout

_WIDTH_LINES, _HEIGHT_LINES = 52, 34
_TOLD_LINES = 9
_WAITING = "正在按规则测算参保人样本，排版审签单……"
_EXPLAINED = (
    "交医疗保障经办机构逐项核对：可以打印后签名盖章，也可以存成表格，"
    "对方打√、×，写好备注发回来再读。"
)


class SignDialog(QDialog):
    """One sheet on screen; call ``open``, it deletes itself when closed.

    Signals:
        asked: ``print``, ``pdf``, ``table`` or ``return``, as the author wants it.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("审签单")
        self._note = plain_label("sign_note", self, "", _WAITING)
        self._folder = FolderButton("sign_folder", self)
        self._view = SheetView(self)
        self._view.setAccessibleName("审签单预览")
        self._returned = QPlainTextEdit(self)
        self._returned.setObjectName("sign_returned")
        self._returned.setAccessibleName("审签单读回的结果")
        self._returned.setReadOnly(True)
        self._returned.setFixedHeight(_TOLD_LINES * self.fontMetrics().height())
        self._returned.hide()
        column = QVBoxLayout(self)
        top = QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._folder)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        column.addWidget(self._returned)
        column.addLayout(self._buttons())
        fit_dialog(self, _WIDTH_LINES, _HEIGHT_LINES, in_window=True)

    def show_making(self) -> None:
        """Let no button be pressed while there is no sheet."""
        for button in self._needs_sheet:
            button.setEnabled(False)

    def show_layout(self, layout: Layout) -> None:
        """Show the pages; the buttons can be pressed from now on."""
        self.setWindowTitle(layout.manuscript.title)
        self._note.setText(_EXPLAINED)
        self._view.show_layout(layout)
        for button in self._needs_sheet:
            button.setEnabled(True)

    def show_note(self, text: str, state: str) -> None:
        """Show a sentence above the pages.

        Args:
            text: The sentence.
            state: ``problem``, ``good`` or empty, for its colour.
        """
        self._note.setText(text)
        self._note.setProperty("state", state)
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)

    def show_message(self, message: Message) -> None:
        """Show what came of an act; a saved file's folder can be opened."""
        self.show_note(message.text, message.tone)
        self._folder.show_message(message)

    def show_returned(self, lines: Sequence[str]) -> None:
        """Show what came back, one line each."""
        self._returned.setPlainText("\n".join(lines))
        self._returned.show()
        self._returned.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._button("zoom_in", "放大(&I)", self._view.zoom_in))
        row.addWidget(self._button("zoom_out", "缩小(&O)", self._view.zoom_out))
        row.addStretch()
        asked = (
            ("sign_return", "读回填好的表(&R)", "return"),
            ("sign_table", "存为表格(&X)", "table"),
            ("sign_pdf", "存为 PDF(&S)", "pdf"),
            ("sign_print", "打印(&P)", "print"),
        )
        self._needs_sheet = []
        for name, text, what in asked:
            button = self._button(name, text, partial(self.asked.emit, what))
            self._needs_sheet.append(button)
            row.addWidget(button)
        row.addWidget(self._button("close", "关闭(&C)", self.reject))
        return row

    def _button(self, name: str, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: pressed())
        return button
