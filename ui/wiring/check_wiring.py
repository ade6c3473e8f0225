"""The self-check's view with its session."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from ..views.check.check_panel import CheckPanel
from ..views.check.check_session import CheckSession
from .view_wiring import ViewContext, ViewWiring


class CheckWiring(ViewWiring):
    """The self-check of one window."""

    view = "view_check"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = CheckPanel(context.window)
        self._session = CheckSession(context.desk, context.folder, context.clock, self)
        self._parts = (self._session,)
        self._panel.again_pressed.connect(self._session.start)
        self._panel.copy_pressed.connect(self._session.copy)
        self._session.updated.connect(self._panel.show_state)
        self._session.copied.connect(self._on_session_copied)
        self._put(self._panel, self._session.start, self._panel.focus_first)

    def _on_session_copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
