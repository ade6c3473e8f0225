"""The task of the peer benchmark: our bundle, every case, and a plain oracle.

The task is invented: three groups, one window, 16 months of payment days and
0 to 6 lapsed years. The oracle knows nothing of rules or bundles.
"""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import FLEXIBLE, Facts
from medcounter.assess.prove.activation import activate
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import BUNDLES, PROVINCE

GROUPS = ("general", "exempt", "subsidised")
FIRST_DAY, LAST_DAY = date(2024, 9, 1), date(2025, 12, 31)
MOST_LAPSED = 6
FEES = {"general": 400, "exempt": 0, "subsidised": 80}


class Resident(NamedTuple):
    """One resident of the task."""

    group: str
    paid: date
    lapsed: int


class Answer(NamedTuple):
    """What the task asks: yuan, months, and the first covered day."""

    fee: int
    wait_months: int
    cover_from: date


def every_resident() -> Iterator[Resident]:
    """Every group, day and lapse of the task."""
    for group in GROUPS:
        for number in range((LAST_DAY - FIRST_DAY).days + 1):
            for lapsed in range(MOST_LAPSED + 1):
                yield Resident(group, FIRST_DAY + timedelta(days=number), lapsed)


def months_on(day: date, months: int) -> date:
    """Go on by months; a day the month lacks becomes its last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def oracle(resident: Resident) -> Answer:
    """Answer the task plainly."""
    group, paid, lapsed = resident
    inside = date(2024, 9, 15) <= paid <= date(2025, 2, 28)
    waits = group == "general" and not (inside and lapsed == 0)
    months = 3 + max(0, lapsed - 1) if waits else 0
    return Answer(FEES[group], months, max(date(2025, 1, 1), months_on(paid, months)))


def peer_book() -> RuleBook:
    """The task as a bundle, proven and opened."""
    data = (BUNDLES / "peers" / "bundle.json").read_bytes()
    return activate(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=False)


def facts_of(resident: Resident) -> Facts:
    """A resident as the contract's facts."""
    return Facts(
        region=PROVINCE,
        benefit_year=2025,
        payment_date=resident.paid,
        scheme=FLEXIBLE,
        categories=() if resident.group == "general" else (resident.group,),
        insured_years=(2024 - resident.lapsed,),
    )


def answer(facts: Facts, book: RuleBook) -> Answer:
    """Our answer to the task, from a decision with its derivation."""
    decided = decide_facts(facts, book)
    assert isinstance(decided, Decided)
    fee, wait, cover = (decided.decision.fee, decided.decision.wait, decided.decision.coverage)
    assert fee is not None
    assert fee.total is not None
    assert cover is not None
    return Answer(fee.total // 100, wait.total if wait else 0, cover.start)
