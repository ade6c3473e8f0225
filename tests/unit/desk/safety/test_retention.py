"""People are erased after their term, and the chain holds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from medcounter.desk.desk import Desk
from medcounter.desk.safety.retention import last_year_over
from medcounter.store.backups.backup import backups
from medcounter.store.erasure import DAYS_OF_A_YEAR
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust import slot_files
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.store.store_samples import BEIJING, notice, paper

PAGE = 4096
RESERVED = 80
NAME = "欧阳金丝雀"
ID_NUMBER = "110101199003078515"


def fill(store: Store, years: tuple[int, ...], first: int = 1) -> None:
    """Issue a notice of one person in each year."""
    for number, year in enumerate(years, start=first):
        at = datetime(year, 3, 5, 9, 0, tzinfo=BEIJING)
        store.ledger.issue(
            notice(number, name=NAME, id_number=ID_NUMBER, issued_at=at),
            lambda text: paper(text) + f"{NAME} {ID_NUMBER}".encode(),
        )


def work(store: Store, years: range, days: int = DAYS_OF_A_YEAR) -> None:
    """Let something happen on some days of each year."""
    for year in years:
        for day in range(days):
            at = datetime(year, 1, 2 + day, 9, 0, tzinfo=BEIJING)
            store.note(NewEvent("export", at, "李晓", detail={"masked": True}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger of the years 2018 to 2021, worked in since, with its closing backup."""
    store = open_store(tmp_path / "data")
    for number, year in enumerate((2018, 2019, 2019, 2020, 2021), start=1):
        if number != 3:
            work(store, range(year, year + 1))
        fill(store, (year,), number)
    store.backups.make()
    work(store, range(2022, 2028))
    store.close()
    return tmp_path / "data"


def plain_pages(path: Path, folder: Path) -> bytes:
    """Every page of a SQLCipher file with its key, free ones too."""
    paths = DataFolder(folder)
    (key,) = slot_files.read_data_keys(paths.key_file, paths.key_copy)
    data, found = path.read_bytes(), []
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        body, vector = page[16 if not start else 0 : -RESERVED], page[-RESERVED:][:16]
        opened = Cipher(algorithms.AES(key.ledger), modes.CBC(vector)).decryptor()
        found.append(opened.update(body) + opened.finalize())
    return b"".join(found)


def traces(path: Path, folder: Path) -> list[bytes]:
    """What of the person is in a file: name, number, search words, paper."""
    # Codes and signatures hold four hex digits of anything by chance.
    pages = re.sub(rb"[0-9a-f]{32,}", b"", plain_pages(path, folder))
    sought = [NAME.encode(), ID_NUMBER.encode(), ID_NUMBER[-4:].encode()]
    sought += [f"{ord(mark):x}".encode() for mark in NAME]
    sought += [b"ouyang", b"oyjsq"]
    return [word for word in sought if word in pages]


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2025, 12, 31), 2019), (date(2026, 1, 1), 2020), (date(2026, 11, 21), 2020)],
)
def test_a_year_goes_as_a_whole_five_years_after_its_end(on: date, year: int) -> None:
    assert last_year_over(on) == year


def test_what_is_due_is_said_before_anything_happens(folder: Path) -> None:
    desk = Desk.open(folder, datetime(2025, 3, 6, 9, 0, tzinfo=BEIJING))
    due = desk.retention.due(date(2025, 3, 6))
    assert due.years == ((2018, 1), (2019, 2))
    assert due.text.startswith("2018、2019 年出的 3 张通知单保存满 5 年")
    assert desk.retention.due(date(2023, 12, 31)).text == ""
    assert ledger_page(desk, NAME).total == 5
    desk.close()


