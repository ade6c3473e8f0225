"""The preview of a notice before it goes to paper or into a PDF.

Shows and asks; prints and saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from medcounter.notice.notice import Notice, Sheet
from medcounter.notice.paper import Paper

from ..fonts import missing_characters
from .layout import lay_out
from .sheet_view import SheetView

_WIDTH_LINES = 46
_HEIGHT_LINES = 30


class PreviewDialog(QDialog):
    """One sheet on screen; call ``open``, it deletes itself when closed.

    Signals:
        print_requested: The clerk wants the Sheet shown on paper.
        save_requested: The clerk wants the Sheet shown as a PDF.
    """

    print_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, sheet: Sheet, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.setObjectName("notice_preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"通知单预览 {sheet.notice.number or '样张'}")
        self._view = SheetView(self)
        column = QVBoxLayout(self)
        if warning := missing_text(sheet.notice):
            column.addWidget(self._warning(warning))
        column.addWidget(self._view, 1)
        column.addLayout(self._buttons())
        line = self.fontMetrics().height()
        self.resize(_WIDTH_LINES * line, _HEIGHT_LINES * line)
        self._view.show_layout(lay_out(sheet, paper))

    def _warning(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("missing_characters")
        label.setProperty("state", "warning")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._button("zoom_in", "放大(&I)", self._view.zoom_in))
        row.addWidget(self._button("zoom_out", "缩小(&O)", self._view.zoom_out))
        row.addStretch()
        row.addWidget(self._button("save_pdf", "存为 PDF(&S)", self._ask_save))
        row.addWidget(self._button("print", "打印(&P)", self._ask_print))
        row.addWidget(self._button("close", "关闭(&C)", self.reject))
        return row

    def _button(self, name: str, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(pressed)
        return button

    def _ask_print(self) -> None:
        self.print_requested.emit(self._sheet)

    def _ask_save(self) -> None:
        self.save_requested.emit(self._sheet)


def missing_text(notice: Notice) -> str:
    """Say which characters of a notice may not come out; empty when all do."""
    person, office = notice.person, notice.office
    typed = (person.name, person.agent, person.relation, person.household)
    lacking = missing_characters("".join((*typed, office.hall, office.clerk, notice.place)))
    if not lacking:
        return ""
    return (
        f"程序自带的字库没有“{lacking}”，打印和 PDF 里可能缺字或查找不到；"
        "请先看清预览，缺字时请换一台装有生僻字字体的电脑打印。"
    )
