"""Ledgers of every schema there ever was are opened by the newest program, nothing lost."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.sqlite import scalar
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import AT, notice, paper, raw

FROZEN = Path(__file__).parents[3] / "faults" / "ledgers"
VERSIONS = range(1, LEDGER.version + 1)


def test_a_ledger_of_every_schema_is_kept() -> None:
    assert {path.name for path in FROZEN.iterdir()} == {f"version-{number}" for number in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_ledger_of_any_schema_opens_whole_and_counts_on(tmp_path: Path, version: int) -> None:
    folder = tmp_path / "data"
    shutil.copytree(FROZEN / f"version-{version}", folder)
    with raw(folder) as before:
        assert scalar(before, "PRAGMA user_version") == version
        notices = scalar(before, "SELECT count(*) FROM notice")
        events = scalar(before, "SELECT count(*) FROM event")
    store = open_store(folder)
    assert store.read_only == ""
    assert [fault for fault in store.ledger.verify() if fault is not None] == []
    assert store.ledger.search().total == notices
    numbers = sorted(entry.number for entry in store.ledger.search(limit=100).rows)
    issued = store.ledger.issue(notice(77, issued_at=AT + timedelta(days=400)), paper)
    assert issued.number not in numbers
    store.close(with_backup=False)
    with raw(folder) as after:
        assert scalar(after, "PRAGMA user_version") == LEDGER.version
        assert scalar(after, "SELECT count(*) FROM event") == int(str(events)) + 1
    copied = folder / "backups" / f"before-version-{LEDGER.version}.db"
    assert copied.exists() == (version < LEDGER.version)
