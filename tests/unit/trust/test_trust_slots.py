"""A file of key slots opens by the right secret, by the recovery key, and by nothing else."""

import json
import os
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.strict_json import canonical
from medcounter.trust import key_wrapping, slot_files
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import (
    lock_for_clerk,
    lock_for_recovery,
    make_recovery_key,
    open_for_clerk,
    open_for_recovery,
    public_half,
)
from medcounter.trust.slot_format import (
    ClerkSlot,
    Slots,
    Stretching,
    authenticate,
    dump,
    is_sound,
    load,
)
from medcounter.trust.trust_errors import KeySlotError, KeySlotNewerError, SignInNeededError

KEY = DataKey(bytes(range(32)))
TYPED = "mian hua tian di"
PRIVATE = make_recovery_key()


@cache
def locked() -> Slots:
    slot = lock_for_clerk(KEY, ("李晓", "clerk"), TYPED)
    return authenticate(KEY, 1, (slot, lock_for_recovery(KEY, public_half(PRIVATE))))


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    slot_files.write_slots(locked(), tmp_path / "keyslots.json", tmp_path / "copy.json")
    return tmp_path / "keyslots.json", tmp_path / "copy.json"


def test_a_slot_opens_with_its_secret_and_with_no_other() -> None:
    (slot,) = locked().clerks
    assert open_for_clerk(slot, TYPED) == KEY
    assert open_for_clerk(slot, TYPED + " ") is None


def test_a_slot_under_another_name_or_role_opens_no_more() -> None:
    (slot,) = locked().clerks
    assert open_for_clerk(replace(slot, role="supervisor"), TYPED) is None
    assert open_for_clerk(replace(slot, name="赵主任"), TYPED) is None


def test_only_the_private_half_opens_the_recovery_slot_and_it_is_nowhere_in_the_file() -> None:
    slot = locked().recovery
    assert slot is not None
    assert open_for_recovery(slot, PRIVATE) == KEY
    assert open_for_recovery(slot, make_recovery_key()) is None
    assert PRIVATE.hex().encode() not in dump(locked())
    assert KEY.secret.hex().encode() not in dump(locked())


def test_a_point_that_agrees_with_everybody_opens_nothing() -> None:
    slot = locked().recovery
    assert slot is not None
    assert open_for_recovery(replace(slot, ephemeral=bytes(32)), PRIVATE) is None


def test_every_slot_names_its_algorithms(monkeypatch: pytest.MonkeyPatch) -> None:
    # All other tests stretch by one pass.
    monkeypatch.setattr(key_wrapping, "Stretching", Stretching)
    said = json.loads(dump(locked.__wrapped__()))
    clerk, recovery = said["slots"]
    assert clerk["stretching"] | {"salt": ""} == {
        "algorithm": "argon2id",
        "version": 19,
        "memory_kib": 64 * 1024,
        "passes": 3,
        "lanes": 4,
        "salt": "",
    }
    assert clerk["wrap"]["algorithm"] == recovery["wrap"]["algorithm"] == "aes-256-gcm"
    assert (recovery["agreement"], recovery["derivation"]) == ("x25519", "hkdf-sha256")
    assert said["code"].startswith("hmac-sha256:")
    assert said["check"].startswith("sha256:")


def test_what_was_written_is_whole_and_vouched_for() -> None:
    read = load(dump(locked()))
    assert read == locked()
    assert read.vouched_by(KEY)
    assert not read.vouched_by(DataKey(bytes(32)))


def test_slots_put_together_by_somebody_without_the_key_are_not_vouched_for() -> None:
    forged = replace(locked(), revision=99)
    read = load(dump(forged))
    assert read is not None
    assert read.whole
    assert not read.vouched_by(KEY)


@pytest.mark.parametrize(
    "weaker", [{"memory_kib": 8}, {"memory_kib": 2**40}, {"passes": 0}, {"lanes": 1000}]
)
def test_a_slot_that_asks_for_too_little_or_too_much_work_is_left_out(
    weaker: dict[str, int],
) -> None:
    said = json.loads(dump(locked()))
    said["slots"][0]["stretching"] |= weaker
    read = load(canonical(said))
    assert read is not None
    assert read.clerks == ()
    assert not read.whole


def test_a_locked_key_is_not_read_without_signing_in(paths: tuple[Path, Path]) -> None:
    with pytest.raises(SignInNeededError):
        slot_files.read_data_keys(*paths)


@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("damage", ["gone", "cut", "emptied", "flipped", "huge"])
def test_either_file_is_made_good_from_the_other(
    paths: tuple[Path, Path], lost: int, damage: str
) -> None:
    data = paths[lost].read_bytes()
    if damage == "gone":
        paths[lost].unlink()
    else:
        middle = len(data) // 2
        spoilt = {
            "cut": data[:-20],
            "emptied": b"",
            "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "huge": data + b" " * 200_000,
        }
        paths[lost].write_bytes(spoilt[damage])
    assert slot_files.read_slots(*paths) == (locked(),)
    slot_files.repair_copy(KEY, *paths)
    assert paths[0].read_bytes() == paths[1].read_bytes() == data


