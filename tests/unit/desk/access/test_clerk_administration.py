"""Who can sign in is changed by a supervisor, and older key slots let nobody in again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    RecoveryRefusedError,
    RecoveryUntestedError,
    SignInRefusedError,
    SlotsOlderError,
    SupervisorMissingError,
    SupervisorNeededError,
)
from medcounter.desk.access.clerk_administration import SlotKeeping, SlotWork
from medcounter.desk.access.sign_in import AUDITOR, CLERK, SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.store.folder.data_folder import DataFolder
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT

QIAN = NewClerk("钱进", CLERK, "dong nan xi bei")


def at(desk: Desk, name: str) -> None:
    desk.access.unlock(desk.access.slots.let_in(name, SECRETS[name], AT), AT)


def test_only_a_supervisor_changes_who_can_sign_in(desk: Desk) -> None:
    for change in (
        lambda: desk.access.clerks.add(QIAN, AT),
        lambda: desk.access.clerks.remove(WANG, AT),
        lambda: desk.access.clerks.change_secret(WANG, QIAN.secret, AT),
        desk.access.clerks.begin_recovery,
    ):
        with pytest.raises(SupervisorNeededError):
            change()


def test_a_clerk_who_was_added_signs_in_and_one_who_was_removed_does_not(
    desk: Desk, folder: Path
) -> None:
    at(desk, ZHAO)
    desk.access.clerks.add(QIAN, AT)
    assert sign_in.sign_in(folder, QIAN.name, QIAN.secret).role == CLERK
    for wrong in (QIAN, replace(QIAN, name=" ")):
        with pytest.raises(ClerkInvalidError):
            desk.access.clerks.add(wrong, AT)
    desk.access.clerks.remove(LI, AT)
    with pytest.raises(SignInRefusedError):
        pass_of(folder)
    assert [clerk.name for clerk in desk.access.clerks.listed()] == [QIAN.name, WANG, ZHAO]
    with pytest.raises(ClerkInvalidError):
        desk.access.clerks.remove(LI, AT)


def test_the_last_supervisor_cannot_be_removed(desk: Desk) -> None:
    at(desk, ZHAO)
    with pytest.raises(SupervisorMissingError):
        desk.access.clerks.remove(ZHAO, AT)


def test_an_old_slot_file_put_back_lets_a_removed_clerk_in_no_more(
    desk: Desk, folder: Path, recovery_text: str
) -> None:
    paths = DataFolder(folder)
    before = paths.key_file.read_bytes()
    at(desk, ZHAO)
    desk.access.clerks.remove(LI, AT)
    desk.close()
    for path in (paths.key_file, paths.key_copy):
        path.write_bytes(before)
    given = pass_of(folder)
    with pytest.raises(SlotsOlderError):
        Desk.open(folder, AT, who=given)
    # Where the newer file is lost for good, the recovery key says to go on with this one.
    Desk.open(folder, AT, who=sign_in.recover(folder, recovery_text)).close()
    Desk.open(folder, AT, who=pass_of(folder, ZHAO)).close()
    with pytest.raises(SignInRefusedError):
        pass_of(folder)


def test_nor_does_it_lift_a_covered_screen_or_let_a_removed_supervisor_agree(
    desk: Desk, folder: Path
) -> None:
    at(desk, ZHAO)
    desk.access.clerks.add(NewClerk("孙科长", SUPERVISOR, "dong nan xi bei"), AT)
    paths = DataFolder(folder)
    before = paths.key_file.read_bytes()
    desk.access.clerks.remove("孙科长", AT)
    for path in (paths.key_file, paths.key_copy):
        path.write_bytes(before)
    for act in (
        lambda: desk.access.unlock(desk.access.slots.let_in("孙科长", "dong nan xi bei", AT), AT),
        lambda: desk.access.approve("孙科长", "dong nan xi bei", "void", AT),
    ):
        with pytest.raises(SlotsOlderError):
            act()
    assert desk.access.who == (ZHAO, SUPERVISOR)


def test_ones_own_secret_is_changed_with_the_present_one(desk: Desk, folder: Path) -> None:
    with pytest.raises(SignInRefusedError):
        desk.access.clerks.change_secret(LI, QIAN.secret, AT, secret="wrong")  # noqa: S106 - a wrong one
    desk.access.clerks.change_secret(LI, QIAN.secret, AT, secret=SECRETS[LI])
    assert sign_in.sign_in(folder, LI, QIAN.secret).role == CLERK
    with pytest.raises(SignInRefusedError):
        pass_of(folder)


def beside(work: SlotWork) -> SlotKeeping:
    """Do the work in another thread, as the window does; a store refuses any but its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_what_stretches_a_secret_touches_no_store_and_changes_nothing_yet(
    desk: Desk, folder: Path
) -> None:
    before = DataFolder(folder).key_file.read_bytes()
    own = beside(desk.access.clerks.changing(LI, QIAN.secret, secret=SECRETS[LI]))
    assert DataFolder(folder).key_file.read_bytes() == before
    own(AT)
    assert sign_in.sign_in(folder, LI, QIAN.secret).role == CLERK
    at(desk, ZHAO)
    for work in (
        desk.access.clerks.adding(QIAN),
        desk.access.clerks.changing(WANG, QIAN.secret),
    ):
        before = DataFolder(folder).key_file.read_bytes()
        keep = beside(work)
        assert DataFolder(folder).key_file.read_bytes() == before
        keep(AT)
    assert sign_in.sign_in(folder, QIAN.name, QIAN.secret).role == CLERK
    assert sign_in.sign_in(folder, WANG, QIAN.secret).role == AUDITOR


