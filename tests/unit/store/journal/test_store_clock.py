"""The ledger's time never runs back, and numbers do not follow the clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import AT, notice, paper, raw


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One notice, issued at AT."""
    opened = open_store(tmp_path / "data")
    opened.ledger.issue(notice(1), paper)
    yield opened
    opened.close(with_backup=False)


def times(store: Store, folder: Path) -> list[str]:
    store.close(with_backup=False)
    with raw(folder) as database:
        return [row["at"] for row in database.query("SELECT at FROM event ORDER BY id")]


ACTS: tuple[Callable[[Store, datetime], object], ...] = (
    lambda store, at: store.ledger.issue(notice(2, issued_at=at), paper),
    lambda store, at: store.ledger.add_print("2025-03-000001", at, ""),
    lambda store, at: store.ledger.void("2025-03-000001", "姓名填错", at, ""),
)


@pytest.mark.parametrize("act", ACTS, ids=["issue", "reprint", "void"])
def test_a_clock_more_than_five_minutes_back_is_refused(
    store: Store, act: Callable[[Store, datetime], object]
) -> None:
    with pytest.raises(
        store_errors.ClockBackError, match=r"2025-03-05 14:26.*2025-03-05 14:32.*校准"
    ):
        act(store, AT - timedelta(minutes=5, seconds=1))
    act(store, AT - timedelta(minutes=5))


def test_a_little_back_is_written_as_the_time_before(store: Store, tmp_path: Path) -> None:
    store.ledger.add_print("2025-03-000001", AT - timedelta(minutes=3), "")
    assert times(store, tmp_path / "data") == [AT.isoformat()] * 2


def test_another_zone_with_the_same_moment_is_not_back(store: Store, tmp_path: Path) -> None:
    west = AT.astimezone(timezone(-timedelta(hours=5)))
    store.ledger.add_print("2025-03-000001", west, "")
    assert times(store, tmp_path / "data") == [AT.isoformat(), "2025-03-05T01:32:00-05:00"]


def test_a_clock_put_right_is_accepted_with_a_reason_and_kept(store: Store, tmp_path: Path) -> None:
    true = AT - timedelta(days=30)
    with pytest.raises(store_errors.ReasonMissingError):
        store.ledger.accept_clock(true, " ", "李晓")
    store.ledger.accept_clock(true, "电脑时间曾错到三月", "李晓")
    assert store.ledger.issue(notice(2, issued_at=true), paper).number == "2025-03-000002"
    assert [fault for fault in store.ledger.verify() if fault] == []
    assert times(store, tmp_path / "data")[1:] == [true.isoformat()] * 2


def test_numbers_count_on_whatever_the_clock_says(store: Store) -> None:
    ahead = AT + timedelta(days=200)
    assert store.ledger.issue(notice(2, issued_at=ahead), paper).number == "2025-03-000002"


def test_a_time_without_its_offset_is_refused(store: Store) -> None:
    with pytest.raises(store_errors.InvalidEntryError):
        store.ledger.issue(notice(2, issued_at=AT.replace(tzinfo=None)), paper)


def test_the_offset_is_kept_with_the_time(store: Store, tmp_path: Path) -> None:
    store.ledger.add_print("2025-03-000001", AT.astimezone(UTC), "")
    assert times(store, tmp_path / "data")[1] == "2025-03-05T06:32:00+00:00"
