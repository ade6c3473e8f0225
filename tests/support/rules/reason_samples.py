"""Residents of every kind at every place, and the codes their rules are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from medcounter.assess import Facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Event
from medcounter.rules.payment_conditions import WINDOW_LABELS
from tests.support.desk.desk_samples import shipped_book

BOOK = shipped_book()
PROGRAMMES = [
    (choice.code, pair.scheme, pair.benefit_year)
    for choice in BOOK.regions()
    for pair in BOOK.covered(choice.code)
]
# Latin words that labels and sentences have of their own.
ALLOWED = frozenset({"APP", "App", "PDF", "ID", "VIP"})
LATIN = re.compile(r"[A-Za-z][A-Za-z_-]{2,}")
# A value without what it counts: 1, 3, True, None.
BARE = re.compile(r"(用|读法) (\d{1,4}|True|False|None)(；|$)")


def codes(book: RuleBook) -> frozenset[str]:
    """Every code the bundle's rules are written in."""
    terms = {term.code for term in (*book.identities(), *book.events())}
    asks = {term.code for term in book.names.answer_terms}
    rules = {rule.id for one in book.bundle.programmes for rule in one.rules}
    values = {
        choice.value
        for one in book.bundle.programmes
        for asked in one.asks
        for choice in asked.choices
        if LATIN.fullmatch(choice.value)
    }
    return frozenset(terms | asks | set(WINDOW_LABELS) | rules | values)


def people(region: str, scheme: str, year: int) -> Iterator[Facts]:
    """Residents whom rules treat differently, on the days on which rules turn."""
    compiled = BOOK.programme(region, scheme, year)
    assert compiled is not None
    first, last = compiled.resolved.first_day, compiled.resolved.last_day
    turns = [day for day in compiled.turning_days if first <= day <= last]
    asked = {
        q.code: q.choices[0].value for q in BOOK.questions_for(region, scheme, year) if q.choices
    }
    answers = tuple(sorted(asked.items()))
    for place, day in enumerate(sorted({first, last, *turns[:: max(1, len(turns) // 6)]})):
        births = (None, date(1988, 7, 12), day - timedelta(30), day - timedelta(400))
        # A third of them a day, another third on the next: there are many places.
        for birth, is_lapsed in [*product(births, (False, True))][place % 3 :: 3]:
            identity = BOOK.identities()[place % 12].code
            event = BOOK.events()[place % len(BOOK.events())].code
            yield Facts(
                region,
                year,
                day,
                scheme,
                birth_date=birth,
                categories=() if is_lapsed else (identity,),
                events=() if is_lapsed else (Event(event, day),),
                insured_years=() if is_lapsed else None,
                answers=answers,
            )


def coded(text: str, known: frozenset[str]) -> bool:
    """Tell whether a text shows a code, or a value without what it counts."""
    latin = set(LATIN.findall(text)) - ALLOWED
    return bool(latin & known) or any("_" in word for word in latin) or bool(BARE.search(text))
