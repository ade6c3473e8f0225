"""Print the recovery key; it is never written to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcounter.notice.sheet.paper import A5_LANDSCAPE
from medcounter.notice.sheet.recovery_sheet import recovery_manuscript
from medcounter.settings import Offset

from ..printing.layout import lay_out_written
from ..printing.printer import default_printer_name, send_layout
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
    send_layout(recovery_layout(recovery_text), Offset(name))
    return name


def recovery_layout(recovery_text: str) -> Layout:
    """Set a recovery key on A5, which also fits on A4 paper."""
    lines = in_lines(recovery_text).splitlines()
    return lay_out_written(partial(recovery_manuscript, lines), A5_LANDSCAPE)
