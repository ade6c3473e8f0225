"""Run the self-check in slices, so that the window stays responsive.

Asks desk and machine and emits the findings so far. Draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from medcounter.desk.recovery.selfcheck import (
    CheckFinding,
    desk_findings,
    ledger_findings,
    machine_findings,
    report,
    summary,
)
from medcounter.version import program_version

from ...printing.print_system import print_system
from ...qt_environment import machine
from ...session.desk_session import DeskSession
from ...work.slices import Slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.errors import MedCounterError

    from ...printing.print_jobs import Printers


class CheckState(NamedTuple):
    """The findings so far.

    Attributes:
        summary: How the counter stands, or that the check goes on.
        findings: One for each thing looked at.
        running: Whether more is to come.
    """

    summary: str
    findings: tuple[CheckFinding, ...]
    running: bool


class CheckSession(DeskSession):
    """One self-check after another.

    Signals:
        updated: A CheckState.
        copied: The report as a text, to be put on the clipboard.
    """

    updated = Signal(object)
    copied = Signal(str)

    def __init__(
        self, desk: Desk, folder: Path, clock: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(desk, clock, parent)
        self._folder = folder
        self._findings: tuple[CheckFinding, ...] = ()
        self._slices = Slices(self)
        self._slices.given.connect(self._on_slices_given)
        self._slices.ended.connect(self._tell)
        self._slices.failed.connect(self._on_slices_failed)

    def start(self) -> None:
        """Begin anew, unless a check is under way."""
        if self._slices.is_on:
            return
        self._findings = ()
        self._slices.begin(self._all_steps())
        self._tell()

    def stop(self) -> None:
        """Override DeskSession.stop: check no further."""
        self._slices.stop()

    def copy(self) -> None:
        """Emit the report of what was found so far."""
        self.copied.emit(report(self._findings, self._clock()))

    def _all_steps(self) -> Iterator[CheckFinding | None]:
        program = program_version()
        yield from desk_findings(self._desk, self._folder, program, self._clock())
        yield None
        self._slices.pause()
        print_system().ask(self._on_printers)
        yield None
        yield from machine_findings(machine(*print_system().known))
        yield from ledger_findings(self._desk, self._clock().date())

    def _on_printers(self, _printers: Printers) -> None:
        if isValid(self):
            self._slices.resume()

    def _on_slices_given(self, found: CheckFinding | None) -> None:
        if found is not None:
            self._findings = (*self._findings, found)
            self._tell()

    def _on_slices_failed(self, error: MedCounterError) -> None:
        self.updated.emit(CheckState(error.text, self._findings, running=False))

    def _tell(self) -> None:
        running = self._slices.is_on
        sentence = "正在检查，可以先去做别的事。" if running else summary(self._findings)
        self.updated.emit(CheckState(sentence, self._findings, running))
