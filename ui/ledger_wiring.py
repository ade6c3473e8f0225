"""How the ledger view, its session and its void dialog hang together.

Connects signals; does nothing itself. Printing, preview and saving hang on
the session's own signals, which the window connects.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .dialogs.void import VoidDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.records import IssuedNotice

    from .ledger_session import LedgerSession
    from .panels.ledger import LedgerPanel


def wire_ledger(panel: LedgerPanel, session: LedgerSession, window: QWidget) -> None:
    """Connect the ledger view with its session; void asks over the window."""
    panel.asked.connect(session.ask)
    session.updated.connect(panel.show_state)
    session.told.connect(panel.show_message)
    session.void_wanted.connect(partial(open_void, session, window))


def open_void(session: LedgerSession, window: QWidget, issued: IssuedNotice) -> None:
    """Ask why a notice is voided, and void it when a reason is given."""
    dialog = VoidDialog(issued, window)
    dialog.confirmed.connect(session.void)
    dialog.open()
