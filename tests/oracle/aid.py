"""What aided identities pay inside the window, written from the rule book alone.

Amounts in yuan a year; whoever is not named pays the ordinary 400.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.oracle.jiangxi import ORDER

ORDINARY = 400
MONITORED = ("unstable-out-of-poverty", "poverty-edge", "hardship-monitored")


@dataclass(frozen=True)
class Aid:
    """One place and year: identity to what it pays, paid on a day in the window."""

    region: str
    year: int
    paid: date
    pays: Mapping[str, int]


def each(codes: Iterable[str], amount: int) -> dict[str, int]:
    return dict.fromkeys(codes, amount)


AIDS = (
    Aid(
        "130000",
        2025,
        date(2024, 10, 10),
        {
            "destitute": 0,
            **each(("low-income", "back-into-poverty", *MONITORED), 40),
            "out-of-poverty": 160,
        },
    ),
    Aid(
        "130000",
        2026,
        date(2025, 11, 10),
        {**each(("destitute", "orphan"), 0), **each(("low-income", *MONITORED), 160)},
    ),
    Aid(
        "520000",
        2025,
        date(2024, 10, 10),
        {
            **each(("destitute", "orphan", "unsupported-child"), 0),
            "low-income": 200,
            "out-of-poverty": 340,
        },
    ),
    Aid(
        "430000",
        2026,
        date(2025, 10, 10),
        {
            **each(("destitute", "severely-disabled", "orphan", "unsupported-child"), 0),
            **each(("low-income", *MONITORED, "low-income-margin"), 200),
        },
    ),
)


def charged(aid: Aid, codes: frozenset[str]) -> tuple[int, str]:
    """The lowest fee and its identity; the order decides between equals."""
    named = [code for code in ORDER if code in codes and code in aid.pays]
    if not named:
        return ORDINARY, "ordinary"
    lowest = min(aid.pays[code] for code in named)
    return lowest, next(code for code in named if aid.pays[code] == lowest)
