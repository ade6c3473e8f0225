"""What is acknowledged lies in the file that the next opening finds."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from medcounter.assess.facts import Facts
from medcounter.desk.counter.issue_reasons import LABELS
from medcounter.desk.desk import Desk
from medcounter.desk.desk_records import IssuedNotice
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.desk.roster.roster_issue import ListRun
from medcounter.errors import MedCounterError
from medcounter.roster.reading.findings import Listed
from medcounter.store import store_errors
from medcounter.store.backups.backup import backups
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import drill, restore
from tests.support.roster.roster_samples import id_number
from tests.support.store.store_samples import AT, notice, paper

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三丰", id_number="11010519491231002X")
GRANDMOTHER = Draft(
    region="360000",
    benefit_year=2025,
    name="王秀英",
    id_number=id_number(date(1952, 6, 1), 14),
)
CHILD = Draft(
    region="360000",
    benefit_year=2025,
    name="张小丰",
    id_number=id_number(date(2015, 6, 1), 12),
)
BIRTH = date(1980, 1, 2)
LISTED = Listed(
    "名单",
    4,
    "东村",
    "王一",
    id_number(BIRTH, 1),
    Facts("360000", 2025, AT.date(), birth_date=BIRTH),
)

Happening = Callable[[Path], None]


def remove(folder: Path) -> None:
    (folder / "ledger.db").unlink()


def move(folder: Path) -> None:
    (folder / "ledger.db").rename(folder / "ledger.db.bak")


def move_out(folder: Path) -> None:
    (folder / "ledger.db").rename(folder.with_name("taken.db"))


def exchange(folder: Path) -> None:
    shutil.copyfile(folder / "ledger.db", folder / "other.db")
    (folder / "other.db").replace(folder / "ledger.db")


def exchange_by_rubbish(folder: Path) -> None:
    (folder / "other.db").write_bytes(bytes(40_960))
    (folder / "other.db").replace(folder / "ledger.db")


def write_over(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"%PDF-1.4 " * 10_000)


def truncate(folder: Path) -> None:
    os.truncate(folder / "ledger.db", 0)


def cut_short(folder: Path) -> None:
    path = folder / "ledger.db"
    os.truncate(path, path.stat().st_size - 4096)


FILE = (remove, move, move_out, exchange, exchange_by_rubbish, write_over, truncate, cut_short)
CAUSES: dict[Happening, type[store_errors.StoreError]] = {
    remove: store_errors.LedgerRemovedError,
    move: store_errors.LedgerRemovedError,
    move_out: store_errors.LedgerRemovedError,
    exchange: store_errors.LedgerExchangedError,
    exchange_by_rubbish: store_errors.LedgerExchangedError,
    write_over: store_errors.LedgerOverwrittenError,
    truncate: store_errors.LedgerOverwrittenError,
    cut_short: store_errors.LedgerOverwrittenError,
}
# What is still open of the ledger is whole after these.
WHOLE = (remove, move, move_out, exchange, exchange_by_rubbish)


def at_work(folder: Path, notices: int = 3) -> Store:
    """A store that has written, so that SQLite looks at the path no more."""
    store = open_store(folder)
    for request in range(1, notices + 1):
        store.ledger.issue(notice(request), paper)
    return store


@pytest.mark.parametrize("happens", FILE)
def test_nothing_is_acknowledged_once_the_file_is_no_more_what_was_opened(
    happens: Happening, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    happens(folder)
    for request in range(4, 8):
        with pytest.raises(CAUSES[happens]):
            store.ledger.issue(notice(request), paper)
    assert "不能再出单" in store.read_only
    assert store.is_broken
    store.close()


@pytest.mark.parametrize("happens", WHOLE)
def test_what_the_open_handle_holds_is_saved_as_a_backup_and_named(
    happens: Happening, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    head = store.ledger.head()
    happens(folder)
    with pytest.raises(CAUSES[happens]) as refused:
        store.ledger.issue(notice(4), paper)
    store.close()
    (saved,) = backups(folder / "backups")
    assert str(saved.path) in refused.value.text
    assert saved.events == head.position
    assert drill(folder, saved.path.name).notices == 3


@pytest.mark.parametrize("happens", WHOLE)
def test_every_acknowledged_notice_is_there_after_the_saved_file_was_restored(
    happens: Happening, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    numbers = [entry.number for entry in store.ledger.search().rows]
    happens(folder)
    with pytest.raises(CAUSES[happens]):
        store.ledger.issue(notice(4), paper)
    store.close()
    (saved,) = backups(folder / "backups")
    restore(folder, saved.path.name, AT)
    store = open_store(folder)
    assert [entry.number for entry in store.ledger.search().rows] == numbers
    assert not any(store.ledger.verify())
    store.close()


@pytest.mark.parametrize("happens", [write_over, truncate, cut_short])
def test_where_nothing_whole_is_left_the_newest_backup_is_named(
    happens: Happening, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    made = store.backups.make()
    assert made is not None
    # More than the pages that a connection keeps, so that some are asked of the file.
    for request in range(4, 400):
        store.ledger.issue(notice(request), paper)
    happens(folder)
    with pytest.raises(store_errors.LedgerOverwrittenError) as refused:
        store.ledger.issue(notice(400), paper)
    store.close()
    found = [each.path for each in backups(folder / "backups")]
    assert any(path.name in refused.value.text for path in found)
    for path in found:  # what counts can be restored, whichever it is
        drill(folder, path.name)


def test_an_older_copy_written_into_the_same_file_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    older = (folder / "ledger.db").read_bytes()
    store.ledger.issue(notice(4), paper)
    grown = (folder / "ledger.db").stat().st_size
    (folder / "ledger.db").write_bytes(older.ljust(grown, b"\0"))
    with pytest.raises(store_errors.LedgerOverwrittenError):
        store.ledger.issue(notice(5), paper)
    store.close()


@pytest.mark.parametrize("stays", ["nothing", "empty", "copy"])
def test_a_folder_that_is_gone_is_noticed_and_saved_beside_it_with_the_key(
    stays: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    if stays == "nothing":
        shutil.rmtree(folder)
    else:
        folder.rename(tmp_path / "taken")
        if stays == "empty":
            folder.mkdir()
        else:
            shutil.copytree(tmp_path / "taken", folder)
    with pytest.raises(store_errors.FolderLostError) as refused:
        store.ledger.issue(notice(4), paper)
    store.close()
    (saved,) = backups(tmp_path / "data-rescued")
    assert str(saved.path) in refused.value.text
    assert (tmp_path / "data-rescued" / "keyslots.json").stat().st_size
    restore(folder if stays == "nothing" else tmp_path / "new", str(saved.path), AT)
    again = open_store(folder if stays == "nothing" else tmp_path / "new")
    assert again.ledger.search().total == 3
    again.close()


def test_where_the_key_files_went_too_what_is_saved_lies_elsewhere_with_the_key(
    tmp_path: Path,
) -> None:
    """Whoever empties a folder may leave its folders: nothing there opens what is saved."""
    folder = tmp_path / "data"
    store = at_work(folder)
    for path in (folder / "ledger.db", *folder.rglob("keyslots.json")):
        path.unlink()
    with pytest.raises(store_errors.LedgerRemovedError) as refused:
        store.ledger.issue(notice(4), paper)
    store.close()
    (saved,) = backups(tmp_path / "data-rescued")
    assert str(saved.path) in refused.value.text
    restore(tmp_path / "new", str(saved.path), AT)
    again = open_store(tmp_path / "new")
    assert again.ledger.search().total == 3
    again.close()


def issue(desk: Desk, *drafts: Draft) -> IssuedNotice:
    """Issue with every reason to doubt acknowledged."""
    outcomes = tuple(desk.outcome(draft, AT.date()) for draft in drafts)
    seen = {doubt.code for doubt in desk.households.doubts(outcomes, AT)}
    clicks = tuple(f"{len(drafts)} {draft.name}" for draft in drafts)
    return desk.households.issue(outcomes, AT, clicks, seen)[0]


def agreed(desk: Desk) -> ListRun:
    """A list to which somebody agreed, whatever was doubtful."""
    return ListRun(desk.rosters.basis(AT), frozenset(LABELS))


DOORS: dict[str, Callable[[Desk, str], object]] = {
    "issue": lambda desk, _: issue(desk, GRANDMOTHER),
    "household": lambda desk, _: issue(desk, RESIDENT, CHILD),
    "list": lambda desk, _: desk.rosters.issue(LISTED, AT, agreed(desk)),
    "void": lambda desk, number: desk.notices.void(number, "错了", AT),
    "reprint": lambda desk, number: desk.notices.reprint(number, AT),
    "print confirmed": lambda desk, number: desk.notices.mark_printed(number, 1, AT, ok=True),
    "correction": lambda desk, number: desk.register.correct(number, "错了", AT),
    "close of the day": lambda desk, _: desk.days.close(AT.date(), AT),
    "entered": lambda desk, number: desk.register.mark_entered((number,), AT, entered=True),
    "draft": lambda desk, _: desk.households.save(Household((RESIDENT,)), AT),
    "clock accepted": lambda desk, _: desk.health.accept_clock(AT, "校准过"),
    "export": lambda desk, _: list(desk.register.export_audit(AT)),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("happens", [remove, exchange, write_over])
def test_no_door_acknowledges_into_a_file_that_is_gone(
    door: str, happens: Happening, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    desk = Desk.open(folder, AT)
    number = issue(desk, CHILD).notice.number
    assert number is not None
    happens(folder)
    with pytest.raises(MedCounterError) as refused:
        DOORS[door](desk, number)
    assert isinstance(refused.value, CAUSES[happens])
    desk.close()


def test_a_journal_that_was_cleaned_away_is_made_anew_before_the_next_commit(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    (folder / "ledger.db-journal").unlink()
    store.ledger.issue(notice(4), paper)
    assert (folder / "ledger.db-journal").exists()
    assert store.ledger.search().total == 4
    store.close()


def test_a_hole_whose_time_was_set_back_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    path = folder / "ledger.db"
    before = path.stat()
    with path.open("r+b") as file:
        # Neither the first page nor the last: what is looked at anyhow is whole.
        file.seek(3 * 4096)
        file.write(bytes(4096))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(store_errors.LedgerOverwrittenError):
        store.ledger.issue(notice(4), paper)
    store.close()


def test_a_hard_link_made_by_a_backup_tool_is_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = at_work(folder)
    (tmp_path / "linked.db").hardlink_to(folder / "ledger.db")
    store.ledger.issue(notice(4), paper)
    assert store.read_only == ""
    store.close()


def test_no_handle_of_the_ledger_stays_after_it_was_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    held = len(list(Path("/proc/self/fd").iterdir()))
    at_work(folder).close()
    assert len(list(Path("/proc/self/fd").iterdir())) == held


def test_a_database_that_fails_while_the_place_is_looked_at_has_its_sentence(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    # Touched, so that what is in the file is asked for before the next act.
    os.utime(tmp_path / "data" / "ledger.db", (1, 1))
    store._ledger.database.conn.close()  # noqa: SLF001 - every statement fails from here on
    with pytest.raises(store_errors.StoreError):
        store.ledger.mark_prints((("2025-03-000001", 1),), AT, "王", ok=True)
    store._ledger.close()  # noqa: SLF001 - opened anew below
    store.ledger.mark_prints((("2025-03-000001", 1),), AT, "王", ok=True)
    assert store.ledger.find("2025-03-000001").prints[0].state == "printed"
    store.close(with_backup=False)


def test_a_file_that_cannot_be_read_beside_the_connection_has_its_sentence(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    foothold = store._ledger._foothold  # noqa: SLF001 - its handle fails
    assert foothold is not None
    os.close(foothold._file.fileno())  # noqa: SLF001 - a disk that gives nothing
    with pytest.raises(store_errors.StoreError):
        store.ledger.issue(notice(2), paper)
    with suppress(OSError):
        store.close(with_backup=False)
