"""A row in the own name that reads as if it were another's, or lawful, is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.store.db.sqlite import Database
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import notice_rows
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust.chain_key import ChainKey
from tests.support.store.store_samples import notice, paper


def faults(store: Store) -> list[str]:
    found = [fault.text for fault in store.verify() if fault is not None]
    store.close(with_backup=False)
    return found


def test_no_notice_names_another_clerk_than_its_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, append = open_store(tmp_path / "data"), journal.append

    def by_another(database: Database, key: ChainKey, event: NewEvent) -> None:
        append(database, key, replace(event, clerk="别人"))

    with monkeypatch.context() as patch:
        patch.setattr(journal, "append", by_another)
        store.ledger.issue(notice(1), paper)
    assert any("写的经办人不是" in text for text in faults(store))


def test_no_correction_comes_before_its_notice_is_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "data")
    first = store.ledger.issue(notice(1), paper).number
    with monkeypatch.context() as patch:
        patch.setattr(notice_rows, "void_reason", lambda *_: "x")
        store.ledger.issue(replace(notice(2), replaces=first), paper)
    assert any("出在原单作废之前" in text for text in faults(store))
