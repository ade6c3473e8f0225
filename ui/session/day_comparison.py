"""Compare paying on another day with what is shown.

Asks the desk and emits the answer; changes no draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from datetime import date

    from medcounter.desk.desk import Desk
    from medcounter.desk.draft.draft import Draft


class Comparing(QObject):
    """The question about another payment day.

    Attributes:
        text: The day as typed; empty while nothing is asked.

    Signals:
        compared: The text of the day and its Outcome, or None.
    """

    compared = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""

    def answer(self, desk: Desk | None, draft: Draft, on: date) -> None:
        """Return what a draft comes to when it is paid on that day.

        Args:
            desk: Computes it; None tells nothing.
            draft: Whose payment day is exchanged.
            on: Today.
        """
        asked = desk is not None and bool(self.text.strip())
        other = desk.outcome(draft.with_("payment_date", self.text), on) if asked and desk else None
        self.compared.emit(self.text, other)
