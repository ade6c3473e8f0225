"""The session of the season view: what is counted, and how it is looked at.

One call in (:meth:`SeasonSession.ask`), one signal out (``updated``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ...messages import told_problem
from ...session.desk_session import DeskSession
from .season_charts import SeasonState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk

SPAN, MEASURE, PRINT, SAVE = "span", "measure", "print", "save"


class SeasonSession(DeskSession):
    """Today and the season.

    Signals:
        updated: The SeasonState to show now.
        reported: A Message for the strip.
        print_wanted: The SeasonState to print.
        save_wanted: The SeasonState of which a PDF is wanted.
    """

    updated = Signal(object)
    reported = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: begin with nothing counted."""
        super().__init__(desk, clock, parent)
        self._state: SeasonState | None = None

    def refresh(self) -> None:
        """Count anew, as when the view is opened; how it is looked at stays."""
        on = self._clock().date()
        try:
            tally = self._desk.days.tally(on)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        before = self._state
        self._show(
            SeasonState(on, tally) if before is None else replace(before, on=on, tally=tally)
        )

    def ask(self, act: str, value: str) -> None:
        """Do what the clerk asked for.

        Args:
            act: One of this module's acts.
            value: What is looked at from now on; empty for the other acts.
        """
        state = self._state
        if state is None:
            return
        if act == SPAN:
            self._show(replace(state, span=value))
        elif act == MEASURE:
            self._show(replace(state, measure=value))
        elif act == PRINT:
            self.print_wanted.emit(state)
        else:
            self.save_wanted.emit(state)

    def _show(self, state: SeasonState) -> None:
        self._state = state
        self.updated.emit(state)
