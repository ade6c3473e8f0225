"""The pages that turn sign-in on: clerks, then the printed recovery key.

They cannot be finished before the recovery key was typed back from paper.
Emits what was typed; the desk creates and verifies everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from medcounter.desk.access.access_records import SUPERVISOR

from .card_page import CardPage
from .clerk_rows import ClerkRows

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.access.sign_in import NewClerk

_FIRST_ROWS = 2
_HALL = "这是本厅的第一个窗口：同时生成本厅密钥（本厅自己编制规则时用；其他窗口不要勾）"
_IN_A_LINE = 5


def in_lines(recovery_text: str) -> str:
    """Break a recovery key into lines of groups."""
    groups = recovery_text.replace("-", " ").split()
    lines = [groups[at : at + _IN_A_LINE] for at in range(0, len(groups), _IN_A_LINE)]
    return "\n".join("  ".join(line) for line in lines)


class ClerksPage(CardPage):
    """The first step: the clerks who will sign in.

    Signals:
        named: The NewClerks.
        went_back: The choice is to be made again.
    """

    named = Signal(object)
    went_back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("clerks_page", "设置登录（1/2）：谁来登录", parent, 50)
        self.add_text(
            "clerks_why",
            "至少一名主管。口令至少 10 个字符，可以用 4 个词的拼音；全是数字的至少 12 位。"
            "口令忘了可由主管重设；主管的也忘了，只有恢复密钥能打开。",
            "muted",
        )
        self._rows = ClerkRows(self)
        self._rows.add_row(SUPERVISOR)
        for _ in range(_FIRST_ROWS - 1):
            self._rows.add_row()
        self.body.addWidget(self._rows)
        go_on = self.add_button("clerks_go_on", "下一步：恢复密钥", main=True)
        more = self.add_button("clerks_more", "再加一人")
        back = self.add_button("clerks_back", "返回")
        self._buttons.addStretch()
        go_on.clicked.connect(self._on_go_on_clicked)
        more.clicked.connect(self._on_more_clicked)
        back.clicked.connect(self.went_back)

    def focus_first(self) -> None:
        """Focus the first name."""
        self._rows.focus_first()

    def show_clerks(self, clerks: tuple[NewClerk, ...]) -> None:
        """Show again who was named before."""
        self._rows.show_clerks(clerks)

    def clerks(self) -> tuple[NewClerk, ...]:
        """Return who is named so far."""
        return self._rows.clerks()

    def forget(self) -> None:
        """Empty every secret."""
        self._rows.forget()

    def _on_more_clicked(self) -> None:
        self._rows.add_row()

    def _on_go_on_clicked(self) -> None:
        problem = self._rows.problem()
        self.say(problem)
        if not problem:
            clerks: tuple[NewClerk, ...] = self._rows.clerks()
            self.named.emit(clerks)


class RecoveryPage(CardPage):
    """The second step: the recovery key on paper, and typed back from it.

    Signals:
        print_wanted: The recovery key is to be printed.
        typed_back: What was typed from the paper.
        went_back: The clerks are to be named again.
    """

    print_wanted = Signal()
    typed_back = Signal(str)
    went_back = Signal()

    def __init__(self, recovery_text: str, parent: QWidget, *, offers_hall: bool = False) -> None:
        super().__init__("recovery_page", "设置登录（2/2）：恢复密钥", parent, 44)
        self.add_text(
            "recovery_why",
            "所有口令都忘了时，只有这张恢复密钥能打开台账，程序和我们都没有另一份。"
            "请打印或抄在纸上，锁进保险柜，不要拍照、不要存在电脑里。",
        )
        self._key = self.add_text("recovery_key", in_lines(recovery_text), "key_large")
        self._back = self.add_line("recovery_typed", "请对着纸上的恢复密钥，原样输入一遍")
        self._hall = QCheckBox(_HALL, self)
        self._hall.setObjectName("recovery_hall")
        self._hall.setChecked(offers_hall)
        self._hall.setVisible(offers_hall)
        self.body.addWidget(self._hall)
        self._finish = self.add_button("recovery_finish", "核对并启用登录", main=True)
        self._print = self.add_button("recovery_print", "打印(&P)")
        self._hide = self.add_button("recovery_hide", "遮住上面的，我来输入")
        back = self.add_button("recovery_back", "返回")
        self._buttons.addStretch()
        self._finish.setEnabled(False)
        self._back.textChanged.connect(self._on_back_text_changed)
        self._back.returnPressed.connect(self._on_finish_clicked)
        self._finish.clicked.connect(self._on_finish_clicked)
        self._print.clicked.connect(self.print_wanted)
        self._hide.clicked.connect(self._on_hide_clicked)
        back.clicked.connect(self.went_back)
        self._print.setFocus()

    @property
    def wants_hall(self) -> bool:
        """Whether the hall's own key is to be made too."""
        return self._hall.isChecked()

    def show_busy(self) -> None:
        """Disable the page while the slots are made and tested."""
        self.say("正在启用登录并逐一核对，要几秒钟", "")
        self._finish.setEnabled(False)

    def show_refused(self, text: str) -> None:
        """Show why sign-in is not on yet."""
        self.say(text)
        self._finish.setEnabled(True)
        self._back.setFocus()

    def show_printed(self, name: str) -> None:
        """Show which printer has it."""
        self.say(f"已送到打印机“{name}”；请对着纸输入一遍。", "good")

    def show_unprinted(self, why: str) -> None:
        """Show that there is no printer, or why none is known."""
        self.say(f"{why or '没有找到打印机'}，请抄在纸上，再对着纸输入一遍。")

    def _on_back_text_changed(self, text: str) -> None:
        self._finish.setEnabled(bool(text.strip()))

    def _on_hide_clicked(self) -> None:
        self._key.setVisible(not self._key.isVisible())
        self._hide.setText("遮住上面的，我来输入" if self._key.isVisible() else "再看一眼")
        self._back.setFocus()

    def _on_finish_clicked(self) -> None:
        if self._finish.isEnabled():
            self.typed_back.emit(self._back.text())
