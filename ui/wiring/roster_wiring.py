"""The roster view with its session, its papers and its files.

Asks which files to read and write; reads none itself.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from medcounter.desk.roster.roster_list import ColumnsAsked

from ..file_dialogs import destination_dialog, file_dialog
from ..papers.stack_papers import StackPapers
from ..views.roster.columns_dialog import ColumnsDialog
from ..views.roster.list_questions_dialog import ListQuestionsDialog
from ..views.roster.roster_panel import RosterPanel
from ..views.roster.roster_session import AGREE, CONFIRM, ISSUE, OPEN, RosterSession
from .view_wiring import ViewContext, ViewWiring

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.roster.roster_list import QuestionsAsked

    from ..main_window import MainWindow


_READ = "名单 (*.xlsx *.xls *.ods *.csv);;所有文件 (*)"
_WRITE = "xlsx 表格 (*.xlsx);;csv 表格 (*.csv)"
_ONLY_XLSX = "xlsx 表格 (*.xlsx)"


class RosterWiring(ViewWiring):
    """The roster view of one window."""

    view = "view_roster"
    outlives_window = True

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._session = RosterSession(context.desk, context.clock, self)
        self._papers = StackPapers(context.desk, context.clock, context.window, context.printer)
        self._papers.opens = self._open_when_seen
        self._parts = (self._session, self._papers)
        self._session.draft_wanted.connect(self.draft_wanted)
        self._session.said_wanted.connect(self._on_session_said_wanted)
        self._session.papers_wanted.connect(self._on_session_papers_wanted)
        self._acts: dict[str, Callable[[], None]] = {
            "roster_open": self._ask_for_list,
            "roster_agree": partial(self._session.ask, AGREE),
            "roster_issue": partial(self._session.ask, ISSUE),
            "roster_confirm": partial(self._session.ask, CONFIRM),
            "roster_export": partial(
                self._ask_where, "导出名单", "测算结果.xlsx", _WRITE, self._session.export
            ),
            "roster_marked": partial(
                self._ask_where,
                "退回标好问题的名单",
                "须改正的名单.xlsx",
                _ONLY_XLSX,
                self._session.export_marked,
            ),
            "roster_template": partial(
                self._ask_where,
                "下载名单模板",
                "名单模板.xlsx",
                _ONLY_XLSX,
                self._session.export_template,
            ),
        }
        self._show_in(context.window)

    def serve(self, context: ViewContext) -> None:
        """Override ViewWiring.serve: the list may be being issued meanwhile."""
        super().serve(context)
        self._papers.serve(context.window)
        self._show_in(context.window)

    def _show_in(self, window: MainWindow) -> None:
        order = self._context.desk.rule_book.order
        self._panel = RosterPanel(window, lambda code: order.get(code, code))
        self._panel.asked.connect(self._session.ask)
        self._panel.pressed.connect(self._on_panel_pressed)
        self._panel.dropped.connect(partial(self._session.ask, OPEN))
        self._session.updated.connect(self._panel.show_state)
        self._session.reported.connect(self._panel.show_message)
        self._papers.reported.connect(self._panel.show_message)
        self._papers.worked.connect(self._panel.papers_work.show_work)
        self._panel.papers_work.stopped.connect(self._papers.stop_by_clerk)
        self._panel.show_state(self._session.state)
        self._put(self._panel, self._session.refresh, self._panel.focus_first)

    def _on_panel_pressed(self, act: str) -> None:
        self._acts[act]()

    def _on_session_papers_wanted(self, stack: tuple[IssuedNotice, ...]) -> None:
        self._gate.open(partial(self._papers.offer, stack))

    def _on_session_said_wanted(self, asked: ColumnsAsked | QuestionsAsked) -> None:
        self._gate.open(partial(self._ask_about, asked))

    def _ask_about(self, asked: ColumnsAsked | QuestionsAsked) -> None:
        dialog: ColumnsDialog | ListQuestionsDialog = (
            ColumnsDialog(asked, self._context.window)
            if isinstance(asked, ColumnsAsked)
            else ListQuestionsDialog(asked, self._context.window)
        )
        dialog.chosen.connect(self._session.open_with)
        dialog.open()

    def _ask_for_list(self) -> None:
        files = file_dialog(self._context.window, "roster_files", "打开名单", _READ)
        files.fileSelected.connect(partial(self._session.ask, OPEN))
        files.open()

    def _ask_where(self, title: str, name: str, kinds: str, write: Callable[[Path], None]) -> None:
        files = destination_dialog(
            self._context.window, "roster_destination_files", title, name, kinds
        )
        files.fileSelected.connect(partial(_write_to, write))
        files.open()


def _write_to(write: Callable[[Path], None], path: str) -> None:
    write(Path(path))
