"""Predicates over the payment: its day and window, years, repair, answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import AnswerValue, Case
from medcounter.rules.predicate import Predicate, Tell, Test, in_range, show_interval, show_range
from medcounter.rules.values import AnswerCode, Code, Flag, Text, Whole, YearDay, resolve_day
from medcounter.wording.terms import YEARS

WindowKind = Literal["main", "extended", "late", "closed"]
WINDOW_LABELS = {
    "main": "集中征缴期",
    "extended": "延长征缴期",
    "late": "集中征缴期外",
    "closed": "不能缴费的日子",
}


class Paid(Predicate):
    """The payment day lies in a closed interval; either end may be open."""

    test: Literal["paid"]
    start: YearDay | None = Field(default=None, alias="from")
    end: YearDay | None = Field(default=None, alias="to")

    def interval(self, year: int) -> tuple[date | None, date | None]:
        """Return both ends as dates for a benefit year, inclusive."""
        start = None if self.start is None else resolve_day(self.start, year)
        return start, None if self.end is None else resolve_day(self.end, year)

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the day with both ends."""
        start, end = self.interval(year)
        low, high = start or date.min, end or date.max
        return lambda case: low <= case.paid <= high

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the day and the interval."""
        return self.compile_reason(case.benefit_year)(case)

    def compile_reason(self, year: int) -> Tell:
        """Override Predicate.compile_reason: keep the interval and its words."""
        test, where = self.compile(year), show_interval(*self.interval(year))
        return lambda case: f"缴费日 {case.paid} {'在' if test(case) else '不在'} {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the payment day."""
        return frozenset({"payment_date"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the first day and the day after the last."""
        start, end = self.interval(year)
        days = {day for day in (start, end and end + timedelta(days=1)) if day is not None}
        return Breakpoints(days=days)


class DayOfMonth(Predicate):
    """The payment's day number lies in an inclusive range."""

    test: Literal["day-of-month"]
    low: Annotated[int, Field(strict=True, ge=1, le=31, alias="from")]
    high: Annotated[int, Field(strict=True, ge=1, le=31, alias="to")]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the day number."""
        del year
        low, high = self.low, self.high
        return lambda case: low <= case.paid.day <= high

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the day number and the range."""
        inside = self.low <= case.paid.day <= self.high
        where = f"每月 {self.low} 至 {self.high} 日"
        return f"缴费日 {case.paid} {'在' if inside else '不在'}{where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the payment day."""
        return frozenset({"payment_date"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends in each month of two years."""
        days = set()
        for month in range(24):
            first = date(year - 1 + month // 12, month % 12 + 1, 1)
            following = date(year - 1 + (month + 1) // 12, (month + 1) % 12 + 1, 1)
            days.add(first)
            for offset in (self.low - 1, self.high):
                if (day := first + timedelta(days=offset)) < following:
                    days.add(day)
        return Breakpoints(days=days)


class InWindow(Predicate):
    """The window question was answered with one of these kinds or rules."""

    test: Literal["window"]
    kinds: tuple[WindowKind, ...] = ()
    rules: tuple[Code, ...] = ()

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look at the window's answer."""
        del year
        kinds, rules = frozenset(self.kinds), frozenset(self.rules)
        return lambda case: case.window_kind in kinds or case.window_rule in rules

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the window the day lies in."""
        return f"缴费日 {case.paid} 属于{WINDOW_LABELS[case.window_kind]}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the payment day."""
        return frozenset({"payment_date"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: wherever the window question cuts."""
        del year
        return Breakpoints(windows=True)


class Lapsed(Predicate):
    """The lapsed years in a row lie in an inclusive range."""

    test: Literal["lapsed"]
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the counted years."""
        del year
        low, high = self.low, self.high
        return lambda case: in_range(case.lapsed, low, high)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the count and the range."""
        inside = in_range(case.lapsed, self.low, self.high)
        where = show_range(self.low, self.high, YEARS)
        return f"连续断保 {case.lapsed} 年，{'属于' if inside else '不属于'} {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the insured years."""
        return frozenset({"insured_years"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range."""
        del year
        low = {self.low} if self.low is not None else set()
        return Breakpoints(lapses=low | ({self.high + 1} if self.high is not None else set()))


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


class Repaired(Predicate):
    """The repair years offered lie in an inclusive range."""

    test: Literal["repair"]
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the repair years."""
        del year
        low, high = self.low, self.high
        return lambda case: in_range(case.repair_years, low, high)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the years and the range."""
        inside = in_range(case.repair_years, self.low, self.high)
        where = show_range(self.low, self.high, YEARS)
        return f"缴费修复 {case.repair_years} 年，{'属于' if inside else '不属于'} {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the repair years."""
        return frozenset({"repair_years"})

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range."""
        del year
        low = {self.low} if self.low is not None else set()
        return Breakpoints(repairs=low | ({self.high + 1} if self.high is not None else set()))


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


class WaitOutcome(Predicate):
    """What came of the wait: ``exempt`` or ``waits``; remarks may ask."""

    test: Literal["outcome"]
    of: Literal["exempt", "waits"]
    value: Flag = Field(alias="is")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look at the earlier answer."""
        del year
        value, exempt = self.value, self.of == "exempt"
        return lambda case: (case.exempt if exempt else case.waits) is value

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: say what came of the wait."""
        if self.of == "waits":
            return "有待遇等待期" if case.waits else "没有待遇等待期"
        return "有免除等待期的情形" if case.exempt else "没有免除等待期的情形"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: nothing but earlier answers."""
        return frozenset()

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: none of its own."""
        del year
        return Breakpoints()
