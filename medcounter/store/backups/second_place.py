"""Keep the newest backup at a second place, such as a USB stick.

Reports whether a verified copy is there and when the last one was made. Does
not touch the open ledger, so all of it may run in any thread.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medcounter.destinations import require_outside
from medcounter.files import (
    FileTooLargeError,
    make_folder,
    open_anew,
    read_bounded,
    write_durably,
)
from medcounter.store.backups import backup
from medcounter.store.backups.backup import Backup, LedgerEnd
from medcounter.store.backups.drafts_copy import carry_drafts
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger.ledger_proof import Proof
from medcounter.store.store_errors import BackupFailedError, StoreError
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain, slot_files
from medcounter.trust.data_key import DataKey

_LARGEST_NOTE = 10_000
_PARTIAL = ".partial"
_SLICE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was copied to the second place last.

    Attributes:
        folder: The folder that was set then.
        day: The day it was copied.
        events: How many events the copy holds.
        head: The last of them with its code.
    """

    folder: str
    day: date
    events: int
    head: str = ""


@dataclass(frozen=True, slots=True)
class Mirror:
    """One copying of the newest backup, to be done in any thread.

    Attributes:
        paths: The data folder.
        folder: The folder that is set.
        proof: What the copy must pass; says too when to stop.
        newest: The backup; None where there is none yet.
        noted: Whether this is the second place that is set, so that the copy
            is remembered.
    """

    paths: DataFolder
    folder: str
    proof: Proof
    newest: Backup | None
    noted: bool

    def run(self, on: date) -> Mirrored | None:
        """Copy the newest backup, the key slots and the drafts, check the copies, prune.

        Args:
            on: Today.

        Returns:
            What lies there now; None when the folder is not there, or there
            is no backup yet.

        Raises:
            DestinationInDataFolderError: It lies in a data folder.
            BackupFailedError: It is there, and no copy could be made.
        """
        root = Path(self.folder)
        require_outside(root, self.paths.folder)
        newest = self.newest
        if newest is None or not root.is_dir():
            return None
        destination = root / folder_name(self.proof.key)
        require_outside(destination, self.paths.folder)
        try:
            make_folder(destination)
            end = self._copy(newest, destination)
            slots = self.paths.key_file.read_bytes()
            slot_files.replace_file(destination / self.paths.key_file.name, slots)
            backup.prune_old(destination / newest.path.name)
            done = Mirrored(self.folder, on, newest.events, str(end.head))
            if self.noted:
                _write_note(self.paths, self.proof.key, done)
        except (DatabaseFailure, OSError, StoreError) as err:
            raise BackupFailedError(
                f"没有备份到“{self.folder}”，本机的台账和备份不变；请检查那里能不能写、空间够不够。"
            ) from err
        carry_drafts(self.paths, destination, self.proof.require_going_on)
        return done

    def _copy(self, newest: Backup, destination: Path) -> LedgerEnd:
        path = destination / newest.path.name
        partial = path.with_name(path.name + _PARTIAL)
        opened = connect_read_only(newest.path, self.proof.key.ledger)
        try:
            expected = backup.ledger_end(opened)
        finally:
            opened.close()
        if backup.is_there(path, self.proof, expected):
            return expected
        try:
            self._copy_bytes(newest.path, partial)
        except (OSError, StoreError):
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
        backup.settle(partial, path, self.proof, expected)
        return expected

    def _copy_bytes(self, source: Path, destination: Path) -> None:
        """Copy a file in slices.

        A stick may take minutes, and must not hold the key so long.
        """
        with source.open("rb") as read, open_anew(destination) as written:
            while data := read.read(_SLICE_BYTES):
                self.proof.require_going_on()
                written.write(data)


def folder_name(key: DataKey) -> str:
    """Name the folder of one counter: several may share a stick."""
    return f"medcounter-{key.folder_digits}"


def last_mirrored(paths: DataFolder, key: DataKey) -> Mirrored | None:
    """Describe what was copied last; None when nothing was, or nobody knows.

    A note that was not made under the ledger's key, as by older programs, says nothing:
    anybody with the disk could have written it.
    """
    try:
        raw = read_strict(read_bounded(paths.mirrored, _LARGEST_NOTE))
    except (FileTooLargeError, OSError, StrictJsonError):
        return None
    match raw:
        case {
            "place": str(folder),
            "day": str(day),
            "events": int(events),
            "head": str(head),
            "code": str(code),
        } if chain.same(code, _code(key, (folder, day, events, head))):
            with suppress(ValueError):
                return Mirrored(folder, date.fromisoformat(day), events, head)
    return None


def _write_note(paths: DataFolder, key: DataKey, done: Mirrored) -> None:
    note = {
        "place": done.folder,
        "day": done.day.isoformat(),
        "events": done.events,
        "head": done.head,
    }
    code = _code(key, tuple(note.values()))
    write_durably(paths.mirrored, canonical({**note, "code": code}))


def _code(key: DataKey, said: tuple[object, ...]) -> str:
    return chain.link(key.mirrored, chain.GENESIS, said)
