"""Whatever is changed in any table past all guards, verifying finds it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.identity.pinyin import spellings
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.ledger import index_check, table_check
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import restore
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import AT, counted, erase_party, notice, paper

SPELT = " ".join(spellings("张三丰"))
# Each kind of change to each table, as one can make it who has every key but no person's secret.
CHANGES = {
    "names exchanged": (
        (
            "UPDATE party SET name = (SELECT name FROM party o WHERE o.notice = 3 - party.notice)"
            " WHERE notice IN (1, 2)"
        ),
        "姓名、证件号码或单据与出单时不同",
    ),
    "whole people exchanged": (
        (
            "UPDATE party SET notice = CASE notice WHEN 1 THEN -2 ELSE -1 END"
            " WHERE notice IN (1, 2);UPDATE party SET notice = -notice WHERE notice < 0"
        ),
        "姓名、证件号码或单据与出单时不同",
    ),
    "an ID number changed": (
        "UPDATE party SET id_number = '360102199003071235' WHERE notice = 1",
        "姓名、证件号码或单据与出单时不同",
    ),
    "the last four digits changed": (
        "UPDATE party SET id_tail = '9999' WHERE notice = 1",
        "姓名、证件号码或单据与出单时不同",
    ),
    "a paper changed": (
        "UPDATE party SET document = x'00' WHERE notice = 2",
        "姓名、证件号码或单据与出单时不同",
    ),
    "a person deleted": ("DELETE FROM party WHERE notice = 1", "没有清除记录"),
    "an erased person put back": (
        (
            "INSERT INTO party SELECT 5, name, id_number, id_tail, salt, coding, document"
            " FROM party WHERE notice = 1"
        ),
        "已记为清除",
    ),
    "a person put in": (
        (
            "INSERT INTO party SELECT 77, name, id_number, id_tail, salt, coding, document"
            " FROM party WHERE notice = 1"
        ),
        "party 表里有 1 行",
    ),
    "a person put in before all others": (
        (
            "INSERT INTO party SELECT -3, name, id_number, id_tail, salt, coding, document"
            " FROM party WHERE notice = 1"
        ),
        "party 表里有 1 行",
    ),
    "the floors emptied": ("DELETE FROM number_floor", "编号下限（2025 年 03 号窗口到 6）不见了"),
    "a floor lowered": ("UPDATE number_floor SET sequence = 1", "没有记录说明"),
    "a floor put in": ("INSERT INTO number_floor VALUES (2030, '03', 9)", "没有记录说明"),
    "a household parted": ("DELETE FROM household_member WHERE notice = 2", "与出单记录不符"),
    "a household put together": (
        "INSERT INTO household_member VALUES (3, 3, 1, 2)",
        "与出单记录不符",
    ),
    "a member of nothing": (
        "INSERT INTO household_member VALUES (70, 70, 1, 2)",
        "household_member 表里有 1 行",
    ),
    "an erasure deleted": ("DELETE FROM event WHERE kind = 'erase'", "记录缺失"),
    "a mark deleted": ("DELETE FROM event WHERE kind = 'entered'", "记录缺失"),
    "a mark turned round": (
        "UPDATE event SET kind = 'not-entered' WHERE kind = 'entered'",
        "与台账编码不符",
    ),
    "a close deleted": ("DELETE FROM event WHERE kind = 'day-close'", "记录缺失"),
    "a close's figures changed": (
        "UPDATE event SET detail = json_set(detail, '$.figures.sum', 1) WHERE kind = 'day-close'",
        "与台账编码不符",
    ),
    "a signature taken away": ("DELETE FROM event_signature WHERE event = 3", "与台账编码不符"),
    "all signatures taken away": ("DELETE FROM event_signature", "与台账编码不符"),
    "a signature changed": (
        "UPDATE event_signature SET signature = replace(signature, 'a', 'b') WHERE event = 3",
        "签名不符",
    ),
    "another signer named": (
        "UPDATE event_signature SET public = printf('%064d', 7) WHERE event = 3",
        "与台账编码不符",
    ),
    "a signature of nothing": (
        "INSERT INTO event_signature SELECT 990, public, signature FROM event_signature LIMIT 1",
        "event_signature 表里有 1 行",
    ),
    "a kind put in": ("INSERT INTO event_kind VALUES ('refund')", "记录种类"),
    "a name taken out of the index": (
        "DELETE FROM name_index WHERE rowid = 1",
        "有 1 张通知单的查找索引与姓名不符",
    ),
    "another name written into the index": (
        (
            "DELETE FROM name_index WHERE rowid = 2;"
            "INSERT INTO name_index (rowid, characters) VALUES (2, '738b 4e3d')"
        ),
        "有 1 张通知单的查找索引与姓名不符",
    ),
    "a name more written into the index": (
        (
            "DELETE FROM sound_index WHERE rowid = 3;"  # noqa: S608 - a fixed name
            f"INSERT INTO sound_index (rowid, spellings) VALUES (3, '{SPELT} wl')"
        ),
        "有 1 张通知单的查找索引与姓名不符",
    ),
    "the row by which a name is erased taken out of the index": (
        "DELETE FROM name_index_docsize WHERE id = 3",
        "有 1 张通知单的查找索引与姓名不符",
    ),
    "a name put into an index": (
        "INSERT INTO sound_index (rowid, spellings) VALUES (900, 'x')",
        "没有对应的人",
    ),
    "a name of an erased person put back": (
        "INSERT INTO name_index (rowid, characters) VALUES (5, 'x')",
        "没有对应的人",
    ),
    "names put into both indexes before all others": (
        (
            "INSERT INTO name_index (rowid, characters) VALUES (-9, 'x');"
            "INSERT INTO sound_index (rowid, spellings) VALUES (-9, 'x')"
        ),
        "没有对应的人",
    ),
    "a notice's sum": ("UPDATE notice SET total = 1 WHERE id = 2", "与出单记录不符"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger with something in every table."""
    folder = tmp_path / "data"
    opened = open_store(folder)
    opened.ledger.issue_household(
        ((notice(1), paper), (notice(2, name="单于红", id_number="36010219910512432X"), paper))
    )
    for number in (3, 4, 5):
        opened.ledger.issue(notice(number), paper)
    opened.corrections.mark_entered(["2025-03-000001"], AT, "王", entered=True)
    opened.days.close(whole_day(AT.date(), AT), "03", AT, "王", counted)
    erase_party(opened, "2025-03-000005", AT, "王")
    opened.close()
    opened = open_store(folder)
    opened.ledger.issue(notice(6), paper)
    opened.close(with_backup=False)
    chosen = max((folder / "backups").glob("ledger-*.db"))
    restore(folder, chosen.name, AT + timedelta(minutes=1))
    opened = open_store(folder)
    yield opened
    opened.close(with_backup=False)


