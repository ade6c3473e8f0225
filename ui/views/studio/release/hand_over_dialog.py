"""Hand a draft to its reviewer: who reviews, from which day it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ....dialogs.plain_dialog import PlainDialog
from ....widgets.choice import ChoiceBox
from ....widgets.field_edit import FieldEdit, show_state, show_text
from ....widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from datetime import date

_WIDTH = 36
_ABOUT = (
    "您在这份草稿上签名，交另一位主管复核；复核签名之前，谁也不能再改，可以随时收回（签名作废）。"
)

NOT_TYPED = "签名要本人输入口令，没有签名；请输入您的口令再签。"


class HandOverDialog(PlainDialog):
    """Reviewer and first day.

    Signals:
        given: Name of the reviewer, the first day and the own secret, as typed.
        stopped: What is worked out before the signature is to stop.
        office_wanted: An office signs with its keys instead.
    """

    given = Signal(str, str, str)
    stopped = Signal()
    office_wanted = Signal()

    def __init__(self, reviewers: tuple[str, ...], begins: date, parent: QWidget) -> None:
        super().__init__("studio_hand_over", "交复核", parent)
        self.add_text("studio_hand_over_title", "签名并交复核", role="title")
        self.add_text("studio_hand_over_about", _ABOUT)
        self._reviewer = ChoiceBox(self)
        self._reviewer.setObjectName("studio_reviewer")
        self._reviewer.setAccessibleName("复核人")
        self._reviewer.addItems(reviewers)
        self._begins = FieldEdit("studio_begins", "从哪天起用", "如 2026-12-01", self)
        self._begins.set_input("date")
        self._begins.setText(begins.isoformat())
        self._secret = self.make_secret("studio_hand_over_secret", "您的口令")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for line, (text, control) in enumerate(
            (
                ("复核人", self._reviewer),
                ("从哪天起用", self._begins),
                ("您的口令", self._secret),
            )
        ):
            label = QLabel(text, self)
            label.setProperty("role", "label")
            label.setBuddy(control)
            grid.addWidget(label, line, 0)
            grid.addWidget(control, line, 1)
        self.body.addLayout(grid)
        self._alert = self.add_text("studio_hand_over_said", role="alert")
        self._alert.hide()
        self._work = WorkBar(self, "studio_hand_over")
        self._work.stopped.connect(self.stopped)
        self.body.addWidget(self._work)
        self._office = self.add_button("studio_hand_over_office", "签发单位签名…(&K)")
        self._office.clicked.connect(self._on_office_clicked)
        self._cancel = self.add_button("studio_hand_over_cancel", "取消  Esc")
        self._give = self.add_button("studio_hand_over_button", "签名，交复核  Enter", main=True)
        self._give.setEnabled(bool(reviewers))
        self._cancel.clicked.connect(self.reject)
        self._give.clicked.connect(self._on_give_clicked)
        self._begins.entered.connect(self._on_give_clicked)
        self.fit(_WIDTH)
        # Where nobody else could review, the secret is all that is left to type.
        first = self._reviewer if len(reviewers) > 1 else self._secret
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_refused(self, text: str) -> None:
        """Show why it was not handed over."""
        show_text(self._alert, text)
        show_state(self._alert, "problem")
        self._alert.show()
        self.fit(_WIDTH)
        self._secret.setFocus()

    def show_work(self, text: str, done: int, whole: int) -> None:
        """Show what is worked out before it is signed, in place of the ways out.

        Args:
            text: What is done; empty when that is over.
            done: How much of it so far.
            whole: How much there is; 0 while nobody knows.
        """
        begins = self._work.isHidden() == bool(text)
        self._work.show_work(text, done, whole)
        for button in (self._give, self._cancel, self._office):
            button.setVisible(not text)
        if begins:
            self.fit(_WIDTH)

    def _on_office_clicked(self) -> None:
        self.reject()
        self.office_wanted.emit()

    def _on_give_clicked(self) -> None:
        if not self._give.isEnabled() or not self._work.isHidden():
            return
        if not (secret := self._secret.text()):
            self.show_refused(NOT_TYPED)
            return
        # What was typed lies nowhere longer than it is needed.
        self._secret.clear()
        self.given.emit(self._reviewer.currentText(), self._begins.text().strip(), secret)
