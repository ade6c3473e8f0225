"""A value of the document as the text of its field, the way a clerk reads it.

What is shown can be typed again and is read as the same value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.form_records import FieldChoice, FieldKind
from medcounter.rules.checking.blanks import is_blank
from medcounter.wording.terms import DAYS, MONTHS, YEARS

NOT_STATED = "来源没有写"
YES, NO = "是", "否"
# An empty list of numbers, as the years of whoever was never insured.
NONE = "没有"
BETWEEN = "、"
SPAN_UNITS = {"days": DAYS, "months": MONTHS, "years": YEARS}
RELATIVE_YEARS = {None: "当年", "-1": "上年", "+1": "次年", "-2": "前年", "+2": "后年"}
_RELATIVE = re.compile(r"B(?P<offset>[+-]\d)?:(?P<month>\d{2})-(?P<day>\d{2}|last)")
PAYMENT = "payment"
PAYMENT_DAY = "缴费日"


def shown(kind: FieldKind, value: Json, choices: tuple[FieldChoice, ...] = ()) -> str:
    """Return the text of a value that is not null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        if not value and kind is FieldKind.NUMBERS:
            return NONE
        return BETWEEN.join(_one(kind, one, choices) for one in value)
    return _one(kind, value, choices)


def _one(kind: FieldKind, value: Json, choices: tuple[FieldChoice, ...]) -> str:
    labels = {one.value: one.label for one in choices}
    if isinstance(value, str) and (is_blank(value) or value in labels):
        return labels.get(value, "")
    match kind:
        case FieldKind.YEAR_DAY:
            return _year_day(str(value))
        case FieldKind.RATE:
            return _percent(str(value))
        case FieldKind.SPAN if isinstance(value, dict):
            return _span(value)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return labels.get(str(value), str(value))
        case _:
            return str(value)


def _year_day(text: str) -> str:
    """Write a day relative to the benefit year in words; a date as it is."""
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return PAYMENT_DAY if text == PAYMENT else text
    year = RELATIVE_YEARS.get(match["offset"])
    if year is None:
        return text
    if match["day"] == "last":
        return f"{year}{int(match['month'])}月底"
    return f"{year}{int(match['month'])}月{int(match['day'])}日"


def _percent(text: str) -> str:
    try:
        share = Decimal(text)
    except InvalidOperation:
        return text
    return f"{(share * 100).normalize():f}%"


def _span(span: dict[str, Json]) -> str:
    return "".join(f"{span[key]} {unit}" for key, unit in SPAN_UNITS.items() if key in span)


def listed(labels: Iterable[str], most: int = 4) -> str:
    """Join labels for a heading, the first few of many."""
    names = list(labels)
    more = f"等 {len(names)} 种" if len(names) > most else ""
    return f"{BETWEEN.join(names[:most])}{more}"
