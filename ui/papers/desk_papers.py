"""What all that goes on paper has in common: printer, offset, and the saved file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from medcounter.destinations import destination

from ..messages import GOOD, PROBLEM, Message
from ..printing.lacking import CharacterUndrawableError, undrawn_text
from ..printing.pdf import write_pdf
from ..printing.print_jobs import sheet_job
from ..printing.print_system import PrintSystemSilentError, print_system

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.destinations import Destination
    from medcounter.errors import MedCounterError

    from ..printing.layout import Layout
    from ..printing.print_jobs import Printers, PrintQuestion

NO_PRINTER = "没有找到打印机"


class DeskPapers(QObject):
    """Puts what a desk hands out on paper, or into a PDF.

    Attributes:
        opens: Opens a dialog that follows on a late answer, once its view is seen.

    Signals:
        reported: A Message on what became of it.
    """

    reported = Signal(object)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        window: QWidget,
        printer: Callable[[], str] | None = None,
    ) -> None:
        """Work for an open desk.

        Args:
            desk: Has the settings of printing, and is told whether a print came out.
            clock: Gives the present time with its zone.
            window: Lies below the dialogs; owns this.
            printer: Gives the name of the usual printer, empty without one;
                asks the system when None.
        """
        super().__init__(window)
        self._desk = desk
        self._clock = clock
        self._window = window
        self._usual = printer
        self.opens: Callable[[Callable[[], object]], object] = _at_once
        self._sent = 0
        self._is_late = False
        self._is_over = False

    def with_printer(self, then: Callable[[str, str], None]) -> None:
        """Find the printer that is set, or the usual one, before a print counts.

        Args:
            then: Is given its name; where there is none, an empty one and
                the clause on why.
        """
        if name := self._desk.settings.printer:
            then(name, "")
        else:
            self.with_usual(then)

    def with_usual(self, then: Callable[[str, str], None]) -> None:
        """Find the usual printer, as :meth:`with_printer` does."""
        if self._usual is not None:
            name = self._usual()
            then(name, "" if name else NO_PRINTER)
        elif usual := print_system().known.usual:
            then(usual, "")
        else:
            print_system().ask(partial(self._go_on, then))

    def send(
        self,
        layout: Layout,
        name: str,
        then: Callable[[MedCounterError | None], None],
        *,
        with_boxes: bool = False,
    ) -> None:
        """Print a sheet, moved by the printer's offset, beside the window.

        Args:
            layout: What stands on the paper.
            name: Of the printer.
            then: Is given why no paper came out, PrintSystemSilentError where
                nobody knows whether it did, or None.
            with_boxes: Whether a character that cannot be drawn may be a box.
        """
        if not with_boxes and (lacking := undrawn_text(layout)):
            then(CharacterUndrawableError(lacking))
            return
        offset = self._desk.settings.offset_on(name)
        self.send_question(sheet_job(layout, offset, with_boxes=with_boxes), then)

    def send_question(
        self, question: PrintQuestion, then: Callable[[MedCounterError | None], None]
    ) -> None:
        """Print what is not laid out as a sheet, beside the window.

        Args:
            question: What, and where.
            then: As for :meth:`send`.
        """

        def answered(error: MedCounterError | None) -> None:
            self._sent -= 1
            if isValid(self) and not self._is_over:
                then(error)

        self._sent += 1
        print_system().send(question, answered)

    def stop(self) -> None:
        """Wait a little for what is being printed, as the desk is given back."""
        if self._sent:
            print_system().finish()
        self._is_over = True

    def _go_on(self, then: Callable[[str, str], None], printers: Printers) -> None:
        if not isValid(self) or self._is_over:
            return
        self._is_late = True
        try:
            then(printers.usual, "" if printers.usual else printers.silent or NO_PRINTER)
        finally:
            self._is_late = False

    def _open(self, opens: Callable[[], object]) -> None:
        """Open a dialog, after a late answer only where its view is still seen.

        Meanwhile the screen may have been locked, or somebody types elsewhere.
        """
        if self._is_late:
            self.opens(opens)
        else:
            opens()

    def named_destination(self, path: str, *, people: bool) -> Destination:
        """Return where a file is saved, as the user named it.

        Args:
            path: As chosen in a dialog that asked before it replaces a file.
            people: Whether residents are named in it.

        Raises:
            MedCounterError: It may not lie there.
        """
        return destination(Path(path), self._desk.folder, people=people, replace=True)

    def save(self, layout: Layout, path: str, *, people: bool) -> str:
        """Save a sheet as a PDF.

        Args:
            layout: What stands on the paper; what cannot be drawn is a box.
            path: As chosen in a dialog that asked before it replaces a file.
            people: Whether residents are named in it.

        Returns:
            Path of the folder, to be opened.

        Raises:
            MedCounterError: It was not saved.
        """
        destination = self.named_destination(path, people=people)
        write_pdf(layout, destination, with_boxes=True)
        return f"{destination.path.parent}"


def _at_once(opens: Callable[[], object]) -> object:
    return opens()


def done_message(layout: Layout, done: str, folder: str = "") -> Message:
    """Describe what came out, and what is missing on it.

    Args:
        layout: What stood on the paper.
        done: Where it went.
        folder: Where it was saved; empty for paper.
    """
    lacking = undrawn_text(layout)
    tone, text = (PROBLEM, f"{done}；{lacking}") if lacking else (GOOD, done)
    return Message(tone, text, folder=folder)


def unsent_message(what: str, error: MedCounterError) -> Message:
    """Describe what did not come out, or what nobody knows of.

    Args:
        what: Was printed.
        error: Why it was not.
    """
    if isinstance(error, PrintSystemSilentError):
        return Message(PROBLEM, f"{what}：{error.text}")
    return Message(PROBLEM, f"{what} 没有打印：{error.text}")
