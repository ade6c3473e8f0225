"""The roster view with its session and files, created on first use.

Connects signals, and asks which files to read and write; reads none itself.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.roster.roster_list import ColumnsAsked

from ..dialogs.list_questions import ListQuestionsDialog
from ..file_dialogs import file_dialog, goal_dialog
from ..views.roster.columns_dialog import ColumnsDialog
from ..views.roster.roster_panel import RosterPanel
from ..views.roster.roster_papers import RosterPapers
from ..views.roster.roster_session import AGREE, CONFIRM, ISSUE, OPEN, RosterSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.roster.roster_list import QuestionsAsked

    from ..main_window import MainWindow

VIEW_ROSTER = "view_roster"
_READ = "名单 (*.xlsx *.xls *.ods *.csv);;所有文件 (*)"
_WRITE = "xlsx 表格 (*.xlsx);;csv 表格 (*.csv)"
_ONLY_XLSX = "xlsx 表格 (*.xlsx)"


class RosterRoom(QObject):
    """The roster view of one window.

    Signals:
        draft_wanted: The Draft of one person, to be looked at whole.
    """

    draft_wanted = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Callable[[], datetime],
        printer: Callable[[], str],
    ) -> None:
        """Make the view and put it into the window.

        Args:
            window: Takes the view and lies below the dialogs.
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            printer: Gives the name of the usual printer; empty without one.
        """
        super().__init__(window)
        self._desk = desk
        self._session = RosterSession(desk, clock, self)
        self._papers = RosterPapers(window, desk, clock, printer)
        self._session.draft_wanted.connect(self.draft_wanted)
        self._session.said_wanted.connect(self._ask_about)
        self._session.papers_wanted.connect(self._papers.offer)
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
        self.serve(window)

    def serve(self, window: MainWindow) -> None:
        """Show the list in a window, perhaps one that was built anew while it is issued."""
        self.setParent(window)
        self._papers.serve(window)
        self._window = window
        order = self._desk.rule_book.order
        self._panel = RosterPanel(window, lambda code: order.get(code, code))
        self._panel.asked.connect(self._session.ask)
        self._panel.pressed.connect(self._on_panel_pressed)
        self._panel.dropped.connect(partial(self._session.ask, OPEN))
        self._session.updated.connect(self._panel.show_state)
        self._session.told.connect(self._panel.show_message)
        self._papers.told.connect(self._panel.show_message)
        self._panel.show_state(self._session.state)
        window.add_view(VIEW_ROSTER, self._panel)

    def act(self) -> None:
        """Open the view as it was left."""
        self._session.refresh()
        self._window.open_view(VIEW_ROSTER)
        self._panel.focus_first()

    def _on_panel_pressed(self, act: str) -> None:
        self._acts[act]()

    def _ask_about(self, asked: ColumnsAsked | QuestionsAsked) -> None:
        dialog: ColumnsDialog | ListQuestionsDialog = (
            ColumnsDialog(asked, self._window)
            if isinstance(asked, ColumnsAsked)
            else ListQuestionsDialog(asked, self._window)
        )
        dialog.chosen.connect(self._session.open_with)
        dialog.open()

    def _ask_for_list(self) -> None:
        files = file_dialog(self._window, "roster_files", "打开名单", _READ)
        files.fileSelected.connect(partial(self._session.ask, OPEN))
        files.open()

    def _ask_where(self, title: str, name: str, kinds: str, write: Callable[[Path], None]) -> None:
        files = goal_dialog(self._window, "roster_goal_files", title, name, kinds)
        files.fileSelected.connect(partial(_write_to, write))
        files.open()


def _write_to(write: Callable[[Path], None], path: str) -> None:
    write(Path(path))
