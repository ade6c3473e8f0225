"""The recovery key on paper; it is written into no file.

Answers whether it went to a printer.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from .set_up_page import in_lines


def print_recovery(recovery_text: str) -> str:
    """Print a recovery key on the usual printer.

    Returns:
        The printer's name; empty when there is none.
    """
    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        return ""
    printer = QPrinter(info)
    document = QTextDocument()
    document.setHtml(
        "<h1>医保缴费测算台　恢复钥匙</h1>"
        "<p>所有口令都忘了时，用它打开台账。请锁进保险柜；不要拍照，不要存在电脑里。</p>"
        f"<pre style='font-size:20pt'>{escape(in_lines(recovery_text))}</pre>"
        "<p>保管人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿</p>"
    )
    document.print_(printer)
    return info.printerName()
