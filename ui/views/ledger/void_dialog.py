"""Void a notice, or all notices of a list: what is voided, and why.

Asks for a reason and emits it; voids nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from medcounter.money import show_money
from medcounter.wording.terms import VOID
from medcounter.wording.void_reasons import REASONS_OF_A_RUN, USUAL_REASONS

from ...dialogs.plain_dialog import PlainDialog

if TYPE_CHECKING:
    from medcounter.desk.counter.register import Run
    from medcounter.desk.desk_records import IssuedNotice

LONGEST_REASON = 200
_VOIDING = (
    "作废后这份通知单不能再打印，仍留在台账中；要改了重出，请用“更正”。已交给居民的纸质单请收回。"
)
_VOIDING_SEVERAL = (
    "一次全部作废，用同一个原因；作废后都不能再打印，仍留在台账中。已交给居民的纸质单请收回。"
)
_NAMED = 5
_VOIDING_RUN = (
    "这一批一次全部作废，不能只撤回一部分；作废后都不能再打印，仍留在台账中，名单可以改好重出。"
    "已交给居民的纸质单请收回。编号之间有别处出的单，不受影响。"
)
_CORRECTING = (
    "原单作废，填写的内容回到办理页；改好后按 F9 出新单，两份单互相注明编号。"
    "没有出新单时，原单就只是作废。已交给居民的纸质单请收回。"
)


class ReasonEdit(QLineEdit):
    """Takes a reason; a digit typed first chooses a usual one.

    Signals:
        digit_typed: Place of the usual reason, from 1.
    """

    digit_typed = Signal(int)

    def __init__(self, choices: int, parent: QWidget) -> None:
        """Take a reason.

        Args:
            choices: How many usual ones there are.
            parent: Its owner.
        """
        super().__init__(parent)
        self._choices = choices

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent: the first digit is a choice."""
        text = event.text()
        if not self.text() and text.isdecimal() and 1 <= int(text) <= self._choices:
            self.digit_typed.emit(int(text))
        else:
            super().keyPressEvent(event)


class Voiding(NamedTuple):
    """What is to be voided.

    Attributes:
        act: A short verb.
        number: Whose number is told with the reason.
        title: What is voided.
        about: Whose it is, or how much.
        effect: What that means.
        reasons: Usual ones, chosen by a digit.
    """

    act: str
    number: str
    title: str
    about: str
    effect: str
    reasons: tuple[str, ...] = USUAL_REASONS


