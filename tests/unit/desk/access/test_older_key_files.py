"""Older key files that are laid back let nobody in again whom the ledger knows no more."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import SigningKeyUnknownError, SignInRefusedError
from medcounter.desk.access.sign_in import SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import LedgerMissingError
from tests.support.desk.counter_samples import faults_of
from tests.support.store.access_samples import CLERKS, LI, SECRETS, ZHAO, pass_of
from tests.support.store.store_samples import AT

LATER = AT + timedelta(minutes=5)
QIAN = NewClerk("钱进", SUPERVISOR, "dong nan xi bei")


class Hall:
    """A folder with sign-in on whose key files of some day are kept."""

    def __init__(self, folder: Path) -> None:
        """Set sign-in up, and keep the empty ledger of the first day."""
        self.folder, self.paths = folder, DataFolder(folder)
        open_store(folder).close(with_backup=False)
        self.empty = self.paths.ledger.read_bytes()
        begun = sign_in.begin(folder)
        begun.finish(CLERKS, begun.recovery_text, AT)
        self.paper = begun.recovery_text
        self._kept: dict[Path, bytes] = {}

    def keep(self) -> None:
        """Keep the key files as they are."""
        self._kept = {
            path: path.read_bytes() for path in (self.paths.key_file, self.paths.key_copy)
        }

    def lay_back(self) -> None:
        """Put the kept key files in place of the present ones."""
        for path, data in self._kept.items():
            path.write_bytes(data)

    def recover(self) -> list[str]:
        """Open by the recovery key, as the refusal says, and tell what verifying finds."""
        desk = Desk.open(self.folder, LATER, who=sign_in.recover(self.folder, self.paper))
        found = list(faults_of(desk))
        desk.close()
        return found


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path / "data")


def test_a_removed_supervisor_stays_removed(hall: Hall) -> None:
    desk = Desk.open(hall.folder, AT, who=pass_of(hall.folder, ZHAO))
    desk.access.clerks.add(QIAN, AT)
    hall.keep()
    desk.access.clerks.remove(QIAN.name, LATER)
    desk.close()
    hall.lay_back()
    assert hall.recover() == []
    with pytest.raises(SignInRefusedError):
        sign_in.sign_in(hall.folder, QIAN.name, QIAN.secret)
    desk = Desk.open(hall.folder, LATER, who=pass_of(hall.folder))
    known = desk._store.signatories()  # noqa: SLF001 - who counts is asked
    assert not known.has_key(QIAN.name)
    assert known.has_key(LI)
    desk.close()


def test_a_secret_that_was_changed_since_lets_nobody_act_by_the_old_one(hall: Hall) -> None:
    hall.keep()
    desk = Desk.open(hall.folder, AT, who=pass_of(hall.folder, ZHAO))
    desk.access.clerks.change_secret(LI, "xin de kou ling", LATER)
    desk.close()
    hall.lay_back()
    assert hall.recover() == []
    with pytest.raises(SigningKeyUnknownError):
        Desk.open(hall.folder, LATER, who=sign_in.sign_in(hall.folder, LI, SECRETS[LI]))
    desk = Desk.open(hall.folder, LATER, who=pass_of(hall.folder, ZHAO))
    desk.access.clerks.change_secret(LI, "lai nian da ji", LATER)
    desk.close()
    given = sign_in.sign_in(hall.folder, LI, "lai nian da ji")
    desk = Desk.open(hall.folder, LATER, who=given)
    assert faults_of(desk) == ()
    desk.close()


def test_an_empty_ledger_of_the_first_day_is_no_start_cut_off_once_sign_in_is_set_up(
    hall: Hall,
) -> None:
    paths = hall.paths
    for path in (paths.ledger, paths.anchor, paths.rules, paths.walked, paths.auditors):
        path.unlink(missing_ok=True)
    for path in paths.backups.glob("*.db"):
        path.unlink()
    paths.new_ledger.write_bytes(hall.empty)
    with pytest.raises(LedgerMissingError):
        hall.recover()
    assert not paths.ledger.exists()
