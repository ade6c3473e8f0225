"""The roster view while no list is open: how to begin.

An area to drop a file on, with the keys to continue. Does nothing itself.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...look.icons import icon
from ...look.theme import palette_in_use
from ...shortcuts import key_of
from ...widgets.labels import plain_label

_SIGN_LINES = 3
_WIDEST = 40
_BEGIN = (
    "把文件拖到这里，或按 {open} 打开：xlsx、xls、ods、csv 都可以。\n"
    "表头用平常的叫法：姓名、身份证号、人员类别、断保年数……"
)
_NO_FILE = "还没有名单？按 {template} 下载模板。"
_CALM = "打开后先列出每一处问题和它所在的单元格；按“采用”之前，什么都不会导入。"


class RosterWelcome(QFrame):
    """A sign, one large line, and how to begin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("roster_welcome")
        self.setProperty("role", "drop")
        self._em = self.fontMetrics().height()
        # The words stand in the middle of the page, however wide that is.
        middle = QWidget(self)
        middle.setMaximumWidth(self._em * _WIDEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(*([self._em] * 4))
        row.addStretch(1)
        row.addWidget(middle, _WIDEST)
        row.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._em * 2 // 3)
        column.addStretch(2)
        self._sign = self._label("roster_welcome_sign", "", "")
        self._draw()
        named = {"open": key_of("roster_open"), "template": key_of("roster_template")}
        for label in (
            self._sign,
            self._label("roster_welcome_title", "heading", "一村、一校或一县的名单，一次测算"),
            self._label("roster_empty", "", _BEGIN.format(**named)),
            self._label("roster_no_file", "", _NO_FILE.format(**named)),
            self._label("roster_calm", "muted", _CALM),
        ):
            column.addWidget(label)
        column.addStretch(3)

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: another theme draws the sign anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        size = self._em * _SIGN_LINES
        self._sign.setPixmap(icon("roster", palette_in_use().accent, size).pixmap(size, size))

    def _label(self, name: str, role: str, text: str) -> QLabel:
        label = plain_label(name, self, role, text, wraps=bool(text))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label
