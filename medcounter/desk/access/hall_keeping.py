"""The hall's own key among the key slots: found, and moved to a new key.

Pure but for randomness: gives slots and writes no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from medcounter.desk.access.access_errors import RecoveryRefusedError
from medcounter.trust.key_wrapping import lock_hall, open_hall, public_half
from medcounter.trust.recovery_text import read_recovery_text
from medcounter.trust.slot_format import HallSlot, RecoverySlot, Slot


def hall_slot(slots: Sequence[Slot]) -> HallSlot | None:
    """Return the slot of the hall's own key; None where there is none."""
    return next((slot for slot in slots if isinstance(slot, HallSlot)), None)


def recovery_key(slots: Sequence[Slot], text: str) -> bytes:
    """Read the recovery key that these slots are for.

    Raises:
        RecoveryTextError: A slip of typing; the text names the group.
        RecoveryRefusedError: It is the recovery key of another ledger.
    """
    private = read_recovery_text(text)
    recovery = next((slot for slot in slots if isinstance(slot, RecoverySlot)), None)
    if recovery is None or public_half(private) != recovery.public:
        raise RecoveryRefusedError
    return private


def moved(slots: Sequence[Slot], before: bytes | None, private: bytes) -> tuple[HallSlot, ...]:
    """Lock the hall's own key for a new recovery key; nothing where the old is lost."""
    slot = hall_slot(slots)
    opened = None if slot is None or before is None else open_hall(slot, before)
    return () if opened is None else (lock_hall(opened[1], public_half(private)),)
