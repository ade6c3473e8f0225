"""The session of a draft that is to be begun: place, year, and from what."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.authoring.document.starting_documents import NewPlaceHead
from medcounter.desk.authoring.exercise_place import EXERCISE, exercise_rows
from medcounter.desk.authoring.rule_rolling import usual_source
from medcounter.desk.draft.place_choice import place_rows
from medcounter.errors import MedCounterError

from ...session.desk_session import DeskSession
from .begin_dialog import PLACE, SCHEME, START, YEAR, BeginState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.authoring.authoring_records import DraftLine, StartingPlace
    from medcounter.desk.desk import Desk

BLANK = ""
_ROLL, _DRAFT = "roll:", "draft:"
_BEGUN = {"writing", "handed-over"}
_SEASON_BEGINS = 9
_YEAR_DIGITS = 4
_NO_PLACE = "先选地区：直接打拼音首字母、地名或代码。"
_ALREADY = "这个地区和年度已有没编完的草稿；要另编一份，在“从什么开始”里选。"
_NO_YEAR = "待遇年度写四位数字，例如 2027；通知上写的是哪一年就填哪一年。"


class BeginSession(DeskSession):
    """The choices for a draft that is about to be begun.

    Signals:
        updated: The BeginState to show.
        found: The PlaceRows for what is typed.
        begun: The OpenDraft that was begun.
    """

    updated = Signal(object)
    found = Signal(object)
    begun = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: the year in season, and no place yet."""
        super().__init__(desk, clock, parent)
        on = clock().date()
        self._places: tuple[StartingPlace, ...] = ()
        self._drafts: tuple[DraftLine, ...] = ()
        self._state = BeginState(
            year=str(on.year + (on.month >= _SEASON_BEGINS)), scheme=desk.settings.scheme
        )

    def refresh(self) -> None:
        """Show the choices made so far."""
        self._places = self._desk.authoring.starting_places()
        # Where they cannot be read, a new one cannot be kept either: beginning it says so.
        with suppress(MedCounterError):
            self._drafts = self._desk.authoring.listed()
        self._become(self._state)

    def seek(self, text: str) -> None:
        """Find places for what is typed."""
        practised = exercise_rows(text) if self._desk.practice else ()
        found = place_rows(self._desk.rule_book, text, self._state.scheme)
        self.found.emit((*practised, *found))

    def edit(self, name: str, value: str) -> None:
        """Take what was typed or chosen."""
        state = self._state
        if name == PLACE:
            book = self._desk.rule_book
            known = EXERCISE.name if value == EXERCISE.code else book.name(value) or value
            state = replace(state, region=value, name=known, start=BLANK)
        elif name == YEAR:
            state = replace(state, year=value.strip(), start=BLANK)
        elif name == SCHEME:
            state = replace(state, scheme=value, start=BLANK)
        if name == START:
            self._become(replace(state, start=value), chosen=True)
        else:
            self._become(state)

    def begin(self) -> None:
        """Begin the draft, or say why it cannot be."""
        state, authoring, at = self._state, self._desk.authoring, self._clock()
        try:
            if state.start.startswith(_DRAFT):
                number = int(state.start.removeprefix(_DRAFT))
                self.begun.emit(authoring.open(number, at))
            elif state.start.startswith(_ROLL):
                plan = authoring.roll_plan(state.start.removeprefix(_ROLL), int(state.year))
                source = usual_source(plan.last_year, plan.to_year, at.date())
                self.begun.emit(authoring.roll_forward(plan, {}, source, at))
            elif state.start == BLANK:
                head = NewPlaceHead(state.region, state.name, state.scheme, int(state.year))
                self.begun.emit(authoring.begin_new(head, at))
            else:
                self.begun.emit(authoring.begin_from(state.start, at))
        except MedCounterError as err:
            self.updated.emit(replace(self._state, problem=err.text, can_begin=False))

    def _become(self, state: BeginState, *, chosen: bool = False) -> None:
        starts = self._starts(state)
        start = state.start if chosen else starts[0][0]
        is_year = len(state.year) == _YEAR_DIGITS and state.year.isdecimal()
        asked = _ALREADY if starts[0][0].startswith(_DRAFT) else ""
        problem = asked if state.region and is_year else _NO_YEAR if state.region else _NO_PLACE
        self._state = replace(
            state,
            starts=starts,
            start=start,
            problem=problem,
            can_begin=bool(state.region) and is_year,
        )
        self.updated.emit(self._state)

    def _starts(self, state: BeginState) -> tuple[tuple[str, str], ...]:
        """List from what it may begin: a draft begun, the year's rules, a blank."""
        year = int(state.year) if state.year.isdecimal() else 0
        wanted = (state.region, state.scheme, year)
        begun = [
            (f"{_DRAFT}{one.number}", f"接着编已有的草稿（{one.changed_at:%m-%d %H:%M} 改过）")
            for one in self._drafts
            if (one.region, one.scheme, one.year) == wanted and one.state in _BEGUN
        ]
        own = [
            one
            for one in self._places
            if one.region == state.region
            and one.scheme == state.scheme
            and one.first_year <= year <= one.last_year
        ]
        shipped = [(one.programme, _beginning(one, year)) for one in own]
        before = [
            one
            for one in self._places
            if one.region == state.region
            and one.scheme == state.scheme
            and one.last_year == year - 1
        ]
        rolled = [(f"{_ROLL}{one.programme}", f"从 {year - 1} 年度接着编") for one in before]
        return (*begun, *shipped, *rolled, (BLANK, "空白：照着通知从头填"))


def _beginning(place: StartingPlace, year: int) -> str:
    if place.revision:
        return f"从本厅已发布的 {year} 年度（第 {place.revision} 版）接着改"
    return f"从现行规则的 {year} 年度开始改"
