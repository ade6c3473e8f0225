"""Calendar arithmetic of the oracle, by counting; shares nothing with the program's."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def last_day_of(year: int, month: int) -> int:
    """The number of the last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day


def same_day(start: date, months: int) -> date:
    """The same day number some months on, or the month's last if it has none."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, last_day_of(year, month)))


def day_before_same_day(start: date, months: int) -> date:
    """The last day of a wait of some months whose first day is the start."""
    return same_day(start, months) - ONE_DAY
