"""The system's printers, asked and used by a process of its own.

A print system whose server or network printer is gone answers after seconds or
never, and holds up whoever asked: that process, never the window. What it said
last is known at once.
"""

from __future__ import annotations

import atexit
import sys
from collections import deque
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QObject,
    QProcess,
    QProcessEnvironment,
    QTimer,
)
from shiboken6 import isValid

from medcounter.errors import MedCounterError

from . import PRINT_WORD
from .print_jobs import (
    PrintAnswer,
    Printers,
    PrintersQuestion,
    PrintQuestion,
    packed_question,
    read_answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# It is not kept through an hour without a print.
_IDLE_MS = 600_000
ASKING = "正在问系统有哪些打印机"
SILENT = "系统的打印服务没有回应"


class PrintSystemSilentError(MedCounterError):
    """系统的打印服务没有回应，不知道打印了没有；请看打印机出纸没有，没有出的再补打。"""


@dataclass(frozen=True, slots=True)
class _Errand:
    """A question, and who waits for its answer; None where none came."""

    data: bytes
    limit_ms: int
    then: Callable[[PrintAnswer | None], None]


class PrintLimits(NamedTuple):
    """How long the print system is waited for, in milliseconds.

    Attributes:
        ask: For the printers.
        send: For a print.
        close: For both, by who closes the window.
    """

    ask: int = 8_000
    send: int = 60_000
    close: int = 2_000


class PrintSystem(QObject):
    """Asks the print process, one question after the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start nothing yet."""
        super().__init__(parent)
        self.known = Printers(silent=ASKING)
        self._command = _command()
        self._limits = PrintLimits()
        self._waiting: deque[_Errand] = deque()
        self._asking: list[Callable[[Printers], None]] = []
        self._process: QProcess | None = None
        self._is_busy = False
        self._limit = self._timer(self._on_limit_timeout)
        self._idle = self._timer(self.rest)
        self._idle.setInterval(_IDLE_MS)

    def ask(self, then: Callable[[Printers], None]) -> None:
        """Ask which printers there are.

        Args:
            then: Is given them; with ``silent`` said and what was known
                before, where the system does not answer.
        """
        self._asking.append(then)
        if len(self._asking) == 1:
            self._add(PrintersQuestion(), self._limits.ask, self._on_printers)

    def send(self, question: PrintQuestion, then: Callable[[MedCounterError | None], None]) -> None:
        """Print.

        Args:
            question: What, and on which printer.
            then: Is given why nothing came out, or PrintSystemSilentError
                where nobody knows; None where it was sent.
        """

        def answered(answer: PrintAnswer | None) -> None:
            if answer is None:
                then(PrintSystemSilentError())
            else:
                then(MedCounterError(answer.refused) if answer.refused else None)

        self._add(question, self._limits.send, answered)

    def finish(self) -> None:
        """Wait for what is asked, as the desk is given back; not for long."""
        last = QDeadlineTimer(self._limits.close)
        while self._is_busy and self._process is not None and not last.hasExpired():
            # Without a start it was told by the signal already.
            self._process.waitForReadyRead(last.remainingTime())

    def close(self) -> None:
        """End the process as the program ends."""
        process = self._process
        self.finish()
        self.rest()
        if process is not None and not process.waitForFinished(self._limits.close):
            process.kill()
            process.waitForFinished(self._limits.close)

    def rest(self) -> None:
        """End the process as soon as it has done what it was given."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.connect(process.deleteLater)
            process.closeWriteChannel()

    def _add(
        self, question: PrintQuestion, limit_ms: int, then: Callable[[PrintAnswer | None], None]
    ) -> None:
        self._waiting.append(_Errand(packed_question(question), limit_ms, then))
        self._go_on()

    def _go_on(self) -> None:
        if self._is_busy or not self._waiting:
            return
        self._is_busy = True
        self._idle.stop()
        errand = self._waiting[0]
        self._limit.start(errand.limit_ms)
        (self._process or self._start()).write(errand.data)

    def _start(self) -> QProcess:
        process = self._process = QProcess(self)
        process.setProcessEnvironment(_surroundings())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_process_ready_read)
        process.errorOccurred.connect(self._on_process_ended)
        process.finished.connect(self._on_process_ended)
        process.start(self._command[0], self._command[1:])
        return process

    def _on_process_ready_read(self) -> None:
        process = self._process
        if process is None or not process.canReadLine():
            return
        try:
            answer = read_answer(bytes(process.readLine().data()))
        except ValueError:
            self._give_up()
        else:
            self._answer(answer)

    def _on_process_ended(self) -> None:
        if self.sender() is self._process:
            self._give_up()

    def _on_limit_timeout(self) -> None:
        self._give_up()

    def _give_up(self) -> None:
        """End the process; who waits for it is told that no answer came."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.connect(process.deleteLater)
            process.kill()
        if self._is_busy:
            self._answer(None)

    def _answer(self, answer: PrintAnswer | None) -> None:
        self._limit.stop()
        self._is_busy = False
        self._idle.start()
        errand = self._waiting.popleft()
        try:
            errand.then(answer)
        finally:
            self._go_on()

    def _on_printers(self, answer: PrintAnswer | None) -> None:
        silent = SILENT if answer is None or answer.refused else ""
        if answer is None or silent:
            self.known = self.known._replace(silent=silent)
        else:
            self.known = answer.printers
        asking, self._asking = self._asking, []
        for then in asking:
            then(self.known)

    def _timer(self, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.timeout.connect(then)
        return timer


@cache
def print_system() -> PrintSystem:
    """Return the one print system of this machine."""
    application = QCoreApplication.instance()
    system = PrintSystem(application)
    if application is not None:
        application.aboutToQuit.connect(system.close)
    # A command that draws ends without that signal.
    atexit.register(_close_last, system)
    return system


def _close_last(system: PrintSystem) -> None:
    if isValid(system):
        system.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, PRINT_WORD]
    return [sys.executable, "-P", "-m", "ui.printing.print_serving"]


def _surroundings() -> QProcessEnvironment:
    """Return the user's environment, which names server and user to CUPS."""
    here = QProcessEnvironment.systemEnvironment()
    here.insert("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    here.insert("PYTHONUTF8", "1")
    return here
