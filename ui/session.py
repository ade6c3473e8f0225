"""What is at the counter now: the draft, its outcome, what became of it.

One call in (:meth:`Session.edit`), one signal out (``updated``). Computes
nothing itself: the desk does. Draws nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from medcounter.desk.draft import Draft, DraftValue
from medcounter.desk.history import insured_before
from medcounter.desk.keeping import FateUnknownError
from medcounter.errors import MedCounterError

from . import messages
from .messages import Message, issued_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.assess.rule_book import AnswerField, RuleBook
    from medcounter.desk.desk import Desk
    from medcounter.desk.outcome import Outcome
    from medcounter.desk.records import IssuedNotice

COVER_YEAR = "cover_year"
UNPAID_YEARS = "unpaid_years"


class CoverYear(NamedTuple):
    """A scheme and a benefit year, which are chosen together."""

    scheme: str
    benefit_year: int


Edit = DraftValue | CoverYear


def _on_demand(book: RuleBook, questions: tuple[AnswerField, ...]) -> tuple[str, ...]:
    """Name the questions without a default: a missing answer is a problem then.

    A list of years is never missing, so it is always offered.
    """
    terms = {question.code: book.answer_term(question.code) for question in questions}
    return tuple(
        code
        for code, term in terms.items()
        if term is not None and term.default is None and term.kind != "years"
    )


class Session(QObject):
    """The resident being served.

    Signals:
        updated: The Outcome to show now.
        asked: The questions of the chosen place and year, and the codes of
            those that stay hidden until they matter.
        compared: The text of another payment day and its Outcome, or None.
        told: A Message for the strip.
        issued: The IssuedNotice to print.
        previewed: The specimen Notice to look at.
    """

    updated = Signal(object)
    asked = Signal(object, object)
    compared = Signal(str, object)
    told = Signal(object)
    issued = Signal(object)
    previewed = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Begin without a desk; what is typed before it opens is kept.

        Args:
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._clock = clock
        self._desk: Desk | None = None
        self._early: list[tuple[str, Edit]] = []
        self._draft = Draft()
        self._cleared: Draft | None = None
        self._outcome: Outcome | None = None
        self._other_day = ""
        self._asked_for = ("", "", "", 0)
        self._request_id = os.urandom(16).hex()
        self._number = ""
        self._unsaved = False
        self._doubted = ""

    @property
    def is_fate_unknown(self) -> bool:
        """Whether a notice may or may not have been stored."""
        return bool(self._doubted)

    @property
    def outcome(self) -> Outcome | None:
        """What is shown now; None until a desk is open."""
        return self._outcome

    @property
    def desk(self) -> Desk | None:
        """The open desk; None until there is one."""
        return self._desk

    def open(self, desk: Desk) -> None:
        """Work on a desk from now on: the kept draft, or what was typed."""
        self._desk = desk
        kept = desk.last_draft()
        self._draft = desk.new_draft(self._clock().date())
        if kept is not None and self._early:
            self._cleared = kept
        elif kept is not None:
            self._draft = kept
        early, self._early = self._early, []
        for name, value in early:
            self._draft = self._changed(name, value)
        self._update()

    def close(self) -> None:
        """Forget the desk; what is typed from now on is kept for the next."""
        self._desk = None

    def show_again(self) -> None:
        """Put the questions and show the outcome to panels made anew."""
        self._asked_for = ("", "", "", 0)
        self._update()

    def rules_changed(self) -> None:
        """Work the draft out again by the desk's new rules."""
        if self._desk is not None:
            self._update()

    def edit(self, name: str, value: Edit) -> None:
        """Take what the clerk typed or chose, and show what it comes to.

        Args:
            name: A draft field, ``answers.<code>``, :data:`COVER_YEAR` with a
                :class:`CoverYear`, or :data:`UNPAID_YEARS` with a digit.
            value: In the type that field has.
        """
        if self._desk is None:
            self._early.append((name, value))
            return
        if self._number:
            self._begin_another()
        self._draft = self._changed(name, value)
        self._unsaved = True
        self._update()

    def compare_day(self, text: str) -> None:
        """Show what paying on another day would come to; empty ends it."""
        self._other_day = text
        self._compare()

    def take_day(self, text: str) -> None:
        """Make the day compared with the payment day."""
        if text.strip():
            self._other_day = ""
            self.edit("payment_date", text)

    def clear(self) -> None:
        """Begin with the next resident; what stood there can come back."""
        if self._desk is None:
            return
        self._cleared = None if self._number else self._draft
        fresh = self._desk.new_draft(self._clock().date())
        for name in ("region", "scheme", "benefit_year"):
            fresh = fresh.with_(name, getattr(self._draft, name))
        if fresh == self._draft:
            self._cleared = None
        self._draft = fresh
        self._other_day = ""
        self._begin_another()
        self._unsaved = True
        self._update()
        if self._cleared is not None:
            self.told.emit(messages.CLEARED)

    def restore(self) -> None:
        """Bring back what was cleared last."""
        if self._cleared is None:
            return
        self._draft, self._cleared = self._cleared, None
        self._unsaved = True
        self._update()
        self.told.emit(messages.RESTORED)

    def issue(self) -> None:
        """Issue the notice for what is shown; once for one resident."""
        if self._desk is None or self._outcome is None:
            return
        if self._number:
            self.told.emit(issued_message(self._number))
            return
        if not self._outcome.can_issue:
            self.told.emit(Message(messages.PROBLEM, self._outcome.blocked_by))
            return
        if self._doubted:
            self.told.emit(messages.FATE_FIRST)
            return
        try:
            issued = self._desk.issue(self._outcome, self._clock(), self._request_id)
            self._desk.clear_draft()
        except FateUnknownError as err:
            self._doubted = self._request_id
            self.told.emit(Message(messages.PROBLEM, err.text))
            return
        except MedCounterError as err:
            self.told.emit(Message(messages.PROBLEM, err.text))
            return
        self._unsaved = False
        self._tell_issued(issued, self._request_id)

    def settle(self) -> None:
        """Look up, after a disk fault, whether the notice was stored."""
        if self._desk is None or not self._doubted:
            return
        try:
            issued = self._desk.keeping.look_up(self._doubted)
        except MedCounterError as err:
            text = f"还不能核对：{err.text}此笔仍待核对，请不要重新出单。"
            self.told.emit(Message(messages.PROBLEM, text))
            return
        request_id, self._doubted = self._doubted, ""
        if issued is None:
            self.told.emit(messages.NOT_STORED)
        else:
            self._tell_issued(issued, request_id)

    def _tell_issued(self, issued: IssuedNotice, request_id: str) -> None:
        number = issued.notice.number or ""
        if request_id == self._request_id:
            self._number = number
        self.told.emit(issued_message(number))
        self.issued.emit(issued)

    def preview(self) -> None:
        """Show a specimen of the notice; nothing is numbered or counted."""
        if self._desk is None or self._outcome is None:
            return
        try:
            notice = self._desk.preview(self._outcome, self._clock())
        except MedCounterError as err:
            self.told.emit(Message(messages.PROBLEM, err.text))
            return
        self.previewed.emit(notice)

    def save(self) -> None:
        """Keep the draft if it changed, so that a crash loses nothing."""
        if not self._unsaved or self._desk is None:
            return
        self._unsaved = False
        try:
            self._desk.save_draft(self._draft, self._clock())
        except MedCounterError as err:
            self.told.emit(Message(messages.PROBLEM, err.text))

    def _begin_another(self) -> None:
        self._number = ""
        self._request_id = os.urandom(16).hex()

    def _changed(self, name: str, value: Edit) -> Draft:
        draft = self._draft
        if name == UNPAID_YEARS:
            return draft.with_("insured_years", self._insured(str(value)))
        if name.startswith("answers."):
            return draft.with_answer(name.partition(".")[2], str(value))
        if isinstance(value, CoverYear):
            return draft.with_("scheme", value.scheme).with_("benefit_year", value.benefit_year)
        draft = draft.with_(name, value)
        return self._covered(draft) if name == "region" else draft

    def _insured(self, text: str) -> tuple[int, ...] | None:
        if not text.isdecimal():
            return None
        birth = self._outcome.person.birth_date if self._outcome else None
        return insured_before(self._draft.benefit_year, int(text), birth.year if birth else None)

    def _covered(self, draft: Draft) -> Draft:
        """Keep the year where the place has it, else take its first one."""
        if self._desk is None:
            return draft
        covered = self._desk.rule_book.covered(draft.region)
        pairs = [(one.scheme, one.benefit_year) for one in covered]
        if not pairs or (draft.scheme, draft.benefit_year) in pairs:
            return draft
        return draft.with_("scheme", covered[0].scheme).with_(
            "benefit_year", covered[0].benefit_year
        )

    def _update(self) -> None:
        if self._desk is None:
            return
        draft = self._draft
        book = self._desk.rule_book
        place = (book.sha256, draft.region, draft.scheme, draft.benefit_year)
        if place != self._asked_for:
            self._asked_for = place
            questions = book.questions_for(*place[1:])
            self.asked.emit(questions, _on_demand(book, questions))
        self._outcome = self._desk.outcome(draft, self._clock().date())
        self.updated.emit(self._outcome)
        self._compare()

    def _compare(self) -> None:
        other: Outcome | None = None
        if self._desk is not None and self._other_day.strip():
            draft = self._draft.with_("payment_date", self._other_day)
            other = self._desk.outcome(draft, self._clock().date())
        self.compared.emit(self._other_day, other)
