"""The facts that conditions ask for, one axis each, and the values worth trying.

Between two neighbouring values of an axis no condition turns, on the payment
day they are listed for. Once that day is fixed, no condition looks at two axes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.payment_days import PaymentDays, first_younger
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, AnswerValue, Case
from medcounter.rules.values import answer_in
from medcounter.rules.vocabulary import UNSAID

_OTHER_TEXT = "另一种回答"
_PAYMENT = "payment"
# Axes whose value stands in a case as it is; the outcomes are named by the axis itself.
_PLAIN = {BIRTH: "birth", "lapsed": "lapsed", "repair": "repair_years", "outcome": ""}


class DayAxis:
    """Birth dates or days of an event: where conditions turn, for each payment day.

    Turns are ordinals: each is the first day of a new stretch.
    """

    def __init__(self, axis: str, cuts: Breakpoints, paid: PaymentDays) -> None:
        """Gather the turns that some conditions name.

        Args:
            axis: ``birth`` or ``event:`` and its kind.
            cuts: Of all conditions on this axis.
            paid: The payment days.
        """
        kind = axis.removeprefix("event:")
        fixed = set(cuts.event_days.get(kind, ()))
        spans = cuts.spans.get(kind, set())
        moving = [paid.first_reaching(limit) for limit in sorted(spans)]
        if axis == BIRTH:
            fixed |= cuts.births
            years = (paid.benefit_year - back + 1 for back in cuts.birth_years)
            fixed |= {date(year, 1, 1) for year in years if year > 0}
            days = [(age, on) for on, age in sorted(cuts.ages)]
            fixed |= {
                first_younger(age, date.fromisoformat(on)) for age, on in days if on != _PAYMENT
            }
            moving += [paid.first_younger(age) for age, on in days if on == _PAYMENT]
        self._days = paid.days
        # An event lies behind when somebody pays; an answer may name a day to come.
        self._ahead = answer_in(kind) is not None
        self._fixed = [day.toordinal() for day in sorted(fixed)]
        self._moving = moving

    def order(self, place: int) -> tuple[int, ...]:
        """Say in which order the turns up to a payment day follow each other.

        On days of the same order the same conditions can be true together.
        """
        after = self._days[place].toordinal() + 1
        turns = self._turns(place)
        rising = sorted({turn for turn in turns if turn < after})
        places = {turn: number for number, turn in enumerate(rising)}
        return tuple([places.get(turn, -1) for turn in turns])

    def reordered(self) -> set[int]:
        """Name the places of all payment days whose order may differ from the day before.

        Turns that move on with the day keep their distances until one is held up at a
        month's end; a fixed turn is met by the day, and passed by those that move.
        """
        first = self._days[0].toordinal()
        found = {turn - first for turn in self._fixed}
        for moving in self._moving:
            found |= moving.held_up
            for turn in self._fixed:
                found |= {bisect_left(moving.turns, turn), bisect_right(moving.turns, turn)}
        return found

    def values(self, place: int) -> list[date | None]:
        """List not known, and one day of every stretch up to a payment day.

        Of a dated answer also the stretches after it.
        """
        day = self._days[place].toordinal()
        turns = self._turns(place)
        tried = {min([day, *turns]) - 1, day, day + 1, *turns}
        last = max(tried) if self._ahead else day
        return [None, *(date.fromordinal(one) for one in sorted(tried) if 0 < one <= last)]

    def _turns(self, place: int) -> list[int]:
        return [*self._fixed, *[moving.turns[place] for moving in self._moving]]


def values_around(compiled: Compiled, code: str, named: set[AnswerValue]) -> list[AnswerValue]:
    """List the answers worth trying: choices, or values and their other side."""
    choices = {asked.code: asked.choices for asked in compiled.resolved.asks}
    if choices.get(code):
        unsaid: list[AnswerValue] = [UNSAID] if compiled.defaults.get(code) == UNSAID else []
        return [*(choice.value for choice in choices[code]), *unsaid]
    values: list[AnswerValue] = []
    for value in sorted(named, key=repr):
        if isinstance(value, bool):
            values += [True, False]
        elif isinstance(value, int):
            values += [max(0, value - 1), value, value + 1]
        else:
            values += [value, _OTHER_TEXT]
    return list(dict.fromkeys(values))


def case_of(compiled: Compiled, day: date, settings: Mapping[str, Any]) -> Case:
    """Lay out a case from the values on those axes that matter.

    Args:
        compiled: The programme; its defaults answer what is not set.
        day: The payment day.
        settings: Axis to value.
    """
    year = compiled.resolved.benefit_year
    events: dict[str, date] = {}
    answers: dict[str, AnswerValue] = {**compiled.defaults}
    more: dict[str, Any] = {}
    for axis, value in settings.items():
        kind, _, code = axis.partition(":")
        if kind == "event" and value is not None:
            events[code] = value
        elif kind == "answer":
            answers[code] = value
        elif kind == "identity" and value:
            more["identities"] = more.get("identities", frozenset()) | {code}
        elif kind == "insured":
            insured = {year - int(code)} if value else set[int]()
            more["insured_years"] = more.get("insured_years", frozenset()) | insured
        elif kind in _PLAIN:
            more[_PLAIN[kind] or code] = value
    return Case(year, day, events=events, answers=answers, **more)
