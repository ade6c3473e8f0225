"""Rules in the making lie beside the ledger's backups, and come back with them."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import restore
from medcounter.store.store_errors import BackupFailedError
from tests.support.authoring.rule_draft_samples import begun, document, kept
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notice and a draft, both copied when the program ended."""
    path = tmp_path / "data"
    store = open_store(path)
    store.ledger.issue(notice(1), paper)
    kept(store, begun(store).number, b"first")
    store.close()
    return path


def mirror(folder: Path, stick: Path) -> Path:
    """Copy to a stick, as the desk does; give the counter's folder there."""
    stick.mkdir(exist_ok=True)
    store = open_store(folder)
    try:
        store.copy_drafts()
        store.backups.mirror(str(stick), noted=True).run(AT.date())
    finally:
        store.close(with_backup=False)
    (made,) = stick.iterdir()
    return made


def test_a_dead_machine_gets_its_drafts_back_from_the_second_place(
    folder: Path, tmp_path: Path
) -> None:
    beside = mirror(folder, tmp_path / "stick")
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    done = restore(fresh, str(max(beside.glob("ledger-*.db"))), LATER)
    assert done.with_drafts
    assert done.said_of_drafts
    store = open_store(fresh)
    (draft,) = store.rule_drafts.listed()
    assert document(store, draft.number) == b"first"
    assert store.rule_drafts.read_only == ""
    store.close()


def test_the_second_place_follows_what_was_written_since(folder: Path, tmp_path: Path) -> None:
    beside = mirror(folder, tmp_path / "stick")
    before = (beside / "drafts.db").read_bytes()
    assert mirror(folder, tmp_path / "stick") == beside
    assert (beside / "drafts.db").read_bytes() == before, "nothing new is written twice"
    store = open_store(folder)
    kept(store, 1, b"second")
    store.close(with_backup=False)
    mirror(folder, tmp_path / "stick")
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    restore(fresh, str(max(beside.glob("ledger-*.db"))), LATER)
    store = open_store(fresh)
    assert document(store, 1) == b"second"
    store.close()


def test_drafts_that_are_there_are_not_put_back_by_a_restore(folder: Path) -> None:
    store = open_store(folder)
    kept(store, 1, b"newer than the copy")
    store.close(with_backup=False)
    paths = DataFolder(folder)
    paths.ledger.write_bytes(b"broken" * 1000)
    done = restore(folder, max(paths.backups.glob("ledger-*.db")).name, LATER)
    assert not done.with_drafts
    store = open_store(folder)
    assert document(store, 1) == b"newer than the copy"
    store.close()


def test_broken_drafts_are_kept_aside_and_the_copy_takes_their_place(folder: Path) -> None:
    paths = DataFolder(folder)
    broken = b"broken" * 1000
    paths.drafts.write_bytes(broken)
    done = restore(folder, max(paths.backups.glob("ledger-*.db")).name, LATER)
    assert done.with_drafts
    assert (done.aside / "drafts.db").read_bytes() == broken
    store = open_store(folder)
    assert document(store, 1) == b"first"
    store.close()


def test_a_ledger_is_restored_although_the_disk_refuses_what_comes_after_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    paths = DataFolder(folder)
    paths.drafts.unlink()
    monkeypatch.setattr("medcounter.store.backups.drafts_copy._copy", full)
    monkeypatch.setattr("medcounter.trust.slot_files.repair_copy", full)
    done = restore(folder, max(paths.backups.glob("ledger-*.db")).name, LATER)
    assert not done.with_drafts
    assert "密钥文件没有全部写好" in done.said_of_disk
    assert "规则草稿没有取回" in done.said_of_disk
    monkeypatch.undo()
    store = open_store(folder)
    assert store.ledger.search().total == 1
    store.close()


def test_what_a_killed_program_wrote_is_copied_when_the_next_one_ends(folder: Path) -> None:
    paths = DataFolder(folder)
    store = open_store(folder)
    kept(store, 1, b"second")
    store.close(with_backup=False)
    open_store(folder).close()
    paths.drafts.unlink()
    paths.drafts.write_bytes(paths.drafts_copy.read_bytes())
    store = open_store(folder)
    assert document(store, 1) == b"second"
    store.close()


def test_a_stick_that_takes_no_drafts_keeps_those_it_has_and_the_ledgers_copy(
    folder: Path, tmp_path: Path
) -> None:
    beside = mirror(folder, tmp_path / "stick")
    before = (beside / "drafts.db").read_bytes()
    (older,) = beside.glob("ledger-*.db")
    store = open_store(folder)
    store.ledger.issue(notice(2), paper)
    kept(store, 1, b"second")
    store.close()
    (beside / "drafts.db.partial").mkdir()
    with pytest.raises(BackupFailedError, match="规则草稿没有备份"):
        mirror(folder, tmp_path / "stick")
    assert (beside / "drafts.db").read_bytes() == before
    (newer,) = beside.glob("ledger-*.db")
    assert newer.name > older.name, "the ledger's copy does not wait for it"
