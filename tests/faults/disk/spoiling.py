"""Spoil a ledger behind the program's back and see that it is found."""

import random
import shutil
import tempfile
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import drill, restore
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.faults.secrets.forging import cut_tail, recompute
from tests.support.store.store_samples import AT, notice, paper, raw

FORBIDDEN = (
    "UPDATE notice SET total = 1",
    "DELETE FROM notice",
    "INSERT OR REPLACE INTO notice SELECT * FROM notice WHERE id = 1",
    "UPDATE event SET clerk = 'x'",
    "DELETE FROM event",
    "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 1",
    "UPDATE party SET name = 'x'",
    "UPDATE event_kind SET kind = 'x'",
    "DELETE FROM event_kind",
    "UPDATE event_signature SET public = signature",
    "DELETE FROM event_signature",
    "INSERT INTO event SELECT id + 7, kind, at, notice, print_no, clerk, detail, mac FROM event",
    "UPDATE notice SET number = '2025-03-000009'",
    "REPLACE INTO notice SELECT * FROM notice",
)


# What is taken away with each forgery, in the data folder.
LOST = {
    "nothing": (),
    "the anchor": ("anchor.json",),
    "the backups": ("backups/*.db",),
    "both": ("anchor.json", "backups/*.db"),
    "all": ("anchor.json", "backups/*.db", "walked.json"),
}


def flip_bytes(flips: int) -> Figures:
    """Row 8: one bit in the ledger, anywhere; found, or all reads as before."""
    chance = random.SystemRandom()
    figures = {"flips": flips, "found": 0, "without effect": 0, "silently wrong": 0}
    figures |= {"backup refused to restore": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as home:
        folder = _folder(Path(home))
        path = folder / "ledger.db"
        good, expected = path.read_bytes(), _everything(folder)
        for _ in range(flips):
            spoilt = bytearray(good)
            spoilt[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
            path.write_bytes(spoilt)
            told = _everything(folder)
            name = "found" if told is None else "without effect"
            figures[name if told in (None, expected) else "silently wrong"] += 1
            path.with_name("ledger.db-journal").unlink(missing_ok=True)
        path.write_bytes(good)
        if drill(folder, backup.backups(folder / "backups")[0].path.name).notices != 10:
            figures["backup refused to restore"] = 1
    return figures


def forge(older: int) -> Figures:
    """Row 9: forge a ledger in each way, with its outside witnesses and with some or all gone."""
    figures = {"cases": 0, "undetected": 0, "told of a lost anchor": 0, "numbers given again": 0}
    for patterns in LOST.values():
        for change in (_put_old_back, cut_tail, recompute):
            with tempfile.TemporaryDirectory(dir=memory_disk()) as home:
                folder = Path(home) / "data"
                _issue(folder, range(older))
                shutil.copy(folder / "ledger.db", Path(home) / "old")
                _issue(folder, range(older, older + 3))
                if change is _put_old_back:
                    shutil.copy(Path(home) / "old", folder / "ledger.db")
                else:
                    change(folder, older)
                for each in (path for pattern in patterns for path in folder.glob(pattern)):
                    each.unlink()
                figures["cases"] += 1
                opened = open_store(folder, at=AT)
                told = opened.last_leap() is not None
                figures["told of a lost anchor"] += told
                figures["undetected"] += not (opened.read_only or told)
                if not opened.read_only:
                    number = opened.ledger.issue(notice(older + 9), paper).number
                    figures["numbers given again"] += int(number[-6:]) <= older + 3
                opened.close(with_backup=False)
    return figures


def _put_old_back(_folder: Path, _older: int) -> None:
    """Stand for a copy of the whole file, which the caller has."""


def _issue(folder: Path, requests: range) -> None:
    store = open_store(folder)
    for request in requests:
        store.ledger.issue(notice(request), paper)
    store.close()


def forbidden_changes() -> Figures:
    """Row 10: update, delete and replace by SQL under the right key."""
    figures = {"statements": 0, "accepted": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as home:
        folder = _folder(Path(home))
        with raw(folder) as database:
            for statement in FORBIDDEN:
                figures["statements"] += 1
                figures["accepted"] += _accepts(database, statement)
    return figures


def restore_after(flips: int) -> Figures:
    """Row 13: a spoilt backup is never restored, a good one always."""
    chance = random.SystemRandom()
    figures = {"spoilt backups": 0, "restored all the same": 0, "restores": 0, "not sound": 0}
    with tempfile.TemporaryDirectory(dir=memory_disk()) as home:
        folder = _folder(Path(home))
        chosen = backup.backups(folder / "backups")[0].path
        good = chosen.read_bytes()
        for _ in range(flips):
            spoilt = bytearray(good)
            spoilt[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
            chosen.write_bytes(spoilt)
            figures["spoilt backups"] += 1
            try:
                drill(folder, chosen.name)
                figures["restored all the same"] += 1
            except MedCounterError:
                continue
        chosen.write_bytes(good)
        for spoil in (b"", b"spoilt" * 5000, good[:-4096]):
            (folder / "ledger.db").write_bytes(spoil)
            restore(folder, chosen.name, AT)
            figures["restores"] += 1
            figures["not sound"] += _everything(folder) is None
    return figures


def _folder(home: Path) -> Path:
    folder = home / "data"
    _issue(folder, range(10))
    return folder


def _everything(folder: Path) -> object:
    """Read all of a ledger; None when any check finds something."""
    try:
        store = open_store(folder)
    except MedCounterError:
        return None
    try:
        if store.read_only or any(store.ledger.verify()):
            return None
        entries = store.ledger.search(limit=100).rows
        whole = tuple((entry, store.ledger.find(entry.number)) for entry in entries)
    except MedCounterError:
        return None
    finally:
        store.close(with_backup=False)
    return whole


def _accepts(database: Database, statement: str) -> bool:
    try:
        database.conn.execute(statement)
    except DatabaseFailure:
        return False
    return True
