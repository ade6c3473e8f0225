"""A notice is numbered without a gap, kept as it is, and only ever added to."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.notice.content.number import NumberNotWritableError
from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar, transaction
from medcounter.store.journal.journal import NewEvent, append
from medcounter.store.ledger_records import (
    FAILED,
    PRINTED,
    NewNotice,
)
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import make_data_key
from medcounter.wording.terms import ISSUED, UNCONFIRMED, VOID
from tests.support.store.store_samples import AT, BEIJING, NOTICE, erase_party, notice, paper, raw

FIRST = "2025-03-000001"
COPY_OF_A_NOTICE = """
    INSERT INTO notice SELECT {id}, number || '0', issue_year, desk, {sequence}, request_id || '0',
        issued_at, clerk, region, scheme, benefit_year, category, category_label, total,
        coverage_start, coverage_end, bundle, revision, bundle_sha256, engine, facts, breakdown,
        replaces, commitment
    FROM notice WHERE id = 1
"""
COPY_OF_AN_EVENT = """
    INSERT INTO event SELECT {id}, 'failure', at, notice, NULL, clerk, detail, mac
    FROM event WHERE id = 1
"""
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data")
    yield opened
    opened.close(with_backup=False)


def numbers(store: Store, *notices: NewNotice) -> list[str]:
    return [store.ledger.issue(each, paper).number for each in notices]


def test_numbers_follow_each_other_without_a_gap(store: Store) -> None:
    issued = numbers(store, notice(1), notice(2), notice(3))
    assert issued == ["2025-03-000001", "2025-03-000002", "2025-03-000003"]


def test_each_desk_and_each_year_counts_for_itself(store: Store) -> None:
    new_year = datetime(2026, 1, 1, 0, 0, tzinfo=BEIJING)
    issued = numbers(
        store, notice(1), notice(2, desk="04"), notice(3), notice(4, issued_at=new_year)
    )
    assert issued == ["2025-03-000001", "2025-04-000001", "2025-03-000002", "2026-03-000001"]


def test_the_year_of_a_number_is_the_year_on_the_hall_s_own_clock(store: Store) -> None:
    # 2026-01-01 00:30 in Beijing is still 2025 in Greenwich.
    half_past = datetime(2026, 1, 1, 0, 30, tzinfo=BEIJING)
    assert numbers(store, notice(1, issued_at=half_past)) == ["2026-03-000001"]


def test_the_same_request_gives_the_same_notice_again(store: Store) -> None:
    first = store.ledger.issue(notice(1), paper)
    again = store.ledger.issue(notice(1, name="李四"), paper)
    assert first == again
    assert numbers(store, notice(2)) == ["2025-03-000002"]


def test_the_paper_is_composed_for_the_number_and_kept_byte_for_byte(store: Store) -> None:
    stored = store.ledger.issue(notice(1), paper)
    assert stored.document == paper(FIRST)
    assert store.ledger.find(FIRST) == stored
    assert store.ledger.by_request("request-1") == stored
    assert store.ledger.last() == stored


def test_a_paper_that_cannot_be_composed_uses_no_number(store: Store) -> None:
    def compose(_number: str) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.ledger.issue(notice(1), compose)
    assert store.ledger.by_request("request-1") is None
    assert numbers(store, notice(2)) == [FIRST]


@pytest.mark.parametrize("desk", ["", "3", "003", "0x", "０３"])
def test_a_desk_that_is_no_desk_is_refused(store: Store, desk: str) -> None:
    with pytest.raises(NumberNotWritableError):
        store.ledger.issue(notice(1, desk=desk), paper)
    assert store.ledger.last() is None


@pytest.mark.parametrize(
    "changes",
    [
        {"total": -1},
        {"region": "36"},
        {"scheme": ""},
        {"coverage_end": None},
        {"coverage_start": NOTICE.coverage_end, "coverage_end": NOTICE.coverage_start},
        {"issued_at": datetime(2025, 3, 5)},
        {"ruling": dataclasses.replace(NOTICE.ruling, facts=b"{")},
        {"ruling": dataclasses.replace(NOTICE.ruling, sha256="short")},
    ],
)
def test_what_no_notice_can_say_is_not_stored(store: Store, changes: dict[str, object]) -> None:
    with pytest.raises(store_errors.InvalidEntryError):
        store.ledger.issue(notice(1, **changes), paper)
    assert store.ledger.last() is None


def test_an_unknown_fee_and_a_year_without_cover_are_stored_as_such(store: Store) -> None:
    store.ledger.issue(notice(1, total=None, coverage_start=None, coverage_end=None), paper)
    (entry,) = store.ledger.search().rows
    assert (entry.total, entry.coverage_start, entry.coverage_end) == (None, None, None)


def test_the_first_print_is_counted_with_the_issue_and_unconfirmed(store: Store) -> None:
    stored = store.ledger.issue(notice(1), paper)
    assert [(each.print_no, each.state) for each in stored.prints] == [(1, UNCONFIRMED)]
    assert (stored.state, stored.prints[0].at) == (ISSUED, AT)


def test_each_further_print_is_counted_and_the_last_word_on_it_holds(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    assert store.ledger.add_print(FIRST, LATER, "王") == 2
    assert store.ledger.add_print(FIRST, LATER, "王") == 3
    store.ledger.mark_prints(((FIRST, 1),), LATER, "王", ok=True)
    store.ledger.mark_prints(((FIRST, 2),), LATER, "王", ok=False)
    store.ledger.mark_prints(((FIRST, 2),), LATER, "王", ok=True)
    states = [(each.print_no, each.state) for each in store.ledger.find(FIRST).prints]
    assert states == [(1, PRINTED), (2, PRINTED), (3, UNCONFIRMED)]
    store.ledger.mark_prints(((FIRST, 3),), LATER, "王", ok=False)
    assert store.ledger.find(FIRST).prints[2].state == FAILED


def test_to_confirm_a_print_twice_is_no_second_event(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    store.ledger.mark_prints(((FIRST, 1),), LATER, "王", ok=True)
    head = store.ledger.head()
    store.ledger.mark_prints(((FIRST, 1),), LATER, "王", ok=True)
    assert store.ledger.head() == head


@pytest.mark.parametrize("print_no", [0, 2, -1])
def test_a_print_that_never_was_cannot_be_confirmed(store: Store, print_no: int) -> None:
    store.ledger.issue(notice(1), paper)
    with pytest.raises(store_errors.PrintUnknownError):
        store.ledger.mark_prints(((FIRST, print_no),), LATER, "王", ok=True)


def test_a_void_notice_stays_with_its_reason_and_its_number(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    void = store.ledger.void(FIRST, "  姓名写错  ", LATER, "王")
    assert (void.state, void.void_reason, void.document) == (VOID, "姓名写错", paper(FIRST))
    assert numbers(store, notice(2, replaces=FIRST)) == ["2025-03-000002"]


def test_a_void_notice_is_neither_voided_nor_printed_again(store: Store) -> None:
    store.ledger.issue(notice(1), paper)
    store.ledger.void(FIRST, "姓名写错", LATER, "王")
    with pytest.raises(store_errors.NoticeVoidError, match=FIRST):
        store.ledger.void(FIRST, "再次", LATER, "王")
    with pytest.raises(store_errors.NoticeVoidError):
        store.ledger.add_print(FIRST, LATER, "王")
    assert len(store.ledger.find(FIRST).prints) == 1


@pytest.mark.parametrize("reason", ["", " \n\u3000"])
def test_without_a_reason_nothing_is_voided(store: Store, reason: str) -> None:
    store.ledger.issue(notice(1), paper)
    with pytest.raises(store_errors.ReasonMissingError):
        store.ledger.void(FIRST, reason, LATER, "王")
    assert store.ledger.find(FIRST).state == ISSUED


def test_a_number_that_was_never_given_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(store_errors.NoticeUnknownError, match="2025-03-000009"):
        store.ledger.find("2025-03-000009")
    with pytest.raises(store_errors.NoticeUnknownError):
        store.ledger.void("", "原因", LATER, "王")
    with pytest.raises(store_errors.NoticeUnknownError):
        numbers(store, notice(1, replaces="2025-03-000009"))
    assert store.ledger.last() is None


def test_an_erased_person_leaves_the_figures_and_nothing_else(store: Store) -> None:
    numbers(store, notice(1), notice(2, name="李四"))
    erase_party(store, FIRST, LATER, "王")
    assert store.ledger.find(FIRST).document is None
    kept = store.ledger.search(FIRST).rows[0]
    assert (kept.name, kept.id_number, kept.total) == (None, None, 40000)
    assert store.ledger.search("张三丰").total == 0
    assert store.ledger.search("李四").total == 1
    assert [fault for fault in store.ledger.verify() if fault] == []


def test_a_draft_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    assert store.counter_drafts.last() is None
    store.counter_drafts.save("张".encode(), AT)
    store.counter_drafts.save("张三".encode(), LATER)
    store.close()
    store = open_store(tmp_path / "data")
    assert store.counter_drafts.last() == "张三".encode()
    store.counter_drafts.clear()
    assert store.counter_drafts.last() is None
    store.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The closed ledger, open to somebody who has the key and knows SQL."""
    store = open_store(tmp_path / "data")
    numbers(store, notice(1), notice(2), notice(3))
    store.ledger.void("2025-03-000002", "重复", LATER, "王")
    store.close(with_backup=False)
    with raw(tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE notice SET total = 0",
        "DELETE FROM notice",
        "UPDATE event SET clerk = ''",
        "DELETE FROM event WHERE kind = 'void'",
        "UPDATE party SET name = 'x'",
        "DELETE FROM event_kind",
        "UPDATE OR REPLACE notice SET id = 2 WHERE id = 1",
        "INSERT OR REPLACE INTO notice SELECT * FROM notice WHERE id = 1",
        "REPLACE INTO event SELECT * FROM event WHERE id = 1",
        COPY_OF_A_NOTICE.format(id=9, sequence=4),
        COPY_OF_A_NOTICE.format(id=4, sequence=9),
        COPY_OF_A_NOTICE.format(id=4, sequence=1),
        COPY_OF_AN_EVENT.format(id=9),
        "INSERT INTO event VALUES (5, 'void', '', 2, NULL, '', '{}', '')",
        "INSERT INTO event VALUES (5, 'unheard-of', '', 2, NULL, '', '{}', '')",
        "DELETE FROM notice WHERE id = 3 RETURNING id",
    ],
)
def test_the_ledger_refuses_to_be_changed_by_any_statement(database: Database, sql: str) -> None:
    everything = [list(database.query(f"SELECT * FROM {name}")) for name in ("notice", "event")]  # noqa: S608 - fixed names
    with pytest.raises(DatabaseFailure):
        database.conn.execute(sql).fetchall()
    assert everything == [
        list(database.query(f"SELECT * FROM {name}"))  # noqa: S608 - fixed names
        for name in ("notice", "event")
    ]


