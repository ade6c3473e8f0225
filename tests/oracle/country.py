"""Residents of places all over the country, as plain Python from the sources' pages.

A second encoding the engine is held against: it imports nothing of the program
and was written without its rules. A field the pages leave open is not in an
``Opinion`` and so not compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.oracle.calendar import ONE_DAY, day_before_same_day, same_day

Cover = Callable[[date], date]
COUNTED_FROM = 2025
JANUARY, OPEN = "january", "open"
MONTHS, DAYS, WHOLE = "month", "day", "whole-month"
LATE = "late"


def on_payment(paid: date) -> date:
    return paid


def day_after(paid: date) -> date:
    return paid + ONE_DAY


@dataclass(frozen=True)
class Period:
    """Days on which all may pay; what the page states of them is ``sure``.

    Attributes:
        kind: Empty where the page leaves the contract's kind open.
        covers: First covered day of a continuous payer; None = not stated.
        full: Whether the subsidy is paid too.
        readings: Whether the page has several lengths of the wait after it.
        sure, doubted: Fields that the page settles, or clearly leaves open.
    """

    kind: str
    first: date
    last: date
    covers: Cover | None = None
    full: bool = False
    readings: bool = False
    sure: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """One kind of resident and its price a year, in yuan; None = not stated.

    ``local`` = whether the household is registered in the province, where that
    decides. An aided offer and a student's are asked in the window alone, and a
    student's first covered day not at all: first-timers begin earlier.
    """

    standard: int | None
    subsidy: int | None = None
    aid: int = 0
    identity: str = ""
    birth: date | None = None
    tier: str = ""
    local: bool | None = None

    @property
    def ordinary(self) -> bool:
        return not self.identity


@dataclass(frozen=True)
class Newborn:
    """A child's limit after birth, its price, and cover once the limit is past."""

    days: int = 0
    months: int = 0
    later: Cover | None = None

    def in_time(self, birth: date, paid: date) -> bool:
        if self.months:
            return paid <= same_day(birth, self.months)
        return (paid - birth).days <= self.days


@dataclass(frozen=True)
class Town:
    """One place and year.

    Attributes:
        shuts: Whether the days outside every period are closed; else not asked.
        lapsed: Whether the page dates the wait of a lapsed payer in the window.
        unit: Empty where the page says both months and days.
        at_least: Whether the page says "at least" of the wait's length.
        counting_sure: Whether the page says that years before 2025 don't count.
    """

    region: str
    year: int
    periods: tuple[Period, ...]
    offers: tuple[Offer, ...]
    shuts: bool = False
    lapsed: str = OPEN
    unit: str = MONTHS
    fixed: int = 3
    newborn: Newborn | None = None
    at_least: bool = False
    counting_sure: bool = False


@dataclass(frozen=True)
class Payer:
    """Who pays when; ``missing`` = years before the benefit year without insurance."""

    paid: date
    offer: Offer
    missing: int | None = None
    birth: date | None = None


@dataclass(frozen=True)
class Opinion:
    """Values by the contract's dotted names; which are in doubt and which are not."""

    values: dict[str, object]
    sure: frozenset[str] = field(default_factory=frozenset)
    doubted: frozenset[str] = field(default_factory=frozenset)


def payers(town: Town) -> Iterator[Payer]:
    """Everybody the pages say something of: days × residents × lapses, and births."""
    first, last = date(town.year - 1, 8, 1), date(town.year, 12, 31)
    for number in range((last - first).days + 1):
        paid = first + timedelta(number)
        period = period_of(town, paid)
        if period is None and not town.shuts:
            continue
        for offer in town.offers:
            if offer.ordinary:
                for missing in (None, 0, 1, 2, 3):
                    yield Payer(paid, offer, missing)
            elif period is not None and period.kind != LATE:
                yield Payer(paid, offer)
        if town.newborn is not None and paid.year == town.year and period is not None:
            yield from children(town, paid)


def children(town: Town, paid: date) -> Iterator[Payer]:
    """Those born in the benefit year, at the ages where something turns."""
    for age in (0, 1, 45, 88, 89, 90, 91, 92, 93, 150, 200):
        birth = paid - timedelta(age)
        if birth.year == town.year:
            yield Payer(paid, town.offers[0], None, birth)


def period_of(town: Town, paid: date) -> Period | None:
    return next((each for each in town.periods if each.first <= paid <= each.last), None)


