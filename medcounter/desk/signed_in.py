"""Who sits at an open desk, and what that person may do.

Answers with the name that notices and events bear, and refuses what a role
may not do. A supervisor's word is given for one act and used once. Every
sign-in, refusal and change of clerks is an event of the ledger.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.desk import access
from medcounter.desk.access_errors import (
    AuditorLooksOnlyError,
    ClerkInvalidError,
    SignInOffError,
    SignInRefusedError,
    SlotsOlderError,
    SupervisorMissingError,
    SupervisorNeededError,
)
from medcounter.desk.access_records import (
    AUDITOR,
    SUPERVISOR,
    Approval,
    Clerk,
    NewClerk,
    Pass,
)
from medcounter.desk.set_up import plain_name, require_typed_back, require_usable
from medcounter.store.errors import NoticeUnknownError
from medcounter.store.journal import NewEvent
from medcounter.store.opening import Store
from medcounter.store.places import Places
from medcounter.trust import key_slots
from medcounter.trust.recovery_text import write_recovery_text
from medcounter.trust.sealing import (
    lock_for_clerk,
    lock_for_recovery,
    make_recovery_key,
    public_half,
)
from medcounter.trust.slots import ClerkSlot, RecoverySlot, Slot, vouch

VOID, CLOCK, EXPORT, ERASE = "void", "clock", "export", "erase"
_ACTS = {
    VOID: "作废",
    CLOCK: "确认电脑时间",
    EXPORT: "导出未遮盖的资料",
    ERASE: "清除到期的个人信息",
}


class SignedIn:
    """The person at one open desk; nobody where sign-in is off."""

    def __init__(self, folder: Path, store: Store, who: Pass | None) -> None:
        """Take the open store and the pass that opened it."""
        self._folder = folder
        self._store = store
        self._pass = who
        self._approvals: set[Approval] = set()

    @property
    def who(self) -> Clerk | None:
        """Name and role of who signed in; None where sign-in is off."""
        return None if self._pass is None else Clerk(self._pass.name, self._pass.role)

    @property
    def recovered(self) -> bool:
        """Whether the recovery key opened; secrets should be set anew."""
        return self._pass is not None and self._pass.recovered

    @property
    def recovery_missing(self) -> bool:
        """Whether sign-in is on and no recovery slot is left."""
        if self._pass is None:
            return False
        return access.slots_of(self._folder, self._store.data_key).recovery is None

    def clerks(self) -> tuple[Clerk, ...]:
        """Give who can sign in."""
        return access.state(self._folder).clerks

    def begin(self, at: datetime) -> None:
        """Keep in the ledger who opened it, and which tries failed before.

        Raises:
            SlotsOlderError: The key slots are older than the ledger knows.
            StoreError: The ledger failed.
        """
        if self._pass is None:
            return
        older = self._pass.revision < self._last_revision()
        if older and not self._pass.recovered:
            raise SlotsOlderError
        self._tell_refused(at)
        self._note("recovered" if self._pass.recovered else "signed-in", at)
        if older and not self._store.read_only:
            # Whoever has the recovery key says that these are the ones to go on with.
            self._write(self._slots())
            self._note("older-slots-accepted", at)

    def unlock(self, name: str, secret: str, at: datetime) -> Clerk:
        """Let somebody go on at a desk that was locked, the same or another.

        Raises:
            SignInRefusedError: The name or secret is wrong, or it is too
                early to try.
        """
        given = self._sign_in(name, secret, at)
        self._pass = given
        self._note("signed-in", at)
        return Clerk(given.name, given.role)

    def approve(self, name: str, secret: str, act: str, at: datetime) -> Approval:
        """Let a supervisor agree to one act of somebody else.

        Args:
            name: The supervisor's name.
            secret: The supervisor's secret.
            act: ``void``, ``clock`` or ``export``.
            at: When.

        Raises:
            SignInRefusedError: The name or secret is wrong, or it is too
                early to try.
            SupervisorNeededError: It is no supervisor's name.
        """
        given = self._sign_in(name, secret, at)
        if given.role != SUPERVISOR:
            raise SupervisorNeededError(f"“{given.name}”不是主管，{_ACTS[act]}没有做；请主管登录。")
        approval = Approval(act, given.name, secrets.token_hex(16))
        self._approvals.add(approval)
        self._note("approved", at, by=given.name, role=given.role, **{"for": act})
        return approval

    def require(self, act: str, approval: Approval | None = None) -> None:
        """See that an act is allowed here and now; uses the approval up.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            SupervisorNeededError: A supervisor must agree first.
        """
        if self._pass is None or self._pass.role == SUPERVISOR:
            return
        if self._pass.role == AUDITOR and act != EXPORT:
            raise AuditorLooksOnlyError
        if approval is None or approval.act != act or approval not in self._approvals:
            raise SupervisorNeededError(
                f"{_ACTS[act]}要主管同意，没有做，已有数据不变；请主管输入姓名和口令。"
            )
        self._approvals.remove(approval)

    def require_clerk(self) -> None:
        """See that who is here may issue and print.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
        """
        if self._pass is not None and self._pass.role == AUDITOR:
            raise AuditorLooksOnlyError

    def reveal(self, number: str, at: datetime, clerk: str = "") -> str:
        """Give the whole ID number of a notice; that it was shown is kept first.

        Args:
            number: The notice's number.
            at: When.
            clerk: Who asks, where sign-in is off.

        Returns:
            The number; empty when there is none, or it was erased.

        Raises:
            NoticeUnknownError: No notice has this number.
            StoreError: It could not be kept, so nothing is shown.
        """
        found = self._store.ledger.search(number, 1).entries
        if not found or found[0].number != number:
            raise NoticeUnknownError
        name = clerk if self._pass is None else self._pass.name
        self._store.note(NewEvent("reveal", at, name), number)
        return found[0].id_number or ""

    def add_clerk(self, clerk: NewClerk, at: datetime) -> None:
        """Let one more person sign in.

        Raises:
            SupervisorNeededError: Who is here is no supervisor.
            ClerkInvalidError: The name or role cannot be used.
            SecretTooWeakError: The secret would be guessed.
            OSError: The key files cannot be written.
        """
        self._require_supervisor()
        new = require_usable(clerk)
        slots = self._slots()
        if any(self._named(slot, new.name) for slot in slots):
            raise ClerkInvalidError(f"已有经办人“{new.name}”，没有保存；请加以区分后重试。")
        made = lock_for_clerk(self._store.data_key, new.name, new.role, new.secret)
        access.tries_at(self._folder).admit(new.name)
        self._write((made, *slots))
        self._note("clerk-added", at, name=new.name, role=new.role)

    def remove_clerk(self, name: str, at: datetime) -> None:
        """Let a person sign in no more; the data key stays the same.

        Raises:
            SupervisorNeededError: Who is here is no supervisor.
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
        name = plain_name(name)
        if self._pass is not None and self._pass.name == name:
            self._sign_in(name, secret, at)
        else:
            self._require_supervisor()
        role = next((clerk.role for clerk in self.clerks() if clerk.name == name), None)
        if role is None:
            raise ClerkInvalidError(f"没有经办人“{name}”，没有更改；请核对姓名。")
        made = require_usable(NewClerk(name, role, new))
        locked = lock_for_clerk(self._store.data_key, name, role, made.secret)
        others = (slot for slot in self._slots() if not self._named(slot, name))
        self._write((locked, *others))
        access.tries_at(self._folder).admit(name)
        self._note("secret-changed", at, name=name)

    def begin_recovery(self) -> NewRecovery:
        """Begin to replace a recovery key whose paper was lost or seen.

        Raises:
            SupervisorNeededError: Who is here is no supervisor.
            SignInOffError: Sign-in is off.
        """
        self._require_supervisor()
        return NewRecovery(self)

    def lock_for(self, private: bytes, at: datetime) -> None:
        """Let this recovery key open from now on, and no other."""
        self._require_supervisor()
        made = lock_for_recovery(self._store.data_key, public_half(private))
        others = (slot for slot in self._slots() if not isinstance(slot, RecoverySlot))
        self._write((*others, made))
        self._note("recovery-renewed", at)

    def _sign_in(self, name: str, secret: str, at: datetime) -> Pass:
        try:
            given = access.sign_in(self._folder, name, secret)
        except SignInRefusedError:
            self._tell_refused(at)
            raise
        if given.key != self._store.data_key:
            raise SignInRefusedError("这是另一个台账的口令，没有登录；请核对后重试。")
        return given

    def _require_supervisor(self) -> None:
        if self._pass is None:
            raise SignInOffError
        if self._pass.role != SUPERVISOR:
            raise SupervisorNeededError

    def _slots(self) -> tuple[Slot, ...]:
        return access.slots_of(self._folder, self._store.data_key).slots

    def _write(self, slots: tuple[Slot, ...]) -> None:
        self._store.require_writable()
        places, key = Places(self._folder), self._store.data_key
        lying = key_slots.highest_revision(key, places.key_file, places.key_copy)
        revision = max(lying, self._last_revision()) + 1
        made = vouch(key, revision, slots)
        key_slots.write_slots(made, places.key_file, places.key_copy)
        if self._pass is not None:
            self._pass = replace(self._pass, revision=revision)

    def _last_revision(self) -> int:
        last = self._store.last_detail("sign-in").get("slots", 0)
        return last if isinstance(last, int) else 0

    def _tell_refused(self, at: datetime) -> None:
        tries = access.tries_at(self._folder)
        untold = tries.untold()
        if untold and not self._store.read_only:
            detail = {"what": "sign-in", "tries": untold}
            self._store.note(NewEvent("failure", at, "", detail=detail))
            tries.told()

    def _note(self, act: str, at: datetime, *, by: str = "", **more: str) -> None:
        if self._pass is None or self._store.read_only:
            return
        detail = {"act": act, "role": self._pass.role, "slots": self._pass.revision, **more}
        self._store.note(NewEvent("sign-in", at, by or self._pass.name, detail=detail))

    @staticmethod
    def _named(slot: Slot, name: str) -> bool:
        return isinstance(slot, ClerkSlot) and slot.name.casefold() == plain_name(name).casefold()


class NewRecovery:
    """Another recovery key on its way; nothing is changed until it was tried.

    Attributes:
        recovery_text: What is printed once.
    """

    def __init__(self, signed_in: SignedIn) -> None:
        """Make the key; ``SignedIn.begin_recovery`` is how it begins."""
        self._signed_in = signed_in
        self._private = make_recovery_key()
        self.recovery_text = write_recovery_text(self._private)

    def finish(self, typed_back: str, at: datetime) -> None:
        """Take the new key into use; the old one opens nothing from then on.

        Raises:
            RecoveryUntestedError: What was typed is not the new key.
            OSError: The key files cannot be written.
        """
        require_typed_back(self._private, typed_back)
        self._signed_in.lock_for(self._private, at)
