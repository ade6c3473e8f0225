"""Take in newer rules: choose a file, see the difference, accept or cancel.

Shows a SyncState and emits what the clerk did; opens no file itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QWidget,
)

from medcounter.desk.authoring.rule_files import HallOffer, told_offer

from ...dialogs.plain_dialog import PlainDialog
from ...file_dialogs import file_dialog
from ...messages import trust_word
from ...widgets.field_edit import show_state, show_text
from ...widgets.record_model import RecordModel
from ...widgets.record_view import WrappedTable
from .difference_rows import (
    ABSENT,
    DIFFERENCE_COLUMNS,
    Change,
    change_text,
    changes_of,
    shown,
)
from .sync_session import CHOOSE, TAKE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from medcounter.desk.desk_records import BundleState

    from .sync_session import SyncState

_FILES = "规则包 (*.json *.dsse);;所有文件 (*)"
_HINTS = {
    "waiting": (
        "选择上级下发的规则包，或本厅其他窗口带来的、两人签过名的规则文件；"
        "程序先核对签名、版本和自带的算例，再列出会改变什么。"
    ),
    "checking": "正在核对签名、版本和自带的算例，要几秒钟；现用规则照常可用。",
    "planned": "签名、版本和自带算例均已核对。看过下面的变化后，按 Enter 采用。",
    "refused": "没有采用，现用规则不变。",
    "taken": "已采用。今后的测算按新规则，已出的通知单不受影响。",
}

_TONES = {"waiting": "", "checking": "", "planned": "", "refused": "problem", "taken": "good"}


def rules_text(state: BundleState) -> str:
    """Return which rules these are in one line."""
    trust = trust_word(state)
    return f"{state.id} 第 {state.revision} 版 · {trust} · 复核期限 {state.review_by}"


def result_text(state: SyncState) -> str:
    """Describe what was found about the chosen file."""
    if state.plan is None:
        return state.problem
    if isinstance(state.plan, HallOffer):
        return told_offer(state.plan)
    changes = len(state.plan.difference)
    counted = f"共 {changes} 处变化" if changes else "内容没有变化，只有版本号和期限更新"
    ended = len(state.plan.ends)
    ends = f"；本厅规则有 {ended} 份同时停用" if ended else ""
    return f"新规则：{rules_text(state.plan.new)}\n{counted}{ends}"


class PathEdit(QLineEdit):
    """Where a file's path is typed; Enter checks the file and no more."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent: Enter must not also press a button.

        Qt passes Enter on to the dialog, whose main button would then take
        rules in that nobody has looked at.
        """
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class SyncDialog(PlainDialog):
    """Asks for a bundle file and shows what it would change.

    Signals:
        asked: An act of the sync session and its value.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sync_dialog", "更新规则", parent)
        self.add_text("sync_title", "更新规则", role="title")
        self._current = self.add_text("sync_current")
        self._path, self._browse = self._make_file_row()
        self._hint = self.add_text("sync_hint", role="note")
        self._result = self.add_text("sync_result", role="alert")
        self._rows: RecordModel[Change] = RecordModel(DIFFERENCE_COLUMNS, self)
        self._table = WrappedTable("sync_difference", "新旧规则的变化", self._rows, self)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, self._em * 24)
        self._table.row_chosen.connect(self._say)
        self.body.addWidget(self._table, 1)
        self._change = self.add_text("sync_said", role="banner")
        self._close = self.add_button("sync_close", "关闭  Esc")
        self._take = self.add_button("sync_take", "采用新规则  Enter", main=True)
        self._close.clicked.connect(self.reject)
        self._take.clicked.connect(self._on_take_clicked)
        self._path.setFocus()

    def show_state(self, state: SyncState) -> None:
        """Show everything of a state; a path being typed is left alone."""
        show_text(self._current, f"现用规则：{rules_text(state.current)}")
        if not self._path.hasFocus():
            self._path.setText(state.path)
        show_text(self._hint, _HINTS[state.stage])
        show_text(self._result, result_text(state))
        show_state(self._result, _TONES[state.stage])
        self._result.setVisible(bool(result_text(state)))
        lines = changes_of(state.plan) if state.plan else ()
        self._rows.show_rows(lines)
        # Of a place without rules so far there is nothing to compare with.
        self._table.setColumnHidden(1, all(shown(one.old) == ABSENT for one in lines))
        self._table.show_row(0 if lines else -1)
        self._table.setVisible(bool(lines))
        self._change.setVisible(bool(lines))
        self._say()
        self._path.setReadOnly(state.stage == "checking")
        self._browse.setEnabled(state.stage != "checking")
        self._take.setEnabled(state.stage == "planned")
        self._take.setVisible(state.stage != "taken")
        self.fit(48, 30 if lines else 0)
        self._table.wrap()
        if state.stage == "planned":
            self._take.setDefault(True)
            self._take.setFocus()
        elif state.stage == "taken":
            self._close.setDefault(True)
            self._close.setFocus()

    def _make_file_row(self) -> tuple[PathEdit, QPushButton]:
        label = self.add_text("sync_path_label", "规则包文件", role="label")
        path = PathEdit(self)
        path.setObjectName("sync_path")
        path.setAccessibleName("规则包文件")
        path.setPlaceholderText("文件的完整路径，按 Enter 核对；或点“浏览”")
        path.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        label.setBuddy(path)
        browse = QPushButton("浏览…(&B)", self)
        browse.setObjectName("sync_browse")
        browse.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(path, 1)
        row.addWidget(browse)
        self.body.addLayout(row)
        path.returnPressed.connect(self._on_path_return_pressed)
        browse.clicked.connect(self._on_browse_clicked)
        return path, browse

    def _say(self) -> None:
        line = self._rows.record_at(self._table.currentIndex().row())
        show_text(self._change, change_text(line) if line else "")

    def _on_path_return_pressed(self) -> None:
        if self._path.text().strip():
            self.asked.emit(CHOOSE, self._path.text().strip())

    def _on_browse_clicked(self) -> None:
        files = file_dialog(self, "sync_files", "选择规则包", _FILES, self._path.text())
        files.fileSelected.connect(self._on_file_selected)
        files.open()

    def _on_file_selected(self, path: str) -> None:
        self._path.setText(path)
        self.asked.emit(CHOOSE, path)

    def _on_take_clicked(self) -> None:
        self.asked.emit(TAKE, "")
