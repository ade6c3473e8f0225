"""The key slots of an open ledger, and the pass of the person who is there.

Each change is written as durably as the first key-slot file, and told to the
ledger as an event.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.desk.access import hall_keeping, sign_in
from medcounter.desk.access.access_errors import (
    SignInOffError,
    SignInRefusedError,
    SlotsOlderError,
    SupervisorNeededError,
)
from medcounter.desk.access.access_records import AUDITOR, SUPERVISOR, Credential
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import Signatories
from medcounter.store.opening.store import Store
from medcounter.trust import slot_files
from medcounter.trust.key_wrapping import lock_hall, public_half
from medcounter.trust.slot_format import HallSlot, RecoverySlot, Slot, authenticate

# The auditors' copy and the ledger are two files under two keys.
_OTHER_FILE = (
    "审计人员看的是另一份副本，不能与经办人、主管在同一个打开的窗口里换人，没有登录；"
    "请先关闭程序，再打开登录。"
)


class OpenSlots:
    """Who may open this ledger, as its folder says, and who did.

    Attributes:
        credential: Of the person who is here; None where sign-in is off.
    """

    credential: Credential | None

    def __init__(self, folder: Path, store: Store, who: Credential | None) -> None:
        """Take the open store and the pass that opened it."""
        self._folder = folder
        self._store = store
        self.credential = who

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery key opens this ledger."""
        return any(isinstance(slot, RecoverySlot) for slot in self.read())

    @property
    def hall(self) -> HallSlot | None:
        """The hall's own key, sealed; None where it has none here."""
        return hall_keeping.hall_slot(() if self.credential is None else self.read())

    def recovery_key(self, text: str) -> bytes:
        """Read this ledger's recovery key as it was typed from the paper.

        Raises:
            SupervisorNeededError: The person signed in is no supervisor.
            RecoveryTextError: A slip of typing.
            RecoveryRefusedError: It is another ledger's.
        """
        self.require_supervisor()
        return hall_keeping.recovery_key(self.read(), text)

    def keep_hall(self, seed: bytes, private: bytes) -> None:
        """Keep the hall's own key, sealed under the recovery key alone."""
        self.require_supervisor()
        others = (slot for slot in self.read() if not isinstance(slot, HallSlot))
        self.write((*others, lock_hall(seed, public_half(private))))

    def let_in(self, name: str, secret: str, at: datetime) -> Credential:
        """Sign somebody in at the folder; a refusal is told to the ledger.

        Raises:
            SignInRefusedError: The name or secret is wrong, or it is too
                early to try.
        """
        try:
            return sign_in.sign_in(self._folder, name, secret)
        except SignInRefusedError:
            self.tell_refused(at)
            raise

    def require_here(self, given: Credential) -> None:
        """Require a credential for the open ledger that is no older than a removal."""
        if given.key != self._store.data_key:
            if AUDITOR in {given.role, self.credential and self.credential.role}:
                raise SignInRefusedError(_OTHER_FILE)
            raise SignInRefusedError("这是另一个台账的口令，没有登录；请核对后重试。")
        if given.revision < self.last_revision(given.name):  # somebody who was removed would get in
            raise SlotsOlderError

    def require_supervisor(self) -> None:
        """See that a supervisor is here.

        Raises:
            SignInOffError: Sign-in is off.
            SupervisorNeededError: The person signed in is no supervisor.
        """
        if self.credential is None:
            raise SignInOffError
        if self.credential.role != SUPERVISOR:
            raise SupervisorNeededError

    def read(self) -> tuple[Slot, ...]:
        """Read the slots from the folder."""
        return sign_in.slots_of(self._folder, self._store.data_key).slots

    def write(self, slots: tuple[Slot, ...]) -> None:
        """Write the slots as the next revision.

        Raises:
            OSError: The key files cannot be written.
        """
        self._store.require_writable()
        paths, key = DataFolder(self._folder), self._store.data_key
        lying = slot_files.highest_revision(key, paths.key_file, paths.key_copy)
        known = self._store.signatories()
        revision = max(lying, known.slots, *known.own_slots.values()) + 1
        made = authenticate(key, revision, slots)
        slot_files.write_slots(made, paths.key_file, paths.key_copy)
        if self.credential is not None:
            self.credential = replace(self.credential, revision=revision)

    def last_revision(self, name: str, known: Signatories | None = None) -> int:
        """Return the newest revision that the ledger knows and that concerns a person.

        An auditors' copy holds no signatures: its last line is believed.
        """
        if self.credential is not None and self.credential.role == AUDITOR:
            last = self._store.last_detail("sign-in").get("slots", 0)
            return last if isinstance(last, int) else 0
        return (known or self._store.signatories()).revision_for(name)

    def tell_refused(self, at: datetime) -> None:
        """Tell the ledger which tries failed since it was told last."""
        tries = sign_in.tries_at(self._folder)
        unlogged = tries.unlogged()
        if unlogged and not self._store.read_only:
            detail = {"what": "sign-in", "tries": unlogged}
            self._store.note(NewEvent("failure", at, "", detail=detail))
            tries.mark_logged()

    def note(self, act: str, at: datetime, *, by: str = "", **more: str) -> None:
        """Tell the ledger what was done about signing in, and by whom."""
        # What an auditor does waits beside the ledger, which the copy is not.
        waits = self.credential is not None and self.credential.role == AUDITOR
        if self.credential is None or (self._store.read_only and not waits):
            return
        detail = {
            "act": act,
            "role": self.credential.role,
            "slots": self.credential.revision,
            **more,
        }
        self._store.note(NewEvent("sign-in", at, by or self.credential.name, detail=detail))
