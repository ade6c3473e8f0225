"""Whoever carries the laptop away finds no name, no ID number and no key in any file of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.desk.recovery.rescue import restore_backup
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust import slot_files
from tests.support.desk.counter_samples import issue_seen
from tests.support.store.access_samples import CLERKS, SECRETS, ZHAO, pass_of
from tests.support.store.store_samples import AT

NAME, ID_NUMBER, AGENT = "欧阳缇萦", "11010519491231002X", "司徒灏"
RESIDENT = Draft(
    region="360000", benefit_year=2025, name=NAME, id_number=ID_NUMBER, agent=AGENT,
    agent_relation="女儿",
)  # fmt: skip
TEXTS = (NAME, ID_NUMBER, ID_NUMBER[6:14], AGENT)
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def found_in(folder: Path, wanted: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file, under any name, that holds any of these bytes."""
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for one in wanted:
            if one in data or one in path.name.encode():
                yield path.name, one


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A ledger that lay open at first, was restored once, and then was locked."""
    folder = tmp_path / "data"
    desk = Desk.open(folder, AT)
    issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "first")
    made = desk.backups.back_up()
    later = AT + timedelta(days=1)  # of one day only the last backup stays
    issue_seen(desk, desk.outcome(RESIDENT, later.date()), later, "second")
    desk.close()
    assert made is not None
    restore_backup(folder, made.name, later, "演练")
    return folder


def lock(folder: Path) -> bytes:
    """Turn sign-in on; gives the data key that lay open before."""
    (key,) = slot_files.read_data_keys(DataFolder(folder).key_file, DataFolder(folder).key_copy)
    begun = sign_in.begin(folder)
    begun.finish(CLERKS, begun.recovery_text, AT)
    return key.secret


def test_no_name_and_no_number_stands_in_any_file(used: Path) -> None:
    lock(used)
    later = AT + timedelta(days=2)
    desk = Desk.open(used, later, who=pass_of(used, ZHAO))
    outcome = desk.outcome(RESIDENT, later.date())
    number = issue_seen(desk, outcome, later, "third").notice.number or ""
    desk.notices.void(number, "身份填错", later)
    desk.access.reveal(number, later)
    desk.households.save(Household((RESIDENT,)), later)
    desk.backups.back_up(used.parent / "second place")
    desk.close()
    wanted = [text.encode(coding) for text in TEXTS for coding in CODINGS]
    for place in (used, used.parent / "second place"):
        assert list(found_in(place, wanted)) == []


def test_the_key_that_lay_open_and_the_secrets_stand_in_no_file_any_more(used: Path) -> None:
    key = lock(used)
    Desk.open(used, AT, who=pass_of(used)).close()
    wanted = [key, key.hex().encode(), key.hex().upper().encode()]
    wanted += [secret.encode(coding) for secret in SECRETS.values() for coding in CODINGS]
    assert list(found_in(used, wanted)) == []


def test_the_search_would_find_what_it_looks_for(used: Path) -> None:
    (key,) = slot_files.read_data_keys(DataFolder(used).key_file, DataFolder(used).key_copy)
    assert list(found_in(used, [key.secret.hex().encode()]))


def test_a_replaced_ledger_opens_by_the_same_sign_in(used: Path) -> None:
    lock(used)
    (aside,) = [path for path in DataFolder(used).replaced.iterdir() if path.is_dir()]
    for path in aside.glob("*keyslots.json"):
        (slots,) = slot_files.read_slots(path, path)
        assert slots.clear is None
        assert [clerk.name for clerk in slots.clerks] == [clerk.name for clerk in CLERKS]
