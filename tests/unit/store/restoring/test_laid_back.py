"""What a restore set aside shuts no ledger when somebody lays it back."""

import shutil
from datetime import timedelta
from pathlib import Path

from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger_records import Restorer
from medcounter.store.restoring.restore import restore
from tests.support.store.access_samples import LI, pass_of
from tests.support.store.auditors_samples import audited_folder, clerks
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=20)


def test_the_walk_and_the_auditors_copy_of_the_line_before_shut_no_ledger(tmp_path: Path) -> None:
    """They knew of more events than the restored ledger has, which was only looked into."""
    folder = audited_folder(tmp_path / "data")
    paths = DataFolder(folder)
    desk = clerks(folder)
    store = desk._store  # noqa: SLF001 - notices, not a day
    made = store.backups.make()
    assert made is not None
    held = made.read_bytes()
    for request in range(2, 6):
        store.ledger.issue(notice(request, issued_at=AT + timedelta(minutes=9), clerk=LI), paper)
    assert not any(store.walk())
    desk.close(with_backup=True)
    for path in paths.backups.glob("ledger-*.db"):
        path.unlink()
    made.write_bytes(held)
    done = restore(folder, made.name, LATER, Restorer(LI, (pass_of(folder, LI).key,)))
    for path in (paths.walked, paths.auditors):
        assert (done.aside / path.name).exists()
        shutil.copy(done.aside / path.name, path)
        desk = clerks(folder)
        assert desk.read_only == ""
        desk.close(with_backup=False)
