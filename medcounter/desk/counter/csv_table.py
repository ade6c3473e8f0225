"""Export notices as csv: complete on disk, with no cell a formula.

Returns the number written. The columns are those that scripts have read since
0.1.0.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable

from medcounter.desk.counter import issuing
from medcounter.desk.counter.export_kinds import Exported, TableUnsavedError
from medcounter.desk.desk_records import LedgerRow
from medcounter.destinations import Destination
from medcounter.files import sync_file
from medcounter.money import show_yuan
from medcounter.store.ledger_records import LedgerEntry
from medcounter.wording.terms import STATE_WORDS

# The mark tells Excel that the table is UTF-8.
_ENCODING = "utf-8-sig"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "编号",
    "出单时间",
    "姓名",
    "证件号码",
    "身份",
    "应缴（元）",
    "待遇开始",
    "待遇结束",
    "状态",
    "打印次数",
    "经办人",
)


def write_csv(
    destination: Destination,
    entries: Iterable[LedgerEntry],
    note: Callable[[int], None],
    *,
    masked: bool,
) -> Exported:
    """Write notices as csv; arguments as for an xlsx table.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        TableUnsavedError: The disk does not let us.
    """
    count = 0
    try:
        with destination.writing() as made:
            with made.open("w", encoding=_ENCODING, newline="") as file:
                table = csv.writer(file)
                table.writerow(_COLUMNS)
                for entry in entries:
                    row = issuing.ledger_row(entry)
                    table.writerow(_cells(row, row.id_masked if masked else entry.id_number or ""))
                    count += 1
            sync_file(made)
            note(count)
    except OSError as err:
        raise TableUnsavedError(
            f"表格写不出去，没有导出到“{destination.path}”，没有生成文件；请换一个位置或清理磁盘后重试。"
        ) from err
    return Exported(destination.path, count, masked)


def _cells(row: LedgerRow, id_number: str) -> tuple[str, ...]:
    days = (row.coverage_start, row.coverage_end)
    cells = (
        row.number,
        row.issued_at.isoformat(timespec="seconds"),
        row.name,
        id_number,
        row.category_label,
        "" if row.total is None else show_yuan(row.total),
        *("" if day is None else day.isoformat() for day in days),
        STATE_WORDS[row.state],
        str(row.prints),
        row.clerk,
    )
    return tuple(_no_formula(cell) for cell in cells)


def _no_formula(cell: str) -> str:
    # A spreadsheet runs what begins like this; a name typed so must stay a name.
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
