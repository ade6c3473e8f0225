"""A close of a day says what was done on it, or a verification tells."""

from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.day_acts import DayActs
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import AT, counted, notice, paper

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three notices at a counter without sign-in."""
    opened = open_store(tmp_path / "data")
    for number in range(1, 4):
        opened.ledger.issue(notice(number), paper)
    yield opened
    opened.close(with_backup=False)


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.verify() if fault is not None]


CLOSE = {
    "day": "2025-03-05",
    "desk": "03",
    "number": "2025-03-D0001",
    "ranges": [[1, 9_000]],
    "sequence": 1,
}


def close_event(store: Store, **changed: object) -> NewEvent:
    """A close of the day as the desk writes it, and changed."""
    acts = store.days.acts(whole_day(AT.date(), AT))
    true = {**CLOSE, "figures": counted(acts), "ranges": [list(one) for one in acts.ranges]}
    return NewEvent("day-close", LATER, "", detail={**true, **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ranges": []}, "没有包括它那一天的全部记录"),
        ({"ranges": [[1, 2]]}, "没有包括它那一天的全部记录"),
    ],
)
def test_a_close_that_leaves_out_what_was_done_is_found(
    store: Store, changed: dict[str, object], said: str
) -> None:
    store.note(close_event(store, **changed))
    assert any(said in text for text in faults(store)), faults(store)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": "9999-03-D0001"}, "年份或日期与日结的时间不符"),
        ({"number": "2024-03-D0001"}, "年份或日期与日结的时间不符"),
        ({"day": "2025-03-06"}, "年份或日期与日结的时间不符"),
    ],
)
def test_a_close_is_held_to_its_own_year_and_its_day(
    store: Store, changed: dict[str, object], said: str
) -> None:
    """A day was closed that had not come."""
    more = {"ranges": [], "figures": counted(DayActs((), (), ()))} if "day" in changed else {}
    store.note(close_event(store, **more, **changed))
    assert any(said in text for text in faults(store)), faults(store)


def test_a_close_by_a_clock_some_minutes_behind_the_new_year_is_nobodys_fault(
    store: Store,
) -> None:
    year_end = AT.replace(month=12, day=31, hour=23, minute=58)
    store.note(NewEvent("failure", year_end + timedelta(minutes=3), ""))
    closed = store.days.close(whole_day(AT.date(), AT), "03", year_end, "王", counted)
    assert (closed.number, closed.at.year) == ("2025-03-D0001", 2026)
    assert faults(store) == []


@pytest.mark.parametrize("name", ["issued", "total", "issued_total", "reprints", "earlier"])
def test_each_figure_of_a_close_is_counted_again(store: Store, name: str) -> None:
    acts = store.days.acts(whole_day(AT.date(), AT))
    figures = {**counted(acts), name: 7_000_000}
    store.note(close_event(store, figures=figures))
    assert len(faults(store)) == 1
    assert "2025-03-D0001 的数目" in faults(store)[0]


def test_a_close_counts_what_a_restore_and_a_later_close_leave_right(store: Store) -> None:
    day = whole_day(AT.date(), AT)
    store.days.close(day, "03", LATER, "王", counted)
    store.ledger.issue(notice(7, issued_at=LATER), paper)
    store.ledger.void("2025-03-000001", "填错", LATER, "王")
    store.days.close(day, "03", LATER + timedelta(hours=1), "王", counted)
    store.ledger.void("2025-03-000004", "填错", LATER + timedelta(hours=2), "王")
    assert faults(store) == []


def close_elsewhere(store: Store, hours: int) -> None:
    """Close the day with nothing in it, by a clock of another zone."""
    at = LATER.astimezone(timezone(timedelta(hours=hours)))
    nothing = counted(DayActs((), (), ()))
    detail = {**CLOSE, "figures": nothing, "ranges": []}
    store.note(NewEvent("day-close", at, "", detail=detail))


@pytest.mark.parametrize("hours", [-14, -10, 14])
def test_a_close_alone_in_another_zone_leaves_nothing_out(store: Store, hours: int) -> None:
    """By that clock nothing was done on the day, which could not be closed any more."""
    close_elsewhere(store, hours)
    assert any("没有包括它那一天的全部记录" in text for text in faults(store))


def test_a_counter_that_goes_on_by_another_clock_is_nobodys_fault(store: Store) -> None:
    """A new machine's clock was at another zone, and somebody set it right."""
    west = LATER.astimezone(timezone(timedelta(hours=-8)))
    store.ledger.issue(notice(8, issued_at=west), paper)
    close_elsewhere(store, -8)
    assert faults(store) == []
    store.note(NewEvent("failure", LATER + timedelta(hours=1), ""))
    assert any("没有包括它那一天的全部记录" in text for text in faults(store))
