"""An index that holds less or more than its table hides nothing from a verification."""

from pathlib import Path

import pytest

from medcounter.store.journal import row_indexes
from medcounter.store.journal.row_indexes import INDEXES
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import BackupBrokenError, BackupFailedError
from tests.faults.secrets.forging import fill_index, let_index_say, said_of
from tests.support.store.store_samples import AT, erase_party, notice, paper, raw

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
        before = said_of(database, name)
    joined = "AND" if "WHERE" in before else "WHERE"
    fill_index(lambda: raw(folder), name, f"{before} {joined} NOT ({LEFT_OUT[name]})")
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
        let_index_say(database, "holding_less", "")
        database.conn.execute("PRAGMA writable_schema = ON")
        less = "SELECT rootpage FROM sqlite_schema WHERE name = 'holding_less'"
        (root,) = database.conn.execute(less).fetchone()
        database.conn.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (root, name))
        database.conn.execute("DELETE FROM sqlite_schema WHERE name = 'holding_less'")
    store = open_store(folder)
    found = [fault.text for fault in store.walk() if fault]
    assert any(f"索引 {name} 里查不到" in text for text in found), found
    store.close(with_backup=False)


# What each holds besides its rows, put in as whoever has the key can: a clerk's own event as
# another one of another notice, a notice among the replaced, a person under a second number.
PUT_IN = {
    "event_notice": "(CASE id WHEN 5 THEN 3 ELSE notice END, CASE id WHEN 5 THEN 'void' ELSE kind"
    " END) WHERE notice IS NOT NULL OR id = 5",
    "event_elsewhere": "(CASE id WHEN 1 THEN 'settings' ELSE kind END)"
    " WHERE notice IS NULL OR id = 1",
    "event_issue": "(CASE id WHEN 5 THEN 9 ELSE notice END) WHERE kind = 'issue' OR id = 5",
    "event_void": "(CASE id WHEN 5 THEN 2 ELSE notice END) WHERE kind = 'void' OR id = 5",
    "event_print": "(CASE id WHEN 5 THEN 1 ELSE notice END, coalesce(print_no, 9))"
    " WHERE kind IN ('issue', 'reprint') OR id = 5",
    "notice_replaces": "(coalesce(replaces, 2)) WHERE replaces IS NOT NULL OR id = 1",
    "party_id_tail": "(CASE id_tail WHEN '' THEN '1234' ELSE id_tail END)",
    "party_id_number": "(CASE id_number WHEN '' THEN '360102199003071234' ELSE id_number END)",
}


@pytest.mark.parametrize("name", PUT_IN)
def test_an_entry_of_no_row_is_found(tmp_path: Path, name: str) -> None:
    """By one a person could be taken away whom nobody had erased, and all was called good."""
    folder = tmp_path / "data"
    store = open_store(folder)
    number = store.ledger.issue(notice(1), paper).number
    store.ledger.void(number, "填错", AT, "李晓")
    store.ledger.issue(notice(2, replaces=number), paper)
    store.ledger.issue(notice(3, id_number=""), paper)
    store.ledger.accept_clock(AT, "已校准", "李晓")
    assert [fault for fault in store.verify() if fault] == []
    store.close(with_backup=False)
    table = next(index.table for index in INDEXES if index.name == name)
    once = "UNIQUE " if name in {"event_issue", "event_void", "event_print"} else ""
    fill_index(lambda: raw(folder), name, f"CREATE {once}INDEX {name} ON {table} {PUT_IN[name]}")
    store = open_store(folder)
    assert store.read_only == ""
    with pytest.raises(BackupBrokenError, match=f"索引 {name} 里的条目"):
        store.backups.make()
    found = [fault.text for fault in store.ledger.verify() if fault]
    assert any(f"索引 {name} 里的条目" in text for text in found), found
    assert any(store.walk())
    assert "现在只能查看" in store.read_only
    store.close(with_backup=False)


def test_nobody_is_erased_by_an_entry_in_an_index(tmp_path: Path) -> None:
    """A name, a number and a paper were gone, no event said so, and a backup of it counted."""
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.ledger.accept_clock(AT, "已校准", "李晓")
    store.close(with_backup=False)
    said = PUT_IN["event_notice"].replace("id WHEN 5 THEN 3", "id WHEN 2 THEN 1")
    said = said.replace("id WHEN 5 THEN 'void'", "id WHEN 2 THEN 'erase'").replace("= 5", "= 2")
    fill_index(lambda: raw(folder), "event_notice", f"CREATE INDEX event_notice ON event {said}")
    with raw(folder) as database:
        database.conn.execute("DELETE FROM party WHERE notice = 1")
        database.conn.execute("DELETE FROM name_index WHERE rowid = 1")
        database.conn.execute("DELETE FROM sound_index WHERE rowid = 1")
    store = open_store(folder)
    with pytest.raises(BackupBrokenError):
        store.backups.make()
    assert any(store.walk())
    assert "现在只能查看" in store.read_only
    store.close(with_backup=False)


COLUMNS = MADE_BY_SQLITE | {"notice_sequence": "sequence", "notice_day": "substr(issued_at, 1, 10)"}


@pytest.mark.parametrize("name", COLUMNS)
def test_so_is_one_in_an_index_of_every_row(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue_household(((notice(1), paper), (notice(2), paper)))
    store.close(with_backup=False)
    table = next(index.table for index in INDEXES if index.name == name)
    with raw(folder) as database:
        conn = database.conn
        conn.execute(f"CREATE TABLE more AS SELECT * FROM {table}")  # noqa: S608 - a fixed name
        conn.execute("INSERT INTO more SELECT * FROM more LIMIT 1")
        conn.execute(f"CREATE INDEX holding_more ON more ({COLUMNS[name]})")
        conn.execute("PRAGMA writable_schema = ON")
        (root,) = conn.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'holding_more'"
        ).fetchone()
        conn.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (root, name))
        conn.execute("DELETE FROM sqlite_schema WHERE name IN ('more', 'holding_more')")
    store = open_store(folder)
    found = [fault.text for fault in store.ledger.verify() if fault]
    assert any(f"索引 {name} 里的条目" in text for text in found), found
    store.close(with_backup=False)


def test_who_is_erased_while_the_ledger_is_walked_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_people = tuple(index for index in INDEXES if index.name == "party_id_tail")
    monkeypatch.setattr(row_indexes, "INDEXES", of_people)
    store = open_store(tmp_path / "data")
    number = store.ledger.issue(notice(1), paper).number
    store.ledger.issue(notice(2), paper)
    walk = row_indexes.verify(store._ledger.database)  # noqa: SLF001 - slice by slice
    assert next(walk) is None  # both were looked up
    erase_party(store, number, AT, "李晓")
    assert not any(walk)
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
