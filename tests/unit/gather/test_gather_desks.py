"""The list of desks that a folder gathers is typed by ear and never guessed."""

from pathlib import Path

import pytest

from medcounter.gather.desks import FILE, confirm, known_desks, read_fingerprint
from medcounter.gather.gather_errors import DesksUnreadableError, FingerprintUnreadableError
from medcounter.gather.gathering_folder import open_gathering_folder
from tests.support.desk.counter_samples import OPENED_AT


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "gathered"


@pytest.mark.parametrize(
    "text",
    ["30C889B5EFE26708", "30c8 89b5 efe2 6708", "30c8-89b5，efe2.6708", " 30c889b5 efe26708"],
)
def test_a_fingerprint_is_read_as_it_was_heard(text: str) -> None:
    assert read_fingerprint(text) == "30c8 89b5 efe2 6708"


@pytest.mark.parametrize("text", ["", "30c8", "30c8 89b5 efe2 670g", "30c8 89b5 efe2 6708 1"])
def test_what_is_no_fingerprint_is_not_written_down(destination: Path, text: str) -> None:
    with pytest.raises(FingerprintUnreadableError):
        confirm(destination, [("30c8 89b5 efe2 6708", "03"), (text, "04")], OPENED_AT)
    assert not destination.exists()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format":"medcounter-desks","version":1,"desks":[{"name":"a"}]}', "{}"]
)
def test_a_spoilt_list_of_desks_takes_nothing_and_is_not_written_over(
    destination: Path, text: str
) -> None:
    destination.mkdir()
    (destination / FILE).write_text(text)
    with pytest.raises(DesksUnreadableError):
        open_gathering_folder(destination)
    with pytest.raises(DesksUnreadableError):
        confirm(destination, [("30c8 89b5 efe2 6708", "03")], OPENED_AT)
    assert (destination / FILE).read_text() == text


def test_the_list_of_desks_reads_back_as_it_was_written(destination: Path) -> None:
    confirm(destination, [("30c889b5efe26708", " 临川 03 号 ")], OPENED_AT)
    (desk,) = known_desks(destination).values()
    assert (desk.fingerprint, desk.name) == ("30c8 89b5 efe2 6708", "临川 03 号")
    assert desk.confirmed_at == "2025-03-05T09:00:00+08:00"
