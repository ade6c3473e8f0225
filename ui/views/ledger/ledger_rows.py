"""The ledger's notices as table rows: the content of each column.

Returns texts and values of stored records; computes no fee and no day.
"""

from __future__ import annotations

from medcounter.desk.desk_records import LedgerRow
from medcounter.money import show_money
from medcounter.wording.terms import CORRECTED, ISSUED, STATE_WORDS, UNCONFIRMED, VOID

from ...widgets.record_model import END, Column

_SIGNS = {ISSUED: "● ", UNCONFIRMED: "？", VOID: "✕ ", CORRECTED: "↻ "}
_LAST_PRINT = {"failed": " 未出纸"}
NO_COVERAGE = "本年度无待遇"


def moment(row: LedgerRow) -> str:
    """Say when a notice was issued, to the minute."""
    return f"{row.issued_at:%Y-%m-%d %H:%M}"


def coverage(row: LedgerRow) -> str:
    """Say the days with benefits, both ends inclusive."""
    if row.coverage_start is None or row.coverage_end is None:
        return NO_COVERAGE
    return f"{row.coverage_start} 至 {row.coverage_end}"


def state_text(mark: str) -> str:
    """Say a state with its sign, so that colour is never the only one."""
    return _SIGNS[mark] + STATE_WORDS[mark]


def prints(row: LedgerRow) -> str:
    """Return how many prints were counted, and where the last gave no paper."""
    return f"{row.prints} 次{_LAST_PRINT.get(row.standing.last_print, '')}"


LEDGER_COLUMNS: tuple[Column[LedgerRow], ...] = (
    Column("number", "编号", lambda row: row.number, lambda row: row.number),
    Column("issued_at", "出单时间", moment, lambda row: row.issued_at),
    Column("name", "姓名", lambda row: row.name, lambda row: row.name),
    Column("id_masked", "证件号码", lambda row: row.id_masked, lambda row: row.id_masked),
    Column(
        "category",
        "身份",
        lambda row: row.category_label,
        lambda row: row.category_label,
    ),
    Column(
        "year",
        "年度",
        lambda row: f"{row.standing.benefit_year}",
        lambda row: row.standing.benefit_year,
    ),
    Column("total", "应缴", lambda row: show_money(row.total), lambda row: row.total, END),
    Column("coverage", "享受待遇", coverage, lambda row: row.coverage_start),
    Column("state", "状态", lambda row: state_text(row.mark), lambda row: row.mark),
    Column("prints", "打印", prints, lambda row: row.prints, END),
    Column("clerk", "经办", lambda row: row.clerk, lambda row: row.clerk),
)
