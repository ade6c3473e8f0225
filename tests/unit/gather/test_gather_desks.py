"""The list of desks that a folder gathers is typed by ear and never guessed."""

from pathlib import Path

import pytest

from medcounter.gather.desks import FILE, confirm, known_desks, read_fingerprint
from medcounter.gather.gather_errors import DesksUnreadableError, FingerprintUnreadableError
from medcounter.gather.gathering_folder import open_gathering_folder
from tests.support.desk.counter_samples import OPENED_AT


@pytest.fixture
def goal(tmp_path: Path) -> Path:
    return tmp_path / "gathered"


@pytest.mark.parametrize(
    "text",
    ["30C889B5EFE26708", "30c8 89b5 efe2 6708", "30c8-89b5，efe2.6708", " 30c889b5 efe26708"],
)
def test_a_fingerprint_is_read_as_it_was_heard(text: str) -> None:
    assert read_fingerprint(text) == "30c8 89b5 efe2 6708"


@pytest.mark.parametrize("text", ["", "30c8", "30c8 89b5 efe2 670g", "30c8 89b5 efe2 6708 1"])
def test_what_is_no_fingerprint_is_not_written_down(goal: Path, text: str) -> None:
    with pytest.raises(FingerprintUnreadableError):
        confirm(goal, [("30c8 89b5 efe2 6708", "03"), (text, "04")], OPENED_AT)
    assert not goal.exists()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format":"medcounter-desks","version":1,"desks":[{"name":"a"}]}', "{}"]
)
def test_a_spoilt_list_of_desks_takes_nothing_and_is_not_written_over(
    goal: Path, text: str
) -> None:
    goal.mkdir()
    (goal / FILE).write_text(text)
    with pytest.raises(DesksUnreadableError):
        open_gathering_folder(goal)
    with pytest.raises(DesksUnreadableError):
        confirm(goal, [("30c8 89b5 efe2 6708", "03")], OPENED_AT)
    assert (goal / FILE).read_text() == text


def test_the_list_of_desks_reads_back_as_it_was_written(goal: Path) -> None:
    confirm(goal, [("30c889b5efe26708", " 临川 03 号 ")], OPENED_AT)
    (desk,) = known_desks(goal).values()
    assert (desk.fingerprint, desk.name) == ("30c8 89b5 efe2 6708", "临川 03 号")
    assert desk.confirmed_at == "2025-03-05T09:00:00+08:00"
