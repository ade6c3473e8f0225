"""A leap over numbers is what the program would have leapt over, or it is told."""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from tests.support.store.store_samples import AT, BEIJING, counted, notice, paper

LATER = AT + timedelta(minutes=5)
NEXT_YEAR = datetime(2026, 2, 10, 9, tzinfo=BEIJING)
# From midnight of the first of January to nine on the tenth of February: 40 days.
MINUTES = 40 * 24 * 60 + 9 * 60
OF_A_RESTORE = {
    "backup": "ledger-20250305-000000003.db",
    "known": 0,
    "over": "failing",
    "reason": "",
    "voided": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three notices and a backup of them."""
    path = tmp_path / "data"
    store = open_store(path)
    for request in range(1, 4):
        store.ledger.issue(notice(request), paper)
    store.close()
    return path


def write(folder: Path, kind: str, floors: Iterable[tuple[str, int]]) -> int:
    """Write a leap past the program, with its floors, as who holds the key can."""
    floors = tuple(floors)
    store = open_store(folder)
    said = {"numbers_used": [f"2025-{desk}-{last:06d}" for desk, last in floors], "closes_used": []}
    detail = said if kind == "anchor-lost" else said | OF_A_RESTORE
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
        for desk, last in floors:
            database.conn.execute("INSERT INTO number_floor VALUES (2025, ?, ?)", (desk, last))
        journal.append(database, store.chain_key, NewEvent(kind, LATER, "", detail=detail))
        position = journal.head(database).position
    store.close(with_backup=False)
    return position


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.verify() if fault]


EVERY_DESK = [(f"{desk:02d}", 999_999) for desk in range(100)]
# On the fifth of March at 14:37, 63 days into the year.
FORESEEN = 63 * 1440 + 14 * 60 + 37


@pytest.mark.parametrize(
    ("kind", "floors", "said"),
    [
        ("anchor-lost", EVERY_DESK, "跳过的编号与程序当时会跳过的不同"),
        ("anchor-lost", [], "跳过的编号与程序当时会跳过的不同"),
        ("anchor-lost", [("03", FORESEEN)], "跳过的编号与程序当时会跳过的不同"),
        ("anchor-lost", [("03", 1)], "编号下限低于当时已经用到的编号"),
        ("restore", [("03", 3)], "编号下限低于当时已经用到的编号"),
        ("restore", [("07", 999_999)], "编号下限高于当时可能用到的编号"),
        ("restore", EVERY_DESK, "编号下限高于当时可能用到的编号"),
    ],
)
def test_a_leap_that_no_program_made_is_named_and_no_backup_with_it_counts(
    folder: Path, kind: str, floors: list[tuple[str, int]], said: str
) -> None:
    position = write(folder, kind, floors)
    store = open_store(folder, at=LATER)
    assert f"第 {position} 条记录" in store.read_only
    assert said in store.read_only
    assert any(said in text for text in faults(store))
    with pytest.raises(store_errors.BackupBrokenError, match=said):
        store.backups.make()
    store.close(with_backup=False)


def test_the_restored_backup_does_not_take_over_a_leap_that_no_program_made(folder: Path) -> None:
    """The restore asked the broken ledger, and could give no number either."""
    (good,) = (folder / "backups").glob("ledger-*.db")
    write(folder, "anchor-lost", EVERY_DESK)
    restore(folder, good.name, LATER)
    store = open_store(folder, at=LATER)
    assert store.read_only == ""
    later = notice(4, issued_at=LATER)
    assert store.ledger.issue(later, paper).number == "2025-03-000004"
    assert faults(store) == []
    store.close(with_backup=False)


def test_numbers_on_paper_above_such_a_leap_are_not_given_again(folder: Path) -> None:
    (good,) = (folder / "backups").glob("ledger-*.db")
    held = good.read_bytes()
    write(folder, "restore", [("03", 999_000)])
    DataFolder(folder).anchor.unlink()
    good.unlink()
    (folder / "walked.json").unlink(missing_ok=True)
    # Somebody's own program goes on from there.
    store = open_store(folder, at=None)
    store._ledger.refusal = None  # noqa: SLF001 - as above
    assert store.ledger.issue(notice(4, issued_at=LATER), paper).number == "2025-03-999001"
    store.close(with_backup=False)
    good.write_bytes(held)
    done = restore(folder, good.name, LATER)
    store = open_store(folder, at=LATER)
    assert store.read_only == ""
    number = store.ledger.issue(notice(5, issued_at=LATER), paper).number
    assert done.numbers_used
    # Half of what is left above what was foreseen, which none at a counter comes to.
    assert number == f"2025-03-{FORESEEN + (999_999 - FORESEEN) // 2 + 1:06d}"
    assert faults(store) == []
    store.close(with_backup=False)


def test_an_audit_file_names_a_floor_below_the_last_number(folder: Path) -> None:
    position = write(folder, "anchor-lost", [("03", 1)])
    store = open_store(folder)
    lines = list(store.export(LATER, "", masked=True))
    store.close(with_backup=False)
    told, known = audit_reading.read(lines).faults
    assert told == f"第 {position} 条记录所写的编号下限低于当时已经用到的编号。"
    # The ledger was known to be broken, and its file says so too.
    assert known.startswith("写出这份文件时，程序已知道台账核对不符")


def older_ledger_put_back(folder: Path, room: Path) -> list[str]:
    """Put last year's ledger back, with nothing beside it; gives this year's numbers."""
    paths = DataFolder(folder)
    shutil.copy(paths.ledger, room / "old.db")
    store = open_store(folder, at=NEXT_YEAR)
    given = [
        store.ledger.issue(notice(request, issued_at=NEXT_YEAR), paper).number
        for request in range(4, 7)
    ]
    day = whole_day(NEXT_YEAR.date(), NEXT_YEAR)
    given.append(store.days.close(day, "03", NEXT_YEAR, "李晓", counted).number)
    store.close(with_backup=False)
    shutil.copy(room / "old.db", paths.ledger)
    for path in (paths.anchor, paths.walked, *paths.backups.glob("ledger-*.db")):
        path.unlink(missing_ok=True)
    return given


@pytest.mark.parametrize("first", ["a notice", "a close"])
def test_after_a_wrong_years_clock_the_right_years_numbers_are_leapt_over_too(
    folder: Path, tmp_path: Path, first: str
) -> None:
    """The leap covered the year of the clock; this year's numbers were given twice."""
    given = older_ledger_put_back(folder, tmp_path)
    store = open_store(folder, at=AT + timedelta(days=1))
    # The clock is set right while the program runs.
    day = whole_day(NEXT_YEAR.date(), NEXT_YEAR)
    if first == "a close":
        number = store.days.close(day, "03", NEXT_YEAR, "李晓", counted).number
        assert number == "2026-03-D0411"  # ten a day, on 41 days
    number = store.ledger.issue(notice(9, issued_at=NEXT_YEAR), paper).number
    assert number == f"2026-03-{MINUTES + 1:06d}"
    assert number not in given
    leap = store.last_leap()
    assert leap is not None
    assert (leap.at, leap.why) == (NEXT_YEAR, "year")
    assert faults(store) == []
    store.close(with_backup=False)


def test_a_restore_that_leapt_is_followed_by_a_leap_in_the_next_year(
    folder: Path, tmp_path: Path
) -> None:
    (good,) = (folder / "backups").glob("ledger-*.db")
    held = good.read_bytes()
    older_ledger_put_back(folder, tmp_path)
    good.write_bytes(held)
    restore(folder, good.name, AT + timedelta(days=1))
    store = open_store(folder, at=NEXT_YEAR)
    number = store.ledger.issue(notice(9, issued_at=NEXT_YEAR), paper).number
    assert number == f"2026-03-{MINUTES + 1:06d}"
    assert faults(store) == []
    store.close(with_backup=False)


def test_a_year_after_days_of_work_begins_with_its_first_number(folder: Path) -> None:
    DataFolder(folder).anchor.unlink()
    store = open_store(folder, at=LATER)
    for day in range(10):
        store.ledger.issue(notice(20 + day, issued_at=LATER + timedelta(days=day)), paper)
    first = store.ledger.issue(notice(40, issued_at=NEXT_YEAR), paper)
    assert first.number == "2026-03-000001"
    assert faults(store) == []
    store.close(with_backup=False)
