"""A row left out of an index of events is not hidden from a verification."""

from pathlib import Path

import pytest

from medcounter.store.db.sqlite import Database
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import AT, notice, paper, raw

LEFT_OUT = {
    "event_notice": "kind = 'void'",
    "event_elsewhere": "kind = 'override'",
    "event_issue": "notice = 1",
    "event_void": "notice = 1",
    "event_print": "notice = 1",
}


def say(database: Database, name: str, sql: str) -> None:
    """Let the schema say of an index what it does not hold."""
    conn = database.conn
    (version,) = conn.execute("PRAGMA schema_version").fetchone()
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))
    conn.execute(f"PRAGMA schema_version = {version + 1}")


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_event_left_out_of_an_index_is_found(tmp_path: Path, name: str) -> None:
    """A void was there for the walk alone, and the notice was shown as valid."""
    folder = tmp_path / "data"
    store = open_store(folder)
    number = store.ledger.issue(notice(1), paper).number
    store.ledger.void(number, "填错", AT, "李晓")
    store.ledger.accept_clock(AT, "已校准", "李晓")
    assert [fault for fault in store.verify() if fault] == []
    store.close(with_backup=False)
    with raw(folder) as database:
        sql = "SELECT sql FROM sqlite_schema WHERE name = ?"
        (before,) = database.conn.execute(sql, (name,)).fetchone()
        say(database, name, f"{before} AND NOT ({LEFT_OUT[name]})")
    with raw(folder) as database:
        database.conn.execute(f"REINDEX {name}")
        say(database, name, before)
    store = open_store(folder)
    assert store.read_only == ""
    assert any(fault and f"索引 {name} 里查不到" in fault.text for fault in store.walk())
    assert "查不到" in store.read_only
    store.close(with_backup=False)
