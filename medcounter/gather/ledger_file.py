"""Read one desk's exported ledger: verify first, then parse.

Provides its notices and the codes of its chain. Nothing is taken from a file
whose seal or chain is broken, or whose rows are impossible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded
from medcounter.gather.gather_errors import GatherError, SealBrokenError
from medcounter.store.audit import audit_reading
from medcounter.store.journal import sealed_rows
from medcounter.store.store_errors import AuditFileUnreadableError
from medcounter.wording.terms import ISSUED, VOID

# A ledger of a million notices takes a good gigabyte.
LARGEST = 2_000_000_000
_KIND, _NOTICE, _MAC = 1, 3, 7


@dataclass(frozen=True, slots=True)
class GatheredNotice:
    """One notice of one desk.

    Attributes:
        ledger: Fingerprint of the ledger that issued it.
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        total: Fen; None where no source gave the fee.
        coverage_start: ISO day; empty when there is none, or it is sealed.
        state: ``issued`` or ``void``.
        name: As exported, masked or not; empty once the person was erased.
        id_number: The same.
        replaces: Number of the notice it corrects; empty for none.
    """

    ledger: str
    number: str
    issued_at: datetime
    desk: str
    clerk: str
    region: str
    benefit_year: int
    category_label: str
    total: int | None
    coverage_start: str
    coverage_end: str
    state: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    replaces: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A verified file.

    Attributes:
        ledger: Fingerprint of the ledger.
        public_key: What the fingerprint is of.
        macs: Code of each event, in order: a later file of the same ledger
            begins with the same ones.
        notices: In the order of their numbers.
    """

    path: Path
    ledger: str
    public_key: str
    head: str
    exported_at: str
    masked: bool
    macs: tuple[str, ...]
    notices: tuple[GatheredNotice, ...]


def read_file(path: Path) -> bytes:
    """Read a file's bytes once, so that what is verified is what is kept.

    Raises:
        GatherError: It cannot be opened, or holds more than a ledger comes to.
    """
    try:
        return read_bounded(path, min(path.stat().st_size, LARGEST))
    except OSError as err:
        raise GatherError(f"文件“{path.name}”无法读取，没有收录；请核对路径。") from err
    except FileTooLargeError as err:
        raise GatherError(f"文件“{path.name}”太大，没有收录；请核对是否选错了文件。") from err


def verified(path: Path, data: bytes, trusted: Callable[[str], None]) -> LedgerFile:
    """Verify the bytes of a file and read them.

    Args:
        path: Names the file.
        data: What it holds.
        trusted: Told the fingerprint before any row is believed; raises
            where the ledger is none of ours.

    Raises:
        AuditFileUnreadableError: It is no exported ledger, or was cut short.
        SealBrokenError: Seal or chain does not hold.
    """
    try:
        lines = data.splitlines(keepends=True)
        report = audit_reading.read(lines)
        if report.faults:
            raise SealBrokenError(
                f"文件“{path.name}”没有收录：{report.faults[0]}请回到该窗口重新导出。"
            )
        trusted(report.fingerprint)
        macs, notices = _rows(lines, report.fingerprint)
    except AuditFileUnreadableError as err:
        raise AuditFileUnreadableError(
            f"文件“{path.name}”不是导出的台账，或者不完整，没有收录；请回到该窗口重新导出。"
        ) from err
    return LedgerFile(
        path,
        report.fingerprint,
        report.public_key,
        report.head,
        report.at,
        report.masked,
        tuple(macs),
        tuple(notices.values()),
    )


def _rows(lines: Iterable[bytes], ledger: str) -> tuple[list[str], dict[int, GatheredNotice]]:
    macs: list[str] = []
    notices: dict[int, GatheredNotice] = {}
    numbers: dict[int, str] = {}
    voided: set[int] = set()
    for row in audit_reading.rows(lines):
        kind, place = row.event[_KIND], row.event[_NOTICE]
        macs.append(str(row.event[_MAC]))
        if row.notice:
            if not isinstance(place, int) or place in notices:
                raise AuditFileUnreadableError
            notices[place] = _notice(ledger, row, numbers)
            numbers[place] = notices[place].number
        elif kind == "void":
            if not isinstance(place, int) or place not in notices:
                raise AuditFileUnreadableError
            voided.add(place)
    if len(set(numbers.values())) != len(numbers):
        raise AuditFileUnreadableError
    for place in voided:
        notices[place] = replace(notices[place], state=VOID)
    return macs, notices


def _notice(ledger: str, line: audit_reading.AuditRow, numbers: dict[int, str]) -> GatheredNotice:
    row = dict(zip(sealed_rows.COLUMNS, line.notice, strict=True))
    match row:
        case {
            "number": str(number),
            "issued_at": str(issued_at),
            "desk": str(desk),
            "clerk": str(clerk),
            "region": str(region),
            "benefit_year": int(year),
            "category_label": str(label),
            "total": int() | None as total,
            "coverage_start": str() | None as start,
            "coverage_end": str() | None as end,
            "replaces": int() | None as before,
        }:
            return GatheredNotice(
                ledger=ledger,
                number=number,
                issued_at=_time(issued_at),
                desk=desk,
                clerk=clerk,
                region=region,
                benefit_year=year,
                category_label=label,
                total=total,
                coverage_start=start or "",
                coverage_end=end or "",
                state=ISSUED,
                name=line.name,
                id_number=line.id_number,
                replaces="" if before is None else numbers.get(before, ""),
            )
    raise AuditFileUnreadableError


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as err:
        raise AuditFileUnreadableError from err
    if at.utcoffset() is None:
        raise AuditFileUnreadableError
    return at
