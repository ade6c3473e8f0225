"""Compare the figures in a rule's sentences with what the rule says.

A figure typed into a sentence is typed twice; where one of the two is changed, the
announcement says what the program does not do. Compared are figures of the kinds that an
answer to the question has: amounts and shares of fees, days of periods, lengths of waits
and of the time in which an event counts. New with format 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from medcounter.dates import ONE_DAY, year_start
from medcounter.money import FEN_IN_YUAN, round_half_up
from medcounter.rules.bundle import Programme, written_rules
from medcounter.rules.fees.answer_reach import formulas_in
from medcounter.rules.fees.fee_answers import (
    ConcessionAnswer,
    Item,
    StandardAnswer,
    SubsidyAnswer,
)
from medcounter.rules.questions import Rule
from medcounter.rules.values import resolve_day

_AMOUNT = re.compile(r"(?<![\d.])(\d+(?:\.\d{1,2})?)\s*元")
_DAY = re.compile(r"(\d{4})(?:-|\s*年\s*)(\d{1,2})(?:-|\s*月\s*)(\d{1,2})")
_DAY_OF_YEAR = re.compile(r"(?<![\d年])(?<!年 )(\d{1,2})\s*月\s*(\d{1,2})\s*日")
# "90 日内" is a length; "1 月 25 日内" and "每月 25 日" are days, and no month has more than 31.
_LENGTH = re.compile(
    r"(?<![\d.])(\d+)\s*(?:个整?月|天)"
    r"|(?<![\d.月])(?<!月 )(\d+)\s*日(?=[之以]?内)"
    r"|(?<![\d.])(3[2-9]|[4-9]\d|\d{3,})\s*日"
)
_SHARE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*[%％]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HUNDRED = 100
_KINDS: dict[str, tuple[re.Pattern[str], ...]] = {
    "standard": (_AMOUNT, _SHARE),
    "subsidy": (_AMOUNT, _SHARE),
    "concession": (_AMOUNT, _SHARE, _LENGTH),
    "repair-price": (_AMOUNT,),
    "window": (_DAY, _DAY_OF_YEAR, _LENGTH),
    "fixed-wait": (_LENGTH,),
    "variable-wait": (_LENGTH,),
    "exemption": (_LENGTH,),
    "cover-start": (_DAY_OF_YEAR,),
}
_WAITS = frozenset({"fixed-wait", "variable-wait"})
# What a blank for the amount is said to be: what the person pays. Of aid it is the aid.
_PAID = re.compile(r"个人(?:实际|只|再)?缴(?:费|纳)?\s*\{amount\}\s*元")
_OF_REMARKS = (_AMOUNT, _SHARE, _LENGTH)


@dataclass(slots=True)
class _Figures:
    """The figures a part of a bundle says: fen, days, whole numbers and shares.

    Attributes:
        spans: Whether it asks how long ago something was.
    """

    amounts: set[int]
    days: set[date]
    numbers: set[int]
    shares: set[Decimal]
    spans: bool = False

    def untold(self, question: str) -> set[re.Pattern[str]]:
        """Name the kinds a rule may tell of freely, since it has none of them itself.

        Of an amount that is written out, its share of the standard; of somebody without a
        time limit, how old newborns are.
        """
        untold = set() if self.shares else {_SHARE}
        return untold if self.spans or question in _WAITS else untold | {_LENGTH}

    def holds(self, kind: re.Pattern[str], match: re.Match[str]) -> bool:
        """Return whether a figure found in a sentence is among them."""
        if kind is _LENGTH:
            return int(match[1] or match[2] or match[3]) in self.numbers
        if kind is _AMOUNT:
            return _fen(match[1]) in self.amounts
        if kind is _SHARE:
            return Decimal(match[1]) / _HUNDRED in self.shares
        if kind is _DAY_OF_YEAR:
            beside = {near for day in self.days for near in (day - ONE_DAY, day, day + ONE_DAY)}
            named = int(match[1]), int(match[2])
            return any((day.month, day.day) == named for day in beside)
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        # A period is told by its neighbours as well: "after 28 February" of one from 1 March.
        return day is not None and not {day - ONE_DAY, day, day + ONE_DAY}.isdisjoint(self.days)


class FigureSlip(NamedTuple):
    """A figure in a sentence that is not the rule's.

    Attributes:
        rule: Id of the rule.
        key: Key of the sentence.
        figure: As it stands there.
    """

    rule: str
    key: str
    figure: str


def figure_slips(programme: Programme, above: Iterable[Rule]) -> Iterator[FigureSlip]:
    """List the figures in sentences that differ from the rules they explain.

    What a rule says of itself must be its own; why it does not hold, and what a
    remark tells, may name any figure of the place and of those above it.

    Args:
        programme: The programme.
        above: The rules it inherits.
    """
    span = programme.benefit_years
    years = range(span.start, span.end + 1)
    everything = _figures([*programme.rules, *above], years)
    for rule in programme.rules:
        kinds = _KINDS.get(rule.question, ())
        sentences = {"applies": rule.applies, "fails": rule.fails or ""}
        if rule.question == "remark":
            compared = [("applies", kind, everything) for kind in _OF_REMARKS]
        else:
            own = _figures([rule], years) if kinds else everything
            kinds = tuple(kind for kind in kinds if kind not in own.untold(rule.question))
            stated = [("applies", kind, own) for kind in kinds if _says_something(rule)]
            compared = [*stated, *(("fails", kind, everything) for kind in kinds)]
        for key, each, known in compared:
            for match in each.finditer(sentences[key]):
                if not known.holds(each, match):
                    yield FigureSlip(rule.id, key, match[0].strip())
        if not _amount_is_paid(rule):
            for match in _PAID.finditer(rule.applies):
                yield FigureSlip(rule.id, "applies", match[0])


def _says_something(rule: Rule) -> bool:
    """Return whether an answer has figures: a closed day and no wait have none."""
    kind, length = (getattr(rule.answer, name, None) for name in ("kind", "length"))
    return kind != "closed" and length != 0


def _amount_is_paid(rule: Rule) -> bool:
    """Return whether the amount that a rule names is what a person pays."""
    answer = rule.answer
    if not isinstance(answer, ConcessionAnswer):
        return not isinstance(answer, SubsidyAnswer)
    return all(
        form.pays is not None or (form.aid is None and form.aid_share is None)
        for form in (answer, *answer.parts)
    )


def _figures(rules: Iterable[Rule], years: Iterable[int]) -> _Figures:
    found = _Figures(set(), set(), set(), set())
    listed = tuple(rules)
    for rule, written in zip(listed, written_rules(listed), strict=True):
        parts = {key: written.get(key) for key in ("answer", "when", "valid", "readings")}
        for value in _values(parts):
            if isinstance(value, int) and not isinstance(value, bool):
                found.numbers.add(value)
                found.amounts.add(value)
            elif isinstance(value, str):
                found.days |= {day for year in years if (day := _resolved(value, year))}
                found.spans = found.spans or value == "elapsed"
                found.days |= {year_start(year) for year in years if value == "year-start"}
                found.shares |= {Decimal(value)} if _NUMBER.fullmatch(value) else set()
        for answer in (rule.answer_in(number) for number in range(len(rule.readings) + 1)):
            if isinstance(answer, StandardAnswer):
                found.amounts |= _sums(answer.items)
            worked_out = (_worked_out(formula) for formula in formulas_in(answer))
            found.amounts.update(amount for amounts in worked_out for amount in amounts)
    return found


def _sums(items: Iterable[Item]) -> set[int]:
    """Work out what items come to: each, each month, and together."""
    sums: set[int] = set()
    total = fixed = 0
    for item in items:
        amounts = _worked_out(item.amount)
        sums.update(amounts)
        total += amounts[0] if amounts else 0
        fixed += amounts[0] if amounts and getattr(item.amount, "kind", "") != "counted" else 0
    return sums | {total, fixed}


def _worked_out(amount: Any) -> list[int]:  # noqa: ANN401 -- any formula of the language
    """Return an amount in fen for the year, then for a month; empty if none."""
    if isinstance(amount, int):
        return [amount]
    each, months = getattr(amount, "amount", None), getattr(amount, "months", 1)
    base, rate = getattr(amount, "base", None), getattr(amount, "rate", None)
    # Months that depend on the day of payment may be any number up to a year's.
    spans = [months] if isinstance(months, int) else list(range(12, 0, -1))
    if isinstance(each, int):
        return [each * span for span in spans] + [each]
    if isinstance(base, int) and isinstance(rate, Decimal | Fraction):
        month = round_half_up(rate * base)
        years = [round_half_up(rate * base * span) for span in spans]
        return [month * span for span in spans] + [month, *years, base]
    return []


def _values(part: object) -> Iterator[object]:
    if isinstance(part, dict):
        for value in part.values():
            yield from _values(value)
    elif isinstance(part, list):
        for value in part:
            yield from _values(value)
    else:
        yield part


def _resolved(text: str, year: int) -> date | None:
    try:
        return resolve_day(text, year)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _fen(text: str) -> int:
    """Read an amount as sentences write it: whole yuan, or with one or two places."""
    return int(Decimal(text) * FEN_IN_YUAN)
