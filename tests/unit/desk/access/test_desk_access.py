"""Who may open a ledger: set up, sign in, wait, recover; cut off anywhere, it opens."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    RecoveryRefusedError,
    RecoveryUntestedError,
    SignInOffError,
    SignInOnError,
    SignInRefusedError,
    SupervisorMissingError,
)
from medcounter.desk.access.sign_in import AUDITOR, CLERK, LOCKED, NEW, OPEN, SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust.attempts import Attempts
from medcounter.trust.recovery_text import write_recovery_text
from medcounter.trust.trust_errors import (
    KeySlotDamagedError,
    KeySlotMissingError,
    RecoveryTextError,
    SecretTooWeakError,
    SignInNeededError,
)
from tests.support.desk.counter_samples import faults_of
from tests.support.store.access_samples import (
    CLERKS,
    LI,
    SECRETS,
    WANG,
    ZHAO,
    locked_folder,
    pass_of,
)
from tests.support.store.store_samples import AT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def recovery_text(folder: Path) -> str:
    return locked_folder(folder)


def refused(folder: Path, name: str, typed: str) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as caught:
        sign_in.sign_in(folder, name, typed)
    return caught.value


def test_a_folder_is_new_until_somebody_chooses(folder: Path) -> None:
    assert sign_in.state(folder).kind == NEW
    Desk.open(folder, AT).close()
    assert sign_in.state(folder).kind == NEW
    sign_in.choose_open(folder, AT)
    assert sign_in.state(folder).kind == OPEN
    Desk.open(folder, AT).close()
    assert sign_in.state(folder).kind == OPEN


def test_sign_in_may_follow_the_choice_to_go_without(folder: Path) -> None:
    sign_in.choose_open(folder, AT)
    begun = sign_in.begin(folder)
    given = begun.finish(CLERKS, begun.recovery_text, AT)
    assert sign_in.state(folder).kind == LOCKED
    assert (given.name, given.role) == (ZHAO, SUPERVISOR)
    for undo in (sign_in.choose_open, lambda folder, _at: sign_in.begin(folder)):
        with pytest.raises(SignInOnError):
            undo(folder, AT)


@pytest.mark.usefixtures("recovery_text")
def test_a_locked_folder_says_who_can_sign_in_and_opens_for_nobody_else(folder: Path) -> None:
    state = sign_in.state(folder)
    assert state.kind == LOCKED
    assert state.clerks == ((LI, CLERK), (WANG, AUDITOR), (ZHAO, SUPERVISOR))
    assert state.wait_seconds == 0
    with pytest.raises(SignInNeededError):
        Desk.open(folder, AT)


@pytest.mark.usefixtures("recovery_text")
def test_a_pass_opens_the_ledger_and_hides_the_key(folder: Path) -> None:
    given = pass_of(folder, f" {LI} ".strip())
    assert given.key.secret.hex() not in repr(given)
    assert repr(given.key.secret) not in repr(given)
    desk = Desk.open(folder, AT, who=given)
    assert desk.access.who == (LI, CLERK)
    assert desk.settings.clerk == LI
    desk.close()


def test_a_ledger_that_was_in_use_keeps_its_notices_when_it_is_locked(folder: Path) -> None:
    desk = Desk.open(folder, AT)
    desk.health.accept_clock(AT, "校准")
    head = faults_of(desk)
    desk.close()
    begun = sign_in.begin(folder)
    desk = Desk.open(folder, AT, who=begun.finish(CLERKS, begun.recovery_text, AT))
    assert faults_of(desk) == head == ()
    desk.close()


@pytest.mark.parametrize(
    ("clerks", "refusal"),
    [
        ((), SupervisorMissingError),
        (CLERKS[:2], SupervisorMissingError),
        ((*CLERKS, CLERKS[0]), ClerkInvalidError),
        ((*CLERKS, NewClerk(" ", CLERK, SECRETS[LI])), ClerkInvalidError),
        ((*CLERKS, NewClerk("恢复密钥", CLERK, SECRETS[LI])), ClerkInvalidError),
        ((*CLERKS, NewClerk("恢复钥匙", CLERK, SECRETS[LI])), ClerkInvalidError),
        ((*CLERKS, NewClerk("钱", "boss", SECRETS[LI])), ClerkInvalidError),
        ((*CLERKS, NewClerk("钱", CLERK, "836194")), SecretTooWeakError),
    ],
)
def test_a_set_up_that_would_not_hold_is_refused_and_changes_nothing(
    folder: Path, clerks: tuple[NewClerk, ...], refusal: type[Exception]
) -> None:
    begun = sign_in.begin(folder)
    with pytest.raises(refusal):
        begun.finish(clerks, begun.recovery_text, AT)
    assert sign_in.state(folder).kind == NEW
    assert not folder.exists()


def test_no_set_up_ends_without_the_recovery_key_typed_back(folder: Path) -> None:
    begun = sign_in.begin(folder)
    groups = begun.recovery_text.split("-")
    slip = "-".join([*groups[:4], groups[5], groups[4], *groups[6:]])
    for typed, named in ((slip, "第 5 组"), ("", "组"), (write_recovery_text(bytes(32)), "原样")):
        with pytest.raises(RecoveryUntestedError, match=named):
            begun.finish(CLERKS, typed, AT)
    assert sign_in.state(folder).kind == NEW


def test_the_recovery_key_is_nowhere_in_the_folder(folder: Path, recovery_text: str) -> None:
    plain = recovery_text.replace("-", "")
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert recovery_text.encode() not in data
            assert plain.encode() not in data


def test_the_recovery_key_opens_and_ends_the_waiting(folder: Path, recovery_text: str) -> None:
    for _ in range(3):
        refused(folder, LI, "wrong")
    assert sign_in.wait_seconds(folder, LI) > 0
    given = sign_in.recover(folder, recovery_text.lower().replace("-", " "))
    assert given.recovered
    assert sign_in.wait_seconds(folder, LI) == 0
    desk = Desk.open(folder, AT, who=given)
    desk.access.clerks.change_secret(LI, "xin de kou ling", AT)
    desk.close()
    assert sign_in.sign_in(folder, LI, "xin de kou ling").role == CLERK


def test_a_slip_and_the_key_of_another_ledger_are_told_apart(
    folder: Path, recovery_text: str
) -> None:
    slip = ("7" if recovery_text[0] == "3" else "3") + recovery_text[1:]
    with pytest.raises(RecoveryTextError, match="第 1 组"):
        sign_in.recover(folder, slip)
    with pytest.raises(RecoveryRefusedError):
        sign_in.recover(folder, write_recovery_text(bytes(range(32))))


def test_there_is_nothing_to_sign_in_to_where_the_key_lies_open(folder: Path) -> None:
    Desk.open(folder, AT).close()
    with pytest.raises(SignInOffError):
        sign_in.sign_in(folder, LI, SECRETS[LI])


@pytest.mark.usefixtures("recovery_text")
def test_wrong_secrets_are_counted_and_told_with_the_time_to_wait(folder: Path) -> None:
    sign_in.tries_at(folder).clock = lambda: 0.0
    assert [refused(folder, LI, "wrong").seconds for _ in range(3)] == [0, 0, 5]
    assert "还要等" in refused(folder, LI, SECRETS[LI]).text
    assert sign_in.sign_in(folder, ZHAO, SECRETS[ZHAO]).role == SUPERVISOR


@pytest.mark.usefixtures("recovery_text")
def test_of_a_thousand_tries_none_is_let_through_and_nothing_is_computed_while_waiting(
    folder: Path,
) -> None:
    # On a machine that is busy a try takes as long as the wait after three.
    sign_in.tries_at(folder).clock = lambda: 0.0
    for number in range(1000):
        refused(folder, LI, f"{number:06d}")
    tries = Attempts(DataFolder(folder).tries)
    # Three were looked at; the other 997 came too early and were turned away unread.
    assert tries.unlogged() == {LI: 3}
    assert sign_in.wait_seconds(folder, LI) > 0


@pytest.mark.usefixtures("recovery_text")
def test_what_was_typed_for_a_name_nobody_has_is_kept_nowhere(folder: Path) -> None:
    refused(folder, "mian hua tian di", "李晓")
    assert b"mian hua" not in DataFolder(folder).tries.read_bytes()


@pytest.mark.usefixtures("recovery_text")
@pytest.mark.parametrize("lost", ["key_file", "key_copy"])
def test_a_lost_slot_file_is_made_good_from_the_other(folder: Path, lost: str) -> None:
    getattr(DataFolder(folder), lost).unlink()
    Desk.open(folder, AT, who=pass_of(folder)).close()
    assert DataFolder(folder).key_file.read_bytes() == DataFolder(folder).key_copy.read_bytes()


def test_with_both_files_damaged_in_one_slot_the_others_and_recovery_still_open(
    folder: Path, recovery_text: str
) -> None:
    for path in (DataFolder(folder).key_file, DataFolder(folder).key_copy):
        path.write_bytes(path.read_bytes().replace("李晓".encode(), "李小".encode()))
    refused(folder, "李小", SECRETS[LI])
    assert sign_in.recover(folder, recovery_text).recovered
    desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    desk.access.clerks.remove("李小", AT)
    desk.access.clerks.add(CLERKS[0], AT)
    desk.close()
    assert pass_of(folder).role == CLERK


@pytest.mark.usefixtures("recovery_text")
def test_without_any_slot_file_nothing_is_made_anew(folder: Path) -> None:
    paths = DataFolder(folder)
    ledger = paths.ledger.read_bytes()
    for path in (paths.key_file, paths.key_copy):
        path.unlink()
    for attempt in (lambda: sign_in.state(folder), lambda: Desk.open(folder, AT)):
        with pytest.raises(KeySlotMissingError):
            attempt()
    for path in (paths.key_file, paths.key_copy):
        path.write_bytes(b"{}")
    with pytest.raises(KeySlotDamagedError):
        sign_in.sign_in(folder, LI, SECRETS[LI])
    assert paths.ledger.read_bytes() == ledger


class _CutOffError(BaseException):
    """Stands for the power going away."""


def cut_off_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let the system's n-th sync or rename of a file not happen, nor anything after it."""
    done = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def stand_in(*args: object, **kwargs: object) -> object:
            nonlocal done
            done += 1
            if done >= step:
                raise _CutOffError
            return call(*args, **kwargs)

        return stand_in

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    return lambda: done


