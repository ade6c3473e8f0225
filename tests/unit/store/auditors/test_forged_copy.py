"""What somebody wrote into the auditors' copy decides nothing in the ledger."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger_records import Restorer
from medcounter.store.restoring.restore import restore
from tests.support.desk.counter_samples import faults_of
from tests.support.store.access_samples import LI, WANG, pass_of
from tests.support.store.auditors_samples import LATER, audited_folder, clerks
from tests.support.store.store_samples import notice, paper

ENDLESS_FLOORS = """
    CREATE VIEW number_floor AS
    WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c)
    SELECT 2025 AS issue_year, '03' AS desk, x AS sequence FROM c
"""
ENDLESS_ENDS = """
    CREATE VIEW ends AS
    WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c)
    SELECT x AS position, 'a' AS head, 'b' AS code, x'' AS first, x'' AS last FROM c WHERE x < 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with one notice, as the day left it."""
    return audited_folder(tmp_path / "data")


def forge(folder: Path, *statements: str) -> None:
    """Write into the copy with no more than an auditor's secret and the disk."""
    copy = connect(DataFolder(folder).auditors, pass_of(folder, WANG).key.ledger)
    try:
        for statement in statements:
            copy.conn.execute(statement)
    finally:
        copy.close()


FORGED = {
    "the last number": ["INSERT INTO number_floor VALUES (2025, '03', 999999)"],
    "the last close": ["INSERT INTO number_floor VALUES (2025, 'D03', 9999)"],
    "another notice": ["UPDATE notice SET sequence = 999999, number = '2025-03-999999'"],
    "another event": ['UPDATE event SET detail = \'{"numbers_used":["2025-03-999999"]}\''],
    "another line": ["UPDATE line SET data = x'00'"],
    "another end": ["UPDATE ends SET position = position + 50"],
    "no number": [
        "DROP TABLE number_floor",
        "CREATE TABLE number_floor (issue_year, desk, sequence)",
        "INSERT INTO number_floor VALUES (2025, '03', 1000000), (2025, '04', 'many')",
    ],
    "a view without end": ["DROP TABLE number_floor", ENDLESS_FLOORS],
    "ends without end": ["DROP TABLE ends", ENDLESS_ENDS],
}


@pytest.mark.parametrize("what", FORGED)
def test_a_restore_counts_on_from_what_the_ledger_vouched_for_alone(
    folder: Path, what: str
) -> None:
    forge(folder, *FORGED[what])
    paths = DataFolder(folder)
    kept = max(paths.backups.glob("ledger-*.db"))
    paths.ledger.write_bytes(b"x" * 8192)
    done = restore(folder, kept.name, LATER, Restorer(LI, (pass_of(folder).key,)))
    assert (done.numbers_used, done.has_leapt) == ((), False)
    desk = clerks(folder)
    later = LATER + timedelta(minutes=5)
    new = notice(2, issued_at=later, clerk=LI)
    assert desk._store.ledger.issue(new, paper).number == "2025-03-000002"  # noqa: SLF001 - a notice
    assert faults_of(desk) == ()
    desk.close()


@pytest.mark.parametrize("what", ["ends without end", "another end"])
@pytest.mark.parametrize("anchor", ["there", "gone"])
def test_a_forged_copy_shuts_no_counter_out(folder: Path, what: str, anchor: str) -> None:
    forge(folder, *FORGED[what])
    if anchor == "gone":
        DataFolder(folder).anchor.unlink()
    desk = clerks(folder)
    assert desk.read_only == ""
    desk.close()
