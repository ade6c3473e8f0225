"""Turn sign-in on: clerks, secrets, and a tested recovery key.

Returns a credential once every slot has been opened as a test and everything
is on disk. Nothing is changed before that; interrupted at any moment, the
folder is either open as before or locked as intended.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    RecoveryUntestedError,
    SignInOnError,
    SupervisorMissingError,
)
from medcounter.desk.access.access_records import (
    AUDITOR,
    RESERVED_NAMES,
    ROLE_NAMES,
    SUPERVISOR,
    Credential,
    NewClerk,
)
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust import slot_files
from medcounter.trust.attempts import Attempts
from medcounter.trust.clerk_secret import normal_secret, require_strong
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import (
    lock_for_clerk,
    lock_for_recovery,
    make_recovery_key,
    open_for_clerk,
    open_for_recovery,
    public_half,
)
from medcounter.trust.recovery_text import read_recovery_text, write_recovery_text
from medcounter.trust.signer import recovery_signer
from medcounter.trust.slot_format import LONGEST_NAME, Slots, authenticate, dump, load
from medcounter.trust.trust_errors import KeySlotDamagedError, KeySlotError, RecoveryTextError

NOBODY = ""


class SignInSetup:
    """A set-up in progress; the recovery key exists here and on paper only.

    Attributes:
        recovery_text: What is printed once: 13 groups of five characters.
    """

    def __init__(self, folder: Path, tries: Attempts) -> None:
        """Make the recovery key; ``access.begin`` is how a set-up begins."""
        self._folder = folder
        self._tries = tries
        self._private = make_recovery_key()
        self.recovery_text = write_recovery_text(self._private)

    def finish(self, clerks: tuple[NewClerk, ...], typed_back: str, at: datetime) -> Credential:
        """Lock the data key, once every slot was opened again.

        Args:
            clerks: Who shall sign in, at least one supervisor; the first
                supervisor gets the pass.
            typed_back: The recovery key as typed from its paper.
            at: When, with its zone.

        Raises:
            RecoveryUntestedError: What was typed is not the recovery key;
                the text names the group with the slip.
            ClerkInvalidError: A name or role cannot be used.
            SecretTooWeakError: A secret would be guessed.
            SupervisorMissingError: Nobody is a supervisor.
            SignInOnError: Somebody else was quicker.
            MedCounterError: The folder cannot be opened or written.
        """
        require_typed_back(self._private, typed_back)
        named = [require_usable(clerk) for clerk in clerks]
        first = _first_supervisor(named)
        paths = DataFolder(self._folder)
        if paths.key_file.exists() and slot_files.is_locked(paths.key_file, paths.key_copy):
            raise SignInOnError
        store = open_store(self._folder, at=at)
        try:
            store.require_writable()
            return self._lock(store, named, first, at)
        finally:
            store.close(with_backup=False)

    def _lock(
        self, store: Store, named: list[NewClerk], first: NewClerk, at: datetime
    ) -> Credential:
        paths, key = DataFolder(self._folder), store.data_key
        revision = slot_files.highest_revision(key, paths.key_file, paths.key_copy) + 1
        slots = self._slots(key, named, revision)
        pass_key = self._require_opening(slots, key, named)[first.name]
        self._tell(store, (named, slots), first, at)
        self._tries.begin((NOBODY, *(clerk.name for clerk in named)))
        slot_files.write_slots(slots, paths.key_file, paths.key_copy)
        for path in (paths.key_file, paths.key_copy):
            if path.read_bytes() != dump(slots):
                raise KeySlotDamagedError
        for path, other in _left_open(paths):
            slot_files.replace_file(path, dump(self._slots(other, named, 1)))
        return Credential(first.name, first.role, pass_key, revision)

    def _tell(
        self, store: Store, locked: tuple[list[NewClerk], Slots], first: NewClerk, at: datetime
    ) -> None:
        """Record the owners of keys, signed by the hall, before any key is used.

        Cut off after it the ledger lies open as before, and the next set-up
        says it anew.
        """
        hall = recovery_signer(self._private)
        detail = {
            "act": "set-up",
            "clerks": [[clerk.name, clerk.role] for clerk in locked[0]],
            "hall": hall.public,
            "keys": {slot.name: slot.public for slot in locked[1].clerks},
            "slots": locked[1].revision,
        }
        with store.chain_key.lent(hall, "sign-in"):
            store.note(NewEvent("sign-in", at, first.name, detail=detail))

    def _slots(self, key: DataKey, named: list[NewClerk], revision: int) -> Slots:
        locked = (lock_for_clerk(key, (one.name, one.role), one.secret) for one in named)
        recovery = lock_for_recovery(key, public_half(self._private))
        return authenticate(key, revision, (*locked, recovery))

    def _require_opening(
        self, written: Slots, key: DataKey, named: list[NewClerk]
    ) -> dict[str, DataKey]:
        """Open the new key file by each of its slots, and return what each opens."""
        slots = load(dump(written))
        if slots is None or slots.recovery is None or not slots.vouched_by(key):
            raise KeySlotDamagedError
        by_hall = open_for_recovery(slots.recovery, self._private)
        opened = {
            clerk.name: open_for_clerk(slot, clerk.secret)
            for slot, clerk in zip(slots.clerks, named, strict=True)
        }
        lesser = {clerk.name for clerk in named if clerk.role == AUDITOR}
        needed = {name: key.auditors if name in lesser else key for name in opened}
        if by_hall != key or opened != needed:
            raise KeySlotDamagedError
        return {name: each for name, each in opened.items() if each is not None}


def plain_name(name: str) -> str:
    """Return the one form of a clerk's name, however it was typed."""
    return unicodedata.normalize("NFKC", name).strip()


def require_typed_back(private: bytes, typed_back: str) -> None:
    """Require that the recovery key typed from paper is the one made.

    Raises:
        RecoveryUntestedError: It is not; the text names the slip.
    """
    try:
        typed = read_recovery_text(typed_back)
    except RecoveryTextError as err:
        raise RecoveryUntestedError(err.text.replace("没有打开", "登录还没有启用")) from err
    if typed != private:
        raise RecoveryUntestedError


def require_usable(clerk: NewClerk) -> NewClerk:
    """Return a clerk with name and secret in their normal form.

    Raises:
        ClerkInvalidError: The name or role cannot be used.
        SecretTooWeakError: The secret would be guessed.
    """
    name = plain_name(clerk.name)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ClerkInvalidError(
            f"经办人姓名是空的、超过 {LONGEST_NAME} 个字，或有看不见的字符，没有保存；"
            "请改正后重试。"
        )
    if clerk.role not in ROLE_NAMES or name in RESERVED_NAMES:
        raise ClerkInvalidError
    require_strong(clerk.secret, name)
    return NewClerk(name, clerk.role, normal_secret(clerk.secret))


def _first_supervisor(named: list[NewClerk]) -> NewClerk:
    if len({clerk.name.casefold() for clerk in named}) != len(named):
        raise ClerkInvalidError("有两名经办人姓名相同，没有保存；请加以区分后重试。")
    for clerk in named:
        if clerk.role == SUPERVISOR:
            return clerk
    raise SupervisorMissingError


def _left_open(paths: DataFolder) -> Iterator[tuple[Path, DataKey]]:
    """Yield the key files of replaced ledgers that anyone can read."""
    for path in paths.replaced_key_files():
        try:
            keys = slot_files.read_data_keys(path, path)
        except KeySlotError:
            continue
        yield path, keys[0]
