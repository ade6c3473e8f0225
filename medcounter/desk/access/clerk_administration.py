"""Manage the clerks who can sign in to an open ledger.

Each change writes a new key-slot file, as durably as the first one; the data
key stays the same. Each change is an event in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from medcounter.desk.access import hall_keeping, sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    SignInRefusedError,
    SupervisorMissingError,
    SupervisorNeededError,
)
from medcounter.desk.access.access_records import (
    AUDITOR,
    SUPERVISOR,
    Clerk,
    Credential,
    NewClerk,
)
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

SlotKeeping = Callable[[datetime], None]
SlotWork = Callable[[], SlotKeeping]


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

    def adding(self, clerk: NewClerk) -> SlotWork:
        """Return the work of locking for one more person; what it gives lets them in.

        The work stretches a secret for up to a second, touches no store and may be
        done in any thread; what it gives is done at the desk.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor; this and
                what follows is raised again where it is kept.
            ClerkInvalidError: The name or role cannot be used.
            SecretTooWeakError: The secret would be guessed.
            OSError: The key files cannot be written; only where it is kept.
        """
        self._slots.require_supervisor()
        new = require_usable(clerk)
        self._with_others(new.name)
        key = self._key

        def work() -> SlotKeeping:
            return partial(self._keep_added, _locked(key, new))

        return work

    def add(self, clerk: NewClerk, at: datetime) -> None:
        """Let one more person sign in at once, as :meth:`adding` does.

        Raises:
            MedCounterError, OSError: As :meth:`adding` has it.
        """
        self.adding(clerk)()(at)

    def _keep_added(self, made: ClerkSlot, at: datetime) -> None:
        self._slots.require_supervisor()
        slots = self._with_others(made.name)
        sign_in.tries_at(self._folder).reset(made.name)
        self._certify(made, at)
        self._slots.write((made, *slots))
        self._slots.note("clerk-added", at, name=made.name, role=made.role, key=made.public)

    def _with_others(self, name: str) -> tuple[Slot, ...]:
        """Return the slots, of which none may have a new person's name."""
        slots = self._slots.read()
        if any(_named(slot, name) for slot in slots):
            raise ClerkInvalidError(f"已有经办人“{name}”，没有保存；请加以区分后重试。")
        return slots

    def _certify(self, made: ClerkSlot, at: datetime) -> None:
        # Told before it can be used: nobody ever signs by a key that the ledger does not know.
        self._slots.note("key-certified", at, name=made.name, role=made.role, key=made.public)

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

    def changing(self, name: str, new: str, *, secret: str = "") -> SlotWork:
        """Return the work of locking for another secret; what it gives takes it into use.

        The work stretches up to three secrets, touches no store and may be done in
        any thread; what it gives is done at the desk. A supervisor may change those
        of others.

        Args:
            name: Whose.
            new: The new secret.
            secret: The present one, wanted where it is one's own.

        Raises:
            SignInRefusedError: The present secret is wrong; only where it is kept.
            SupervisorNeededError: It is somebody else's, and who is here is
                no supervisor; also where it is kept.
            ClerkInvalidError: Nobody has this name; also where it is kept.
            SecretTooWeakError: The new one would be guessed.
            OSError: The key files cannot be written; only where it is kept.
        """
        here, name = self._slots.credential, plain_name(name)
        if here is not None and here.role == AUDITOR:
            raise SupervisorNeededError(
                "审计人员的口令由主管更改，没有更改，原来的口令照旧；请主管登录后在设置中更改。"
            )
        own = here is not None and here.name == name
        if not own:
            self._slots.require_supervisor()
        made = require_usable(NewClerk(name, self._slot_of(name).role, new))
        folder, key = self._folder, self._key

        def work() -> SlotKeeping:
            if not own:
                return partial(self._keep_changed, _locked(key, made), None)
            try:
                given = sign_in.sign_in(folder, name, secret)
            except SignInRefusedError as err:
                return partial(self._refuse, err)
            # Signing in may have locked an older slot anew.
            slot = _slot_in(sign_in.slots_of(folder, key).slots, name)
            kept = lock_anew(slot, normal_secret(secret), made.secret)
            return partial(self._keep_changed, kept or _locked(key, made), given)

        return work

    def change_secret(self, name: str, new: str, at: datetime, *, secret: str = "") -> None:
        """Give a person another secret at once, as :meth:`changing` does.

        Raises:
            MedCounterError, OSError: As :meth:`changing` has it.
        """
        self.changing(name, new, secret=secret)()(at)

    def _refuse(self, error: SignInRefusedError, at: datetime) -> None:
        self._slots.tell_refused(at)
        raise error

    def _keep_changed(self, made: ClerkSlot, given: Credential | None, at: datetime) -> None:
        """Take a slot into use; who changed their own gave the present secret for it."""
        if given is None:
            self._slots.require_supervisor()
        else:
            self._slots.require_here(given)
        if self._slot_of(made.name).public != made.public:
            self._certify(made, at)
        others = (slot for slot in self._slots.read() if not _named(slot, made.name))
        self._slots.write((made, *others))
        sign_in.tries_at(self._folder).reset(made.name)
        self._slots.note("secret-changed", at, name=made.name, key=made.public)

    def _slot_of(self, name: str) -> ClerkSlot:
        return _slot_in(self._slots.read(), name)

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


def _slot_in(slots: tuple[Slot, ...], name: str) -> ClerkSlot:
    for slot in slots:
        if isinstance(slot, ClerkSlot) and slot.name == name:
            return slot
    raise ClerkInvalidError(f"没有经办人“{name}”，没有更改；请核对姓名。")


def _locked(key: DataKey, clerk: NewClerk) -> ClerkSlot:
    return lock_for_clerk(key, (clerk.name, clerk.role), clerk.secret)
