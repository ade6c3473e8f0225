"""The possible answers of a rule, one record for each question.

What is paid is answered by the records of ``fees``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from medcounter.rules.payment_conditions import WindowKind
from medcounter.rules.values import (
    Code,
    DayName,
    Flag,
    Money,
    Record,
    Share,
    Text,
    Whole,
    Year,
    YearDay,
    answer_in,
)


class WindowAnswer(Record):
    """The named period the payment day lies in; both ends inclusive."""

    kind: WindowKind
    start: YearDay | None = Field(default=None, alias="from")
    end: YearDay | None = Field(default=None, alias="to")
    label: Text


class LapseAnswer(Record):
    """The first benefit year whose gap counts, and years that are none.

    Attributes:
        also_insured: Years before the benefit year, 1 is the last one, that
            count as insured: the fee of another year covered them, or the
            resident may choose to leave them out.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"also_insured": 2}

    from_year: Year
    also_insured: tuple[Annotated[int, Field(strict=True, ge=1, le=30)], ...] = ()


class StartDay(Record):
    """A day named by what it hangs on, moved by whole days if asked.

    The day of an event is that of the kind the rule's ground names, or of
    the kind (or dated answer) named in ``event`` where a rule has no grounds.
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
        "month-after-event",
        "date",
    ]
    date: YearDay | None = None
    event: DayName | None = None
    plus_days: Whole = 0

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: each kind of day with its own key.

        Raises:
            ValueError: ``date`` is missing or given beside another kind;
                ``event`` is given beside a kind that hangs on none.
        """
        if (self.anchor == "date") != (self.date is not None):
            raise ValueError("anchor 为 date 时要写 date，其他情形不写。")
        if self.event is not None and "event" not in self.anchor:
            raise ValueError("只有从事件日起算（anchor 含 event）时才写 event。")

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: the month after an event, and dated answers."""
        later = dict(self.SINCE_KEYS)
        if self.anchor == "month-after-event":
            later["anchor"] = 2
        if self.event is not None and answer_in(self.event) is not None:
            later["event"] = 2
        return later


class WaitStartAnswer(StartDay):
    """The first day of the wait, and how its months are counted from there.

    Attributes:
        months_end: ``day-before``: months end on the day before the same day
            number, 1 March to 31 May; ``same-day``: that day is still inside,
            1 March to 1 June. Days and whole months know no difference.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"months_end": 2}

    months_end: Literal["day-before", "same-day"] = "day-before"


class ExemptionAnswer(Record):
    """Which waits fall away, and from which day cover then begins."""

    waives: Annotated[tuple[Literal["fixed", "variable"], ...], Field(min_length=1)]
    cover: StartDay


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
        unit: What both are counted in; left out, months.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"unit": 2}

    per_year: Whole
    floor_from_lapsed: Whole | None = None
    floor_total: Whole = 0
    unit: Literal["month", "day", "whole-month"] = "month"


class AfterWaitAnswer(Record):
    """How many days after the wait's last day cover begins; 1 is the next.

    Attributes:
        month_start: Cover begins with a month: on that day where it is a
            first of a month, else on the next first.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"month_start": 2}

    days: Annotated[int, Field(strict=True, ge=1, le=31)]
    month_start: Flag = False


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


class RateStep(Record):
    """Steps on the reimbursement rate of a hospital stay.

    Source: bundle source ``lanzhou-2025-page``, 1 point for each further
    continuous year, 5 at most, back to the first year's rate after a lapse.

    Attributes:
        step: What each further continuous year adds: 0.01 is one point.
        cap: Most that all steps may reach.
        counted_from: First benefit year of the count.
        after_years: Continuous years before the first step.
    """

    SINCE = 2

    step: Share
    cap: Share | None = None
    counted_from: Year
    after_years: Whole = 1


class IncentiveAnswer(Record):
    """Steps on the 大病保险 ceiling; money in yuan text.

    Attributes:
        counted_from: First benefit year of the continuous count.
        after_years: Continuous years before the first step.
        continuous_step: For each further continuous year, null when no source
            gives it.
        zero_claim_step: For each year without a claim, null when no source
            gives it.
        cap_share: Most of the ceiling that all steps may reach.
        cap_amount: The same as an amount; the lower one holds.
        ceiling: The region's ceiling, null when no source gives it.
        lapse_keeps_bonus: Whether steps earned before a lapse stay.
        lapse_penalty: Taken off on enrolling again after a lapse.
        lapse_penalty_per: Once for the ``return``, or for each lapsed
            ``year``.
        lapse_penalty_cap: Most that all penalties may reach.
        rate: Steps on the reimbursement rate; left out, none.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {
        "lapse_penalty_per": 2,
        "lapse_penalty_cap": 2,
        "rate": 2,
    }

    counted_from: Year
    after_years: Whole
    continuous_step: Money | None
    zero_claim_step: Money | None
    cap_share: Share | None = None
    cap_amount: Money | None = None
    ceiling: Money | None = None
    lapse_keeps_bonus: Flag = False
    lapse_penalty: Money = 0
    lapse_penalty_per: Literal["return", "year"] = "return"
    lapse_penalty_cap: Money | None = None
    rate: RateStep | None = None

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: format 1 had to know the step."""
        unknown = {"continuous_step": 2} if self.continuous_step is None else {}
        return {**self.SINCE_KEYS, **unknown}


class RemarkAnswer(Record):
    """Something the resident must be told in this case."""

    code: Code
    level: Literal["info", "warning"]
