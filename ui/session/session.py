"""The session at the counter: drafts, outcomes, undo and issuing.

One call in (:meth:`Session.edit`), one signal out (``updated``); the desk computes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.draft.carried_fields import clear_carried
from medcounter.desk.draft.draft import Draft, DraftValue
from medcounter.desk.draft.draft_edits import OMNIBOX, EditContext, changed, on_demand, undo_key
from medcounter.desk.evaluate.household import (
    Gathering,
    Household,
    gathering,
    placed_like,
    worked_out,
)
from medcounter.desk.evaluate.undo_stack import UndoStack
from medcounter.errors import MedCounterError

from .. import messages
from .arrivals import Arrivals
from .day_comparison import DayComparison
from .day_watch import DayWatch
from .guide_watch import GuideWatch
from .issue_session import IssueBookmark, IssueSession, blocked_message
from .parking import Parking
from .people_search import PeopleSearch
from .queue_call import QueueCall
from .tally_watch import TallyWatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.evaluate.outcome import Outcome

_NOBODY = Household((Draft(),))


class Session(QObject):
    """The residents being served.

    Attributes:
        search: The search for people the desk knows.
        arrivals: The ways in which a resident arrives here.
        comparison: What paying on another day would come to.
        issuing: What became of those who stand here.
        parking: Who waits aside.
        day: Works anew what another day's answer would mislead about.
        guide: Whether the guide of the first day has something left.
        queue: The number of the queue that is called here.
        tally: How many notices today and the season have.

    Signals:
        updated: The Outcome to show now: that of the member being edited.
        gathered: The Gathering of all members.
        asked: The questions of place and year, and the codes of the hidden ones.
        offered: The identities and events of place and year.
        served: Somebody else stands there now, so the cursor begins anew.
        reported: A Message for the strip.
    """

    updated = Signal(object)
    gathered = Signal(object)
    asked = Signal(object, object)
    offered = Signal(object)
    served = Signal()
    reported = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Begin without a desk; what is typed before it opens is kept.

        Args:
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._clock = clock
        self._desk: Desk | None = None
        self._early: list[tuple[str, DraftValue]] = []
        self._undo = UndoStack(_NOBODY)
        self._outcomes: dict[Draft, Outcome] = {}
        self._gathering: Gathering | None = None
        self._asked_for, self._unsaved = ("", "", "", 0), False
        self.day = DayWatch(self, clock, self._issuable, self.work_anew)
        self.search = PeopleSearch(clock, self)
        self.arrivals = Arrivals(self)
        self.comparison = DayComparison(self, clock)
        self.issuing = IssueSession(clock, self)
        self.parking = Parking(self, clock)
        self.queue, self.tally = QueueCall(self), TallyWatch(self, clock)
        self.guide = GuideWatch(self)
        self.issuing.issued.connect(self.parking.tell)
        self.issuing.issued.connect(self.search.remember)
        for one in (self.day, self.search, self.issuing, self.parking, self.queue):
            one.reported.connect(self.reported)

    @property
    def outcome(self) -> Outcome | None:
        """What is shown now; None until a desk is open."""
        return self._outcomes.get(self._undo.now.current)

    @property
    def desk(self) -> Desk | None:
        """The open desk; None until there is one."""
        return self._desk

    @property
    def household(self) -> Household:
        """Who stands at the counter."""
        return self._undo.now

    def open(self, desk: Desk) -> None:
        """Work on a desk from now on: the kept drafts, or what was typed."""
        self._desk = desk
        self.issuing.open(desk)
        self.parking.open(desk)
        kept, fresh = desk.households.last(), Household((desk.new_draft(self._clock().date()),))
        if kept == self._undo.now and self._outcomes:
            self.day.look()  # after a locked screen, tells what another day changed
        self._undo, early, self._early = UndoStack(kept or fresh), self._early, []
        self._outcomes.clear()
        if early and kept is not None:
            self._undo = self._undo.changed(fresh)
        self.show_again()
        for name, value in early:
            self.edit(name, value)

    def close(self) -> None:
        """Forget the desk; what is typed from now on is kept for the next."""
        self.search.forget()
        self._desk = None

    def show_again(self) -> None:
        """Put the questions and show the outcome to panels made anew."""
        self._asked_for, self._gathering = ("", "", "", 0), None
        self._update()

    def work_anew(self) -> None:
        """Work the drafts out again by new rules or settings; a blank one begins anew."""
        self._outcomes.clear()
        if self._desk is not None and self._undo.now.is_blank:
            fresh = self._desk.new_draft(self._clock().date())
            self._undo = UndoStack(Household((fresh if fresh.region else self.next_draft(),)))
        self._update()

    def edit(self, name: str, value: DraftValue) -> None:
        """Take what the clerk typed or chose, and show what it comes to.

        Args:
            name: A draft field, ``answers.<code>``, or OMNIBOX.
            value: In the type that field has.
        """
        if self._desk is None:
            self._early.append((name, value))
            return
        if name != OMNIBOX:
            self.search.end()
        elif self.search.seek(self._desk, str(value)):
            return
        if self.issuing.numbers and name == OMNIBOX:
            self._begin_next()
        elif self.issuing.numbers:
            self._begin_another()
        draft = self._undo.now.current
        if name == OMNIBOX:
            draft = clear_carried(draft)
        birth = self.outcome.person.birth_date if self.outcome else None
        context = EditContext(self._desk.rule_book, self._clock().date(), birth)
        draft = changed(draft, name, value, context)
        if name == OMNIBOX:
            there = self._undo.now.with_current(draft).met_again()
            if there is not None:
                self.search.end()
                self._arrive(there, messages.ALREADY_HERE)
                return
            draft = self.search.recognised(self._desk, draft)
        self._step(self._undo.now.with_current(draft), undo_key(name, self._undo.now.at))

    def bookmark(self) -> tuple[UndoStack, IssueBookmark]:
        """Name what stands here now, to be put back by :meth:`rewind`."""
        return (self._undo, self.issuing.bookmark())

    def rewind(self, mark: tuple[UndoStack, IssueBookmark]) -> None:
        """Put back what a mark names: what came since was no typing."""
        self.issuing.rewind(mark[1])
        self._undo = mark[0]
        self._update()

    def end_search(self) -> bool:
        """Leave a search, so that what stood there shows again; tell whether one was on."""
        if not self.search.is_on:
            return False
        self.search.end()
        self._update()
        return True

    def serve(self, id_number: str, fill: Callable[[Draft], Draft]) -> None:
        """Let a person step up: in an empty place, as one more, or turned to when there.

        Args:
            id_number: Of the person; empty when they have none.
            fill: Puts what is known of them into a draft.
        """
        if self._desk is None:
            return
        self.search.end()
        if self.issuing.numbers:
            self._begin_next()
        now = self._undo.now.with_arrival(id_number, fill)
        message = None if self._undo.now.place_of(id_number) is None else messages.ALREADY_HERE
        if len(now.members) > len(self._undo.now.members):
            message = messages.member_added(len(now.members))
        self._arrive(now, message)

    def add_member(self) -> None:
        """Begin with another member of the same household."""
        if self._desk is None:
            return
        self.search.end()
        if self.issuing.numbers:
            self._begin_another()
        now = self._undo.now
        if now.blank_place is not None:
            self._undo = self._undo.looked_at(now.turned_to(now.blank_place))
            self._update()
        else:
            self._step(now.added(placed_like(Draft(), now.current)))
        self.served.emit()

    def remove_member(self) -> None:
        """Take the member being edited out of the household; Ctrl+Z brings them back."""
        now = self._undo.now
        if self._desk is None or len(now.members) == 1:
            self.reported.emit(messages.ONLY_MEMBER)
            return
        self._arrive(now.removed(), messages.MEMBER_REMOVED)

    def turn(self, step: int = 1) -> None:
        """Turn to the next member, or to the one before."""
        self.turn_to(self._undo.now.at + step)

    def turn_to(self, place: int) -> None:
        """Turn to a member by their place, round the end."""
        if self._desk is None:
            return
        self.search.end()
        self._undo, self._unsaved = self._undo.looked_at(self._undo.now.turned_to(place)), True
        self._update()
        self.served.emit()

    def take_draft(self, draft: Draft) -> None:
        """Begin with a draft made elsewhere, for example a correction."""
        if self._desk is None:
            return
        self.search.end()
        self._begin_another()
        self._step(Household((draft,)))
        self.served.emit()

    def begin_with(self, household: Household) -> None:
        """Begin with a household; no step leads back to the one before."""
        self.search.end()
        self.issuing.begin_another()
        self._undo, self._unsaved = UndoStack(household), True
        self._update()
        self.served.emit()

    def clear(self) -> None:
        """Begin with the next resident; what stood there can come back."""
        if self._desk is None:
            return
        self.search.end()
        self.comparison.forget()
        fresh, now = Household((self.next_draft(),)), self._undo.now
        issued = bool(self.issuing.numbers)
        self._begin_another()
        self._step(fresh)
        if issued:
            self._undo = UndoStack(fresh)
        elif now != fresh:
            self.reported.emit(messages.CLEARED)

    def undo(self) -> None:
        """Take the last change back; nothing that was issued comes back."""
        self._move(self._undo.back(), messages.UNDONE, messages.NOTHING_TO_UNDO)

    def redo(self) -> None:
        """Make the change taken back last again."""
        self._move(self._undo.forward(), messages.REDONE, messages.NOTHING_TO_REDO)

    def issue(self, *, agreed: bool = False) -> None:
        """Issue for all members in one act, once; ``agreed`` after a question."""
        if self._desk is None or self._gathering is None or self.day.look():
            return
        if self._gathering.blocked and not self.issuing.numbers:
            first = self._gathering.rows.index(self._gathering.blocked[0])
            message = blocked_message(self._gathering)
            if first != self._undo.now.at:
                self.turn_to(first)
            self.reported.emit(message)
            return
        if self.issuing.issue(self._desk, self._issuable(), self._clock(), agreed=agreed):
            self._undo, self._unsaved = UndoStack(self._undo.now), False

    def settle(self) -> None:
        """Look up, after a disk fault, whether the notices were stored."""
        if self._desk is not None and self.issuing.settle(self._desk, self._issuable()):
            self._undo, self._unsaved = UndoStack(self._undo.now), False

    def withdraw(self) -> bool:
        """End the question before an issue, and show the outcome; tell if one was open."""
        was_open = self.issuing.withdraw()
        if was_open and self.outcome is not None:
            self.updated.emit(self.outcome)
        return was_open

    def preview(self) -> None:
        """Show a specimen of the notice; nothing is numbered or counted."""
        self.day.look()
        if self._desk is not None and self.outcome is not None:
            self.issuing.preview(self._desk, self.outcome, self._clock())

    def save(self) -> None:
        """Keep the drafts if they changed, so that a crash loses nothing."""
        if not self._unsaved or self._desk is None:
            return
        self._unsaved = False
        try:
            self._desk.households.save(self._undo.now, self._clock())
        except MedCounterError as err:
            self.reported.emit(messages.told_problem(err))

    def next_draft(self) -> Draft:
        """Return the empty draft for the next person, while a desk is open."""
        assert self._desk is not None  # noqa: S101 - see above
        return self._desk.next_draft(self._clock().date(), self._undo.now.current)

    def _issuable(self) -> tuple[Outcome, ...]:
        none = self._desk is None or self.issuing.numbers
        return () if none else tuple(self._outcomes[draft] for draft in self._undo.now.members)

    def _arrive(self, household: Household, message: messages.Message | None = None) -> None:
        """Take a step at which somebody else stands there."""
        self._step(household)
        if message is not None:
            self.reported.emit(message)
        self.served.emit()

    def _begin_another(self) -> None:
        """After an issue, what is changed is for somebody else: alone, from here."""
        if self.issuing.numbers:
            self._undo = UndoStack(Household((replace(self._undo.now.current, replaces=""),)))
        self.issuing.begin_another()

    def _begin_next(self) -> None:
        """After an issue, another number is another person's: nothing else stays."""
        self._undo = UndoStack(Household((self.next_draft(),)))
        self.issuing.begin_another()

    def _step(self, household: Household, mark: str = "") -> None:
        self._undo, self._unsaved = self._undo.changed(household, mark), True
        self._update()

    def _move(self, undo: UndoStack, moved: messages.Message, stuck: messages.Message) -> None:
        if self.end_search():
            return
        if undo is self._undo or self.issuing.numbers:
            self.reported.emit(stuck)
        else:
            self._undo, self._unsaved = undo, True
            self._update()
            self.reported.emit(moved)

    def _update(self) -> None:
        if self._desk is None:
            return
        now, book = self._undo.now, self._desk.rule_book
        place = (book.sha256, now.current.region, now.current.scheme, now.current.benefit_year)
        if place != self._asked_for:
            self._asked_for = place
            questions = book.questions_for(*place[1:])
            self.asked.emit(questions, on_demand(book, questions))
            self.offered.emit(book.terms_for(*place[1:]))
        on = self._clock().date()
        self._outcomes = worked_out(now.members, self._outcomes, on, self._desk.outcome)
        self.updated.emit(self._outcomes[now.current])
        self.issuing.follow(self._desk, self._issuable(), self._clock())
        self.parking.tell()
        gathered = gathering([self._outcomes[draft] for draft in now.members], now.at)
        if gathered != self._gathering:
            self._gathering = gathered
            self.gathered.emit(gathered)