def drop_guards(database: Database) -> None:
    for row in list(database.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")):
        database.conn.execute(f"DROP TRIGGER {row['name']}")


@pytest.fixture
def unguarded(tmp_path: Path) -> Iterator[tuple[Database, Store]]:
    """A ledger whose triggers somebody took away while it was open."""
    store = open_store(tmp_path / "data")
    numbers(store, notice(1), notice(2), notice(3))
    store.ledger.void("2025-03-000002", "重复", LATER, "王")
    database = store._ledger.database  # noqa: SLF001 - the attack needs the connection
    drop_guards(database)
    database.conn.execute("PRAGMA foreign_keys = OFF")
    yield database, store
    store.close(with_backup=False)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE notice SET total = 1 WHERE id = 2", "通知单 2025-03-000002 与出单记录不符"),
        ("UPDATE notice SET facts = '{}' WHERE id = 1", "通知单 2025-03-000001 与出单记录不符"),
        ("UPDATE event SET clerk = 'x' WHERE id = 1", "第 1 条记录与台账编码不符"),
        ('UPDATE event SET detail = \'{"reason":"x"}\' WHERE id = 4', "第 4 条记录与台账编码不符"),
        ("DELETE FROM event WHERE id = 2", "第 2 条记录缺失"),
        ("UPDATE event SET mac = 'hmac-sha256:' || hex(zeroblob(32)) WHERE id = 4", "第 4 条记录"),
    ],
)
def test_a_change_past_all_guards_is_found_by_the_chain(
    unguarded: tuple[Database, Store], sql: str, said: str
) -> None:
    database, store = unguarded
    assert [fault for fault in store.ledger.verify() if fault] == []
    database.conn.execute(sql)
    found = [fault.text for fault in store.ledger.verify() if fault]
    assert any(said in text for text in found), found


