"""Dialogs that open by themselves, once what they belong to is seen.

Work that ends beside the window may end while its view is covered, while somebody
types in another, or below another dialog. What would open then waits, and is told of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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

    Opens = Callable[[], object]


class DialogGate:
    """What one part of a view opens by itself; withdrawn when that part is left."""

    def __init__(self, dialogs: WaitingDialogs, act: str) -> None:
        """Let nothing wait yet.

        Args:
            dialogs: Of the window.
            act: Opens the view to which it belongs.
        """
        self._dialogs = dialogs
        self.act = act

    def another(self) -> DialogGate:
        """Return one for another part of the same view."""
        return DialogGate(self._dialogs, self.act)

    def open(self, opens: Opens, over: QWidget | None = None) -> None:
        """Open something now, or as soon as its view is seen.

        Args:
            opens: Opens it.
            over: The dialog on which it follows; where one lies over that, it waits.
        """
        self._dialogs.add(self, opens, over)

    def drop(self) -> None:
        """Open nothing of what waits: what it belongs to is over."""
        self._dialogs.forget(self)

    def serve(self, dialogs: WaitingDialogs) -> None:
        """Wait in another window, which was built anew."""
        waiting = self._dialogs.forget(self)
        self._dialogs = dialogs
        for opens in waiting:
            dialogs.add(self, opens)


class _Opening(NamedTuple):
    gate: DialogGate
    opens: Opens
    over: QWidget | None


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
        self._waiting: list[_Opening] = []
        # A view comes to the front, a cover is lifted and a dialog closes within an event.
        self._soon = make_timer(self, 0, once=True)
        self._soon.timeout.connect(self._open_next)
        views.currentChanged.connect(self.look)
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.look)

    def add(self, gate: DialogGate, opens: Opens, over: QWidget | None = None) -> None:
        """Open something now, or as soon as its view is seen; see :class:`DialogGate`."""
        opening = _Opening(gate, opens, over)
        if self._is_seen(opening):
            opens()
            return
        self._waiting.append(opening)
        self.tell()

    def forget(self, gate: DialogGate) -> tuple[Opens, ...]:
        """Return what waits at a gate, and let it wait here no more."""
        found = tuple(one.opens for one in self._waiting if one.gate is gate)
        self._waiting = [one for one in self._waiting if one.gate is not gate]
        return found

    def look(self) -> None:
        """Open soon what may be seen now."""
        if self._waiting:
            self._soon.start()

    def tell(self) -> None:
        """Tell of what waits."""
        if self._waiting:
            act = self._waiting[0].gate.act
            label, _, _ = shortcut(act).label.partition("：")
            self._report(waiting_message(label, key_of(act)))

    def _is_seen(self, opening: _Opening) -> bool:
        front = QApplication.activeModalWidget()
        return self._shows(opening.gate.act) and front is opening.over

    def _open_next(self) -> None:
        seen = next((one for one in self._waiting if self._is_seen(one)), None)
        if seen is not None:
            self._waiting.remove(seen)
            seen.opens()
            self.look()
