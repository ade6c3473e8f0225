"""When a counter does not open, what can be offered, and how service goes on."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.bundle.hall.hall_bundle_errors import HallRulesUnsignedDeskError
from medcounter.desk.desk import Desk
from medcounter.desk.folder_kinds import emergency_folder
from medcounter.desk.recovery.emergency import (
    EmergencyDeskError,
    bring_rules,
    left_out,
    prepare,
    spare_desk,
)
from medcounter.desk.recovery.rescue import KeyFileUnfitError, take_key_file
from medcounter.desk.recovery.startup_trouble import Trouble, trouble
from medcounter.errors import MedCounterError
from tests.support.desk.counter_samples import OPENED_AT, ledger_page, open_counter
from tests.support.desk.desk_samples import newer_rules
from tests.support.desk.hall_samples import AT, NAMES, REGION, YEAR, hall_folder, opened, signed_at
from tests.support.store.access_samples import locked_folder
from tests.support.store.store_samples import demo_roots, notice, paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with three notices, of which a backup holds two."""
    counter = open_counter(tmp_path / "data")
    counter.issue("张三")
    counter.issue("李四")
    counter.desk.backups.back_up()
    counter.issue("王五")
    counter.desk._store.close(with_backup=False)  # noqa: SLF001 - as a power cut leaves it
    return tmp_path / "data"


def failing(folder: Path) -> Trouble:
    with pytest.raises(MedCounterError) as caught:
        Desk.open(folder, OPENED_AT)
    return trouble(folder, caught.value)


def test_a_damaged_ledger_offers_the_newest_good_backup_and_says_what_it_lacks(
    folder: Path,
) -> None:
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    found = failing(folder)
    assert found.kind == "damaged"
    assert found.offer is not None
    # The shipped rules, the desk's number, two notices, what was seen before one.
    assert found.offer.events == 5
    assert found.offer.lost == 2
    assert "之后的 2 条记录不在其中" in found.offer.text
    assert "medcounter restore" not in found.text
    assert found.can_go_on


def test_a_missing_ledger_is_never_made_anew_but_restored(folder: Path) -> None:
    (folder / "ledger.db").unlink()
    found = failing(folder)
    assert found.kind == "damaged"
    assert "不会新建空台账" in found.text
    assert found.offer is not None
    assert not (folder / "ledger.db").exists()


