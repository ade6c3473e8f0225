"""Decide whether a backup is due and describe backup status.

Copying is done by the caller in small slices, when nobody is waiting. Reads no
clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medcounter.desk.desk_context import DeskContext
from medcounter.destinations import require_outside
from medcounter.store.backups.ledger_backups import BackupLag
from medcounter.store.backups.second_place import Mirrored

NOTICES_BETWEEN = 50
PATIENCE_DAYS = 7
GOOD = "good"
LATE = "late"
_LATE_NOTICES = 2 * NOTICES_BETWEEN
_AGES = {0: "今天", 1: "昨天"}

Finish = Callable[[], object]


@dataclass(frozen=True, slots=True)
class BackupState:
    """The status of the ledger's backups.

    Attributes:
        tone: ``good``, or ``late`` when somebody should do something.
        short: A few words for the upper edge.
        text: All of it in sentences.
        second: What is wrong with the second place; empty when nothing is.
    """

    tone: str
    short: str
    text: str
    second: str = ""


class BackupSchedule:
    """When the open ledger is backed up, and how its backups stand.

    Attributes:
        failure: Why the last copy failed; empty when it did not.
    """

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store
        self._backups = context.store.backups
        self.failure = ""

    def is_due(self, on: date) -> bool:
        """Return whether a backup is to be made as soon as nobody waits.

        That is so after fifty notices, and when the newest backup is of an
        earlier day and anything has happened since.

        Raises:
            StoreError: The ledger failed.
        """
        if self._store.read_only:
            return False
        behind = self._backups.lag()
        if not behind.events:
            return False
        older = behind.day is None or behind.day < on
        return older or behind.notices >= NOTICES_BETWEEN

    def slices(self) -> Iterator[Finish | None]:
        """Copy the ledger a few milliseconds at a time.

        Yields:
            None after a slice; last the rest of the work, which may be done
            in any thread and raises MedCounterError when it fails.

        Raises:
            AuditorLooksOnlyError: An auditor's copy is no ledger.
            BackupFailedError: No backup was made; older ones stay.
        """
        self._context.access.require_clerk()
        for copied in self._backups.slices():
            yield None if copied is None else copied.finish

    def stop(self) -> None:
        """End the work that was given, in whatever thread.

        It is due again at the next opening.
        """
        self._backups.stop()

    def second_copy(self, on: date) -> Finish | None:
        """Return the work of copying to the second place; None when not due.

        May be done in any thread; raises MedCounterError when it fails.
        """
        folder = self._context.settings.second_place
        if not folder or self._store.read_only:
            return None
        held, last = self._backups.lag().held, self._backups.mirrored()
        if not held or _is_complete(folder, last, held):
            return None
        self._store.copy_drafts()
        mirror = self._backups.mirror(folder, noted=True)
        return lambda: mirror.run(on)

    def state(self, on: date) -> BackupState:
        """Describe how the copies stand on a day.

        Raises:
            StoreError: The ledger failed.
        """
        behind = self._backups.lag()
        folder, last = self._context.settings.second_place, self._backups.mirrored()
        second = second_place_problem(folder, last, behind, on)
        text = behind_text(behind, on) + self.failure
        if folder and behind.held and not second:
            complete = _is_complete(folder, last, behind.held)
            stands = "的备份是齐的" if complete else "还没有最近的备份，程序会自动备份过去"
            text += f"第二处“{folder}”{stands}。"
        late = is_late(behind, on) or bool(self.failure or second)
        age = "无" if behind.day is None else age_text((on - behind.day).days)
        return BackupState(
            LATE if late else GOOD, f"{'⚠ ' if late else ''}备份 {age}", text + second, second
        )

    def back_up(self, to: Path | None = None) -> Path | None:
        """Make a verified backup at once, or one elsewhere with its key.

        Returns:
            The file; None when there is nothing to copy.

        Raises:
            AuditorLooksOnlyError: An auditor's copy is no ledger.
            BackupFailedError: No copy was made; older ones stay.
            DestinationInDataFolderError: The other place lies in the data folder.
        """
        self._context.access.require_clerk()
        if to is None:
            return self._backups.make()
        require_outside(to, self._context.folder)
        self._store.copy_drafts()
        return self._backups.make_in(to)

    def mirror_to(self, folder: Path, on: date) -> Finish:
        """Return the work of copying the newest backup to a place just chosen.

        May be done in any thread; raises MedCounterError when it fails.

        Raises:
            AuditorLooksOnlyError: An auditor's key opens no backup.
        """
        self._context.access.require_clerk()
        self._store.copy_drafts()
        mirror = self._backups.mirror(str(folder), noted=False)
        return lambda: mirror.run(on)


def age_text(days: int) -> str:
    """Return how long ago a day was."""
    return _AGES.get(max(days, 0), f"{days} 天前")


def behind_text(behind: BackupLag, on: date) -> str:
    """Return how far the newest backup is behind, in one sentence."""
    if behind.day is None:
        return f"还没有备份，台账有 {behind.events} 条记录。" if behind.events else "台账是空的。"
    age = age_text((on - behind.day).days)
    whole = f"最近的完好备份截至 {behind.day.isoformat()}（{age}）"
    if not behind.events:
        return f"{whole}，台账的每一条都在其中。"
    return f"{whole}，之后还有 {behind.events} 条记录（{behind.notices} 张通知单）没有备份。"


def is_late(behind: BackupLag, on: date) -> bool:
    """Return whether what is not backed up is more than a day should leave."""
    if not behind.notices:
        return False
    if behind.day is None:
        return behind.notices >= _LATE_NOTICES
    return behind.notices >= _LATE_NOTICES or (on - behind.day).days > 1


def _is_complete(folder: str, last: Mirrored | None, held: int) -> bool:
    return last is not None and last.folder == folder and last.events >= held


def second_place_problem(folder: str, last: Mirrored | None, behind: BackupLag, on: date) -> str:
    """Say that the second place has been missing for too long; else empty."""
    if not folder or behind.day is None:
        return ""
    if last is None or last.folder != folder:
        return f"第二处“{folder}”还没有备份；请插上 U 盘或接好磁盘，程序会自动备份过去。"
    days = (on - last.day).days
    if last.events >= behind.held or days <= PATIENCE_DAYS:
        return ""
    return f"第二处“{folder}”已有 {days} 天没有备份；请插上 U 盘或接好磁盘，程序会自动备份过去。"
