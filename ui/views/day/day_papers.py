"""Print a day's sheet or save it as a PDF.

Uses the notice's drawing on A4, and counts nothing: a close may be printed as
often as wanted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from medcounter.errors import MedCounterError
from medcounter.goals import goal
from medcounter.notice.sheet.day_sheet import day_manuscript
from medcounter.notice.sheet.paper import A4_PORTRAIT

from ...file_dialogs import goal_dialog
from ...messages import GOOD, PROBLEM, Message
from ...printing.lacking import undrawn_text
from ...printing.layout import lay_out_written
from ...printing.pdf import write_pdf
from ...printing.printer import make_printer, print_layout, set_printer

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.notice.sheet.day_sheet import DaySheet

    from ...printing.layout import Layout


# A list has no use for air, and less of it is not tried a second time.
_PAPER = replace(A4_PORTRAIT, air=1.5)


class DayPapers(QObject):
    """Prints and saves the sheets of days.

    Signals:
        told: A Message on what became of one.
    """

    told = Signal(object)

    def __init__(self, window: QWidget, printer: Callable[[], str], folder: Path) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialogs.
            printer: Gives the name of the usual printer; empty without one.
            folder: The data folder, in which nothing is saved.
        """
        super().__init__(window)
        self._window = window
        self._printer = printer
        self._folder = folder

    def print_sheet(self, sheet: DaySheet) -> None:
        """Print a sheet on A4; without a printer say how else."""
        name = self._printer()
        what = f"日结单 {sheet.number}" if sheet.number else f"{sheet.day} 的清单（未日结）"
        if not name:
            text = f"{what} 没有打印：没有找到打印机，可按 Ctrl+S 存为 PDF，或接好打印机后按 Ctrl+R"
            self.told.emit(Message(PROBLEM, text))
            return
        layout = laid_out(sheet)
        printer = make_printer(layout.paper)
        printer.setDocName(layout.manuscript.name)
        try:
            set_printer(printer, name)
            print_layout(layout, printer, with_boxes=True)
        except MedCounterError as err:
            self.told.emit(Message(PROBLEM, f"{what} 没有打印：{err.text}"))
            return
        self._tell_done(layout, f"{what} 已送到打印机“{name}”")

    def save_sheet(self, sheet: DaySheet) -> None:
        """Ask where a sheet is to be saved as a PDF."""
        name = f"{laid_out(sheet).manuscript.name}.pdf"
        files = goal_dialog(self._window, "save_day_files", "存为 PDF", name)
        files.fileSelected.connect(partial(self.save_to, sheet))
        files.open()

    def save_to(self, sheet: DaySheet, path: str) -> None:
        """Save a sheet as a PDF under a path."""
        layout = laid_out(sheet)
        try:
            place = goal(Path(path), self._folder, people=True, replace=True)
            write_pdf(layout, place, with_boxes=True)
        except MedCounterError as err:
            self.told.emit(Message(PROBLEM, err.text))
            return
        self._tell_done(layout, f"已存为“{path}”", f"{place.path.parent}")

    def _tell_done(self, layout: Layout, done: str, folder: str = "") -> None:
        """Describe what came out, and what is missing on it.

        The sheet names no resident and stays in the office: a box in a
        clerk's name is said and does not keep the day from being closed.
        """
        lacking = undrawn_text(layout)
        tone, text = (PROBLEM, f"{done}；{lacking}") if lacking else (GOOD, done)
        self.told.emit(Message(tone, text, folder=folder))


def laid_out(sheet: DaySheet) -> Layout:
    """Set a day's sheet on A4."""
    return lay_out_written(partial(day_manuscript, sheet), _PAPER)
