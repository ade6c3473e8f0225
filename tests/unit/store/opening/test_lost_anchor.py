"""A ledger whose anchor is gone is never silently taken for the right one."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.store import restore_mark, store_errors
from medcounter.store.backups.second_place import folder_name
from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from medcounter.trust import chain, ledger_anchor
from tests.support.store.access_samples import LI, pass_of
from tests.support.store.auditors_samples import audited_folder, clerks
from tests.support.store.store_samples import (
    AT,
    BEIJING,
    counted,
    kinds_beside_notices,
    looked_into_only,
    notice,
    paper,
    raw,
)

LATER = AT + timedelta(days=1)
# From midnight of the first of January to 14:32 on the sixth of March: 64 days.
MINUTES = 64 * 24 * 60 + 14 * 60 + 32
DAYS_TENFOLD = 650
ON_FROM_THERE = f"2025-03-{MINUTES + 1:06d}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five notices and no backup of them."""
    path = tmp_path / "data"
    store = open_store(path)
    for request in range(1, 6):
        store.ledger.issue(notice(request), paper)
    store.close(with_backup=False)
    return path


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.verify() if fault]


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(b"x" * 256)


def too_large(path: Path) -> None:
    path.write_bytes(b"x" * 5000)


def of_another(path: Path) -> None:
    kept = ledger_anchor.LedgerAnchor(chain.Head(5, "0a1b2c3d"), "2025-03-000005")
    path.write_bytes(ledger_anchor.dump(b"o" * 32, kept))


LOSSES = [Path.unlink, emptied, noise, too_large, of_another]


@pytest.mark.parametrize("lose", LOSSES)
def test_a_lost_anchor_is_told_in_the_ledger_and_no_number_comes_again(
    folder: Path, lose: Callable[[Path], None]
) -> None:
    lose(DataFolder(folder).anchor)
    store = open_store(folder, at=LATER)
    assert store.read_only == ""
    assert kinds_beside_notices(store) == ["anchor-lost"]
    told = store.last_leap()
    assert told is not None
    assert told.at == LATER
    assert store.ledger.issue(notice(6, issued_at=LATER), paper).number == ON_FROM_THERE
    day = whole_day(AT.date(), AT)
    closed = store.days.close(day, "03", LATER, "李晓", counted)
    assert closed.number == f"2025-03-D{DAYS_TENFOLD + 1:04d}"
    assert faults(store) == []
    store.close(with_backup=False)
    again = open_store(folder)
    assert again.read_only == ""
    assert kinds_beside_notices(again) == ["anchor-lost", "day-close"]
    again.close()


def test_who_does_not_know_the_time_only_looks(folder: Path) -> None:
    DataFolder(folder).anchor.unlink()
    store = open_store(folder)
    assert "anchor.json" in store.read_only
    assert store.ledger.search().total == 5
    with pytest.raises(store_errors.AnchorLostError):
        store.ledger.issue(notice(6), paper)
    store.close()
    assert not DataFolder(folder).anchor.exists()


@pytest.mark.parametrize("kept", [0, 2])
def test_an_old_ledger_put_back_without_its_anchor_gives_no_number_twice(
    folder: Path, tmp_path: Path, kept: int
) -> None:
    """Nothing else knew of the last notices; they came again, and nobody was told."""
    old = tmp_path / "old"
    made = open_store(old)
    made.close(with_backup=False)
    paths = DataFolder(folder)
    shutil.rmtree(folder)
    shutil.copytree(old, folder)
    store = open_store(folder)
    issued = [store.ledger.issue(notice(each), paper).number for each in range(kept)]
    store.close(with_backup=False)
    shutil.copy(paths.ledger, tmp_path / "old.db")
    store = open_store(folder)
    issued += [store.ledger.issue(notice(each), paper).number for each in range(kept, 9)]
    store.close(with_backup=False)
    shutil.copy(tmp_path / "old.db", paths.ledger)
    paths.anchor.unlink()
    desk = Desk.open(folder, AT)
    store = desk._store  # noqa: SLF001 - a notice, not a day
    assert kinds_beside_notices(store)[0] == "anchor-lost"
    for desk_number in ("03", "05"):  # an older ledger does not know which one was used
        again = store.ledger.issue(notice(int(desk_number) + 90, desk=desk_number), paper)
        assert again.number not in issued
        assert int(again.number[-6:]) > MINUTES - 24 * 60
    assert faults(store) == []
    desk.close()


