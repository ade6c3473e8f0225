"""What guards the counter counts as the ledger has it, whatever the file says."""

import json
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.desk.access import guarded_settings
from medcounter.desk.access.access_errors import SigningKeyUnknownError, SupervisorNeededError
from medcounter.desk.access.desk_access import VOID
from medcounter.desk.desk import Desk
from medcounter.roster.reading.taught_words import TaughtWordError
from medcounter.store.db.sqlite import connect
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.trust.signer import make_seed, signer_of
from tests.faults.secrets.forging import fill_index
from tests.support.desk.counter_samples import faults_of
from tests.support.store.access_samples import LI, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper


def edit(folder: Path, **values: object) -> None:
    """Change the settings file as anybody can."""
    path = folder / "settings.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {"version": 1}
    path.write_text(json.dumps(known | values), encoding="utf-8")


def opened(folder: Path, who: str = "") -> Desk:
    return Desk.open(folder, AT, who=pass_of(folder, who) if who else None)


@pytest.mark.parametrize("name", ["", LI, WANG, ZHAO])
def test_an_edited_file_neither_unlocks_nor_unmasks(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    if name:
        locked_folder(folder)
    opened(folder, name).close()
    edit(folder, lock_minutes=0, whole_id=True, list_words=["学生=特困"], paper="A4")
    desk = opened(folder, name)
    assert (desk.settings.lock_minutes, desk.settings.whole_id) == (10, False)
    assert desk.settings.list_words == ()
    assert desk.settings.paper == "A4"
    (problem,) = desk.settings_problems
    assert "自动锁屏的时间、单据上证件号码是否写全、名单说法" in problem
    desk.close()


def test_what_a_supervisor_sets_stays_and_an_edit_of_it_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, ZHAO)
    desk.save_settings(replace(desk.settings, lock_minutes=0, whole_id=True), AT)
    desk.close()
    desk = opened(folder, LI)
    assert (desk.settings.lock_minutes, desk.settings.whole_id) == (0, True)
    assert desk.settings_problems == ()
    assert faults_of(desk) == ()
    desk.close()
    edit(folder, lock_minutes=5, whole_id=False)
    desk = opened(folder, LI)
    assert (desk.settings.lock_minutes, desk.settings.whole_id) == (0, True)
    with pytest.raises(SupervisorNeededError):
        desk.save_settings(replace(desk.settings, lock_minutes=5), AT)
    desk.close()


def test_words_that_lists_are_read_by_are_a_supervisors(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, LI)
    with pytest.raises(SupervisorNeededError):
        desk.save_settings(replace(desk.settings, list_words=("困难户=特困",)), AT)
    desk.close()
    desk = opened(folder, ZHAO)
    desk.save_settings(replace(desk.settings, list_words=("困难户=特困",)), AT)
    with pytest.raises(TaughtWordError):
        desk.save_settings(replace(desk.settings, list_words=("困难户=某某",)), AT)
    desk.close()
    desk = opened(folder, LI)
    assert desk.settings.list_words == ("困难户=特困",)
    assert desk.settings_problems == ()
    assert faults_of(desk) == ()
    desk.close()


def test_every_guard_is_named_in_the_refusal_and_where_hands_read_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, LI)
    with pytest.raises(SupervisorNeededError) as refused:
        desk.save_settings(replace(desk.settings, list_words=("困难户=特困",)), AT)
    desk.close()
    page = (Path(__file__).parents[4] / "docs" / "store.md").read_text("utf-8")
    for called in ("自动锁屏的时间", "单据上证件号码是否写全", "名单说法", "窗口号"):
        assert called in refused.value.text
        assert called in page
    assert set(guarded_settings.GUARDS.values()) <= set(re.findall(r"\((\w+)\)", page))


