"""A broken chain is noticed by itself, wherever it broke."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.backups.backup import backups
from medcounter.store.db.sqlite import Database
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import drill
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import AT, notice, paper, raw

NOTICES = 60
Change = Callable[[Database, int], object]


def a_clerk(database: Database, event: int) -> object:
    return database.conn.execute("UPDATE event SET clerk = '别人' WHERE id = ?", (event,))


def a_total(database: Database, event: int) -> object:
    return database.conn.execute("UPDATE notice SET total = 1 WHERE id = ?", (event,))


def a_signature(database: Database, event: int) -> object:
    return database.conn.execute(
        "UPDATE event_signature SET signature = ? WHERE event = ?", ("0" * 128, event)
    )


def a_missing_event(database: Database, event: int) -> object:
    database.conn.execute("DELETE FROM event_signature WHERE event = ?", (event,))
    return database.conn.execute("DELETE FROM event WHERE id = ?", (event,))


def a_name(database: Database, event: int) -> object:
    return database.conn.execute("UPDATE party SET name = '别人' WHERE notice = ?", (event,))


EVENTS: tuple[Change, ...] = (a_clerk, a_total, a_signature, a_missing_event)
EVERYTHING: tuple[Change, ...] = (*EVENTS, a_name)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed folder with some notices, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    store = open_store(folder)
    for request in range(1, NOTICES + 1):
        store.ledger.issue(notice(request), paper)
    store.close()
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_once, tmp_path / "data")


def forge(folder: Path, change: Change, event: int) -> None:
    """Change a row as somebody who has the key, the guards put back."""
    with raw(folder) as database:
        guards = without_guards(database)
        change(database, event)
        for guard in guards:
            database.conn.execute(guard)


def is_refused(store: Store, backup: str) -> bool:
    with pytest.raises(store_errors.LedgerBrokenError) as refused:
        store.ledger.issue(notice(500, issued_at=AT), paper)
    assert backup in refused.value.text
    return store.is_broken and "不能出单" in store.read_only


@pytest.mark.parametrize("change", EVENTS)
def test_a_change_at_the_end_is_noticed_at_the_opening(change: Change, folder: Path) -> None:
    (good,) = backups(folder / "backups")
    forge(folder, change, NOTICES - 3)
    store = open_store(folder)
    assert is_refused(store, good.path.name)
    store.close()


@pytest.mark.parametrize("change", EVERYTHING)
def test_a_change_long_ago_is_noticed_by_the_walk_after_the_opening(
    change: Change, folder: Path
) -> None:
    (good,) = backups(folder / "backups")
    forge(folder, change, 3)
    store = open_store(folder)
    assert store.read_only == ""
    assert [fault for fault in store.walk() if fault is not None] != []
    assert is_refused(store, good.path.name)
    store.close()


@pytest.mark.parametrize("change", EVERYTHING)
def test_no_copy_of_a_broken_ledger_counts_and_the_good_ones_stay(
    change: Change, folder: Path
) -> None:
    before = backups(folder / "backups")
    forge(folder, change, 3)
    for day in range(1, 17):
        store = open_store(folder)
        store.ledger.issue(notice(200 + day, issued_at=AT + timedelta(days=day)), paper)
        with pytest.raises(store_errors.BackupBrokenError):
            store.backups.make()
        with pytest.raises(store_errors.BackupBrokenError):
            store.close()
    assert backups(folder / "backups") == before
    assert drill(folder, before[0].path.name).notices == NOTICES


def test_a_copy_made_in_slices_and_one_at_a_second_place_are_proven_too(folder: Path) -> None:
    forge(folder, a_clerk, 3)
    store = open_store(folder)
    store.ledger.issue(notice(201), paper)
    (copied,) = [each for each in store.backups.slices() if each is not None]
    with pytest.raises(store_errors.BackupBrokenError):
        copied.finish()
    with pytest.raises(store_errors.BackupBrokenError):
        store.backups.make_in(folder.parent / "stick")
    store.close(with_backup=False)
    assert list((folder.parent / "stick").glob("*.db*")) == []


def test_a_signature_changed_after_it_was_walked_is_noticed_by_the_next_backup(
    folder: Path,
) -> None:
    assert (folder / "walked.json").exists()
    forge(folder, a_signature, 3)
    store = open_store(folder)
    store.ledger.issue(notice(201), paper)
    with pytest.raises(store_errors.BackupBrokenError, match="第 3 条"):
        store.backups.make()
    store.close(with_backup=False)


@pytest.mark.parametrize("left", [b"", b"{}", b'{"code":"x","walked":[99,"y","z"]}'])
def test_what_was_walked_counts_only_under_our_key(left: bytes, folder: Path) -> None:
    (folder / "walked.json").write_bytes(left)
    forge(folder, a_signature, 3)
    store = open_store(folder)
    store.ledger.issue(notice(201), paper)
    with pytest.raises(store_errors.BackupBrokenError, match="第 3 条"):
        store.backups.make()
    store.close(with_backup=False)


def test_a_good_ledger_is_walked_without_a_word_and_goes_on(folder: Path) -> None:
    store = open_store(folder)
    assert not any(store.walk())
    store.ledger.issue(notice(201), paper)
    assert not any(store.walk())
    store.close()


def test_the_newest_backup_named_is_one_that_could_be_restored(folder: Path) -> None:
    (good,) = backups(folder / "backups")
    forge(folder, a_clerk, 3)
    # As an older program left it: copied, and its chain never walked.
    later = good.path.with_name("ledger-20250306-000000061.db")
    later.write_bytes((folder / "ledger.db").read_bytes())
    (folder / "ledger.db").unlink()
    with pytest.raises(store_errors.LedgerMissingError, match=good.path.name):
        open_store(folder)
