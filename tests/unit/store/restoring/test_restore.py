"""A backup comes back whole, nothing is overwritten, and no number is given twice."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring import finishing
from medcounter.store.restoring.restore import drill, restore
from tests.support.store.store_samples import AT, counted, notice, paper

FIRST = "ledger-20250305-000000002.db"
FROZEN = Path(__file__).parents[3] / "faults" / "ledgers"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notices in a backup, a third only in the ledger."""
    path = tmp_path / "data"
    store = open_store(path)
    store.ledger.issue(notice(1), paper)
    store.ledger.issue(notice(2), paper)
    store.backups.make()
    store.ledger.issue(notice(3, issued_at=AT + timedelta(days=1)), paper)
    store.close(with_backup=False)
    return path


class CutOffError(Exception):
    """The program was killed here."""


def cut(*_: object, **__: object) -> None:
    raise CutOffError


def cut_off(folder: Path) -> None:
    """Restore the first backup, killed where the ledger before is out of the way."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("medcounter.store.restoring.restore.finish_restore", cut)
        with pytest.raises(CutOffError):
            restore(folder, FIRST, AT)


def sound(store: Store) -> bool:
    return [fault for fault in store.ledger.verify() if fault] == [] and store.read_only == ""


def test_a_restored_ledger_holds_what_the_backup_held_and_counts_on_from_the_paper(
    folder: Path,
) -> None:
    before = (folder / "ledger.db").read_bytes()
    done = restore(folder, FIRST, AT, Restorer("李晓"))
    assert (done.events, done.lost, done.numbers_used) == (2, 1, ("2025-03-000003",))
    assert (done.aside / "ledger.db").read_bytes() == before
    store = open_store(folder)
    assert store.ledger.by_request("request-2") is not None
    assert store.ledger.by_request("request-3") is None
    assert store.ledger.issue(notice(4), paper).number == "2025-03-000004"
    assert store.ledger.issue(notice(5), paper).number == "2025-03-000005"
    assert sound(store)
    store.close()


@pytest.mark.parametrize("lost", ["gone", "spoilt", "emptied"])
def test_a_lost_ledger_comes_back_and_the_anchor_knows_the_numbers(folder: Path, lost: str) -> None:
    path = folder / "ledger.db"
    path.unlink()
    if lost != "gone":
        path.write_bytes(b"spoilt" * 4096 if lost == "spoilt" else b"")
    done = restore(folder, FIRST, AT)
    assert done.numbers_used == ("2025-03-000003",)
    assert (done.aside / "ledger.db").exists() == (lost != "gone")
    store = open_store(folder)
    assert store.ledger.issue(notice(4), paper).number == "2025-03-000004"
    assert sound(store)
    store.close()


def test_newer_backups_are_kept_aside_so_that_the_restored_ledger_stands(folder: Path) -> None:
    open_store(folder).close()
    assert len(list((folder / "backups").glob("*.db"))) == 2
    done = restore(folder, FIRST, AT)
    store = open_store(folder)
    assert [each.path.name for each in store.backups.listed()] == [FIRST]
    assert (done.aside / "ledger-20250306-000000003.db").exists()
    assert sound(store)
    store.close()


def test_a_backup_that_is_not_whole_is_refused_and_the_ledger_stays(folder: Path) -> None:
    kept = (folder / "ledger.db").read_bytes()
    path = folder / "backups" / FIRST
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(store_errors.BackupUnusableError, match="现有台账不变"):
        restore(folder, FIRST, AT)
    with pytest.raises(store_errors.BackupUnusableError):
        drill(folder, FIRST)
    assert (folder / "ledger.db").read_bytes() == kept
    assert not DataFolder(folder).restoring.exists()


def test_an_unknown_backup_is_said_with_the_way_to_the_list(folder: Path) -> None:
    with pytest.raises(store_errors.BackupUnknownError, match="medcounter backups"):
        restore(folder, "no-such-backup", AT)


def test_a_ledger_in_use_is_not_restored_over(folder: Path) -> None:
    store = open_store(folder)
    with pytest.raises(store_errors.StoreInUseError):
        restore(folder, FIRST, AT)
    store.close()


def test_a_drill_reads_a_copy_and_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = drill(folder, FIRST.removesuffix(".db"))
    assert (done.events, done.notices) == (2, 2)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_on_a_stick_brings_its_key_to_another_machine(
    folder: Path, tmp_path: Path
) -> None:
    store = open_store(folder)
    made = store.backups.make_in(tmp_path / "stick")
    store.close(with_backup=False)
    assert made is not None
    other = tmp_path / "other"
    open_store(other).close()
    done = restore(other, str(made), AT)
    assert {path.name for path in done.aside.glob("*keyslots.json")} == {
        "other-keyslots.json",
        "backups-keyslots.json",
    }
    store = open_store(other)
    assert store.ledger.by_request("request-3") is not None
    assert sound(store)
    store.close()


def test_a_backup_without_its_key_is_refused(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / "backups" / FIRST, alone / FIRST)
    other = tmp_path / "other"
    open_store(other).close()
    with pytest.raises(store_errors.BackupUnusableError, match="密钥文件"):
        restore(other, str(alone / FIRST), AT)


def test_a_restore_cut_off_with_the_old_ledger_out_of_the_way_is_finished_at_the_next_start(
    folder: Path,
) -> None:
    paths = DataFolder(folder)
    cut_off(folder)
    paths.journal.write_bytes(b"of the ledger before")
    store = open_store(folder)
    assert store.read_only == ""
    assert store.ledger.by_request("request-2") is not None
    (aside,) = paths.replaced.iterdir()
    assert (aside / paths.journal.name).read_bytes() == b"of the ledger before"
    assert not paths.restore_mark.exists()
    store.close()


def test_a_restore_over_a_lost_ledger_is_finished_although_newer_backups_still_lie_there(
    folder: Path,
) -> None:
    """What it was to set aside knew more before, and stands in the mark."""
    open_store(folder).close()
    paths = DataFolder(folder)
    paths.ledger.unlink()
    newest = max(paths.backups.glob("ledger-*.db"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("medcounter.store.restoring.restore._set_aside", cut)
        with pytest.raises(CutOffError):
            restore(folder, FIRST, AT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finishing, "sync_folder", cut)
        with pytest.raises(CutOffError):
            open_store(folder)
    store = open_store(folder)
    assert store.read_only == ""
    assert store.ledger.issue(notice(4), paper).number == "2025-03-000004"
    assert not newest.exists()
    assert sound(store)
    store.close()


@pytest.mark.parametrize("left", ["backup", "walked", "anchor", "nothing"])
def test_a_restore_that_is_over_cannot_be_played_again(folder: Path, left: str) -> None:
    """No secret was needed: mark and ledger were kept, and numbers came again."""
    paths = DataFolder(folder)
    cut_off(folder)
    kept = {path: path.read_bytes() for path in (paths.restored, paths.restore_mark)}
    store = open_store(folder)
    old_anchor = paths.anchor.read_bytes()
    later = AT + timedelta(days=1)
    given = [
        store.ledger.issue(notice(each, issued_at=later), paper).number for each in range(4, 8)
    ]
    assert not any(store.walk())
    store.close()
    assert not paths.restore_mark.exists()
    paths.ledger.unlink()
    for path, data in kept.items():
        path.write_bytes(data)
    if left != "backup":
        max(paths.backups.glob("ledger-*.db")).unlink()
    if left != "walked":
        paths.walked.unlink()
    if left == "nothing":
        paths.anchor.unlink()
        store = open_store(folder, at=later)
        assert store.last_leap() is not None
        assert store.ledger.issue(notice(9, issued_at=later), paper).number > max(given)
        assert sound(store)
        store.close()
        return
    if left != "anchor":
        paths.anchor.write_bytes(old_anchor)
    with pytest.raises(store_errors.RestorePassedError, match="medcounter restore"):
        open_store(folder)
    assert not paths.ledger.exists()
    assert paths.restored.exists()


def test_a_restore_that_is_over_leaves_no_mark(folder: Path) -> None:
    restore(folder, FIRST, AT)
    assert not DataFolder(folder).restore_mark.exists()


def test_a_restore_cut_off_before_it_began_is_forgotten(folder: Path) -> None:
    paths = DataFolder(folder)
    shutil.copy(paths.backups / FIRST, paths.restored)
    store = open_store(folder)
    assert store.ledger.by_request("request-3") is not None
    assert not paths.restored.exists()
    store.close()


@pytest.mark.parametrize("mark", ["none", "an anchor", "another restore's"])
def test_no_copy_of_a_backup_takes_the_ledgers_place_by_its_name_alone(
    folder: Path, mark: str
) -> None:
    """No secret was needed: what was issued since was gone, and its number came again."""
    paths = DataFolder(folder)
    if mark == "another restore's":
        cut_off(folder)
        kept = paths.restore_mark.read_bytes()
        open_store(folder).close(with_backup=False)
        assert not paths.restore_mark.exists()
        paths.restore_mark.write_bytes(kept)
    elif mark == "an anchor":
        shutil.copy(paths.anchor, paths.restore_mark)
    newest = max(paths.backups.glob("ledger-*.db"))
    shutil.copy(newest, paths.restored)
    anchor = paths.anchor.read_bytes()
    paths.ledger.unlink()
    with pytest.raises(store_errors.RestoredUnknownError, match="medcounter restore"):
        open_store(folder)
    assert not paths.ledger.exists()
    assert paths.anchor.read_bytes() == anchor


def test_a_backup_of_the_line_before_a_restore_is_not_followed(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Copied back out of replaced/ it shut the ledger, and who obeyed lost what came since."""
    store = open_store(folder)
    later = AT + timedelta(days=1)
    for request in range(4, 14):
        store.ledger.issue(notice(request, issued_at=later), paper)
    store.close()
    done = restore(folder, FIRST, AT)
    store = open_store(folder)
    given = store.ledger.issue(notice(20, issued_at=later), paper).number
    store.close()
    other = max(done.aside.glob("ledger-2*.db"))
    shutil.copy(other, folder / "backups" / other.name)
    store = open_store(folder)
    assert store.read_only == ""
    assert other.name in caplog.text
    assert store.backups.make() is not None
    again = store.ledger.issue(notice(21, issued_at=later), paper).number
    assert (given, again) == ("2025-03-000014", "2025-03-000015")
    assert sound(store)
    store.close()


