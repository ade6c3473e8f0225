"""The person signed in at an open desk, and their permissions.

Provides the name that notices and events carry, and refuses what the role may
not do. A supervisor's approval is valid for one act. Every sign-in and refusal
is an event in the ledger.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    AuditorLooksOnlyError,
    SigningKeyUnknownError,
    SlotsOlderError,
    SupervisorNeededError,
)
from medcounter.desk.access.access_records import (
    AUDITOR,
    CLERK,
    SUPERVISOR,
    Approval,
    Clerk,
    Credential,
)
from medcounter.desk.access.guarded_settings import GUARDS
from medcounter.desk.access.open_slots import OpenSlots
from medcounter.desk.access.own_secret import OwnSecret
from medcounter.store.journal.act_roles import TOLD_BY_AUDITOR
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import Signatories
from medcounter.store.opening.store import Store
from medcounter.store.store_errors import NoticeUnknownError
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.forgetting import wipe
from medcounter.trust.signer import Signer
from medcounter.trust.slot_format import ClerkSlot, Slot

if TYPE_CHECKING:
    from medcounter.desk.access.clerk_administration import ClerkAdministration

_Step = TypeVar("_Step")
VOID, CLOCK, EXPORT, ERASE = "void", "clock", "export", "erase"
VOID_RUN = "void-run"
TAKE_OVER = "take-over"
_ACTS = {
    VOID: "作废",
    VOID_RUN: "整批作废",
    CLOCK: "确认电脑时间",
    EXPORT: "导出未遮盖的资料",
    ERASE: "清除到期的个人信息",
    TAKE_OVER: "接过别人的规则草稿",
}
_SIGNED = {
    VOID: ("void",),
    VOID_RUN: ("void",),
    CLOCK: ("override",),
    EXPORT: ("export",),
    ERASE: ("erase",),
    TAKE_OVER: ("rule-draft",),
}


class Permit:
    """What was allowed: whoever agreed signs, for as long as the act takes."""

    def __init__(self, chain_key: ChainKey, signer: Signer | None, act: str) -> None:
        """Take who signs; None for whoever is here."""
        self._key, self._signer, self._kinds = chain_key, signer, _SIGNED[act]

    def during(self) -> AbstractContextManager[None]:
        """Let the act be signed in a block, by whoever agreed."""
        return self._key.lent(self._signer, *self._kinds)

    def each(self, steps: Iterator[_Step]) -> Iterator[_Step]:
        """Give what an act yields; between two of its steps nothing is lent."""
        while True:
            with self.during():
                try:
                    step = next(steps)
                except StopIteration:
                    return
            yield step


class DeskAccess:
    """The person signed in at one open desk; nobody where sign-in is off.

    Attributes:
        slots: Who may open the ledger, and by which pass it is open.
        own_secret: Asks who is here for the own secret before each signature.
        recovery_unvouched: Whether no supervisor ever named the recovery key, as in
            ledgers of before: who comes by it is as good as a clerk.
    """

    def __init__(self, folder: Path, store: Store, who: Credential | None) -> None:
        """Take the open store and the pass that opened it."""
        self._store = store
        self.slots = OpenSlots(folder, store, who)
        self._folder = folder
        self.own_secret = OwnSecret(folder, self.slots)
        self._approvals: dict[Approval, Signer] = {}
        self.recovery_unvouched = False

    @cached_property
    def clerks(self) -> ClerkAdministration:
        """Who can sign in, and the changes the person here may make."""
        # Not for a start: it brings what locks slots.
        from medcounter.desk.access.clerk_administration import (  # noqa: PLC0415 - see above
            ClerkAdministration,
        )

        return ClerkAdministration(self._folder, self._store.data_key, self.slots)

    @property
    def who(self) -> Clerk | None:
        """Name and role of who signed in; None where sign-in is off."""
        given = self.given
        return None if given is None else Clerk(given.name, given.role)

    @property
    def given(self) -> Credential | None:
        """What opens this ledger again; None where sign-in is off."""
        return self.slots.credential

    @property
    def recovered(self) -> bool:
        """Whether the recovery key opened; secrets should be set anew."""
        return self.given is not None and self.given.recovered

    @property
    def recovery_missing(self) -> bool:
        """Whether sign-in is on and no recovery slot is left."""
        return self.given is not None and not self.slots.has_recovery

    def begin(self, at: datetime) -> None:
        """Keep in the ledger who opened it, and which tries failed before.

        Raises:
            SlotsOlderError: The key slots are older than the ledger knows.
            StoreError: The ledger failed.
        """
        given = self.given
        if given is None:
            return
        # Asked once: a ledger of years holds thousands of sign-ins.
        known = None if self.only_looks else self._store.signatories()
        older = given.revision < self.slots.last_revision(given.name, known)
        if older and not given.recovered:
            raise SlotsOlderError
        self._arrive(given, at, known)
        self.slots.tell_refused(at)
        self._take_in_notes(given, at)
        if older and not self._store.read_only:
            # Whoever has the recovery key says that these are the ones to go on with.
            self.slots.write(self._still_here())
            self.slots.note("older-slots-accepted", at)

    def check(self, name: str, secret: str) -> Credential:
        """Check a secret, which takes long; touches no ledger, so that any thread may.

        Who is refused is told to the ledger by ``slots.tell_refused``.

        Raises:
            SignInRefusedError: The name or secret is wrong, or it is too
                early to try.
        """
        return sign_in.sign_in(self._folder, name, secret)

    def unlock(self, given: Credential, at: datetime) -> Clerk:
        """Let somebody whose secret was checked go on at a locked desk.

        Raises:
            SignInRefusedError: It is another ledger's.
            SigningKeyUnknownError: The ledger knows another key for this name.
            SlotsOlderError: The slots are older than a removal.
        """
        self.slots.require_here(given)
        signer = given.key.signer
        if signer is not None and not self._store.read_only:
            _require_known(self._store.signatories(), given, signer)
        self.slots.credential = given
        self._store.chain_key.signer = given.key.signer or self._store.chain_key.desk
        self._approvals.clear()
        self._arrive(given, at)
        return Clerk(given.name, self.slots.credential.role)

    def forget(self) -> None:
        """Overwrite the key of a desk that is closed; it opens nothing any more."""
        wipe(self._store.data_key.secret)

    def _still_here(self) -> tuple[Slot, ...]:
        """Leave out whoever the ledger says was removed since, or has another role.

        Who was given another secret since stays, and is let in again by another one:
        nobody's old key counts anew, however the key file came back.
        """
        known = self._store.signatories()
        return tuple(
            slot
            for slot in self.slots.read()
            if not isinstance(slot, ClerkSlot) or known.has_role(slot.name, slot.role)
        )

    def _arrive(self, given: Credential, at: datetime, known: Signatories | None = None) -> None:
        """Keep who is here, and by which key they sign where the ledger does not know it.

        Raises:
            SigningKeyUnknownError: The ledger knows another key for this name.
        """
        signer = given.key.signer
        act = "recovered" if given.recovered else "signed-in"
        if signer is None or self._store.read_only:
            self.slots.note(act, at)
            return
        known = known or self._store.signatories()
        _require_known(known, given, signer)
        self.recovery_unvouched = not known.recovery_keys and not known.takes_any_recovery
        if given.recovered:
            # The last way in: never shut, and verifying says what it finds.
            self.slots.note(act, at, **({} if known.recovery_keys else {"hall": signer.public}))
            if self.recovery_unvouched:
                self.slots.credential = replace(given, role=CLERK)
        elif known.knows(signer.public, given.name, given.role):
            self.slots.note(act, at)
        else:
            self.slots.note(act, at, key=signer.public)

    def _take_in_notes(self, given: Credential, at: datetime) -> None:
        """Take in what auditors did since, each by the signature of their own slot."""
        if self._store.read_only:
            return
        notes, strange = self._store.auditors.notes()
        if not notes and not strange:
            return
        known = self._store.signatories()
        slots = {
            (slot.name, slot.public) for slot in self.slots.read() if isinstance(slot, ClerkSlot)
        }
        theirs = tuple(
            note
            for note in notes
            if (note.name, note.public) in slots or known.knew(note.public, note.name, AUDITOR)
        )
        detail = {"act": TOLD_BY_AUDITOR, "role": AUDITOR, "slots": given.revision}
        taken = NewEvent("sign-in", at, given.name, detail=detail)
        if strange := strange + len(notes) - len(theirs):
            failure = {"what": "auditor-notes", "lines": strange}
            self._store.note(NewEvent("failure", at, "", detail=failure))
        self._store.auditors.take_in(theirs, taken)

    def approve(self, name: str, secret: str, act: str, at: datetime) -> Approval:
        """Let a supervisor agree to one act of somebody else.

        Args:
            name: The supervisor's name.
            secret: The supervisor's secret.
            act: What may then be done once, one of the acts named above.
            at: When.

        Raises:
            AuditorLooksOnlyError: An auditor is here, whose copy holds nothing
                that a supervisor could let out.
            SignInRefusedError: The name or secret is wrong, or it is too
                early to try.
            SupervisorNeededError: It is no supervisor's name.
        """
        self._require_more_than_looking()
        return self.approve_by(self.slots.let_in(name, secret, at), act, at)

    def approve_by(self, given: Credential, act: str, at: datetime) -> Approval:
        """Let a supervisor whose secret was checked agree to one act.

        Raises:
            AuditorLooksOnlyError: An auditor is here.
            SignInRefusedError: It is another ledger's supervisor.
            SigningKeyUnknownError: The ledger knows another key for this name.
            SupervisorNeededError: It is no supervisor's name.
        """
        self._require_more_than_looking()
        if given.role != SUPERVISOR:
            raise SupervisorNeededError(f"“{given.name}”不是主管，{_ACTS[act]}没有做；请主管登录。")
        self.slots.require_here(given)
        signer = given.key.signer
        if signer is not None and not self._store.read_only:
            _require_known(self._store.signatories(), given, signer)
        approval = Approval(act, given.name, secrets.token_hex(16))
        signer = given.key.signer or self._store.chain_key.desk
        self._approvals[approval] = signer
        with self._store.chain_key.lent(signer, "sign-in"):
            self.slots.note("approved", at, by=given.name, role=given.role, **{"for": act})
        return approval

    def _require_more_than_looking(self) -> None:
        if self.only_looks:
            raise AuditorLooksOnlyError(
                "审计人员看的副本里没有姓名和证件号码，主管同意也没有，这一步没有做；请主管自己登录后办理。"
            )

    def require(self, act: str, approval: Approval | None = None) -> Permit:
        """See that an act is allowed here and now; uses the approval up.

        Returns:
            What the act is done under.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            SupervisorNeededError: A supervisor must agree first.
        """
        if self.given is None or self.given.role == SUPERVISOR:
            return Permit(self._store.chain_key, None, act)
        if self.given.role == AUDITOR and act != EXPORT:
            raise AuditorLooksOnlyError
        if approval is None or approval.act != act or approval not in self._approvals:
            raise SupervisorNeededError(
                f"{_ACTS[act]}要主管同意，没有做，已有数据不变；请主管输入姓名和口令。"
            )
        # The act is signed by who agreed, whoever does it.
        return Permit(self._store.chain_key, self._approvals.pop(approval), act)

    @property
    def is_supervisors(self) -> bool:
        """Whether who is here may do what a supervisor does."""
        return self.given is not None and self.given.role == SUPERVISOR

    @property
    def only_looks(self) -> bool:
        """Whether an auditor is here, of whom nothing is kept but that they were."""
        return self.given is not None and self.given.role == AUDITOR

    def require_clerk(self) -> None:
        """See that who is here may issue and print.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
        """
        if self.only_looks:
            raise AuditorLooksOnlyError

    def require_supervisor_here(self) -> None:
        """See that nobody but a supervisor loosens how this counter is guarded.

        Raises:
            SupervisorNeededError: Sign-in is on and somebody else is here.
        """
        if self.given is not None and self.given.role != SUPERVISOR:
            raise SupervisorNeededError(
                f"{'、'.join(GUARDS.values())}只有主管能改，设置没有保存，原来的照旧；"
                "请主管登录后再改。"
            )

    def reveal(self, number: str, at: datetime, clerk: str = "") -> str:
        """Return the whole ID number of a notice; that it was shown is kept first.

        Args:
            number: The notice's number.
            at: When.
            clerk: Who asks, where sign-in is off.

        Returns:
            The number; empty when there is none, or it was erased.

        Raises:
            AuditorLooksOnlyError: An auditor sees masked numbers only.
            NoticeUnknownError: No notice has this number.
            StoreError: It could not be kept, so nothing is shown.
        """
        self.require_clerk()
        found = self._store.ledger.search(number, 1).rows
        if not found or found[0].number != number:
            raise NoticeUnknownError
        name = clerk if self.given is None else self.given.name
        self._store.note(NewEvent("reveal", at, name), number)
        return found[0].id_number or ""


def _require_known(known: Signatories, given: Credential, signer: Signer) -> None:
    """See that the ledger knows the key by which somebody would sign.

    A slot alone is no witness: whoever holds the data key can write one.

    Raises:
        SigningKeyUnknownError: It knows another key for this name.
    """
    introduced = known.may_introduce(given.name, given.role)
    known_here = known.knows(signer.public, given.name, given.role)
    if not (given.recovered or known_here or introduced):
        raise SigningKeyUnknownError
