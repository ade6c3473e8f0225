"""The first choice of a hall: clerks sign in, or nobody does.

Explains both in plain words; the choice without sign-in requires ticking that
its consequence was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from .card_page import CardPage

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget


class ChoicePage(CardPage):
    """Asks whether clerks sign in.

    Signals:
        sign_in_wanted: Clerks shall sign in.
        open_wanted: Nobody shall sign in; the consequence was read.
        left: It stays as it is chosen already.
    """

    sign_in_wanted = Signal()
    open_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, *, is_chosen: bool = False) -> None:
        title = "怎样打开台账" if is_chosen else "第一次使用：怎样打开台账"
        super().__init__("choice_page", title, parent, 44)
        self._is_chosen = is_chosen
        self.add_text(
            "choice_why",
            "台账里有居民的姓名、证件号码和办理情况。请先选定由谁打开它，以后可以改。",
        )
        self.add_text("choice_locked_title", "登录（建议）", "title")
        self.add_text(
            "choice_locked",
            "每位经办人有自己的口令，台账加密保存：电脑丢了，别人也无法读取。作废、改时间、"
            "导出和清除资料要主管同意。设置时会打印一张恢复密钥，忘了口令时用它打开，"
            "所以要核对一遍才能启用。",
            "muted",
        )
        self.add_text("choice_open_title", "不登录（只有一位经办人的小厅）", "title")
        self.add_text(
            "choice_open",
            "打开程序就能办理。密钥放在这台电脑里：拿到这台电脑或它的硬盘的人，"
            "就能读出台账里的姓名和证件号码。每一步都由这台电脑签名，证明不了是谁办的。"
            "窗口上方会一直写着“未设登录”。",
            "muted",
        )
        self._read = QCheckBox("我知道：拿到这台电脑的人能读出台账", self)
        self._read.setObjectName("choice_read")
        self.body.addWidget(self._read)
        self._locked = self.add_button("choice_locked_button", "设置登录  Enter", main=True)
        self._open = self.add_button("choice_open_button", "不登录，开始使用")
        self._buttons.addStretch()
        if is_chosen:
            back = self.add_button("choice_back", "返回，还是不登录  Esc")
            back.clicked.connect(self.left)
        self._open.setEnabled(False)
        self._open.setVisible(not is_chosen)
        self._read.setVisible(not is_chosen)
        self._read.toggled.connect(self._open.setEnabled)
        self._locked.clicked.connect(self.sign_in_wanted)
        self._open.clicked.connect(self.open_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Esc goes back where there is a way back."""
        if self._is_chosen and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent: Enter takes what is advised."""
        super().showEvent(event)
        self._locked.setFocus()
