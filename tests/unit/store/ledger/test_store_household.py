"""Notices of a household are issued together or not at all, and stay linked."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.notice.content.number import NumberNotWritableError
from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import AT, BEIJING, erase_party, notice, paper, raw

LATER = AT + timedelta(minutes=5)
FROZEN = Path(__file__).parents[3] / "faults" / "ledgers"
FAMILY = ((notice(1), paper), (notice(2, name="吴梅"), paper), (notice(3, name="吴小宝"), paper))
NUMBERS = ("2025-03-000001", "2025-03-000002", "2025-03-000003")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data")
    yield opened
    opened.close(with_backup=False)


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.ledger.verify() if fault is not None]


def test_each_member_has_a_number_of_its_own_and_names_the_others(store: Store) -> None:
    issued = store.ledger.issue_household(FAMILY)
    assert tuple(each.number for each in issued) == NUMBERS
    assert [store.ledger.household(number) for number in NUMBERS] == [NUMBERS] * 3
    assert faults(store) == []


def test_who_is_issued_alone_belongs_to_no_household(store: Store) -> None:
    store.ledger.issue(notice(9), paper)
    store.ledger.issue_household(FAMILY[:1])
    assert store.ledger.household(NUMBERS[0]) == ()
    assert store.ledger.household(NUMBERS[1]) == ()


def test_two_households_stay_apart_and_numbers_go_on(store: Store) -> None:
    store.ledger.issue_household(FAMILY[:2])
    store.ledger.issue(notice(8), paper)
    second = store.ledger.issue_household(((notice(4), paper), (notice(5), paper)))
    assert [each.number for each in second] == ["2025-03-000004", "2025-03-000005"]
    assert store.ledger.household("2025-03-000005") == ("2025-03-000004", "2025-03-000005")
    assert store.ledger.household(NUMBERS[0]) == NUMBERS[:2]


def test_the_same_requests_give_the_same_household_again(store: Store) -> None:
    first = store.ledger.issue_household(FAMILY)
    head = store.ledger.head()
    assert store.ledger.issue_household(FAMILY) == first
    assert store.ledger.head() == head


def test_nothing_is_issued_when_one_paper_cannot_be_composed(store: Store) -> None:
    def compose(_number: str) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.ledger.issue_household((*FAMILY[:2], (notice(3), compose)))
    assert store.ledger.last() is None
    assert store.ledger.search("吴梅").total == 0
    assert store.ledger.issue(notice(4), paper).number == NUMBERS[0]


def test_nothing_is_issued_when_one_member_cannot_be_stored(store: Store) -> None:
    with pytest.raises(store_errors.InvalidEntryError):
        store.ledger.issue_household((*FAMILY[:2], (notice(3, total=-1), paper)))
    with pytest.raises(NumberNotWritableError):
        store.ledger.issue_household((*FAMILY[:2], (notice(3, desk="x"), paper)))
    with pytest.raises(store_errors.InvalidEntryError):
        store.ledger.issue_household((FAMILY[0], FAMILY[0]))
    assert store.ledger.last() is None


def test_a_member_already_issued_alone_is_not_issued_again_in_a_household(store: Store) -> None:
    store.ledger.issue(*FAMILY[1])
    with pytest.raises(store_errors.HouseholdMixedError):
        store.ledger.issue_household(FAMILY)
    assert store.ledger.search().total == 1


def test_a_correction_is_stored_with_the_notice_it_replaces(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    store.ledger.void(NUMBERS[0], "姓名写错", LATER, "王")
    family = ((notice(2, replaces=NUMBERS[0]), paper), (notice(3), paper))
    assert len(store.ledger.issue_household(family)) == 2
    assert faults(store) == []


def test_an_erased_member_leaves_the_link_and_no_spelling(store: Store) -> None:
    store.ledger.issue_household(FAMILY)
    assert store.ledger.search("wm").total == 1
    erase_party(store, NUMBERS[1], LATER, "王")
    assert store.ledger.search("wm").total == 0
    assert store.ledger.search("wumei").total == 0
    assert store.ledger.household(NUMBERS[0]) == NUMBERS
    assert faults(store) == []


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    store = open_store(tmp_path / "data")
    store.ledger.issue_household(FAMILY)
    store.close(with_backup=False)
    with raw(tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE household_member SET size = 2",
        "DELETE FROM household_member",
        "REPLACE INTO household_member SELECT * FROM household_member",
        "INSERT INTO household_member VALUES (3, 1, 3, 3)",
        "INSERT INTO household_member VALUES (4, 1, 4, 4)",
    ],
)
def test_a_household_refuses_to_be_changed_by_any_statement(database: Database, sql: str) -> None:
    with pytest.raises(DatabaseFailure):
        database.conn.execute(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE household_member SET size = 4 WHERE notice = 3",
        "DELETE FROM household_member WHERE notice = 2",
        "UPDATE household_member SET first = 2, place = 2 WHERE notice = 3",
    ],
)
def test_a_household_changed_past_all_guards_is_found_by_the_chain(store: Store, sql: str) -> None:
    store.ledger.issue_household(FAMILY)
    assert faults(store) == []
    database = store._ledger.database  # noqa: SLF001 - the attack needs the connection
    for row in list(database.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")):
        database.conn.execute(f"DROP TRIGGER {row['name']}")
    database.conn.execute(sql)
    assert any("与出单记录不符" in text for text in faults(store))


def test_a_notice_linked_to_a_household_it_was_not_issued_with_is_found(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    store.ledger.issue(notice(2), paper)
    database = store._ledger.database  # noqa: SLF001 - the attack needs the connection
    database.conn.execute("INSERT INTO household_member VALUES (2, 1, 2, 2)")
    assert any("2025-03-000002 与出单记录不符" in text for text in faults(store))


def test_a_ledger_of_the_second_schema_learns_the_spellings_of_its_names(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(FROZEN / "version-2", folder)
    with raw(folder) as before:
        assert scalar(before, "PRAGMA user_version") == 2
    store = open_store(folder)
    # 单于红 and 单于虹: 单 is read dān, shàn or chán; the erased 吕乐 is not found.
    assert [entry.number[-1] for entry in store.ledger.search("chany").rows] == ["5", "2"]
    assert store.ledger.search("syh").total == 2
    assert store.ledger.search("ll").total == 0
    assert faults(store) == []
    later = AT.astimezone(BEIJING) + timedelta(days=1)
    assert store.ledger.issue(notice(6, issued_at=later), paper).number == "2025-03-000006"
    store.close()
    assert (folder / "backups" / "before-version-4.db").exists()
