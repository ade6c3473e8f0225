"""The rules' view, and the dialog that takes in newer ones."""

from __future__ import annotations

from ..views.rules.rules_panel import RulesPanel
from ..views.rules.sync_dialog import SyncDialog
from ..views.rules.sync_session import SyncSession
from .view_wiring import ViewContext, ViewWiring


class RulesWiring(ViewWiring):
    """The rules' view of one window."""

    view = "view_rules"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = RulesPanel(context.window)
        self._sync = SyncSession(context.desk, context.clock, self)
        self._parts = (self._sync,)
        self._panel.sync_pressed.connect(self._open_sync)
        self._sync.taken.connect(self._on_sync_taken)
        self._put(self._panel, self._show_rules, self._panel.focus_first)

    def _open_sync(self) -> None:
        dialog = SyncDialog(self._context.window)
        dialog.asked.connect(self._sync.ask)
        self._sync.updated.connect(dialog.show_state)
        self._sync.refresh()
        dialog.open()

    def _show_rules(self) -> None:
        # The overview reads every rule's words, and start-up must not wait for that.
        from medcounter.desk.rules.rules_overview import rules_overview  # noqa: PLC0415 - see above

        desk = self._context.desk
        views = rules_overview(desk.rule_book)
        self._panel.show_rules(views, desk.rules.state, self._context.clock().date())
        self._panel.choose_place(desk.settings.region)

    def _on_sync_taken(self) -> None:
        self._show_rules()
        self.rules_taken.emit()
