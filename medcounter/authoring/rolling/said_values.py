"""Decide about the dates, years and amounts written in a record's sentences.

A figure that is also a value of its rule, or of a period, follows that value. What
tells of last year's source or of its doubts is history and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from medcounter.authoring.rolling.figure_writing import later_value, written_like
from medcounter.authoring.rolling.roll_context import OwnFigures, RollContext, ValueRuling
from medcounter.authoring.rolling.roll_records import (
    Occurrence,
    OccurrenceKind,
    RollOffer,
    ValueForm,
)
from medcounter.authoring.rolling.said_figures import SaidFigure, said_figures
from medcounter.authoring.rolling.written_values import HISTORY_KEYS, WrittenValue
from medcounter.dates import ONE_DAY, add_years
from medcounter.rules.questions import FEE_QUESTIONS, QUESTION

_HISTORY = "说的是上一年度的来源和疑点，推后就成了没有的事，照原样留着。"
_EVERY_YEAR = "没有年份的月日，照旧；与新通知核对以前，整条存疑。"
_NAMED = "句子里写明的年份，是不是规则的意思要由人看，不能自动推后。"
_YEAR_ENDS = {(12, 31), (1, 1)}


class Speaker(NamedTuple):
    """The record whose sentence is read.

    Attributes:
        question: Code of the question a rule answers; empty for other records.
        fees: Whether an amount in it is asked though no value says it.
    """

    question: str
    fees: bool

    @classmethod
    def of_rule(cls, question: str) -> Speaker:
        """Name a rule by its question."""
        return cls(question, question in FEE_QUESTIONS)


def said_occurrences(
    leaf: WrittenValue, speaker: Speaker, context: RollContext, own: OwnFigures
) -> Iterator[Occurrence]:
    """Yield what becomes of each figure of a sentence."""
    for figure in said_figures(leaf.value):
        ruling = _ruling(leaf, figure, speaker, context, own)
        yield _occurrence(leaf, figure, ruling, context)


def _ruling(
    leaf: WrittenValue, figure: SaidFigure, speaker: Speaker, context: RollContext, own: OwnFigures
) -> ValueRuling:
    found = _history(leaf, figure, context)
    if found is not None:
        return found
    if figure.fen is not None:
        return _amount(figure.fen, speaker, context, own)
    if figure.day is not None:
        return _day(figure, figure.day, speaker, context, own)
    if figure.form is ValueForm.SAID_MONTH_DAY:
        return _month_day(figure, speaker, context)
    if figure.form is ValueForm.SAID_MONTHS:
        return _months(figure, speaker, context)
    return _year(figure, leaf.value, context, own)


def _history(leaf: WrittenValue, figure: SaidFigure, context: RollContext) -> ValueRuling | None:
    """Return what becomes of a figure that tells of last year's source or doubts."""
    if leaf.key == "used" and figure.fen in context.fees:
        return _fee(figure.fen or 0, context)
    if leaf.key == "where":
        near = context.on_day(figure.day) if figure.day else None
        return near or ValueRuling(RollOffer.SHIFT, "提醒里的日子，随年度推后。")
    if leaf.key in HISTORY_KEYS:
        return ValueRuling(RollOffer.KEEP, _HISTORY)
    numbered = leaf.value[: figure.start].rstrip().endswith(("〔", "[", "（"))
    if numbered and figure.form is ValueForm.SAID_YEAR and not figure.unit:
        return ValueRuling(RollOffer.KEEP, "文件的编号，不改。")
    return None


def _amount(fen: int, speaker: Speaker, context: RollContext, own: OwnFigures) -> ValueRuling:
    if fen in own.amounts:
        return own.amounts[fen]
    if fen in context.fees:
        return _fee(fen, context)
    if speaker.fees and fen:
        label = QUESTION[speaker.question].label if speaker.question else "可选的回答"
        return context.on_amount(fen, "said", f"{label}的句子里写的")
    why = "句子里写的金额，照旧；与新通知核对以前，整条存疑。"
    return ValueRuling(RollOffer.KEEP, why)


