"""The hall's own key at one desk: made, shown as words, confirmed by ear.

Shows what the desk says and emits what is wanted; keeps neither key nor file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ..widgets.field_edit import show_state, show_text
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.rules.hall_office import HallShown

_WIDTH = 46
_NONE = (
    "本厅还没有密钥。没有签发单位给本地发规则时，本厅的两位主管可以自己编制、签名采用；"
    "本厅密钥证明谁是本厅的主管。它用恢复密钥封存，平时谁也用不了。\n"
    "本厅的第一个窗口：输入恢复密钥，生成。其他窗口：不要再生成，按“确认”听着六个词输入。"
)
_THERE = "本厅密钥的六个词，给其他窗口的主管念："


class HallDialog(PlainDialog):
    """The hall's words and people, and what a supervisor may do with them.

    Signals:
        make_wanted: The recovery key as typed, to make the hall's own key.
        certify_wanted: The recovery key as typed, to certify the supervisors there are now.
        file_wanted: The certificates are to be written for the other desks.
        confirm_wanted: Words that were heard, the name of who came later, and the recovery key
            as typed; each may be empty but the words.
    """

    make_wanted = Signal(str)
    certify_wanted = Signal(str)
    file_wanted = Signal()
    confirm_wanted = Signal(str, str, str)

    def __init__(self, shown: HallShown, parent: QWidget | None = None) -> None:
        super().__init__("hall_dialog", "本厅密钥", parent)
        self.setModal(True)
        self.add_text("hall_title", "本厅密钥", role="title")
        self._about = self.add_text("hall_about")
        self._words = self.add_text("hall_words", role="key_large")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._people = self.add_text("hall_people", role="muted")
        self._recovery = self._line("hall_recovery", "恢复密钥（对着纸输入；听着念确认时一般不用）")
        self._heard = self._line("hall_heard", "听到的六个词（确认别的窗口的密钥或新来的主管时）")
        self._person = self._line("hall_person", "新来的主管的姓名（确认密钥时空着）")
        self._alert = self.add_text("hall_said", role="alert")
        self._alert.hide()
        self._make = self.add_button("hall_make", "生成本厅密钥")
        self._certify = self.add_button("hall_certify", "更新主管证明")
        self._file = self.add_button("hall_file", "存成文件，带到其他窗口…")
        self._confirm = self.add_button("hall_confirm", "确认带来的文件…")
        close = self.add_button("hall_close", "关闭  Esc")
        self._make.clicked.connect(lambda: self.make_wanted.emit(self._recovery.text()))
        self._certify.clicked.connect(lambda: self.certify_wanted.emit(self._recovery.text()))
        self._file.clicked.connect(self.file_wanted)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        close.clicked.connect(self.reject)
        for line in (self._recovery, self._heard):
            line.textChanged.connect(self._follow)
        self._shown = shown
        self.show_hall(shown)
        (self._heard if shown.words else self._recovery).setFocus()

    def show_hall(self, shown: HallShown) -> None:
        """Show the hall as it is now."""
        self._shown = shown
        show_text(self._about, _THERE if shown.words else _NONE)
        show_text(self._words, "　".join(shown.words))
        self._words.setVisible(bool(shown.words))
        show_text(self._people, "\n".join(shown.people))
        self._people.setVisible(bool(shown.people))
        self._make.setVisible(not shown.words)
        self._certify.setVisible(shown.has_key)
        self._file.setVisible(bool(shown.words))
        self._follow()
        self.fit(_WIDTH)

    def show_done(self, text: str) -> None:
        """Say what was done, and empty what was typed."""
        for line in (self._recovery, self._heard, self._person):
            line.clear()
        self._say(text, "good")

    def show_refused(self, text: str) -> None:
        """Say why nothing was changed."""
        self._say(text, "problem")

    def _follow(self) -> None:
        has_recovery = bool(self._recovery.text().strip())
        self._make.setEnabled(has_recovery)
        self._certify.setEnabled(has_recovery)
        self._confirm.setEnabled(bool(self._heard.text().strip()))

    def _on_confirm_clicked(self) -> None:
        typed = (self._heard.text(), self._person.text(), self._recovery.text())
        self.confirm_wanted.emit(*typed)

    def _say(self, text: str, tone: str) -> None:
        show_text(self._alert, text)
        show_state(self._alert, tone)
        self._alert.show()
        self.fit(_WIDTH)

    def _line(self, name: str, hint: str) -> QLineEdit:
        self.add_text(f"{name}_label", hint, role="label")
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(hint)
        self.body.addWidget(line)
        return line
