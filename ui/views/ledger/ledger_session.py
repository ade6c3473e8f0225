"""The session of the ledger view: its requests to the desk and its state.

One call in (:meth:`LedgerSession.ask`), one signal out (``updated``). Draws and
prints nothing itself; it emits what is to be drawn or printed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.access import desk_access
from medcounter.desk.counter.ledger_order import next_order, ordered
from medcounter.desk.counter.ledger_wish import ANYBODY, LedgerWish
from medcounter.desk.desk_records import LedgerPage
from medcounter.destinations import destination
from medcounter.errors import MedCounterError
from medcounter.wording import terms
from medcounter.wording.terms import ENTERED_WORD, TO_ENTER_WORD

from ...messages import GOOD, PLAIN, PROBLEM, Message
from ...session.desk_session import DeskSession, at_once
from ..roster.roster_words import run_voided_text
from .ledger_state import (
    CAME_OUT,
    CLERK,
    CORRECT,
    DAYS,
    ENTERED,
    ENTERED_ALL,
    EVERYTHING,
    EXPORT,
    HISTORY,
    MORE,
    NOT_OUT,
    NOTHING,
    REPRINT,
    REVEAL,
    SAVE,
    SEARCH,
    SELECT,
    SELECT_AGAIN,
    SHOW,
    SORT,
    STATE,
    VOID,
    VOID_RUN,
    LedgerState,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.access.access_records import Approval
    from medcounter.desk.counter.register import LedgerFilter
    from medcounter.desk.desk import Desk

    from ...session.desk_session import AskedWork, AskFirst

PAGE_ROWS = 100
REVEALED_SECONDS = 20
# The newest so many are sorted by a column; more would not be read through anyway.
MOST_SORTED = 1000

_NOT_LISTED = f"先把状态选成“{TO_ENTER_WORD}”，再把列出的全部标为{ENTERED_WORD}"


class LedgerSession(DeskSession):
    """The ledger at the counter.

    Signals:
        updated: The LedgerState to show now.
        reported: A Message for the strip.
        show_wanted: The IssuedNotice to be looked at.
        reprint_wanted: Number of the notice to print once more, which is then counted.
        save_wanted: The IssuedNotice of which a PDF is wanted; not counted.
        void_wanted: The IssuedNotice to void: a reason must be asked for.
        run_void_wanted: A number, and the Run of it to void: the same.
        correct_wanted: The IssuedNotice to correct: the same.
        draft_wanted: The Draft that corrects a notice, kept already.
        export_wanted: A proposed file name without a person's data.
    """

    updated = Signal(object)
    show_wanted = Signal(object)
    reprint_wanted = Signal(str)
    save_wanted = Signal(object)
    void_wanted = Signal(object)
    run_void_wanted = Signal(str, object)
    correct_wanted = Signal(object)
    draft_wanted = Signal(object)
    export_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        ask_first: AskFirst = at_once,
    ) -> None:
        """Override DeskSession.__init__: begin with nothing asked.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
            ask_first: Does what may need a supervisor's word.
        """
        super().__init__(desk, clock, parent)
        self._state = LedgerState("", NOTHING)
        self._ask_first = ask_first
        self._acts: dict[str, Callable[[str], None]] = {
            SEARCH: self._search,
            SELECT: self._select,
            MORE: self._more,
            SELECT_AGAIN: self._reread,
            SHOW: self._show,
            REPRINT: self._reprint,
            SAVE: self._save,
            VOID: self._ask_reason,
            VOID_RUN: self._ask_run_reason,
            CORRECT: self._ask_correction,
            HISTORY: self._history,
            CAME_OUT: partial(self._confirm, ok=True),
            NOT_OUT: partial(self._confirm, ok=False),
            ENTERED: self._toggle_entered,
            ENTERED_ALL: self._enter_all,
            EXPORT: self._ask_file,
            REVEAL: self._reveal,
            DAYS: partial(self._choose_wish, "days"),
            STATE: partial(self._choose_wish, "state"),
            CLERK: partial(self._choose_wish, "clerk"),
            EVERYTHING: self._show_everything,
            SORT: self._sort,
        }

    @property
    def state(self) -> LedgerState:
        """What the view shows now."""
        return self._state

    def ask(self, act: str, value: str) -> None:
        """Do what the clerk asked for in the ledger view.

        Args:
            act: One of this module's acts.
            value: The text searched for, else a notice number.
        """
        self._attempt(partial(self._acts[act], value))

    def refresh(self) -> None:
        """List everything with the newest notice chosen, as when the view is opened."""
        self.reported.emit(Message(PLAIN, ""))
        self._state = LedgerState("", self._state.page, order=self._state.order)
        self.ask(SEARCH, "")

    def look_again(self) -> None:
        """Read the list again, for example because a print came out or did not."""
        if self._state.number:
            self.ask(SELECT_AGAIN, self._state.number)

    def show_person(self, person: LedgerFilter, whose: str) -> None:
        """List all notices of one person.

        Args:
            person: Which notices that means.
            whose: The person's name, as shown above the list.
        """
        self._state = replace(self._state, wish=LedgerWish(whose=whose, person=person))
        self.ask(SEARCH, "")

    def correct(self, number: str, reason: str) -> None:
        """Void a notice and bring what was stated for it back to the desk."""

        def correct(approval: Approval | None) -> None:
            now = self._clock()
            self.draft_wanted.emit(self._desk.register.correct(number, reason, now, approval))

        self._do(VOID, correct)

    def export(self, path: Path, *, masked: bool) -> None:
        """Write what is listed into a table; whole ID numbers need a supervisor."""

        def export(approval: Approval | None) -> None:
            now = self._clock()
            table = destination(path, self._desk.folder, people=True, replace=True)
            within = self._state.wish.within(now.date())
            made = self._desk.register.export(
                table, self._state.query, within, now, masked=masked, approval=approval
            )
            hidden = "证件号码已遮盖" if made.masked else "含证件号码，请妥善保管"
            text = f"已导出 {made.notices} 份到“{made.path.name}”，{hidden}"
            self.reported.emit(Message(GOOD, text, folder=f"{made.path.parent}"))

        self._do(EXPORT, export)

    def void(self, number: str, reason: str) -> None:
        """Void a notice for the reason the clerk gave."""

        def void(approval: Approval | None) -> None:
            self._desk.notices.void(number, reason, self._clock(), approval)
            self._reread(number)
            issued = self._state.issued
            entered = (
                issued is not None and issued.notice.number == number and issued.standing.entered
            )
            text = "已录入正式系统，请在那里也撤销" if entered else "要改了重出，按 Ctrl+G 更正"
            self.reported.emit(Message(GOOD, f"{number} 已作废，仍留在台账中；{text}"))

        self._do(VOID, void)

    def void_run(self, number: str, reason: str) -> None:
        """Void all that one list numbered, for the reason the clerk gave."""

        def void(approval: Approval | None) -> None:
            run = self._desk.register.void_run(number, reason, self._clock(), approval)
            self._reread(number)
            self.reported.emit(Message(GOOD, run_voided_text(run)))

        self._do(desk_access.VOID_RUN, void)

    def _do(self, act: str, work: AskedWork) -> None:
        """Do what may need a supervisor's word, and tell why it was not done."""
        self._attempt(partial(self._ask_first, act, work))

    def _search(self, query: str) -> None:
        state = replace(self._state, query=query, clerks=self._clerks())
        try:
            page = self._page(query, PAGE_ROWS)
        except MedCounterError as err:
            self._update(replace(state, page=NOTHING, number="", issued=None, problem=err.text))
            return
        self._choose(replace(state, page=page), page.rows[0].number if page.rows else "")

    def _page(self, query: str, rows: int) -> LedgerPage:
        on, order = self._clock().date(), self._state.order
        wanted = max(rows, MOST_SORTED) if order else rows
        page = self._desk.register.page(query, wanted, 0, self._state.wish.within(on), on)
        return LedgerPage(ordered(page.rows, order), page.total)

    def _sort(self, column: str) -> None:
        self._state = replace(self._state, order=next_order(self._state.order, column))
        self._search(self._state.query)

    def _clerks(self) -> tuple[str, ...]:
        settings = self._desk.settings
        seen = (row.clerk for row in self._state.page.rows)
        names = dict.fromkeys((settings.clerk, *settings.clerks, *self._state.clerks[1:], *seen))
        return (ANYBODY, *(name for name in names if name))

    def _choose_wish(self, name: str, value: str) -> None:
        wish = self._state.wish.with_(name, value)
        wish.within(self._clock().date())
        self._state = replace(self._state, wish=wish)
        self._search(self._state.query)

    def _show_everything(self, _number: str) -> None:
        self._state = replace(self._state, wish=LedgerWish())
        self._search("")

    def _history(self, number: str) -> None:
        name = self._desk.notices.find(number).notice.person.name
        self.show_person(self._desk.register.person_of(number), name)

    def _reveal(self, number: str) -> None:
        """Show a whole ID number for a while; the ledger keeps that it was."""
        now, clerk = self._clock(), self._desk.settings.clerk
        whole = self._desk.access.reveal(number, now, clerk)
        if not whole:
            self.reported.emit(Message(PLAIN, f"{number} 没有证件号码"))
            return
        text = f"{number} 证件号码 {whole}（查看已记入台账，{REVEALED_SECONDS} 秒后隐去）"
        self.reported.emit(Message(PLAIN, text, REVEALED_SECONDS, "证件号码已隐去"))

    def _ask_correction(self, number: str) -> None:
        issued = self._desk.notices.find(number)
        if issued.standing.replaced_by:
            text = f"{number} 已经更正为 {issued.standing.replaced_by}，请从那一份更正"
            self.reported.emit(Message(PROBLEM, text))
        else:
            self.correct_wanted.emit(issued)

    def _confirm(self, number: str, *, ok: bool) -> None:
        issued = self._desk.notices.find(number)
        self._desk.notices.mark_printed(number, issued.print_no, self._clock(), ok=ok)
        self._reread(number)
        outcome = "已出纸" if ok else "没有出纸，可按 Ctrl+R 补打"
        self.reported.emit(Message(GOOD, f"{number} 第 {issued.print_no} 次打印记为{outcome}"))

    def _toggle_entered(self, number: str) -> None:
        entered = not self._desk.notices.find(number).standing.entered
        self._desk.register.mark_entered([number], self._clock(), entered=entered)
        self._reread(number)
        text = "已标为录入正式系统" if entered else f"已改回{TO_ENTER_WORD}"
        self.reported.emit(Message(GOOD, f"{number} {text}"))

    def _enter_all(self, number: str) -> None:
        """Mark every notice listed, where what is left to enter is listed."""
        if self._state.wish.state != TO_ENTER_WORD:
            self.reported.emit(Message(PROBLEM, _NOT_LISTED))
            return
        numbers = [row.number for row in self._state.page.rows]
        news = self._desk.register.mark_entered(numbers, self._clock())
        self._reread(number)
        self.reported.emit(Message(GOOD, f"{news} 份已标为录入正式系统"))

    def _ask_file(self, _number: str) -> None:
        what = TO_ENTER_WORD if self._state.wish.state == TO_ENTER_WORD else "台账"
        named = f"练习 {what}" if self._desk.practice else what
        self.export_wanted.emit(f"{named} {self._clock().date()}.xlsx")

    def _more(self, _number: str) -> None:
        if len(self._state.page.rows) < self._state.page.total:
            rows = len(self._state.page.rows) + PAGE_ROWS
            self._update(replace(self._state, page=self._page(self._state.query, rows)))

    def _select(self, number: str) -> None:
        self._choose(self._state, number)

    def _choose(self, state: LedgerState, number: str) -> None:
        """Show a state with this notice chosen, readable or not."""
        issued, listed, problem = None, False, ""
        if number:
            try:
                listed = self._desk.register.is_listed(number)
                issued = self._desk.notices.find(number)
            except MedCounterError as err:
                problem = err.text
        chosen = replace(state, number=number, issued=issued, listed=listed, problem=problem)
        self._update(chosen)

    def _show(self, number: str) -> None:
        self.show_wanted.emit(self._desk.notices.find(number))

    def _reprint(self, number: str) -> None:
        self.reprint_wanted.emit(number)

    def _save(self, number: str) -> None:
        self.save_wanted.emit(self._desk.notices.find(number))

    def _ask_reason(self, number: str) -> None:
        issued = self._desk.notices.find(number)
        if issued.state == terms.VOID:
            text = f"{number} 已经作废（{issued.void_reason}），不用再作废"
            self.reported.emit(Message(PROBLEM, text))
        else:
            self.void_wanted.emit(issued)

    def _ask_run_reason(self, number: str) -> None:
        run = self._desk.register.run_of(number)
        if run.valid:
            self.run_void_wanted.emit(number, run)
        else:
            self.reported.emit(Message(PROBLEM, f"{number} 这一批已经全部作废，不用再作废"))

    def _reread(self, number: str) -> None:
        """Read the list again; where a notice has left it, the next one is chosen."""
        numbers = [row.number for row in self._state.page.rows]
        place = numbers.index(number) if number in numbers else 0
        rows = max(len(self._state.page.rows), PAGE_ROWS)
        page = self._page(self._state.query, rows)
        left = [row.number for row in page.rows]
        if left and number not in left:
            number = left[min(place, len(left) - 1)]
        self._choose(replace(self._state, page=page), number if left else "")

    def _update(self, state: LedgerState) -> None:
        self._state = state
        self.updated.emit(state)
