"""The window that stands in the shell, and all that follows it to the next one.

A window is built anew for another desk and for another size of letters. Whatever
works for a window and outlives it follows here, and is handed each new one;
nobody else hands windows on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from .acts import Acts
    from .frame.shell import Shell
    from .session.session import Session

    Serve = Callable[[MainWindow], object]


class StandingWindow:
    """One window at a time.

    Attributes:
        now: The one that stands, or is about to.
    """

    now: MainWindow

    def __init__(self, session: Session, acts: Acts, shell: Shell) -> None:
        """Build none yet: first comes who follows it."""
        self._session = session
        self._acts = acts
        self._shell = shell
        self._followers: list[Serve] = []

    def follow(self, serve: Serve) -> None:
        """Hand each window built from now on to this, after those who came before."""
        self._followers.append(serve)

    def leave(self, serve: Serve) -> None:
        """Hand no window to this any more."""
        self._followers.remove(serve)

    def build(self) -> None:
        """Build a window for the shell, which does not show it yet."""
        self.now = MainWindow(self._session, self._acts, self._shell)
        # Not before the shell takes it, even if the shell is shown later.
        self.now.hide()
        self.now.left.connect(self._shell.close)
        for serve in tuple(self._followers):
            serve(self.now)

    def show(self) -> None:
        """Let it stand in the shell; the one before is deleted."""
        self._shell.take(self.now)
