"""Residents of Jiangxi at every limit of its rules, and how a book of rules answers them.

Shared by the shipped years and by the year that is rolled forward from them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, product

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Event, Facts
from tests.oracle.answer import Answer, Person
from tests.oracle.jiangxi import NINETY_DAYS, ORDER, THREE_MONTHS, WINDOWS, answer

Group = Callable[[int, int], Iterator[Person]]
Pair = tuple[Person, Answer, Answer]

MANY = 5
SINGLE = [frozenset[str](), *(frozenset({code}) for code in ORDER)]
PAIRS = [frozenset(pair) for pair in combinations(ORDER, 2)]
NEWBORN_IDENTITIES = [
    frozenset[str](),
    frozenset({"destitute"}),
    frozenset({"low-income"}),
    frozenset({"unsupported-child"}),
    frozenset({"unsupported-child", "hardship-monitored"}),
]
LAPSES = (None, 0, 1, 2, 3, 4, 5, 6, 99)
DAY_AGES = (0, 1, 30, 89, 90, 91, 180, 364, 365, 366, 367)


def days(year: int, every: int) -> Iterator[date]:
    """Days of two years on which somebody may come to pay for a year."""
    turning = {date(year - 1, 9, 15), date(year - 1, 10, 15), date(year, 2, 28)}
    turning |= {date(year, 1, 1), date(year, 10, 1), date(year, 12, 31), *WINDOWS[year]}
    near = {day + timedelta(days=step) for day in turning for step in (-1, 0, 1, 2)}
    first, last = date(year - 1, 1, 1), date(year, 12, 31)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if number % every == 0 or day in near or (day.day == 31 and day.year == year):
            yield day


def payers(year: int, every: int) -> Iterator[Person]:
    for paid, identities in product(days(year, every), SINGLE):
        for lapsed in LAPSES:
            yield Person(year, paid, identities, lapsed)
    for paid, identities in product(days(year, every), PAIRS):
        for lapsed in (None, 1):
            yield Person(year, paid, identities, lapsed)


def children(year: int, every: int) -> Iterator[Person]:
    for paid in days(year, every):
        births = {paid - timedelta(days=age) for age in DAY_AGES}
        births |= {date(born, month, 1) for born in range(2022, year + 1) for month in (1, 2, 7)}
        births |= {date(2024, 2, 29), date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)}
        for birth in sorted(birth for birth in births if birth <= paid):
            for identities, confirmed in product(NEWBORN_IDENTITIES, (None, True, False)):
                yield Person(year, paid, identities, 0, birth, confirmed=confirmed)
            for lapsed in (None, 1, 99):
                yield Person(year, paid, frozenset(), lapsed, birth, confirmed=True)


def movers(year: int, every: int) -> Iterator[Person]:
    kinds = sorted(THREE_MONTHS | NINETY_DAYS | {"aid-recognised"})
    for paid, kind in product(days(year, every), kinds):
        for distance in (0, 1, 88, 89, 90, 91, 92, 93, 200):
            happened = {kind: paid - timedelta(days=distance)}
            for identities, lapsed in product(
                (frozenset[str](), frozenset({"low-income"})), (0, 1)
            ):
                yield Person(year, paid, identities, lapsed, events=happened)


def facts_of(person: Person) -> Facts:
    insured = None
    if person.lapsed is not None:
        before = person.year - 1 - person.lapsed
        born = person.birth.year if person.birth else 1900
        insured = tuple(year for year in (before - 1, before) if year >= max(born, 1950))
    confirmed = () if person.confirmed is None else (("newborn_confirmed", person.confirmed),)
    return Facts(
        "360000",
        person.year,
        person.paid,
        birth_date=person.birth,
        categories=tuple(code for code in ORDER if code in person.identities),
        events=tuple(Event(kind, day) for kind, day in person.events.items()),
        insured_years=insured,
        answers=confirmed,
    )


def engine(person: Person, expected: Answer, book: RuleBook) -> Answer:
    """What the engine says by a book of rules, in the oracle's words."""
    decided = decide_facts(facts_of(person), book)
    if not isinstance(decided, Decided):
        assert [problem.field for problem in decided] == ["answers.newborn_confirmed"]
        return Answer(expected.kind, missing=True)
    found = decided.decision
    start, end = found.window.start, found.window.end
    total = None if found.fee is None or found.fee.total is None else found.fee.total // 100
    wait, cover = found.wait, found.coverage
    shown = frozenset({found.exemption}) if found.exemption else frozenset[str]()
    return Answer(
        found.window.kind,
        (start, end) if start and end else None,
        total,
        found.category,
        found.lapsed,
        expected.exemptions if shown and shown <= expected.exemptions else shown,
        (wait.start, wait.end, wait.total) if wait else None,
        (cover.start, cover.end) if cover else None,
    )


def disagreements(people: Iterable[Person], book: RuleBook) -> list[Pair]:
    """The first few people on whom the oracle and a book of rules differ."""
    found: list[Pair] = []
    for person in people:
        expected = answer(person)
        said = engine(person, expected, book)
        if said != expected:
            found.append((person, said, expected))
            if len(found) == MANY:
                break
    return found
