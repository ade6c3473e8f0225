"""What all that goes on paper has in common: printer, offset, and the saved file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from medcounter.destinations import destination

from ..messages import GOOD, PROBLEM, Message
from ..printing.lacking import undrawn_text
from ..printing.pdf import write_pdf
from ..printing.printer import send_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.destinations import Destination

    from ..printing.layout import Layout


class DeskPapers(QObject):
    """Puts what a desk hands out on paper, or into a PDF.

    Signals:
        reported: A Message on what became of it.
    """

    reported = Signal(object)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        window: QWidget,
        printer: Callable[[], str],
    ) -> None:
        """Work for an open desk.

        Args:
            desk: Has the settings of printing, and is told whether a print came out.
            clock: Gives the present time with its zone.
            window: Lies below the dialogs; owns this.
            printer: Gives the name of the usual printer; empty without one.
        """
        super().__init__(window)
        self._desk = desk
        self._clock = clock
        self._window = window
        self._usual = printer

    @property
    def printer_name(self) -> str:
        """Name of the printer that is set, or the usual one; empty without one."""
        return self._desk.settings.printer or self._usual()

    def send(self, layout: Layout, name: str, *, with_boxes: bool = False) -> None:
        """Print a sheet, moved by the printer's offset.

        Args:
            layout: What stands on the paper.
            name: Of the printer.
            with_boxes: Whether a character that cannot be drawn may be a box.

        Raises:
            MedCounterError: No paper came out; the text says why.
        """
        send_layout(layout, self._desk.settings.offset_on(name), with_boxes=with_boxes)

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
