"""No empty ledger is made where there was one, whatever trace of it is left."""

import shutil
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import restore
from tests.support.store.store_samples import AT, notice, paper


@pytest.mark.parametrize("trace", ["anchor.json", "second-place.json", "walked.json"])
def test_a_trace_of_a_ledger_without_key_and_ledger_is_no_first_start(
    trace: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.close()
    shutil.rmtree(folder / "backups")
    (folder / "second-place.json").write_text("{}")
    for path in folder.iterdir():
        if path.is_file() and path.name != trace:
            path.unlink()
    with pytest.raises(store_errors.LedgerMissingError, match=trace):
        open_store(folder)
    assert not (folder / "ledger.db").exists()
    assert not (folder / "keyslots.json").exists()


def test_a_folder_whose_ledger_was_saved_beside_it_does_not_begin_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    shutil.rmtree(folder)
    with pytest.raises(store_errors.FolderLostError):
        store.ledger.issue(notice(2), paper)
    store.close()
    saved = next((tmp_path / "data-rescued").glob("ledger-*.db"))
    with pytest.raises(store_errors.LedgerMissingError, match=saved.name):
        open_store(folder)
    restore(folder, str(saved), AT)
    store = open_store(folder)
    assert store.ledger.search().total == 1
    store.close()
