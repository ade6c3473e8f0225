"""Taking in newer rules: what a file would change, then take or leave.

One call in, one signal out. Verifies nothing itself: the desk does, and every
refusal leaves the rules as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from medcounter.desk.records import BundleState, SyncPlan
from medcounter.errors import MedCounterError

from .sync_job import SyncJob

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk

CHOOSE = "choose"
TAKE = "take"

SyncStage = Literal["waiting", "checking", "planned", "refused", "taken"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """Everything the sync dialog shows.

    Attributes:
        stage: ``waiting`` for a file, ``checking`` it, ``planned``: it may
            be taken, ``refused``, or ``taken``.
        current: The rules in use.
        path: The file chosen; empty while waiting.
        plan: What the file would change; None unless planned or taken.
        problem: Why the file was refused; empty otherwise.
    """

    stage: SyncStage
    current: BundleState
    path: str = ""
    plan: SyncPlan | None = None
    problem: str = ""


class SyncSession(QObject):
    """One visit to the sync dialog.

    Signals:
        updated: The SyncState to show now.
        taken: The BundleState now in use: forms and answers are stale.
    """

    updated = Signal(object)
    taken = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Work on an open desk.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._state = SyncState("waiting", desk.bundle_state)
        self._job: SyncJob | None = None
        self._acts: dict[str, Callable[[str], None]] = {CHOOSE: self._choose, TAKE: self._take}

    @property
    def state(self) -> SyncState:
        """What the dialog shows now."""
        return self._state

    def ask(self, act: str, value: str) -> None:
        """Do what the clerk asked for.

        Args:
            act: ``choose`` a file, or ``take`` what is planned.
            value: The file's path; unused otherwise.
        """
        self._acts[act](value)

    def _choose(self, path: str) -> None:
        if self._state.stage == "checking":
            return
        self._update(SyncState("checking", self._desk.bundle_state, path))
        self._job = SyncJob(self._desk.sync_planner(Path(path)))
        self._job.planned.connect(self._on_job_planned)
        self._job.refused.connect(self._on_job_refused)
        self._job.start()

    def _take(self, _value: str) -> None:
        if self._state.stage != "planned" or self._state.plan is None:
            return
        try:
            current = self._desk.apply_sync(self._state.plan, self._clock())
        except MedCounterError as err:
            self._on_job_refused(err.text)
            return
        self._update(replace(self._state, stage="taken", current=current))
        self.taken.emit(current)

    def _on_job_planned(self, plan: SyncPlan) -> None:
        self._update(replace(self._state, stage="planned", plan=plan))

    def _on_job_refused(self, text: str) -> None:
        self._update(replace(self._state, stage="refused", plan=None, problem=text))

    def _update(self, state: SyncState) -> None:
        self._state = state
        self.updated.emit(state)
