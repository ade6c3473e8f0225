"""What lines say of the key file lets nobody in by an older one, and shuts nobody out."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access.access_errors import SlotsOlderError
from medcounter.desk.desk import Desk
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.trust.chain_key import chain_key
from tests.support.store.access_samples import LI, SECRETS, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT

LATER = AT + timedelta(minutes=5)
HOUR = AT + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    locked_folder(tmp_path / "data")
    return tmp_path / "data"


def write(
    folder: Path, by: str, slots: int, act: str = "signed-in", *, at_desk: bool = False
) -> int:
    """Write a line past the program, in the own name or by the desk's key in nobody's."""
    key = pass_of(folder, by).key
    store = open_store(folder, key)
    made = chain_key(key)
    if at_desk:
        made.signer = made.desk
    event = NewEvent("sign-in", LATER, "" if at_desk else by, detail={"act": act, "slots": slots})
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        journal.append(database, made, event)
        position = journal.head(database).position
    store.close(with_backup=False)
    return position


def faults_for(folder: Path, who: str) -> list[str]:
    desk = Desk.open(folder, HOUR, who=pass_of(folder, who))
    try:
        return [text for text in desk.health.verify() if text]
    finally:
        desk.close(with_backup=False)


def test_a_line_of_nobodys_about_the_key_file_shuts_nobody_out(folder: Path) -> None:
    write(folder, LI, 999_999, at_desk=True)
    assert faults_for(folder, LI) == []


def test_a_word_that_no_auditor_signed_is_told_and_shuts_nobody_out(folder: Path) -> None:
    write(folder, LI, 999_999, "auditor-told", at_desk=True)
    told = faults_for(folder, LI)
    assert ["没有其本人的签名" in text for text in told] == [True]


def test_a_clerks_own_line_shuts_nobody_else_out(folder: Path) -> None:
    """Every other person was refused; the recovery key alone was a way in."""
    write(folder, LI, 999_999)
    assert faults_for(folder, ZHAO) == []
    with pytest.raises(SlotsOlderError):
        faults_for(folder, LI)


def test_the_next_change_of_the_key_file_is_above_every_word_of_it(folder: Path) -> None:
    write(folder, LI, 40)
    desk = Desk.open(folder, HOUR, who=pass_of(folder, ZHAO))
    desk.access.clerks.change_secret(ZHAO, "xin de kou ling hen chang", HOUR, secret=SECRETS[ZHAO])
    desk.close(with_backup=False)
    assert pass_of(folder).revision == 41
    assert faults_for(folder, LI) == []


@pytest.mark.parametrize("changed", [LI, ZHAO])
def test_a_line_with_a_lower_number_lets_no_older_key_file_in(folder: Path, changed: str) -> None:
    """A secret that was seen, and changed, opened the desk again."""
    paths = DataFolder(folder)
    old = {path: path.read_bytes() for path in (paths.key_file, paths.key_copy)}
    desk = Desk.open(folder, LATER, who=pass_of(folder, changed))
    new = "xin de kou ling hen chang"
    desk.access.clerks.change_secret(changed, new, LATER, secret=SECRETS[changed])
    desk.close()
    for path, data in old.items():
        path.write_bytes(data)
    write(folder, LI, 0)
    with pytest.raises(SlotsOlderError):
        faults_for(folder, changed)


def test_a_number_below_what_a_supervisor_signed_is_a_fault_of_the_line(folder: Path) -> None:
    desk = Desk.open(folder, LATER, who=pass_of(folder, ZHAO))
    known = pass_of(folder).revision
    desk.close()
    position = write(folder, LI, known - 1)
    store = open_store(folder, pass_of(folder).key)
    said = f"第 {position} 条记录说密钥文件是第 {known - 1} 版，而此前已是第 {known} 版"
    assert said in store.read_only
    assert any(said in fault.text for fault in store.verify() if fault)
    store.close(with_backup=False)
