"""The session for taking in newer rules: plan, show, accept or cancel.

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

from medcounter.desk.authoring.rule_files import HallOffer
from medcounter.desk.desk_records import BundleState, UpdatePlan
from medcounter.errors import MedCounterError

from ...session.desk_session import DeskSession
from ...work.background import Background

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk

CHOOSE = "choose"
TAKE = "take"

SyncStage = Literal["waiting", "checking", "planned", "refused", "taken"]


class CheckFailedError(MedCounterError):
    """规则包没有核对完，没有采用，旧规则继续有效；请再试一次，仍不行请联系技术支持。"""


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
    plan: UpdatePlan | HallOffer | None = None
    problem: str = ""


class SyncSession(DeskSession):
    """Taking in newer rules, one file after the other.

    Signals:
        updated: The SyncState to show now.
        taken: The BundleState now in use: forms and answers are stale.
    """

    updated = Signal(object)
    taken = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: begin with nothing asked."""
        super().__init__(desk, clock, parent)
        self._state = SyncState("waiting", desk.rules.state)
        self._work = Background(self, unforeseen=CheckFailedError)
        self._work.done.connect(self._on_work_done)
        self._work.failed.connect(self._on_work_failed)
        self._acts: dict[str, Callable[[str], None]] = {CHOOSE: self._choose, TAKE: self._take}

    @property
    def state(self) -> SyncState:
        """What the dialog shows now."""
        return self._state

    def refresh(self) -> None:
        """Wait for a file anew; a check that still runs goes on."""
        if self._state.stage != "checking":
            self._state = SyncState("waiting", self._desk.rules.state)
        self.updated.emit(self._state)

    def stop(self) -> None:
        """Override DeskSession.stop: a check that still runs is waited for."""
        self._work.stop()

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
        self._update(SyncState("checking", self._desk.rules.state, path))
        try:
            work = self._desk.rule_files.looked_at(Path(path), self._clock().date())
        except MedCounterError as err:
            self._on_work_failed(err.text)
        else:
            self._work.start(work)

    def _take(self, _value: str) -> None:
        if self._state.stage != "planned" or self._state.plan is None:
            return
        try:
            current = self._desk.rule_files.take(self._state.plan, self._clock())
        except MedCounterError as err:
            self._on_work_failed(err.text)
            return
        self._update(replace(self._state, stage="taken", current=current))
        self.taken.emit(current)

    def _on_work_done(self, plan: UpdatePlan | HallOffer) -> None:
        self._update(replace(self._state, stage="planned", plan=plan))

    def _on_work_failed(self, text: str) -> None:
        self._update(replace(self._state, stage="refused", plan=None, problem=text))

    def _update(self, state: SyncState) -> None:
        self._state = state
        self.updated.emit(state)
