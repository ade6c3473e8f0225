"""Pages that another program writes while a ledger is open are seen, and stay seen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.connection.foothold import Foothold
from medcounter.store.db.sqlite import Database
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import notice, paper

PAGE = 4096


def pages(folder: Path) -> list[bytes]:
    """The pages of the ledger as they lie in its file."""
    data = (folder / "ledger.db").read_bytes()
    return [data[at : at + PAGE] for at in range(0, len(data), PAGE)]


def put(folder: Path, number: int, page: bytes) -> None:
    """Write one page into the file that is open, as another program does."""
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(number * PAGE)
        file.write(page)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open ledger of a few notices."""
    store = open_store(tmp_path / "data")
    for request in range(1, 30):
        store.ledger.issue(notice(request), paper)
    yield store
    store.close(with_backup=False)


def turned(folder: Path, older: list[bytes], but: str) -> list[int]:
    """The pages of which an older state is known, but for the first and some tables'."""
    now = pages(folder)
    store = open_store(folder)
    sql = "SELECT rootpage - 1 FROM sqlite_schema WHERE name LIKE ? ESCAPE '/'"
    roots = store._ledger.database.conn.execute(sql, (but,)).fetchall()  # noqa: SLF001 - where its tables lie
    store.close(with_backup=False)
    left_out = {number for (number,) in roots}
    changed = [number for number in range(1, len(older)) if older[number] != now[number]]
    return [number for number in changed if number not in left_out]


# Where a word lies in an index of names: put back, these say the same as before.
_SAME = "%/_index/_idx"
# Nothing of a notice lies there; the walk holds them to the names.
_NAMES = "%/_index/_%"


def refused_for_ever(store: Store) -> None:
    """Nothing more is acknowledged by this store."""
    for request in range(900, 903):
        with pytest.raises(store_errors.LedgerOverwrittenError):
            store.ledger.issue(notice(request), paper)
    assert "不能再出单" in store.read_only


def test_pages_written_over_during_an_issue_end_it_before_anything_is_stored(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    before = store.ledger.head()

    def spoiling(number: str) -> bytes:
        put(folder, 3, bytes(PAGE))
        return paper(number)

    with pytest.raises(store_errors.LedgerOverwrittenError):
        store.ledger.issue(notice(800), spoiling)
    assert store.ledger.head() == before
    refused_for_ever(store)


@pytest.fixture
def grown(tmp_path: Path) -> tuple[Path, list[bytes]]:
    """A closed folder, and the pages its ledger had some notices before."""
    folder = tmp_path / "grown"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    older = pages(folder)
    for request in range(2, 30):
        store.ledger.issue(notice(request), paper)
    store.close(with_backup=False)
    return folder, older


def each_page(folder: Path, numbers: list[int]) -> Iterator[tuple[Store, Path, int]]:
    """Open a copy of the ledger for each of some pages."""
    assert len(numbers) > 3
    for number in numbers:
        copy = folder.with_name(f"copy-{number}")
        shutil.copytree(folder, copy)
        store = open_store(copy)
        yield store, copy, number
        store.close(with_backup=False)


def test_older_pages_put_back_during_an_issue_are_seen_one_by_one(
    grown: tuple[Path, list[bytes]],
) -> None:
    for store, folder, number in each_page(grown[0], turned(*grown, _SAME)):

        def putting_back(told: str, folder: Path = folder, page: int = number) -> bytes:
            put(folder, page, grown[1][page])
            return paper(told)

        with pytest.raises(store_errors.LedgerOverwrittenError):
            store.ledger.issue(notice(800), putting_back)
        refused_for_ever(store)
        assert store.is_broken


def test_an_older_page_put_back_between_two_issues_is_seen_though_its_code_is_right(
    grown: tuple[Path, list[bytes]],
) -> None:
    for store, folder, number in each_page(grown[0], turned(*grown, _SAME)):
        store.ledger.issue(notice(700), paper)
        put(folder, number, grown[1][number])
        refused_for_ever(store)
        assert store.is_broken


def test_pages_put_back_between_the_commit_and_the_word_for_it_end_the_word(
    grown: tuple[Path, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Foothold.require_written
    folder = grown[0]
    before = pages(folder)
    first = folder.with_name("first")
    shutil.copytree(folder, first)
    store = open_store(first)
    store.ledger.issue(notice(700), paper)
    store.close(with_backup=False)
    written = turned(first, before, _NAMES)
    assert len(written) > 3
    for store, copy, number in each_page(folder, written):

        def late(
            held: Foothold, database: Database, folder: Path = copy, page: int = number
        ) -> None:
            put(folder, page, before[page])
            asked(held, database)

        monkeypatch.setattr(Foothold, "require_written", late)
        with pytest.raises(store_errors.LedgerOverwrittenError):
            store.ledger.issue(notice(700), paper)
        monkeypatch.setattr(Foothold, "require_written", asked)
        refused_for_ever(store)
        assert store.is_broken


def test_what_is_written_after_the_opening_and_before_the_first_issue_is_seen(
    store: Store, tmp_path: Path
) -> None:
    store.close(with_backup=False)
    again = open_store(tmp_path / "data")
    put(tmp_path / "data", 3, bytes(PAGE))
    refused_for_ever(again)
    assert again.is_broken
    again.close(with_backup=False)


def test_a_write_within_the_same_tick_of_the_clock_is_seen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "data" / "ledger.db"
    store.ledger.issue(notice(100), paper)
    ours = path.stat().st_mtime_ns
    # As a system whose clock did not tick since: the time it would give is our own, rounded.
    put(tmp_path / "data", 3, pages(tmp_path / "data")[3])
    assert path.stat().st_mtime_ns != ours
    assert ours % 1_000_000 != 0


def test_a_ledger_whose_times_were_only_set_goes_on(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "data" / "ledger.db"
    os.utime(path, (1, 1))
    store.ledger.issue(notice(500), paper)
    os.utime(path)
    store.ledger.issue(notice(501), paper)
    assert store.read_only == ""


def test_times_set_during_an_issue_undo_it_and_it_can_be_done_again(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "ledger.db"

    def touching(number: str) -> bytes:
        os.utime(path, (1, 1))
        return paper(number)

    with pytest.raises(store_errors.StoreError, match="请重试") as refused:
        store.ledger.issue(notice(500), touching)
    assert not isinstance(refused.value, store_errors.LedgerOverwrittenError)
    assert store.ledger.by_request("request-500") is None
    assert store.ledger.issue(notice(500), paper).number
    assert store.read_only == ""
