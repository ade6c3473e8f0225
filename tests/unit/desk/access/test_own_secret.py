"""Whoever signs rules types the own secret again; a session left open signs nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.desk.access.access_errors import (
    OwnSecretMissingError,
    OwnSecretWrongError,
    SignInOffError,
    SupervisorNeededError,
)
from medcounter.desk.desk import Desk
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    CLERK_NAME,
    NAMES,
    NO_WORD,
    hall_folder,
    let_in,
    opened,
    secret_of,
    word_of,
)
from tests.unit.desk.rules.test_desk_hall_release import document

WANG, LI, _ = NAMES
LATER = AT + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hall_folder(tmp_path / "hall")
    return tmp_path / "hall"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """The desk of Wang, who signed in and left it open."""
    with opened(folder, WANG) as left_open:
        yield left_open


def test_a_desk_left_open_signs_nothing(desk: Desk) -> None:
    with pytest.raises(OwnSecretMissingError):
        desk.release.sign_as_author(document(), LI, BEGINS, NO_WORD, AT)


def test_the_reviewer_signs_nothing_without_the_own_secret(desk: Desk) -> None:
    half = desk.release.sign_as_author(document(), LI, BEGINS, word_of(desk), AT)
    let_in(desk, LI)
    with pytest.raises(OwnSecretMissingError):
        desk.release.sign_as_reviewer(half, NO_WORD, LATER)
    assert desk.release.sign_as_reviewer(half, word_of(desk), LATER).data


def test_one_secret_is_one_signature(desk: Desk) -> None:
    word = word_of(desk)
    desk.release.sign_as_author(document(), LI, BEGINS, word, AT)
    with pytest.raises(OwnSecretMissingError):
        desk.release.sign_as_author(document(), LI, BEGINS, word, AT)


def test_a_newer_word_ends_the_one_before(desk: Desk) -> None:
    first, second = word_of(desk), word_of(desk)
    with pytest.raises(OwnSecretMissingError):
        desk.access.own_secret.use(first)
    with pytest.raises(OwnSecretMissingError):
        desk.access.own_secret.use(second)


def test_a_wrong_secret_gives_no_word_and_the_ledger_knows_of_it(desk: Desk) -> None:
    waits = []
    for typed in (secret_of(LI), secret_of(CLERK_NAME), ""):
        with pytest.raises(OwnSecretWrongError, match="没有签名") as refused:
            desk.release.check_secret(typed, AT)
        waits.append(refused.value.seconds)
    assert waits[:2] == [0, 0]
    assert waits[2] > 0, "the third wrong one waits, as at sign-in"
    told = b"".join(desk.register.export_audit(AT)).decode().splitlines()
    assert len([line for line in told if '"failure"' in line and WANG in line]) == 3


def test_the_word_of_who_left_signs_nothing_for_who_came_after(desk: Desk) -> None:
    word = word_of(desk)
    let_in(desk, LI)
    with pytest.raises(OwnSecretMissingError):
        desk.release.sign_as_author(document(), WANG, BEGINS, word, LATER)


def test_a_clerks_secret_signs_nothing(folder: Path) -> None:
    with opened(folder, CLERK_NAME) as desk, pytest.raises(SupervisorNeededError):
        desk.release.check_secret(secret_of(CLERK_NAME), AT)


def test_without_sign_in_there_is_no_own_secret(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    with pytest.raises(SignInOffError):
        desk.access.own_secret.check("", AT)
    desk.close(with_backup=False)
