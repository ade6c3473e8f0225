"""Of two lines that a restore parted, only one that it names is passed over."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.store.anchor_file import AnchorFile
from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger_records import Restored, Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring import restore as restoring
from medcounter.store.restoring.restore import restore
from medcounter.trust.chain_key import chain_key
from tests.support.store.store_samples import AT, notice, paper

LI = "李晓"


class KilledError(BaseException):
    """The program ends here."""


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def work(folder: Path, at: datetime, requests: Sequence[int]) -> list[str]:
    """Open, issue, close with a backup; the numbers given."""
    store = open_store(folder, at=at)
    given = [store.ledger.issue(notice(n, issued_at=at), paper).number for n in requests]
    store.close()
    return given


def said_at(folder: Path, at: datetime) -> str:
    """What the next opening says of the ledger; empty for one that may be written."""
    store = open_store(folder, at=at)
    said = store.read_only
    store.close(with_backup=False)
    return said


def only_backup(folder: Path, chosen: str) -> None:
    for each in (folder / "backups").glob("ledger-*.db"):
        if each.name != chosen:
            each.unlink()


def again(folder: Path, at: datetime, chosen: str) -> Restored:
    return restore(folder, chosen, at, Restorer(clerk=LI, reason="磁盘坏了"))


def first_days(folder: Path) -> str:
    """Issue on two days; name the backup of the first."""
    work(folder, later(0), (1, 2))
    chosen = max((folder / "backups").glob("ledger-*.db")).name
    work(folder, later(1), (3,))
    return chosen


def lay_back(folder: Path, out_of: Path) -> None:
    for name in ("ledger.db", "anchor.json"):
        shutil.copy(out_of / name, folder / name)
    for name in ("walked.json", "auditor.db"):
        (folder / name).unlink(missing_ok=True)
        if (out_of / name).exists():
            shutil.copy(out_of / name, folder / name)


def test_the_line_of_an_earlier_restore_is_not_gone_on_with_beside_a_newer_one(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    chosen = first_days(folder)
    again(folder, later(2), chosen)
    work(folder, later(2), (4,))
    only_backup(folder, chosen)
    second = again(folder, later(3), chosen)
    work(folder, later(3), (5, 6, 7))
    newest = max((folder / "backups").glob("ledger-*.db")).name
    lay_back(folder, second.aside)
    assert newest in said_at(folder, later(4))


def test_a_restored_ledger_kept_by_somebody_is_not_gone_on_with_beside_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    work(folder, later(0), (1, 2))
    anchor = (folder / "anchor.json").read_bytes()
    chosen = max((folder / "backups").glob("ledger-*.db")).name
    work(folder, later(1), (3,))
    only_backup(folder, chosen)
    (folder / "walked.json").unlink(missing_ok=True)
    kept = tmp_path / "kept.db"

    def killed(*_: object) -> Path:
        shutil.copy(DataFolder(folder).restored, kept)
        raise KilledError

    with monkeypatch.context() as frozen:
        frozen.setattr(restoring, "_set_aside", killed)
        with pytest.raises(KilledError):
            again(folder, later(2), chosen)
    again(folder, later(2) + timedelta(minutes=5), chosen)
    work(folder, later(3), (4, 5))
    newest = max((folder / "backups").glob("ledger-*.db")).name
    shutil.copy(kept, folder / "ledger.db")
    for name in ("walked.json", "auditor.db"):
        (folder / name).unlink(missing_ok=True)
    (folder / "anchor.json").write_bytes(anchor)
    assert newest in said_at(folder, later(4))


@pytest.mark.parametrize("names_them", [False, True])
def test_a_restore_written_by_hand_hides_no_newer_backup(tmp_path: Path, names_them: bool) -> None:  # noqa: FBT001 - both ways
    folder = tmp_path / "data"
    work(folder, later(0), (1,))
    old = tmp_path / "old.db"
    shutil.copy(folder / "ledger.db", old)
    work(folder, later(1), (2, 3))
    newest = max((folder / "backups").glob("ledger-*.db"))
    paths = DataFolder(folder)
    store = open_store(folder, at=later(1))
    key, head = store.data_key, store.ledger.head()
    store.close(with_backup=False)
    shutil.copy(old, paths.ledger)
    paths.walked.unlink(missing_ok=True)
    database = connect(paths.ledger, key.ledger)
    detail = {
        "backup": "x", "closes_used": [], "known": 0, "numbers_used": [], "over": "failing",
        "reason": "", "voided": [],
        "replaced": [[head.position, head.code]] if names_them else [],
    }  # fmt: skip
    database.conn.execute("BEGIN IMMEDIATE")
    event = NewEvent("restore", later(1), LI, detail=detail)
    journal.append(database, chain_key(key), event)
    database.conn.execute("COMMIT")
    AnchorFile(paths.anchor, key.anchor).begin(database)
    database.close()
    assert newest.name in said_at(folder, later(2))