def test_a_spoilt_backup_is_not_offered(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    (backup,) = (folder / "backups").glob("*.db")
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    assert failing(folder).offer is None


def test_without_its_keys_a_ledger_offers_to_find_them(folder: Path) -> None:
    (folder / "keyslots.json").unlink()
    (folder / "backups" / "keyslots.json").unlink()
    found = failing(folder)
    assert found.kind == "key"
    assert found.offer is None
    assert found.can_choose_backup


def test_a_backup_can_be_looked_at_while_the_ledger_fails(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    offer = failing(folder).offer
    assert offer is not None
    desk = Desk.look(folder, OPENED_AT, offer.path)
    assert "只能查看" in desk.read_only
    assert [row.name for row in ledger_page(desk).rows] == ["李四", "张三"]
    with pytest.raises(MedCounterError, match="只能查看"):
        desk.notices.reprint(ledger_page(desk).rows[0].number, OPENED_AT + timedelta(hours=1))
    desk.close()
    assert (folder / "ledger.db").read_bytes() == b"spoilt" * 10_000


def test_an_emergency_ledger_counts_under_another_desk(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    assert spare_desk(folder) == "93"
    destination = prepare(folder, "93")
    assert destination == emergency_folder(folder)
    desk = Desk.open(destination, OPENED_AT)
    assert (desk.settings.desk, desk.settings.hall) == ("93", "临川区政务服务中心")
    assert ledger_page(desk).total == 0
    desk.close()
    assert (folder / "ledger.db").read_bytes() == b"spoilt" * 10_000


def test_an_emergency_ledger_made_anew_gives_no_number_twice(folder: Path) -> None:
    """Its folder was taken away, and the next one began at 000001 again."""
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    given = []
    for request, at in enumerate((AT, AT, AT + timedelta(hours=1))):
        desk = Desk.open(prepare(folder, "93"), at)
        store = desk._store  # noqa: SLF001 - a notice, not a day
        new = notice(request, desk="93", issued_at=at)
        given.append(store.ledger.issue(new, paper).number)
        assert desk.health.lost_anchor(at) == ""
        assert [fault.text for fault in store.verify() if fault] == []
        desk.close()
        if request:
            shutil.rmtree(emergency_folder(folder))
    elapsed = (AT - AT.replace(month=1, day=1, hour=0, minute=0)) // timedelta(minutes=1)
    # The second was opened again, the third is another ledger, an hour later.
    assert given == [f"{AT.year}-93-{elapsed + more:06d}" for more in (1, 2, 61)]


def test_an_emergency_ledger_may_not_count_under_the_same_desk(folder: Path) -> None:
    with pytest.raises(EmergencyDeskError):
        prepare(folder, "03")
    assert not emergency_folder(folder).exists()


def test_the_newest_signed_rules_come_along(folder: Path) -> None:
    desk = Desk.open(folder, OPENED_AT + timedelta(hours=1), roots=demo_roots())
    desk.rules.install(
        desk.rules.planner(newer_rules(revision=50))(), OPENED_AT + timedelta(hours=1)
    )
    desk.close()
    emergency = Desk.open(prepare(folder, "93"), OPENED_AT, roots=demo_roots())
    assert bring_rules(emergency, folder, OPENED_AT)
    assert emergency.rules.state.revision == 50
    emergency.close()


def test_without_sign_in_an_emergency_ledger_leaves_no_rules_of_the_hall_out(folder: Path) -> None:
    assert left_out(folder) == ""


def test_the_halls_own_rules_do_not_come_along_and_that_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    hall_folder(folder)
    data = signed_at(folder)
    with opened(folder, NAMES[0]) as desk:
        desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT)
        assert desk.rule_book.answers(REGION, "resident", YEAR)
    (folder / "ledger.db").write_bytes(b"spoilt" * 10_000)
    assert "本厅两位主管自己编制的规则" in left_out(folder)
    emergency = Desk.open(prepare(folder, "93"), AT)
    assert not emergency.rule_book.answers(REGION, "resident", YEAR)
    # Brought as a file they are refused too: nobody here signed in.
    with pytest.raises(HallRulesUnsignedDeskError, match="没有启用登录"):
        emergency.hall_rules.plan(data, AT.date())
    emergency.close()


def test_a_key_file_found_elsewhere_opens_the_ledger_again(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "keyslots.json"
    (folder / "keyslots.json").rename(stick)
    (folder / "backups" / "keyslots.json").unlink()
    assert failing(folder).kind == "key"
    take_key_file(folder, stick)
    desk = Desk.open(folder, OPENED_AT + timedelta(hours=1))
    assert ledger_page(desk).total == 3
    desk.close()


def test_a_key_file_of_another_ledger_is_not_taken(folder: Path, tmp_path: Path) -> None:
    Desk.open(tmp_path / "other", OPENED_AT).close()
    (folder / "keyslots.json").write_bytes(b"spoilt")
    (folder / "backups" / "keyslots.json").unlink()
    for path in (tmp_path / "other" / "keyslots.json", tmp_path / "other" / "ledger.db"):
        with pytest.raises(KeyFileUnfitError):
            take_key_file(folder, path)
    assert (folder / "keyslots.json").read_bytes() == b"spoilt"


def test_no_key_file_is_lost_however_often_a_wrong_one_is_taken(
    folder: Path, tmp_path: Path
) -> None:
    """A second wrong choice took the place of the only file that opens the ledger."""
    locked_folder(tmp_path / "other")
    before = (folder / "keyslots.json").read_bytes()
    for _ in range(3):
        take_key_file(folder, tmp_path / "other" / "keyslots.json")
    aside = [path for path in folder.rglob("keyslots-*.json") if path.read_bytes() == before]
    assert len(aside) == 2  # the file and its copy
    take_key_file(folder, aside[0])
    desk = Desk.open(folder, OPENED_AT + timedelta(hours=1))
    assert ledger_page(desk).total == 3
    desk.close()
