"""The card for the printer offset: right, down, and a test page.

Shows a SettingsState and emits what was typed; prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from medcounter.desk.settings_form import OFFSET_X, OFFSET_Y

from ...printing.print_system import ASKING
from ...widgets.field_edit import INVALID, PLAIN, FieldEdit, show_state, show_text

if TYPE_CHECKING:
    from .settings_session import SettingsState

_HOW = (
    "先打测试页，用尺量十字中心到纸边：应各为 20 毫米。偏右 1.2 毫米，就在“向右”填 -1.2。"
    "只移动打印，不移动 PDF。"
)
_LABELS = ((OFFSET_X, "向右（毫米）"), (OFFSET_Y, "向下（毫米）"))
_NONE = "没有找到打印机；接好后重新打开设置"


class OffsetCard(QFrame):
    """The offset of the printer that is chosen.

    Signals:
        edited: ``offset_x`` or ``offset_y`` and the millimetres typed.
        test_page_pressed: A page to measure by is wanted.
    """

    edited = Signal(str, object)
    test_page_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_offset")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        caption = QLabel("打印位置", self)
        caption.setProperty("role", "caption")
        self._printer = _note("offset_printer", "", self)
        grid = QGridLayout(self)
        grid.setContentsMargins(*([em] * 4))
        grid.setVerticalSpacing(em // 4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(caption, 0, 0, 1, 2)
        grid.addWidget(self._printer, 1, 0, 1, 2)
        self._edits: dict[str, FieldEdit] = {}
        self._notes: dict[str, QLabel] = {}
        for line, (name, text) in enumerate(_LABELS, start=1):
            self._add_row(grid, 2 * line, name, text)
        self._test = QPushButton("打印测试页(&P)", self)
        self._test.setObjectName("offset_test_button")
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self.test_page_pressed)
        grid.addWidget(_note("offset_how", _HOW, self), 6, 0, 1, 2)
        grid.addWidget(self._test, 7, 0, 1, 2)

    def show_state(self, state: SettingsState) -> None:
        """Show the printer, how far it is moved, and what is wrong with that."""
        silent = state.printers.silent
        lacking = f"{silent}；请检查打印机和网络，再重新打开设置" if silent else _NONE
        show_text(self._printer, state.printer or (ASKING if silent == ASKING else lacking))
        for name, edit in self._edits.items():
            edit.show_text(state.texts[name])
            edit.setEnabled(bool(state.printer))
            fault = state.fault_at(name)
            show_state(edit, INVALID if fault else PLAIN)
            show_state(self._notes[name], INVALID if fault else PLAIN)
            show_text(self._notes[name], fault)
            self._notes[name].setVisible(bool(fault))
        self._test.setEnabled(bool(state.printer) and not state.faults)

    def _add_row(self, grid: QGridLayout, line: int, name: str, text: str) -> None:
        edit = FieldEdit(name, text, "", self)
        edit.setObjectName(f"setting_{name}")
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        edit.edited.connect(self.edited)
        label = QLabel(text, self)
        label.setObjectName(f"setting_{name}_label")
        label.setProperty("role", "label")
        label.setBuddy(edit)
        note = _note(f"setting_{name}_note", "", self)
        grid.addWidget(label, line, 0)
        grid.addWidget(edit, line, 1)
        grid.addWidget(note, line + 1, 1)
        self._edits[name], self._notes[name] = edit, note


def _note(name: str, text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setProperty("role", "note")
    label.setWordWrap(True)
    return label
