"""Decide about the values of a rule: days, years, amounts, lengths, ids."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.rolling.figure_writing import later_value
from medcounter.authoring.rolling.roll_context import OwnFigures, RollContext, ValueRuling
from medcounter.authoring.rolling.roll_records import (
    Occurrence,
    OccurrenceKind,
    RollOffer,
    ValueForm,
)
from medcounter.authoring.rolling.said_figures import said_figures
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.json_path import JsonPath
from medcounter.money import AmountUnreadableError, read_yuan
from medcounter.rules.questions import FEE_QUESTIONS, QUESTION

SAID_KEYS = frozenset({"applies", "fails", "label", "text", "hint"})
HISTORY_KEYS = frozenset({"doubt", "clause", "reason", "says", "used", "title", "publisher"})
_RATES = frozenset({"rate", "aid_share", "cap_share", "step", "cap"})
_COUNTED_YEARS = {"counted_from": "连续参保从哪年起算", "from_year": "断保年数从哪年起算"}
_YEAR_DAY = re.compile(r"B(?P<offset>[+-]\d)?:(?P<month>\d\d)-(?P<day>\d\d|last)")
_YEAR_IN_ID = re.compile(r"(?<!\d)20\d\d(?!\d)")
# Cover hangs on the year's end, not on where a period happens to end.
_COVER_QUESTIONS = frozenset({"cover-start", "cover-end", "cover-floor"})
_UNSEEN = "照旧；与新通知核对以前，整条规则存疑。"


class WrittenValue(NamedTuple):
    """One scalar of a rule, with what surrounds it.

    Attributes:
        path: From the document's root.
        value: What stands there.
        key: The last name on the way to it.
        test: Of the condition it stands in; empty in an answer.
    """

    path: JsonPath
    value: Json
    key: str
    test: str


def leaves_of(value: Json, path: JsonPath, key: str = "", test: str = "") -> Iterator[WrittenValue]:
    """Yield every scalar of a record."""
    if isinstance(value, dict):
        inner = value.get("test", "")
        for name, one in value.items():
            yield from leaves_of(one, (*path, name), name, inner)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves_of(one, (*path, number), key, test)
    else:
        yield WrittenValue(path, value, key, test)


def written_occurrence(
    leaf: WrittenValue, rule: Mapping[str, Any], context: RollContext, own: OwnFigures
) -> Occurrence | None:
    """Return what becomes of a value of a rule; None where it is no figure.

    Its days, years and amounts are added to the rule's own.
    """
    value = leaf.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return _whole(leaf, context, own)
    if (day := _iso(value)) is not None:
        return _day(leaf, day, rule, context, own)
    return _text(leaf, rule, context, own)


def _text(
    leaf: WrittenValue, rule: Mapping[str, Any], context: RollContext, own: OwnFigures
) -> Occurrence | None:
    value, key = leaf.value, leaf.key
    if key in _RATES:
        return _kept(leaf, OccurrenceKind.RATE, f"比例{_UNSEEN}")
    if _YEAR_DAY.fullmatch(value):
        return _year_day(leaf, context)
    if (fen := _fen(value)) is not None and key != "is":
        return _amount(leaf, fen, rule, context, own)
    if key == "source":
        why = "上一年度的来源，换成新通知以前作为历史留着。"
        return _kept(leaf, OccurrenceKind.SOURCE, why)
    return id_occurrence(leaf, context)


def id_occurrence(leaf: WrittenValue, context: RollContext) -> Occurrence | None:
    """Return what becomes of an id with a year in it; None for any other text."""
    match = _YEAR_IN_ID.search(leaf.value)
    if match is None or leaf.key in SAID_KEYS | HISTORY_KEYS:
        return None
    fee_code = leaf.key in {"code", "items"} and "answer" in leaf.path
    if fee_code and int(match[0]) == context.year and "items" in leaf.path:
        shifted = f"{leaf.value[: match.start()]}{context.year + context.step}"
        shifted += leaf.value[match.end() :]
        why = "费用项目的代码随待遇年度走，提到它的地方一起改。"
        return Occurrence(
            leaf.path, OccurrenceKind.ID, ValueForm.TEXT, leaf.value, shifted, RollOffer.SHIFT, why
        )
    why = "代码不给人看，别的规则用它指到这里，不改。"
    return _kept(leaf, OccurrenceKind.ID, why)


def _whole(leaf: WrittenValue, context: RollContext, own: OwnFigures) -> Occurrence:
    words = _COUNTED_YEARS.get(leaf.key)
    if words is None:
        return _kept(leaf, OccurrenceKind.LENGTH, f"长度、年龄、次数{_UNSEEN}")
    why = "起算的年份是规则的意思，推后会改变每个人的年数，不能自动推后。"
    ruling = context.on_year(leaf.value, leaf.key.replace("_", "-"), words, why)
    own.years[leaf.value] = ruling
    return _made(leaf, OccurrenceKind.YEAR, ValueForm.YEAR, ruling, context)


def _day(
    leaf: WrittenValue, day: date, rule: Mapping[str, Any], context: RollContext, own: OwnFigures
) -> Occurrence:
    ruling = _day_ruling(leaf, day, rule, context)
    own.days[day] = ruling
    return _made(leaf, OccurrenceKind.DAY, ValueForm.ISO_DAY, ruling, context)


def _day_ruling(
    leaf: WrittenValue, day: date, rule: Mapping[str, Any], context: RollContext
) -> ValueRuling:
    if leaf.test == "born":
        # "to 31 December 2007" and "from 1 January 2008" are one boundary.
        days = -1 if leaf.key == "to" else 0
        why = "出生日期的界限是规则的意思，不随年度推后。"
        boundary = day - timedelta(days=days)
        return context.on_own_day(boundary, "出生日期的界限", why, "born")._replace(days=days)
    period = context.on_day(day)
    if rule["question"] == "window" and period is not None:
        return period
    at_end = context.is_year_end(day) and leaf.test != "event" and not _said_since(rule, day)
    label = QUESTION[rule["question"]].label
    if at_end and period is not None and rule["question"] not in _COVER_QUESTIONS:
        why = (
            "既是待遇年度的首尾，又是缴费时段的起止日；新年度两者不在同一天时，跟哪一个走要由人定。"
        )
        return context.on_own_day(day, f"{label}的规则里写的（年末或缴费时段的起止日）", why)
    if at_end:
        return ValueRuling(RollOffer.SHIFT, "待遇年度的首尾，随年度推后。")
    if period is not None:
        return period
    why = "写明的一天，不在待遇年度首尾，也不是缴费时段的起止日，推后与否要看新通知。"
    return context.on_own_day(day, f"{label}的规则里写的", why)


def _said_since(rule: Mapping[str, Any], day: date) -> bool:
    """Return whether the rule's sentences say that something holds from a day on (自…起)."""
    new_year = (day.month, day.day) == (1, 1)
    return any(
        one.onward and (one.day == day or (new_year and one.day is None and one.year == day.year))
        for key in ("applies", "fails", "doubt")
        for one in said_figures(rule.get(key) or "")
    )


