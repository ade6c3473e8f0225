"""The kinds of tables of notices, and what the ledger records of an export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medcounter.errors import MedCounterError

XLSX, CSV = ".xlsx", ".csv"
TABLE_KINDS = (XLSX, CSV)


class TableUnsavedError(MedCounterError):
    """表格没有导出，没有生成文件；请换一个位置或清理磁盘后重试。"""


class TableTooLongError(MedCounterError):
    """要导出的通知单超过一张表能放的行数，没有生成文件；请按日期分几次导出。"""


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that was written.

    Attributes:
        path: The file.
        notices: How many notices are in it.
        masked: Whether ID numbers are masked.
    """

    path: Path
    notices: int
    masked: bool
