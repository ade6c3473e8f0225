"""An auditor sees what auditors may see, and with the own secret alone nothing else.

What is read without the program is read by ``tests/support/store/auditor_alone.py``, which
imports nothing of it.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from inspect import getsource
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    AuditorLooksOnlyError,
    SignInRefusedError,
    SupervisorNeededError,
)
from medcounter.desk.access.sign_in import AUDITOR, CLERK, NewClerk
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.store.audit import audit_reading
from medcounter.store.db.sqlite import connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.ledger_filter import LedgerFilter
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import (
    AuditorsCopyMissingError,
    BackupFailedError,
    NotInAuditorsCopyError,
    StoreError,
)
from medcounter.trust import data_key, slot_files
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import lock_for_clerk
from medcounter.trust.slot_format import authenticate, dump, load
from tests.support.authoring.rule_draft_samples import FIRST as FIRST_DRAFT
from tests.support.authoring.rule_draft_samples import begun
from tests.support.desk.counter_samples import faults_of, last_draft, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, pass_of
from tests.support.store.auditor_alone import PURPOSES
from tests.support.store.auditors_samples import (
    FIRST,
    LATER,
    NAME,
    NUMBER,
    REQUEST,
    audited_folder,
    auditors,
    clerks,
)
from tests.support.store.store_samples import AT, erase_party, notice, paper

ALONE = Path(__file__).parents[3] / "support" / "store" / "auditor_alone.py"
OF_BEFORE = Path(__file__).parents[3] / "data" / "ledgers" / "locked-version-3"
# What of a person must be in nothing that an auditor reads.
TELLING = (NAME, NAME[1:], NUMBER, NUMBER[6:14], "1990-03-07", NUMBER[-6:], REQUEST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with one notice, as the day left it."""
    return audited_folder(tmp_path / "data")


def read_alone(folder: Path, secret: str, room: Path) -> tuple[dict[str, object], bytes]:
    destination = room / "read"
    command = [sys.executable, str(ALONE), str(folder), secret, str(destination)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=room)
    return json.loads(done.stdout), destination.read_bytes()


def told(data: bytes) -> list[str]:
    return [word for word in TELLING if word.encode() in data]


def test_disk_and_an_auditors_secret_give_no_name_and_no_number(
    folder: Path, tmp_path: Path
) -> None:
    said, data = read_alone(folder, SECRETS[WANG], tmp_path)
    assert (said["slots"], said["opened"]) == (2, ["auditor.db"])
    assert FIRST.encode() in data
    assert told(data) == []


def test_every_key_the_program_derives_is_tried() -> None:
    purposes = set(re.findall(r'"(medcounter [^"]+ \d)"', getsource(data_key)))
    assert purposes == set(PURPOSES)


def test_nor_what_was_typed_and_not_issued_and_no_rules_in_the_making(
    folder: Path, tmp_path: Path
) -> None:
    desk = clerks(folder)
    draft = Draft(region="360000", benefit_year=2025, name=NAME, id_number=NUMBER)
    desk.households.save(Household((draft,)), LATER)
    begun(desk._store, {**FIRST_DRAFT, "marks": NUMBER.encode()})  # noqa: SLF001 - a draft, not a day
    desk.close()
    said, data = read_alone(folder, SECRETS[WANG], tmp_path)
    assert (said["opened"], told(data)) == (["auditor.db"], [])
    said, data = read_alone(folder, SECRETS[LI], tmp_path)
    opened = said["opened"]
    assert isinstance(opened, list)
    assert opened.count("drafts.db") == 2


def test_the_same_way_with_a_clerks_secret_gives_both(folder: Path, tmp_path: Path) -> None:
    said, data = read_alone(folder, SECRETS[LI], tmp_path)
    assert "ledger.db" in str(said["opened"])
    assert told(data) == list(TELLING)


@pytest.mark.parametrize("made_by", ["set-up", "being added", "a new secret"])
def test_however_a_slot_for_an_auditor_came_the_data_key_is_not_in_it(
    folder: Path, tmp_path: Path, made_by: str
) -> None:
    secret = SECRETS[WANG]
    desk = clerks(folder, ZHAO)
    if made_by == "being added":
        secret = "dong nan xi bei"  # noqa: S105 - invented
        desk.access.clerks.add(NewClerk("钱进", AUDITOR, secret), LATER)
    elif made_by == "a new secret":
        secret = "xin de kou ling"  # noqa: S105 - invented
        desk.access.clerks.change_secret(WANG, secret, LATER)
    desk.close()
    said, data = read_alone(folder, secret, tmp_path)
    assert (said["slots"], said["opened"], told(data)) == (2, ["auditor.db"], [])


