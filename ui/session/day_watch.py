"""Handle a change of date while somebody is at the counter.

Makes the session recompute answers of another day, and reports what changed.
Computes nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from medcounter.desk.evaluate.day_change import day_turned
from medcounter.desk.evaluate.household import is_blank

from ..messages import PROBLEM, Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.evaluate.outcome import Outcome

# A clerk who comes back sees today's answer before a hand is at the keys.
_EVERY_MS = 10_000


class DayWatch(QObject):
    """Watches whether what is at the counter was computed today.

    Signals:
        reported: A Message: what became different.
        turned: Another day has begun and is shown.
    """

    reported = Signal(object)
    turned = Signal()

    def __init__(
        self,
        parent: QObject,
        clock: Callable[[], datetime],
        shown: Callable[[], tuple[Outcome, ...]],
        work_anew: Callable[[], None],
    ) -> None:
        """Start watching.

        Args:
            parent: Its owner.
            clock: Gives the present time with its zone.
            shown: Gives what may still be issued of what is shown.
            work_anew: Has all of it worked out again.
        """
        super().__init__(parent)
        self._clock = clock
        self._shown = shown
        self._work_anew = work_anew
        self._paused = False
        self._day = clock().date()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state_changed)

    def pause(self) -> None:
        """Say nothing while the screen is covered: nobody would see it."""
        self._paused = True

    def resume(self) -> None:
        """Look at once, as somebody goes on."""
        self._paused = False
        self.look()

    def look(self) -> bool:
        """Work anew what is of another day, and tell what became different.

        Returns:
            Whether something was; a key meant for it must then do nothing.
        """
        on = self._clock().date()
        if self._paused:
            return False
        if on != self._day:
            self._day = on
            self.turned.emit()
        before = self._shown()
        if all(outcome.on == on for outcome in before):
            return False
        self._work_anew()
        if not all(is_blank(outcome.draft) for outcome in before):
            self.reported.emit(Message(PROBLEM, day_turned(before, self._shown())))
        return True

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()