class ReasonDialog(PlainDialog):
    """Asks why something is voided.

    Signals:
        confirmed: The notice's number and the reason.
    """

    confirmed = Signal(str, str)

    def __init__(self, asked: Voiding, parent: QWidget | None = None) -> None:
        """Ask about it.

        Args:
            asked: What is voided.
            parent: Lies below.
        """
        super().__init__("void_dialog", f"{asked.act}通知单", parent)
        self._number = asked.number
        self.setModal(True)
        self.add_text("void_title", asked.title, role="title")
        self.add_text("void_about", asked.about)
        self.add_text("void_effect", asked.effect, role="hint")
        self._reason = self._make_reason(len(asked.reasons))
        self._usual = self._make_usual_reasons(asked.reasons)
        self._cancel = self.add_button("void_cancel", f"不{asked.act}  Esc")
        self._confirm = self.add_button("void_confirm", f"{asked.act}  Enter", main=True)
        self._confirm.setEnabled(False)
        self._cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(32)
        self._reason.setFocus()

    def _make_reason(self, choices: int) -> QLineEdit:
        reason = ReasonEdit(choices, self)
        reason.digit_typed.connect(self._on_reason_digit_typed)
        reason.setObjectName("void_reason")
        reason.setMaxLength(LONGEST_REASON)
        reason.setAccessibleName("作废原因")
        reason.setPlaceholderText(f"必填：按 1 至 {choices} 选一条，或写一句话")
        label = self.add_text("void_reason_label", "作废原因", role="label")
        label.setBuddy(reason)
        reason.textEdited.connect(self._on_reason_text_edited)
        self.body.addWidget(reason)
        return reason

    def _make_usual_reasons(self, reasons: tuple[str, ...]) -> tuple[QPushButton, ...]:
        column = QVBoxLayout()
        column.setSpacing(self._em // 4)
        buttons = []
        for place, text in enumerate(reasons, start=1):
            button = QPushButton(f"{place}　{text}", self)
            button.setObjectName(f"void_usual_{place}")
            button.setProperty("role", "choice")
            button.setProperty("reason", text)
            button.setAutoDefault(False)
            button.clicked.connect(self._on_usual_clicked)
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(button.click)
            column.addWidget(button)
            buttons.append(button)
        self.body.addLayout(column)
        return tuple(buttons)

    def _on_reason_text_edited(self, text: str) -> None:
        self._confirm.setEnabled(bool(text.strip()))

    def _on_reason_digit_typed(self, place: int) -> None:
        self._usual[place - 1].click()

    def _on_usual_clicked(self) -> None:
        self._reason.setText(self.sender().property("reason"))
        self._confirm.setEnabled(True)
        self._reason.setFocus()

    def _on_confirm_clicked(self) -> None:
        self.confirmed.emit(self._number, self._reason.text().strip())
        self.accept()


class VoidDialog(ReasonDialog):
    """Asks why a notice is voided, or voided to be corrected."""

    def __init__(
        self, issued: IssuedNotice, parent: QWidget | None = None, *, correcting: bool = False
    ) -> None:
        act, notice = "更正" if correcting else "作废", issued.notice
        number = notice.number or ""
        about = (
            f"{notice.person.name}　{notice.benefit_year} 年度　{show_money(notice.total)}　"
            f"已打印 {issued.prints} 次"
        )
        effect = _CORRECTING if correcting else _VOIDING
        super().__init__(Voiding(act, number, f"{act} {number}", about, effect), parent)


class SeveralVoidDialog(ReasonDialog):
    """Asks why the notices chosen in the ledger are voided."""

    def __init__(self, notices: tuple[IssuedNotice, ...], parent: QWidget | None = None) -> None:
        """Ask about them; one of them at least is valid."""
        valid = [one for one in notices if one.state != VOID]
        entered = sum(1 for one in valid if one.standing.entered)
        names = "、".join(one.notice.person.name for one in valid[:_NAMED])
        about = f"{names}{f' 等 {len(valid)} 人' if len(valid) > _NAMED else ''}"
        if void := len(notices) - len(valid):
            about += f"；选中的另有 {void} 份已经作废"
        if entered:
            about += f"；{entered} 份已录入正式系统，要在那里也撤销"
        title = f"作废选中的 {len(valid)} 份"
        number = valid[0].notice.number or ""
        super().__init__(Voiding("作废", number, title, about, _VOIDING_SEVERAL), parent)


class RunVoidDialog(ReasonDialog):
    """Asks why all that one list numbered is voided."""

    def __init__(self, number: str, run: Run, parent: QWidget | None = None) -> None:
        """Ask about a run.

        Args:
            number: Of the notice it was asked for.
            run: What it belongs to; some of it is valid.
            parent: Lies below.
        """
        void = len(run.numbers) - len(run.valid)
        about = f"按名单出的 {len(run.numbers)} 张：{run.numbers[0]} 至 {run.numbers[-1]}"
        if void:
            about += f"，其中 {void} 张已经作废"
        if run.entered:
            about += f"；{run.entered} 张已录入正式系统，要在那里也撤销"
        title = f"整批作废 {len(run.valid)} 张"
        asked = Voiding("整批作废", number, title, about, _VOIDING_RUN, REASONS_OF_A_RUN)
        super().__init__(asked, parent)