def test_the_newer_of_two_whole_files_counts_and_is_copied(paths: tuple[Path, Path]) -> None:
    newer = authenticate(KEY, 2, locked().slots[1:])
    for each in paths:
        slot_files.write_slots(locked(), *paths)
        each.write_bytes(dump(newer))
        assert slot_files.read_slots(*paths) == (newer,)
        slot_files.repair_copy(KEY, *paths)
        assert paths[0].read_bytes() == paths[1].read_bytes() == dump(newer)


def test_a_forged_newer_file_is_not_copied_over_the_real_one(paths: tuple[Path, Path]) -> None:
    paths[0].write_bytes(dump(replace(locked(), revision=99)))
    slot_files.repair_copy(KEY, *paths)
    assert paths[0].read_bytes() == paths[1].read_bytes() == dump(locked())


def test_an_open_key_never_takes_the_place_of_locked_slots(paths: tuple[Path, Path]) -> None:
    for each in paths:
        each.write_bytes(dump(replace(locked(), code="hmac-sha256:" + "0" * 64)))
    before = paths[0].read_bytes()
    slot_files.repair_copy(KEY, *paths)
    assert paths[0].read_bytes() == paths[1].read_bytes() == before


def test_an_open_key_is_wiped_from_the_disk_when_it_is_locked_away(tmp_path: Path) -> None:
    path, copy = tmp_path / "keyslots.json", tmp_path / "copy.json"
    slot_files.write_clear_slot(KEY, path, copy)
    watched = tmp_path / "the same file under another name"
    os.link(path, watched)
    slot_files.write_slots(locked(), path, copy)
    assert set(watched.read_bytes()) == {0}
    assert path.read_bytes() == dump(locked())


def test_a_key_file_of_the_first_format_still_opens_and_is_written_anew(tmp_path: Path) -> None:
    path, copy = tmp_path / "keyslots.json", tmp_path / "copy.json"
    first = {
        "cipher": "sqlcipher-4 aes-256-cbc hmac-sha512",
        "derivation": "hmac-sha256",
        "format": 1,
        "slots": [
            {
                "algorithm": "none",
                "key": KEY.secret.hex(),
                "kind": "clear",
                "warning": "钥匙未加密：拿到这台电脑的磁盘就能读出台账。启用登录后钥匙才受保护。",
            }
        ],
    }
    for each in (path, copy):
        each.write_bytes(canonical(first))
    assert slot_files.read_data_keys(path, copy) == (KEY,)
    slot_files.repair_copy(KEY, path, copy)
    assert json.loads(path.read_bytes())["format"] == 2
    assert path.read_bytes() == copy.read_bytes()
    assert slot_files.read_data_keys(path, copy) == (KEY,)


def test_a_newer_program_is_told_from_a_damaged_file(paths: tuple[Path, Path]) -> None:
    paths[0].write_bytes(paths[0].read_bytes().replace(b'"format":3', b'"format":6'))
    assert not is_sound(paths[0].read_bytes())
    assert slot_files.read_slots(*paths) == (locked(),)
    said = json.loads(dump(locked())) | {"format": 6}
    said.pop("check")
    paths[0].write_bytes(dump_newer(said))
    with pytest.raises(KeySlotNewerError):
        slot_files.read_slots(*paths)


def dump_newer(said: dict[str, object]) -> bytes:
    """Write a file of a later format, which ends with the same check."""
    return canonical(said | {"check": f"sha256:{sha256(canonical(said)).hexdigest()}"})


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_flip_of_any_byte_is_refused_or_opens_right(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = dump(locked())
    index = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    spoilt = whole[:index] + bytes([whole[index] ^ 1 << bit]) + whole[index + 1 :]
    path = tmp_path_factory.mktemp("slots") / "keyslots.json"
    path.write_bytes(spoilt)
    try:
        (slots,) = slot_files.read_slots(path, path)
    except KeySlotError:
        return
    assert not slots.whole
    opened = [open_for_recovery(slots.recovery, PRIVATE)] if slots.recovery else []
    changed = [slot for slot in slots.clerks if slot not in locked().clerks]
    opened += [open_for_clerk(slot, TYPED) for slot in changed]
    assert set(opened) <= {KEY, None}
    assert all(isinstance(slot, ClerkSlot) for slot in changed)


@given(data=st.binary(max_size=2000))
def test_any_bytes_are_no_slots_and_no_fault(data: bytes) -> None:
    assert load(data) is None
