"""The sign-in page: a name and a secret, or the recovery key from its sheet.

Checks nothing itself. Also used as the lock screen of an unattended counter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ..widgets.choice import ChoiceBox
from .card_page import CardPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.access.sign_in import Clerk

SECOND_MS = 1_000


class SignInPage(CardPage):
    """Asks who is signing in.

    Signals:
        given: Name and secret.
        recovery_given: The recovery key as typed.
    """

    given = Signal(str, str)
    recovery_given = Signal(str)

    def __init__(self, parent: QWidget, *, covering: bool = False) -> None:
        super().__init__("sign_in_page", "屏幕已锁定" if covering else "登录", parent, 30)
        if covering:
            text = "已经填写的内容还在。换一位经办人也在这里登录。"
            self.add_text("sign_in_covered", text, "muted")
        label = self.add_text("sign_in_name_label", "姓名", "label")
        self._name = ChoiceBox(self)
        self._name.setObjectName("sign_in_name")
        self._name.setAccessibleName("姓名")
        self.label(self._name, label)
        self.body.addWidget(self._name)
        self._secret = self.add_line("sign_in_secret", "口令", secret=True)
        self._recovery = self.add_line("sign_in_recovery", "恢复密钥（13 组，每组 5 个字符）")
        self._sign_in = self.add_button("sign_in_button", "登录  Enter", main=True)
        self._other = self.add_button("sign_in_by_recovery", "忘了口令，用恢复密钥…")
        self._other.setVisible(not covering)
        self._buttons.addStretch()
        self._by_recovery = False
        self._wait = 0
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._count_down)
        self._secret.returnPressed.connect(self._on_sign_in_clicked)
        self._recovery.returnPressed.connect(self._on_sign_in_clicked)
        self._sign_in.clicked.connect(self._on_sign_in_clicked)
        self._other.clicked.connect(self._on_other_clicked)
        self._show_way()

    def show_clerks(self, clerks: tuple[Clerk, ...], chosen: str = "") -> None:
        """Offer who can sign in; the cursor is in the secret."""
        self._name.clear()
        self._name.addItems([clerk.name for clerk in clerks])
        self._name.setCurrentIndex(max(self._name.findText(chosen), 0))
        self._secret.setFocus()

    def show_busy(self) -> None:
        """Close the page while what was typed is checked."""
        self.say("正在核对", "")
        self._able(can=False)

    def show_refused(self, text: str, seconds: int = 0) -> None:
        """Show why nobody was let in, and count the seconds to wait down."""
        self.say(text)
        self._secret.clear()
        self._wait = seconds
        self._able(can=not seconds)
        self._sign_in.setText(f"请等 {seconds} 秒" if seconds else "登录  Enter")
        if seconds:
            self._second.start()
        else:
            (self._recovery if self._by_recovery else self._secret).setFocus()

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait > 0:
            self._sign_in.setText(f"请等 {self._wait} 秒")
            return
        self._second.stop()
        self._sign_in.setText("登录  Enter")
        self._able(can=True)
        (self._recovery if self._by_recovery else self._secret).setFocus()

    def _able(self, *, can: bool) -> None:
        for widget in (self._name, self._secret, self._recovery, self._sign_in, self._other):
            widget.setEnabled(can)

    def _show_way(self) -> None:
        for widget in (self._name, self._secret):
            self.show_with_label(widget, is_shown=not self._by_recovery)
        self.show_with_label(self._recovery, is_shown=self._by_recovery)
        text = "用口令登录" if self._by_recovery else "忘了口令，用恢复密钥…"
        self._other.setText(text)

    def _on_other_clicked(self) -> None:
        self._by_recovery = not self._by_recovery
        self.say("")
        self._show_way()
        (self._recovery if self._by_recovery else self._secret).setFocus()

    def _on_sign_in_clicked(self) -> None:
        if not self._sign_in.isEnabled():
            return
        # A secret is cleared from its field as soon as it is handed on.
        if self._by_recovery:
            self.recovery_given.emit(self._recovery.text())
        elif secret := self._secret.text():
            self._secret.clear()
            self.given.emit(self._name.currentText(), secret)
