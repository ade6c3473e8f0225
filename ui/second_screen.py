"""The resident's screen, which is made when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from .frame.shell import Shell
    from .session.session import Session
    from .views.resident.resident_window import ResidentWindow


class SecondScreen(QObject):
    """What faces the resident; few have a second screen."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(shell)
        self._session = session
        self._shell = shell
        self._window: ResidentWindow | None = None

    def toggle(self) -> None:
        """Open it, or put it away."""
        if self._window is None:
            from .views.resident.resident_window import ResidentWindow  # noqa: PLC0415 - see the class

            self._window = ResidentWindow(self._session, self._shell)
        self._window.toggle()

    def cover(self) -> None:
        """Show nobody on it."""
        if self._window is not None:
            self._window.cover()

    def uncover(self) -> None:
        """Show again who is served."""
        if self._window is not None:
            self._window.uncover()
