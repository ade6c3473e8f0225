"""The way for a number that is no ID number: a passport, a permit, a certificate.

Shown below a number that was refused; emits it marked as the document's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from medcounter.identity.id_number import insisted

from ...shortcuts import key_of

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

_OTHER = "这是护照、通行证、出生证等的号码，照此办理"
_SHOWN = "已核对，证件上确是这个号码，照此办理"
_UNFINISHED = "id-incomplete"
_ID_FAULTS = {"id-check-digit": _SHOWN, "id-birth-date": _SHOWN}


class InsistButton(QPushButton):
    """One click in place of a sign that nobody would guess.

    Signals:
        taken: ``id_number`` and the number with its mark.
    """

    taken = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("take_as_shown_button")
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._marked = ""
        self.clicked.connect(self.take)

    def show_outcome(self, outcome: Outcome, *, typing: bool) -> None:
        """Offer the way where the number was refused.

        Args:
            outcome: What is shown now.
            typing: Whether the cursor is in the number: one that is only too
                short is most likely not finished.
        """
        problem = outcome.problem_at("id_number")
        self._marked = insisted(outcome.draft.id_number)
        if problem is None or not self._marked:
            self.hide()
            return
        text = f"{_ID_FAULTS.get(problem.code, _OTHER)}  {key_of('take_as_shown')}"
        if self.text() != text:
            self.setText(text)
        self.setVisible(not (typing and problem.code == _UNFINISHED))

    def show_all(self) -> None:
        """Offer the way for a short number too: the cursor leaves it."""
        self.setVisible(bool(self._marked))

    def take(self) -> None:
        """Take the number as the document shows it."""
        if self._marked:
            self.taken.emit("id_number", self._marked)
