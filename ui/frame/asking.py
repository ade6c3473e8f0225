"""Connects the question before a doubtful notice with the session.

Passes on what the clerk answered; decides and computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from .. import messages

if TYPE_CHECKING:
    from medcounter.desk.counter.issue_reasons import Reason
    from medcounter.settings import Settings

    from ..session.session import Session
    from .question_bar import QuestionBar


class Asking(QObject):
    """One window's question.

    Signals:
        reported: A Message for the strip.
        left: The cursor stood in the question, which is over.
    """

    reported = Signal(object)
    left = Signal()

    def __init__(self, session: Session, bar: QuestionBar) -> None:
        """Let a strip show the session's questions and answer them.

        Args:
            session: Who is at the counter.
            bar: The strip, which owns this.
        """
        super().__init__(bar)
        self._session = session
        self._bar = bar
        session.issuing.questioned.connect(self._show)
        bar.agreed.connect(self.agree)
        bar.declined.connect(self.decline)
        bar.office_given.connect(self._on_bar_office_given)

    def agree(self) -> None:
        """Issue: what the question says was seen."""
        if not self._bar.is_asking:
            self.reported.emit(messages.NOTHING_ASKED)
        elif not self._bar.is_office_typed or self._keep_office():
            self._session.issue(agreed=True)

    def decline(self) -> bool:
        """End the question; nothing was issued.

        Returns:
            Whether there was one.
        """
        return self._session.withdraw()

    def _show(self, reasons: tuple[Reason, ...], settings: Settings | None) -> None:
        focused = self._bar.has_cursor
        self._bar.show_question(reasons, settings)
        if focused and not self._bar.has_cursor:
            self.left.emit()

    def _keep_office(self) -> bool:
        desk = self._session.desk
        return desk is not None and self._session.issuing.give_office(desk, *self._bar.typed())

    def _on_bar_office_given(self) -> None:
        if self._keep_office():
            self._session.issue()