def opens_for_somebody(folder: Path, recovery_text: str) -> str:
    """Open a folder by whatever its state asks for, and give that state."""
    kind = sign_in.state(folder).kind
    if kind == LOCKED:
        assert sign_in.recover(folder, recovery_text).recovered
        desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    else:
        desk = Desk.open(folder, AT)
    assert faults_of(desk) == ()
    desk.close()
    assert DataFolder(folder).key_file.read_bytes() == DataFolder(folder).key_copy.read_bytes()
    return kind


def test_a_set_up_cut_off_at_any_step_leaves_the_old_way_in_or_the_new(
    tmp_path: Path,
) -> None:
    used = tmp_path / "used"
    Desk.open(used, AT).close()
    kinds = []
    for step in range(1, 60):
        folder = tmp_path / f"cut-{step}"
        shutil.copytree(used, folder)
        begun = sign_in.begin(folder)
        with pytest.MonkeyPatch.context() as monkeypatch:
            done = cut_off_at(step, monkeypatch)
            with suppress(_CutOffError):
                begun.finish(CLERKS[2:], begun.recovery_text, AT)
            reached = done() >= step
        kinds.append(opens_for_somebody(folder, begun.recovery_text))
        if not reached:
            break
    assert kinds[0] == NEW
    assert kinds[-1] == LOCKED
    # Once locked, it stays locked: no later step opens it again.
    assert kinds == sorted(kinds, key=(NEW, LOCKED).index)


def test_a_change_of_clerks_cut_off_at_any_step_leaves_the_old_ones_or_the_new(
    tmp_path: Path,
) -> None:
    named = []
    for step in range(1, 60):
        folder = tmp_path / f"cut-{step}"
        recovery_text = locked_folder(folder)
        desk = Desk.open(folder, AT, who=sign_in.recover(folder, recovery_text))
        with pytest.MonkeyPatch.context() as monkeypatch:
            done = cut_off_at(step, monkeypatch)
            with suppress(_CutOffError):
                desk.access.clerks.remove(WANG, AT)
            reached = done() >= step
        desk.close()
        assert opens_for_somebody(folder, recovery_text) == LOCKED
        named.append({clerk.name for clerk in sign_in.state(folder).clerks})
        if not reached:
            break
    old, new = {LI, WANG, ZHAO}, {LI, ZHAO}
    assert (named[0], named[-1]) == (old, new)
    assert named == [old] * named.count(old) + [new] * named.count(new)
