"""The key-slot file and its copy: read, kept identical, written durably.

Returns the slots that count. While sign-in is off, the data key is in a clear
slot: whoever has the disk can read the ledger, and the file says so. Opens no
database and no locked slot.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.trust.data_key import DataKey
from medcounter.trust.slot_format import ClearSlot, Slots, authenticate, dump, is_sound, load
from medcounter.trust.trust_errors import (
    KeySlotDamagedError,
    KeySlotMissingError,
    KeySlotNewerError,
    KeySlotUnreadableError,
    SignInNeededError,
)

_MAX_BYTES = 100_000


def read_slots(path: Path, copy: Path) -> tuple[Slots, ...]:
    """Read the slots that count from the file and its copy.

    Of one data key only the newest whole file counts, so that a clerk who
    was removed is not let in by an older copy; damaged ones count only where
    none is whole.

    Returns:
        One, or two when the files hold different data keys; the first is the
        key file's where it could be read. Which one is right shows only when
        it opens the ledger.

    Raises:
        KeySlotMissingError: Neither file is there.
        KeySlotDamagedError: Neither can be read as key slots.
        KeySlotNewerError: A newer program wrote them.
        KeySlotUnreadableError: A file is there but cannot be opened.
    """
    paths = (path, copy)
    found = [data for each in paths if (data := _opened_bytes_of(each)) is not None]
    if not found:
        raise KeySlotMissingError
    read = [slots for data in found if (slots := _load(data)) is not None]
    whole = [slots for slots in read if slots.whole]
    if not read:
        for data in found:
            load(data)  # says so where a newer program may have written it
        raise KeySlotDamagedError
    return _newest_of_each_key(whole) if whole else tuple(dict.fromkeys(read))


def read_data_keys(path: Path, copy: Path) -> tuple[DataKey, ...]:
    """Read the data keys that lie open.

    Returns:
        One, or two as in :func:`read_slots`.

    Raises:
        SignInNeededError: They are locked away.
        KeySlotError: As for :func:`read_slots`.
    """
    clear = [slots.clear for slots in read_slots(path, copy)]
    keys = tuple(dict.fromkeys(slot.key for slot in clear if slot is not None))
    if not keys:
        raise SignInNeededError
    return keys


def write_clear_slot(key: DataKey, path: Path, copy: Path, *, chosen: bool = False) -> None:
    """Keep a key readable by whoever can read the file, with a copy.

    Args:
        key: The data key.
        path: The key file.
        copy: Its copy, in a folder that exists.
        chosen: Whether somebody decided to go without sign-in.

    Raises:
        OSError: One of the two cannot be written.
    """
    revision = 1 + highest_revision(key, path, copy)
    write_slots(authenticate(key, revision, (ClearSlot(key, chosen),)), path, copy)


def highest_revision(key: DataKey, path: Path, copy: Path) -> int:
    """Return the highest revision of a key's slots in two files; 0 for none."""
    return max((slots.revision for slots in _held_of(key, path, copy)), default=0)


def write_slots(slots: Slots, path: Path, copy: Path) -> None:
    """Write slots to the file and its copy; cut off anywhere, one opens.

    Raises:
        OSError: One of the two cannot be written.
    """
    data = dump(slots)
    replace_file(copy, data)
    replace_file(path, data)


def repair_copy(key: DataKey, path: Path, copy: Path) -> None:
    """Write key file and copy anew, if they are not both the newest of the key.

    Args:
        key: The key that opened the ledger.
        path: The key file.
        copy: Its copy.

    Raises:
        OSError: One of the two cannot be written.
    """
    held = [slots for slots in _held_of(key, path, copy) if slots.vouched_by(key)]
    if not held:
        # Locked slots that are damaged may still open; a clear one in their place
        # would undo what the hall chose.
        if not is_locked(path, copy):
            write_clear_slot(key, path, copy)
        return
    newest = max(held, key=lambda slots: slots.revision)
    if not newest.revision:
        write_clear_slot(key, path, copy)
        return
    data = dump(newest)
    for each in (copy, path):
        if _bytes_of(each) != data:
            replace_file(each, data)


