"""Issue the notices of whoever is at the counter: once, together, for certain.

Asks the desk and reports the result; composes and draws nothing. A reason for
doubt becomes a question first: it stands until it is acknowledged, withdrawn,
or the person it is about has changed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.counter.households import FateUnknownError
from medcounter.desk.counter.issue_reasons import DoubtfulError, Reason
from medcounter.errors import MedCounterError

from .. import messages
from ..look.fonts import undrawable_characters
from ..messages import Message, issued_message, issued_together_message, told_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.draft.draft import Draft
    from medcounter.desk.evaluate.household import Gathering
    from medcounter.desk.evaluate.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Click:
    """One request to issue, which the ledger recognises when repeated.

    Attributes:
        drafts: Whom it is for, as typed; for others it is another wish.
        requests: One for each of them.
    """

    drafts: tuple[Draft, ...] = ()
    requests: tuple[str, ...] = ()


_NO_CLICK = Click()
IssueBookmark = tuple[tuple[str, ...], Click]


class IssueSession(QObject):
    """Issues the notices of the people at the counter.

    Attributes:
        numbers: Of the notices issued for them; empty until they are.

    Signals:
        reported: A Message for the strip.
        issued: The IssuedNotices of those at the counter, in order, to be printed.
        previewed: The specimen Notice to look at.
        questioned: The Reasons to be seen first, and the desk's Settings; none
            when the question is over.
        office_kept: The hall said who it is.
        over: Those at the counter have their notices; another act is for others.
    """

    reported = Signal(object)
    issued = Signal(object)
    previewed = Signal(object)
    questioned = Signal(object, object)
    office_kept = Signal()
    over = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self.numbers: tuple[str, ...] = ()
        self._click = self._doubted = _NO_CLICK
        self._reasons: tuple[Reason, ...] = ()
        self._asked_for: tuple[Outcome, ...] = ()

    @property
    def is_fate_unknown(self) -> bool:
        """Whether notices may or may not have been stored."""
        return bool(self._doubted.requests)

    def open(self, desk: Desk) -> None:
        """Begin at a desk, which learns what this machine's fonts cannot draw."""
        desk.households.undrawable = undrawable_characters
        self.begin_another()

    def begin_another(self) -> None:
        """Let the next act be for others than those issued last."""
        self.numbers, self._click = (), _NO_CLICK
        self.withdraw()

    def bookmark(self) -> IssueBookmark:
        """Name who was issued last, to be put back by :meth:`rewind`."""
        return (self.numbers, self._click)

    def rewind(self, mark: IssueBookmark) -> None:
        """Put back what a mark names."""
        self.numbers, self._click = mark

    def withdraw(self) -> bool:
        """End the question; nothing was issued.

        Returns:
            Whether there was one.
        """
        was_open = bool(self._reasons)
        self._reasons = self._asked_for = ()
        if was_open:
            self.questioned.emit((), None)
        return was_open

    def show_again(self, desk: Desk) -> None:
        """Put the open question, and tell of what is issued, in a window made anew."""
        if self._reasons:
            self._ask(desk, self._asked_for, self._reasons)
        if self.numbers:
            self.reported.emit(_issued(self.numbers))
            self.over.emit()

    def follow(self, desk: Desk, outcomes: Sequence[Outcome], at: datetime) -> None:
        """Ask anew what another day or other rules make of a question; end it for others."""
        if not self._reasons or self._asked_for == tuple(outcomes):
            return
        drafts = [outcome.draft for outcome in outcomes]
        if drafts != [outcome.draft for outcome in self._asked_for]:
            self.withdraw()
        else:
            self._ask(desk, outcomes, desk.households.doubts(outcomes, at))

    def give_office(self, desk: Desk, hall: str, clerk: str) -> bool:
        """Keep who issues at this desk, as the question asked.

        Returns:
            Whether it was kept.
        """
        try:
            desk.save_settings(replace(desk.settings, hall=hall, clerk=clerk), self._clock())
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return False
        self.office_kept.emit()
        return True

    def issue(
        self, desk: Desk, outcomes: Sequence[Outcome], at: datetime, *, agreed: bool = False
    ) -> bool:
        """Issue for all of them, in one transaction; once for the same ones.

        Args:
            desk: Open.
            outcomes: Member by member.
            at: Now, with its zone.
            agreed: Whether somebody saw what the open question says.

        Returns:
            Whether they were issued now.
        """
        if self.numbers:
            self.reported.emit(_issued(self.numbers))
            return False
        if self.is_fate_unknown:
            self.reported.emit(messages.FATE_FIRST)
            return False
        click = self._click_for(outcomes)
        seen = {reason.code for reason in self._reasons} if agreed else set()
        try:
            if agreed and not set(desk.households.doubts(outcomes, at)) <= set(self._reasons):
                seen.clear()
            notices = desk.households.issue(outcomes, at, click.requests, seen)
        except DoubtfulError as err:
            self._ask(desk, outcomes, err.reasons)
            return False
        except FateUnknownError as err:
            self._doubted = click
            self.reported.emit(told_problem(err))
            return False
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return False
        self.numbers = _numbers(notices)
        self._tell(notices)
        return True

    def settle(self, desk: Desk, outcomes: Sequence[Outcome]) -> bool:
        """Look up, after a disk fault, whether the notices were stored.

        Args:
            desk: Open.
            outcomes: Of who stands at the counter by now.

        Returns:
            Whether those at the counter turned out to be issued.
        """
        if not self.is_fate_unknown:
            return False
        try:
            found = [desk.households.look_up(request) for request in self._doubted.requests]
        except MedCounterError as err:
            text = f"还不能核对：{err.text}此笔仍待核对，请不要重新出单。"
            self.reported.emit(Message(messages.PROBLEM, text))
            return False
        click, self._doubted = self._doubted, _NO_CLICK
        notices = tuple(each for each in found if each is not None)
        if not notices:
            self.reported.emit(messages.NOT_STORED)
            return False
        are_there = click == self._click_for(outcomes)
        if are_there:
            self.numbers = _numbers(notices)
        self._tell(notices)
        return are_there

    def preview(self, desk: Desk, outcome: Outcome, at: datetime) -> None:
        """Show what the notice would be; it has no number."""
        try:
            notice = desk.notices.preview(outcome, at)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.previewed.emit(notice)

    def _ask(self, desk: Desk, outcomes: Sequence[Outcome], reasons: tuple[Reason, ...]) -> None:
        self._reasons, self._asked_for = reasons, tuple(outcomes)
        self.questioned.emit(reasons, desk.settings)
        if reasons:
            self.reported.emit(messages.SEE_FIRST)

    def _click_for(self, outcomes: Sequence[Outcome]) -> Click:
        """Return the click for these, the same one as long as nothing of them changes."""
        drafts = tuple(outcome.draft for outcome in outcomes)
        if drafts != self._click.drafts:
            self._click = Click(drafts, tuple(os.urandom(16).hex() for _ in drafts))
        return self._click

    def _tell(self, notices: tuple[IssuedNotice, ...]) -> None:
        self.withdraw()
        self.reported.emit(_issued(_numbers(notices)))
        self.issued.emit(notices)
        self.over.emit()


def blocked_message(gathering: Gathering) -> Message:
    """Name who cannot be issued yet, and what can be done about it."""
    first = gathering.blocked[0]
    if len(gathering.rows) == 1:
        return Message(messages.PROBLEM, first.trouble)
    names = "、".join(row.name for row in gathering.blocked)
    text = f"{names}还不能出单，全户都没有出单；请补全，或按 Ctrl+W 移出后再按 F9：{first.trouble}"
    return Message(messages.PROBLEM, text)


def _numbers(notices: tuple[IssuedNotice, ...]) -> tuple[str, ...]:
    return tuple(each.notice.number or "" for each in notices)


def _issued(numbers: tuple[str, ...]) -> Message:
    return issued_message(numbers[0]) if len(numbers) == 1 else issued_together_message(numbers)
