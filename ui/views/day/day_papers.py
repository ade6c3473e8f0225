"""Print a day's sheet or save it as a PDF.

Uses the notice's drawing on A4, and counts nothing: a close may be printed as
often as wanted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from medcounter.errors import MedCounterError
from medcounter.notice.sheet.day_sheet import day_manuscript
from medcounter.notice.sheet.paper import A4_PORTRAIT

from ...file_dialogs import destination_dialog
from ...messages import PROBLEM, Message, told_problem
from ...papers.desk_papers import DeskPapers, done_message, unsent_message
from ...printing.layout import lay_out_written

if TYPE_CHECKING:
    from medcounter.notice.sheet.day_sheet import DaySheet

    from ...printing.layout import Layout


# A list has no use for air, and less of it is not tried a second time.
_PAPER = replace(A4_PORTRAIT, air=1.5)


class DayPapers(DeskPapers):
    """Prints and saves the sheets of days.

    A sheet names no resident and stays in the office: a box in a clerk's name
    is said and does not keep the day from being closed.
    """

    def print_sheet(self, sheet: DaySheet) -> None:
        """Print a sheet on A4; without a printer say how else."""
        what = f"日结单 {sheet.number}" if sheet.number else f"{sheet.day} 的清单（未日结）"

        def found(name: str, why: str) -> None:
            layout = laid_out(sheet)

            def sent(error: MedCounterError | None) -> None:
                if error is None:
                    self.reported.emit(done_message(layout, f"{what} 已送到打印机“{name}”"))
                else:
                    self.reported.emit(unsent_message(what, error))

            if name:
                self.send(layout, name, sent, with_boxes=True)
            else:
                text = f"{what} 没有打印：{why}，可按 Ctrl+S 存为 PDF，或接好打印机后按 Ctrl+R"
                self.reported.emit(Message(PROBLEM, text))

        self.with_printer(found)

    def save_sheet(self, sheet: DaySheet) -> None:
        """Ask where a sheet is to be saved as a PDF."""
        name = f"{laid_out(sheet).manuscript.name}.pdf"
        files = destination_dialog(self._window, "save_day_files", "存为 PDF", name)
        files.fileSelected.connect(partial(self.save_to, sheet))
        files.open()

    def save_to(self, sheet: DaySheet, path: str) -> None:
        """Save a sheet as a PDF under a path."""
        layout = laid_out(sheet)
        try:
            folder = self.save(layout, path, people=True)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.reported.emit(done_message(layout, f"已存为“{path}”", folder))


def laid_out(sheet: DaySheet) -> Layout:
    """Set a day's sheet on A4."""
    return lay_out_written(partial(day_manuscript, sheet), _PAPER)
