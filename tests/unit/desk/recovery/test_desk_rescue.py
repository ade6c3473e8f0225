"""Putting a backup in the ledger's place: who may, and what a stranger cannot."""

from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.recovery.rescue import restore_backup
from medcounter.desk.recovery.rescue_keys import fitting, locked_for
from medcounter.trust.trust_errors import SignInNeededError
from tests.support.desk.counter_samples import issue_seen, ledger_page
from tests.support.store.access_samples import ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    locked_folder(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A backup of a ledger without sign-in, with its open key beside it."""
    desk = Desk.open(tmp_path / "foreign", AT)
    issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "click")
    made = desk.backups.back_up(tmp_path / "stick")
    desk.close()
    assert made is not None
    return made


def test_a_stranger_does_not_put_an_open_ledger_in_the_place_of_a_locked_one(
    locked: Path, foreign: Path
) -> None:
    before = (locked / "ledger.db").read_bytes(), (locked / "keyslots.json").read_bytes()
    with pytest.raises(SignInNeededError):
        restore_backup(locked, str(foreign), AT)
    assert locked_for(locked, str(foreign)) == locked
    assert ((locked / "ledger.db").read_bytes(), (locked / "keyslots.json").read_bytes()) == before


def test_who_signed_in_may_and_then_nobody_is_locked_out(locked: Path, foreign: Path) -> None:
    given = pass_of(locked, ZHAO)
    assert fitting(locked, (given,)) == given
    restore_backup(locked, str(foreign), AT, "换到这个台账", credentials=(given,))
    assert fitting(locked, (given,)) is None
    desk = Desk.open(locked, AT)
    assert ledger_page(desk).total == 1
    desk.close()
