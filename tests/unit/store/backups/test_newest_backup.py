"""What is called the newest backup is one of this ledger, by what is in it and not by its name."""

import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.backups.second_place import folder_name
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import NAME_LEFT, drill, restore
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(days=1)
FIRST = "ledger-20250305-000000002.db"
SECOND = "ledger-20250306-000000003.db"
FALSE = "ledger-20991231-999999999.db"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two backups, of two and of three notices; no more has happened."""
    opened = open_store(tmp_path / "data")
    for request in (1, 2):
        opened.ledger.issue(notice(request), paper)
    assert opened.backups.make() is not None
    opened.ledger.issue(notice(3, issued_at=LATER), paper)
    made = opened.backups.make()
    assert made is not None
    assert made.name == SECOND
    return opened


def held(store: Store) -> tuple[int, int, int]:
    """How many events the newest backup holds, how many are in none, and the notices among them."""
    lag = store.backups.lag()
    return lag.held, lag.events, lag.notices


def at(store: Store) -> Path:
    return store._paths.backups  # noqa: SLF001 - a test looks where no view does


def another_line(room: Path) -> Path:
    other = open_store(room / "other")
    for request in range(1, 4):
        other.ledger.issue(notice(request, issued_at=LATER), paper)
    made = other.backups.make()
    other.close(with_backup=False)
    assert made is not None
    return made


@pytest.mark.parametrize("spoilt", ["emptied", "noise", "cut", "an older one", "another line"])
def test_a_spoilt_newest_backup_is_not_the_newest_good_one(
    store: Store, tmp_path: Path, spoilt: str
) -> None:
    """It was said to hold every event, and no other was made."""
    assert held(store) == (3, 0, 0)
    path = at(store) / SECOND
    if spoilt == "an older one":
        shutil.copy(at(store) / FIRST, path)
    elif spoilt == "another line":
        shutil.copy(another_line(tmp_path), path)
    else:
        data = {"emptied": b"", "noise": b"x" * 8192, "cut": path.read_bytes()[:2048]}
        path.write_bytes(data[spoilt])
    assert held(store) == (2, 1, 1)
    assert store.backups.make() == path
    assert held(store) == (3, 0, 0)
    store.close(with_backup=False)


@pytest.mark.parametrize("what", ["noise", "an old copy"])
def test_a_name_of_more_events_than_there_are_is_no_backup(store: Store, what: str) -> None:
    """By its name alone it was the newest, and nothing was ever due again."""
    store.ledger.issue(notice(4, issued_at=LATER), paper)
    false = at(store) / FALSE
    if what == "noise":
        false.write_bytes(b"x" * 8192)
    else:
        shutil.copy(at(store) / FIRST, false)
    assert held(store) == (3, 1, 1)
    store.close(with_backup=False)


def test_a_damaged_page_in_the_newest_backup_is_found_in_quiet_moments(store: Store) -> None:
    path = at(store) / SECOND
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert not any(store.walk())
    assert held(store) == (2, 1, 1)
    *_, last = store.backups.slices()
    assert last is not None
    assert last.finish() == path
    assert held(store) == (3, 0, 0)
    assert path.with_name(f"{SECOND}.set-aside").exists()
    store.close(with_backup=False)
    assert drill(at(store).parent, SECOND).notices == 3


def test_a_sound_newest_backup_stays_so_after_all_its_pages_were_read(store: Store) -> None:
    assert not any(store.walk())
    assert held(store) == (3, 0, 0)
    assert list(store.backups.check_newest()) == []  # not read twice
    store.close(with_backup=False)


def test_the_second_place_gets_the_newest_true_backup(store: Store, tmp_path: Path) -> None:
    """A false name at the top kept every copy away from the stick."""
    (at(store) / FALSE).write_bytes(b"x" * 8192)
    stick = tmp_path / "stick"
    stick.mkdir()
    done = store.backups.mirror(str(stick), noted=True).run(LATER.date())
    assert done is not None
    assert done.events == 3
    assert (stick / folder_name(store.data_key) / SECOND).is_file()
    store.close(with_backup=False)


def test_an_older_copy_under_the_newest_name_is_named_when_people_were_erased(
    store: Store,
) -> None:
    """It holds people that are erased, and was left out for its name."""
    shutil.copy(at(store) / FIRST, at(store) / FALSE)
    named = {path.name for path in store.erasure.older_copies()}
    assert named == {FIRST, FALSE}
    store.close(with_backup=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folder")
def test_a_disk_that_fails_once_the_ledger_has_its_name_is_no_failed_restore(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was said that nothing was restored, over a ledger that was."""
    paths = DataFolder(at(store).parent)
    store.close(with_backup=False)
    paths.ledger.unlink()
    fsync = os.fsync
    failed: list[int] = []

    def failing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode) and paths.ledger.exists() and not failed:
            failed.append(handle)
            raise OSError(5, "Input/output error")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    done = restore(paths.folder, SECOND, LATER)
    assert failed
    assert done.said_of_disk == NAME_LEFT
    again = open_store(paths.folder)
    assert again.ledger.search().total == 3
    again.close(with_backup=False)
