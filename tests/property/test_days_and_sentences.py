"""Wait, cover and what each step says of them agree, on every day of every place.

A wait ends where counting ends it, cover begins on the day after, and a step
names no date and no amount but its own rule's. Days are counted here anew.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

import pytest

from medcounter.assess import Assessment, Facts, assess
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.assessment import Step
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.decision import Decision
from medcounter.money import read_yuan
from medcounter.rules.answers import StartDay
from medcounter.rules.fees.formulas import Monthly, Rated
from tests.oracle.calendar import ONE_DAY, last_day_of, same_day
from tests.support.rules.resident_samples import Place, places, residents, some_residents
from tests.support.rules.rule_samples import shipped_book

# Of each place; the long form asks them all.
SAMPLED = 50
DATE = re.compile(r"\d{4}-\d\d-\d\d")
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) 元")
by_place = pytest.mark.parametrize("place", places(), ids=lambda place: "-".join(map(str, place)))


def day_of(text: str, year: int) -> date:
    """A day as a bundle writes it: itself, or counted from the benefit year."""
    moved = re.fullmatch(r"B([+-]\d+)?:(\d\d)-(\d\d|last)", text)
    if moved is None:
        return date.fromisoformat(text)
    years, month = year + int(moved[1] or 0), int(moved[2])
    return date(years, month, last_day_of(years, month) if moved[3] == "last" else int(moved[3]))


def last_of(start: date, number: int, unit: str, months_end: str) -> set[date]:
    """The days on which a wait may end: a month without the day leaves two."""
    if unit == "day":
        return {start + timedelta(number - 1)}
    if unit == "whole-month":
        end = same_day(start.replace(day=1), number - 1)
        return {end.replace(day=last_day_of(end.year, end.month))}
    end = same_day(start, number)
    if months_end == "same-day":
        return {end}
    return {end - ONE_DAY} | ({end} if end.day < start.day else set())


def holes(decision: Decision) -> list[str]:
    """Name what does not hang together in the days of a decision."""
    wait, cover, year = decision.wait, decision.coverage, decision.case.benefit_year
    if wait is None:
        return []
    found = []
    (counted,) = [
        each.answer.months_end for each in decision.verdicts if each.question == "wait-start"
    ]
    if wait.end not in last_of(wait.start, wait.total, wait.unit, counted):
        found.append(f"{wait.start} and {wait.total} {wait.unit} end on {wait.end}")
    # Cover never begins before the year or before birth.
    first = max(wait.end + ONE_DAY, date(year, 1, 1), decision.case.birth or date.min)
    if cover is not None and cover.start != first:
        found.append(f"waits to {wait.end}, covered from {cover.start}")
    if cover is None and first <= date(year, 12, 31):
        found.append(f"waits to {wait.end}, not covered")
    return found


def named_day(anchor: StartDay, decision: Decision, event: date | None) -> date:
    """The day an anchor of the shipped rules names, not before birth."""
    case = decision.case
    first_of_next = case.paid.replace(day=last_day_of(case.paid.year, case.paid.month)) + ONE_DAY
    day = {
        "year-start": date(case.benefit_year, 1, 1),
        "payment": case.paid,
        "day-after-payment": case.paid + ONE_DAY,
        "month-of-payment": case.paid.replace(day=1),
        "month-after-payment": first_of_next,
        "birth": case.birth,
        "event": event,
        "day-after-event": event and event + ONE_DAY,
        "date": day_of(anchor.date, case.benefit_year) if anchor.date else None,
    }[anchor.anchor]
    assert day is not None
    return max(day, case.birth or date.min)


def not_before_the_year(day: date, decision: Decision) -> date:
    """The day on which cover begins, unless a place lets it begin in the year before."""
    floors = [each.answer for each in decision.verdicts if each.question == "cover-floor"]
    year = date(decision.case.benefit_year, 1, 1)
    return max(day, *[named_day(floor, decision, None) for floor in floors] or [year])


def own_days(verdict: Verdict, decision: Decision) -> set[date]:
    """The dates that a rule's own answer names, beside those of the facts."""
    wait, window, rule = decision.wait, decision.window, verdict.rule
    events = [decision.case.events[kind] for kind in rule.grounds if kind in decision.case.events]
    if verdict.question == "window":
        return {day for day in (window.start, window.end) if day is not None}
    if verdict.question in {"cover-start", "cover-floor"}:
        day, is_floor = named_day(verdict.answer, decision, None), "floor" in verdict.question
        return {day if is_floor else not_before_the_year(day, decision)}
    if verdict.question == "exemption":
        days = [named_day(verdict.answer.cover, decision, day) for day in events]
        first = min(days or [named_day(verdict.answer.cover, decision, None)])
        return {not_before_the_year(first, decision)}
    if verdict.question == "cover-end":
        return {day_of(verdict.answer.end, decision.case.benefit_year)}
    if verdict.question in {"wait-start", "after-wait", "carry-over", "month-end"} and wait:
        return {wait.start} if verdict.question == "wait-start" else {wait.end}
    return set()


