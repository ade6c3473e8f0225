"""Change one row of a ledger, as who has the key can, and ask for no verification."""

import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from medcounter.errors import MedCounterError
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.restore import drill
from medcounter.store.store_errors import BackupFailedError
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import AT, notice, paper, raw

BAD = ("never said", "counted and not restorable", "good ones gone")
NOTICES = 60
DAYS = 3

_CHANGES = (
    "UPDATE event SET clerk = 'x' WHERE id = ?",
    "UPDATE event SET at = '2025-03-05T14:31:00+08:00' WHERE id = ?",
    "UPDATE event SET detail = '{}' WHERE id = ?",
    "UPDATE event SET mac = 'hmac-sha256:00' WHERE id = ?",
    "UPDATE event_signature SET signature = public || public WHERE event = ?",
    "DELETE FROM event_signature WHERE event = ?",
    "UPDATE notice SET total = total + 1 WHERE id = ?",
    "UPDATE notice SET coverage_start = '2025-03-05' WHERE id = ?",
    "UPDATE party SET name = 'x' WHERE notice = ?",
    "UPDATE party SET id_number = '360102199003071235' WHERE notice = ?",
    "UPDATE party SET document = 'x' WHERE notice = ?",
    "DELETE FROM party WHERE notice = ?",
    "INSERT INTO number_floor VALUES (2025, '03', ?)",
)


_SPENT = [f"2025-{desk:02d}-999999" for desk in range(100)]
_OF_A_RESTORE = {"backup": "x.db", "known": 0, "over": "failing", "reason": "", "voided": []}
_CLOSED = {"day": "2025-03-04", "desk": "03", "figures": {}, "ranges": [], "sequence": 1}
# Lines under right codes that the program would not have written.
_LINES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("anchor-lost", {"numbers_used": _SPENT, "closes_used": []}),
    ("anchor-lost", {"numbers_used": ["2025-03-000001"], "closes_used": []}),
    ("restore", {"numbers_used": _SPENT, "closes_used": [], **_OF_A_RESTORE}),
    ("day-close", {**_CLOSED, "number": "9999-03-D0001"}),
)
_WAYS: tuple[str | tuple[str, dict[str, Any]], ...] = (*_CHANGES, *_LINES)


@cache
def _filled() -> Path:
    """A closed folder with notices, made once a process."""
    folder = Path(tempfile.mkdtemp(dir=memory_disk())) / "data"
    store = open_store(folder)
    for request in range(NOTICES):
        store.ledger.issue(notice(request), paper)
    store.close()
    return folder


def change_a_row(rounds: int) -> Figures:
    """Row 27: change one row, then serve some days."""
    names = ("rows changed", "at the opening", "by the walk", "by the backup")
    figures = dict.fromkeys((*names, "refused by the ledger itself", *BAD), 0)
    chance = random.SystemRandom()
    for _ in range(rounds):
        change = chance.choice(_WAYS)
        row = chance.randrange(1, NOTICES + 1)
        with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
            folder = shutil.copytree(_filled(), Path(room) / "data")
            good = {each.path for each in backup.backups(folder / "backups")}
            if not _changed(folder, change, row):
                figures["refused by the ledger itself"] += 1
                continue
            figures["rows changed"] += 1
            figures[_said(folder, chance.choice((_walk, _back_up)))] += 1
            left = {each.path for each in backup.backups(folder / "backups")}
            figures["good ones gone"] += len(good - left)
            figures["counted and not restorable"] += sum(not _drills(folder, path) for path in left)
    return figures


def _written(folder: Path, kind: str, detail: dict[str, Any]) -> bool:
    """Add a line with the floors it names, as who has the key can."""
    store = open_store(folder)
    try:
        with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
            for number in detail.get("numbers_used", ()):
                year, desk, last = number.split("-")
                floor = (int(year), desk, int(last))
                database.conn.execute("INSERT INTO number_floor VALUES (?, ?, ?)", floor)
            database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
            journal.append(database, store.chain_key, NewEvent(kind, AT, "", detail=detail))
    finally:
        store.close(with_backup=False)
    return True


def _changed(folder: Path, change: str | tuple[str, dict[str, Any]], row: int) -> bool:
    if not isinstance(change, str):
        return _written(folder, *change)
    with raw(folder) as database:
        guards = without_guards(database)
        try:
            database.conn.execute(change, (row,))
        except DatabaseFailure:
            return False
        finally:
            _put_back(database, guards)
    return True


def _put_back(database: Database, guards: list[str]) -> None:
    for guard in guards:
        database.conn.execute(guard)


def _said(folder: Path, look: Callable[[Store], str]) -> str:
    """Serve some days and give when the change was said."""
    for day in range(DAYS):
        try:
            store = open_store(folder)
        except MedCounterError:
            return "at the opening"
        try:
            if store.read_only:
                return "at the opening"
            request = notice(1000 + day, issued_at=AT + timedelta(days=day))
            store.ledger.issue(request, paper)
            if found := look(store):
                return found
        finally:
            store.close(with_backup=False)
    return "never said"


def _walk(store: Store) -> str:
    return "by the walk" if any(store.walk()) and store.read_only else ""


def _back_up(store: Store) -> str:
    try:
        store.backups.make()
    except BackupFailedError:
        return "by the backup"
    return ""


def _drills(folder: Path, path: Path) -> bool:
    try:
        drill(folder, path.name)
    except MedCounterError:
        return False
    return True
