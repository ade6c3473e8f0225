"""Predicates over days: of events, of dated answers, and spans since them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from medcounter.dates import ONE_DAY, add_months, add_years, year_end, year_start
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.predicate import Predicate, Tell, Test, show_interval
from medcounter.rules.values import DayName, Flag, Span, YearDay, answer_in
from medcounter.rules.values import resolve_day as resolve

NO_BIRTH = "没有填写出生日期"
_NAMED_HERE = "本条所列的情形"


def _fact(name: str) -> str:
    """Name the facts key in which a day is given."""
    if name == BIRTH:
        return "birth_date"
    return "events" if answer_in(name) is None else name


def _label(name: str, case: Case, event: str) -> str:
    """Say in Chinese what a day is the day of."""
    code = answer_in(name)
    return event if code is None else f"“{case.words.get(code, code)}”"


class Happened(Predicate):
    """An event of this kind is known, where asked on days of an interval.

    ``in_benefit_year`` is short for the interval of that year. A dated answer
    counts as an event: ``answers.previous_year_paid_on``.
    """

    test: Literal["event"]
    kind: DayName
    in_benefit_year: Flag = False
    start: YearDay | None = Field(default=None, alias="from")
    end: YearDay | None = Field(default=None, alias="to")

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: dated answers."""
        return {} if answer_in(self.kind) is None else {"kind": 2}

    def interval(self, year: int) -> tuple[date | None, date | None]:
        """Return both ends as dates for a benefit year, inclusive."""
        start = None if self.start is None else resolve(self.start, year)
        end = None if self.end is None else resolve(self.end, year)
        if not self.in_benefit_year:
            return start, end
        first, last = year_start(year), year_end(year)
        return max(first, start or first), min(last, end or last)

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look the event up."""
        kind, (start, end) = self.kind, self.interval(year)
        low, high = start or date.min, end or date.max
        if answer_in(kind) is None:
            return lambda case: kind in case.events and low <= case.events[kind] <= high

        def test(case: Case) -> bool | None:
            if kind in case.events:
                return low <= case.events[kind] <= high
            return None if case.awaits(kind) else False

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the event's day, if any."""
        day = case.events.get(self.kind)
        if day is None:
            return f"没有填写{_label(self.kind, case, _NAMED_HERE)}"
        start, end = self.interval(case.benefit_year)
        dated = answer_in(self.kind) is not None
        what = f"{_label(self.kind, case, '')}为" if dated else "该情形发生在"
        if start is None and end is None:
            return f"{what} {day}"
        inside = self.compile(case.benefit_year)(case)
        return f"{what} {day}，{'在' if inside else '不在'} {show_interval(start, end)}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the events, or the answer."""
        return frozenset({_fact(self.kind)})

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: the answer, when not given."""
        return self.needs() if case.awaits(self.kind) else frozenset()

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: who had no such event."""
        return self.kind not in held and answer_in(self.kind) is None

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the event, and the edges of its interval."""
        start, end = self.interval(year)
        edges = {day for day in (start, end and end + timedelta(days=1)) if day is not None}
        days = {self.kind: edges} if edges else {}
        return Breakpoints(spans={self.kind: {("days", 0, 0)}}, event_days=days)


def last_day_of(since: date, unit: str, number: int, day_one: int) -> date:
    """Name the last day that is within a span of an event, inclusive.

    With ``day_one`` 0 the event day is day 0, with 1 it is day 1. Months and
    years end on the same day number (clamped), that day included.
    Source: bundle source ``national-default``, on terms of days.
    """
    if unit == "days":
        return since + timedelta(days=number - day_one)
    return add_months(since, number) if unit == "months" else add_years(since, number)


def _limit(span: Span, day_one: int | None) -> Callable[[date, Case], date]:
    """Compile what names the last day within a span of another, as a case counts."""
    unit, number = span.length

    def last(begin: date, case: Case) -> date:
        found = last_day_of(begin, unit, number, day_one or 0)
        return found - ONE_DAY if case.event_day_counts and day_one is None else found

    return last


class Elapsed(Predicate):
    """The payment lies within (and later than) a span since birth or event.

    Without a birth date no rule by birth is asked: the answer is no.

    Attributes:
        since: What the span is counted from; a list holds where one of them
            lies in the span. Dated answers count as events.
        day_one: 0 or 1 as the source counts the event day; left out where it
            does not say, then 0 is assumed.
    """

    test: Literal["elapsed"]
    since: DayName | Annotated[tuple[DayName, ...], Field(min_length=2)]
    more_than: Span | None = None
    within: Span | None = None
    day_one: Annotated[int, Field(strict=True, ge=0, le=1)] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """List what the span may be counted from."""
        return (self.since,) if isinstance(self.since, str) else self.since

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: dated answers, and more than one event."""
        plain = len(self.names) == 1 and answer_in(self.names[0]) is None
        return {} if plain else {"since": 2}

    @property
    def parts(self) -> tuple[Elapsed, ...]:
        """Write one condition for each; the whole holds where one of them does."""
        return tuple(self.model_copy(update={"since": name}) for name in self.names)

    def _compile_lies(self) -> Callable[[date, Case], bool]:
        """Compile whether the payment of a case lies in the span since a day."""
        more = self.more_than and _limit(self.more_than, self.day_one)
        within = self.within and _limit(self.within, self.day_one)

        def lies(begin: date, case: Case) -> bool:
            if case.paid < begin or (more and case.paid <= more(begin, case)):
                return False
            return not within or case.paid <= within(begin, case)

        return lies

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the day with both limits."""
        del year
        names, lies = self.names, self._compile_lies()
        if names == (BIRTH,):
            return lambda case: case.birth is not None and lies(case.birth, case)
        # Looked up once: whoever has no such event is asked for nothing more.
        dated = frozenset(name for name in names if answer_in(name) is not None)
        if len(names) == 1 and not dated:
            (event,) = names
            return lambda case: event in case.events and lies(case.events[event], case)

        def test(case: Case) -> bool | None:
            known: bool | None = False
            for name in names:
                begin = case.birth if name == BIRTH else case.events.get(name)
                if begin is None:
                    known = None if name in dated and case.awaits(name) else known
                elif lies(begin, case):
                    return True
            return known

        return test

    def compile_asking(self, year: int) -> Test:
        """Override Predicate.compile_asking: nobody is asked how newly born they are."""
        return self.compile(year)

    def missing(self, case: Case) -> frozenset[str]:
        """Override Predicate.missing: the answers, when not given."""
        return self.unknown(case)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the event's day and the limits."""
        days = {name: case.birth if name == BIRTH else case.events.get(name) for name in self.names}
        known = {name: day for name, day in days.items() if day is not None}
        if not known:
            what = "出生日期" if self.since == BIRTH else _NAMED_HERE
            return f"没有填写{_label(self.names[0], case, what) if len(days) == 1 else what}"
        lies = self._compile_lies()
        name, begin = max(known.items(), key=lambda item: (lies(item[1], case), item[1]))
        parts = []
        if self.more_than:
            limit = _limit(self.more_than, self.day_one)(begin, case)
            parts.append(f"满 {self.more_than.label}的最后一天为 {limit}")
        if self.within:
            limit = _limit(self.within, self.day_one)(begin, case)
            parts.append(f"{self.within.label}以内的最后一天为 {limit}")
        clauses = [*parts, f"缴费日为 {case.paid}"]
        if answer_in(name) is not None:
            return "，".join([f"{_label(name, case, '')}为 {begin}", *clauses])
        what = "出生" if name == BIRTH else "该情形"
        return f"{what}于 {begin}," + ",".join(clauses)

    def compile_refusal(self, year: int) -> Tell:
        """Override Predicate.compile_refusal: most people had none of many events."""
        refuse, names = super().compile_refusal(year), frozenset(self.names)
        if names == {BIRTH}:
            return lambda case: NO_BIRTH if case.birth is None else refuse(case)
        if not all(name != BIRTH and answer_in(name) is None for name in names):
            return refuse
        untold = f"没有填写{_NAMED_HERE}"
        return lambda case: untold if names.isdisjoint(case.events) else refuse(case)

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: who had none of the events."""
        return all(name not in held and answer_in(name) is None for name in self.names)

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date, the events or the answer."""
        return frozenset({*map(_fact, self.names), "payment_date"})

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: the answers, when not given."""
        return frozenset(name for name in self.names if case.awaits(name))

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: each limit as a distance."""
        del year
        limits = {("days", 0, 0)}
        for span in (self.more_than, self.within):
            if span is None:
                continue
            for unit in ("days", "months", "years"):
                number = getattr(span, unit)
                if number is not None:
                    limits.add((unit, number, self.day_one or 0))
        return Breakpoints(spans=dict.fromkeys(self.names, limits))