def test_a_ledger_of_before_is_closed_to_an_auditor_by_the_next_sign_in(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(OF_BEFORE, folder)
    aside = folder / "replaced" / "20250101"
    aside.mkdir(parents=True)
    shutil.copy(folder / "keyslots.json", aside / "keyslots.json")
    sign_in.tries_at(folder).begin((LI, WANG, ZHAO, ""))
    assert sign_in.state(folder).open_too_much == (WANG,)
    said, _ = read_alone(folder, SECRETS[WANG], tmp_path)
    assert "ledger.db" in str(said["opened"])
    with pytest.raises(AuditorsCopyMissingError, match="登录一次"):
        Desk.open(folder, LATER, who=pass_of(folder, WANG))
    said, _ = read_alone(folder, SECRETS[WANG], tmp_path)
    assert said["opened"] == []
    assert sign_in.state(folder).open_too_much == ()
    for name in (LI, ZHAO):
        desk = clerks(folder, name)
        assert (faults_of(desk), ledger_page(desk).total) == ((), 2)
        desk.close()
    desk = auditors(folder)
    assert (faults_of(desk), ledger_page(desk).total) == ((), 2)
    desk.close()
    said, _ = read_alone(folder, SECRETS[WANG], tmp_path)
    assert said["opened"] == ["auditor.db"]


def test_an_auditor_sees_the_ledger_masked_with_its_time(folder: Path) -> None:
    desk = auditors(folder)
    (row,) = ledger_page(desk).rows
    assert (row.number, row.name, row.total, row.state) == (FIRST, "欧**", 40000, "issued")
    assert row.id_masked.startswith("3601")
    assert not set(row.id_masked[4:]) - {"*"}
    assert ledger_page(desk, "2025-03").total == ledger_page(desk, "已出单").total == 1
    assert AT.strftime("%Y-%m-%d %H:%M") in desk.read_only
    assert "已遮盖" in desk.read_only
    desk.close()


def test_what_the_copy_does_not_hold_is_refused_by_a_sentence(folder: Path) -> None:
    desk = auditors(folder)
    person = LedgerFilter(id_number=NUMBER)
    acts: tuple[Callable[[], object], ...] = (
        lambda: ledger_page(desk, "欧阳"),
        lambda: ledger_page(desk, NUMBER),
        lambda: desk.register.page("", 10, 0, person, AT.date()),
        lambda: desk.notices.find(FIRST),
    )
    for act in acts:
        with pytest.raises(NotInAuditorsCopyError, match="编号、日期"):
            act()
    with pytest.raises(SupervisorNeededError, match="主管更改"):
        desk.access.clerks.change_secret(WANG, "xin de kou ling", LATER, secret=SECRETS[WANG])
    desk.close()


def test_an_auditor_exports_the_same_file_as_a_clerk(folder: Path) -> None:
    desk = auditors(folder)
    theirs = list(desk.register.export_audit(LATER))
    assert desk.health.fingerprint == audit_reading.read(theirs).fingerprint
    desk.close()
    store = open_store(folder, pass_of(folder).key)
    ours = list(store.export(LATER, LI, masked=True))
    assert theirs[1:-1] == ours[1 : len(theirs) - 1]
    assert audit_reading.read(theirs).faults == ()
    assert store.fingerprint == audit_reading.read(theirs).fingerprint
    store.close(with_backup=False)


def test_what_happened_since_comes_into_the_copy_when_the_clerk_closes(folder: Path) -> None:
    desk = clerks(folder, ZHAO)
    desk._store.ledger.issue(notice(2, clerk=ZHAO, name="李四"), paper)  # noqa: SLF001 - a notice
    # Today such a reason is refused; in a ledger of before it may stand.
    typed: dict[str, object] = {"reason": f"号码{NUMBER}填错"}
    desk._store.note(NewEvent("void", LATER, ZHAO, detail=typed), FIRST)  # noqa: SLF001 - see above
    erase_party(desk._store, FIRST, LATER, ZHAO)  # noqa: SLF001 - no term is over yet
    before = auditors_count(folder)
    desk.close()
    assert before == 1
    desk = auditors(folder)
    newest, first = ledger_page(desk).rows
    assert (newest.name, newest.state) == ("李**", "issued")
    assert ("欧" not in first.name, first.state) == (True, "void")
    assert faults_of(desk) == ()
    data = b"".join(desk.register.export_audit(LATER))
    assert NUMBER.encode() not in data
    assert "欧**".encode() not in data
    desk.close()


def auditors_count(folder: Path) -> int:
    key = pass_of(folder, WANG).key
    opened = connect(DataFolder(folder).auditors, key.ledger)
    (count,) = opened.conn.execute("SELECT count(*) FROM notice").fetchone()
    opened.close()
    return int(count)


@pytest.mark.parametrize("way", ["at once", "elsewhere", "in slices", "to a second place"])
def test_an_auditor_makes_no_backup_and_takes_none_away(
    folder: Path, tmp_path: Path, way: str
) -> None:
    """The good one could not be opened with an auditor's key, and was set aside as spoilt."""
    stick = tmp_path / "stick"
    desk = clerks(folder)
    desk.backups.back_up(stick)
    desk.close()
    before = _backups(folder) | _backups(stick)
    desk = auditors(folder)
    acts: dict[str, Callable[[], object]] = {
        "at once": desk.backups.back_up,
        "elsewhere": lambda: desk.backups.back_up(stick),
        "in slices": lambda: list(desk.backups.slices()),
        "to a second place": lambda: desk.backups.mirror_to(stick, LATER.date()),
    }
    with pytest.raises(AuditorLooksOnlyError):
        acts[way]()
    with pytest.raises(BackupFailedError):
        desk._store.backups.make()  # noqa: SLF001 - whoever asks
    desk.close()
    assert _backups(folder) | _backups(stick) == before


def _backups(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*ledger-*")}


def test_a_slot_that_an_auditor_makes_opens_no_ledger(folder: Path) -> None:
    """With the auditors' key in it, in a key file that is whole to look at."""
    held = pass_of(folder, WANG).key
    paths = DataFolder(folder)
    for role, key in ((CLERK, held), (CLERK, DataKey(bytes(32)))):
        slots = load(paths.key_file.read_bytes())
        assert slots is not None
        evil = lock_for_clerk(key, ("Evil", role), "dong nan xi bei")
        forged = authenticate(key, slots.revision + 1, (*slots.slots, evil))
        slot_files.replace_file(paths.key_file, dump(replace(forged, key_id=slots.key_id)))
        with pytest.raises((StoreError, SignInRefusedError)):
            Desk.open(folder, LATER, who=sign_in.sign_in(folder, "Evil", "dong nan xi bei"))
    desk = clerks(folder)
    assert faults_of(desk) == ()
    desk.close()


def test_what_an_auditor_did_comes_into_the_ledger_once_and_signed(folder: Path) -> None:
    desk = auditors(folder)
    list(desk.register.export_audit(LATER))
    desk.close()
    notes = DataFolder(folder).auditors_notes
    kept = notes.read_bytes()
    for _ in range(2):  # the second time as after a kill
        desk = clerks(folder)
        desk.close()
        assert not notes.exists()
        notes.write_bytes(kept)
    desk = clerks(folder, ZHAO)
    assert faults_of(desk) == ()
    with desk._store._ledger.reading() as database:  # noqa: SLF001 - looked at
        sql = "SELECT detail FROM event WHERE detail LIKE '%auditor-told%' ORDER BY id"
        details = [json.loads(row[0]) for row in database.conn.execute(sql)]
    assert [each["said"][0] for each in details] == ["sign-in", "export"]
    assert {each["said"][2] for each in details} == {WANG}
    desk.close()


def test_a_note_in_the_name_of_another_is_none(folder: Path) -> None:
    auditors(folder).close()
    notes = DataFolder(folder).auditors_notes
    forged = notes.read_bytes().replace(WANG.encode(), LI.encode())
    notes.write_bytes(forged + b"no json\n")
    desk = clerks(folder)
    with desk._store._ledger.reading() as database:  # noqa: SLF001 - looked at
        kinds = "SELECT kind, detail FROM event ORDER BY id DESC LIMIT 1"
        kind, detail = database.conn.execute(kinds).fetchone()
    assert (kind, json.loads(detail)) == ("failure", {"what": "auditor-notes", "lines": 2})
    assert not notes.exists()
    desk.close()


def test_of_an_auditor_no_draft_is_kept_and_the_clerks_stays(folder: Path) -> None:
    desk = clerks(folder)
    desk.households.save(Household((Draft(name=NAME),)), LATER)
    desk.close()
    desk = auditors(folder)
    assert last_draft(desk) is None
    desk.households.save(Household((Draft(name="李四"),)), LATER)
    desk.households.clear()
    desk.close()
    desk = clerks(folder)
    kept = last_draft(desk)
    assert kept is not None
    assert kept.name == NAME
    desk.close()


def test_auditor_and_clerk_do_not_take_turns_at_one_open_desk(folder: Path) -> None:
    desk = clerks(folder)
    with pytest.raises(SignInRefusedError, match="另一份副本"):
        desk.access.unlock(desk.access.slots.let_in(WANG, SECRETS[WANG], LATER), LATER)
    desk.close()
    desk = auditors(folder)
    assert (
        desk.access.unlock(desk.access.slots.let_in(WANG, SECRETS[WANG], LATER), LATER).name == WANG
    )
    with pytest.raises(SignInRefusedError, match="另一份副本"):
        desk.access.unlock(desk.access.slots.let_in(LI, SECRETS[LI], LATER), LATER)
    desk.close()


def test_where_nobody_is_an_auditor_no_copy_stays(folder: Path) -> None:
    desk = clerks(folder, ZHAO)
    desk.access.clerks.remove(WANG, LATER)
    desk.close()
    assert not DataFolder(folder).auditors.exists()