def test_a_notice_put_in_without_an_event_is_found(unguarded: tuple[Database, Store]) -> None:
    database, store = unguarded
    database.conn.execute(COPY_OF_A_NOTICE.format(id=4, sequence=4))
    texts = [fault.text for fault in store.ledger.verify() if fault]
    assert any("台账有 4 张通知单，有出单记录的只有 3 张" in text for text in texts)


def test_an_event_that_names_no_notice_is_found(unguarded: tuple[Database, Store]) -> None:
    database, store = unguarded
    database.conn.execute("PRAGMA foreign_keys = OFF")
    database.conn.execute("DELETE FROM notice WHERE id = 3")
    texts = [fault.text for fault in store.ledger.verify() if fault]
    assert any("所说的通知单不在台账里" in text for text in texts)


def test_another_person_put_into_a_notice_is_found_when_it_is_opened(
    unguarded: tuple[Database, Store],
) -> None:
    database, store = unguarded
    database.conn.execute("UPDATE party SET name = '李四' WHERE notice = 1")
    with pytest.raises(store_errors.StoreDamagedError):
        store.ledger.find(FIRST)
    database.conn.execute("UPDATE party SET document = x'00' WHERE notice = 2")
    with pytest.raises(store_errors.StoreDamagedError):
        store.ledger.find("2025-03-000002")


