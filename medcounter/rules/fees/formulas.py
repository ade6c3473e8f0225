"""Amounts that are worked out: a rate of a base, so much a month, so much a unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from medcounter.rules.answers import StartDay
from medcounter.rules.values import AnswerCode, Money, Rate, Record, Share, YearDay


class MonthsLeft(Record):
    """The months from one day's month to another's, both counted; at most 12.

    Source: bundle source ``dongguan-2026``, "from the month of the mark to the year's end".
    """

    SINCE = 2

    start: StartDay = Field(alias="from")
    end: YearDay = Field(alias="to")


Months = Annotated[int, Field(strict=True, ge=1, le=12)] | MonthsLeft


class Rated(Record):
    """A contribution base times a rate, for some months.

    Attributes:
        rate: A share, or a fraction such as a twelfth for each month of a year's amount,
            which is worked out exactly.
        round: When half-up rounding happens: each ``month`` before the months
            are multiplied, or once for the ``year``.
        round_to: To whole fen, or to whole yuan.
        at_least: The least that is asked, whatever comes out.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"round_to": 2, "at_least": 2}

    kind: Literal["rated"]
    base: Money
    rate: Rate
    months: Months
    round: Literal["month", "year"]
    round_to: Literal["fen", "yuan"] = "fen"
    at_least: Money | None = None

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: format 1 had decimals only."""
        plain = not isinstance(self.rate, Fraction)
        return self.SINCE_KEYS if plain else {**self.SINCE_KEYS, "rate": 2}


class Monthly(Record):
    """An amount a month, for some months."""

    kind: Literal["monthly"]
    amount: Money
    months: Months


class Counted(Record):
    """An amount for each unit of a numeric answer, such as gap months."""

    kind: Literal["counted"]
    amount: Money
    by: AnswerCode


class LateFee(Record):
    """A share of the other items for each day after a day, half-up to fen."""

    kind: Literal["late-fee"]
    rate: Share
    after: YearDay


Formula = Annotated[Rated | Monthly | Counted | LateFee, Field(discriminator="kind")]
# What stands alone: a late fee needs other items to be a share of.
SumFormula = Annotated[Rated | Monthly | Counted, Field(discriminator="kind")]
