"""What an oracle says of one case, in the words of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CLOSED = "closed"


@dataclass(frozen=True)
class Person:
    """One resident paying on one day for one year.

    ``lapsed`` is how many years before the benefit year were not insured in a
    row, without any rule on which of them count; None = nothing known.
    """

    year: int
    paid: date
    identities: frozenset[str] = frozenset()
    lapsed: int | None = None
    birth: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)
    confirmed: bool | None = None


@dataclass(frozen=True)
class Answer:
    """Amounts in yuan; dates inclusive; empty where the contract has null.

    ``exemptions`` names every ground that gives the earliest cover: the
    contract does not say which of several is shown.
    """

    kind: str
    window: tuple[date, date] | None = None
    total: int | None = None
    category: str = "ordinary"
    lapsed: int = 0
    exemptions: frozenset[str] = frozenset()
    wait: tuple[date, date, int] | None = None
    cover: tuple[date, date] | None = None
    missing: bool = False

    @property
    def payable(self) -> bool:
        return self.kind != CLOSED
