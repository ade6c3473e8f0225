"""Open a closed ledger: whether sign-in is on, signing in, recovering.

Returns a credential that opens the ledger. Works on a closed folder; what is
done while the ledger is open is in ``desk_access``. An attempt is counted
before it is made, and nothing is computed during a waiting time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from medcounter.desk.access.access_errors import (
    RecoveryRefusedError,
    SignInOffError,
    SignInOnError,
    SignInRefusedError,
)
from medcounter.desk.access.access_records import (
    AUDITOR,
    CLERK,
    LOCKED,
    NEW,
    OPEN,
    RECOVERED,
    SUPERVISOR,
    AccessState,
    Approval,
    Clerk,
    Credential,
    NewClerk,
)
from medcounter.desk.access.older_slots import renewed
from medcounter.desk.access.sign_in_setup import SignInSetup, plain_name
from medcounter.store.backups import backup
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.folder_lock import FolderLock
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.store_errors import StoreError, StoreInUseError
from medcounter.trust import slot_files
from medcounter.trust.attempts import Attempts
from medcounter.trust.clerk_secret import normal_secret
from medcounter.trust.data_key import DataKey
from medcounter.trust.key_wrapping import open_for_clerk, open_for_recovery
from medcounter.trust.recovery_text import read_recovery_text
from medcounter.trust.slot_format import Slots
from medcounter.trust.trust_errors import KeySlotMissingError

__all__ = [
    "AUDITOR",
    "CLERK",
    "LOCKED",
    "NEW",
    "OPEN",
    "RECOVERED",
    "SUPERVISOR",
    "AccessState",
    "Approval",
    "Clerk",
    "Credential",
    "NewClerk",
    "SignInSetup",
    "begin",
    "choose_open",
    "recover",
    "sign_in",
    "slots_of",
    "state",
    "tries_at",
    "wait_seconds",
]

_NOBODY = ""


def state(folder: Path) -> AccessState:
    """Describe how a folder is opened; touches nothing.

    Raises:
        KeySlotError: There is a ledger, and no key file that can be read.
    """
    paths = DataFolder(folder)
    if not paths.key_file.exists() and not paths.key_copy.exists():
        if paths.ledger.exists() or backup.backups(paths.backups):
            raise KeySlotMissingError
        return AccessState(NEW)
    read = slot_files.read_slots(paths.key_file, paths.key_copy)
    if locked := _locked(read):
        clerks = _clerks(locked)
        waits = [wait_seconds(folder, clerk.name) for clerk in clerks]
        slots = (slot for each in locked for slot in each.clerks)
        too_much = dict.fromkeys(slot.name for slot in slots if slot.opens_too_much)
        return AccessState(LOCKED, clerks, min(waits, default=0), tuple(too_much))
    chosen = any(slots.clear is not None and slots.clear.chosen for slots in read)
    return AccessState(OPEN if chosen else NEW)


def wait_seconds(folder: Path, name: str) -> int:
    """Return how long somebody must wait before the next try; 0 for no time."""
    return tries_at(folder).wait(name)


def choose_open(folder: Path, at: datetime) -> None:
    """Go without sign-in by an explicit choice, which the ledger keeps.

    Raises:
        SignInOnError: Sign-in is on already.
        MedCounterError: The folder cannot be opened or written.
    """
    if state(folder).kind == LOCKED:
        raise SignInOnError
    paths = DataFolder(folder)
    store = open_store(folder, at=at)
    try:
        store.require_writable()
        slot_files.write_clear_slot(store.data_key, paths.key_file, paths.key_copy, chosen=True)
        store.note(NewEvent("sign-in", at, "", detail={"act": "chosen-open"}))
    finally:
        store.close(with_backup=False)


def begin(folder: Path) -> SignInSetup:
    """Begin to turn sign-in on: make the recovery key that is to be printed.

    Raises:
        SignInOnError: Sign-in is on already.
        KeySlotError: The key files cannot be used.
    """
    if state(folder).kind == LOCKED:
        raise SignInOnError
    return SignInSetup(folder, tries_at(folder))


def sign_in(folder: Path, name: str, secret: str, *, beside: Path | None = None) -> Credential:
    """Let somebody in.

    Args:
        folder: The data folder.
        name: The clerk's name.
        secret: As typed.
        beside: Folder of a backup whose own key slots are to be opened.

    Raises:
        SignInRefusedError: The name or secret is wrong, or it is too early
            to try; the text says how many seconds to wait.
        SignInOffError: There is nothing to sign in to.
        KeySlotError: The key files cannot be used.
    """
    read = _slots_at(folder, beside)
    name = plain_name(name)
    tries = tries_at(folder) if beside is None else _tries_elsewhere(folder)
    known = any(clerk.name == name for clerk in _clerks(read))
    # What was typed for a name that nobody has may be a secret: it is not kept.
    counted = name if known else _NOBODY
    with _one_at_a_time(DataFolder(folder)):
        if wait := tries.wait(counted):
            raise SignInRefusedError(_too_early(wait), wait)
        tries.record_attempt(counted)
        given = _open_slot(read, name, normal_secret(secret))
        if given is None:
            wait = tries.wait(counted)
            way_on = f"请等 {wait} 秒再试" if wait else "请核对大小写和输入法后重试"
            raise SignInRefusedError(f"姓名或口令不对，没有登录；{way_on}。", wait)
        tries.record_success(counted)
        if beside is None:
            given = renewed(folder, given, normal_secret(secret))
    return given


def recover(folder: Path, recovery_text: str, *, beside: Path | None = None) -> Credential:
    """Let in whoever has the recovery key; the clerks' waiting ends.

    Args:
        folder: The data folder.
        recovery_text: As typed from the paper.
        beside: Folder of a backup whose own key slots are to be opened.

    Raises:
        RecoveryTextError: A slip of typing; the text names the group.
        RecoveryRefusedError: It is the recovery key of another ledger.
        SignInOffError: Nothing is locked.
        KeySlotError: The key files cannot be used.
    """
    read = _slots_at(folder, beside)
    private = read_recovery_text(recovery_text)
    for slots in read:
        key = None if slots.recovery is None else open_for_recovery(slots.recovery, private)
        if key is not None:
            tries = tries_at(folder)
            for clerk in slots.clerks if beside is None else ():
                tries.reset(clerk.name)
            return Credential(RECOVERED, SUPERVISOR, key, slots.revision, recovered=True)
    raise RecoveryRefusedError


def slots_of(folder: Path, key: DataKey) -> Slots:
    """Return the key slots of an open ledger, as they lie there.

    Raises:
        SignInOffError: The key lies open.
        KeySlotError: The key files cannot be used.
    """
    read = _slots_at(folder, None)
    return next((slots for slots in read if slots.key_id == key.id), read[0])


@cache
def tries_at(folder: Path) -> Attempts:
    """Return the tries at a folder; the same object for the whole program."""
    paths = DataFolder(folder)
    return Attempts(paths.tries, paths.tries_copy)


@cache
def _tries_elsewhere(folder: Path) -> Attempts:
    # Who has the backup can try its slots without us, so nothing is gained by more.
    return Attempts(DataFolder(folder).tries_elsewhere, lost_counts_as=0)


def _slots_at(folder: Path, beside: Path | None) -> tuple[Slots, ...]:
    paths = DataFolder(folder)
    if beside is None:
        path, copy = paths.key_file, paths.key_copy
    else:
        path = copy = beside / paths.key_file.name
    locked = _locked(slot_files.read_slots(path, copy))
    if not locked:
        raise SignInOffError
    return locked


def _locked(read: tuple[Slots, ...]) -> tuple[Slots, ...]:
    return tuple(slots for slots in read if slots.clear is None)


def _clerks(read: tuple[Slots, ...]) -> tuple[Clerk, ...]:
    named = [Clerk(slot.name, slot.role) for slots in read for slot in slots.clerks]
    return tuple(dict.fromkeys(named))


def _open_slot(read: tuple[Slots, ...], name: str, secret: str) -> Credential | None:
    for slots in read:
        for slot in slots.clerks:
            key = open_for_clerk(slot, secret) if slot.name == name else None
            if key is not None:
                return Credential(name, slot.role, key, slots.revision)
    return None


def _too_early(wait: int) -> str:
    return f"输错次数太多，还要等 {wait} 秒才能再试，没有登录；忘了口令的请主管重设。"


@contextmanager
def _one_at_a_time(paths: DataFolder) -> Iterator[None]:
    """Keep several programs from trying at once, each before the others count."""
    try:
        hold = FolderLock(paths.signing_in)
    except StoreInUseError as err:
        raise SignInRefusedError("另一处正在登录，没有登录；请稍后重试。", 1) from err
    except StoreError:  # a folder that cannot be written can still be looked into
        yield
        return
    try:
        yield
    finally:
        hold.release()
