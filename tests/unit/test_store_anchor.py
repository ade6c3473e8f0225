"""A ledger that lost its tail, was put back or computed anew does not pass for the right one."""

import shutil
from pathlib import Path

import pytest

from medcounter.store import errors, journal
from medcounter.store.opening import Store, open_store
from medcounter.store.places import Places
from medcounter.store.sqlite import Database
from medcounter.trust import anchor, chain, key_slots
from tests.store_samples import notice, paper, raw

KEY = b"k" * 32
EXAMPLE = anchor.Anchor(chain.Head(7, "0a1b2c3d"), "2025-03-000007")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five notices and no backup of them."""
    path = tmp_path / "data"
    store = open_store(path)
    for request in range(1, 6):
        store.ledger.issue(notice(request), paper)
    store.close(with_backup=False)
    return path


def reason(folder: Path) -> str:
    """Open a folder that does not fit, see that it can only be looked into, give the sentence."""
    store = open_store(folder)
    try:
        assert store.ledger.search().total > 0
        with pytest.raises(errors.StoreError) as caught:
            store.ledger.issue(notice(9), paper)
        assert caught.value.text == store.read_only
        return store.read_only
    finally:
        store.close()


def without_guards(database: Database) -> list[str]:
    """Take the triggers away and give what makes them again."""
    guards = list(database.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for guard in guards:
        database.conn.execute(f"DROP TRIGGER {guard['name']}")
    return [guard["sql"] for guard in guards]


def cut_tail(folder: Path) -> None:
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute("PRAGMA foreign_keys = OFF")
        database.conn.execute("DELETE FROM party WHERE notice = 5")
        database.conn.execute("DELETE FROM event WHERE notice = 5")
        database.conn.execute("DELETE FROM notice WHERE id = 5")
        for guard in guards:
            database.conn.execute(guard)


def recompute(folder: Path) -> None:
    """Change a sum and let every code fit it again, as one can who has the key."""
    (key,) = key_slots.read_data_keys(Places(folder).key_file, Places(folder).key_copy)
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute("UPDATE notice SET total = 1 WHERE id = 3")
        rows = list(database.query("SELECT * FROM event ORDER BY id"))
        before = chain.GENESIS
        for row in rows:
            stored = next(
                iter(database.query("SELECT * FROM notice WHERE id = ?", [row["notice"]]))
            )
            detail = f'{{"digest":"{journal.digest(stored)}"}}'
            said = (*list(row.values())[:6], detail)
            before = chain.link(key.derive("medcounter chain 1"), before, said)
            database.conn.execute(
                "UPDATE event SET detail = ?, mac = ? WHERE id = ?", (detail, before, row["id"])
            )
        for guard in guards:
            database.conn.execute(guard)


def test_a_ledger_opened_again_fits_its_anchor(folder: Path) -> None:
    store = open_store(folder)
    assert store.read_only == ""
    store.close()


def test_a_tail_that_was_cut_off_is_found(folder: Path) -> None:
    cut_tail(folder)
    assert "台账只有 4 条记录，程序记下的有 5 条" in reason(folder)


def test_an_old_file_put_back_is_found(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "ledger.db", tmp_path / "old.db")
    store = open_store(folder)
    store.ledger.issue(notice(6), paper)
    store.close(with_backup=False)
    shutil.copy(tmp_path / "old.db", folder / "ledger.db")
    assert "被换回了旧文件" in reason(folder)


def test_a_chain_computed_anew_is_found(folder: Path) -> None:
    recompute(folder)
    assert "可能被重新算过" in reason(folder)


@pytest.mark.parametrize("act", [cut_tail, recompute])
def test_without_the_anchor_the_newest_backup_tells(folder: Path, act: object) -> None:
    store = open_store(folder)
    store.close()
    assert callable(act)
    act(folder)
    Places(folder).anchor.unlink()
    text = reason(folder)
    assert "最近的备份" in text
    assert "“medcounter restore ledger-20250305-000000005.db”" in text


@pytest.mark.parametrize("data", [b"", b"{}", b"x" * 256, b"x" * 5000])
def test_a_spoilt_anchor_is_written_anew(folder: Path, data: bytes) -> None:
    path = Places(folder).anchor
    right = path.read_bytes()
    path.write_bytes(data)
    store = open_store(folder)
    assert store.read_only == ""
    store.close(with_backup=False)
    assert path.read_bytes() == right


def test_an_anchor_behind_the_ledger_is_no_fault(folder: Path) -> None:
    path = Places(folder).anchor
    behind = path.read_bytes()
    store = open_store(folder)
    store.ledger.issue(notice(6), paper)
    store.close(with_backup=False)
    path.write_bytes(behind)
    store = open_store(folder)
    assert store.read_only == ""
    assert path.read_bytes() != behind
    store.close(with_backup=False)


def test_an_anchor_that_cannot_be_written_stops_no_notice(folder: Path) -> None:
    store: Store = open_store(folder)
    Places(folder).anchor.unlink()
    Places(folder).anchor.mkdir()
    assert store.ledger.issue(notice(6), paper).number == "2025-03-000006"
    store.close(with_backup=False)


def test_an_anchor_reads_as_it_was_written_and_fills_less_than_a_sector() -> None:
    data = anchor.dump(KEY, EXAMPLE)
    assert len(data) == anchor.SIZE <= 512
    assert anchor.load(KEY, data) == EXAMPLE


def test_an_anchor_under_another_key_or_changed_says_nothing() -> None:
    data = anchor.dump(KEY, EXAMPLE)
    assert anchor.load(b"o" * 32, data) is None
    assert anchor.load(KEY, data.replace(b"000007", b"000008")) is None
    assert anchor.load(KEY, data[:100]) is None
