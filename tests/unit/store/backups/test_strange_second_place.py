"""What a stranger left at a second place leads no copy anywhere else.

A stick goes through many hands. Links on it, under the names that the next copy
will use, led to the open ledger: it was written over or filled with zeros.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from medcounter.goals import GoalInDataFolderError
from medcounter.store.backups import second_place
from medcounter.store.backups.second_place import Mirrored
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
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


def stands(store: Store, folder: Path, before: dict[str, bytes]) -> None:
    """Both notices are there, in the open file and in the one at its path."""
    assert {path.name: path.read_bytes() for path in kept(folder)} == before
    assert not [fault for fault in store.verify() if fault is not None]
    store.ledger.issue(notice(3), paper)
    store.close(with_backup=False)
    again = open_store(folder)
    assert again.read_only == ""
    assert again.ledger.search().total == 3
    again.close(with_backup=False)


def kept(folder: Path) -> list[Path]:
    return [folder / "ledger.db", folder / "keyslots.json", folder / "rules.db"]


@pytest.mark.parametrize("lays", LAYS)
@pytest.mark.parametrize("name", ["keyslots.json", "{backup}", "{backup}.partial", "drafts.db"])
@pytest.mark.parametrize("victim", ["ledger.db", "keyslots.json", "rules.db"])
def test_a_link_at_the_second_place_is_not_followed(
    store: Store, stick: Path, name: str, lays: str, victim: str
) -> None:
    folder = stick.with_name("data")
    goal = stick / second_place.folder_name(store.data_key)
    goal.mkdir()
    newest = max((folder / "backups").glob("ledger-*.db")).name
    LAYS[lays](folder / victim, goal / name.format(backup=newest))
    before = {path.name: path.read_bytes() for path in kept(folder)}
    assert mirror(store, stick) is not None
    stands(store, folder, before)
    assert (goal / newest).read_bytes() == (folder / "backups" / newest).read_bytes()
    assert not (goal / newest).is_symlink()


@pytest.mark.parametrize("into", ["", "backups", "bundles"])
def test_a_counter_s_folder_that_is_a_link_into_the_data_folder_is_refused(
    store: Store, stick: Path, tmp_path: Path, into: str
) -> None:
    folder = tmp_path / "data"
    (stick / second_place.folder_name(store.data_key)).symlink_to(folder / into)
    before = {path.name: path.read_bytes() for path in kept(folder)}
    there = sorted(path.name for path in (folder / into).iterdir())
    with pytest.raises(GoalInDataFolderError):
        mirror(store, stick)
    assert sorted(path.name for path in (folder / into).iterdir()) == there
    stands(store, folder, before)


@pytest.mark.parametrize("lays", LAYS)
def test_a_backup_to_a_folder_follows_no_link_either(
    store: Store, stick: Path, tmp_path: Path, lays: str
) -> None:
    folder = tmp_path / "data"
    LAYS[lays](folder / "ledger.db", stick / "keyslots.json")
    before = {path.name: path.read_bytes() for path in kept(folder)}
    with suppress(BackupFailedError):
        store.backups.make_in(stick)
    stands(store, folder, before)
