"""When the ledger is copied, how the copies stand, and that nobody waits for them."""

from __future__ import annotations

import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.bundle.shipped import open_shipped
from medcounter.desk.access.desk_access import DeskAccess
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.safety.backup_schedule import (
    BackupSchedule,
    behind_text,
    is_late,
    second_place_problem,
)
from medcounter.errors import MedCounterError
from medcounter.settings import Settings
from medcounter.store.backups.backup import backups
from medcounter.store.backups.ledger_backups import BackupLag
from medcounter.store.backups.second_place import Mirrored, last_mirrored
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from medcounter.store.store_errors import BackupFailedError
from tests.support.desk.counter_samples import open_counter
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.store_samples import AT, notice, paper

TODAY = AT.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "data")


def schedule(store: Store, second: str = "") -> BackupSchedule:
    folder = store.watch._paths.folder  # noqa: SLF001 - where the fixture put it
    context = DeskContext(folder, store, DeskAccess(folder, store, None), open_shipped())
    context.own_settings = Settings(second_place=second)
    return BackupSchedule(context)


def issue(store: Store, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        store.ledger.issue(notice(number), paper)


def run(kept: BackupSchedule) -> None:
    """Take every slice and do the rest at once."""
    for finish in kept.slices():
        if finish is not None:
            finish()


def test_an_empty_ledger_needs_no_backup(store: Store) -> None:
    assert not schedule(store).is_due(TODAY)
    assert list(schedule(store).slices()) == []
    assert schedule(store).state(TODAY).text == "台账是空的。"
    store.close()


def test_a_backup_is_due_after_fifty_notices_of_one_day(store: Store) -> None:
    kept = schedule(store)
    issue(store, 1)
    run(kept)
    issue(store, 49, first=2)
    assert not kept.is_due(TODAY)
    issue(store, 1, first=51)
    assert kept.is_due(TODAY)
    run(kept)
    assert not kept.is_due(TODAY)
    store.close()


def test_a_backup_is_due_on_a_new_day_if_anything_happened(store: Store) -> None:
    kept = schedule(store)
    issue(store, 1)
    run(kept)
    assert not kept.is_due(TOMORROW)
    issue(store, 1, first=2)
    assert not kept.is_due(TODAY)
    assert kept.is_due(TOMORROW)
    store.close()


def test_slices_make_the_backup_that_closing_would_make(store: Store, tmp_path: Path) -> None:
    issue(store, 3)
    run(schedule(store))
    (made,) = backups(tmp_path / "data" / "backups")
    assert made.events == 3
    store.close()
    assert [each.path for each in backups(tmp_path / "data" / "backups")] == [made.path]


def test_what_is_issued_between_two_slices_is_in_the_backup(store: Store, tmp_path: Path) -> None:
    issue(store, 2)
    slices = schedule(store).slices()
    assert next(slices) is None
    issue(store, 1, first=3)
    finishes = [finish for finish in slices if finish is not None]
    assert len(finishes) == 1
    finishes[0]()
    (made,) = backups(tmp_path / "data" / "backups")
    assert made.events == 3
    store.close()


def test_a_backup_given_up_leaves_nothing(store: Store, tmp_path: Path) -> None:
    issue(store, 2)
    slices = schedule(store).slices()
    next(slices)
    slices.close()  # type: ignore[attr-defined]  # it is a generator
    assert not list((tmp_path / "data" / "backups").glob("ledger-*"))
    store.close()


def test_a_copy_that_is_stopped_is_no_backup_and_is_caught_up_after_the_next_opening(
    store: Store, tmp_path: Path
) -> None:
    issue(store, 1)
    kept, backups_at = schedule(store), tmp_path / "data" / "backups"
    (finish,) = [each for each in kept.slices() if each is not None]
    kept.stop()
    with pytest.raises(BackupFailedError):
        finish()
    assert list(backups_at.glob("ledger-*")) == []
    store.close(with_backup=False)
    again = open_store(tmp_path / "data")
    assert schedule(again).is_due(TODAY)
    run(schedule(again))
    assert [backup.events for backup in backups(backups_at)] == [1]
    again.close(with_backup=False)


def test_a_copy_to_the_second_place_that_is_stopped_leaves_nothing_there(
    store: Store, tmp_path: Path
) -> None:
    issue(store, 1)
    run(schedule(store))
    stick = tmp_path / "stick"
    stick.mkdir()
    kept = schedule(store, str(stick))
    work = kept.second_copy(TODAY)
    assert work is not None
    kept.stop()
    with pytest.raises(BackupFailedError):
        work()
    assert [path for path in stick.rglob("*") if path.is_file()] == []
    assert kept.second_copy(TODAY) is not None, "it stays due"
    store.close(with_backup=False)


def test_a_copy_spoilt_on_its_way_is_no_backup(store: Store, tmp_path: Path) -> None:
    issue(store, 2)
    (finish,) = [each for each in schedule(store).slices() if each is not None]
    (partial,) = (tmp_path / "data" / "backups").glob("*.slices")
    data = bytearray(partial.read_bytes())
    data[len(data) // 2] ^= 1
    partial.write_bytes(data)
    with pytest.raises(MedCounterError, match="备份没有成功"):
        finish()
    assert not list((tmp_path / "data" / "backups").glob("ledger-*"))
    store.close()


def test_the_ledger_stays_locked_while_it_is_copied(store: Store, tmp_path: Path) -> None:
    # Closing any handle of the file would give the lock back on this system.
    issue(store, 1)
    run(schedule(store))
    issue(store, 1, first=2)
    run(schedule(store))
    held = Path("/proc/locks")
    if not held.exists():
        pytest.skip("only Linux tells who holds which lock")
    inode = (tmp_path / "data" / "ledger.db").stat().st_ino
    assert any(f":{inode} " in line and "WRITE" in line for line in held.read_text().splitlines())
    store.close()


def test_no_slice_takes_longer_than_a_frame(store: Store) -> None:
    issue(store, 40)
    longest = 0.0
    slices = iter(schedule(store).slices())
    finish = None
    while finish is None:
        began = time.perf_counter()
        finish = next(slices)
        longest = max(longest, time.perf_counter() - began)
    finish()
    store.close()
    assert longest < 0.1  # a frame has 0.016; the rest is for a loaded machine


def test_the_second_place_holds_a_backup_that_can_be_restored(store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    kept = schedule(store, str(stick))
    issue(store, 2)
    assert kept.second_copy(TODAY) is None  # there is nothing verified to copy yet
    run(kept)
    work = kept.second_copy(TODAY)
    assert work is not None
    work()
    assert kept.second_copy(TODAY) is None
    assert "第二处" in kept.state(TODAY).text
    (folder,) = stick.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == [
        "keyslots.json",
        "ledger-20250305-000000002.db",
    ]
    store.close()


def test_a_second_place_that_holds_another_line_of_the_ledger_is_not_complete(
    store: Store, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    issue(store, 1)
    older = store.backups.make()
    for number in range(2, 10):
        store.ledger.issue(notice(number, issued_at=AT + timedelta(days=1)), paper)
    kept = schedule(store, str(stick))
    run(kept)
    work = kept.second_copy(TODAY)
    assert work is not None
    work()
    assert kept.state(TODAY).text.endswith("的备份是齐的。")
    store.close()
    assert older is not None
    restore(
        tmp_path / "data",
        older.name,
        AT + timedelta(days=1),
        Restorer(over_sound=True, reason="换回去"),
    )
    store = open_store(tmp_path / "data")
    kept = schedule(store, str(stick))
    run(kept)
    assert kept.state(TODAY).text.endswith("还没有最近的备份，程序会自动备份过去。")
    work = kept.second_copy(TODAY)
    assert work is not None
    work()
    assert kept.second_copy(TODAY) is None
    assert kept.state(TODAY).text.endswith("的备份是齐的。")
    store.close()


def test_a_stick_that_is_away_is_no_failure(store: Store, tmp_path: Path) -> None:
    kept = schedule(store, str(tmp_path / "away"))
    issue(store, 1)
    run(kept)
    work = kept.second_copy(TODAY)
    assert work is not None
    assert work() is None
    assert last_mirrored(DataFolder(tmp_path / "data"), store.data_key) is None
    assert "还没有备份" in kept.state(TODAY).second
    store.close()


def test_a_stick_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    kept = schedule(store, str(stick))
    issue(store, 1)
    run(kept)
    kept.mirror_to(stick, TODAY)()
    (folder,) = stick.iterdir()
    shutil.rmtree(folder)
    folder.write_text("a file in the folder's place")
    work = kept.second_copy(TODAY)
    assert work is not None
    with pytest.raises(MedCounterError, match="没有备份到"):
        work()
    store.close()


@pytest.mark.parametrize(
    ("behind", "on", "late"),
    [
        (BackupLag(TODAY, 0, 0, 9), TODAY + timedelta(days=30), False),
        (BackupLag(TODAY, 3, 3, 9), TODAY, False),
        (BackupLag(TODAY, 3, 3, 9), TOMORROW, False),
        (BackupLag(TODAY, 3, 3, 9), TODAY + timedelta(days=2), True),
        (BackupLag(TODAY, 120, 100, 9), TODAY, True),
        (BackupLag(None, 60, 60, 0), TODAY, False),
        (BackupLag(None, 120, 100, 0), TODAY, True),
    ],
)
def test_a_backup_is_late_when_more_than_a_days_work_is_in_none(
    behind: BackupLag, on: date, *, late: bool
) -> None:
    assert is_late(behind, on) is late


def test_the_age_is_said_with_what_is_missing() -> None:
    assert behind_text(BackupLag(TODAY, 4, 3, 9), TOMORROW) == (
        "最近的完好备份截至 2025-03-05（昨天），之后还有 4 条记录（3 张通知单）没有备份。"
    )


@pytest.mark.parametrize(
    ("last", "days", "said"),
    [
        (Mirrored("E:", TODAY, 9), 30, False),
        (Mirrored("E:", TODAY, 5), 7, False),
        (Mirrored("E:", TODAY, 5), 8, True),
        (Mirrored("F:", TODAY, 9), 0, True),
        (None, 0, True),
    ],
)
def test_a_second_place_is_said_to_be_missing_after_a_week(
    last: Mirrored | None, days: int, *, said: bool
) -> None:
    problem = second_place_problem(
        "E:", last, BackupLag(TODAY, 0, 0, 9), TODAY + timedelta(days=days)
    )
    assert bool(problem) is said


def test_rules_are_taken_in_only_after_a_backup(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("张三")
    held = counter.desk.backups.state(counter.clock().date())
    assert held.text.startswith("还没有备份")
    plan = counter.desk.rules.planner(newer_rules(revision=99))()
    counter.desk.rules.install(plan, counter.clock())
    made = backups(tmp_path / "data" / "backups")
    # The shipped rules, the desk's number and the notice.
    assert [each.events for each in made] == [3]
    counter.desk.close()
