"""Make the sheet of a draft beside the window; print it, save it, read it back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from medcounter.authoring.sign_sheet.returned_table import ReturnedTable, returned_table
from medcounter.authoring.sign_sheet.sign_manuscript import SIGN_PAPER, sign_manuscript
from medcounter.desk.authoring.draft_sheet import DraftSheet, MadeSheet
from medcounter.errors import MedCounterError

from ....file_dialogs import PDF, destination_dialog, file_dialog
from ....messages import GOOD, PROBLEM, Message, told_problem
from ....papers.desk_papers import DeskPapers, done_message, unsent_message
from ....printing.lacking import undrawn_text
from ....printing.layout import lay_out_written
from ....work.background import Background
from .sign_dialog import SignDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.authoring.sign_sheet.sign_result import SignResult
    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.desk import Desk

    from ....printing.layout import Layout

_TABLE = "表格 (*.xlsx)"
_MOST_OPEN = 40


class SignPapers(DeskPapers):
    """The sheet of one draft at a time.

    Signals:
        kept: What a table that came back said was kept with the draft, which
            has a new version.
    """

    kept = Signal()

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        window: QWidget,
        printer: Callable[[], str] | None = None,
    ) -> None:
        """Override DeskPapers.__init__: begin with no sheet."""
        super().__init__(desk, clock, window, printer)
        self._draft: OpenDraft | None = None
        self._made: MadeSheet | None = None
        self._layout: Layout | None = None
        self._dialog: SignDialog | None = None
        self._making = Background(self)
        self._making.done.connect(self._on_making_done)
        self._making.failed.connect(self._on_failed)
        self._reading = Background(self)
        self._reading.done.connect(self._on_reading_done)
        self._reading.failed.connect(self._on_failed)

    def open(self, draft: OpenDraft) -> None:
        """Show the sheet of a draft; it is made meanwhile."""
        self._draft = draft
        self._dialog = SignDialog(self._window)
        self._dialog.asked.connect(self._act)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()
        self._make()

    @property
    def held(self) -> str:
        """Nothing: it is all made anew from the draft."""
        return ""

    def stop(self) -> None:
        """Override DeskPapers.stop: make and read no further, wait for the rest."""
        self._making.stop()
        self._reading.stop()
        super().stop()

    def _make(self) -> None:
        """Make the sheet of the draft as it is now; until it is there, there is none."""
        self._made = self._layout = None
        if self._draft is not None and self._dialog is not None:
            self._dialog.show_making()
            self._making.start_only(DraftSheet(self._draft).making(self._clock().date()))

    def _act(self, what: str) -> None:
        made, layout = self._made, self._layout
        if made is None or layout is None or self._dialog is None:
            return
        name = layout.manuscript.name
        if what == "print":
            self._print(layout)
        elif what == "pdf":
            files = destination_dialog(
                self._dialog, "sign_pdf_files", "存为 PDF", f"{name}.pdf", PDF
            )
            files.fileSelected.connect(self._save_pdf)
            files.open()
        elif what == "table":
            files = destination_dialog(
                self._dialog, "sign_files", "存为表格", f"{name}.xlsx", _TABLE
            )
            files.fileSelected.connect(self._save_table)
            files.open()
        else:
            files = file_dialog(self._dialog, "sign_returned_files", "读回填好的审签单", _TABLE)
            files.fileSelected.connect(self._read_back)
            files.open()

    def _print(self, layout: Layout) -> None:
        def found(name: str, why: str) -> None:
            def sent(error: MedCounterError | None) -> None:
                if error is None:
                    self._tell(done_message(layout, f"审签单已送到打印机“{name}”"))
                else:
                    self._tell(unsent_message("审签单", error))

            if name:
                self.send(layout, name, sent, with_boxes=True)
            else:
                text = f"审签单没有打印：{why}，可以先存为 PDF。"
                self._tell(Message(PROBLEM, text))

        self.with_printer(found)

    def _save_pdf(self, path: str) -> None:
        layout = self._layout
        if layout is None:
            return
        try:
            folder = self.save(layout, path, people=False)
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        self._tell(done_message(layout, f"审签单已存为“{path}”", folder))

    def _save_table(self, path: str) -> None:
        if self._made is None:
            return
        try:
            destination = self.named_destination(path, people=False)
            self._made.write_table(destination)
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        sentence = f"审签单已存为“{path}”，对方填好后在这里读回"
        self._tell(Message(GOOD, sentence, folder=f"{destination.path.parent}"))

    def _read_back(self, path: str) -> None:
        self._reading.start_only(partial(returned_table, Path(path)))

    def _on_making_done(self, made: MadeSheet) -> None:
        if self._dialog is None:
            return
        self._made = made
        self._layout = lay_out_written(partial(sign_manuscript, made.sheet), SIGN_PAPER)
        self._dialog.show_layout(self._layout)
        if lacking := undrawn_text(self._layout):
            self._dialog.show_note(lacking, "warning")

    def _on_reading_done(self, returned: ReturnedTable) -> None:
        if self._draft is None or self._made is None or self._dialog is None:
            return
        try:
            result = DraftSheet(self._draft).keep(self._made, returned, self._clock())
        except MedCounterError as err:
            self._tell(told_problem(err))
            return
        self._dialog.show_returned(result_lines(result))
        self._tell(Message(GOOD, counted(result)))
        self.kept.emit()
        self._make()

    def _on_failed(self, text: str) -> None:
        self._tell(Message(PROBLEM, text))

    def _on_dialog_finished(self) -> None:
        self._making.drop()
        self._reading.drop()
        self._draft = self._made = self._layout = self._dialog = None

    def _tell(self, message: Message) -> None:
        if self._dialog is not None:
            self._dialog.show_message(message)
        self.reported.emit(message)


def counted(result: SignResult) -> str:
    """Describe how much was ticked, refused and left open."""
    yes = len(result.ticked) + len(result.ticked_residents)
    return (
        f"审签单已读回：√ {yes} 项，× {len(result.refused)} 项，"
        f"没有核对 {len(result.unanswered)} 项；已同草稿一起存好"
    )


def result_lines(result: SignResult) -> tuple[str, ...]:
    """Describe what came back, one line each, the most important first."""
    lines = [] if result.is_same_state else ["这张表是按以前的一版生成的：改过的行不算。"]
    lines += [f"× {one.name}：{one.remark or '没有写应为多少'}" for one in result.refused]
    lines += result.problems
    lines += [f"另外写了 {other}" for other in result.others]
    left = result.unanswered
    lines += [f"没有核对：{one.name}" for one in left[:_MOST_OPEN]]
    if len(left) > _MOST_OPEN:
        lines.append(f"……另有 {len(left) - _MOST_OPEN} 项没有核对。")
    return tuple(lines)