def _year_day(leaf: WrittenValue, context: RollContext) -> Occurrence:
    match = _YEAR_DAY.fullmatch(leaf.value)
    offset = int(match["offset"] or 0) if match else 0
    feb_28 = leaf.value.endswith(":02-28")
    year = context.year + offset
    if feb_28 and not isleap(year) and isleap(year + context.step):
        ruling = context.on_leap_day(leaf.value)
    else:
        ruling = ValueRuling(RollOffer.KEEP, "随待遇年度走的日子，不用改。")
    shifted = context.questions[ruling.question].parts[0].shifted if ruling.question else None
    return Occurrence(
        leaf.path,
        OccurrenceKind.YEAR_DAY,
        ValueForm.TEXT,
        leaf.value,
        shifted,
        ruling.offer,
        ruling.why,
        question=ruling.question,
    )


def _amount(
    leaf: WrittenValue, fen: int, rule: Mapping[str, Any], context: RollContext, own: OwnFigures
) -> Occurrence:
    if rule["question"] not in FEE_QUESTIONS:
        ruling = ValueRuling(RollOffer.KEEP, f"金额{_UNSEEN}")
    elif not fen:
        ruling = ValueRuling(RollOffer.KEEP, "不缴或没有，照旧；与新通知核对以前，整条规则存疑。")
    else:
        label = QUESTION[rule["question"]].label
        ruling = context.on_amount(fen, leaf.key, label)
    own.amounts[fen] = ruling
    return _made(leaf, OccurrenceKind.AMOUNT, ValueForm.AMOUNT, ruling, context)


def _made(
    leaf: WrittenValue,
    kind: OccurrenceKind,
    form: ValueForm,
    ruling: ValueRuling,
    context: RollContext,
) -> Occurrence:
    old = str(leaf.value)
    dated = kind is not OccurrenceKind.AMOUNT
    shifted = later_value(old, context.step) if dated else None
    offer, why, question, part, days = ruling
    return Occurrence(leaf.path, kind, form, old, shifted, offer, why, None, question, part, days)


def _kept(leaf: WrittenValue, kind: OccurrenceKind, why: str) -> Occurrence:
    return Occurrence(leaf.path, kind, ValueForm.TEXT, str(leaf.value), None, RollOffer.KEEP, why)


def _iso(text: str) -> date | None:
    try:
        return read_iso(text)
    except DateUnreadableError:
        return None


def _fen(text: str) -> int | None:
    try:
        return read_yuan(text)
    except AmountUnreadableError:
        return None
