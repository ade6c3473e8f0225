"""A day is looked at any time, closed once under a gap-free number, and printed again."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.desk.day.day_lines import MOST_LISTED, sheet_of_close
from medcounter.desk.day.day_records import DayClose
from medcounter.desk.desk import Desk
from medcounter.store.ledger.day_acts import DayAct, DayActs
from medcounter.store.ledger.day_figures import figures
from medcounter.store.store_errors import (
    ClockBackError,
    CloseUnknownError,
    DayClosedError,
    DayEmptyError,
    DayNotComeError,
)
from tests.support.desk.counter_samples import HALL, OPENED_AT, Counter, faults_of, open_counter
from tests.support.store.store_samples import demo_roots

TODAY = date(2025, 3, 5)
# What an ordinary resident of Jiangxi pays for 2025.
FEE = 40000


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


def serve_a_day(counter: Counter) -> None:
    """Three notices, the first printed twice, the second voided."""
    desk = counter.desk
    numbers = [counter.issue(name).notice.number or "" for name in ("吴建国", "李小红", "周平")]
    desk.notices.mark_printed(numbers[0], 1, counter.clock(), ok=True)
    desk.notices.mark_printed(numbers[1], 1, counter.clock(), ok=False)
    desk.notices.reprint(numbers[0], counter.clock())
    desk.notices.void(numbers[1], "重复出单", counter.clock())


def next_day(counter: Counter) -> None:
    counter.clock.now += timedelta(days=1)


def test_a_day_without_anything_is_looked_at_as_zeros(counter: Counter) -> None:
    look = counter.desk.days.look(TODAY, counter.clock())
    assert (look.open.issued, look.open.total, look.open.by_clerk) == (0, 0, ())
    assert look.closes == ()
    assert look.can_close


def test_a_look_counts_and_sums_what_was_done(counter: Counter) -> None:
    serve_a_day(counter)
    open_ = counter.desk.days.look(TODAY, counter.clock()).open
    assert (open_.issued, open_.issued_total) == (3, 3 * FEE)
    assert (open_.voided, open_.voided_total) == (1, FEE)
    assert (open_.reprints, open_.earlier, open_.unpriced) == (1, 0, 0)
    assert open_.total == 2 * FEE
    (clerk,) = open_.by_clerk
    assert (clerk.label, clerk.issued, clerk.voided, clerk.reprints) == ("王丽", 3, 1, 1)
    assert clerk.total == 2 * FEE
    assert [(line.label, line.issued, line.total) for line in open_.by_year] == [
        ("2025 年度", 3, 2 * FEE)
    ]
    assert sum(line.total for line in open_.by_category) == 2 * FEE


def test_prints_nobody_confirmed_are_named_and_void_or_failed_ones_not(counter: Counter) -> None:
    serve_a_day(counter)
    assert counter.desk.days.look(TODAY, counter.clock()).open.unconfirmed == (
        "2025-03-000003 第 1 次",
        "2025-03-000001 第 2 次",
    )


def test_a_close_keeps_the_figures_it_showed(counter: Counter) -> None:
    serve_a_day(counter)
    shown = counter.desk.days.look(TODAY, counter.clock()).open
    close = counter.desk.days.close(TODAY, counter.clock())
    assert close.number == "2025-03-D0001"
    assert (close.day, close.clerk, close.further) == (TODAY, "王丽", False)
    assert close.figures == shown
    assert counter.desk.days.closes() == (close,)


def test_a_close_is_vouched_for_by_the_chain_and_names_its_head(counter: Counter) -> None:
    serve_a_day(counter)
    close = counter.desk.days.close(TODAY, counter.clock())
    assert close.head == counter.desk.days.look(TODAY, counter.clock()).head
    position, code = close.head.split("-")
    assert position.isdigit()
    assert len(code) == 8
    assert faults_of(counter.desk) == ()


def test_a_day_is_closed_once(counter: Counter) -> None:
    serve_a_day(counter)
    counter.desk.days.close(TODAY, counter.clock())
    look = counter.desk.days.look(TODAY, counter.clock())
    assert not look.can_close
    assert (look.open.issued, look.open.unconfirmed) == (0, ())
    with pytest.raises(DayClosedError, match="2025-03-D0001"):
        counter.desk.days.close(TODAY, counter.clock())
    assert len(counter.desk.days.closes()) == 1


def test_what_is_done_after_the_close_goes_into_a_further_one(counter: Counter) -> None:
    serve_a_day(counter)
    counter.desk.days.close(TODAY, counter.clock())
    counter.issue("郑强")
    counter.desk.notices.void("2025-03-000001", "身份填错", counter.clock())
    further = counter.desk.days.close(TODAY, counter.clock())
    assert (further.number, further.further) == ("2025-03-D0002", True)
    assert (further.figures.issued, further.figures.total) == (1, FEE)
    assert (further.figures.earlier, further.figures.earlier_total) == (1, FEE)


def test_confirming_a_print_after_the_close_needs_no_further_one(counter: Counter) -> None:
    serve_a_day(counter)
    counter.desk.days.close(TODAY, counter.clock())
    counter.desk.notices.mark_printed("2025-03-000003", 1, counter.clock(), ok=True)
    assert not counter.desk.days.look(TODAY, counter.clock()).can_close


def test_a_forgotten_day_is_named_and_closed_later_with_its_own_acts(counter: Counter) -> None:
    serve_a_day(counter)
    next_day(counter)
    counter.issue("郑强")
    look = counter.desk.days.look(counter.clock().date(), counter.clock())
    assert (look.forgotten, look.open.issued) == ((TODAY,), 1)
    close = counter.desk.days.close(TODAY, counter.clock())
    assert (close.day, close.at.date(), close.figures.issued) == (TODAY, date(2025, 3, 6), 3)
    assert counter.desk.days.look(TODAY, counter.clock()).forgotten == ()


def test_today_is_closed_though_nothing_happened_and_an_empty_past_day_not(
    counter: Counter,
) -> None:
    assert counter.desk.days.close(TODAY, counter.clock()).figures.issued == 0
    with pytest.raises(DayEmptyError):
        counter.desk.days.close(date(2025, 3, 4), counter.clock())
    with pytest.raises(DayClosedError):
        counter.desk.days.close(TODAY, counter.clock())


def test_a_day_to_come_is_not_closed(counter: Counter) -> None:
    with pytest.raises(DayNotComeError):
        counter.desk.days.close(date(2025, 3, 6), counter.clock())


def test_a_clock_set_back_closes_nothing(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.clock.move(-20)
    with pytest.raises(ClockBackError):
        counter.desk.days.close(TODAY, counter.clock())


def test_a_day_served_under_two_accepted_clocks_has_all_its_acts(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.clock.now += timedelta(days=30)
    counter.issue("李小红")
    counter.clock.now -= timedelta(days=30)
    counter.desk.health.accept_clock(counter.clock(), "昨夜电脑日期跳了")
    counter.issue("周平")
    assert counter.desk.days.look(TODAY, counter.clock()).open.issued == 2
    assert counter.desk.days.look(date(2025, 4, 4), counter.clock()).open.issued == 1


def test_closes_are_numbered_without_a_gap_and_anew_each_year(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    for _ in range(3):
        counter.issue("吴建国")
        counter.desk.days.close(counter.clock().date(), counter.clock())
        next_day(counter)
    counter.clock.now = counter.clock.now.replace(year=2026)
    counter.desk.days.close(counter.clock().date(), counter.clock())
    counter.desk.close()
    again = Desk.open(tmp_path / "data", counter.clock(), roots=demo_roots())
    numbers = [close.number for close in again.days.closes()]
    again.close()
    assert numbers == ["2025-03-D0001", "2025-03-D0002", "2025-03-D0003", "2026-03-D0001"]


def test_the_sheet_says_the_same_however_often_and_late_it_is_drawn(counter: Counter) -> None:
    serve_a_day(counter)
    close = counter.desk.days.close(TODAY, counter.clock())
    first = counter.desk.days.sheet(close.number, counter.clock())
    counter.issue("郑强")
    counter.desk.notices.void("2025-03-000003", "身份填错", counter.clock())
    assert counter.desk.days.sheet(close.number, first.printed_at) == first
    assert (first.number, first.head, first.total) == (close.number, close.head, 2 * FEE)
    assert first.words == "捌佰元整"
    listed = next(table for table in first.tables if table.heading == "明细")
    assert [row[1:3] for row in listed.rows] == [
        ("2025-03-000001", "出单"),
        ("2025-03-000002", "出单"),
        ("2025-03-000003", "出单"),
        ("2025-03-000001", "补打"),
        ("2025-03-000002", "作废"),
    ]


def test_no_sheet_names_a_resident(counter: Counter) -> None:
    serve_a_day(counter)
    sheet = counter.desk.days.draft_sheet(TODAY, counter.clock())
    assert sheet.number is None
    assert "吴建国" not in repr(sheet)
    assert "360103" not in repr(sheet)


def test_an_unknown_close_has_no_sheet(counter: Counter) -> None:
    with pytest.raises(CloseUnknownError):
        counter.desk.days.sheet("2025-03-D0009", counter.clock())


def test_a_busy_day_s_sheet_says_where_its_list_is_instead_of_printing_it() -> None:
    acts = [
        DayAct(n, "issue", OPENED_AT, "王丽", f"2025-03-{n:06d}", n, "", "普通居民", 2025, FEE)
        for n in range(1, MOST_LISTED + 2)
    ]
    said = figures(DayActs(((1, len(acts)),), tuple(acts), ()))
    close = DayClose("2025-03-D0001", TODAY, OPENED_AT, "王丽", False, said, "101-00000000")  # noqa: FBT003 - its place says what it is
    short = sheet_of_close(close, acts[:-1], HALL, OPENED_AT)
    assert (len(short.tables[-1].rows), short.left_out) == (MOST_LISTED, "")
    long = sheet_of_close(close, acts, HALL, OPENED_AT)
    assert [table.heading for table in long.tables] == ["按经办人", "按身份", "按待遇年度"]
    assert f"明细 {MOST_LISTED + 1} 条（编号 2025-03-000001 至 2025-03-000101）" in long.left_out
