"""A word that a ledger was walked spares a check only to whoever gave it."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import ledger_proof
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey, chain_key
from tests.support.store.access_samples import LI, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=5)


def void_in_anothers_name(store: Store, key: ChainKey, supervisor: str) -> None:
    """Write a void under a signature that is none, and an opening's worth after it."""
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        before = database.conn.execute("SELECT id, mac FROM event ORDER BY id DESC").fetchone()
        detail = '{"number":"2025-03-000001","reason":"金额填错"}'
        row = (before[0] + 1, "void", journal.stamp(LATER), 1, None, ZHAO, detail)
        mac = chain.link(key.codes, before[1], (*row, supervisor))
        database.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
        values = (row[0], supervisor, "0" * 128)
        database.conn.execute("INSERT INTO event_signature VALUES (?, ?, ?)", values)
        for _ in range(60):
            event = NewEvent("export", LATER, LI, detail={"masked": True})
            journal.append(database, key, event)


def forged_walk(database: Database, store: Store, key: ChainKey) -> None:
    """Let the own word vouch for all of it, as who skips the signatures can."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "_fault_of_signature", lambda *_, **__: None)
        walked = store.watch.proof.walked
        assert not any(ledger_proof.walk(database, key, walked))


def test_a_walk_that_somebody_made_up_lets_no_backup_of_others_count(tmp_path: Path) -> None:
    """The backup counted, and a drill refused it."""
    folder = tmp_path / "data"
    locked_folder(folder)
    key = pass_of(folder, LI).key
    store = open_store(folder, key)
    store.ledger.issue(notice(1, clerk=LI), paper)
    known = store.signatories().people
    supervisor = next(public for public, who in known.items() if who.name == ZHAO)
    void_in_anothers_name(store, chain_key(key), supervisor)
    with store._ledger.reading() as database:  # noqa: SLF001 - past the program
        forged_walk(database, store, chain_key(key))
    store.close(with_backup=False)
    assert DataFolder(folder).walked.exists()
    store = open_store(folder, pass_of(folder, ZHAO).key)
    with pytest.raises(store_errors.BackupBrokenError, match="签名不符"):
        store.backups.make()
    store.close(with_backup=False)
