"""What printing notices has in common: their paper, and each print counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import Paper, chosen_paper
from medcounter.wording.terms import VOID

from .desk_papers import DeskPapers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.desk_records import IssuedNotice


class CountedPapers(DeskPapers):
    """Puts numbered notices on paper."""

    def serve(self, window: QWidget) -> None:
        """Go on over a window that was built anew."""
        self.setParent(window)
        self._window = window

    @property
    def _paper(self) -> Paper:
        settings = self._desk.settings
        return chosen_paper(settings.paper, large_print=settings.large_print)

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