def _fee(fen: int, context: RollContext) -> ValueRuling:
    return ValueRuling(RollOffer.ASK, "与要缴的同一个金额，一起改。", context.fees[fen])


def _month_day(figure: SaidFigure, speaker: Speaker, context: RollContext) -> ValueRuling:
    month_day = figure.month_day
    if month_day in _YEAR_ENDS and speaker.question != "window":
        return ValueRuling(RollOffer.KEEP, _EVERY_YEAR)
    for day, found in context.asked.days.items():
        if (day.month, day.day) == month_day:
            why = "与缴费时段的起止日相同，随新通知的时段定。"
            return ValueRuling(RollOffer.ASK, why, found.question, found.part, found.days)
    return ValueRuling(RollOffer.KEEP, _EVERY_YEAR)


def _day(
    figure: SaidFigure, day: date, speaker: Speaker, context: RollContext, own: OwnFigures
) -> ValueRuling:
    if (found := _own_day(day, own)) is not None:
        return found
    period = context.on_day(day)
    if speaker.question == "window" and period is not None:
        return period
    if context.is_year_end(day) and not figure.onward:
        return ValueRuling(RollOffer.SHIFT, "待遇年度的首尾，随年度推后。")
    if period is not None:
        return period
    return context.on_own_day(day, "句子里写的", _NAMED, "said-day")


def _own_day(day: date, own: OwnFigures) -> ValueRuling | None:
    """Return what becomes of a day of the rule itself, or of its neighbour."""
    for days, beside in ((0, day), (1, day - ONE_DAY), (-1, day + ONE_DAY)):
        found = own.days.get(beside)
        if found is not None:
            return found._replace(days=found.days + days)
    return None


def _months(figure: SaidFigure, speaker: Speaker, context: RollContext) -> ValueRuling:
    for day, found in context.asked.days.items():
        last = (day.year, day.month) == (figure.year, figure.months[-1])
        if last and (speaker.question == "window" or (day.month, day.day) not in _YEAR_ENDS):
            why = "说的是缴费时段最后的月份，随新通知的时段定。"
            return ValueRuling(RollOffer.ASK, why, found.question, found.part, found.days)
    return context.on_year(figure.year or 0, "said-year", "句子里写的年份", _NAMED)


def _year(figure: SaidFigure, text: str, context: RollContext, own: OwnFigures) -> ValueRuling:
    year = figure.year or 0
    if year in own.years:
        return own.years[year]
    if figure.since and (found := _own_day(date(year, 1, 1), own)) is not None:
        return found
    # Beside "from 2026 on" the benefit year may be as fixed as that year is.
    if year == context.year and not any(
        one.since and one.day is None for one in said_figures(text)
    ):
        return ValueRuling(RollOffer.SHIFT, "说的是待遇年度，随年度推后。")
    return context.on_year(year, "said-year", "句子里写的年份", _NAMED)


def _occurrence(
    leaf: WrittenValue, figure: SaidFigure, ruling: ValueRuling, context: RollContext
) -> Occurrence:
    form, old = figure.form, figure.text
    span = (figure.start, figure.end)
    kind = OccurrenceKind.YEAR
    shifted: str | None = None
    if figure.fen is not None:
        kind = OccurrenceKind.AMOUNT
    elif figure.day is not None:
        kind = OccurrenceKind.DAY
        later = add_years(figure.day, context.step).isoformat()
        shifted = written_like(form, old, later)
    elif figure.form is ValueForm.SAID_MONTH_DAY:
        kind = OccurrenceKind.DAY
    elif figure.year is not None:
        year = str(figure.year)
        later = later_value(year, context.step)
        shifted = written_like(form, old, later)
        if form is ValueForm.SAID_MONTHS:
            shifted = old.replace(year, later, 1)
        if form is ValueForm.SAID_MONTHS and ruling.question.startswith("said-year"):
            # Only its year is asked, the months are every year's.
            form, old, span = ValueForm.SAID_YEAR, year, (figure.start, figure.start + len(year))
            shifted = later
    found = Occurrence(leaf.path, kind, form, old, shifted, ruling.offer, ruling.why, span)
    return replace(found, question=ruling.question, part=ruling.part, days=ruling.days)
