"""Verify a copy of a ledger before it counts: everything a restore requires.

Returns faults. Opens the copy, never the ledger; may be used by any thread.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TypeVar

from medcounter.store.db.ledger_schema import KINDS, LEDGER
from medcounter.store.db.sqlite import Database, connect_read_only, scalar
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal, order_check, row_indexes
from medcounter.store.journal.event_forms import FormFault
from medcounter.store.journal.walk_progress import Walked, WalkedFile
from medcounter.store.ledger_records import ChainFault
from medcounter.store.store_errors import BackupBrokenError, BackupFailedError, StoreDamagedError
from medcounter.trust.chain_key import ChainKey, chain_key
from medcounter.trust.data_key import DataKey

# SQLite asks after so many steps of its machine, some milliseconds.
_STEPS = 10_000
_Result = TypeVar("_Result")
# Name, number, size and time of a file: another one, or one that was written to, has others.
FileState = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """How the copies of one counter's ledger are proven.

    Attributes:
        key: The data key.
        walked: What of the ledger was walked before.
        stopped: Set once nobody may use the key any more: what goes on in
            another thread ends, and its copy does not count.
        spoilt: Files of which a page was found damaged, each as it was then.
    """

    key: DataKey = field(repr=False)
    walked: WalkedFile
    stopped: Event = field(default_factory=Event, compare=False)
    spoilt: set[FileState] = field(default_factory=set, compare=False)

    def require(self, database: Database, *, is_newest: bool) -> None:
        """Read all of an open copy.

        Args:
            database: The copy.
            is_newest: Whether it is how the ledger is now, so that it is
                remembered how far it was walked.

        Raises:
            BackupBrokenError: Its chain or its tables do not fit.
            BackupFailedError: It was stopped.
            StoreDamagedError: A page or an index is damaged.
            DatabaseFailure: It cannot be read, or it was stopped.
        """
        # Asked within a statement too: the check of all indexes of a large ledger is one.
        database.conn.set_progress_handler(self.stopped.is_set, _STEPS)
        self.require_going_on()
        require_whole(database)
        if scalar(database, "PRAGMA user_version") != LEDGER.version:
            return  # of an older program; its chain is walked once it was brought up
        steps = walk(database, chain_key(self.key), self.walked, remember=is_newest)
        for fault in steps:
            self.require_going_on()
            if fault is None:
                continue
            raise broken_by(fault)

    def require_going_on(self) -> None:
        """See that nobody said to stop.

        Raises:
            BackupFailedError: Somebody did.
        """
        if self.stopped.is_set():
            raise BackupFailedError


def broken_by(fault: ChainFault) -> BackupBrokenError:
    """Say that a copy is none because of a fault in it."""
    return BackupBrokenError(
        f"台账核对不符（{fault.text}）这样的备份恢复不了，没有算作备份，旧备份不变；"
        "请停止出单，用最近的完好备份恢复，或联系技术支持。"
    )


def proof_of(paths: DataFolder, key: DataKey) -> Proof:
    """Return the proof for the copies of a data folder's ledger."""
    return Proof(key, WalkedFile(paths.walked, key.walked))


def walk(
    database: Database,
    key: ChainKey,
    walked: WalkedFile | None = None,
    *,
    trust: bool = True,
    remember: bool = True,
) -> Iterator[ChainFault | None]:
    """Walk the chain and hold every table to it, slice by slice.

    Args:
        database: The ledger, or a copy.
        key: The chain's.
        walked: What was walked before; None for nobody knows.
        trust: Whether it spares checking signatures again.
        remember: Whether it is told of a good walk.

    Yields:
        A fault where one is, else None.
    """
    from medcounter.store.ledger import floor_check, table_check  # noqa: PLC0415 - a start proves no copy

    known = walked.walked_by(key.signer.public) if walked and trust else None
    faults: list[ChainFault] = []
    events = yield from _noting(journal.verify(database, key, known and known.events), faults)
    if any(isinstance(fault, FormFault) for fault in faults):
        return  # what follows goes by what events say
    people = yield from _noting(table_check.verify(database, KINDS, known and known.people), faults)
    yield from _noting(floor_check.verify(database), faults)
    yield from _noting(order_check.verify(database), faults)
    yield from _noting(row_indexes.verify(database), faults)
    if not faults and remember and walked is not None:
        walked.keep(Walked(events, people), key.signer)


def _noting(
    steps: Generator[ChainFault | None, None, _Result], faults: list[ChainFault]
) -> Generator[ChainFault | None, None, _Result]:
    """Yield what steps give, and keep the faults."""
    while True:
        try:
            fault = next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result
        if fault is not None:
            faults.append(fault)
        yield fault


def require_whole(database: Database) -> None:
    """See that every page is as it was written and every table as it must be.

    Raises:
        StoreDamagedError: It is not.
        DatabaseFailure: It cannot be read.
    """
    if database.conn.execute("PRAGMA cipher_integrity_check").fetchall():
        raise StoreDamagedError
    if scalar(database, "PRAGMA integrity_check") != "ok":
        raise StoreDamagedError


def require_restorable(path: Path, proof: Proof, events: int) -> None:
    """See that a backup could be restored.

    Args:
        path: The file.
        proof: What it must pass.
        events: How many it must hold, as its name says.

    Raises:
        StoreError: It could not, or it cannot be opened under the key.
        DatabaseFailure: It cannot be read.
    """
    opened = connect_read_only(path, proof.key.ledger)
    try:
        if journal.head(opened).position != events:
            raise BackupBrokenError
        proof.require(opened, is_newest=False)
    finally:
        opened.close()
