"""The clerks who can sign in: add, remove, change a secret, renew the key.

Shows the clerks and emits what is wanted; changes nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from medcounter.desk.access.access_records import CLERK, ROLE_NAMES, SUPERVISOR, NewClerk

from ..widgets.choice import ChoiceBox
from ..widgets.field_edit import show_state, show_text
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from medcounter.desk.access.access_records import Clerk

_WIDTH = 38


class ClerksDialog(PlainDialog):
    """The clerks of one ledger.

    Signals:
        add_wanted: The NewClerk.
        remove_wanted: A name.
        secret_wanted: A name, the present secret and the new one.
        hall_wanted: The hall's own key shall be seen to.
        recovery_wanted: Another recovery key shall be made.
    """

    add_wanted = Signal(object)
    remove_wanted = Signal(str)
    secret_wanted = Signal(str, str, str)
    hall_wanted = Signal()
    recovery_wanted = Signal()

    def __init__(self, who: Clerk, parent: QWidget | None = None) -> None:
        super().__init__("clerks_dialog", "经办人和口令", parent)
        self.setModal(True)
        self._who = who
        self._can_all = who.role == SUPERVISOR
        self._focused: QWidget | None = None
        self.add_text("clerks_title", "经办人和口令", role="title")
        self.add_text("clerks_who", f"现在登录的是{ROLE_NAMES.get(who.role, '')} {who.name}。")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(self._em // 2)
        self.body.addLayout(self._grid)
        self._name = ChoiceBox(self)
        self._present = self._line("clerk_present", "现在的口令（改自己的才要）")
        self._secret = self._line("clerk_new_secret", "新口令")
        self._again = self._line("clerk_new_again", "再输一遍新口令")
        self._new_name = self._line("clerk_new_name", "加入的人", secret=False)
        self._role = ChoiceBox(self)
        self._lay_out()
        self._alert = self.add_text("clerks_said", role="alert")
        self._alert.hide()
        hall = self.add_button("clerks_hall", "本厅密钥…")
        hall.setVisible(self._can_all)
        hall.clicked.connect(self.hall_wanted)
        recovery = self.add_button("clerks_recovery", "更换恢复密钥…")
        recovery.setVisible(self._can_all)
        recovery.clicked.connect(self.recovery_wanted)
        self._close = self.add_button("clerks_close", "关闭  Esc")
        self._close.clicked.connect(self.reject)
        self.fit(_WIDTH)
        self._present.setFocus()

    def show_clerks(self, clerks: tuple[Clerk, ...]) -> None:
        """Show who can sign in; only a supervisor sees to others."""
        seen = [one for one in clerks if self._can_all or one.name == self._who.name]
        self._name.clear()
        for one in seen:
            self._name.addItem(f"{one.name}（{ROLE_NAMES[one.role]}）", one.name)
        self._name.setCurrentIndex(max(self._name.findData(self._who.name), 0))

    def show_done(self, text: str) -> None:
        """Describe what was changed, and empty every secret."""
        self._say(text, "good")
        for line in (self._present, self._secret, self._again, self._new_name):
            line.clear()

    def show_refused(self, text: str) -> None:
        """Explain why nothing was changed; what was typed stays."""
        self._say(text, "problem")

    def show_busy(self, text: str) -> None:
        """Describe what goes on, and take nothing but leaving meanwhile."""
        self._say(text, "")
        self._focused = self.focusWidget()
        # A key that was meant for what is closed now may not press the button that leaves.
        self.setFocus()
        self._able(can=False)

    def show_rest(self) -> None:
        """Take everything again, where the cursor was."""
        self._able(can=True)
        if self._focused is not None:
            self._focused.setFocus()
        self._focused = None

    def _able(self, *, can: bool) -> None:
        parts: list[QWidget] = list(self.findChildren(QWidget))
        for widget in parts:
            if isinstance(widget, QLineEdit | QComboBox | QPushButton):
                widget.setEnabled(can or widget is self._close)

    def _lay_out(self) -> None:
        self._name.setObjectName("clerk_chosen")
        self._name.setAccessibleName("经办人")
        self._role.setObjectName("clerk_new_role")
        self._role.setAccessibleName("角色")
        for code, text in ROLE_NAMES.items():
            self._role.addItem(text, code)
        self._role.setCurrentIndex(self._role.findData(CLERK))
        change = self._button("clerk_change", "改口令", self._on_change_clicked)
        remove = self._button("clerk_remove", "删除这个人", self._on_remove_clicked)
        add = self._button("clerk_add", "加入这个人", self._on_add_clicked)
        joining = QLabel("加入一人，口令填在上面的“新口令”里", self)
        joining.setProperty("role", "hint")
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self._name, self._present),
            (self._secret, self._again),
            (change, remove),
            (joining,),
            (self._new_name, self._role),
            (add,),
        )
        for number, row in enumerate(rows):
            for column, widget in enumerate(row):
                self._grid.addWidget(widget, number, column)
        for widget in (remove, joining, self._new_name, self._role, add):
            widget.setVisible(self._can_all)

    def _line(self, name: str, hint: str, *, secret: bool = True) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(hint)
        line.setPlaceholderText(hint)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def _button(self, name: str, text: str, clicked: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _same_twice(self) -> bool:
        if self._secret.text() == self._again.text():
            return True
        self._say("两遍输入的新口令不一样，没有保存；请重新输入。", "problem")
        return False

    def _say(self, text: str, tone: str) -> None:
        show_text(self._alert, text)
        show_state(self._alert, tone)
        self._alert.show()
        self.fit(_WIDTH)

    def _on_change_clicked(self) -> None:
        if self._same_twice():
            name = str(self._name.currentData())
            self.secret_wanted.emit(name, self._present.text(), self._secret.text())

    def _on_remove_clicked(self) -> None:
        self.remove_wanted.emit(str(self._name.currentData()))

    def _on_add_clicked(self) -> None:
        if self._same_twice():
            role = str(self._role.currentData())
            self.add_wanted.emit(NewClerk(self._new_name.text(), role, self._secret.text()))
