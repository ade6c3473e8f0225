"""The self-check's view with its session."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from ..views.check.check_panel import CheckPanel
from ..views.check.check_session import CheckSession
from .view_wiring import ViewContext, ViewWiring

VIEW_CHECK = "view_check"


class CheckWiring(ViewWiring):
    """The self-check of one window."""

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = CheckPanel(context.window)
        self._session = CheckSession(context.desk, context.folder, context.clock, self)
        self._sessions = (self._session,)
        self._panel.again_pressed.connect(self._session.start)
        self._panel.copy_pressed.connect(self._session.copy)
        self._session.updated.connect(self._panel.show_state)
        self._session.copied.connect(self._on_session_copied)
        context.window.add_view(VIEW_CHECK, self._panel)

    def open(self) -> None:
        """Open the view and begin a check."""
        self._session.start()
        self._context.window.open_view(VIEW_CHECK)
        self._panel.focus_first()

    def _on_session_copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
