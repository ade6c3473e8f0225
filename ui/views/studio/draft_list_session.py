"""The session of the list of drafts: opened, taken over, brought in, taken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.access.desk_access import TAKE_OVER

from ...messages import GOOD, Message
from ...session.desk_session import DeskSession

if TYPE_CHECKING:
    from datetime import datetime

    from medcounter.desk.access.access_records import Approval
    from medcounter.desk.authoring.authoring_records import DraftLine
    from medcounter.desk.desk import Desk

    from ...session.desk_session import AskFirst


class DraftListSession(DeskSession):
    """The drafts of a desk.

    Signals:
        listed: The DraftLines, and whether somebody signed in.
        reported: A Message.
        opened: The OpenDraft that is open now.
        held_by_another: The DraftLine that was to be opened.
    """

    listed = Signal(object, bool)
    opened = Signal(object)
    held_by_another = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], ask_first: AskFirst, parent: QObject
    ) -> None:
        """Override DeskSession.__init__: nothing is listed yet.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            ask_first: Does what may need a supervisor's word.
            parent: Its owner.
        """
        super().__init__(desk, clock, parent)
        self._lines: tuple[DraftLine, ...] = ()
        self._ask_first = ask_first

    def refresh(self) -> None:
        """List the drafts, the one changed last first."""
        authoring = self._desk.authoring
        self._lines = ()
        self._attempt(self._read)
        self.listed.emit(self._lines, authoring.may_release)

    def _read(self) -> None:
        self._lines = self._desk.authoring.listed()

    def open(self, number: int) -> None:
        """Open a draft of the list; one that somebody else has is asked about first."""
        line = next((one for one in self._lines if one.number == number), None)
        if line is not None and line.holder not in {"", self._desk.authoring.author}:
            self.held_by_another.emit(line)
            return
        self._attempt(lambda: self.opened.emit(self._desk.authoring.open(number, self._clock())))

    def open_waiting(self) -> None:
        """Open the draft that waits for the signature of who is here, where it is one."""
        waiting = [one.number for one in self._lines if one.waits_here]
        if len(waiting) == 1:
            self.open(waiting[0])

    def take_over(self, number: int, reason: str) -> None:
        """Open a draft that somebody else has, for a reason."""

        def work(approval: Approval | None) -> None:
            authoring, at = self._desk.authoring, self._clock()
            self.opened.emit(authoring.open(number, at, reason, approval))

        self._attempt(lambda: self._ask_first(TAKE_OVER, work))

    def remove(self, number: int, reason: str) -> None:
        """Take a draft off the list, for a reason."""
        if self._attempt(lambda: self._desk.authoring.remove(number, self._clock(), reason)):
            self.reported.emit(Message(GOOD, "已从草稿一览里删去；写过的内容仍留在草稿文件里"))
        self.refresh()

    def bring(self, path: str) -> None:
        """Begin a draft for each place of a file."""
        numbers: list[int] = []
        taken = self._attempt(
            lambda: numbers.extend(self._desk.authoring.take_in(Path(path), self._clock()))
        )
        if taken:
            self.reported.emit(Message(GOOD, f"已导入 {len(numbers)} 个地区的规则"))
        self.refresh()
