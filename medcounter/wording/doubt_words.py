"""Doubts in words: the field, the value used and the alternative.

Returns Chinese lines for the page of reasons. A doubt in the contract holds
codes and bare figures, which no clerk reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcounter.money import read_yuan, show_money
from medcounter.rules.payment_conditions import WINDOW_LABELS
from medcounter.rules.vocabulary import NEWBORN
from medcounter.wording.difference_words import field_word
from medcounter.wording.terms import DAYS, MONTHS, UNITS, YEARS

if TYPE_CHECKING:
    from medcounter.assess.assessment import Assessment, Doubt
    from medcounter.assess.engine.rule_book import RuleBook

_WAITS = frozenset({"wait.fixed", "wait.variable", "wait.repaired", "wait.total"})
_COUNTS = {"lapsed_years": YEARS, "coverage.days": DAYS, "incentive.continuous_years": YEARS}
_MONEY = frozenset({"fee", "incentive"})
_SPANS = frozenset({"wait", "coverage"})
_RATE = "incentive.rate"
_NOTHING = "没有"
_TRUTHS = {"True": "是", "False": "否"}


class DoubtLine(NamedTuple):
    """One reason for doubt and every field it touches.

    Attributes:
        status: ``assumed`` or ``unsettled``, the worse of its fields.
        text: What is in doubt, as the rules say it.
        readings: One line for each field: the value used, and the other.
    """

    status: str
    text: str
    readings: tuple[str, ...]


def code_names(book: RuleBook) -> dict[str, str]:
    """Name the codes that a doubt may hold: identities, events, newborns."""
    terms = (*book.identities(), *book.events())
    return {NEWBORN: "新生儿"} | {term.code: term.label for term in terms}


def doubt_lines(shown: Assessment, names: Mapping[str, str]) -> tuple[DoubtLine, ...]:
    """Tell the doubts of an answer, each reason once.

    Args:
        shown: The answer.
        names: Labels of codes, from :func:`code_names`.
    """
    groups: dict[str, list[Doubt]] = {}
    for doubt in shown.doubts:
        groups.setdefault(doubt.text, []).append(doubt)
    unit = UNITS[shown.wait.unit] if shown.wait else MONTHS
    lines = []
    for text, group in groups.items():
        worst = "unsettled" if any(one.status == "unsettled" for one in group) else "assumed"
        readings = dict.fromkeys(line for one in group if (line := _reading(one, names, unit)))
        lines.append(DoubtLine(worst, text, tuple(readings)))
    return tuple(lines)


def _reading(doubt: Doubt, names: Mapping[str, str], unit: str) -> str:
    """Tell a field's two readings; empty where there is but one."""
    parts = [f"本结果用 {_value_words(doubt.field, doubt.value, names, unit)}"]
    if doubt.other is not None:
        parts.append(f"另一读法 {_value_words(doubt.field, doubt.other, names, unit)}")
    elif doubt.value is None:
        return ""
    return f"{field_word(doubt.field)}：{'；'.join(parts)}"


def _value_words(field: str, value: str | None, names: Mapping[str, str], unit: str) -> str:
    """Say one value of a field of the contract."""
    if value is None:
        return _NOTHING
    if field == _RATE:
        return f"{Decimal(value) * 100:f}%"
    if field.partition(".")[0] in _MONEY and field not in _COUNTS:
        return show_money(read_yuan(value))
    if field in _SPANS:
        return value.replace("/", " 至 ")
    count = unit if field in _WAITS else _COUNTS.get(field)
    if count is not None:
        return f"{value} {count}"
    return {**names, **WINDOW_LABELS, **_TRUTHS}.get(value, value)
