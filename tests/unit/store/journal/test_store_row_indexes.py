"""A row left out of an index is not hidden from a verification."""

from pathlib import Path

import pytest

from medcounter.store.db.sqlite import Database
from medcounter.store.journal.row_indexes import INDEXES
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import BackupFailedError
from tests.support.store.store_samples import AT, notice, paper, raw

LEFT_OUT = {
    "event_notice": "kind = 'void'",
    "event_elsewhere": "kind = 'override'",
    "event_issue": "notice = 1",
    "event_void": "notice = 1",
    "event_print": "notice = 1",
    "notice_sequence": "id = 1",
    "notice_day": "id = 1",
    "notice_replaces": "id = 2",
    "party_id_tail": "notice = 1",
    "party_id_number": "notice = 1",
}


def say(database: Database, name: str, sql: str) -> None:
    """Let the schema say of an index what it does not hold."""
    conn = database.conn
    (version,) = conn.execute("PRAGMA schema_version").fetchone()
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))
    conn.execute(f"PRAGMA schema_version = {version + 1}")


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_row_left_out_of_an_index_is_found(tmp_path: Path, name: str) -> None:
    """A void was there for the walk alone, and the notice was shown as valid."""
    folder = tmp_path / "data"
    store = open_store(folder)
    number = store.ledger.issue(notice(1), paper).number
    store.ledger.void(number, "填错", AT, "李晓")
    store.ledger.issue(notice(2, replaces=number), paper)
    store.ledger.accept_clock(AT, "已校准", "李晓")
    assert [fault for fault in store.verify() if fault] == []
    store.close(with_backup=False)
    with raw(folder) as database:
        sql = "SELECT sql FROM sqlite_schema WHERE name = ?"
        (before,) = database.conn.execute(sql, (name,)).fetchone()
        joined = "AND" if "WHERE" in before else "WHERE"
        say(database, name, f"{before} {joined} NOT ({LEFT_OUT[name]})")
    with raw(folder) as database:
        database.conn.execute(f"REINDEX {name}")
        say(database, name, before)
    store = open_store(folder)
    assert store.read_only == ""
    with pytest.raises(BackupFailedError, match="有损坏") as refused:
        store.backups.make()
    assert "磁盘空间" not in refused.value.text
    found = [fault.text for fault in store.ledger.verify() if fault]
    assert any(f"索引 {name} 里查不到" in text for text in found), found
    assert any(store.walk())
    assert "现在只能查看" in store.read_only
    store.close(with_backup=False)


# The index of what must be there once cannot be told to leave a row out; another one's place can.
MADE_BY_SQLITE = {
    "sqlite_autoindex_notice_1": "number",
    "sqlite_autoindex_notice_2": "request_id",
    "sqlite_autoindex_notice_3": "issue_year, desk, sequence",
    "sqlite_autoindex_household_member_1": "first, place",
}


@pytest.mark.parametrize("name", MADE_BY_SQLITE)
def test_a_row_left_out_of_an_index_that_sqlite_made_is_found(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue_household(((notice(1), paper), (notice(2), paper)))
    store.close(with_backup=False)
    with raw(folder) as database:
        table = name.removeprefix("sqlite_autoindex_")[:-2]
        number = "notice" if table == "household_member" else "id"
        database.conn.execute(
            f"CREATE INDEX holding_less ON {table} ({MADE_BY_SQLITE[name]}) WHERE {number} > 1"
        )
        say(database, "holding_less", "")
        database.conn.execute("PRAGMA writable_schema = ON")
        less = "SELECT rootpage FROM sqlite_schema WHERE name = 'holding_less'"
        (root,) = database.conn.execute(less).fetchone()
        database.conn.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (root, name))
        database.conn.execute("DELETE FROM sqlite_schema WHERE name = 'holding_less'")
    store = open_store(folder)
    found = [fault.text for fault in store.walk() if fault]
    assert any(f"索引 {name} 里查不到" in text for text in found), found
    store.close(with_backup=False)


def test_every_index_of_the_ledger_is_looked_into(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    sql = (
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name NOT LIKE '%index%'"
        " AND name NOT LIKE '%_kind_%' AND tbl_name <> '_sqlite_migrations'"
    )
    names = {name for (name,) in store._ledger.database.conn.execute(sql)}  # noqa: SLF001 - its shape is asked
    assert names >= {index.name for index in INDEXES}
    # Tables whose rows lie in the index itself have no other.
    assert {name.partition("_autoindex_")[2] for name in names - {i.name for i in INDEXES}} <= {
        "draft_1",
        "number_floor_1",
    }
    store.close(with_backup=False)
