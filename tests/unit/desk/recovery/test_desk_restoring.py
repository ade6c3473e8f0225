"""A restore replaces only what fails, and undoes no void unseen."""

import json
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.recovery.rescue import (
    RestoreNeedsReasonError,
    RestoreNeedsSupervisorError,
    restore_backup,
)
from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.act_roles import FAILING, SOUND
from medcounter.store.journal.journal import NewEvent
from medcounter.store.store_errors import NoticeVoidError
from medcounter.trust import slot_files
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import DataKey
from medcounter.wording.terms import VOID
from tests.faults.secrets.forging import without_guards
from tests.support.desk.counter_samples import faults_of, issue_seen
from tests.support.store.access_samples import LI, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT

# What says that it was carried, and proves nothing.
NOTHING = {"before": "", "row": [], "public": "", "signature": ""}
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
REASON = "昨天的数据是演练时录入的"


def serve(folder: Path, who: str = "") -> tuple[str, str]:
    """Issue a notice and back up; give the notice and the backup."""
    desk = Desk.open(folder, AT, who=pass_of(folder, who) if who else None)
    number = issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "click").notice.number
    made = desk.backups.back_up()
    desk._store.close(with_backup=False)  # noqa: SLF001 - the backup is of now
    assert number is not None
    assert made is not None
    return number, made.name


def void(folder: Path, number: str, who: str = "") -> None:
    """Void a notice after the backup."""
    desk = Desk.open(folder, AT, who=pass_of(folder, who) if who else None)
    desk.notices.void(number, "金额填错", AT)
    desk._store.close(with_backup=False)  # noqa: SLF001 - as a kill leaves it


def spoil(folder: Path) -> None:
    """Let the ledger fail: one page of it is zeros."""
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(-4096, 2)
        file.write(bytes(4096))


def detail(folder: Path, who: str = "") -> dict[str, object]:
    desk = Desk.open(folder, AT, who=pass_of(folder, who) if who else None)
    try:
        return desk._store.last_detail("restore")  # noqa: SLF001 - no desk shows it
    finally:
        desk._store.close(with_backup=False)  # noqa: SLF001 - see above


def test_over_a_sound_ledger_a_restore_asks_for_a_reason(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    _number, chosen = serve(folder)
    before = (folder / "ledger.db").read_bytes()
    for reason in ("", "  "):
        with pytest.raises(RestoreNeedsReasonError):
            restore_backup(folder, chosen, AT, reason)
    assert (folder / "ledger.db").read_bytes() == before
    restore_backup(folder, chosen, AT, REASON)
    said = detail(folder)
    assert (said["over"], said["reason"]) == (SOUND, REASON)


def test_over_a_sound_ledger_a_clerk_restores_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    _number, chosen = serve(folder, LI)
    clerk, supervisor = pass_of(folder, LI), pass_of(folder, ZHAO)
    with pytest.raises(RestoreNeedsSupervisorError):
        restore_backup(folder, chosen, AT, REASON, credentials=(clerk,))
    restore_backup(folder, chosen, AT, REASON, credentials=(clerk, supervisor))
    assert detail(folder, LI)["over"] == SOUND
    desk = Desk.open(folder, AT, who=pass_of(folder, LI))
    assert faults_of(desk) == ()
    desk.close()


def test_over_a_failing_ledger_a_clerk_restores_without_a_reason(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    _number, chosen = serve(folder, LI)
    spoil(folder)
    restore_backup(folder, chosen, AT, credentials=(pass_of(folder, LI),))
    assert detail(folder, LI)["over"] == FAILING


def break_chain(folder: Path, who: str) -> None:
    """Change an old row under the right key, as a fault of the disk might."""
    key = pass_of(folder, who).key if who else open_key(folder)
    database = connect(folder / "ledger.db", key.ledger)
    guards = without_guards(database)
    database.conn.execute("UPDATE event SET clerk = '别人' WHERE id = 1")
    for guard in guards:
        database.conn.execute(guard)
    database.close()


def open_key(folder: Path) -> DataKey:
    paths = DataFolder(folder)
    return slot_files.read_data_keys(paths.key_file, paths.key_copy)[0]


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("who", ["", LI, ZHAO])
def test_a_void_after_the_backup_stays_void(who: str, fails: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of pytest's
    folder = tmp_path / "data"
    if who:
        locked_folder(folder)
    number, chosen = serve(folder, LI if who else "")
    void(folder, number, ZHAO if who else "")
    if fails or who == LI:
        break_chain(folder, who)
    given = (pass_of(folder, who),) if who else ()
    done = restore_backup(folder, chosen, AT, REASON, credentials=given)
    assert done.voids == (number,)
    assert number in done.said_of_voids
    assert detail(folder, who)["voided"] == [number]
    desk = Desk.open(folder, AT, who=pass_of(folder, LI) if who else None)
    assert desk.notices.find(number).state == VOID
    assert faults_of(desk) == ()
    with pytest.raises(NoticeVoidError):
        desk.notices.reprint(number, AT)
    desk.close()


def test_a_clerk_carries_over_no_void_that_nobody_agreed_to(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    number, chosen = serve(folder, LI)
    key = pass_of(folder, LI).key
    database = connect(folder / "ledger.db", key.ledger)
    notice = database.conn.execute("SELECT id FROM notice").fetchone()[0]
    forged = NewEvent("void", AT, LI, notice, detail={"reason": "错了"})
    journal.append(database, chain_key(key), forged)
    database.close()
    done = restore_backup(folder, chosen, AT, credentials=(pass_of(folder, LI),))
    assert (done.voids, done.voids_left) == ((), (number,))
    assert f"{number} 在恢复后的台账里又是有效的" in done.said_of_voids
    desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    assert desk.notices.find(number).state != VOID
    desk.notices.void(number, "重新作废", AT)
    assert faults_of(desk) == ()
    desk.close()


@pytest.mark.parametrize("forged", ["reason only", "another notice", "own signature"])
def test_a_void_that_only_says_it_was_carried_is_found(forged: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    number, _chosen = serve(folder, LI)
    void(folder, number, ZHAO)
    desk = Desk.open(folder, AT, who=pass_of(folder, LI))
    issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "second")
    key, store = desk._store.chain_key, desk._store  # noqa: SLF001 - what a clerk has in hand
    with store._ledger.transaction() as database:  # noqa: SLF001 - see above
        rows = database.conn.execute(
            "SELECT e.id, kind, at, e.notice, print_no, e.clerk, detail, mac, public, signature"
            " FROM event e JOIN event_signature s ON s.event = e.id WHERE kind = 'void'"
        ).fetchone()
        before = database.conn.execute("SELECT mac FROM event WHERE id = ?", (rows[0] - 1,))
        proof = {
            "before": before.fetchone()[0],
            "row": list(rows[:7]),
            "public": rows[8],
            "signature": rows[9],
        }
        if forged == "own signature":
            proof |= {"public": key.signer.public, "signature": key.signer.sign(rows[7])}
        said = {**json.loads(rows[6]), "carried": NOTHING if forged == "reason only" else proof}
        other = database.conn.execute("SELECT max(id) FROM notice").fetchone()[0]
        journal.append(database, key, NewEvent("void", AT, LI, other, detail=said))
    assert [text for text in faults_of(desk) if "要主管签名" in text] != []
    desk._store.close(with_backup=False)  # noqa: SLF001 - no backup of it counts
