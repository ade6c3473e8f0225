"""Jiangxi 2025 and 2026 as plain Python, written from the rule book alone; 2027 as supposed.

The second encoding the engine is held against. Imports nothing of the
program and reads none of its data; one function a question. No notice of 2027 is
known: its window, standard and subsidy are those of the trial of rolling 2026
forward, and everything else is taken to hold on.
"""

from datetime import date

from tests.oracle.answer import CLOSED, Answer, Person
from tests.oracle.calendar import ONE_DAY, day_before_same_day, same_day

ORDER = (
    "destitute",
    "orphan",
    "unsupported-child",
    "low-income",
    "back-into-poverty",
    "unstable-out-of-poverty",
    "poverty-edge",
    "hardship-monitored",
    "low-income-margin",
    "severely-disabled",
    "out-of-poverty",
    "student",
    "religious",
)
FULL_AID = {"destitute", "orphan"}
FIXED_AID = {
    "low-income",
    "back-into-poverty",
    "unstable-out-of-poverty",
    "poverty-edge",
    "hardship-monitored",
}
WINDOWS = {
    2025: (date(2024, 9, 15), date(2025, 2, 28)),
    2026: (date(2025, 10, 15), date(2026, 2, 28)),
    2027: (date(2026, 10, 8), date(2027, 1, 31)),
}
THREE_MONTHS = {"military-discharge", "dependant-of-discharged", "employee-insurance-ended"}
NINETY_DAYS = {"household-moved-in", "returned-from-abroad", "released-from-prison", "graduated"}
FIRST_FREE_BIRTH = date(2024, 1, 1)
COUNTED_FROM = 2025
STANDARD = {2025: 400, 2026: 400, 2027: 430}
AIDED, STUDENT_FROM_2026 = 80, 200


class NotConfirmedError(Exception):
    """The fee hangs on a confirmation nobody spoke of."""


def answer(person: Person) -> Answer:
    """What the rule book says of one case."""
    kind, window = find_window(person)
    lapsed = count_lapsed(person)
    if kind == CLOSED:
        return Answer(kind, lapsed=lapsed)
    try:
        total, category = fee(person)
    except NotConfirmedError:
        return Answer(kind, missing=True)
    grounds: dict[str, date] = {}
    waits = kind == "late" or lapsed > 0
    if waits:
        grounds = exemptions(person)
    earliest = min(grounds.values(), default=None)
    names = frozenset(name for name, day in grounds.items() if day == earliest)
    wait = None
    if waits and earliest is None:
        months = 3 + max(0, lapsed - 1)
        start = person.paid
        if kind == "main":
            # The sources leave open whether the wait runs from the payment or from 1 January;
            # the contract takes whichever brings the later cover.
            start = max(start, date(person.year, 1, 1))
        wait = (start, day_before_same_day(start, months), months)
        first = wait[1] + ONE_DAY
    elif kind == "main":
        first = usual_cover(person)
    else:
        assert earliest is not None
        first = earliest
    last = date(person.year, 12, 31)
    first = max(first, date(person.year, 1, 1), person.birth or first)
    cover = (first, last) if first <= last else None
    return Answer(kind, window, total, category, lapsed, names, wait, cover)


def find_window(person: Person) -> tuple[str, tuple[date, date] | None]:
    """The concentrated period, and after it until 31 December."""
    first, last = WINDOWS[person.year]
    if first <= person.paid <= last:
        return "main", (first, last)
    end = date(person.year, 12, 31)
    if last < person.paid <= end:
        return "late", (last + ONE_DAY, end)
    return CLOSED, None


def count_lapsed(person: Person) -> int:
    """Years in a row from 2025 on, never the birth year."""
    counted = 0
    for back in range(1, (person.lapsed or 0) + 1):
        year = person.year - back
        if year < COUNTED_FROM or (person.birth and year <= person.birth.year):
            break
        counted += 1
    return counted


def aid_of(person: Person) -> dict[str, int]:
    """What each aided identity that this person holds pays."""
    monitored = {"unsupported-child"} if "hardship-monitored" in person.identities else set()
    return {
        code: 0 if code in FULL_AID else AIDED
        for code in person.identities & (FULL_AID | FIXED_AID | monitored)
    }


def fee(person: Person) -> tuple[int | None, str]:
    """The lowest fee and the identity it belongs to; never stacked."""
    found = aid_of(person)
    if "student" in person.identities and person.year >= 2026:
        found["student"] = STUDENT_FROM_2026
    total: int | None = STANDARD[person.year]
    category = "ordinary"
    if found:
        total = min(found.values())
        category = min((code for code in found if found[code] == total), key=ORDER.index)
    elif "student" in person.identities:
        total, category = None, "student"
    if total != 0 and free_as_newborn(person):
        total = 0
    return total, category


def born_for_free(person: Person) -> bool:
    """Born from 2024 on: three calendar years with the birth year."""
    birth = person.birth
    if birth is None or birth < FIRST_FREE_BIRTH:
        return False
    return birth.year <= person.year < birth.year + 3


def free_as_newborn(person: Person) -> bool:
    """Free in the birth year; after it once confirmed in the window."""
    if not born_for_free(person):
        return False
    if person.birth is not None and person.birth.year == person.year:
        return True
    if person.confirmed is None:
        raise NotConfirmedError
    return person.confirmed


def exemptions(person: Person) -> dict[str, date]:
    """Every ground without a wait, and its first covered day."""
    found: dict[str, date] = {}
    new_year = date(person.year, 1, 1)
    next_day = max(person.paid + ONE_DAY, new_year)
    for code in {*aid_of(person), *(person.identities & {"religious"})}:
        found[code] = next_day
    for kind, day in person.events.items():
        in_months = kind in THREE_MONTHS and person.paid <= same_day(day, 3)
        in_days = kind in NINETY_DAYS and (person.paid - day).days <= 90
        if in_months or in_days:
            found[kind] = next_day
    birth = person.birth
    if birth is not None:
        if (person.paid - birth).days <= 90:
            found["newborn"] = max(birth, new_year)
        elif free_of_wait_for_longer(person, birth):
            found["newborn"] = next_day
    return found


def free_of_wait_for_longer(person: Person, birth: date) -> bool:
    """2025: up to the first birthday. From 2026 on: in all three calendar years."""
    if person.year >= 2026:
        return born_for_free(person)
    return person.paid <= same_day(birth, 12)


def usual_cover(person: Person) -> date:
    """First covered day of somebody who pays in the window without a wait."""
    new_year = date(person.year, 1, 1)
    birth = person.birth
    if person.year == 2025 or person.paid < new_year:
        return new_year
    if birth is not None and (person.paid - birth).days <= 90:
        return birth
    return person.paid + ONE_DAY
