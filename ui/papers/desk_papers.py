"""What printing notices has in common: the paper, the printer, and what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import Paper, chosen_paper
from medcounter.wording.terms import VOID

from .printer import make_printer, print_layout, set_printer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice

    from .layout import Layout


class DeskPapers(QObject):
    """Puts the notices of one desk on paper.

    Signals:
        told: A Message on what became of them.
    """

    told = Signal(object)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        window: QWidget,
        printer: Callable[[], str],
    ) -> None:
        """Work for an open desk.

        Args:
            desk: Is told whether a print came out.
            clock: Gives the present time with its zone.
            window: Lies below the dialogs; owns this.
            printer: Gives the name of the usual printer; empty without one.
        """
        super().__init__(window)
        self._desk = desk
        self._clock = clock
        self._window = window
        self._usual = printer

    def serve(self, window: QWidget) -> None:
        """Go on over a window that was built anew."""
        self.setParent(window)
        self._window = window

    @property
    def _paper(self) -> Paper:
        settings = self._desk.settings
        return chosen_paper(settings.paper, large_print=settings.large_print)

    @property
    def _printer(self) -> str:
        """Name of the printer that is set, or the usual one; empty without one."""
        return self._desk.settings.printer or self._usual()

    def _send(self, layout: Layout, name: str, *, with_boxes: bool = False) -> None:
        """Print on a printer, moved by its offset.

        Raises:
            MedCounterError: No paper came out; the text says why.
        """
        printer = make_printer(layout.paper)
        set_printer(printer, name)
        offset = self._desk.settings.offset_on(name)
        print_layout(layout, printer, offset, with_boxes=with_boxes)

    def _sheet(self, issued: IssuedNotice) -> Sheet:
        voided = issued.state == VOID
        practice = self._desk.practice
        return Sheet(issued.notice, issued.print_no, voided=voided, practice=practice)

    def _mark(self, issued: IssuedNotice, *, ok: bool) -> None:
        """Record whether a numbered notice came out.

        Raises:
            MedCounterError: It was not kept.
        """
        if issued.notice.number is not None:
            at = self._clock()
            self._desk.notices.mark_printed(issued.notice.number, issued.print_no, at, ok=ok)
