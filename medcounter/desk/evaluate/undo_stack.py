"""Undo and redo of every change before issue.

Pure. Typing into one field is one step; each choice is a step of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from medcounter.desk.evaluate.household import Household

_MOST = 400


@dataclass(frozen=True, slots=True)
class UndoStack:
    """The household now, and the history that led to it.

    Attributes:
        now: What stands at the counter.
        past: What stood there before each step, oldest first.
        future: What was taken back, next first.
        mark: Where the last step was made; typing on there is the same step.
    """

    now: Household
    past: tuple[Household, ...] = ()
    future: tuple[Household, ...] = ()
    mark: str = ""

    def changed(self, household: Household, mark: str = "") -> UndoStack:
        """Make a step.

        Args:
            household: What stands at the counter after it.
            mark: Names the field that is typed into; empty for a choice,
                which never joins the step before.
        """
        if household == self.now:
            return self
        if mark and mark == self.mark and self.past:
            return replace(self, now=household, future=())
        return UndoStack(household, (*self.past, self.now)[-_MOST:], (), mark)

    def looked_at(self, household: Household) -> UndoStack:
        """Turn to another member; that is no step, but ends one."""
        return replace(self, now=household, mark="")

    def back(self) -> UndoStack:
        """Take the last step back; the same when there is none."""
        if not self.past:
            return self
        return UndoStack(self.past[-1], self.past[:-1], (self.now, *self.future))

    def forward(self) -> UndoStack:
        """Take the step taken back last again; the same when there is none."""
        if not self.future:
            return self
        return UndoStack(self.future[0], (*self.past, self.now), self.future[1:])