def test_who_has_given_more_than_a_number_a_minute_leaps_from_there(folder: Path) -> None:
    paths = DataFolder(folder)
    for place, lost in enumerate((1, 2), 1):
        paths.anchor.unlink()
        store = open_store(folder, at=AT + timedelta(minutes=place))
        at = AT + timedelta(minutes=place)
        number = store.ledger.issue(notice(5 + place, issued_at=at), paper).number
        store.close(with_backup=False)
        first = MINUTES - 24 * 60 + 1 + 1
        assert number == f"2025-03-{first + (lost - 1) * 10_000 + (lost - 1):06d}"
    store = open_store(folder)
    assert kinds_beside_notices(store) == ["anchor-lost", "anchor-lost"]
    assert faults(store) == []
    store.close()


def test_a_series_near_its_end_keeps_half_of_what_is_left(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("INSERT INTO number_floor VALUES (2025, '03', 999989)")
    DataFolder(folder).anchor.unlink()
    store = open_store(folder, at=AT)
    assert store.ledger.issue(notice(6), paper).number == "2025-03-999995"
    store.close(with_backup=False)


def test_a_clock_behind_the_ledger_leaps_from_the_ledgers_own_time(folder: Path) -> None:
    DataFolder(folder).anchor.unlink()
    store = open_store(folder, at=datetime(2024, 1, 1, 8, tzinfo=BEIJING))
    assert store.ledger.issue(notice(6), paper).number == f"2025-03-{MINUTES - 24 * 60 + 1:06d}"
    assert faults(store) == []
    store.close(with_backup=False)


def test_an_anchor_that_cannot_be_written_anew_leaves_the_ledger_to_be_looked_into(
    folder: Path,
) -> None:
    anchor = DataFolder(folder).anchor
    anchor.unlink()
    anchor.mkdir()
    store = open_store(folder, at=LATER)
    assert "同名文件夹" in store.read_only
    assert not store.is_broken
    assert kinds_beside_notices(store) == []
    with pytest.raises(store_errors.AnchorUnwrittenError):
        store.ledger.issue(notice(6), paper)
    store.close()
    anchor.rmdir()
    store = open_store(folder, at=LATER)
    assert store.ledger.issue(notice(6, issued_at=LATER), paper).number == ON_FROM_THERE
    store.close(with_backup=False)


def test_a_program_killed_before_the_new_anchor_tells_once_more(folder: Path) -> None:
    anchor = DataFolder(folder).anchor
    anchor.unlink()
    store = open_store(folder, at=LATER)
    first = store.ledger.issue(notice(6, issued_at=LATER), paper).number
    store.close(with_backup=False)
    anchor.write_bytes(b" " * ledger_anchor.SIZE)  # as it lies from before the commit on
    store = open_store(folder, at=LATER)
    assert kinds_beside_notices(store) == ["anchor-lost", "anchor-lost"]
    second = store.ledger.issue(notice(7, issued_at=LATER), paper).number
    assert int(second[-6:]) > int(first[-6:])
    assert faults(store) == []
    store.close(with_backup=False)


def _walked(folder: Path) -> None:
    store = open_store(folder)
    assert not any(store.walk())
    store.close(with_backup=False)


def _to_a_stick(folder: Path) -> None:
    store = open_store(folder)
    store.backups.make()
    stick = folder.parent / "stick"
    stick.mkdir()
    store.backups.mirror(str(stick), noted=True).run(AT.date())
    assert (stick / folder_name(store.data_key)).is_dir()
    store.close(with_backup=False)
    for path in ((folder / "walked.json"), *(folder / "backups").glob("ledger-*.db")):
        path.unlink()


@pytest.mark.parametrize(
    ("tell", "name"), [(_walked, "walked.json"), (_to_a_stick, "second-place.json")]
)
def test_without_the_anchor_whatever_else_knows_how_far_the_ledger_went_is_asked(
    folder: Path, tmp_path: Path, tell: Callable[[Path], None], name: str
) -> None:
    shutil.copy(folder / "ledger.db", tmp_path / "old.db")
    store = open_store(folder)
    store.ledger.issue(notice(6), paper)
    store.close(with_backup=False)
    tell(folder)
    shutil.copy(tmp_path / "old.db", folder / "ledger.db")
    DataFolder(folder).anchor.unlink()
    store = open_store(folder, at=LATER)
    assert name in store.read_only
    assert "有 6 条" in store.read_only
    store.close()


@pytest.mark.parametrize("forged", ["by an older program", "ahead"])
def test_a_note_of_the_second_place_that_the_ledgers_key_did_not_make_shuts_nobody_out(
    folder: Path, forged: str
) -> None:
    """Anybody with the disk can write one."""
    _to_a_stick(folder)
    paths = DataFolder(folder)
    said = json.loads(paths.mirrored.read_text("utf-8"))
    if forged == "ahead":
        said |= {"events": 999999, "head": "999999-deadbeef"}
    else:
        said.pop("code", None)
        said |= {"events": 7, "head": "7-deadbeef"}
    paths.mirrored.write_text(json.dumps(said), encoding="utf-8")
    paths.anchor.unlink()
    store = open_store(folder, at=LATER)
    assert store.read_only == ""
    assert store.backups.mirrored() is None
    store.close()


def test_the_auditors_copy_is_asked_too_and_counts_only_by_the_ledgers_own_word(
    tmp_path: Path,
) -> None:
    folder = audited_folder(tmp_path / "data")
    paths = DataFolder(folder)
    shutil.copy(paths.ledger, tmp_path / "old.db")
    desk = clerks(folder)
    desk._store.ledger.issue(notice(2, issued_at=AT + timedelta(minutes=9)), paper)  # noqa: SLF001 - a notice, not a day
    desk.close()
    for path in (*paths.backups.glob("ledger-*.db"), paths.walked, paths.anchor):
        path.unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", paths.ledger)
    desk = clerks(folder)
    assert "auditor.db" in desk.read_only
    key = desk._store.data_key  # noqa: SLF001 - as who has the disk and the auditors' key
    desk.close()
    with connect(paths.auditors, key.auditors.ledger) as copy:
        copy.execute("UPDATE ends SET position = position + 50")
    desk = clerks(folder)
    assert desk.read_only == ""
    desk.close()


def test_a_restored_ledger_has_its_anchor_before_its_name(folder: Path) -> None:
    paths = DataFolder(folder)
    store = open_store(folder)
    made = store.backups.make()
    assert made is not None
    for request in range(6, 9):
        store.ledger.issue(notice(request), paper)
    assert not any(store.walk())
    store.close(with_backup=False)
    kept = folder / "kept"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(restore_mark, "remove", lambda path: kept.write_bytes(path.read_bytes()))
        done = restore(folder, made.name, LATER)
    assert {"anchor.json", "walked.json"} <= {path.name for path in done.aside.iterdir()}
    restored, mark = paths.ledger.read_bytes(), kept.read_bytes()
    anchors = ((done.aside / "anchor.json").read_bytes(), paths.anchor.read_bytes(), b"")
    # Cut off at each step after the ledger before was out of the way; last, one is gone.
    for lies, said in zip(anchors, ([], [], ["anchor-lost"]), strict=True):
        paths.ledger.unlink()
        paths.restored.write_bytes(restored)
        paths.restore_mark.write_bytes(mark)
        paths.anchor.write_bytes(lies)
        opened = open_store(folder, at=LATER)
        assert opened.read_only == ""
        assert kinds_beside_notices(opened) == ["restore", *said]
        opened.close(with_backup=False)
    paths.restore_mark.write_bytes(mark)
    paths.anchor.unlink()
    assert "anchor.json" in looked_into_only(folder)  # the mark is no anchor


def test_a_restore_without_an_anchor_leaps_over_what_nothing_knows(folder: Path) -> None:
    """The ledger and its anchor were gone; the numbers after the backup came again."""
    paths = DataFolder(folder)
    store = open_store(folder)
    made = store.backups.make()
    store.ledger.issue(notice(6), paper)
    store.close(with_backup=False)
    assert made is not None
    paths.ledger.unlink()
    paths.anchor.unlink()
    done = restore(folder, made.name, LATER)
    assert done.numbers_used == ()
    assert "有意跳过一段" in done.said_of_numbers
    store = open_store(folder)
    assert store.ledger.issue(notice(7, issued_at=LATER), paper).number == ON_FROM_THERE
    assert faults(store) == []
    store.close(with_backup=False)


def test_a_restore_asks_the_auditors_copy_for_numbers_too(tmp_path: Path) -> None:
    folder = audited_folder(tmp_path / "data")
    paths = DataFolder(folder)
    desk = clerks(folder)
    store = desk._store  # noqa: SLF001 - a notice, not a day
    made = store.backups.make()
    assert made is not None
    held = made.read_bytes()
    later = AT + timedelta(minutes=9)
    last = store.ledger.issue(notice(2, issued_at=later, clerk=LI), paper).number
    anchor_key = bytes(store.data_key.anchor)
    desk.close()
    for path in (*paths.backups.glob("ledger-*.db"), paths.ledger):
        path.unlink()
    made.write_bytes(held)
    kept = ledger_anchor.LedgerAnchor(chain.Head(1, "0a1b2c3d"), "")
    paths.anchor.write_bytes(ledger_anchor.dump(anchor_key, kept))
    done = restore(folder, made.name, LATER, Restorer(LI, (pass_of(folder, LI).key,)))
    assert done.numbers_used == (last,)
