"""A ledger that lost its tail, was put back or computed anew does not pass for the right one."""

import shutil
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust import chain, ledger_anchor
from tests.faults.secrets.forging import cut_tail, recompute
from tests.support.store.access_samples import LI
from tests.support.store.auditors_samples import LATER, audited_folder, clerks
from tests.support.store.store_samples import notice, paper

KEY = b"k" * 32
EXAMPLE = ledger_anchor.LedgerAnchor(chain.Head(7, "0a1b2c3d"), "2025-03-000007")


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
        with pytest.raises(store_errors.StoreError) as caught:
            store.ledger.issue(notice(9), paper)
        assert caught.value.text == store.read_only
        return store.read_only
    finally:
        store.close()


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


def test_an_old_file_beside_its_own_old_anchor_is_found_by_the_walk(
    folder: Path, tmp_path: Path
) -> None:
    """No backup knew of the last notices; the walk did and was not asked."""
    for name in ("ledger.db", "anchor.json"):
        shutil.copy(folder / name, tmp_path / name)
    store = open_store(folder)
    store.ledger.issue(notice(6), paper)
    assert not any(store.walk())
    store.close(with_backup=False)
    for name in ("ledger.db", "anchor.json"):
        shutil.copy(tmp_path / name, folder / name)
    text = reason(folder)
    assert "台账只有 5 条记录，核对记录（walked.json）有 6 条" in text


def test_an_old_file_beside_its_own_old_anchor_is_found_by_the_auditors_copy(
    tmp_path: Path,
) -> None:
    folder = audited_folder(tmp_path / "data")
    for name in ("ledger.db", "anchor.json"):
        shutil.copy(folder / name, tmp_path / name)
    desk = clerks(folder)
    desk._store.ledger.issue(notice(2, issued_at=LATER, clerk=LI), paper)  # noqa: SLF001 - a notice
    desk.close()
    for path in (*(folder / "backups").glob("ledger-*.db"), folder / "walked.json"):
        path.unlink(missing_ok=True)
    for name in ("ledger.db", "anchor.json"):
        shutil.copy(tmp_path / name, folder / name)
    desk = clerks(folder)
    assert "审计副本（auditor.db）" in desk.read_only
    desk.close()


def test_a_chain_computed_anew_is_found(folder: Path) -> None:
    recompute(folder)
    assert "可能被重新算过" in reason(folder)


@pytest.mark.parametrize("act", [cut_tail, recompute])
def test_without_the_anchor_the_newest_backup_tells(folder: Path, act: object) -> None:
    store = open_store(folder)
    store.close()
    assert callable(act)
    act(folder)
    DataFolder(folder).anchor.unlink()
    text = reason(folder)
    assert "最近的备份" in text
    assert "“medcounter restore ledger-20250305-000000005.db”" in text


def test_an_anchor_behind_the_ledger_is_no_fault(folder: Path) -> None:
    path = DataFolder(folder).anchor
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
    DataFolder(folder).anchor.unlink()
    DataFolder(folder).anchor.mkdir()
    assert store.ledger.issue(notice(6), paper).number == "2025-03-000006"
    store.close(with_backup=False)


def test_an_anchor_reads_as_it_was_written_and_fills_less_than_a_sector() -> None:
    data = ledger_anchor.dump(KEY, EXAMPLE)
    assert len(data) == ledger_anchor.SIZE <= 512
    assert ledger_anchor.load(KEY, data) == EXAMPLE


def test_an_anchor_under_another_key_or_changed_says_nothing() -> None:
    data = ledger_anchor.dump(KEY, EXAMPLE)
    assert ledger_anchor.load(b"o" * 32, data) is None
    assert ledger_anchor.load(KEY, data.replace(b"000007", b"000008")) is None
    assert ledger_anchor.load(KEY, data[:100]) is None