def opinion(town: Town, payer: Payer) -> Opinion | None:
    """What the pages say of one payment; None where they say nothing of it."""
    period = period_of(town, payer.paid)
    if period is None:
        return Opinion({"window.kind": "closed"})
    if payer.birth is not None:
        return of_child(town, payer, payer.birth)
    counted = min(payer.missing or 0, town.year - COUNTED_FROM)
    values: dict[str, object] = {"lapsed_years": counted, **fee(payer.offer, period)}
    sure, doubted = set(period.sure), set(period.doubted)
    values |= {f"window.{name}": value for name, value in window(period).items()}
    if payer.missing is not None and payer.missing > counted:
        (sure if town.counting_sure else doubted).add("lapsed_years")
    if period.readings:
        values |= {"wait.variable": 0, "coverage.to": date(town.year, 12, 31)}
        doubted |= {"wait.fixed", "coverage.from"}
    elif period.kind == LATE or counted:
        values |= waited(town, period, payer.paid)
        sure.discard("coverage.from")
        open_fields = doubts_of_wait(town, period, payer.paid)
        doubted |= open_fields
        if town.lapsed == JANUARY and period.kind == "main" and not open_fields:
            sure.add("coverage.from")
    elif payer.offer.identity == "student" or period.covers is None:
        values["wait"] = None
    else:
        values |= {"wait": None, **covered(town.year, period.covers(payer.paid))}
    if payer.offer.identity == "student":
        sure.discard("coverage.from")
    return Opinion(values, frozenset(sure), frozenset(doubted))


def doubts_of_wait(town: Town, period: Period, paid: date) -> set[str]:
    """What the page leaves open of a wait: its length, or the day it begins."""
    found = {"wait.fixed"} if town.at_least else set[str]()
    if period.kind == LATE:
        # The payment day or the next as day 1: no place here gives a dated example.
        return found if town.unit == WHOLE else found | {"wait.from", "coverage.from"}
    if period.kind == "main" and town.lapsed == JANUARY:
        return found
    # Payment on 1 January itself begins the wait on one day whichever way it is read.
    return found if paid == date(town.year, 1, 1) else found | {"coverage.from"}


def window(period: Period) -> dict[str, object]:
    """The bounds as far as the page states them."""
    said: dict[str, object] = {"kind": period.kind} if period.kind else {}
    if "window.from" in period.sure or period.kind == LATE:
        said["from"] = period.first
    if "window.to" in period.sure or period.kind == LATE:
        said["to"] = period.last
    return said


def fee(offer: Offer, period: Period) -> dict[str, object]:
    """The price; beside the standard, the subsidy where the full cost is asked."""
    if offer.standard is None:
        return {}
    standard = offer.standard + (offer.subsidy or 0) * period.full
    said: dict[str, object] = {
        "fee.standard": standard,
        "fee.aid": offer.aid,
        "fee.total": standard - offer.aid,
    }
    if offer.subsidy is not None:
        said["fee.subsidy"] = 0 if period.full else offer.subsidy
    return said


def waited(town: Town, period: Period, paid: date) -> dict[str, object]:
    """The wait outside the window, or of a lapsed payer inside it.

    No year counts but 2025, and the first lapsed year adds nothing. Where the
    page leaves the first day open the later cover holds.
    """
    start = paid if period.kind == LATE else max(paid, date(town.year, 1, 1))
    if town.lapsed == JANUARY and period.kind == "main":
        start = date(town.year, 1, 1)
    if town.unit == DAYS:
        # The 90th day counted from the payment day or from the next: the later cover.
        start = start + ONE_DAY if period.kind == LATE else start
        end = start + timedelta(town.fixed - 1)
    elif town.unit == WHOLE:
        end = day_before_same_day(start.replace(day=1), town.fixed)
    else:
        end = day_before_same_day(start, town.fixed)
    length = {"wait.fixed": town.fixed, "wait.unit": town.unit} if town.unit else {}
    return {
        "wait.variable": 0,
        "wait.from": start,
        "wait.to": end,
        **length,
        **covered(town.year, end + ONE_DAY),
    }


def covered(year: int, first: date) -> dict[str, object]:
    last = date(year, 12, 31)
    if first > last:
        return {"coverage": None}
    return {"coverage.from": first, "coverage.to": last}


def of_child(town: Town, payer: Payer, birth: date) -> Opinion | None:
    """From birth in time and without a wait; later as the page says."""
    assert town.newborn is not None
    price = {"fee.total": payer.offer.standard} if payer.offer.standard is not None else {}
    if town.newborn.in_time(birth, payer.paid):
        return Opinion({**price, "wait": None, **covered(town.year, birth)})
    if town.newborn.later is None:
        return None
    return Opinion({**price, "wait": None, **covered(town.year, town.newborn.later(payer.paid))})
