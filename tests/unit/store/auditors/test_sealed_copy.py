"""What is added to the auditors' copy is sealed; what an auditor writes into it is not."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from medcounter.store.audit import audit_reading, line_blocks
from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening import store as opened_store
from tests.faults.secrets.forging import fill_index
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.store.access_samples import LI, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.auditors_samples import FIRST, LATER, audited_folder, auditors, clerks
from tests.support.store.store_samples import erase_party, notice, paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with one notice, as the day left it."""
    return audited_folder(tmp_path / "data")


FORGED = (
    "UPDATE notice SET total = 1",
    "UPDATE shown SET name = '别**'",
    "UPDATE event SET clerk = '别人' WHERE kind = 'issue'",
    "DELETE FROM line WHERE event = (SELECT max(event) FROM line)",
    "UPDATE line SET data = (SELECT data FROM line WHERE event = 1) WHERE event = 2",
    "UPDATE ends SET last = (SELECT first FROM ends)",
    "INSERT INTO household_member SELECT id, id, 1, 2 FROM notice LIMIT 1",
    "INSERT INTO shown VALUES (99, '别**', '3601')",
    "INSERT INTO line SELECT max(event) + 1, data FROM line",
    "INSERT INTO number_floor VALUES (2025, '01', 99)",
)


@pytest.mark.parametrize("sql", FORGED)
def test_what_an_auditor_writes_into_the_copy_is_found_and_never_sealed(
    folder: Path, sql: str
) -> None:
    key = pass_of(folder, WANG).key.ledger
    opened = connect(DataFolder(folder).auditors, key)
    opened.conn.execute(sql)
    opened.close()
    desk = auditors(folder)
    assert faults_of(desk) != ()
    desk.close()
    desk = clerks(folder)
    desk._store.ledger.issue(notice(2, clerk=LI), paper)  # noqa: SLF001 - a notice
    desk.close()
    desk = clerks(folder)
    assert faults_of(desk) == ()
    desk.close()
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).total) == ((), 2)
    assert [row.total for row in ledger_page(desk).rows] == [40000, 40000]
    desk.close()


def test_a_copy_without_a_notice_has_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    clerks(folder).close()
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).total) == ((), 0)
    desk.close()


CUT_OFF = (
    "UPDATE ends SET position = position - 1",
    "UPDATE block SET digest = zeroblob(32)",
    "UPDATE ends SET code = 'hmac-sha256:00'",
    "DELETE FROM ends",
    "DROP TABLE ends",
)


@pytest.mark.parametrize("sql", CUT_OFF)
def test_a_copy_without_the_ledgers_word_is_made_anew(folder: Path, sql: str) -> None:
    opened = connect(DataFolder(folder).auditors, pass_of(folder, WANG).key.ledger)
    opened.conn.execute(sql)
    opened.close()
    clerks(folder).close()
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).total) == ((), 1)
    desk.close()


def test_a_row_that_an_auditor_forged_is_made_good_when_nobody_waits_and_written_down(
    folder: Path,
) -> None:
    opened = connect(DataFolder(folder).auditors, pass_of(folder, WANG).key.ledger)
    opened.conn.execute("UPDATE notice SET total = 1")
    opened.close()
    desk = clerks(folder)
    list(desk.health.renew_copy())
    assert not desk.health.copy_is_due
    assert desk._store.last_detail("failure") == {"what": "auditors-copy"}  # noqa: SLF001 - the chain
    assert faults_of(desk) == ()
    desk.close()
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).rows[0].total) == ((), 40000)
    desk.close()


def test_lines_of_an_auditor_are_not_sealed_with_what_comes_after(folder: Path) -> None:
    """Put where the next events come, they stood in the block that is sealed next."""
    opened = connect(DataFolder(folder).auditors, pass_of(folder, WANG).key.ledger)
    opened.conn.execute("INSERT INTO line SELECT 990, data FROM line WHERE event = 2")
    opened.close()
    clerks(folder).close()
    desk = auditors(folder)
    assert faults_of(desk) == ()
    lines = list(desk.register.export_audit(LATER))
    assert len({json.loads(line)["event"][0] for line in lines[1:-1]}) == len(lines) - 2
    desk.close()


def test_a_lock_adds_a_little_and_what_is_left_is_added_when_nobody_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy in one piece stood still for four seconds at each lock, of 100,000 notices."""
    monkeypatch.setattr(opened_store, "_AT_A_LOCK", 5)
    desk = clerks(folder)
    desk._store.auditors.renew()  # noqa: SLF001 - up to here
    for request in range(2, 32):
        desk._store.ledger.issue(notice(request, clerk=LI), paper)  # noqa: SLF001 - a notice
    desk.close(with_backup=False)
    desk = auditors(folder)
    seen = ledger_page(desk).total
    assert (0 < seen < 31, faults_of(desk)) == (True, ())
    desk.close()
    desk = clerks(folder)
    assert len(list(desk.health.renew_copy())) > 1
    desk.close(with_backup=False)
    desk = auditors(folder)
    assert (ledger_page(desk).total, faults_of(desk)) == (31, ())
    desk.close()


def test_an_auditor_opens_a_copy_whose_last_change_was_cut_off(folder: Path) -> None:
    """Who only looks undoes nothing, so nobody could open it after a kill."""
    path = DataFolder(folder).auditors
    journal = path.with_name(f"{path.name}-journal")
    opened = connect(path, pass_of(folder, WANG).key.ledger)
    opened.conn.execute("PRAGMA cache_size = 10")  # so that pages are written before the end
    opened.conn.execute("BEGIN IMMEDIATE")
    opened.conn.execute("UPDATE line SET data = randomblob(300000)")
    killed = {each: each.read_bytes() for each in (path, journal)}
    opened.conn.execute("ROLLBACK")
    opened.close()
    for each, data in killed.items():
        each.write_bytes(data)
    assert journal.stat().st_size
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).total) == ((), 1)
    desk.close()


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_blocks_of_lines_are_sealed_like_a_file_that_is_written_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, blocks: int
) -> None:
    """And a person erased long after is forgotten in the block where the notice stands."""
    monkeypatch.setattr(line_blocks, "BLOCK", 4)
    desk = clerks(folder, ZHAO)
    store = desk._store  # noqa: SLF001 - notices, not a day
    for request in range(2, 2 + 4 * blocks):
        store.ledger.issue(notice(request, clerk=ZHAO), paper)
        store.auditors.renew()
    erase_party(store, FIRST, LATER, ZHAO)
    desk.close()
    desk = auditors(folder)
    lines = list(desk.register.export_audit(LATER))
    assert (faults_of(desk), audit_reading.read(lines).faults) == ((), ())
    assert "欧**".encode() not in b"".join(lines)
    desk.close()


def test_an_entry_of_no_row_in_an_index_of_the_copy_is_found(folder: Path) -> None:
    """By one the next auditor was shown a void that no line says."""
    path, key = DataFolder(folder).auditors, pass_of(folder, WANG).key.ledger
    fill_index(
        lambda: closing(connect(path, key)),
        "event_void",
        "CREATE UNIQUE INDEX event_void ON event (coalesce(notice, 1))"
        " WHERE kind = 'void' OR id = 1",
    )
    desk = auditors(folder)
    assert any("审计副本的索引" in text for text in faults_of(desk))
    desk.close()
