"""The totals of a list as table rows: by village, by identity, by fee.

Returns records in order; adds up nothing but the fees of those who pay the
same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medcounter.money import show_money

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.roster.answering.results import Totals

BY_VILLAGE, BY_IDENTITY, BY_FEE = range(3)
_NO_VILLAGE = "（没有填）"
_NO_FEE = "没有金额"


@dataclass(frozen=True, slots=True)
class SumRow:
    """People of one kind and what they pay, in fen."""

    label: str
    people: int
    known: int


def sum_rows(totals: Totals, kind: int, identity: Callable[[str], str]) -> tuple[SumRow, ...]:
    """Return the rows of one kind: most people first, villages as they came.

    Args:
        totals: The list added up.
        kind: One of this module's three.
        identity: Gives the name of an identity code.
    """
    if kind == BY_FEE:
        fees = totals.by_fee.most_common()
        return tuple(
            SumRow(_NO_FEE if fee is None else show_money(fee), people, (fee or 0) * people)
            for fee, people in fees
        )
    if kind == BY_VILLAGE:
        return tuple(
            SumRow(name or _NO_VILLAGE, one.people, one.known)
            for name, one in totals.by_village.items()
        )
    ordered = sorted(totals.by_identity.items(), key=lambda pair: -pair[1].people)
    return tuple(SumRow(identity(code), one.people, one.known) for code, one in ordered)
