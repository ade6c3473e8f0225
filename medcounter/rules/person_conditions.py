"""Predicates over the person: identity, events, age, insurance, answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from medcounter.dates import add_months, add_years, full_years, year_end, year_start
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import AnswerValue, Case
from medcounter.rules.predicate import Predicate, Test, in_range, show_interval, show_range
from medcounter.rules.values import AnswerCode, Code, Day, Flag, Span, Text, Whole, YearDay
from medcounter.rules.values import resolve_day as resolve
from medcounter.wording.terms import YEARS

BIRTH = "birth"


class Identity(Predicate):
    """The resident holds one of these identities."""

    test: Literal["identity"]
    any_of: Annotated[tuple[Code, ...], Field(min_length=1)]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look for a common code."""
        del year
        wanted = frozenset(self.any_of)
        return lambda case: not wanted.isdisjoint(case.identities)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: say whether one of them is held."""
        held = not frozenset(self.any_of).isdisjoint(case.identities)
        return "属于本条所列人员类别" if held else "不属于本条所列人员类别"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the identities."""
        return frozenset({"categories"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the codes named, as one group."""
        del year
        return Breakpoints(identities={frozenset(self.any_of)})


class Happened(Predicate):
    """An event of this kind is known, where asked on days of an interval.

    ``in_benefit_year`` is short for the interval of that year.
    """

    test: Literal["event"]
    kind: Code
    in_benefit_year: Flag = False
    start: YearDay | None = Field(default=None, alias="from")
    end: YearDay | None = Field(default=None, alias="to")

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
        return lambda case: kind in case.events and low <= case.events[kind] <= high

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the event's day, if any."""
        day = case.events.get(self.kind)
        if day is None:
            return "没有填写本条所列的情形"
        start, end = self.interval(case.benefit_year)
        if start is None and end is None:
            return f"该情形发生在 {day}"
        inside = self.compile(case.benefit_year)(case)
        return f"该情形发生在 {day}，{'在' if inside else '不在'} {show_interval(start, end)}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the events."""
        return frozenset({"events"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the event, and the edges of its interval."""
        start, end = self.interval(year)
        edges = {day for day in (start, end and end + timedelta(days=1)) if day is not None}
        days = {self.kind: edges} if edges else {}
        return Breakpoints(spans={self.kind: {("days", 0, 0)}}, event_days=days)


def last_day(since: date, span: Span, day_one: int) -> date:
    """Name the last day that is within a span of an event, inclusive.

    With ``day_one`` 0 the event day is day 0, with 1 it is day 1. Months and
    years end on the same day number (clamped), that day included.
    Source: national defaults of the rule book, "within n days".
    """
    if span.days is not None:
        return since + timedelta(days=span.days - day_one)
    if span.months is not None:
        return add_months(since, span.months)
    return add_years(since, span.years or 0)


class Elapsed(Predicate):
    """The payment lies within (and later than) a span since birth or event.

    Without a birth date no rule by birth is asked: the answer is no.

    Attributes:
        day_one: 0 or 1 as the source counts the event day; left out where it
            does not say, then 0 is assumed.
    """

    test: Literal["elapsed"]
    since: Code
    more_than: Span | None = None
    within: Span | None = None
    day_one: Annotated[int, Field(strict=True, ge=0, le=1)] | None = None

    def _last(self, begin: date, span: Span, case: Case) -> date:
        last = last_day(begin, span, self.day_one or 0)
        other_count = case.event_day_counts and self.day_one is None
        return last - timedelta(days=1) if other_count else last

    def _begin(self, case: Case) -> date | None:
        return case.birth if self.since == BIRTH else case.events.get(self.since)

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the day with both limits."""
        del year

        def test(case: Case) -> bool:
            begin = self._begin(case)
            if begin is None or case.paid < begin:
                return False
            if self.more_than and case.paid <= self._last(begin, self.more_than, case):
                return False
            return not self.within or case.paid <= self._last(begin, self.within, case)

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the event's day and the limits."""
        begin = self._begin(case)
        what = "出生" if self.since == BIRTH else "该情形"
        if begin is None:
            return "没有填写出生日期" if self.since == BIRTH else "没有填写本条所列的情形"
        parts = []
        if self.more_than:
            limit = self._last(begin, self.more_than, case)
            parts.append(f"满 {self.more_than.label}的最后一天为 {limit}")
        if self.within:
            limit = self._last(begin, self.within, case)
            parts.append(f"{self.within.label}以内的最后一天为 {limit}")
        return f"{what}于 {begin}," + ",".join([*parts, f"缴费日为 {case.paid}"])

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date or the events."""
        return frozenset({"birth_date" if self.since == BIRTH else "events", "payment_date"})

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
        return Breakpoints(spans={self.since: limits})


class Born(Predicate):
    """The birth day lies in a closed interval; unknown birth means no."""

    test: Literal["born"]
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the birth day."""
        del year
        low, high = self.start or date.min, self.end or date.max
        return lambda case: case.birth is not None and low <= case.birth <= high

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the birth day and the interval."""
        if case.birth is None:
            return "没有填写出生日期"
        inside = self.compile(case.benefit_year)(case)
        where = show_interval(self.start, self.end)
        return f"出生日期 {case.birth} {'在' if inside else '不在'} {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the first day and the day after the last."""
        del year
        after = self.end and self.end + timedelta(days=1)
        return Breakpoints(births={day for day in (self.start, after) if day is not None})


class BirthYear(Predicate):
    """The years from birth year to benefit year lie in an inclusive range.

    0 is the birth year itself; "three calendar years including the birth
    year" is 0 to 2. Unknown birth means no.
    """

    test: Literal["years-since-birth-year"]
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the difference of years."""
        low, high = self.low, self.high
        return lambda case: case.birth is not None and in_range(year - case.birth.year, low, high)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name both years and the range."""
        if case.birth is None:
            return "没有填写出生日期"
        where = show_range(self.low, self.high, YEARS)
        return f"{case.birth.year} 年出生，待遇年度 {case.benefit_year} 年，相差的年数要求 {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range."""
        del year
        low = {self.low} if self.low is not None else set()
        return Breakpoints(birth_years=low | ({self.high + 1} if self.high is not None else set()))


class Age(Predicate):
    """The full years of age on a day lie in an inclusive range.

    A fee by age needs the birth date: without it the answer is unknown.
    """

    test: Literal["age"]
    on: YearDay | Literal["payment"] = "payment"
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def _age(self, case: Case, birth: date) -> int:
        on = case.paid if self.on == "payment" else resolve(self.on, case.benefit_year)
        return full_years(birth, on)

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the full years."""
        del year

        def test(case: Case) -> bool | None:
            if case.birth is None:
                return None
            return in_range(self._age(case, case.birth), self.low, self.high)

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the age and the range."""
        if case.birth is None:
            return "没有填写出生日期"
        age, where = self._age(case, case.birth), show_range(self.low, self.high, "周岁")
        return f"年龄 {age} 周岁，要求 {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: the birth date, when not known."""
        return self.needs() if case.birth is None else frozenset()

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range on its day."""
        on = "payment" if self.on == "payment" else resolve(self.on, year).isoformat()
        limits = {self.low} if self.low is not None else set()
        limits |= {self.high + 1} if self.high is not None else set()
        return Breakpoints(ages={(on, limit) for limit in limits})


class Insured(Predicate):
    """Whether the resident was insured some years before the benefit year.

    Nothing known against continuity counts as insured.
    """

    test: Literal["insured"]
    years_back: Annotated[int, Field(strict=True, ge=1, le=30)]
    value: Flag = Field(alias="is")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look the year up."""
        wanted, value = year - self.years_back, self.value
        return lambda case: (case.insured_years is None or wanted in case.insured_years) is value

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the year and what is known."""
        wanted = case.benefit_year - self.years_back
        insured = case.insured_years is None or wanted in case.insured_years
        return f"{wanted} 年度{'已参保' if insured else '未参保'}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the insured years."""
        return frozenset({"insured_years"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the year named."""
        del year
        return Breakpoints(years_back={self.years_back})


class Answered(Predicate):
    """A free question was answered with this value, or within this range."""

    test: Literal["answer"]
    code: AnswerCode
    value: Flag | Text | Annotated[int, Field(strict=True)] | None = Field(default=None, alias="is")
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare; unknown when not answered."""
        del year
        code, value, low, high = self.code, self.value, self.low, self.high

        def test(case: Case) -> bool | None:
            given = case.answers.get(code)
            if given is None:
                return None
            if value is not None:
                return given == value and type(given) is type(value)
            return isinstance(given, int) and in_range(given, low, high)

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the question and the answer given."""
        given = case.answers.get(self.code)
        names = {True: "是", False: "否", None: "未填写"}
        plain = names[given] if isinstance(given, bool) or given is None else str(given)
        shown = case.words.get(f"{self.code}={plain}", plain)
        return f"所问事项“{case.words.get(self.code, self.code)}”的回答为 {shown}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the answer."""
        return frozenset({f"answers.{self.code}"})

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: the answer, when not given."""
        return self.needs() if case.answers.get(self.code) is None else frozenset()

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the value, or both ends of the range."""
        del year
        if self.value is not None:
            return Breakpoints(answers={self.code: {self.value}})
        limits: set[AnswerValue] = {self.low} if self.low is not None else set()
        limits |= {self.high + 1} if self.high is not None else set()
        return Breakpoints(answers={self.code: limits})
