"""What a stranger left at a second place leads no copy anywhere else.

A stick goes through many hands. Links on it, under the names that the next copy
will use, led to the open ledger: it was written over or filled with zeros.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.destinations import DestinationInDataFolderError
from medcounter.store.backups import second_place
from medcounter.store.backups.backup import backups
from medcounter.store.backups.second_place import Mirrored
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from medcounter.store.store_errors import BackupFailedError
from tests.support.store.store_samples import AT, notice, paper

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links there need rights of their own")
LAYS: dict[str, Callable[[Path, Path], None]] = {
    "a link": lambda victim, name: name.symlink_to(victim),
    "a second name": lambda victim, name: name.hardlink_to(victim),
}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A ledger with a backup, and a notice that stands in no backup yet."""
    made = open_store(tmp_path / "data")
    made.ledger.issue(notice(1), paper)
    made.backups.make()
    made.ledger.issue(notice(2), paper)
    return made


def mirror(store: Store, stick: Path) -> Mirrored | None:
    return store.backups.mirror(str(stick), noted=True).run(AT.date())


def goes_on(store: Store, folder: Path) -> None:
    """Both notices are there, in the open file and in the one at its path."""
    assert not [fault for fault in store.verify() if fault is not None]
    store.ledger.issue(notice(3), paper)
    store.close(with_backup=False)
    again = open_store(folder)
    assert again.read_only == ""
    assert again.ledger.search().total == 3
    again.close(with_backup=False)


def kept(folder: Path) -> dict[str, bytes]:
    """What lies in the files that nothing at a second place may reach."""
    names = ("ledger.db", "keyslots.json", "rules.db")
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.parametrize("lays", LAYS)
@pytest.mark.parametrize("name", ["keyslots.json", "{backup}", "{backup}.partial", "drafts.db"])
@pytest.mark.parametrize("victim", ["ledger.db", "keyslots.json", "rules.db"])
def test_a_link_at_the_second_place_is_not_followed(
    store: Store, stick: Path, name: str, lays: str, victim: str
) -> None:
    folder = stick.with_name("data")
    destination = stick / second_place.folder_name(store.data_key)
    destination.mkdir()
    newest = max((folder / "backups").glob("ledger-*.db")).name
    LAYS[lays](folder / victim, destination / name.format(backup=newest))
    before = kept(folder)
    assert mirror(store, stick) is not None
    assert kept(folder) == before
    goes_on(store, folder)
    assert (destination / newest).read_bytes() == (folder / "backups" / newest).read_bytes()
    assert not (destination / newest).is_symlink()


@pytest.mark.parametrize("into", ["", "backups", "bundles"])
def test_a_counter_s_folder_that_is_a_link_into_the_data_folder_is_refused(
    store: Store, stick: Path, tmp_path: Path, into: str
) -> None:
    folder = tmp_path / "data"
    (stick / second_place.folder_name(store.data_key)).symlink_to(folder / into)
    before = kept(folder)
    there = sorted(path.name for path in (folder / into).iterdir())
    with pytest.raises(DestinationInDataFolderError):
        mirror(store, stick)
    assert sorted(path.name for path in (folder / into).iterdir()) == there
    assert kept(folder) == before
    goes_on(store, folder)


@pytest.mark.parametrize("lays", LAYS)
def test_a_backup_to_a_folder_follows_no_link_either(
    store: Store, stick: Path, tmp_path: Path, lays: str
) -> None:
    folder = tmp_path / "data"
    LAYS[lays](folder / "ledger.db", stick / "keyslots.json")
    before = kept(folder)
    with suppress(BackupFailedError):
        store.backups.make_in(stick)
    assert kept(folder) == before
    goes_on(store, folder)


def test_names_of_later_backups_do_not_take_the_place_of_the_copy_just_made(
    store: Store, stick: Path
) -> None:
    """Forty-eight of them, and it was deleted as the oldest the moment it had been checked."""
    destination = stick / second_place.folder_name(store.data_key)
    destination.mkdir()
    for month in range(1, 13):
        for day in (1, 8, 15, 22):
            (destination / f"ledger-2027{month:02d}{day:02d}-{month:04d}{day:05d}.db").write_bytes(
                b"none"
            )
    assert mirror(store, stick) is not None
    newest = max((stick.with_name("data") / "backups").glob("ledger-*.db"))
    assert (destination / newest.name).read_bytes() == newest.read_bytes()
    store.close(with_backup=False)


def test_after_a_restore_copies_go_on_beside_those_of_the_line_before(
    store: Store, stick: Path
) -> None:
    """Of one put back on the day of its last copy, the new copies were deleted at once."""
    folder = stick.with_name("data")
    for day in range(1, 4):
        store.ledger.issue(notice(100 + day, issued_at=AT + timedelta(days=day)), paper)
        store.backups.make()
        mirror(store, stick)
    store.close()
    first = min((folder / "backups").glob("ledger-*.db")).name
    restore(folder, first, AT + timedelta(days=3), Restorer("王丽", (), "换回去", over_sound=True))
    store = open_store(folder)
    store.backups.make()
    done = mirror(store, stick)
    newest = max((folder / "backups").glob("ledger-*.db"))
    assert done is not None
    destination = stick / second_place.folder_name(store.data_key)
    assert (destination / newest.name).read_bytes() == newest.read_bytes()
    store.close(with_backup=False)


def test_a_link_under_a_backups_name_is_no_backup(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "backups"
    before = backups(folder)
    (folder / "ledger-20270101-000009999.db").symlink_to(tmp_path / "data" / "ledger.db")
    assert backups(folder) == before
    store.close(with_backup=False)


@pytest.mark.parametrize("day", ["20251399", "00000000", "20250229"])
def test_a_name_with_a_day_that_no_calendar_has_is_no_backup(
    store: Store, stick: Path, day: str
) -> None:
    """One such file ended every copy, and every opening, with no sentence."""
    destination = stick / second_place.folder_name(store.data_key)
    destination.mkdir()
    for place in (destination, stick.with_name("data") / "backups"):
        (place / f"ledger-{day}-000000001.db").write_bytes(b"none")
    store.backups.make()
    assert mirror(store, stick) is not None
    store.close()
    open_store(stick.with_name("data")).close()
