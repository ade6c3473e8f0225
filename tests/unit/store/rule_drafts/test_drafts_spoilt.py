"""Drafts changed past the program, lost or without room are not taken for whole."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.rule_drafts import draft_errors
from medcounter.store.store_errors import (
    BackupFailedError,
    DiskFullError,
    StoreError,
    StoreReadOnlyError,
)
from tests.support.authoring.rule_draft_samples import FIRST, begun, document, kept, said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = open_store(folder)
    yield made
    made.close(with_backup=False)


@pytest.mark.parametrize("table", ["rule_draft", "act", "piece", "attached"])
def test_nothing_that_was_kept_is_changed_or_taken_out(store: Store, table: str) -> None:
    store.rule_drafts.attach("公告.pdf", b"%PDF-1.7", said("附上"))
    begun(store)
    column = {"rule_draft": "title", "act": "words", "piece": "middle", "attached": "name"}[table]
    with pytest.raises(Exception, match="kept for ever"):
        store._rule_drafts.database.conn.execute(f"UPDATE {table} SET {column} = {column}")  # noqa: SLF001, S608 - written past the program
    with pytest.raises(Exception, match="kept for ever"):
        store._rule_drafts.database.conn.execute(f"DELETE FROM {table}")  # noqa: SLF001, S608 - written past the program


def written_past(store: Store, folder: Path, *statements: str) -> Store:
    """Change the file as who has its key and knows its triggers could."""
    key = store.data_key
    store.close(with_backup=False)
    database = connect(DataFolder(folder).drafts, key.drafts)
    database.conn.execute("PRAGMA foreign_keys = OFF")
    triggers = database.conn.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        database.conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        database.conn.execute(statement)
    for _, sql in triggers:
        database.conn.execute(sql)
    database.close()
    return open_store(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE act SET author = '别人' WHERE version = 2",
        "UPDATE act SET detail = '{}' WHERE version = 2",
        "DELETE FROM act WHERE id = 2",
        "UPDATE rule_draft SET benefit_year = 2027",
        "INSERT INTO rule_draft VALUES (9, '320200', 'resident', 2026, '无锡市')",
    ],
)
def test_a_row_changed_past_the_program_is_noticed_and_nothing_is_written(
    store: Store, folder: Path, statement: str
) -> None:
    number = begun(store).number
    kept(store, number, b"x")
    again = written_past(store, folder, statement)
    assert "规则草稿与自己的编码不符" in again.rule_drafts.read_only
    with pytest.raises(draft_errors.RuleDraftsBrokenError):
        again.rule_drafts.take(number, said("打开"))
    again.close(with_backup=False)


@pytest.mark.parametrize("changed", ["at = 'x'", """detail = '{"a":1,"a":2}'"""])
def test_an_act_that_cannot_be_read_is_said_and_ends_nothing(
    store: Store, folder: Path, changed: str
) -> None:
    begun(store)
    again = written_past(store, folder, f"UPDATE act SET {changed} WHERE version = 1")  # noqa: S608 - fixed names
    with pytest.raises(draft_errors.RuleDraftsBrokenError):
        again.rule_drafts.listed()
    again.close(with_backup=False)


def test_contents_changed_past_the_program_are_not_given(store: Store, folder: Path) -> None:
    number = begun(store).number
    again = written_past(store, folder, "UPDATE piece SET middle = x'00' WHERE name = 'document'")
    with pytest.raises(draft_errors.RuleDraftsBrokenError):
        again.rule_drafts.parts(number)
    again.close(with_backup=False)


def test_an_older_file_put_back_is_noticed_until_a_supervisor_accepts_it(folder: Path) -> None:
    store = open_store(folder)
    number = begun(store).number
    store.close(with_backup=False)
    path = DataFolder(folder).drafts
    older = path.read_bytes()
    store = open_store(folder)
    kept(store, number, b"x")
    store.rule_drafts.give_back(number, said("交还"))
    store.close(with_backup=False)
    path.write_bytes(older)
    store = open_store(folder)
    assert "比台账记下的少" in store.rule_drafts.read_only
    with pytest.raises(draft_errors.RuleDraftsShortenedError):
        store.rule_drafts.take(number, said("打开"))
    assert document(store, number) == FIRST["document"]
    with pytest.raises(draft_errors.TakeOverReasonError):
        store.rule_drafts.accept(said("确认", "主管"), "")
    store.rule_drafts.accept(said("确认", "主管"), "硬盘坏过，从备份放回")
    kept(store, number, b"y")
    store.close(with_backup=False)
    store = open_store(folder)
    assert store.rule_drafts.read_only == ""
    with pytest.raises(draft_errors.NothingToAcceptError):
        store.rule_drafts.accept(said("确认", "主管"), "再来")
    store.close(with_backup=False)


def test_drafts_that_are_gone_are_noticed(folder: Path) -> None:
    store = open_store(folder)
    begun(store)
    store.close(with_backup=False)
    DataFolder(folder).drafts.unlink()
    store = open_store(folder)
    with pytest.raises(draft_errors.RuleDraftsShortenedError):
        begun(store)
    store.close(with_backup=False)


def test_a_file_of_something_else_harms_no_ledger_and_is_not_touched(folder: Path) -> None:
    store = open_store(folder)
    path = DataFolder(folder).drafts
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(draft_errors.RuleDraftsDamagedError):
        store.rule_drafts.listed()
    assert store.ledger.search().total == 0
    store.close(with_backup=False)
    assert path.read_bytes() == b"no database" * 1000


def test_a_full_disk_keeps_nothing_and_the_draft_goes_on_when_there_is_room(store: Store) -> None:
    number = begun(store).number
    database = store._rule_drafts.database  # noqa: SLF001 - the disk's limit is set past the program
    (pages,) = database.conn.execute("PRAGMA page_count").fetchone()
    database.conn.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFullError):
        kept(store, number, os.urandom(50_000))
    assert store.rule_drafts.one(number).version == 1
    assert document(store, number) == FIRST["document"]
    kept(store, number, os.urandom(50_000))
    assert store.rule_drafts.one(number).version == 2


def test_a_folder_that_cannot_be_written_shows_drafts_and_keeps_none(folder: Path) -> None:
    store = open_store(folder)
    number = begun(store).number
    key = store.data_key
    store.close(with_backup=False)
    looking = Store(DataFolder(folder), None, key)
    looking.open_read_only(StoreReadOnlyError())
    assert [one.number for one in looking.rule_drafts.listed()] == [number]
    assert document(looking, number) == FIRST["document"]
    with pytest.raises(draft_errors.RuleDraftsReadOnlyError):
        kept(looking, number, b"x")
    looking.close(with_backup=False)


def test_a_folder_without_drafts_that_cannot_be_written_has_none(folder: Path) -> None:
    store = open_store(folder)
    key = store.data_key
    store.close(with_backup=False)
    looking = Store(DataFolder(folder), None, key)
    looking.open_read_only(StoreReadOnlyError())
    assert looking.rule_drafts.listed() == ()
    with pytest.raises(StoreError):
        begun(looking)
    assert not DataFolder(folder).drafts.exists()
    looking.close(with_backup=False)


def test_a_copy_is_made_when_the_program_ends_and_stands_in_for_a_lost_file(folder: Path) -> None:
    paths = DataFolder(folder)
    store = open_store(folder)
    store.close()
    assert not paths.drafts_copy.exists()
    store = open_store(folder)
    number = begun(store).number
    kept(store, number, b"x")
    store.close()
    made = paths.drafts_copy.read_bytes()
    assert "无锡市".encode() not in made
    paths.drafts.write_bytes(made)
    store = open_store(folder)
    assert store.rule_drafts.read_only == ""
    assert document(store, number) == b"x"
    store.close()
    # Looking alone makes no copy.
    assert paths.drafts_copy.read_bytes() == made


def test_a_copy_that_cannot_be_made_leaves_the_one_before(folder: Path) -> None:
    paths = DataFolder(folder)
    store = open_store(folder)
    number = begun(store).number
    store.close()
    before = paths.drafts_copy.read_bytes()
    store = open_store(folder)
    kept(store, number, b"x")
    (paths.backups / "drafts.db.partial").mkdir()
    with pytest.raises(BackupFailedError):
        store.close()
    assert paths.drafts_copy.read_bytes() == before
    store = open_store(folder)
    assert document(store, number) == b"x"
    store.close(with_backup=False)
