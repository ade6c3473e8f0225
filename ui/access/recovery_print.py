"""Print the recovery key; it is never written to a file.

Returns the name of the printer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcounter.notice.sheet.paper import A5_LANDSCAPE
from medcounter.notice.sheet.recovery_sheet import recovery_manuscript

from ..printing.layout import lay_out_written
from ..printing.printer import default_printer_name, make_printer, print_layout, set_printer
from .set_up_page import in_lines

if TYPE_CHECKING:
    from ..printing.layout import Layout


def print_recovery(recovery_text: str) -> str:
    """Print a recovery key on the usual printer.

    Returns:
        The printer's name; empty when there is none.

    Raises:
        PaperTooSmallError: Its paper does not hold the sheet.
        PrinterUnusableError: It took nothing.
    """
    name = default_printer_name()
    if not name:
        return ""
    layout = recovery_layout(recovery_text)
    printer = make_printer(layout.paper)
    printer.setDocName(layout.manuscript.name)
    set_printer(printer, name)
    print_layout(layout, printer)
    return name


def recovery_layout(recovery_text: str) -> Layout:
    """Set a recovery key on A5, which also fits on A4 paper."""
    lines = in_lines(recovery_text).splitlines()
    return lay_out_written(partial(recovery_manuscript, lines), A5_LANDSCAPE)
