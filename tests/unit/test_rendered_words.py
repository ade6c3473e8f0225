"""What a clerk or a resident reads holds labels: no code of the vocabulary.

Every region, year and scheme, on the days its rules turn, for residents whom
the rules treat differently; each text that screen or paper is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from medcounter.assess import Facts, Option, options
from medcounter.assess.assessment import Assessment
from medcounter.assess.facts import Event
from medcounter.assess.rule_book import RuleBook
from medcounter.desk.doubt_words import DoubtLine, code_names, doubt_lines
from medcounter.rules.paying import WINDOW_LABELS
from tests.desk_samples import shipped_book

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
    terms = [*book.identities(), *book.events(), *book.names.answer_terms]
    rules = {rule.id for one in book.bundle.programmes for rule in one.rules}
    values = {
        choice.value
        for one in book.bundle.programmes
        for asked in one.asks
        for choice in asked.choices
        if LATIN.fullmatch(choice.value)
    }
    return frozenset({term.code for term in terms} | set(WINDOW_LABELS) | rules | values)


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
        for birth in births:
            for insured in (None, frozenset[int]()):
                identity = BOOK.identities()[place % 12].code
                event = BOOK.events()[place % len(BOOK.events())].code
                yield Facts(
                    region,
                    year,
                    day,
                    scheme,
                    birth_date=birth,
                    categories=(identity,) if insured is None else (),
                    events=(Event(event, day),) if insured is None else (),
                    insured_years=None if insured is None else (),
                    answers=answers,
                )


def texts(shown: Assessment, lines: tuple[DoubtLine, ...]) -> Iterator[str]:
    """Every sentence that the screens and the paper take from an answer."""
    for step in shown.steps:
        yield from (step.label, step.text, *(loser.text for loser in step.rejected))
    yield from (remark.text for remark in shown.remarks)
    yield from (hint.text for hint in shown.hints)
    yield from (line.label for line in shown.fee.lines) if shown.fee else ()
    for line in lines:
        yield from (line.text, *line.readings)


@pytest.mark.parametrize(("region", "scheme", "year"), PROGRAMMES)
def test_no_text_holds_a_code_or_a_bare_value(region: str, scheme: str, year: int) -> None:
    names, known, met, wrong = code_names(BOOK), codes(BOOK), 0, set()
    for facts in people(region, scheme, year):
        for option in options(facts, BOOK):
            if not isinstance(option, Option):
                continue
            met += 1
            shown = option.assessment
            for text in (option.label, *texts(shown, doubt_lines(shown, names))):
                latin = set(LATIN.findall(text)) - ALLOWED
                if latin & known or any("_" in word for word in latin) or BARE.search(text):
                    wrong.add(text)
    assert met > 0
    assert wrong == set()


def test_a_doubt_is_told_once_with_each_of_its_fields() -> None:
    lines = [
        line
        for facts in people("360000", "resident", 2026)
        for option in options(facts, BOOK)
        if isinstance(option, Option)
        for line in [doubt_lines(option.assessment, code_names(BOOK))]
        if line
    ]
    assert lines
    for one in lines:
        assert len({line.text for line in one}) == len(one)
        assert all(len(set(line.readings)) == len(line.readings) for line in one)
