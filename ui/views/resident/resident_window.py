"""The second window, for the resident: opened, placed and closed.

Follows the session; shows what the clerk sees and takes no input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from .resident_screen import ResidentScreen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ...session.session import Session


# Of a single screen's width and height, where the clerk can turn it around.
_SHARE = 0.6


class ResidentWindow(QObject):
    """One window for the resident."""

    def __init__(self, session: Session, shell: QWidget) -> None:
        super().__init__(shell)
        self._session = session
        self._shell = shell
        self._screen = ResidentScreen(shell)
        session.updated.connect(self._screen.show_outcome)
        session.queue.called.connect(self._call)
        self._call(session.queue.number)
        guard = QGuiApplication.instance()
        if isinstance(guard, QGuiApplication):
            # A window that filled a screen taken away would lie over the clerk's.
            guard.screenRemoved.connect(self._on_screen_removed)

    def toggle(self) -> None:
        """Open the window beside the clerk's, or put it away."""
        if self._screen.isVisible():
            self._screen.hide()
            return
        desk = self._session.desk
        self._screen.show_hall(desk.settings.hall if desk else "")
        self.uncover()
        self._place()
        # A window system may make active what was just opened all the same.
        self._shell.activateWindow()

    def _call(self, number: str) -> None:
        desk = self._session.desk
        self._screen.show_call(number, desk.settings.desk if desk else "")

    def _on_screen_removed(self) -> None:
        if self._screen.isVisible():
            self._screen.hide()

    def cover(self) -> None:
        """Show nobody while the clerk's screen is covered."""
        self._screen.show_nobody()

    def uncover(self) -> None:
        """Show again who stands at the counter."""
        if self._session.outcome is not None:
            self._screen.show_outcome(self._session.outcome)

    def _place(self) -> None:
        """Fill the resident's screen where there is one; else take a part of this one."""
        here = self._shell.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        # Without the focus, openbox and others would put it behind the clerk's.
        self._screen.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, not others)
        if others:
            self._screen.setGeometry(others[0].geometry())
            self._screen.showFullScreen()
            return
        room = here.availableGeometry()
        width, height = round(room.width() * _SHARE), round(room.height() * _SHARE)
        # Over the result, which it repeats, not over the form that is typed into.
        self._screen.setGeometry(room.right() - width, room.bottom() - height, width, height)
        self._screen.show()
