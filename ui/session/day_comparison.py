"""Compare paying on another day with what is shown.

Asks the desk and emits the answer; changes no draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from .session import Session


class DayComparison(QObject):
    """The question about another payment day.

    Signals:
        compared: The text of the day and its Outcome, or None.
    """

    compared = Signal(str, object)

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        """Answer for whoever stands at the counter.

        Args:
            session: Whose outcome is compared, anew whenever it changes.
            clock: Gives the present time with its zone.
        """
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._text = ""
        session.updated.connect(self._on_session_updated)

    def ask(self, text: str) -> None:
        """Show what paying on a day, as typed, would come to; empty ends it."""
        self._text = text
        self._on_session_updated()

    def forget(self) -> None:
        """Ask no more, as somebody else steps up."""
        self._text = ""

    def take(self, text: str) -> None:
        """Make the day compared with the payment day."""
        if text.strip():
            self._text = ""
            self._session.edit("payment_date", text)

    def _on_session_updated(self) -> None:
        desk, other = self._session.desk, None
        if desk is not None and self._text.strip():
            draft = self._session.household.current.with_("payment_date", self._text)
            other = desk.outcome(draft, self._clock().date())
        self.compared.emit(self._text, other)
