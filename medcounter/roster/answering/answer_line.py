"""One resident's answer in a list: the figures of an assessment, no sentences.

Computes nothing. Money is whole fen, None where no source gives the figure;
days are inclusive on both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medcounter.assess.assessment import Coverage, Fee, Wait, Window
from medcounter.assess.facts import Problem


@dataclass(frozen=True, slots=True)
class Gain:
    """What repairing all lapsed years that help would bring.

    Attributes:
        years: Lapsed years to pay for, ≥ 1.
        cost: Fen to pay on top; None where no source gives it.
        days: Further days with benefits in the benefit year, ≥ 0.
    """

    years: int
    cost: int | None
    days: int


@dataclass(frozen=True, slots=True)
class Line:
    """The figures for one resident.

    Attributes:
        payable: Whether this person may pay on this day.
        exemption: The ground that removed a wait; None where there was none.
        coverage: None where the year brings no cover.
        loses_year: Whether a wait takes the whole year's cover.
        gain: None where repair brings nothing.
        assumed: Contract fields that rest on an assumed figure.
        unsettled: Contract fields that rest on an unsettled figure.
        warnings: Codes of the remarks that warn.
    """

    payable: bool
    window: Window
    category: str
    exemption: str | None
    lapsed_years: int
    fee: Fee | None
    wait: Wait | None
    coverage: Coverage | None
    loses_year: bool
    gain: Gain | None
    assumed: tuple[str, ...]
    unsettled: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def total(self) -> int | None:
        """Fen to pay; None where nothing can be paid or no source says."""
        return self.fee.total if self.fee else None

    @property
    def covered_from(self) -> date | None:
        """First day with benefits; None where there is none."""
        return self.coverage.start if self.coverage else None


LineAnswer = Line | tuple[Problem, ...]