@pytest.mark.parametrize("name", ["", LI, ZHAO])
@pytest.mark.parametrize("edited", ["edited", "gone"])
def test_a_desk_goes_on_with_its_own_numbers_whatever_the_file_says(
    edited: str, name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    if name:
        locked_folder(folder)
    store = open_store(folder, pass_of(folder, name).key if name else None)
    store.ledger.issue(notice(1, desk="03", clerk=name or "王"), paper)
    store.close(with_backup=False)
    if edited == "edited":
        edit(folder, desk="07")
    desk = opened(folder, name)
    (problem,) = desk.settings_problems
    assert desk.settings.desk == "03"
    assert "设置文件里窗口号与台账里记下的不同" in problem
    desk.close()


def test_a_supervisor_gives_a_desk_another_number_and_no_clerk_does(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, LI)
    with pytest.raises(SupervisorNeededError, match="窗口号"):
        desk.save_settings(replace(desk.settings, desk="07"), AT)
    desk.close()
    desk = opened(folder, ZHAO)
    desk._store.ledger.issue(notice(1, desk="03", clerk=ZHAO), paper)  # noqa: SLF001 - a notice, not a day
    desk.save_settings(replace(desk.settings, desk="07"), AT)
    desk.close()
    edit(folder, desk="03")
    desk = opened(folder, LI)
    assert desk.settings.desk == "07"
    assert len(desk.settings_problems) == 1
    assert faults_of(desk) == ()
    desk.close()


def test_before_the_first_notice_a_desk_has_the_number_that_was_typed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    opened(folder).close()
    edit(folder, desk="07")
    desk = opened(folder)
    assert (desk.settings.desk, desk.settings_problems) == ("07", ())
    desk.close()


def test_without_sign_in_a_change_is_an_event_all_the_same(tmp_path: Path) -> None:
    desk = opened(tmp_path / "data")
    before = desk._store.ledger.head().position  # noqa: SLF001 - no desk counts events
    desk.save_settings(replace(desk.settings, whole_id=True), AT)
    desk.save_settings(replace(desk.settings, paper="A4"), AT)
    assert desk._store.ledger.head().position == before + 1  # noqa: SLF001 - see above
    assert desk.settings.whole_id
    assert faults_of(desk) == ()
    desk.close()


def test_a_clerk_who_writes_the_event_by_hand_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, LI)
    loose = {"lock_minutes": 0, "whole_id": True}
    desk._store.note(NewEvent("settings", AT, LI, detail=loose))  # noqa: SLF001 - by hand
    assert [text for text in faults_of(desk) if "要主管签名" in text] != []
    desk._store.close(with_backup=False)  # noqa: SLF001 - no backup of it counts


def test_a_stricter_value_in_the_file_of_an_older_ledger_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    opened(folder).close()
    edit(folder, lock_minutes=3)
    desk = opened(folder)
    assert desk.settings.lock_minutes == 3
    assert desk.settings_problems == ()
    desk.close()


def test_whoever_only_a_forged_slot_calls_a_supervisor_neither_agrees_nor_is_here(
    tmp_path: Path,
) -> None:
    """Whoever holds the data key can write a slot; the ledger never heard of its key."""
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, LI)
    key = replace(pass_of(folder).key, signer=signer_of(make_seed()))
    forged = replace(pass_of(folder, ZHAO), key=key)
    with pytest.raises(SigningKeyUnknownError):
        desk.access.approve_by(forged, VOID, AT)
    with pytest.raises(SigningKeyUnknownError):
        desk.access.unlock(forged, AT)
    assert desk.access.who is not None
    assert desk.access.who.name == LI
    assert faults_of(desk) == ()
    desk.close()


def by_hand(folder: Path, event: NewEvent, monkeypatch: pytest.MonkeyPatch) -> int:
    """Write an event past what the program refuses to write, and give its number."""
    store = open_store(folder, pass_of(folder).key)
    monkeypatch.setattr(event_forms, "fault", lambda *_: None)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        journal.append(database, store.chain_key, event)
        position = journal.head(database).position
    monkeypatch.undo()
    store.close(with_backup=False)
    return position


LOOSE = {"list_words": [], "lock_minutes": 0, "whole_id": True}


def test_what_a_clerk_set_is_not_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was, at every opening, until somebody verified."""
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = opened(folder, ZHAO)
    desk.save_settings(replace(desk.settings, lock_minutes=5), AT)
    desk.close()
    by_hand(folder, NewEvent("settings", AT, LI, detail=LOOSE), monkeypatch)
    desk = opened(folder, LI)
    assert (desk.settings.lock_minutes, desk.settings.whole_id) == (5, False)
    desk._store.close(with_backup=False)  # noqa: SLF001 - no backup of it counts


def test_nor_is_what_only_an_index_calls_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    locked_folder(folder)
    store = open_store(folder, pass_of(folder).key)
    store.ledger.issue(notice(1, clerk=LI), paper)
    store.close(with_backup=False)
    position = by_hand(folder, NewEvent("reveal", AT, LI, 1, detail=LOOSE), monkeypatch)
    said = f"(CASE id WHEN {position} THEN 'settings' ELSE kind END)"
    held = f"WHERE notice IS NULL OR id = {position}"
    key = pass_of(folder).key.ledger
    fill_index(
        lambda: closing(connect(folder / "ledger.db", key)),
        "event_elsewhere",
        f"CREATE INDEX event_elsewhere ON event {said} {held}",
    )
    desk = opened(folder, LI)
    assert desk._store.last_detail("settings") == {}  # noqa: SLF001 - as it is read
    assert (desk.settings.lock_minutes, desk.settings.whole_id) == (10, False)
    assert any("索引 event_elsewhere" in text for text in faults_of(desk))
    desk._store.close(with_backup=False)  # noqa: SLF001 - no backup of it counts
