"""The session of the roster view: a list read, shown, and issued in steps.

One call in (:meth:`RosterSession.ask`), one signal out (``updated``). Nothing
of a list is used before the clerk agrees to it. Draws nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.roster.roster_issue import ListCount, ListProgress, ListRun
from medcounter.desk.roster.roster_list import (
    ColumnsAsked,
    QuestionsAsked,
    RosterList,
    export_list,
    export_marked,
    export_template,
    read_or_ask,
)
from medcounter.destinations import Destination, destination
from medcounter.errors import MedCounterError
from medcounter.roster.answering.results import Filter
from medcounter.roster.reading.inquiry import ListAnswers
from medcounter.roster.reading.person_reader import Wanted

from ...messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ...remembering import remembering
from ...session.desk_session import DeskSession
from ...work.background import Background
from ...work.slices import Slices
from .roster_state import (
    AGREED,
    ASKED,
    BUSY,
    COUNTING,
    EMPTY,
    FOUND,
    ISSUING,
    READING,
    RosterState,
)
from .roster_words import ASKED_AGAIN, nothing_new_text, span_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.roster.roster_question import RosterQuestion
    from medcounter.roster.answering.results import Result

OPEN, STOP, AGREE, FILTER, ISSUE, CONFIRM, DECLINE, SHOW = (
    "open", "stop", "agree", "filter", "issue", "confirm", "decline", "show",
)  # fmt: skip
_WITHOUT_A_LIST = {OPEN, STOP}


class RosterSession(DeskSession):
    """One list at the counter.

    Signals:
        updated: The RosterState to show now.
        reported: A Message for the strip.
        papers_wanted: The IssuedNotices of a list, to be put on paper.
        draft_wanted: The Draft of one person, to be looked at whole.
        said_wanted: The ColumnsAsked or QuestionsAsked of a list: somebody
            must say something of it first.
    """

    updated = Signal(object)
    papers_wanted = Signal(object)
    draft_wanted = Signal(object)
    said_wanted = Signal(object)
    _counted = Signal(int)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: begin with nothing asked."""
        super().__init__(desk, clock, parent)
        self.setObjectName("roster_session")
        self._state = RosterState()
        self._stopped = False
        self._asked: tuple[Result, ...] = ()
        self._progress: ListProgress | None = None
        self._given = self._asked_with = ListAnswers()
        self._why_again = ""
        self._work = Background(self)
        self._work.done.connect(self._on_work_done)
        self._work.failed.connect(self._on_work_failed)
        self._counted.connect(self._on_counted)
        self._slices = Slices(self)
        self._slices.given.connect(self._on_slices_given)
        self._slices.ended.connect(self._on_slices_ended)
        self._slices.failed.connect(self._on_slices_failed)
        self._acts: dict[str, Callable[[str], None]] = {
            OPEN: self._open,
            STOP: self._stop,
            AGREE: self._agree,
            FILTER: self._filter,
            ISSUE: self._ask_first,
            CONFIRM: self._issue,
            DECLINE: self._decline,
            SHOW: self._show,
        }

    @property
    def state(self) -> RosterState:
        """What the view shows now."""
        return self._state

    @property
    def held(self) -> str:
        """Override DeskSession.held: the list itself is not saved, its notices are."""
        state = self._state
        if state.phase == ISSUING:
            return f"正在给名单出单，已出 {len(state.issued)} 张"
        people = state.brought.totals.whole.people if state.brought else 0
        is_issued = state.phase == AGREED and 0 < people <= len(state.issued)
        return "" if state.phase == EMPTY or is_issued else "名单还开着"

    def stop(self) -> None:
        """Override DeskSession.stop: a list is neither read nor issued further."""
        self._stopped = True
        self._slices.stop()
        self._work.stop()

    def refresh(self) -> None:
        """Show the state when the view opens, and put an open question again."""
        self._decline("")
        self.updated.emit(self._state)

    def ask(self, act: str, value: str = "") -> None:
        """Do what the clerk asked for.

        Args:
            act: One of this module's acts.
            value: A path, a filter's name or a row; empty for none.
        """
        try:
            if act not in _WITHOUT_A_LIST and self._is_outdated():
                return
            self._acts[act](value)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))

    def _is_outdated(self) -> bool:
        """Read a list of another day or by other rules again, to be agreed to again."""
        state = self._state
        if state.brought is None or state.phase not in {FOUND, AGREED, ASKED}:
            return False
        now = self._desk.rosters.basis(self._clock())
        if state.brought.basis == now:
            return False
        self._given = self._asked_with
        self._open(str(state.brought.path))
        why = "规则已经更新" if state.brought.basis.on == now.on else f"今天已是 {now.on}"
        before = (
            f"此前已出 {len(state.issued)} 张，都在台账里，请不要重出；" if state.issued else ""
        )
        self._why_again = f"{why}，名单已重新测算；{before}请重新核对后再采用"
        self.reported.emit(Message(PLAIN, f"{why}，名单正在重新测算"))
        return True

    def export(self, path: Path) -> None:
        """Write the rows that the filter leaves."""
        state, book = self._state, self._desk.rule_book
        work = partial(export_list, state.chosen, book=book, whole_id=False)
        self._write(work, path)

    def export_marked(self, path: Path) -> None:
        """Hand the list back with its faults marked."""
        if self._state.brought is not None:
            self._write(partial(export_marked, self._state.brought), path)

    def export_template(self, path: Path) -> None:
        """Write an empty list to be filled in."""
        self._write(partial(export_template, book=self._desk.rule_book), path, people=False)

    def _write(
        self, work: Callable[[Destination], None], path: Path, *, people: bool = True
    ) -> None:
        brought = self._state.brought
        reading = () if brought is None else (brought.path,)
        try:
            folder = self._desk.folder
            work(destination(path, folder, people=people, replace=True, reading=reading))
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
        else:
            self.reported.emit(Message(GOOD, f"已写到“{path.name}”", folder=f"{path.parent}"))

    def open_with(self, path: Path, given: ListAnswers) -> None:
        """Read a list of which somebody has said something."""
        self._given = given
        self.ask(OPEN, str(path))

    def _open(self, path: str) -> None:
        if self._state.phase in BUSY:
            self.reported.emit(Message(PLAIN, "正在办理一份名单；按 Esc 停下后再打开另一份"))
            return
        at = self._clock()
        draft = self._desk.new_draft(at.date())
        words = self._desk.settings.list_words
        wanted = Wanted(at.date(), draft.region, draft.benefit_year, draft.scheme, words)
        self._stopped, self._why_again = False, ""
        self.reported.emit(Message(PLAIN, ""))
        self._become(RosterState(READING))
        book = self._desk.rule_book
        given, self._given = self._given, ListAnswers()
        self._asked_with = given
        self._work.start(partial(read_or_ask, Path(path), wanted, book, given, self._may_go_on))

    def _may_go_on(self, done: int) -> bool:
        self._counted.emit(done)
        return not self._stopped

    def _on_counted(self, done: int) -> None:
        if self._state.phase == READING:
            self._become(replace(self._state, done=done))

    def _on_work_done(self, brought: object) -> None:
        if isinstance(brought, RosterList):
            self._become(RosterState(FOUND, brought, chosen=brought.results))
            self.reported.emit(Message(PLAIN, self._why_again))
        elif isinstance(brought, ColumnsAsked | QuestionsAsked):
            self._become(RosterState())
            self.reported.emit(Message(PROBLEM, brought.text))
            self.said_wanted.emit(brought)

    def _on_work_failed(self, text: str) -> None:
        self._become(RosterState())
        self.reported.emit(Message(PROBLEM, text))

    def _stop(self, _value: str) -> None:
        self._stopped = True
        state = self._state
        if not self._slices.is_on:
            return
        self._slices.stop()
        if state.phase == COUNTING:
            self._become(replace(state, phase=AGREED))
            self.reported.emit(Message(PLAIN, "已停下，没有出单；再按出单重新核对"))
        else:
            self._become(replace(state, phase=AGREED, left=state.whole - state.done))
            self.reported.emit(Message(PLAIN, "已停下，编号没有断"))

    def _agree(self, _value: str) -> None:
        if self._state.phase == FOUND:
            kept, said = remembering(), self._asked_with
            if kept is not None:
                kept.keep_list(said.columns, said.answers)
            self._become(replace(self._state, phase=AGREED))

    def _filter(self, name: str) -> None:
        self._decline("")
        brought = self._state.brought
        if brought is not None:
            wanted = Filter[name]
            self._become(replace(self._state, filter=wanted, chosen=brought.chosen(wanted)))

    def _show(self, row: str) -> None:
        """Bring one person to the counter, with the whole derivation."""
        person = self._state.chosen[int(row)].person
        if person is None:
            self.reported.emit(Message(PROBLEM, "这一行有问题，没有测算；请在名单里改正后重新打开"))
        else:
            self.draft_wanted.emit(self._desk.rosters.draft(person, self._clock()))

    def _ask_first(self, _value: str) -> None:
        """Count what the list would come to; nothing is numbered before somebody agrees."""
        people = tuple(one for one in self._state.chosen if one.line is not None)
        if self._state.phase == ASKED:
            self.reported.emit(Message(PLAIN, ASKED_AGAIN))
        elif self._state.phase != AGREED or not people:
            self.reported.emit(Message(PLAIN, "没有可以出单的人；请先核对名单并按“采用”"))
        else:
            self._stopped = False
            self._asked = people
            self.reported.emit(Message(PLAIN, ""))
            self._become(replace(self._state, phase=COUNTING, done=0, whole=len(people)))
            self._slices.begin(self._desk.rosters.count_each(people, self._clock()))

    def _on_slices_given(self, progress: ListCount | ListProgress) -> None:
        if isinstance(progress, ListProgress):
            if progress is self._progress:
                return
            self._progress = progress
            issued = replace(self._state, issued=progress.issued, refused=progress.refused)
            self._become(replace(issued, done=progress.done))
        elif progress.question is None:
            self._become(replace(self._state, done=progress.done))
        else:
            self._slices.stop()
            self._show_counted(progress.question, progress.unprinted)

    def _show_counted(self, question: RosterQuestion, unprinted: tuple[IssuedNotice, ...]) -> None:
        state = replace(self._state, unprinted=unprinted)
        if question.new:
            self._become(replace(state, phase=ASKED, question=question))
            return
        self._become(replace(state, phase=AGREED))
        self.reported.emit(Message(PROBLEM, nothing_new_text(question)))
        if unprinted:
            self.papers_wanted.emit(unprinted)

    def _decline(self, _value: str) -> None:
        if self._state.phase == ASKED:
            self._become(replace(self._state, phase=AGREED, question=None))
            self.reported.emit(Message(PLAIN, "没有出单，没有用掉编号"))

    def _issue(self, _value: str) -> None:
        state = self._state
        if state.phase != ASKED or state.question is None or state.brought is None:
            return
        before = state.run or ListRun(state.brought.basis)
        run = replace(before, agreed=state.question.codes)
        self._stopped = False
        begun = replace(state, phase=ISSUING, question=None, run=run, left=0, refused=())
        self._become(replace(begun, done=0, whole=len(self._asked)))
        issuing = self._desk.rosters.issue_each(self._asked, self._clock, run, state.issued)
        self._slices.begin(issuing)

    def _on_slices_ended(self) -> None:
        if self._state.phase == ISSUING:
            self._end_issuing()

    def _on_slices_failed(self, error: MedCounterError) -> None:
        state = self._state
        left = state.whole - state.done if state.phase == ISSUING else 0
        self._become(replace(state, phase=AGREED, left=left))
        self.reported.emit(told_problem(error))

    def _end_issuing(self) -> None:
        state = self._state
        self._become(replace(state, phase=AGREED))
        if not state.issued:
            self.reported.emit(Message(PROBLEM, "列出的人都不能出单，没有用掉编号"))
            return
        left = f"，{len(state.refused)} 人没有出单" if state.refused else ""
        text = f"已出单 {len(state.issued)} 张：{span_of(state.issued)}{left}"
        self.reported.emit(Message(GOOD, text))
        self.papers_wanted.emit((*state.unprinted, *state.issued))

    def _become(self, state: RosterState) -> None:
        self._state = state
        self.updated.emit(state)
