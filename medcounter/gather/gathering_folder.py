"""A folder that holds the ledgers of several desks, each as sealed.

Only ledgers of desks with a confirmed fingerprint are accepted. Adding a file
twice changes nothing; a later export of a ledger replaces an earlier one, and
an earlier one is skipped. The order of files makes no difference: a ledger
with two diverging histories no longer counts, whichever came first, until
somebody says which is the true one. Numbers used by two ledgers are reported
for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.files import write_durably
from medcounter.gather.desks import KnownDesk, known_desks
from medcounter.gather.gather_errors import DeskUnknownError, GatherError, LedgerForkedError
from medcounter.gather.ledger_file import GatheredNotice, LedgerFile, read_file, verified

SUFFIX, FORK_SUFFIX = ".ledger", ".fork"
NEW, LONGER, KNOWN, SETTLED = "new", "longer", "known", "settled"
_FORKED = "forked"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The result for one file.

    Attributes:
        desk: Whose it is.
        how: ``new`` for a ledger seen first, ``longer`` for one that went on,
            ``known`` where the folder had all of it already, ``settled``
            where it was named as the true one of two.
        added: How many notices were not there before.
    """

    file: LedgerFile
    desk: KnownDesk
    how: str
    added: int


@dataclass(slots=True)
class GatheringFolder:
    """A folder, read once and verified.

    Attributes:
        folder: Need not be there yet.
        desks: Those whose fingerprints were confirmed.
        faults: One sentence for each kept file that does not count.
    """

    folder: Path
    desks: dict[str, KnownDesk]
    faults: list[str]
    _kept: dict[str, LedgerFile] = field(default_factory=dict)
    _forked: set[str] = field(default_factory=set)

    def ledgers(self) -> tuple[LedgerFile, ...]:
        """Return the accepted ledgers, by fingerprint."""
        return tuple(
            file for ledger, file in sorted(self._kept.items()) if ledger not in self._forked
        )

    def take_in(self, path: Path, *, settle: bool = False) -> TakenIn:
        """Take one exported ledger in.

        Args:
            path: The file somebody brought; it is not changed.
            settle: Whether it is the true one of a ledger gone two ways.

        Raises:
            AuditFileUnreadableError: It is no exported ledger.
            GatherError: It is not taken in; one subclass per cause.
        """
        data = read_file(path)
        brought = verified(path, data, lambda ledger: self._require_known(path.name, ledger))
        kept = self._kept.get(brought.ledger)
        how = SETTLED if settle else _compared(kept, brought)
        if how == _FORKED:
            self._write(f"{_stem(brought)}.{brought.head}{FORK_SUFFIX}", data, path.name)
            self._forked.add(brought.ledger)
            raise LedgerForkedError(_fork_text(path.name, kept, brought))
        if how != KNOWN:
            self._write(f"{_stem(brought)}{SUFFIX}", data, path.name)
            self._kept[brought.ledger] = brought
        if settle:
            self._settle(brought)
        before = len(kept.notices) if kept else 0
        added = max(len(brought.notices) - before, 0) if how != KNOWN else 0
        return TakenIn(brought, self.desks[brought.ledger], how, added)

    def contradictions(self) -> tuple[str, ...]:
        """Return which ledgers went two ways, and which numbers two of them share."""
        texts = [
            f"台账 {ledger}（{self._name(ledger)}）收到过互相矛盾的两份，不计入；请与该窗口核对"
            "哪一份是真的，再用 --settle 收真的那一份。"
            for ledger in sorted(self._forked)
        ]
        owners: dict[str, str] = {}
        shared: dict[tuple[str, str], list[str]] = {}
        for notice in all_notices(self.ledgers()):
            first = owners.setdefault(notice.number, notice.ledger)
            if first != notice.ledger:
                shared.setdefault((first, notice.ledger), []).append(notice.number)
        texts += [
            f"编号 {numbers[0]} 等 {len(numbers)} 个在台账 {one}（{self._name(one)}）和"
            f"台账 {other}（{self._name(other)}）里都有；请核对两个窗口是否用了同一个窗口号。"
            for (one, other), numbers in sorted(shared.items())
        ]
        return tuple(texts)

    def _name(self, ledger: str) -> str:
        return self.desks[ledger].name if ledger in self.desks else ""

    def _require_known(self, name: str, ledger: str) -> None:
        if ledger not in self.desks:
            raise DeskUnknownError(
                f"文件“{name}”没有收录：台账指纹 {ledger} 没有核对过。请打电话请该窗口念出指纹"
                f"（窗口自检里有），一致再登记：--confirm 念出的指纹=窗口名称。"
            )

    def _write(self, name: str, data: bytes, brought: str) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_durably(self.folder / name, data)
        except OSError as err:
            raise GatherError(
                f"文件“{brought}”没有写进“{self.folder.name}”，没有收录；请检查磁盘空间和权限。"
            ) from err

    def _settle(self, true: LedgerFile) -> None:
        """Let nothing stand against a ledger any more, and keep what did."""
        for path in self.folder.glob(f"{_stem(true)}.*{FORK_SUFFIX}"):
            path.replace(path.with_name(f"{path.name}.settled"))
        self._forked.discard(true.ledger)


def open_gathering_folder(folder: Path) -> GatheringFolder:
    """Read a folder: its list of desks, and every ledger it keeps, verified again.

    Raises:
        DesksUnreadableError: The list of desks cannot be read.
    """
    desks, faults = known_desks(folder), list[str]()
    kept: dict[str, LedgerFile] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            file = verified(path, read_file(path), lambda _: None)
        except MedCounterError as err:
            faults.append(err.text)
            continue
        if file.ledger in desks:
            kept[file.ledger] = file
        else:
            faults.append(
                f"先前收到的台账 {file.ledger} 不在窗口名单上，不计入；"
                "请打电话请该窗口念出指纹，一致再用 --confirm 登记。"
            )
    forked = {
        ledger for ledger, file in kept.items() if any(folder.glob(f"{_stem(file)}.*{FORK_SUFFIX}"))
    }
    return GatheringFolder(folder, desks, faults, kept, forked)


def all_notices(ledgers: Iterable[LedgerFile]) -> Iterator[GatheredNotice]:
    """Yield the notices of one ledger after the other, as each holds them."""
    for one in ledgers:
        yield from one.notices


def _stem(file: LedgerFile) -> str:
    return file.ledger.replace(" ", "")


def _compared(kept: LedgerFile | None, brought: LedgerFile) -> str:
    """Return how a file goes on from what is kept of the same ledger."""
    if kept is None:
        return NEW
    shared = min(len(kept.macs), len(brought.macs))
    if kept.macs[:shared] != brought.macs[:shared] or kept.public_key != brought.public_key:
        return _FORKED
    return LONGER if len(brought.macs) > len(kept.macs) else KNOWN


def _fork_text(name: str, kept: LedgerFile | None, brought: LedgerFile) -> str:
    pairs = zip(kept.macs if kept else (), brought.macs, strict=False)
    place = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
    return (
        f"文件“{name}”和先前收到的同一台账从第 {place} 条起不一样，两份都不计入；"
        "可能从备份恢复过，请与该窗口核对哪一份是真的。"
    )
