"""What besides a ledger and its anchor says how far the ledger went.

Returns heads and numbers of events. Each is made under a key, so that nobody without
it can shut a counter out; the second place's note is asked only where the anchor says
nothing. Changes no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from medcounter.files import is_visible
from medcounter.store.backups import backup
from medcounter.store.db.ledger_schema import RESERVING
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.walk_progress import WalkedFile
from medcounter.store.store_errors import StoreError
from medcounter.trust.chain import Head
from medcounter.trust.data_key import DataKey

_RESERVING = f"""
    SELECT id, kind, detail FROM event
    WHERE notice IS NULL AND kind IN (?, ?) AND id >= {FIRST} ORDER BY id
"""  # noqa: S608 - a number of ours
_ISSUED_SINCE = """
    SELECT n.issue_year, n.desk, max(n.sequence) FROM event e JOIN notice n ON n.id = e.notice
    WHERE e.kind = 'issue' AND e.id >= ? GROUP BY n.issue_year, n.desk
"""
_LAST_RESTORE = f"""
    SELECT at FROM event
    WHERE notice IS NULL AND kind = 'restore' AND id >= {FIRST} ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - a number of ours
_COPY = "审计副本（auditor.db）"
_DIGITS = 8


class Witness(NamedTuple):
    """One that knows how far a ledger went.

    Attributes:
        name: What it is, as the clerk is told.
        position: The last event it knows of.
        head: That event with its code; None where only its number is known.
        backup: Name of the file where it is a backup.
        rows: What tells it from another that knows of as many events, where
            no code does.
    """

    name: str
    position: int
    head: Head | None = None
    backup: str = ""
    rows: str = ""

    @property
    def goes_aside(self) -> bool:
        """Whether a restore moves it: a backup, or what is under a key beside the anchor."""
        return bool(self.backup or self.rows) or self.name == _COPY

    @property
    def mark(self) -> list[object]:
        """What a restore names it by: its last event, and eight digits of what it is."""
        return [self.position, self.rows[:_DIGITS] if self.head is None else self.head.code]

    def word(self) -> list[object]:
        """Return all it says, as a mark keeps it."""
        code = self.rows if self.head is None else self.head.code
        return [self.name, self.backup, self.position, code]


def newest_backup(database: Database, paths: DataFolder, key: DataKey) -> Witness | None:
    """Return what the newest true backup says; None where there is none.

    One that a restore of this ledger replaced, copied back out of ``replaced/``, is
    passed over: who followed it would lose what came after the restore. Any other that
    went another way is followed, or an older line could be put in a newer one's place.

    Raises:
        StoreError: The folder cannot be listed.
    """
    newest = backup.newest_true(
        paths.backups, key.ledger, lambda copy: not _is_replaced(database, copy)
    )
    if newest is None:
        return None
    found, opened = newest
    try:
        head = journal.head(opened)
    finally:
        opened.close()
    return Witness("最近的备份", head.position, head, found.path.name)


def every_backup(paths: DataFolder, key: DataKey) -> Iterator[Witness]:
    """Return what each true backup says.

    Raises:
        StoreError: The folder cannot be listed.
    """
    for each in backup.backups(paths.backups):
        head = backup.end_of(each, key.ledger)
        if head is not None:
            yield Witness("备份", head.position, head, each.path.name)


def keyed(database: Database, paths: DataFolder, key: DataKey) -> Iterator[Witness]:
    """Ask the walk and the auditors' copy; the silent are left out.

    A restore sets both aside and names them; laid back they say nothing of this ledger.
    """
    replaced = [one for said in _restores(database) for one in said.get("replaced", ())]
    for witness in _keyed(paths, key):
        if witness.mark not in replaced:
            yield witness


def _restores(database: Database) -> Iterator[Mapping[str, Any]]:
    for _, kind, detail in database.conn.execute(_RESERVING, RESERVING).fetchall():
        yield event_forms.read(kind, detail) or {}


def _keyed(paths: DataFolder, key: DataKey) -> Iterator[Witness]:
    walked = WalkedFile(paths.walked, key.walked).read()
    if walked is not None:
        last = walked.events.last
        yield Witness("核对记录（walked.json）", last, rows=walked.events.rows)
    if is_visible(paths.auditors):
        from medcounter.store.auditors import copy_end  # noqa: PLC0415 - where there are auditors

        with suppress(StoreError, DatabaseFailure):
            copy = copy_end.opened(paths.auditors, key)
            try:
                vouched = copy_end.vouched(copy, key)
            finally:
                copy.close()
            if vouched is not None:
                end = vouched.end
                yield Witness(_COPY, end.position, end)


def noted(database: Database, paths: DataFolder, key: DataKey) -> Iterator[Witness]:
    """Ask the second place's note.

    A restore leaves it; of a copy that was made before the restore it says nothing of
    this ledger.
    """
    from medcounter.store.backups import second_place  # noqa: PLC0415 - rarely needed

    mirrored = second_place.last_mirrored(paths, key)
    if mirrored is not None and not _was_restored(database, mirrored.day):
        position, _, code = mirrored.head.partition("-")
        if position == str(mirrored.events):
            end = Head(mirrored.events, code)
            yield Witness("第二处的备份记录（second-place.json）", end.position, end)


def _is_replaced(ledger: Database, copy: Database) -> bool:
    """Return whether a restore of a ledger names a copy, and left its numbers free."""
    end = journal.head(copy)
    reserved: dict[tuple[int, str], int] = {}
    for position, kind, detail in ledger.conn.execute(_RESERVING, RESERVING).fetchall():
        said = event_forms.read(kind, detail) or {}
        for number in said.get("numbers_used", ()):
            year, desk, last = number.split("-")
            reserved[int(year), desk] = max(reserved.get((int(year), desk), 0), int(last))
        if [end.position, end.code] in said.get("replaced", ()):
            issued = copy.conn.execute(_ISSUED_SINCE, (position,)).fetchall()
            return all(last <= reserved.get((year, desk), 0) for year, desk, last in issued)
    return False


def _was_restored(database: Database, since: date) -> bool:
    """Return whether a ledger was restored on a day or after it."""
    at = scalar(database, _LAST_RESTORE)
    return at is not None and datetime.fromisoformat(str(at)).date() >= since
