"""The order in which the ledger's rows are listed, by a column or by age.

Sorts records that were read; reads none itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from medcounter.desk.desk_records import LedgerRow
from medcounter.identity.pinyin import spellings

_DOWN = "-"
# What a column is sorted by; a name by its initials, as a clerk looks for it.
_KEYS: dict[str, Callable[[LedgerRow], Any]] = {
    "number": lambda row: row.number,
    "issued_at": lambda row: row.issued_at,
    "name": lambda row: (*spellings(row.name)[:1], row.name),
    "id_masked": lambda row: row.id_masked,
    "category": lambda row: row.category_label,
    "year": lambda row: row.standing.benefit_year,
    "total": lambda row: -1 if row.total is None else row.total,
    "coverage": lambda row: row.coverage_start or date.max,
    "state": lambda row: row.mark,
    "prints": lambda row: row.prints,
    "clerk": lambda row: row.clerk,
}


def next_order(order: str, column: str) -> str:
    """Return the order after a column's heading was clicked: up, down, by age again."""
    if order == column:
        return f"{_DOWN}{column}"
    return "" if order == f"{_DOWN}{column}" else column


def ordered(rows: tuple[LedgerRow, ...], order: str) -> tuple[LedgerRow, ...]:
    """Return rows in an order; equal ones stay newest first.

    Args:
        rows: Newest first.
        order: A column's name, ``-`` before it for the largest first; empty
            leaves them as they are.
    """
    if not order:
        return rows
    key = _KEYS[order.removeprefix(_DOWN)]
    return tuple(sorted(rows, key=key, reverse=order.startswith(_DOWN)))
