"""The data key survives the loss of either of its files, and no more than that."""

import json
from pathlib import Path

import pytest

from medcounter.trust.data_key import make_data_key
from medcounter.trust.slot_files import read_data_keys, repair_copy, write_clear_slot
from medcounter.trust.trust_errors import (
    KeySlotDamagedError,
    KeySlotMissingError,
    KeySlotNewerError,
)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "keyslots.json", tmp_path / "copy.json"


def test_the_file_says_which_algorithms_it_means_and_that_the_key_lies_open(
    places: tuple[Path, Path],
) -> None:
    write_clear_slot(make_data_key(), *places)
    said = json.loads(places[0].read_bytes())
    assert said["cipher"] == "sqlcipher-4 aes-256-cbc hmac-sha512"
    assert said["derivation"] == "hmac-sha256"
    assert said["slots"][0]["algorithm"] == "none"
    assert "钥匙未加密" in said["slots"][0]["warning"]


@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("damage", ["gone", "cut", "emptied", "flipped"])
def test_a_lost_or_damaged_file_is_made_good_from_the_other(
    places: tuple[Path, Path], lost: int, damage: str
) -> None:
    key = make_data_key()
    write_clear_slot(key, *places)
    data = places[lost].read_bytes()
    if damage == "gone":
        places[lost].unlink()
    else:
        spoilt = {"cut": data[:-20], "emptied": b"", "flipped": b"\xff" + data[1:]}[damage]
        places[lost].write_bytes(spoilt)
    assert read_data_keys(*places) == (key,)
    repair_copy(key, *places)
    assert places[0].read_bytes() == places[1].read_bytes() == data


def test_two_different_keys_are_both_offered_and_neither_is_lost(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    keys = (make_data_key(), make_data_key())
    for place, key in zip(places, keys, strict=True):
        write_clear_slot(key, place, tmp_path / "elsewhere")
    assert read_data_keys(*places) == keys


def test_no_file_at_all_is_not_the_same_as_a_damaged_one(places: tuple[Path, Path]) -> None:
    with pytest.raises(KeySlotMissingError):
        read_data_keys(*places)
    places[0].write_bytes(b"{}")
    with pytest.raises(KeySlotDamagedError):
        read_data_keys(*places)


def test_a_key_of_the_wrong_length_is_no_key(places: tuple[Path, Path]) -> None:
    write_clear_slot(make_data_key(), *places)
    said = json.loads(places[0].read_bytes())
    said["slots"][0]["key"] = "00" * 31
    for place in places:
        place.write_text(json.dumps(said))
    with pytest.raises(KeySlotDamagedError):
        read_data_keys(*places)


def test_slots_of_a_newer_program_are_left_alone(places: tuple[Path, Path]) -> None:
    places[0].write_bytes(b'{"format":4,"anything":"else"}')
    with pytest.raises(KeySlotNewerError, match="没有改动任何数据"):
        read_data_keys(*places)


def test_keys_for_different_purposes_are_different_and_always_the_same() -> None:
    key = make_data_key()
    purposes = ("ledger", "rules", "chain")
    derived = {key.derive(purpose) for purpose in purposes}
    assert len(derived) == 3
    assert derived == {key.derive(purpose) for purpose in purposes}


def test_a_key_does_not_show_itself_in_a_message() -> None:
    key = make_data_key()
    assert repr(key.secret) not in repr(key)
    assert key.secret.hex() not in repr(key)