def test_erasing_leaves_the_figures_the_numbers_and_a_whole_chain(folder: Path) -> None:
    at = datetime(2025, 3, 6, 9, 0, tzinfo=BEIJING)
    desk = Desk.open(folder, at)
    assert list(desk.retention.erase(at)) == [3]
    assert faults_of(desk) == ()
    assert ledger_page(desk, NAME).total == 2
    rows = ledger_page(desk).rows
    assert [row.name for row in rows] == [NAME, NAME, "（已删除）", "（已删除）", "（已删除）"]
    assert {row.total for row in rows} == {40000}
    assert desk.retention.due(at.date()).years == ()
    desk.close()
    again = Desk.open(folder, at + timedelta(days=1))
    assert again.read_only == ""
    again.close()


def test_of_the_last_person_erased_no_trace_is_left_in_file_or_backup(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    fill(store, (2018, 2019))
    work(store, range(2020, 2027))
    store.close()
    assert len(traces(folder / "ledger.db", folder)) >= 4  # the search itself finds something
    at = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    desk = Desk.open(folder, at)
    list(desk.retention.erase(at))
    desk.backups.back_up()
    assert len(desk.retention.copies_before()) >= 1
    desk.close()
    assert traces(folder / "ledger.db", folder) == []
    assert traces(backups(folder / "backups")[0].path, folder) == []


def test_copies_from_before_are_named_until_rotation_takes_them(folder: Path) -> None:
    at = datetime(2025, 3, 6, 9, 0, tzinfo=BEIJING)
    desk = Desk.open(folder, at)
    list(desk.retention.erase(at))
    desk.backups.back_up()
    before = desk.retention.copies_before()
    assert [path.name for path in before if "20210305" in path.name]
    desk.close()


def test_every_copy_with_names_is_named_wherever_the_program_put_it(folder: Path) -> None:
    (made,) = backups(folder / "backups")[-1:]
    rescued = folder.with_name("data-rescued")
    aside = folder / "replaced" / "20250101-080000"
    copies = {
        made.path.with_name(f"{made.path.name}.set-aside"),
        made.path.with_name(f"{made.path.name}.partial"),
        made.path.with_name("before-version-3.db"),
        rescued / made.path.name,
        aside / "ledger.db",
        aside / "ledger.db-journal",
        folder / "ledger.db.restoring",
    }
    for each in copies:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(made.path.read_bytes())
    at = datetime(2025, 3, 6, 9, 0, tzinfo=BEIJING)
    store = open_store(folder)
    list(store.erasure.erase(2019, at, "李晓"))
    named = set(store.erasure.older_copies())
    store.close(with_backup=False)
    assert named == copies | {each.path for each in backups(folder / "backups")}


def test_a_killed_erasing_is_gone_on_with(folder: Path) -> None:
    at = datetime(2027, 3, 6, 9, 0, tzinfo=BEIJING)
    desk = Desk.open(folder, at)
    slices = desk.retention.erase(at)
    next(slices)
    slices.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(desk.retention.erase(at)) == []
    assert faults_of(desk) == ()
    desk.close()


@pytest.mark.parametrize(("days", "due"), [(DAYS_OF_A_YEAR, ((2018, 1),)), (2, ()), (0, ())])
def test_a_clock_years_ahead_is_no_evidence_that_a_term_is_over(
    days: int, due: tuple[tuple[int, int], ...], tmp_path: Path
) -> None:
    store = open_store(tmp_path / "data")
    fill(store, (2018,))
    work(store, range(2019, 2025), days)
    store.close()
    ahead = datetime(2062, 3, 6, 9, 0, tzinfo=BEIJING)
    desk = Desk.open(tmp_path / "data", ahead)
    assert desk.retention.due(ahead.date()).years == due
    assert sum(desk.retention.erase(ahead)) == sum(count for _, count in due)
    assert faults_of(desk) == ()
    desk.close()


def test_years_in_which_nobody_worked_do_not_count(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    fill(store, (2018,))
    work(store, range(2019, 2022))
    work(store, range(2023, 2025))
    assert store.erasure.due(2062) == ()
    work(store, range(2025, 2026))
    assert store.erasure.due(2062) == ((2018, 1),)
    store.close()