def replace(key: DataKey, beside: Path, path: Path, copy: Path) -> None:
    """Let a key's slots be found in the copy, if they are in neither file yet.

    Args:
        key: The key of a ledger that comes from elsewhere.
        beside: The key file that came with it.
        path: The key file here; it is left as it is.
        copy: Its copy.

    Raises:
        OSError: The copy cannot be written.
    """
    if _held_of(key, path, copy):
        return
    brought = _held_of(key, beside)
    if brought and brought[0].revision:
        replace_file(copy, dump(brought[0]))
    else:
        write_clear_slot(key, copy, copy)


def is_locked(*paths: Path) -> bool:
    """Return whether one of these files holds a key that needs a sign-in."""
    return any(slots.clear is None for slots in _readable(*paths))


def replace_file(path: Path, data: bytes) -> None:
    """Write a key file durably, and wipe what the one before it held.

    The file before may hold the data key in the clear; once the new one is
    safe its bytes are overwritten where the system lets us. What a disk keeps
    beneath its own files is out of our reach. A link is replaced and not
    followed, and what is no key file is not wiped: who laid it on a stick may
    have meant the ledger.

    Raises:
        OSError: It cannot be written; the one before stays.
    """
    before = _key_file_before(path, data)
    try:
        write_durably(path, data)
        if before is not None:
            with suppress(OSError):
                before.write(bytes(os.fstat(before.fileno()).st_size))
                os.fsync(before.fileno())
    finally:
        if before is not None:
            before.close()


def _key_file_before(path: Path, data: bytes) -> BinaryIO | None:
    """Open the key file that bears a name, to be wiped; None for anything else."""
    if sys.platform != "win32":  # Windows replaces no file that is open
        with suppress(OSError):
            held = os.fdopen(os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK), "r+b", 0)
            with suppress(OSError):
                first = held.read(_MAX_BYTES + 1)
                if len(first) <= _MAX_BYTES and b'"slots"' in first and first != data:
                    held.seek(0)
                    return held
            held.close()
    return None


def holds_others(path: Path, key: DataKey) -> bool:
    """Return whether a key file is there that opens another ledger than this key."""
    try:
        found = load(read_bounded(path, _MAX_BYTES))
    except KeySlotNewerError:
        return True
    except (FileTooLargeError, OSError):
        return False
    return found is not None and found.key_id != key.id


def _newest_of_each_key(whole: list[Slots]) -> tuple[Slots, ...]:
    newest: dict[str, Slots] = {}
    for slots in whole:
        kept = newest.setdefault(slots.key_id, slots)
        if slots.revision > kept.revision:
            newest[slots.key_id] = slots
    return tuple(newest.values())


def _held_of(key: DataKey, *paths: Path) -> list[Slots]:
    return [slots for slots in _readable(*paths) if slots.key_id == key.id]


def _readable(*paths: Path) -> list[Slots]:
    read = (_load(data) for each in paths if (data := _bytes_of(each)) is not None)
    return [slots for slots in read if slots is not None]


def _load(data: bytes) -> Slots | None:
    """Read slots; a damaged file that only seems to be newer gives none."""
    try:
        return load(data)
    except KeySlotNewerError:
        if is_sound(data):
            raise
        return None


def _opened_bytes_of(path: Path) -> bytes | None:
    try:
        return _bytes_of(path)
    except OSError as err:
        raise KeySlotUnreadableError(
            f"台账的密钥文件“{path}”打不开（{err.strerror or err}），不能打开台账，"
            "没有改动任何数据；请检查它的权限、是不是被同名文件夹占了位置，或找回密钥文件。"
        ) from err


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_bounded(path, _MAX_BYTES)
    except FileNotFoundError:
        return None
    except FileTooLargeError:
        return b""
