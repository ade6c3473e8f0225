"""A backup counts only when it was opened and found whole."""

import errno
import os
import shutil
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.backups.backup import Backup, backups, prune_old
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import BEIJING, NOTICE, notice, paper


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").glob("*.db*"))


def test_closing_leaves_a_backup_named_by_its_last_day_and_its_events(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.ledger.issue(notice(2), paper)
    store.close()
    assert names(folder) == ["ledger-20250305-000000002.db"]


def test_a_ledger_in_which_nothing_happened_needs_no_backup(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    assert store.backups.make() is None
    store.close()
    assert names(tmp_path / "data") == []


def test_a_backup_opens_as_a_ledger_with_everything_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    issued = store.ledger.issue(notice(1), paper)
    head = store.ledger.head()
    store.close()
    (kept,) = backups(folder / "backups")
    shutil.copy(kept.path, folder / "ledger.db")
    store = open_store(folder)
    assert store.ledger.find(issued.number) == issued
    assert store.ledger.head() == head
    assert [fault for fault in store.ledger.verify() if fault] == []
    store.close()


def test_a_backup_shows_no_name(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    path = store.backups.make()
    store.close()
    assert path is not None
    assert NOTICE.name.encode() not in path.read_bytes()


def test_nothing_new_makes_no_second_backup(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    path = store.backups.make()
    assert path is not None
    made = path.stat().st_mtime_ns
    assert store.backups.make() == path
    store.close()
    assert path.stat().st_mtime_ns == made
    assert [each.events for each in store.backups.listed()] == [1]


@pytest.mark.parametrize("in_slices", [False, True])
def test_a_good_backup_stays_where_the_ledger_of_its_name_is_broken_since(
    tmp_path: Path, *, in_slices: bool
) -> None:
    """It was set aside before the copy that was to take its name had proven itself."""
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.close()
    (good,) = backups(folder / "backups")
    before = good.path.read_bytes()
    store = open_store(folder)
    with raw_of(store) as database:
        without_guards(database)
        database.conn.execute("UPDATE event SET mac = printf('%064d', 0)")
    with pytest.raises(store_errors.BackupFailedError):
        _back_up(store, in_slices=in_slices)
    store.close(with_backup=False)
    assert names(folder) == [good.path.name]
    assert good.path.read_bytes() == before


def _back_up(store: Store, *, in_slices: bool) -> None:
    if not in_slices:
        store.backups.make()
        return
    *_, copied = store.backups.slices()
    assert copied is not None
    copied.finish()


def raw_of(store: Store) -> AbstractContextManager[Database]:
    return store.ledger._connection.transaction()  # noqa: SLF001 - past the program


def test_a_backup_that_cannot_be_written_is_said_and_nothing_half_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    shutil.rmtree(folder / "backups")
    with pytest.raises(store_errors.BackupFailedError):
        store.close()
    assert not (folder / "backups").exists()
    open_store(folder).close()  # it was given back all the same


@pytest.mark.parametrize("failing", ["_ledger", "_cache", "_rule_drafts", "backups", "watch"])
def test_whatever_fails_at_the_end_the_folder_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    room = getattr(store, failing)
    ending = "end" if failing == "watch" else "close"
    truly = getattr(room, ending)

    def fails() -> None:
        truly()
        raise OSError("no more")

    monkeypatch.setattr(room, ending, fails)
    with pytest.raises(OSError, match="no more"):
        store.close()
    open_store(tmp_path / "data").close()


def test_where_the_ledger_is_not_copied_the_drafts_still_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    copied: list[Path] = []
    monkeypatch.setattr(store.rule_drafts, "copy_to", copied.append)

    def fails() -> None:
        raise store_errors.BackupFailedError

    monkeypatch.setattr(store.backups, "make", fails)
    with pytest.raises(store_errors.BackupFailedError):
        store.close()
    assert copied == [DataFolder(tmp_path / "data").drafts_copy]


def test_a_leftover_of_a_backup_cut_off_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    (folder / "backups" / "ledger-20250305-000000001.db.partial").write_bytes(b"half")
    store.close()
    assert names(folder) == ["ledger-20250305-000000001.db"]


# Expected: 14 days, and of what lies before them 8 weeks and 12 months in all, newest of each.
def test_what_a_killed_program_left_of_a_copy_goes_with_the_next_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    left = folder / "backups" / "ledger-20250301-000000007.db.partial"
    left.write_bytes(b"cut off")
    beside = tmp_path / "elsewhere"
    beside.mkdir()
    (beside / left.name).write_bytes(b"another's")
    assert store.backups.make_in(beside) is not None
    assert store.backups.make() is not None
    store.close()
    assert not left.exists()
    assert (beside / left.name).exists()


def test_fourteen_days_eight_weeks_and_twelve_months_are_kept(tmp_path: Path) -> None:
    last = date(2025, 12, 31)
    for back in range(600):
        day = last - timedelta(days=back)
        (tmp_path / f"ledger-{day:%Y%m%d}-{1000 - back:09d}.db").touch()
    (tmp_path / "before-version-2.db").touch()
    prune_old(tmp_path / f"ledger-{last:%Y%m%d}-{1000:09d}.db")
    kept = [each.day for each in backups(tmp_path)]
    days = {last - timedelta(days=back) for back in range(14)}
    sundays = {date(2025, 12, 28) - timedelta(weeks=back) for back in range(7)}
    month_ends = {date(2025, month, 1) - timedelta(days=1) for month in range(2, 13)}
    assert set(kept) == days | sundays | month_ends | {last}
    assert kept == sorted(kept, reverse=True)
    assert (tmp_path / "before-version-2.db").exists()


def test_of_copies_of_older_shapes_only_the_newest_stays_beside_a_backup(tmp_path: Path) -> None:
    """Each is as large as the ledger, and none was ever deleted."""
    older = ["before-version-2.db", "before-version-9.db", "before-version-9.db.set-aside"]
    newest = ["before-version-10.db", "before-version-10.db.set-aside"]
    others = ["before-version-x.db", "before-version-2.db.partial", "drafts.db"]
    for name in (*older, *newest, *others):
        (tmp_path / name).touch()
    backup = "ledger-20250305-000000005.db"
    prune_old(tmp_path / backup)  # it is not there: any of them may be the last good copy
    assert {path.name for path in tmp_path.iterdir()} == {*older, *newest, *others}
    (tmp_path / backup).touch()
    prune_old(tmp_path / backup)
    assert {path.name for path in tmp_path.iterdir()} == {*newest, *others, backup}


def test_of_one_day_only_the_last_is_kept(tmp_path: Path) -> None:
    for events in (3, 5, 4):
        (tmp_path / f"ledger-20250305-{events:09d}.db").touch()
    prune_old(tmp_path / "ledger-20250305-000000005.db")
    expected = Backup(date(2025, 3, 5), 5, tmp_path / "ledger-20250305-000000005.db")
    assert backups(tmp_path) == (expected,)


def test_what_was_set_aside_goes_with_the_backup_of_its_name(tmp_path: Path) -> None:
    for events in (3, 5):
        (tmp_path / f"ledger-20250305-{events:09d}.db").touch()
        (tmp_path / f"ledger-20250305-{events:09d}.db.set-aside").touch()
    (tmp_path / "ledger-20200101-000000001.db.set-aside").touch()
    prune_old(tmp_path / "ledger-20250305-000000005.db")
    left = {path.name for path in tmp_path.iterdir()}
    kept = "ledger-20250305-000000005.db"
    assert left == {kept, f"{kept}.set-aside"}


def test_the_key_lies_with_the_backups_it_opens(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1, issued_at=datetime(2025, 3, 6, tzinfo=BEIJING)), paper)
    store.close()
    assert DataFolder(folder).key_copy.parent == DataFolder(folder).backups
    assert DataFolder(folder).key_copy.exists()


def test_a_folder_of_backups_that_cannot_be_listed_is_said_and_stops_no_new_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)

    def failing(*_place: object) -> object:
        raise OSError(errno.EIO, "the disk fails")

    monkeypatch.setattr(os, "scandir", failing)
    made = store.backups.make()
    with pytest.raises(store_errors.StoreUnreachableError):
        store.backups.listed()
    monkeypatch.undo()
    assert [each.path for each in store.backups.listed()] == [made]
    store.close()
