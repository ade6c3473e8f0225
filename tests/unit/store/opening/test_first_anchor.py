"""A ledger has its anchor from the first start on, also where that was cut off."""

from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import (
    AT,
    kinds_beside_notices,
    looked_into_only,
    notice,
    paper,
)


def test_a_first_start_cut_off_at_any_step_is_finished_and_tells_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    paths = DataFolder(folder)
    made = open_store(folder)
    made.close(with_backup=False)
    empty, anchor = paths.ledger.read_bytes(), paths.anchor.read_bytes()
    for lies in (None, b"", anchor):
        for path in (paths.ledger, paths.rules, paths.anchor):
            path.unlink()
        paths.new_ledger.write_bytes(empty)
        if lies is not None:
            paths.anchor.write_bytes(lies)
        store = open_store(folder, at=AT)
        assert store.read_only == ""
        assert kinds_beside_notices(store) == []
        assert not paths.new_ledger.exists()
        assert store.ledger.issue(notice(1), paper).number == "2025-03-000001"
        store.close(with_backup=False)


@pytest.mark.parametrize("without", ["nothing", "the anchor"])
def test_the_empty_ledger_of_a_first_start_takes_no_used_ledgers_place(
    tmp_path: Path, without: str
) -> None:
    folder = tmp_path / "data"
    paths = DataFolder(folder)
    open_store(folder).close(with_backup=False)
    empty = paths.ledger.read_bytes()
    store = open_store(folder)
    store.ledger.issue(notice(1), paper)
    store.close(with_backup=False)
    paths.ledger.unlink()
    paths.new_ledger.write_bytes(empty)
    if without == "the anchor":
        paths.anchor.unlink()
    with pytest.raises(store_errors.LedgerMissingError):
        open_store(folder)
    assert not paths.ledger.exists()
    paths.new_ledger.rename(paths.ledger)
    if without == "the anchor":
        store = open_store(folder, at=AT)
        assert kinds_beside_notices(store) == ["anchor-lost"]
        store.close(with_backup=False)
    else:
        assert "被换回了旧文件" in looked_into_only(folder)


def test_a_new_ledger_has_its_anchor_from_the_first_moment(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    kept = AnchorFile(DataFolder(folder).anchor, store.data_key.anchor).read()
    assert kept is not None
    assert kept.head.position == 0
    store.close()
