"""One desk's ledger as it was exported: verified first, then read.

Answers with its notices and the codes of its chain. Takes nothing from a
file whose seal or chain does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from medcounter.gather.errors import GatherError, SealBrokenError
from medcounter.store import audit_reading, sealed_rows

ISSUED, VOID = "issued", "void"
_KIND, _NOTICE, _MAC = 1, 3, 7


@dataclass(frozen=True, slots=True)
class GatheredNotice:
    """One notice of one desk.

    Attributes:
        ledger: Fingerprint of the ledger that issued it.
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        total: Fen; None where no source gave the fee.
        coverage_start: ISO day; empty when there is none.
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
    name: str
    id_number: str
    replaces: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A verified file.

    Attributes:
        ledger: Fingerprint of the ledger.
        macs: Code of each event, in order: a later file of the same ledger
            begins with the same ones.
        notices: In the order of their numbers.
    """

    path: Path
    ledger: str
    head: str
    exported_at: str
    masked: bool
    macs: tuple[str, ...]
    notices: tuple[GatheredNotice, ...]


def read_ledger(path: Path) -> LedgerFile:
    """Verify a file and read it.

    Raises:
        AuditFileUnreadableError: It is no exported ledger, or was cut short.
        GatherError: It cannot be opened.
        SealBrokenError: Seal or chain does not hold.
    """
    try:
        with path.open("rb") as file:
            report = audit_reading.read(file)
        if report.faults:
            raise SealBrokenError(
                f"文件“{path.name}”没有收进来：{report.faults[0]}请回到该窗口重新导出。"
            )
        macs, notices = _rows(path, report.fingerprint)
    except OSError as err:
        raise GatherError(f"文件“{path.name}”读不出，没有收进来；请核对路径。") from err
    return LedgerFile(
        path,
        report.fingerprint,
        report.head,
        report.at,
        report.masked,
        tuple(macs),
        tuple(notices.values()),
    )


def _rows(path: Path, ledger: str) -> tuple[list[str], dict[int, GatheredNotice]]:
    macs: list[str] = []
    notices: dict[int, GatheredNotice] = {}
    numbers: dict[int, str] = {}
    voided: set[int] = set()
    with path.open("rb") as file:
        for row in audit_reading.rows(file):
            kind, place = row.event[_KIND], row.event[_NOTICE]
            macs.append(str(row.event[_MAC]))
            if row.notice and isinstance(place, int):
                notices[place] = _notice(ledger, row, numbers)
                numbers[place] = notices[place].number
            elif kind == "void" and isinstance(place, int):
                voided.add(place)
    for place in voided:
        notices[place] = replace(notices[place], state=VOID)
    return macs, notices


def _notice(ledger: str, said: audit_reading.AuditRow, numbers: dict[int, str]) -> GatheredNotice:
    row = dict(zip(sealed_rows.COLUMNS, said.notice, strict=True))
    before, total, year = row["replaces"], row["total"], row["benefit_year"]
    return GatheredNotice(
        ledger=ledger,
        number=str(row["number"]),
        issued_at=datetime.fromisoformat(str(row["issued_at"])),
        desk=str(row["desk"]),
        clerk=str(row["clerk"]),
        region=str(row["region"]),
        benefit_year=year if isinstance(year, int) else 0,
        category_label=str(row["category_label"]),
        total=total if isinstance(total, int) else None,
        coverage_start=str(row["coverage_start"] or ""),
        coverage_end=str(row["coverage_end"] or ""),
        state=ISSUED,
        name=said.name,
        id_number=said.id_number,
        replaces=numbers.get(before, "") if isinstance(before, int) else "",
    )
