"""A folder in which the ledgers of several desks are kept, each as sealed.

Taking a file in twice changes nothing; a later export of the same ledger
takes the place of the earlier one, an earlier one is left out. A file that
contradicts what is there is named and nothing of it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from medcounter.files import write_durably
from medcounter.gather.errors import GatherError, LedgerForkedError, NumberTakenError
from medcounter.gather.ledger_file import GatheredNotice, LedgerFile, read_ledger

SUFFIX = ".ledger"
NEW, LONGER, KNOWN = "new", "longer", "known"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file.

    Attributes:
        how: ``new`` for a ledger seen first, ``longer`` for one that went on,
            ``known`` where the folder had all of it already.
        added: How many notices were not there before.
    """

    file: LedgerFile
    how: str
    added: int


def gathered(folder: Path) -> tuple[LedgerFile, ...]:
    """Read every ledger of a folder, verified again, by fingerprint.

    Raises:
        AuditFileUnreadableError: One of them is no export any more.
        GatherError: One of them cannot be read or does not hold.
    """
    return tuple(read_ledger(path) for path in sorted(folder.glob(f"*{SUFFIX}")))


def take_in(folder: Path, path: Path) -> TakenIn:
    """Take one exported ledger into a folder.

    Args:
        folder: Made if missing.
        path: The file somebody brought; it is not changed.

    Raises:
        AuditFileUnreadableError: It is no exported ledger.
        GatherError: It is not taken in; one subclass per cause.
    """
    brought = read_ledger(path)
    kept = gathered(folder)
    same = next((one for one in kept if one.ledger == brought.ledger), None)
    how = _compare(same, brought)
    _refuse_taken_numbers(kept, brought)
    before = len(same.notices) if same else 0
    if how != KNOWN:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            name = brought.ledger.replace(" ", "") + SUFFIX
            write_durably(folder / name, path.read_bytes())
        except OSError as err:
            raise GatherError(
                f"文件“{path.name}”没有写进“{folder.name}”，没有收进来；请检查磁盘空间和权限。"
            ) from err
    return TakenIn(brought, how, max(len(brought.notices) - before, 0) if how != KNOWN else 0)


def all_notices(ledgers: Iterable[LedgerFile]) -> Iterator[GatheredNotice]:
    """Give the notices of one ledger after the other, as each has them."""
    for one in ledgers:
        yield from one.notices


def _compare(kept: LedgerFile | None, brought: LedgerFile) -> str:
    """Tell how a file goes on from what is kept of the same ledger.

    Raises:
        LedgerForkedError: One is not the beginning of the other.
    """
    if kept is None:
        return NEW
    shared = min(len(kept.macs), len(brought.macs))
    if kept.macs[:shared] != brought.macs[:shared]:
        place = next(
            number
            for number, (one, other) in enumerate(zip(kept.macs, brought.macs, strict=False), 1)
            if one != other
        )
        raise LedgerForkedError(
            f"文件“{brought.path.name}”和先前收到的同一台账从第 {place} 条起不一样，没有收进来；"
            "可能从备份恢复过，请与该窗口核对哪一份是真的。"
        )
    return LONGER if len(brought.macs) > len(kept.macs) else KNOWN


def _refuse_taken_numbers(kept: Iterable[LedgerFile], brought: LedgerFile) -> None:
    numbers = {notice.number for notice in brought.notices}
    for other in kept:
        if other.ledger == brought.ledger:
            continue
        taken = sorted(numbers & {notice.number for notice in other.notices})
        if taken:
            raise NumberTakenError(
                f"编号 {taken[0]} 等 {len(taken)} 个在台账 {other.ledger} 里已经有了，"
                f"文件“{brought.path.name}”没有收进来；请核对两个窗口是否用了同一个窗口号。"
            )