def test_a_ledger_of_the_first_schema_opens_and_is_backed_up_before_it_is_changed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(FROZEN / "version-1", folder)
    store = open_store(folder)
    assert [entry.number[-1] for entry in store.ledger.search().rows] == ["3", "2", "1"]
    assert store.ledger.find("2025-03-000002").void_reason == "姓名填错"
    later = AT + timedelta(days=1)
    assert store.ledger.issue(notice(4, issued_at=later), paper).number == "2025-03-000004"
    assert sound(store)
    store.close()
    assert (folder / "backups" / "before-version-4.db").exists()


def test_a_restored_ledger_gives_no_number_of_a_close_twice(folder: Path) -> None:
    store = open_store(folder)
    day = whole_day(AT.date(), AT)
    later = AT + timedelta(days=1)
    assert store.days.close(day, "03", later, "李晓", counted).number == "2025-03-D0001"
    store.close(with_backup=False)
    done = restore(folder, FIRST, AT)
    assert done.numbers_used == ("2025-03-000003", "2025-03-D0001")
    store = open_store(folder)
    assert store.days.closes() == ()
    assert store.days.close(day, "03", later, "李晓", counted).number == "2025-03-D0002"
    assert store.ledger.issue(notice(4, issued_at=later), paper).number == "2025-03-000004"
    assert sound(store)
    store.close()
