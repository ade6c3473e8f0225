"""Re-lock key slots of an older format as their owners sign in.

Returns the credential of the new slot. Older clerk slots hold no signing key.
Older auditor slots hold the data key, which is removed from every key file of
the folder at the auditor's first sign-in. Only the owner's secret opens a
slot, so nobody else can do this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from medcounter.desk.access.access_records import Credential
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust import slot_files
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import lock_anew, older_data_key, open_for_clerk
from medcounter.trust.slot_format import ClerkSlot, Slot, Slots, authenticate, dump
from medcounter.trust.trust_errors import KeySlotError


def renewed(folder: Path, given: Credential, secret: str) -> Credential:
    """Lock older slots of the person who just signed in again.

    Args:
        folder: The data folder.
        given: What the slot gave.
        secret: In its normal form.

    Returns:
        What the new slot gives; the same credential where nothing was to be done,
        or nothing could be written.
    """
    paths = DataFolder(folder)
    for slots in _read(paths.key_file, paths.key_copy):
        found = _anew(slots, given.name, secret)
        if found is None or found[1] != given.key:
            continue
        written, opened = found
        # What cannot be written can still be looked into.
        with suppress(OSError):
            slot_files.write_slots(written, paths.key_file, paths.key_copy)
            given = replace(given, key=opened, revision=written.revision)
    for path in paths.replaced_key_files():
        for slots in _read(path, path):
            found = _anew(slots, given.name, secret)
            if found is not None:
                with suppress(OSError):
                    slot_files.replace_file(path, dump(found[0]))
    return given


def _read(path: Path, copy: Path) -> Iterator[Slots]:
    with suppress(KeySlotError):
        yield from slot_files.read_slots(path, copy)


def _anew(slots: Slots, name: str, secret: str) -> tuple[Slots, DataKey] | None:
    """Return a file with an older slot locked again, and what the new one opens."""
    for slot in slots.clerks:
        if slot.name != name or (slot.public and not slot.opens_too_much):
            continue
        key, made = older_data_key(slot, secret), lock_anew(slot, secret, secret)
        opened = None if made is None else open_for_clerk(made, secret)
        if key is None or made is None or opened is None or not slots.vouched_by(key):
            continue
        return authenticate(key, slots.revision + 1, _with(slots, slot, made)), opened
    return None


def _with(slots: Slots, old: ClerkSlot, new: ClerkSlot) -> tuple[Slot, ...]:
    return tuple(new if slot is old else slot for slot in slots.slots)
