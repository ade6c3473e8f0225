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

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk

CHOOSE = "choose"
TAKE = "take"

SyncStage = Literal["waiting", "planned", "refused", "taken"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """Everything the sync dialog shows.

    Attributes:
        stage: ``waiting`` for a file, ``planned``: a file may be taken,
            ``refused``, or ``taken``.
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
        try:
            self._acts[act](value)
        except MedCounterError as err:
            self._update(replace(self._state, stage="refused", plan=None, problem=err.text))

    def _choose(self, path: str) -> None:
        self._state = replace(self._state, path=path)
        plan = self._desk.plan_sync(Path(path))
        self._update(replace(self._state, stage="planned", plan=plan, problem=""))

    def _take(self, _value: str) -> None:
        if self._state.stage != "planned" or self._state.plan is None:
            return
        current = self._desk.apply_sync(self._state.plan, self._clock())
        self._update(replace(self._state, stage="taken", current=current, problem=""))
        self.taken.emit(current)

    def _update(self, state: SyncState) -> None:
        self._state = state
        self.updated.emit(state)
