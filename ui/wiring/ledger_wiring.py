"""The ledger view with its session, its dialogs and its papers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from medcounter.errors import MedCounterError

from ..access.approval_flow import ApprovalFlow
from ..file_dialogs import destination_dialog
from ..messages import Message, told_problem
from ..papers.stack_papers import StackPapers
from ..remembering import remembering
from ..views.ledger.ledger_panel import LedgerPanel
from ..views.ledger.ledger_session import LedgerSession
from ..views.ledger.ledger_state import HISTORY
from ..views.ledger.several_session import SeveralSession
from ..views.ledger.void_dialog import RunVoidDialog, SeveralVoidDialog, VoidDialog
from .view_wiring import ViewContext, ViewWiring

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.counter.register import Run
    from medcounter.desk.desk_records import IssuedNotice

MASKED_TABLE = "Excel 表格，证件号码遮盖 (*.xlsx)"
WHOLE_TABLE = "Excel 表格，完整证件号码 (*.xlsx)"


class LedgerWiring(ViewWiring):
    """The ledger view of one window."""

    view = "view_ledger"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        window, papers = context.window, context.papers
        self._panel = LedgerPanel(window)
        ask_first = ApprovalFlow(context.desk, context.clock, window).do
        self._session = LedgerSession(context.desk, context.clock, self, ask_first=ask_first)
        wire_ledger(self._panel, self._session, window)
        if (memory := remembering()) is not None:
            self._panel.show_columns(memory.ledger_columns)
            self._panel.columns_chosen.connect(memory.keep_ledger_columns)
        several = SeveralSession(context.desk, context.clock, ask_first, self)
        self._stack = StackPapers(context.desk, context.clock, window, context.printer)
        self._stack.prints_again = True
        self._stack.opens = self._open_when_seen
        self._parts = (self._session, self._stack)
        wire_several(self._panel, several, self._session, window)
        several.print_wanted.connect(self._stack.offer)
        self._stack.reported.connect(self._on_papers_reported)
        self._stack.worked.connect(self._panel.work.show_work)
        self._panel.work.stopped.connect(self._stack.stop_by_clerk)
        self._session.reprint_wanted.connect(papers.reprint)
        self._session.show_wanted.connect(papers.show_issued)
        self._session.save_wanted.connect(papers.save_issued)
        self._session.draft_wanted.connect(self.draft_wanted)
        self._session.reported.connect(self.reported)
        papers.reported.connect(self._on_papers_reported)
        self._put(self._panel, self._session.refresh, self._panel.focus_search)

    def open_history(self) -> None:
        """List all notices of the person marked in the ledger, or served."""
        if self._panel.isVisible():
            if self._panel.number():
                self._session.ask(HISTORY, self._panel.number())
            return
        outcome = self._context.window.outcome
        if outcome is None:
            return
        try:
            person = self._context.desk.register.person_in(outcome.draft)
        except MedCounterError as err:
            self._context.window.show_message(told_problem(err))
            return
        self._session.refresh()
        self._session.show_person(person, outcome.person.name or outcome.person.id_masked)
        self._bring_forward()

    def _on_papers_reported(self, message: Message) -> None:
        """Show what came of a print where there is no strip."""
        self._panel.show_message(message)
        if self._panel.isVisible():
            self._session.look_again()


def wire_ledger(panel: LedgerPanel, session: LedgerSession, window: QWidget) -> None:
    """Connect the ledger view with its session; void asks over the window."""
    panel.asked.connect(session.ask)
    session.updated.connect(panel.show_state)
    session.reported.connect(panel.show_message)
    session.void_wanted.connect(partial(open_void, session, window))
    session.run_void_wanted.connect(partial(open_run_void, session, window))
    session.correct_wanted.connect(partial(open_correction, session, window))
    session.export_wanted.connect(partial(open_export, session, window))


def wire_several(
    panel: LedgerPanel, several: SeveralSession, session: LedgerSession, window: QWidget
) -> None:
    """Connect what is done with several rows at once; void asks over the window."""
    panel.asked_for_several.connect(several.ask)
    several.reported.connect(panel.show_message)
    several.changed.connect(session.look_again)
    several.void_wanted.connect(partial(open_several_void, several, window))


def open_several_void(
    several: SeveralSession, window: QWidget, notices: tuple[IssuedNotice, ...]
) -> None:
    """Ask why chosen notices are voided, and void them when a reason is given."""
    dialog = SeveralVoidDialog(notices, window)
    dialog.confirmed.connect(several.void)
    dialog.open()


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
    files = destination_dialog(window, "export_files", "导出为表格", name, kinds)
    files.fileSelected.connect(partial(_export, session, files))
    files.open()


def _export(session: LedgerSession, files: QFileDialog, path: str) -> None:
    session.export(Path(path), masked=files.selectedNameFilter() != WHOLE_TABLE)
