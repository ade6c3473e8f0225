"""Wait, cover and what each step says of them agree, on every day of every place.

A wait ends where counting ends it, cover begins on the day after, and a step
names no date and no amount but its own rule's. Days are counted here anew.
"""

import re
from datetime import date, timedelta

import pytest

from medcounter.assess import Assessment, Facts, assess
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.assessment import Step
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.verdict import Verdict
from medcounter.money import read_yuan
from medcounter.rules.answers import Anchor
from tests.oracle.calendar import ONE_DAY, last_day_of, same_day
from tests.resident_samples import Place, places, residents, some_residents
from tests.rule_samples import shipped_book

SAMPLED = 200
DATE = re.compile(r"\d{4}-\d\d-\d\d")
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) 元")
by_place = pytest.mark.parametrize("place", places(), ids=lambda place: "-".join(map(str, place)))


def last_of(start: date, number: int, unit: str) -> set[date]:
    """The days on which a wait may end: a month without the day leaves two."""
    if unit == "day":
        return {start + timedelta(number - 1)}
    if unit == "whole-month":
        end = same_day(start.replace(day=1), number - 1)
        return {end.replace(day=last_day_of(end.year, end.month))}
    end = same_day(start, number)
    return {end - ONE_DAY} | ({end} if end.day < start.day else set())


def holes(decision: Decision) -> list[str]:
    """Name what does not hang together in the days of a decision."""
    wait, cover, year = decision.wait, decision.coverage, decision.case.benefit_year
    if wait is None:
        return []
    found = []
    if wait.end not in last_of(wait.start, wait.total, wait.unit):
        found.append(f"{wait.start} and {wait.total} {wait.unit} end on {wait.end}")
    # Cover never begins before the year or before birth.
    first = max(wait.end + ONE_DAY, date(year, 1, 1), decision.case.birth or date.min)
    if cover is not None and cover.start != first:
        found.append(f"waits to {wait.end}, covered from {cover.start}")
    if cover is None and first <= date(year, 12, 31):
        found.append(f"waits to {wait.end}, not covered")
    return found


def named_day(anchor: Anchor, decision: Decision, event: date | None) -> date:
    """The day an anchor of the shipped rules names, not before the year or birth."""
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
        "date": date.fromisoformat(anchor.date) if anchor.date else None,
    }[anchor.anchor]
    assert day is not None
    return max(day, date(case.benefit_year, 1, 1), case.birth or date.min)


def own_days(verdict: Verdict, decision: Decision) -> set[date]:
    """The dates that a rule's own answer names, beside those of the facts."""
    wait, window, rule = decision.wait, decision.window, verdict.rule
    events = [decision.case.events[kind] for kind in rule.grounds if kind in decision.case.events]
    if verdict.question == "window":
        return {day for day in (window.start, window.end) if day is not None}
    if verdict.question == "cover-start":
        return {named_day(verdict.answer, decision, None)}
    if verdict.question == "exemption":
        days = [named_day(verdict.answer.cover, decision, day) for day in events]
        return {min(days or [named_day(verdict.answer.cover, decision, None)])}
    if verdict.question in {"wait-start", "after-wait", "carry-over", "month-end"} and wait:
        return {wait.start} if verdict.question == "wait-start" else {wait.end}
    return set()


def own_amounts(verdict: Verdict) -> set[int]:
    """The amounts in fen that a rule's own answer holds."""
    found = re.findall(r"=(\d+)\b", str(verdict.answer))
    whole = sum(
        item.amount for item in getattr(verdict.answer, "items", ()) if isinstance(item.amount, int)
    )
    return {int(amount) for amount in found} | {whole}


def false_words(step: Step, verdict: Verdict, decision: Decision) -> list[str]:
    """Name each date and amount in a step that is not its rule's own."""
    case, written = decision.case, verdict.rule.applies
    known = {case.paid, case.birth, *case.events.values(), *own_days(verdict, decision)}
    dates = set(DATE.findall(step.text)) - set(DATE.findall(written))
    amounts = set(AMOUNT.findall(step.text)) - set(AMOUNT.findall(written))
    wrong = [day for day in dates if date.fromisoformat(day) not in known]
    wrong += [shown for shown in amounts if read_yuan(shown) not in own_amounts(verdict)]
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