def rounded(value: Decimal, step: int = 1) -> int:
    """A number of fen, half up to whole steps of fen."""
    return int((value / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


def months_of(amount: Monthly | Rated, decision: Decision) -> int:
    """For how many months an amount is due: a number, or from one day's month to another's."""
    if isinstance(amount.months, int):
        return amount.months
    first = named_day(amount.months.start, decision, None)
    last = day_of(amount.months.end, decision.case.benefit_year)
    return min(12, (last.year - first.year) * 12 + last.month - first.month + 1)


def worth(amount: object, decision: Decision) -> int | None:
    """What an amount of the shipped rules comes to in fen, where no answer is counted."""
    if isinstance(amount, int):
        return amount
    if isinstance(amount, Monthly):
        return amount.amount * months_of(amount, decision)
    if isinstance(amount, Rated):
        months = months_of(amount, decision)
        step = 100 if amount.round_to == "yuan" else 1
        monthly = Decimal(amount.base) * Decimal(str(amount.rate))
        each, times = (monthly, months) if amount.round == "month" else (monthly * months, 1)
        return max(rounded(each, step) * times, amount.at_least or 0)
    return None


def sums(amounts: Iterable[object], decision: Decision) -> set[int]:
    """What some of the amounts come to together: not everybody is charged each."""
    known = [fen for each in amounts if (fen := worth(each, decision)) is not None]
    return {sum(some) for many in range(1, len(known) + 1) for some in combinations(known, many)}


def own_amounts(verdict: Verdict, decision: Decision) -> set[int]:
    """The amounts in fen that a rule's own answer holds or comes to."""
    answer = verdict.answer
    found = {int(amount) for amount in re.findall(r"=(\d+)\b", str(answer))}
    found |= sums([item.amount for item in getattr(answer, "items", ())], decision)
    found |= sums([getattr(answer, "amount", None)], decision)
    standard = {
        fen
        for each in decision.verdicts
        if each.question == "standard" and each is not verdict
        for fen in own_amounts(each, decision)
    }
    if verdict.question == "other-year":
        return found | standard
    whole = worth(getattr(answer, "remainder_of", None), decision)
    return found if whole is None else found | {whole - fen for fen in standard}


def false_words(step: Step, verdict: Verdict, decision: Decision) -> list[str]:
    """Name each date and amount in a step that is not its rule's own."""
    case, written = decision.case, verdict.rule.applies
    known = {case.paid, case.birth, *case.events.values(), *own_days(verdict, decision)}
    dates = set(DATE.findall(step.text)) - set(DATE.findall(written))
    amounts = set(AMOUNT.findall(step.text)) - set(AMOUNT.findall(written))
    wrong = [day for day in dates if date.fromisoformat(day) not in known]
    wrong += [shown for shown in amounts if read_yuan(shown) not in own_amounts(verdict, decision)]
    if verdict.reading and verdict.answer != verdict.rule.answer:
        wrong += DATE.findall(written) + AMOUNT.findall(written)
    return wrong


def faults(known: Facts) -> list[str]:
    answer, decided = assess(known, shipped_book()), decide_facts(known, shipped_book())
    if not isinstance(answer, Assessment) or not isinstance(decided, Decided):
        return []
    decision = decided.decision
    verdicts = {verdict.question: verdict for verdict in decision.verdicts}
    found = holes(decision)
    for step in answer.steps:
        if step.question in verdicts:
            wrong = false_words(step, verdicts[step.question], decision)
            found += [f"{step.text} {word}" for word in wrong]
    return found


@by_place
def test_wait_cover_and_sentences_agree(place: Place) -> None:
    found = [(known, faults(known)) for known in some_residents(place, SAMPLED)]
    assert [(known, wrong) for known, wrong in found if wrong][:3] == []


@pytest.mark.full
@by_place
def test_wait_cover_and_sentences_agree_for_every_resident(place: Place) -> None:
    found = [(known, faults(known)) for known in residents(place)]
    assert [(known, wrong) for known, wrong in found if wrong][:3] == []
