"""Print the recovery key; it is never written to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shiboken6 import isValid

from medcounter.notice.sheet.paper import A5_LANDSCAPE
from medcounter.notice.sheet.recovery_sheet import recovery_manuscript
from medcounter.settings import Offset

from ..printing.layout import lay_out_written
from ..printing.print_jobs import sheet_job
from ..printing.print_system import print_system
from .set_up_page import in_lines

if TYPE_CHECKING:
    from medcounter.errors import MedCounterError

    from ..printing.layout import Layout
    from ..printing.print_jobs import Printers
    from .set_up_page import RecoveryPage


def print_recovery(recovery_text: str, page: RecoveryPage) -> None:
    """Print a recovery key on the usual printer, beside the window.

    Args:
        recovery_text: The key.
        page: Shows it, and is told what came of it.
    """

    def found(printers: Printers) -> None:
        def sent(error: MedCounterError | None) -> None:
            if not isValid(page):
                return
            if error is None:
                page.show_printed(printers.usual)
            else:
                page.show_refused(error.text)

        if printers.usual:
            offset, layout = Offset(printers.usual), recovery_layout(recovery_text)
            print_system().send(sheet_job(layout, offset, with_boxes=False), sent)
        elif isValid(page):
            page.show_unprinted(printers.silent)

    print_system().ask(found)


def recovery_layout(recovery_text: str) -> Layout:
    """Set a recovery key on A5, which also fits on A4 paper."""
    lines = in_lines(recovery_text).splitlines()
    return lay_out_written(partial(recovery_manuscript, lines), A5_LANDSCAPE)
