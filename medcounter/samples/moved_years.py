"""Move a resident's facts by whole years, to compare two benefit years.

Every date, year and dated answer moves together, so that ages and spans stay
what they were. 29 February becomes the 28th where the other year has none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from medcounter.assess.facts import Event, Facts
from medcounter.dates import DateUnreadableError, add_years, read_iso
from medcounter.rules.case import AnswerValue

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def moved(facts: Facts, years: int) -> Facts:
    """Return the same resident so many years later; earlier when negative."""
    if not years:
        return facts
    birth, insured = facts.birth_date, facts.insured_years
    return replace(
        facts,
        benefit_year=facts.benefit_year + years,
        payment_date=add_years(facts.payment_date, years),
        birth_date=None if birth is None else add_years(birth, years),
        events=tuple(Event(one.kind, add_years(one.date, years)) for one in facts.events),
        insured_years=None if insured is None else tuple(year + years for year in insured),
        answers=tuple((code, _moved_answer(value, years)) for code, value in facts.answers),
    )


def moved_text(text: str, years: int) -> str:
    """Return a text with every date in it so many years later."""
    return _DAY.sub(lambda match: _moved_day(match[0], years), text)


def _moved_answer(value: AnswerValue, years: int) -> AnswerValue:
    if isinstance(value, tuple):
        return tuple(year + years for year in value)
    return moved_text(value, years) if isinstance(value, str) else value


def _moved_day(text: str, years: int) -> str:
    try:
        return add_years(read_iso(text), years).isoformat()
    except DateUnreadableError:
        return text
