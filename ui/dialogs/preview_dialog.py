"""The preview of a notice before it is printed or saved as a PDF.

Shows and asks; prints and saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from medcounter.notice.content.household_sheet import HouseholdSheet
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import A5_LANDSCAPE, LARGE_PRINT, Paper

from ..printing.lacking import missing_text
from ..printing.layout import lay_out
from ..printing.sheet_view import SheetView
from ..widgets.labels import plain_label
from .dialog_size import fit_dialog

_WIDTH_LINES = 46
_HEIGHT_LINES = 30


class PreviewDialog(QDialog):
    """One sheet on screen; call ``show``, it deletes itself when closed.

    Not modal: the form beside it stays in use.

    Signals:
        print_requested: The clerk wants the sheet shown on the Paper shown.
        save_requested: The clerk wants a PDF of it on the Paper shown.
        household_requested: The clerk wants the household's sheet of it.
    """

    print_requested = Signal(object, object)
    save_requested = Signal(object, object)
    household_requested = Signal(object)

    def __init__(
        self, sheet: Sheet | HouseholdSheet, paper: Paper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._usual = self._paper = paper
        layout = lay_out(sheet, paper)
        self.setObjectName("notice_preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"预览 {layout.manuscript.name}")
        self._view = SheetView(self)
        column = QVBoxLayout(self)
        if warning := missing_text(layout):
            column.addWidget(self._warning(warning))
        column.addWidget(self._view, 1)
        column.addLayout(self._buttons())
        fit_dialog(self, _WIDTH_LINES, _HEIGHT_LINES)
        self._view.show_layout(layout)

    def offer_household(self, members: int) -> None:
        """Offer the household's sheet where several were issued together."""
        self._household.setVisible(members > 1)
        self._household.setText(f"全户 {members} 人(&H)")

    def _warning(self, text: str) -> QLabel:
        label = plain_label("missing_characters", self, "", text)
        label.setProperty("state", "warning")
        return label

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._button("zoom_in", "放大(&I)", self._view.zoom_in))
        row.addWidget(self._button("zoom_out", "缩小(&O)", self._view.zoom_out))
        row.addWidget(self._large_button())
        self._household = self._button("household", "全户(&H)", self._ask_household)
        self._household.hide()
        row.addWidget(self._household)
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

    def _large_button(self) -> QPushButton:
        """Return what shows the sheet in large type, for this resident alone."""
        button = self._button("large_print", "大字版(&L)", self._turn_large)
        button.setCheckable(True)
        button.setChecked(self._usual is LARGE_PRINT)
        return button

    def _turn_large(self) -> None:
        normal = A5_LANDSCAPE if self._usual is LARGE_PRINT else self._usual
        self._paper = normal if self._paper is LARGE_PRINT else LARGE_PRINT
        self._view.show_layout(lay_out(self._sheet, self._paper))

    def _ask_household(self) -> None:
        self.household_requested.emit(self._sheet)
        self.accept()

    def _ask_print(self) -> None:
        self.print_requested.emit(self._sheet, self._paper)

    def _ask_save(self) -> None:
        self.save_requested.emit(self._sheet, self._paper)
