"""How many ID numbers agree with all that a text shows of one: counted, not masked.

Source: GB 11643-1999 (six digits of area, eight of birth, three of sequence, a
check digit) and ISO 7064 MOD 11-2, computed here by its weights. Whoever looks
knows every list of areas: the count takes one area for the first four digits,
though most have several. Whatever day in the text is the true birth date counts
as told, and so does its year where the text gives the year alone.
"""

import re
from datetime import date, timedelta

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLDEST = 110
ENOUGH = 20_000
_STARRED = re.compile(r"(?<![0-9X*])(?=[0-9X*]*\*)[0-9X*]{18}(?![0-9X*])")
_WHOLE = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])")
_YEARS_OLD = re.compile(r"(\d{1,3}) ?岁")
_NEWBORN = re.compile("新生儿|出生")


def check_digit(digits: str) -> str:
    """Give the eighteenth character of a number."""
    return CHECKS[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


def candidates(text: str, number: str, on: date) -> int:
    """Count the numbers that fit, up to ``ENOUGH``.

    Args:
        text: All that is shown.
        number: The true one; it always fits.
        on: The day of what is shown.
    """
    known = {place: one for mask in _masks(text, number) for place, one in mask.items()}
    days = _days(text, number, on, known)
    sequences = [f"{n:03}" for n in range(1, 1000) if _fits(f"{n:03}", 14, known)]
    if 17 not in known:
        return min(len(days) * len(sequences), ENOUGH)
    count = 0
    for day in days:
        for sequence in sequences:
            body = f"{number[:6]}{day:%Y%m%d}{sequence}"
            count += check_digit(body) == known[17]
            if count >= ENOUGH:
                return count
    return count


def _masks(text: str, number: str) -> list[dict[int, str]]:
    """Give what each starred form of this very number shows, by place."""
    found = [*_STARRED.findall(text), *_WHOLE.findall(text)]
    shown = [{p: c for p, c in enumerate(form) if c != "*"} for form in found]
    return [each for each in shown if all(number[p] == c for p, c in each.items())]


def _days(text: str, number: str, on: date, known: dict[int, str]) -> list[date]:
    birth = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    told = (f"{birth}", f"{birth:%Y%m%d}", f"{birth.year}年{birth.month}月{birth.day}日")
    if any(form in text for form in told):
        return [birth]
    first, last = date(on.year - OLDEST, 1, 1), on
    if _NEWBORN.search(text) and (on - birth).days <= 366:
        first = on - timedelta(days=366)
    for age in map(int, _YEARS_OLD.findall(text)):
        if 0 <= (on - birth).days - age * 365 <= 365 + age // 4:
            first, last = on - timedelta(days=366 * (age + 1)), on - timedelta(days=365 * age)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if _fits(f"{day:%Y%m%d}", 6, known)]


def _fits(digits: str, start: int, known: dict[int, str]) -> bool:
    return all(known.get(start + place, one) == one for place, one in enumerate(digits))