def unguarded(store: Store) -> Database:
    database = store._ledger.database  # noqa: SLF001 - the attack needs the connection
    without_guards(database)
    database.conn.execute("PRAGMA foreign_keys = OFF")
    database.conn.execute("PRAGMA ignore_check_constraints = ON")
    return database


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.ledger.verify() if fault is not None]


@pytest.mark.parametrize("change", CHANGES)
def test_each_kind_of_change_to_each_table_is_found(store: Store, change: str) -> None:
    database = unguarded(store)
    assert faults(store) == []
    sql, said = CHANGES[change]
    for statement in sql.split(";"):
        database.conn.execute(statement)
    found = faults(store)
    assert any(said in text for text in found), found


def test_strays_are_counted_wherever_they_lie_among_several_slices(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two notices a slice: strays before, within, between and behind the slices.
    monkeypatch.setattr(table_check, "_PEOPLE", table_check._PEOPLE.replace("LIMIT 100", "LIMIT 2"))  # noqa: SLF001 - its size alone
    database = unguarded(store)
    assert faults(store) == []
    for number in (-8, 0, 5, 9, 10_000):
        database.conn.execute(
            "INSERT INTO sound_index (rowid, spellings) VALUES (?, 'x')", (number,)
        )
    database.conn.execute("DELETE FROM name_index WHERE rowid IN (1, 4)")
    found = faults(store)
    assert "查找姓名的索引里有 5 行没有对应的人，可能被改动过。" in found
    assert any(text.startswith("有 2 张通知单的查找索引与姓名不符") for text in found)


def test_the_words_of_many_people_are_read_in_slices_that_fall_within_a_word(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One word, one person a slice; the ledger's people share most of theirs.
    monkeypatch.setattr(index_check, "_WORDS", 1)
    monkeypatch.setattr(index_check, "_PEOPLE", 1)
    database = unguarded(store)
    assert faults(store) == []
    database.conn.execute("DELETE FROM sound_index WHERE rowid = 4")
    assert any(text.startswith("有 1 张通知单的查找索引") for text in faults(store))


@pytest.mark.parametrize(
    ("table", "leaf"),
    # Of sounds the beginnings of three letters lie behind the whole words.
    [("name_index", "pgno > 3"), ("sound_index", "hex(term) > '31'")],
)
def test_a_word_that_no_search_finds_any_more_is_found(store: Store, table: str, leaf: str) -> None:
    for number, name in enumerate(("欧阳娜娜", "王秀英", "李晓红"), 7):
        store.ledger.issue(notice(number, name=name), paper)
    database = unguarded(store)
    # On small pages as many lie side by side as in a large ledger.
    database.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('pgsz', 32)")  # noqa: S608 - a fixed name
    database.conn.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - a fixed name
    assert faults(store) == []
    database.conn.execute(f"DELETE FROM {table}_idx WHERE {leaf}")  # noqa: S608 - fixed texts
    assert database.conn.execute("SELECT changes()").fetchone()[0]
    assert scalar(database, "PRAGMA integrity_check") == "ok"
    assert any("张通知单的查找索引与姓名不符" in text for text in faults(store))


def test_who_is_written_and_erased_while_the_words_are_read_is_no_fault(store: Store) -> None:
    steps = store.ledger.verify()
    for number, name in enumerate(("丁丁", "O'Neil 王", "阿卜杜勒·阿卜", "李 李"), 7):
        next(steps)
        store.ledger.issue(notice(number, name=name), paper)
    found = []
    for count, fault in enumerate(steps):
        found += [] if fault is None else [fault.text]
        if count % 2:
            store.ledger.issue(notice(11 + count), paper)
        elif count == 4:
            erase_party(store, "2025-03-000003", AT, "王")
    assert found == []


def test_the_table_of_words_is_gone_after_the_walk_and_after_one_that_was_left(
    store: Store,
) -> None:
    database = store._ledger.database  # noqa: SLF001 - its shape is asked
    left = index_check.verify(database)
    next(left)
    made = "SELECT count(*) FROM temp.sqlite_schema"
    assert scalar(database, made) == 1
    left.close()
    assert scalar(database, made) == 0
    assert faults(store) == []
    assert scalar(database, made) == 0


def test_every_table_but_the_drafts_is_among_them(store: Store) -> None:
    tables = {
        str(row["name"])
        for row in store._ledger.database.query(  # noqa: SLF001 - its shape is asked
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE '%\\_index\\_%' ESCAPE '\\'"
        )
    }
    changed = {table for table in tables if any(table in sql for sql, _ in CHANGES.values())}
    assert tables - changed == {"draft", "_sqlite_migrations"}
