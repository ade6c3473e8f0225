"""The data key survives the loss of either of its files, and no more than that."""

import hmac
import json
from pathlib import Path

import pytest

from medcounter.trust.data_key import DataKey, make_data_key
from medcounter.trust.slot_files import read_data_keys, repair_copy, write_clear_slot
from medcounter.trust.trust_errors import (
    KeySlotDamagedError,
    KeySlotMissingError,
    KeySlotNewerError,
    KeySlotUnreadableError,
)


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "keyslots.json", tmp_path / "copy.json"


def test_the_file_says_which_algorithms_it_means_and_that_the_key_lies_open(
    paths: tuple[Path, Path],
) -> None:
    write_clear_slot(make_data_key(), *paths)
    said = json.loads(paths[0].read_bytes())
    assert said["cipher"] == "sqlcipher-4 aes-256-cbc hmac-sha512"
    assert said["derivation"] == "hmac-sha256"
    assert said["slots"][0]["algorithm"] == "none"
    assert "钥匙未加密" in said["slots"][0]["warning"]


@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("damage", ["gone", "cut", "emptied", "flipped"])
def test_a_lost_or_damaged_file_is_made_good_from_the_other(
    paths: tuple[Path, Path], lost: int, damage: str
) -> None:
    key = make_data_key()
    write_clear_slot(key, *paths)
    data = paths[lost].read_bytes()
    if damage == "gone":
        paths[lost].unlink()
    else:
        spoilt = {"cut": data[:-20], "emptied": b"", "flipped": b"\xff" + data[1:]}[damage]
        paths[lost].write_bytes(spoilt)
    assert read_data_keys(*paths) == (key,)
    repair_copy(key, *paths)
    assert paths[0].read_bytes() == paths[1].read_bytes() == data


def test_two_different_keys_are_both_offered_and_neither_is_lost(
    paths: tuple[Path, Path], tmp_path: Path
) -> None:
    keys = (make_data_key(), make_data_key())
    for path, key in zip(paths, keys, strict=True):
        write_clear_slot(key, path, tmp_path / "elsewhere")
    assert read_data_keys(*paths) == keys


def test_no_file_at_all_is_not_the_same_as_a_damaged_one(paths: tuple[Path, Path]) -> None:
    with pytest.raises(KeySlotMissingError):
        read_data_keys(*paths)
    paths[0].write_bytes(b"{}")
    with pytest.raises(KeySlotDamagedError):
        read_data_keys(*paths)


@pytest.mark.parametrize("index", [0, 1])
def test_a_file_that_is_there_and_cannot_be_opened_is_said_with_its_path(
    paths: tuple[Path, Path], index: int
) -> None:
    write_clear_slot(make_data_key(), *paths)
    paths[index].unlink()
    paths[index].mkdir()
    with pytest.raises(KeySlotUnreadableError) as caught:
        read_data_keys(*paths)
    assert str(paths[index]) in caught.value.text


def test_a_key_of_the_wrong_length_is_no_key(paths: tuple[Path, Path]) -> None:
    write_clear_slot(make_data_key(), *paths)
    said = json.loads(paths[0].read_bytes())
    said["slots"][0]["key"] = "00" * 31
    for path in paths:
        path.write_text(json.dumps(said))
    with pytest.raises(KeySlotDamagedError):
        read_data_keys(*paths)


def test_slots_of_a_newer_program_are_left_alone(paths: tuple[Path, Path]) -> None:
    paths[0].write_bytes(b'{"format":6,"anything":"else"}')
    with pytest.raises(KeySlotNewerError, match="没有改动任何数据"):
        read_data_keys(*paths)


# What ledgers in use are written under: HMAC-SHA256 of each of these words. A
# word that changes makes every one of them unreadable.
PURPOSES = {
    "ledger": "medcounter ledger.db 1",
    "rules": "medcounter rules.db 1",
    "chain": "medcounter chain 1",
    "salts": "medcounter salts 1",
    "seal": "medcounter seal 1",
    "desk_signature": "medcounter desk signature 1",
    "anchor": "medcounter anchor 1",
    "walked": "medcounter walked 1",
}


def of_purpose(key: DataKey, purpose: str) -> bytes:
    return hmac.digest(key.secret, purpose.encode(), "sha256")


@pytest.mark.parametrize("name", PURPOSES)
def test_each_key_is_the_one_that_ledgers_in_use_are_written_under(name: str) -> None:
    key = DataKey(bytes(range(32)))
    assert getattr(key, name) == of_purpose(key, PURPOSES[name])


def test_names_and_codes_are_those_that_ledgers_in_use_have() -> None:
    key = DataKey(bytes(range(32)))
    assert key.id == of_purpose(key, "medcounter key id 1").hex()[:32]
    assert key.folder_digits == of_purpose(key, "medcounter second place 1").hex()[:8]
    assert key.auditors.secret == of_purpose(key, "medcounter auditors 1")
    for code, purpose in (
        (key.code_slots, "medcounter key slots 2"),
        (key.code_left, "medcounter auditors' copy 1"),
    ):
        made = hmac.digest(of_purpose(key, purpose), b"said", "sha256").hex()
        assert code(b"said") == f"hmac-sha256:{made}"


def test_keys_for_different_purposes_are_different_and_always_the_same() -> None:
    key = make_data_key()
    derived = [getattr(key, name) for name in PURPOSES]
    assert len(set(derived)) == len(PURPOSES)
    assert derived == [getattr(key, name) for name in PURPOSES]


def test_a_key_does_not_show_itself_in_a_message() -> None:
    key = make_data_key()
    assert repr(key.secret) not in repr(key)
    assert key.secret.hex() not in repr(key)