def test_what_was_stretched_is_kept_only_as_things_stand_then(desk: Desk) -> None:
    at(desk, ZHAO)
    twice = [beside(desk.access.clerks.adding(QIAN)) for _ in range(2)]
    twice[0](AT)
    with pytest.raises(ClerkInvalidError):
        twice[1](AT)
    changed = beside(desk.access.clerks.changing(QIAN.name, "xin de kou ling"))
    added = beside(desk.access.clerks.adding(replace(QIAN, name="孙梅")))
    desk.access.clerks.remove(QIAN.name, AT)
    with pytest.raises(ClerkInvalidError):
        changed(AT)
    at(desk, LI)
    with pytest.raises(SupervisorNeededError):
        added(AT)
    assert [clerk.name for clerk in desk.access.clerks.listed()] == [LI, WANG, ZHAO]


def test_a_wrong_present_secret_is_told_to_the_ledger_where_it_is_refused(desk: Desk) -> None:
    keep = beside(desk.access.clerks.changing(LI, QIAN.secret, secret="wrong"))  # noqa: S106 - a wrong one
    with pytest.raises(SignInRefusedError):
        keep(AT)
    told = b"".join(desk.register.export_audit(AT)).decode().splitlines()
    assert len([line for line in told if '"failure"' in line and LI in line]) == 1


def test_a_supervisor_gives_others_a_new_secret(desk: Desk, folder: Path) -> None:
    at(desk, ZHAO)
    desk.access.clerks.change_secret(WANG, QIAN.secret, AT)
    assert sign_in.sign_in(folder, WANG, QIAN.secret).role == AUDITOR
    with pytest.raises(ClerkInvalidError):
        desk.access.clerks.change_secret("nobody", QIAN.secret, AT)


def test_a_new_recovery_key_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    old = locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    renewed = desk.access.clerks.begin_recovery()
    with pytest.raises(RecoveryUntestedError):
        renewed.finish(old, AT)
    assert sign_in.recover(folder, old).recovered
    renewed.finish(renewed.recovery_text, AT)
    assert not desk.access.recovery_missing
    desk.close()
    assert sign_in.recover(folder, renewed.recovery_text).recovered
    with pytest.raises(RecoveryRefusedError):
        sign_in.recover(folder, old)
