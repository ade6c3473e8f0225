"""Dialogs that open by themselves, once what they belong to is seen.

Work that ends beside the window may end while its view is covered, while somebody
types in another, or below another dialog. What would open then waits, and is told of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ..messages import waiting_message
from ..shortcuts import key_of, shortcut
from ..work.slices import make_timer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget, QWidget

    from ..messages import Message

    Opening = tuple[str, Callable[[], object]]


class WaitingDialogs(QObject):
    """What waits to open over the views of one window."""

    def __init__(
        self,
        window: QWidget,
        views: QStackedWidget,
        shows: Callable[[str], bool],
        report: Callable[[Message], None],
    ) -> None:
        """Wait for nothing yet.

        Args:
            window: Its owner.
            views: Of which one is in front.
            shows: Whether the view of an act is in front and uncovered.
            report: Shows a message.
        """
        super().__init__(window)
        self._shows = shows
        self._report = report
        self._waiting: list[Opening] = []
        # A view comes to the front, a cover is lifted and a dialog closes within an event.
        self._soon = make_timer(self, 0, once=True)
        self._soon.timeout.connect(self._open_next)
        views.currentChanged.connect(self.look)
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.look)

    def add(self, act: str, opens: Callable[[], object]) -> None:
        """Open something now, or as soon as its view is seen.

        Args:
            act: Opens the view to which it belongs.
            opens: Opens it.
        """
        if self._is_seen(act):
            opens()
            return
        self._waiting.append((act, opens))
        self.tell()

    def look(self) -> None:
        """Open soon what may be seen now."""
        if self._waiting:
            self._soon.start()

    def tell(self) -> None:
        """Tell of what waits."""
        if self._waiting:
            act = self._waiting[0][0]
            label, _, _ = shortcut(act).label.partition("：")
            self._report(waiting_message(label, key_of(act)))

    def _is_seen(self, act: str) -> bool:
        return self._shows(act) and QApplication.activeModalWidget() is None

    def _open_next(self) -> None:
        seen = next((one for one in self._waiting if self._is_seen(one[0])), None)
        if seen is not None:
            self._waiting.remove(seen)
            seen[1]()
            self.look()
