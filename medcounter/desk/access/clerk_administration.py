"""Manage the clerks who can sign in to an open ledger.

Each change writes a new key-slot file, as durably as the first one; the data
key stays the same. Each change is an event in the ledger.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.desk.access import hall_keeping, sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    SupervisorMissingError,
    SupervisorNeededError,
)
from medcounter.desk.access.access_records import AUDITOR, SUPERVISOR, Clerk, NewClerk
from medcounter.desk.access.open_slots import OpenSlots
from medcounter.desk.access.sign_in_setup import plain_name, require_typed_back, require_usable
from medcounter.trust.clerk_secret import normal_secret
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import (
    lock_anew,
    lock_for_clerk,
    lock_for_recovery,
    make_recovery_key,
    public_half,
)
from medcounter.trust.recovery_text import write_recovery_text
from medcounter.trust.signer import recovery_signer
from medcounter.trust.slot_format import ClerkSlot, HallSlot, RecoverySlot, Slot


class ClerkAdministration:
    """The clerks of one open desk, and the changes the person there may make."""

    def __init__(self, folder: Path, key: DataKey, slots: OpenSlots) -> None:
        """Take the folder of an open ledger, its data key and its slots."""
        self._folder = folder
        self._key = key
        self._slots = slots

    def listed(self) -> tuple[Clerk, ...]:
        """Return who can sign in."""
        return sign_in.state(self._folder).clerks

    def add(self, clerk: NewClerk, at: datetime) -> None:
        """Let one more person sign in.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            ClerkInvalidError: The name or role cannot be used.
            SecretTooWeakError: The secret would be guessed.
            OSError: The key files cannot be written.
        """
        self._slots.require_supervisor()
        new = require_usable(clerk)
        slots = self._slots.read()
        if any(_named(slot, new.name) for slot in slots):
            raise ClerkInvalidError(f"已有经办人“{new.name}”，没有保存；请加以区分后重试。")
        made = lock_for_clerk(self._key, (new.name, new.role), new.secret)
        sign_in.tries_at(self._folder).reset(new.name)
        # Told before it can be used: nobody ever signs by a key that the ledger does not know.
        self._slots.note("key-certified", at, name=new.name, role=new.role, key=made.public)
        self._slots.write((made, *slots))
        self._slots.note("clerk-added", at, name=new.name, role=new.role, key=made.public)

    def remove(self, name: str, at: datetime) -> None:
        """Let a person sign in no more; the data key stays the same.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            ClerkInvalidError: Nobody has this name.
            SupervisorMissingError: It is the last supervisor.
            OSError: The key files cannot be written.
        """
        self._slots.require_supervisor()
        left = tuple(slot for slot in self._slots.read() if not _named(slot, name))
        if len(left) == len(self._slots.read()):
            raise ClerkInvalidError(f"没有经办人“{plain_name(name)}”，没有删除；请核对姓名。")
        if not any(isinstance(slot, ClerkSlot) and slot.role == SUPERVISOR for slot in left):
            raise SupervisorMissingError(
                "这是最后一名主管，没有删除；请先加入另一名主管，再删除这一名。"
            )
        self._slots.write(left)
        self._slots.note("clerk-removed", at, name=plain_name(name))

    def change_secret(self, name: str, new: str, at: datetime, *, secret: str = "") -> None:
        """Give a person another secret; a supervisor may do it for others.

        Args:
            name: Whose.
            new: The new secret.
            at: When.
            secret: The present one, wanted where it is one's own.

        Raises:
            SignInRefusedError: The present secret is wrong.
            SupervisorNeededError: It is somebody else's, and who is here is
                no supervisor.
            ClerkInvalidError: Nobody has this name.
            SecretTooWeakError: The new one would be guessed.
            OSError: The key files cannot be written.
        """
        if self._slots.credential is not None and self._slots.credential.role == AUDITOR:
            raise SupervisorNeededError(
                "审计人员的口令由主管更改，没有更改，原来的口令照旧；请主管登录后在设置中更改。"
            )
        name = plain_name(name)
        own = self._slots.credential is not None and self._slots.credential.name == name
        if own:
            self._slots.sign_in(name, secret, at)
        else:
            self._slots.require_supervisor()
        role = next((clerk.role for clerk in self.listed() if clerk.name == name), None)
        if role is None:
            raise ClerkInvalidError(f"没有经办人“{name}”，没有更改；请核对姓名。")
        made = require_usable(NewClerk(name, role, new))
        locked = self._locked_anew(made, secret if own else "", at)
        others = (slot for slot in self._slots.read() if not _named(slot, name))
        self._slots.write((locked, *others))
        sign_in.tries_at(self._folder).reset(name)
        self._slots.note("secret-changed", at, name=name, key=locked.public)

    def _locked_anew(self, made: NewClerk, present: str, at: datetime) -> ClerkSlot:
        """Lock for another secret; a person who changes their own keeps their key."""
        slots = [slot for slot in self._slots.read() if isinstance(slot, ClerkSlot)]
        slot = next(slot for slot in slots if _named(slot, made.name))
        kept = lock_anew(slot, normal_secret(present), made.secret) if present else None
        if kept is not None:
            return kept
        new = lock_for_clerk(self._key, (made.name, made.role), made.secret)
        self._slots.note("key-certified", at, name=made.name, role=made.role, key=new.public)
        return new

    def begin_recovery(self) -> NewRecovery:
        """Begin to replace a recovery key whose paper was lost or seen.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            SignInOffError: Sign-in is off.
        """
        self._slots.require_supervisor()
        return NewRecovery(self._key, self._slots)


class NewRecovery:
    """A new recovery key in preparation; nothing changes until it was tested.

    Attributes:
        recovery_text: What is printed once.
    """

    def __init__(self, key: DataKey, slots: OpenSlots) -> None:
        """Make the key; ``ClerkAdministration.begin_recovery`` is how it begins."""
        self._key = key
        self._slots = slots
        self._private = make_recovery_key()
        self.recovery_text = write_recovery_text(self._private)

    def finish(self, typed_back: str, at: datetime, old: str = "") -> None:
        """Take the new key into use; the old one opens nothing from then on.

        The hall's own key goes over with it where the old one is at hand, else it
        ends: nobody could open it any more.

        Args:
            typed_back: The new key as typed from its paper.
            at: When.
            old: The old key; empty where it is lost.

        Raises:
            RecoveryUntestedError: What was typed is not the new key.
            RecoveryTextError, RecoveryRefusedError: The old one is not right.
            OSError: The key files cannot be written.
        """
        require_typed_back(self._private, typed_back)
        self._slots.require_supervisor()
        before = self._slots.recovery_key(old) if old else None
        made = lock_for_recovery(self._key, public_half(self._private))
        slots = self._slots.read()
        kept = hall_keeping.moved(slots, before, self._private)
        hall = recovery_signer(self._private).public
        self._slots.note("recovery-begun", at, hall=hall)
        others = (slot for slot in slots if not isinstance(slot, RecoverySlot | HallSlot))
        self._slots.write((*others, made, *kept))
        self._slots.note("recovery-renewed", at, hall=hall)


def _named(slot: Slot, name: str) -> bool:
    return isinstance(slot, ClerkSlot) and slot.name.casefold() == plain_name(name).casefold()
