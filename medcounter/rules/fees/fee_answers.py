"""The answers about money: standard, aid, subsidy, a repaired year, other years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from medcounter.rules.conditions import Condition
from medcounter.rules.fees.formulas import Formula, SumFormula
from medcounter.rules.values import AnswerCode, Code, Money, Record, Share, Text, Whole

OneToNine = Annotated[int, Field(strict=True, ge=1, le=9)]


class Item(Record):
    """One component of the standard; amount null when no source gives it.

    Attributes:
        when: For whom it is charged: an optional part, or one of a group;
            left out, for everybody.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"when": 2}

    code: Code
    label: Text
    amount: Money | Formula | None
    when: Condition | None = None


class StandardAnswer(Record):
    """What this window asks of one person, item by item."""

    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class SubsidyAnswer(Record):
    """The public subsidy a person; null when no source gives it.

    Attributes:
        amount: What the public purse adds.
        remainder_of: Instead of it, what personal standard and subsidy make
            together; the subsidy is what the standard leaves of it.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"remainder_of": 2}

    amount: Money | SumFormula | None = None
    remainder_of: Money | SumFormula | None = None

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or both.

        Raises:
            ValueError: Not exactly one of the two is written.
        """
        if ("amount" in self.model_fields_set) == (self.remainder_of is not None):
            raise ValueError("财政补助写 amount 或 remainder_of，只写一种；没有来源的写 null。")

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: format 1 had plain amounts only."""
        plain = self.amount is None or isinstance(self.amount, int)
        return self.SINCE_KEYS if plain else {**self.SINCE_KEYS, "amount": 2}


class Concession(Record):
    """What is asked instead of an amount: exactly one form, or unknown.

    Attributes:
        pays: The contribution left to pay.
        aid: The amount taken off.
        aid_share: The share taken off, half-up to fen.
        standard: Another standard; one of the forms above may take aid off it.
        unknown: True where a source only refers elsewhere.
    """

    pays: Money | None = None
    aid: Money | None = None
    aid_share: Share | None = None
    standard: Money | None = None
    unknown: Literal[True] | None = None

    @property
    def aided(self) -> bool:
        """Whether aid is taken off, of whatever standard."""
        return any(form is not None for form in (self.pays, self.aid, self.aid_share))

    def forms(self) -> int:
        """Count the forms written; another standard with aid on it is one."""
        forms = (self.pays, self.aid, self.aid_share, self.unknown)
        count = sum(form is not None for form in forms)
        return count if self.aided or self.standard is None else count + 1

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or two forms.

        Raises:
            ValueError: Not exactly one form is given.
        """
        if self.forms() != 1:
            raise ValueError(
                "资助要写且只写 pays、aid、aid_share、standard、unknown 中的一种；"
                "standard 之上另有资助的，可与 pays、aid、aid_share 之一同写。"
            )

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: aid on top of another standard."""
        return {"standard": 2} if self.aided else {}


class PartConcession(Concession):
    """A concession on some items of the standard; the others are paid in full.

    Attributes:
        items: Codes of the items; those that are not charged count nothing.
        label: Their Chinese name together, for tables; left out, the codes.
    """

    SINCE = 2

    items: Annotated[tuple[Code, ...], Field(min_length=1)]
    label: Text | None = None


class ConcessionAnswer(Concession):
    """What one identity pays: one form for the whole, or forms for single items.

    Attributes:
        parts: A form for each group of items, in place of one for the whole.
    """

    parts: tuple[PartConcession, ...] = ()

    def forms(self) -> int:
        """Override Concession.forms: the parts together are one form."""
        return super().forms() + (1 if self.parts else 0)

    def model_post_init(self, context: object) -> None:
        """Override Concession.model_post_init: no item in two parts.

        Raises:
            ValueError: Not exactly one form is given, or an item is named twice.
        """
        super().model_post_init(context)
        named = [code for part in self.parts for code in part.items]
        if len(set(named)) != len(named):
            raise ValueError("同一个费用项目只能写在 parts 的一项里。")

    def later_keys(self) -> Mapping[str, int]:
        """Override Concession.later_keys: parts as well."""
        return {**super().later_keys(), "parts": 2}


class RepairPriceAnswer(Record):
    """What one repaired year costs: exactly one of the three forms.

    Attributes:
        amount: A price of its own.
        of: The personal standard of the ``main`` window, or of the ``window``
            the payment lies in, which may ask the full cost.
        items: Codes of the items of that standard which are paid for a
            repaired year too; empty means all of them.
        unknown: True where a source only refers elsewhere.
    """

    SINCE = 2

    amount: Money | None = None
    of: Literal["main", "window"] | None = None
    items: tuple[Code, ...] = ()
    unknown: Literal[True] | None = None

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or two forms.

        Raises:
            ValueError: Not exactly one form is given, or items of no standard.
        """
        if sum(form is not None for form in (self.amount, self.of, self.unknown)) != 1:
            raise ValueError("修复一年的价钱要写且只写 amount、of、unknown 中的一种。")
        if self.items and self.of is None:
            raise ValueError("items 说的是标准里的哪几项，要与 of 一起写。")


class YearsAnswered(Record):
    """As many years as an answer says, less some."""

    SINCE = 2

    by: AnswerCode
    less: Whole = 0


class OtherYearAnswer(Record):
    """What is paid with this year's fee for other benefit years, a line a year.

    Attributes:
        code: Code of the lines; the year is added: ``second-year-2027``.
        label: Their Chinese name; ``{benefit_year}`` is the year paid for.
        first: How many years after the benefit year the first of them lies.
        years: How many years in a row.
        amount: What each of them costs; null when no source gives it.
        of: In place of an amount: this year's ``standard``, or the
            ``contribution`` left of it after aid, at a price that stays.
    """

    SINCE = 2

    code: Code
    label: Text
    first: OneToNine = 1
    years: OneToNine | YearsAnswered = 1
    amount: Money | SumFormula | None = None
    of: Literal["standard", "contribution"] | None = None

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or both prices.

        Raises:
            ValueError: Not exactly one of the two is written.
        """
        if ("amount" in self.model_fields_set) == (self.of is not None):
            raise ValueError("其他年度的价钱要写且只写 amount、of 中的一种，没有来源的写 null。")
