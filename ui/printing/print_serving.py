"""The print process: asks for printers and prints, one after the other.

Whatever makes the print system hang holds up this process and not the window,
which ends it after a while. Reads questions from standard input, answers each
with a line; ends with its input.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QGuiApplication

from medcounter.errors import MedCounterError

from ..look.fonts import load_fonts
from .print_jobs import PrintAnswer, PrintQuestion, packed_answer, read_question
from .printer import PrinterUnusableError


def main() -> int:
    """Serve until the input ends."""
    # What a library writes on its standard output is no answer.
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # It shows nothing and needs no screen; on Windows the printers' fonts are the screen's.
    platform = [] if sys.platform == "win32" else ["-platform", "offscreen"]
    application = QGuiApplication(["medcounter", *platform])
    load_fonts()
    while (question := read_question(sys.stdin.buffer)) is not None:
        os.write(answers, packed_answer(_answer(question)))
    del application
    return 0


def _answer(question: PrintQuestion) -> PrintAnswer:
    try:
        return PrintAnswer(printers=question.run())
    except MedCounterError as err:
        return PrintAnswer(err.text)
    except Exception:  # noqa: BLE001 - the process's border: the window tells it
        return PrintAnswer(PrinterUnusableError().text)


if __name__ == "__main__":
    sys.exit(main())
