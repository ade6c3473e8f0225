"""A day and a season are counted per day, hour, place and identity."""

from collections import Counter as Bag
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.desk.day.tally import TallyLine, tally, tally_lines
from medcounter.store.ledger.day_acts import TallyRow
from tests.support.desk.counter_samples import BEIJING, Counter, open_counter

FEE = 40000


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


def counted(lines: tuple[TallyLine, ...]) -> list[tuple[str, int, int, int]]:
    return [(line.label, line.issued, line.valid, line.total) for line in lines]


def test_an_empty_ledger_counts_nothing(counter: Counter) -> None:
    found = counter.desk.days.tally(date(2025, 3, 5))
    assert counted((found.today.whole,)) == [("", 0, 0, 0)]
    assert tally_lines(found.season) == ()


def test_notices_are_counted_where_they_were_issued_and_a_void_one_is_worth_nothing(
    counter: Counter,
) -> None:
    counter.clock.now = datetime(2025, 3, 5, 9, 20, tzinfo=BEIJING)
    counter.issue("吴建国")
    counter.clock.now = datetime(2025, 3, 7, 9, 50, tzinfo=BEIJING)
    counter.issue("李小红")
    counter.clock.now = datetime(2025, 3, 7, 11, 30, tzinfo=BEIJING)
    wrong = counter.issue("周平").notice.number or ""
    counter.desk.notices.void(wrong, "重复出单", counter.clock() + timedelta(minutes=1))
    found = counter.desk.days.tally(date(2025, 3, 7))
    assert counted(found.today.by_hour) == [
        ("9 时", 1, 1, FEE),
        ("10 时", 0, 0, 0),
        ("11 时", 1, 0, 0),
    ]
    assert counted(found.season.by_day) == [
        ("2025-03-05", 1, 1, FEE),
        ("2025-03-06", 0, 0, 0),
        ("2025-03-07", 2, 1, FEE),
    ]
    assert counted(found.season.by_place) == [("江西省", 3, 2, 2 * FEE)]
    assert counted(found.season.by_identity) == [("普通居民", 3, 2, 2 * FEE)]


def test_a_notice_of_an_earlier_day_that_is_voided_later_leaves_the_season(
    counter: Counter,
) -> None:
    first = counter.issue("吴建国").notice.number or ""
    counter.clock.now += timedelta(days=1)
    counter.issue("李小红")
    on = counter.clock().date()
    assert counter.desk.days.tally(on).season.whole.valid == 2
    counter.desk.notices.void(first, "重复出单", counter.clock())
    assert counter.desk.days.tally(on).season.whole.valid == 1
    assert counter.desk.days.tally(on).today.whole.valid == 1


def test_outside_every_main_window_the_calendar_year_is_counted(counter: Counter) -> None:
    # Jiangxi's main window for 2025 ended on 28 February 2025, that of 2026 opens in October.
    found = counter.desk.days.tally(date(2025, 3, 5))
    assert (found.year, found.collected, found.days_left) == (2025, False, None)


def test_inside_a_main_window_the_year_it_insures_and_the_days_left_are_named(
    counter: Counter,
) -> None:
    found = counter.desk.days.tally(date(2025, 2, 26))
    assert (found.year, found.collected, found.end) == (2025, True, date(2025, 2, 28))
    assert found.days_left == 2


ROWS = st.lists(
    st.builds(
        TallyRow,
        day=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
        hour=st.integers(8, 17),
        region=st.sampled_from(("360000", "361000")),
        benefit_year=st.just(2027),
        category_label=st.sampled_from(("普通居民", "特困供养人员", "大学生")),
        issued=st.integers(1, 50),
        voided=st.just(1),
        unpriced=st.just(0),
        total=st.integers(0, 10**7),
    ),
    max_size=30,
)


@given(ROWS)
def test_each_way_to_divide_the_notices_adds_up_to_the_whole(rows: list[TallyRow]) -> None:
    found = tally(rows, str)
    # Counted anew, notice by notice, not by the code's own sums.
    valid: Bag[str] = Bag()
    for row in rows:
        for _ in range(row.issued - row.voided):
            valid[row.category_label] += 1
    assert found.whole.valid == valid.total()
    assert {line.label: line.valid for line in found.by_identity if line.valid} == dict(valid)
    money = sum(row.total for row in rows)
    for lines in (found.by_day, found.by_hour, found.by_place, found.by_identity):
        assert sum(line.issued for line in lines) == sum(row.issued for row in rows)
        assert sum(line.total for line in lines) == money
    days = [date.fromisoformat(line.label) for line in found.by_day]
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
