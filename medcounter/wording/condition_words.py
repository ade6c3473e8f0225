"""A rule's condition in Chinese, whatever the case: when it holds, for a reader.

Says what is written, so that a wrong figure shows. A condition not known here is
said by its parts. Decides nothing and contains no resident's values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch

from medcounter.rules import event_conditions as event
from medcounter.rules import payment_conditions as payment
from medcounter.rules import person_conditions as person
from medcounter.rules.case import BIRTH
from medcounter.rules.conditions import All, AnyOf, Not
from medcounter.rules.predicate import Predicate, show_interval, show_range
from medcounter.rules.values import answer_in, resolve_day
from medcounter.wording.difference_words import value_text
from medcounter.wording.terms import YEARS

Labels = Mapping[str, str]
_BIRTH = "出生"
_DAY_ONE = {None: "", 0: "（当天算第 0 天）", 1: "（当天算第 1 天）"}
_TRUTH = {True: "是", False: "否"}


def condition_words(when: Predicate | None, benefit_year: int, labels: Labels) -> str:
    """Say when a condition holds; days that hang on the year are said for this year.

    Args:
        when: The condition; None always holds.
        benefit_year: The year insured.
        labels: Code to label, of identities, events, answers and ``code=value``.
    """
    return "总是" if when is None else _say(when, benefit_year, labels)


def _label(name: str, labels: Labels) -> str:
    """Name an event, or the question that a date answers."""
    code = answer_in(name) or name
    return labels.get(code, code)


@singledispatch
def _say(when: Predicate, benefit_year: int, labels: Labels) -> str:
    del benefit_year
    written = when.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return value_text({labels.get(key, key): value for key, value in written.items()})


def _joined(parts: Iterable[Predicate], mark: str, benefit_year: int, labels: Labels) -> str:
    texts = []
    for part in parts:
        words = _say(part, benefit_year, labels)
        texts.append(f"（{words}）" if isinstance(part, All | AnyOf) else words)
    return mark.join(texts)


@_say.register
def _all(when: All, benefit_year: int, labels: Labels) -> str:
    return _joined(when.of, "，并且", benefit_year, labels)


@_say.register
def _any(when: AnyOf, benefit_year: int, labels: Labels) -> str:
    return _joined(when.of, "，或者", benefit_year, labels)


@_say.register
def _not(when: Not, benefit_year: int, labels: Labels) -> str:
    return f"不是（{_say(when.of, benefit_year, labels)}）"


@_say.register
def _paid(when: payment.Paid, benefit_year: int, labels: Labels) -> str:
    del labels
    return f"缴费日在 {show_interval(*when.interval(benefit_year))}"


@_say.register
def _day_of_month(when: payment.DayOfMonth, benefit_year: int, labels: Labels) -> str:
    del benefit_year, labels
    return f"缴费日是每月 {when.low} 至 {when.high} 日"


@_say.register
def _window(when: payment.InWindow, benefit_year: int, labels: Labels) -> str:
    del benefit_year
    named = [payment.WINDOW_LABELS[kind] for kind in when.kinds]
    named += [labels.get(rule, f"规则 {rule}") for rule in when.rules]
    return f"缴费日属于{'、'.join(named)}"


@_say.register
def _lapsed(when: payment.Lapsed, benefit_year: int, labels: Labels) -> str:
    del benefit_year, labels
    return f"连续断保 {show_range(when.low, when.high, YEARS)}"


@_say.register
def _repaired(when: payment.Repaired, benefit_year: int, labels: Labels) -> str:
    del benefit_year, labels
    return f"缴费修复 {show_range(when.low, when.high, YEARS)}"


@_say.register
def _outcome(when: payment.WaitOutcome, benefit_year: int, labels: Labels) -> str:
    del benefit_year, labels
    what = "待遇等待期" if when.of == "waits" else "免除等待期的情形"
    return f"{'有' if when.value else '没有'}{what}"


@_say.register
def _identity(when: person.Identity, benefit_year: int, labels: Labels) -> str:
    del benefit_year
    return f"属于{'、'.join(labels.get(code, code) for code in when.any_of)}"


@_say.register
def _happened(when: event.Happened, benefit_year: int, labels: Labels) -> str:
    start, end = when.interval(benefit_year)
    happened, has = ("发生在", "有") if answer_in(when.kind) is None else ("在", "填有")
    where = "" if start is None and end is None else f"，{happened} {show_interval(start, end)}"
    return f"{has}“{_label(when.kind, labels)}”{where}"


@_say.register
def _elapsed(when: event.Elapsed, benefit_year: int, labels: Labels) -> str:
    del benefit_year
    since = "或".join(
        _BIRTH if name == BIRTH else f"“{_label(name, labels)}”" for name in when.names
    )
    limits = []
    if when.more_than:
        limits.append(f"超过 {when.more_than.label}")
    if when.within:
        limits.append(f"{when.within.label}以内")
    return f"缴费日距{since}{'、'.join(limits) or '不早于当天'}{_DAY_ONE[when.day_one]}"


@_say.register
def _born(when: person.Born, benefit_year: int, labels: Labels) -> str:
    del benefit_year, labels
    return f"出生日在 {show_interval(when.start, when.end)}"


@_say.register
def _birth_year(when: person.BirthYear, benefit_year: int, labels: Labels) -> str:
    del labels
    where = show_range(when.low, when.high, YEARS)
    return f"待遇年度 {benefit_year} 减出生年份为 {where}"


@_say.register
def _age(when: person.Age, benefit_year: int, labels: Labels) -> str:
    del labels
    on = "缴费日" if when.on == "payment" else str(resolve_day(when.on, benefit_year))
    return f"{on} {show_range(when.low, when.high, '周岁')}"


@_say.register
def _insured(when: payment.Insured, benefit_year: int, labels: Labels) -> str:
    del labels
    return f"{benefit_year - when.years_back} 年度{'已' if when.value else '未'}参保"


@_say.register
def _answered(when: payment.Answered, benefit_year: int, labels: Labels) -> str:
    del benefit_year
    asked = labels.get(when.code, when.code)
    if when.value is None:
        return f"“{asked}”为 {show_range(when.low, when.high, '').strip()}"
    if isinstance(when.value, bool):
        return f"“{asked}”为{_TRUTH[when.value]}"
    return f"“{asked}”为 {labels.get(f'{when.code}={when.value}', when.value)}"
