"""Manage the clerks who can sign in to an open ledger.

Each change writes a new key-slot file, as durably as the first one; the data
key stays the same. Each change is an event in the ledger.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.desk.access import hall_keeping, sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    SignInOffError,
    SignInRefusedError,
    SlotsOlderError,
    SupervisorMissingError,
    SupervisorNeededError,
)
from medcounter.desk.access.access_records import AUDITOR, SUPERVISOR, Clerk, Credential, NewClerk
from medcounter.desk.access.sign_in_setup import plain_name, require_typed_back, require_usable
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.store import Store
from medcounter.trust import slot_files
from medcounter.trust.clerk_secret import normal_secret
from medcounter.trust.key_wrapping import (
    lock_anew,
    lock_for_clerk,
    lock_for_recovery,
    lock_hall,
    make_recovery_key,
    public_half,
)
from medcounter.trust.recovery_text import write_recovery_text
from medcounter.trust.signer import recovery_signer
from medcounter.trust.slot_format import (
    ClerkSlot,
    HallSlot,
    RecoverySlot,
    Slot,
    authenticate,
)

# The auditors' copy and the ledger are two files under two keys.
_OTHER_FILE = (
    "审计人员看的是另一份副本，不能与经办人、主管在同一个打开的窗口里换人，没有登录；"
    "请先关闭程序，再打开登录。"
)


class ClerkAdministration:
    """The clerks of one open desk, and the changes the person there may make."""

    def __init__(self, folder: Path, store: Store, who: Credential | None) -> None:
        """Take the open store and the pass that opened it."""
        self._folder = folder
        self._store = store
        self._credential = who

    @property
    def who(self) -> Clerk | None:
        """Name and role of who signed in; None where sign-in is off."""
        given = self._credential
        return None if given is None else Clerk(given.name, given.role)

    @property
    def given(self) -> Credential | None:
        """What opens this ledger again; None where sign-in is off."""
        return self._credential

    @property
    def recovered(self) -> bool:
        """Whether the recovery key opened; secrets should be set anew."""
        return self._credential is not None and self._credential.recovered

    @property
    def recovery_missing(self) -> bool:
        """Whether sign-in is on and no recovery slot is left."""
        if self._credential is None:
            return False
        return sign_in.slots_of(self._folder, self._store.data_key).recovery is None

    def clerks(self) -> tuple[Clerk, ...]:
        """Return who can sign in."""
        return sign_in.state(self._folder).clerks

    def add_clerk(self, clerk: NewClerk, at: datetime) -> None:
        """Let one more person sign in.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            ClerkInvalidError: The name or role cannot be used.
            SecretTooWeakError: The secret would be guessed.
            OSError: The key files cannot be written.
        """
        self._require_supervisor()
        new = require_usable(clerk)
        slots = self._slots()
        if any(self._named(slot, new.name) for slot in slots):
            raise ClerkInvalidError(f"已有经办人“{new.name}”，没有保存；请加以区分后重试。")
        made = lock_for_clerk(self._store.data_key, (new.name, new.role), new.secret)
        sign_in.tries_at(self._folder).reset(new.name)
        # Told before it can be used: nobody ever signs by a key that the ledger does not know.
        self._note("key-certified", at, name=new.name, role=new.role, key=made.public)
        self._write((made, *slots))
        self._note("clerk-added", at, name=new.name, role=new.role, key=made.public)

    def remove_clerk(self, name: str, at: datetime) -> None:
        """Let a person sign in no more; the data key stays the same.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            ClerkInvalidError: Nobody has this name.
            SupervisorMissingError: It is the last supervisor.
            OSError: The key files cannot be written.
        """
        self._require_supervisor()
        left = tuple(slot for slot in self._slots() if not self._named(slot, name))
        if len(left) == len(self._slots()):
            raise ClerkInvalidError(f"没有经办人“{plain_name(name)}”，没有删除；请核对姓名。")
        if not any(isinstance(slot, ClerkSlot) and slot.role == SUPERVISOR for slot in left):
            raise SupervisorMissingError(
                "这是最后一名主管，没有删除；请先加入另一名主管，再删除这一名。"
            )
        self._write(left)
        self._note("clerk-removed", at, name=plain_name(name))

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
        if self._credential is not None and self._credential.role == AUDITOR:
            raise SupervisorNeededError(
                "审计人员的口令由主管更改，没有更改，原来的口令照旧；请主管登录后在设置中更改。"
            )
        name = plain_name(name)
        own = self._credential is not None and self._credential.name == name
        if own:
            self._sign_in(name, secret, at)
        else:
            self._require_supervisor()
        role = next((clerk.role for clerk in self.clerks() if clerk.name == name), None)
        if role is None:
            raise ClerkInvalidError(f"没有经办人“{name}”，没有更改；请核对姓名。")
        made = require_usable(NewClerk(name, role, new))
        locked = self._locked_anew(made, secret if own else "", at)
        others = (slot for slot in self._slots() if not self._named(slot, name))
        self._write((locked, *others))
        sign_in.tries_at(self._folder).reset(name)
        self._note("secret-changed", at, name=name, key=locked.public)

    def _locked_anew(self, made: NewClerk, present: str, at: datetime) -> ClerkSlot:
        """Lock for another secret; a person who changes their own keeps their key."""
        slots = [slot for slot in self._slots() if isinstance(slot, ClerkSlot)]
        slot = next(slot for slot in slots if self._named(slot, made.name))
        kept = lock_anew(slot, normal_secret(present), made.secret) if present else None
        if kept is not None:
            return kept
        new = lock_for_clerk(self._store.data_key, (made.name, made.role), made.secret)
        self._note("key-certified", at, name=made.name, role=made.role, key=new.public)
        return new

    def begin_recovery(self) -> NewRecovery:
        """Begin to replace a recovery key whose paper was lost or seen.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            SignInOffError: Sign-in is off.
        """
        self._require_supervisor()
        return NewRecovery(self)

    def lock_for(self, private: bytes, at: datetime, before: bytes | None = None) -> None:
        """Let this recovery key open from now on, and no other.

        The hall's own key goes over with it where the one before is at hand, else
        it ends: nobody could open it any more.

        Args:
            private: The new key.
            at: When.
            before: The one that opened until now; None where it is lost.
        """
        self._require_supervisor()
        made = lock_for_recovery(self._store.data_key, public_half(private))
        slots = self._slots()
        kept = hall_keeping.moved(slots, before, private)
        hall = recovery_signer(private).public
        self._note("recovery-begun", at, hall=hall)
        others = (slot for slot in slots if not isinstance(slot, RecoverySlot | HallSlot))
        self._write((*others, made, *kept))
        self._note("recovery-renewed", at, hall=hall)

    def require_supervisor(self) -> None:
        """See that a supervisor is here.

        Raises:
            SignInOffError: Sign-in is off.
            SupervisorNeededError: The person signed in is no supervisor.
        """
        self._require_supervisor()

    @property
    def hall_slot(self) -> HallSlot | None:
        """The hall's own key, sealed; None where it has none here."""
        return hall_keeping.hall_slot(() if self._credential is None else self._slots())

    def recovery_key(self, text: str) -> bytes:
        """Read this ledger's recovery key as it was typed from the paper.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            RecoveryTextError: A slip of typing.
            RecoveryRefusedError: It is another ledger's.
        """
        self._require_supervisor()
        return hall_keeping.recovery_key(self._slots(), text)

    def keep_hall(self, seed: bytes, private: bytes) -> None:
        """Keep the hall's own key, sealed under the recovery key alone."""
        self._require_supervisor()
        others = (slot for slot in self._slots() if not isinstance(slot, HallSlot))
        self._write((*others, lock_hall(seed, public_half(private))))

    def _sign_in(self, name: str, secret: str, at: datetime) -> Credential:
        given = self._let_in(name, secret, at)
        self._require_here(given)
        return given

    def _let_in(self, name: str, secret: str, at: datetime) -> Credential:
        try:
            return sign_in.sign_in(self._folder, name, secret)
        except SignInRefusedError:
            self._tell_refused(at)
            raise

    def _require_here(self, given: Credential) -> None:
        """Require a credential for the open ledger that is no older than a removal."""
        if given.key != self._store.data_key:
            if AUDITOR in {given.role, self._credential and self._credential.role}:
                raise SignInRefusedError(_OTHER_FILE)
            raise SignInRefusedError("这是另一个台账的口令，没有登录；请核对后重试。")
        if given.revision < self._last_revision():  # somebody who was removed would get in
            raise SlotsOlderError

    def _require_supervisor(self) -> None:
        if self._credential is None:
            raise SignInOffError
        if self._credential.role != SUPERVISOR:
            raise SupervisorNeededError

    def _slots(self) -> tuple[Slot, ...]:
        return sign_in.slots_of(self._folder, self._store.data_key).slots

    def _write(self, slots: tuple[Slot, ...]) -> None:
        self._store.require_writable()
        places, key = DataFolder(self._folder), self._store.data_key
        lying = slot_files.highest_revision(key, places.key_file, places.key_copy)
        revision = max(lying, self._last_revision()) + 1
        made = authenticate(key, revision, slots)
        slot_files.write_slots(made, places.key_file, places.key_copy)
        if self._credential is not None:
            self._credential = replace(self._credential, revision=revision)

    def _last_revision(self) -> int:
        last = self._store.last_detail("sign-in").get("slots", 0)
        return last if isinstance(last, int) else 0

    def _tell_refused(self, at: datetime) -> None:
        tries = sign_in.tries_at(self._folder)
        unlogged = tries.unlogged()
        if unlogged and not self._store.read_only:
            detail = {"what": "sign-in", "tries": unlogged}
            self._store.note(NewEvent("failure", at, "", detail=detail))
            tries.mark_logged()

    def _note(self, act: str, at: datetime, *, by: str = "", **more: str) -> None:
        # What an auditor does waits beside the ledger, which the copy is not.
        waits = self._credential is not None and self._credential.role == AUDITOR
        if self._credential is None or (self._store.read_only and not waits):
            return
        detail = {
            "act": act,
            "role": self._credential.role,
            "slots": self._credential.revision,
            **more,
        }
        self._store.note(NewEvent("sign-in", at, by or self._credential.name, detail=detail))

    @staticmethod
    def _named(slot: Slot, name: str) -> bool:
        return isinstance(slot, ClerkSlot) and slot.name.casefold() == plain_name(name).casefold()


class NewRecovery:
    """A new recovery key in preparation; nothing changes until it was tested.

    Attributes:
        recovery_text: What is printed once.
    """

    def __init__(self, changes: ClerkAdministration) -> None:
        """Make the key; ``ClerkAdministration.begin_recovery`` is how it begins."""
        self._changes = changes
        self._private = make_recovery_key()
        self.recovery_text = write_recovery_text(self._private)

    def finish(self, typed_back: str, at: datetime, old: str = "") -> None:
        """Take the new key into use; the old one opens nothing from then on.

        Args:
            typed_back: The new key as typed from its paper.
            at: When.
            old: The old key, where it is at hand: the hall's own key then stays.

        Raises:
            RecoveryUntestedError: What was typed is not the new key.
            RecoveryTextError, RecoveryRefusedError: The old one is not right.
            OSError: The key files cannot be written.
        """
        require_typed_back(self._private, typed_back)
        before = self._changes.recovery_key(old) if old else None
        self._changes.lock_for(self._private, at, before)
