"""Connect the ledger view, its session and its void dialog.

Connects signals; does nothing itself. Printing, preview and saving are signals
of the session, which the window connects.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ...file_dialogs import goal_dialog
from .void_dialog import RunVoidDialog, VoidDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.counter.register import Run
    from medcounter.desk.desk_records import IssuedNotice

    from .ledger_panel import LedgerPanel
    from .ledger_session import LedgerSession

MASKED_TABLE = "Excel 表格，证件号码遮盖 (*.xlsx)"
WHOLE_TABLE = "Excel 表格，完整证件号码 (*.xlsx)"


def wire_ledger(panel: LedgerPanel, session: LedgerSession, window: QWidget) -> None:
    """Connect the ledger view with its session; void asks over the window."""
    panel.asked.connect(session.ask)
    session.updated.connect(panel.show_state)
    session.told.connect(panel.show_message)
    session.void_wanted.connect(partial(open_void, session, window))
    session.run_void_wanted.connect(partial(open_run_void, session, window))
    session.correct_wanted.connect(partial(open_correction, session, window))
    session.export_wanted.connect(partial(open_export, session, window))


def open_void(session: LedgerSession, window: QWidget, issued: IssuedNotice) -> None:
    """Ask why a notice is voided, and void it when a reason is given."""
    dialog = VoidDialog(issued, window)
    dialog.confirmed.connect(session.void)
    dialog.open()


def open_run_void(session: LedgerSession, window: QWidget, number: str, run: Run) -> None:
    """Ask why all of a list's notices are voided; void them for a reason."""
    dialog = RunVoidDialog(number, run, window)
    dialog.confirmed.connect(session.void_run)
    dialog.open()


def open_correction(session: LedgerSession, window: QWidget, issued: IssuedNotice) -> None:
    """Ask why a notice is corrected, and begin when a reason is given."""
    dialog = VoidDialog(issued, window, correcting=True)
    dialog.confirmed.connect(session.correct)
    dialog.open()


def open_export(session: LedgerSession, window: QWidget, name: str) -> None:
    """Ask where the table goes; ID numbers are masked unless asked otherwise."""
    kinds = f"{MASKED_TABLE};;{WHOLE_TABLE}"
    files = goal_dialog(window, "export_files", "导出为表格", name, kinds)
    files.fileSelected.connect(partial(_export, session, files))
    files.open()


def _export(session: LedgerSession, files: QFileDialog, path: str) -> None:
    session.export(Path(path), masked=files.selectedNameFilter() != WHOLE_TABLE)
