"""The session of the first day's guide: how far it is, and what is kept of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from medcounter.desk.counter.first_day import BEGUN, LEFT, GuideStep, guide_steps, with_step
from medcounter.errors import MedCounterError

from ...messages import told_problem
from ...session.desk_session import DeskSession


class GuideSession(DeskSession):
    """The guide of one desk.

    Signals:
        updated: The GuideSteps to show now.
        kept: Where it stands was saved.
    """

    updated = Signal(object)
    kept = Signal()

    @property
    def steps(self) -> tuple[GuideStep, ...]:
        """How the steps stand."""
        return guide_steps(self._desk.settings, signs_in=self._desk.access.who is not None)

    def begin(self) -> None:
        """Show how the steps stand, and keep that somebody began with them."""
        if BEGUN in self._desk.settings.guide:
            self.refresh()
        else:
            self.mark(BEGUN)

    def refresh(self) -> None:
        """Show how the steps stand now."""
        self.updated.emit(self.steps)

    def mark(self, code: str, *, done: bool = True) -> None:
        """Keep that a step was done or passed over, or is open again."""
        try:
            settings = with_step(self._desk.settings, code, done=done)
            self._desk.save_settings(settings, self._clock())
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.kept.emit()
        self.refresh()

    def end(self) -> None:
        """Save that the guide is not to be shown again."""
        self.mark(LEFT)
