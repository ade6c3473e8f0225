"""The screen that faces the resident: opened, placed, covered and put away.

Follows the session; shows what the clerk sees and takes no input. Few desks have
one, so its page is made when it is first wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.evaluate.outcome import Outcome

    from ...session.session import Session
    from .resident_page import ResidentPage


# Of a single screen's width and height, where the clerk can turn it around.
_SHARE = 0.6


class ResidentScreen(QObject):
    """The resident's screen of one counter."""

    def __init__(self, session: Session, shell: QWidget) -> None:
        super().__init__(shell)
        self._session = session
        self._shell = shell
        self._page: ResidentPage | None = None
        self._is_covered = False

    def toggle(self) -> None:
        """Open it beside the clerk's, or put it away."""
        page = self._made_page()
        if page.isVisible():
            page.hide()
            return
        desk = self._session.desk
        page.show_hall(desk.settings.hall if desk else "")
        self._show_again(page)
        self._place(page)
        # A window system may make active what was just opened all the same.
        self._shell.activateWindow()

    def cover(self) -> None:
        """Show nobody while the clerk's screen is covered, whatever goes on behind it."""
        self._is_covered = True
        if self._page is not None:
            self._page.show_nobody()

    def uncover(self) -> None:
        """Show again who stands at the counter."""
        self._is_covered = False
        if self._page is not None:
            self._show_again(self._page)

    def _made_page(self) -> ResidentPage:
        if self._page is None:
            from .resident_page import ResidentPage  # noqa: PLC0415 - see the module

            self._page = ResidentPage(self._shell)
            self._session.updated.connect(self._on_session_updated)
            self._session.queue.called.connect(self._on_queue_called)
            self._on_queue_called(self._session.queue.number)
            guard = QGuiApplication.instance()
            if isinstance(guard, QGuiApplication):
                # A page that filled a screen taken away would lie over the clerk's.
                guard.screenRemoved.connect(self._on_screen_removed)
        return self._page

    def _on_session_updated(self, outcome: Outcome) -> None:
        if self._page is not None and not self._is_covered:
            self._page.show_outcome(outcome)

    def _on_queue_called(self, number: str) -> None:
        desk = self._session.desk
        if self._page is not None:
            self._page.show_call(number, desk.settings.desk if desk else "")

    def _on_screen_removed(self, screen: QScreen) -> None:
        # Where the clerk's went, that window comes to the resident's.
        page = self._page
        if page is not None and screen in {page.screen(), self._shell.screen()}:
            page.hide()

    def _show_again(self, page: ResidentPage) -> None:
        outcome = self._session.outcome
        if outcome is not None and not self._is_covered:
            page.show_outcome(outcome)

    def _place(self, page: ResidentPage) -> None:
        """Fill the resident's screen where there is one; else take a part of this one."""
        here = self._shell.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        # Without the focus, openbox and others would put it behind the clerk's.
        page.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, not others)
        # It may have filled a screen that is gone.
        page.setWindowState(Qt.WindowState.WindowNoState)
        page.setScreen(others[0] if others else here)
        if others:
            page.setGeometry(others[0].geometry())
            page.showFullScreen()
            return
        room = here.availableGeometry()
        width, height = round(room.width() * _SHARE), round(room.height() * _SHARE)
        # Over the result, which it repeats, not over the form that is typed into.
        page.setGeometry(room.right() - width, room.bottom() - height, width, height)
        page.show()
