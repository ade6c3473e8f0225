"""A print process whose system has one printer, which writes each print into a PDF.

Run as ``python -m tests.support.paper.pdf_printer FOLDER NAME``: the product's own print process
with the two calls replaced that would find the printer.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ui.printing.print_serving import main


def serve(folder: Path, name: str) -> int:
    """Print into a folder; ``titles`` there lists what the printer's queue showed."""

    def set_name(printer: QPrinter, _name: str) -> None:
        printed = len(list(folder.glob("*.pdf")))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / f"printed-{printed}.pdf"))

    begin = QPainter.begin

    def begin_noted(painter: QPainter, device: QPrinter) -> bool:
        with (folder / "titles").open("a", encoding="utf-8") as titles:
            titles.write(f"{device.docName()}\n")
        return begin(painter, device)

    system = pytest.MonkeyPatch()
    system.setattr(QPrinter, "setPrinterName", set_name)
    system.setattr(QPrinter, "printerName", lambda _printer: name)
    system.setattr(QPainter, "begin", begin_noted)
    system.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: [name]))
    system.setattr(QPrinterInfo, "defaultPrinter", staticmethod(lambda: _Usual(name)))
    return main()


class _Usual:
    """The system's usual printer."""

    def __init__(self, name: str) -> None:
        self._name = name

    def printerName(self) -> str:  # noqa: N802 - Qt's name
        """Name it."""
        return self._name


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), sys.argv[2]))