def test_the_head_goes_on_with_every_event(store: Store) -> None:
    assert str(store.ledger.head()) == "0-00000000"
    store.ledger.issue(notice(1), paper)
    first = store.ledger.head()
    store.ledger.add_print(FIRST, LATER, "王")
    second = store.ledger.head()
    assert (first.position, second.position) == (1, 2)
    assert first.code != second.code


def test_another_key_cannot_go_on_with_the_chain(unguarded: tuple[Database, Store]) -> None:
    database, store = unguarded
    with transaction(database):
        append(database, chain_key(make_data_key()), NewEvent("failure", LATER, ""))
    (fault,) = [fault for fault in store.ledger.verify() if fault]
    assert "第 5 条记录与台账编码不符" in fault.text
    assert scalar(database, "SELECT count(*) FROM event") == 5


def test_prints_marked_together_are_all_kept_or_none(store: Store) -> None:
    first, second = numbers(store, notice(1), notice(2))

    def states() -> list[str]:
        return [store.ledger.find(number).prints[0].state for number in (first, second)]

    with pytest.raises(store_errors.PrintUnknownError):
        store.ledger.mark_prints(((first, 1), (second, 2)), LATER, "王", ok=True)
    assert states() == [UNCONFIRMED, UNCONFIRMED]
    store.ledger.mark_prints(((first, 1), (second, 1)), LATER, "王", ok=True)
    assert states() == [PRINTED, PRINTED]


def test_notices_of_a_list_are_issued_together_and_are_no_household(store: Store) -> None:
    members = ((notice(1), paper), (notice(2), paper))
    issued = store.ledger.issue_household(members, linked=False)
    assert [one.number for one in issued] == ["2025-03-000001", "2025-03-000002"]
    assert [store.ledger.household(one.number) for one in issued] == [(), ()]
    together = store.ledger.issue_household(((notice(3), paper), (notice(4), paper)))
    assert len(store.ledger.household(together[0].number)) == 2
