"""The possible answers of a rule, one record for each question."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from medcounter.rules.payment_conditions import WindowKind
from medcounter.rules.values import (
    AnswerCode,
    Code,
    Flag,
    Money,
    Record,
    Share,
    Text,
    Whole,
    Year,
    YearDay,
)


class WindowAnswer(Record):
    """The named period the payment day lies in; both ends inclusive."""

    kind: WindowKind
    start: YearDay | None = Field(default=None, alias="from")
    end: YearDay | None = Field(default=None, alias="to")
    label: Text


class Rated(Record):
    """A contribution base times a rate, for some months.

    ``round`` says when half-up rounding to fen happens: each ``month`` before
    the months are multiplied, or once for the ``year``.
    """

    kind: Literal["rated"]
    base: Money
    rate: Share
    months: Annotated[int, Field(strict=True, ge=1, le=12)]
    round: Literal["month", "year"]


class Monthly(Record):
    """An amount a month, for some months."""

    kind: Literal["monthly"]
    amount: Money
    months: Annotated[int, Field(strict=True, ge=1, le=12)]


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


class Item(Record):
    """One component of the standard; amount null when no source gives it."""

    code: Code
    label: Text
    amount: Money | Formula | None


class StandardAnswer(Record):
    """What this window asks of one person, item by item."""

    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class SubsidyAnswer(Record):
    """The public subsidy a person; null when no source gives it."""

    amount: Money | None


class ConcessionAnswer(Record):
    """What one identity pays: exactly one of the four forms, or unknown.

    Attributes:
        pays: The contribution left to pay.
        aid: The amount taken off the standard.
        aid_share: The share of the standard taken off, half-up to fen.
        standard: Another standard for this identity.
        unknown: True where a source only refers elsewhere.
    """

    pays: Money | None = None
    aid: Money | None = None
    aid_share: Share | None = None
    standard: Money | None = None
    unknown: Literal[True] | None = None

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or two forms.

        Raises:
            ValueError: Not exactly one form is given.
        """
        forms = (self.pays, self.aid, self.aid_share, self.standard, self.unknown)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("资助要写且只写 pays、aid、aid_share、standard、unknown 中的一种。")


class LapseAnswer(Record):
    """The first benefit year whose gap counts."""

    from_year: Year


class Anchor(Record):
    """A day named by what it hangs on, moved by whole days if asked.

    The day of an event is that of the kind the rule's ground names, or of
    the kind named in ``event`` where a rule has no grounds.
    """

    anchor: Literal[
        "year-start",
        "payment",
        "day-after-payment",
        "month-of-payment",
        "month-after-payment",
        "birth",
        "event",
        "day-after-event",
        "month-of-event",
        "date",
    ]
    date: YearDay | None = None
    event: Code | None = None
    plus_days: Whole = 0

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: each anchor with its own key.

        Raises:
            ValueError: ``date`` is missing or given beside another anchor;
                ``event`` is given beside an anchor that hangs on none.
        """
        if (self.anchor == "date") != (self.date is not None):
            raise ValueError("anchor 为 date 时要写 date，其他情形不写。")
        if self.event is not None and "event" not in self.anchor:
            raise ValueError("只有从事件日起算（anchor 含 event）时才写 event。")


class ExemptionAnswer(Record):
    """Which waits fall away, and from which day cover then begins."""

    waives: Annotated[tuple[Literal["fixed", "variable"], ...], Field(min_length=1)]
    cover: Anchor


class FixedWaitAnswer(Record):
    """The fixed wait: a length and its unit; length 0 is no wait."""

    length: Whole
    unit: Literal["month", "day", "whole-month"] = "month"


class VariableWaitAnswer(Record):
    """Units added for each lapsed year beyond the free ones."""

    per_year: Whole
    free_years: Whole = 0
    unit: Literal["month", "day", "whole-month"] = "month"


class RepairAnswer(Record):
    """What each extra year paid takes off the variable wait.

    Attributes:
        per_year: Units taken off for each repair year.
        floor_from_lapsed: From this many lapsed years on the floor holds;
            null means no floor.
        floor_total: The least wait (fixed and variable) that stays then.
    """

    per_year: Whole
    floor_from_lapsed: Whole | None = None
    floor_total: Whole = 0


class AfterWaitAnswer(Record):
    """How many days after the wait's last day cover begins; 1 is the next."""

    days: Annotated[int, Field(strict=True, ge=1, le=31)]


class MonthEndAnswer(Record):
    """What a day number that the target month lacks becomes."""

    becomes: Literal["last-day", "first-of-next"]


class CoverEndAnswer(Record):
    """The last day of cover, inclusive."""

    end: YearDay = Field(alias="to")


class CarryOverAnswer(Record):
    """What a wait past the year's end becomes in the next year.

    Attributes:
        carries: It runs on there, if that year is paid too.
        counts_as_lapsed: The year without cover counts as not continuous.
    """

    carries: Flag
    counts_as_lapsed: Flag = False


class IncentiveAnswer(Record):
    """Steps on the 大病保险 ceiling; money in yuan text.

    Attributes:
        counted_from: First benefit year of the continuous count.
        after_years: Continuous years before the first step.
        continuous_step: For each further continuous year.
        zero_claim_step: For each year without a claim, null when no source
            gives it.
        cap_share: Most of the ceiling that all steps may reach.
        cap_amount: The same as an amount; the lower one holds.
        ceiling: The region's ceiling, null when no source gives it.
        lapse_keeps_bonus: Whether steps earned before a lapse stay.
        lapse_penalty: Taken off on enrolling again after a lapse.
    """

    counted_from: Year
    after_years: Whole
    continuous_step: Money
    zero_claim_step: Money | None
    cap_share: Share | None = None
    cap_amount: Money | None = None
    ceiling: Money | None = None
    lapse_keeps_bonus: Flag = False
    lapse_penalty: Money = 0


class RemarkAnswer(Record):
    """Something the resident must be told in this case."""

    code: Code
    level: Literal["info", "warning"]
