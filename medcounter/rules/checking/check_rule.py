"""Validate the meaning of one rule: status, grounds, names, ranges, anchors.

The records check shape before this; relations between rules are checked in
``check``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from medcounter.rules.answers import ExemptionAnswer, StartDay
from medcounter.rules.case import BIRTH
from medcounter.rules.code_labels import with_label
from medcounter.rules.conditions import All, AnyOf, Not, hangs_on
from medcounter.rules.event_conditions import Elapsed, Happened
from medcounter.rules.faults import Fault, repeated, unknown
from medcounter.rules.fees.fee_answers import (
    ConcessionAnswer,
    Item,
    OtherYearAnswer,
    RepairPriceAnswer,
    SubsidyAnswer,
    YearsAnswered,
)
from medcounter.rules.fees.formulas import Counted, Monthly, MonthsLeft, Rated
from medcounter.rules.known_names import Names
from medcounter.rules.payment_conditions import Answered, InWindow, Paid
from medcounter.rules.person_conditions import Born, Identity
from medcounter.rules.predicate import Predicate
from medcounter.rules.questions import FIELDS, QUESTION, Rule, StandardRule, WindowRule
from medcounter.rules.rule import Reading
from medcounter.rules.values import YearDay, resolve_day
from medcounter.rules.vocabulary import NEWBORN
from medcounter.strict_json import canonical

_BRACE = re.compile(r"[{}]")
_COMPARED = {bool: "bool", str: "text", int: "number"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rules of one programme may name.

    Attributes:
        windows: Ids of the window rules, inherited or own.
        year: The programme's first benefit year, to compare days in.
        items: Codes of the items of every standard, inherited or own.
        format: The bundle's; a later one is held to more.
    """

    names: Names
    windows: frozenset[str]
    year: int
    items: frozenset[str]
    format: int


def check_rule(where: str, rule: Rule, scope: Scope) -> Iterator[Fault]:
    """List what does not hold within one rule."""
    yield from unknown(f"{where}.source", rule.source, scope.names.sources)
    yield from check_condition(f"{where}.when", rule.when, scope)
    if rule.status != "confirmed" and rule.doubt is None:
        yield Fault(f"{where}.doubt", f"状态为 {rule.status} 的规则要用 doubt 写明疑点。")
    if rule.status == "confirmed" and (rule.doubt or rule.readings):
        yield Fault(f"{where}.status", "已确认（confirmed）的规则不能带疑点或其他读法。")
    for number, field in enumerate(rule.concerns):
        yield from unknown(f"{where}.concerns[{number}]", field, FIELDS)
    if rule.valid is not None:
        yield from check_interval(f"{where}.valid", rule.valid.start, rule.valid.end, scope)
    yield from _grounds(where, rule, scope)
    yield from _answer(f"{where}.answer", rule, rule.answer, scope)
    others: tuple[Reading[Any], ...] = rule.readings
    for number, reading in enumerate(others):
        path = f"{where}.readings[{number}]"
        yield from check_condition(f"{path}.when", reading.when, scope)
        read = rule.model_copy(update={"when": rule.when_in(number + 1)})
        yield from _answer(f"{path}.answer", read, rule.answer_in(number + 1), scope)


def item_codes(rule: Rule) -> Iterator[str]:
    """List the codes of the items a rule asks, in all its readings."""
    if isinstance(rule, StandardRule):
        for number in range(len(rule.readings) + 1):
            yield from (item.code for item in rule.answer_in(number).items)


def check_interval(
    path: str, start: YearDay | None, end: YearDay | None, scope: Scope
) -> Iterator[Fault]:
    """Refuse an interval of days whose end lies before its start."""
    if start is None or end is None:
        return
    first, last = resolve_day(start, scope.year), resolve_day(end, scope.year)
    if last < first:
        yield Fault(f"{path}.from", f"{first} 晚于 {last}，前后颠倒。")


def _grounds(where: str, rule: Rule, scope: Scope) -> Iterator[Fault]:
    best = QUESTION[rule.question].mode == "best"
    if best and not rule.grounds:
        yield Fault(f"{where}.grounds", "本问题的规则要写 grounds（人员类别、情形或 newborn）。")
    if not best and rule.grounds:
        yield Fault(f"{where}.grounds", "只有资助和免除等待期的规则才写 grounds。")
        return
    known = scope.names.identities | {NEWBORN}
    if rule.question == "exemption":
        known |= scope.names.events
    for number, ground in enumerate(rule.grounds):
        yield from unknown(f"{where}.grounds[{number}]", ground, known)


def _answer(path: str, rule: Rule, answer: Any, scope: Scope) -> Iterator[Fault]:  # noqa: ANN401 -- any question's answer
    if isinstance(rule, WindowRule):
        if answer.kind == "closed" and answer.start:
            yield Fault(f"{path}.from", "不能缴费的时段不写起止日期。")
        yield from check_interval(path, answer.start, answer.end, scope)
    elif isinstance(rule, StandardRule):
        yield from _items(f"{path}.items", rule, answer.items, scope)
    elif isinstance(answer, ExemptionAnswer):
        yield from _start_day(f"{path}.cover", rule, answer.cover, scope)
    elif isinstance(answer, StartDay):
        yield from _start_day(path, rule, answer, scope)
    else:
        yield from _money(path, rule, answer, scope)


def _items(path: str, rule: StandardRule, items: tuple[Item, ...], scope: Scope) -> Iterator[Fault]:
    yield from repeated(path, (item.code for item in items))
    if all(item.when is not None for item in items):
        yield Fault(path, "每一项都写了 when，都不成立时就没有要缴的，至少一项不写 when。")
    for number, item in enumerate(items):
        where = f"{path}[{number}]"
        yield from _label(f"{where}.label", item.label)
        yield from check_condition(f"{where}.when", item.when, scope)
        read = rule if item.when is None else rule.model_copy(update={"when": item.when})
        yield from _amount(f"{where}.amount", (rule, read), item.amount, scope)


def _label(path: str, label: str) -> Iterator[Fault]:
    if _BRACE.search(label.replace("{benefit_year}", "")):
        yield Fault(path, "名目里只能用占位符 {benefit_year}，没有别的花括号。")


def _amount(path: str, rules: tuple[Rule, ...], amount: Any, scope: Scope) -> Iterator[Fault]:  # noqa: ANN401 -- a formula or none
    """Check what an amount counts by, and the day its months hang on.

    Args:
        rules: The rule, also as if an item's own condition were its; the day
            must be known by one of them.
    """
    if isinstance(amount, Counted):
        yield from _counts(f"{path}.by", amount.by, scope)
    elif isinstance(amount, Rated | Monthly) and isinstance(amount.months, MonthsLeft):
        where, start = f"{path}.months.from", amount.months.start
        found = [list(_start_day(where, rule, start, scope)) for rule in rules]
        if all(found):
            yield from found[0]


def _counts(path: str, code: str, scope: Scope) -> Iterator[Fault]:
    yield from unknown(path, code, scope.names.answers)
    kind = _kind_of(code, scope)
    if kind not in {None, "number"}:
        yield Fault(path, f"{with_label(code)}的回答是{with_label(kind)}，不是数字，不能按它计数。")


def _money(path: str, rule: Rule, answer: Any, scope: Scope) -> Iterator[Fault]:  # noqa: ANN401 -- any question's answer
    """Check what an answer about money names: items, answers, days."""
    named: dict[str, tuple[str, ...]] = {}
    sums: dict[str, Any] = {}
    if isinstance(answer, ConcessionAnswer):
        named = {f"parts[{number}].items": part.items for number, part in enumerate(answer.parts)}
    elif isinstance(answer, RepairPriceAnswer):
        named = {"items": answer.items}
    elif isinstance(answer, SubsidyAnswer):
        sums = {"amount": answer.amount, "remainder_of": answer.remainder_of}
    elif isinstance(answer, OtherYearAnswer):
        yield from _label(f"{path}.label", answer.label)
        if isinstance(answer.years, YearsAnswered):
            yield from _counts(f"{path}.years.by", answer.years.by, scope)
        sums = {"amount": answer.amount}
    for key, codes in named.items():
        for number, code in enumerate(codes):
            yield from unknown(f"{path}.{key}[{number}]", code, scope.items)
    for key, amount in sums.items():
        yield from _amount(f"{path}.{key}", (rule,), amount, scope)


def _start_day(path: str, rule: Rule, start: StartDay, scope: Scope) -> Iterator[Fault]:
    """Refuse a day that hangs on an event or birth the rule need not have."""
    known = scope.names.events | scope.names.dated
    if start.anchor == BIRTH and (rule.when is None or "birth_date" not in rule.when.needs()):
        shown = "、".join(rule.grounds) or "所有人"
        yield Fault(path, f"从出生之日（birth）起算，但条件没有问出生日期，对 {shown} 无从算起。")
        return
    if start.event is not None:
        yield from unknown(f"{path}.event", start.event, known)
        if rule.when is None or start.event not in rule.when.cuts(scope.year).spans:
            yield Fault(f"{path}.event", f"条件没有问“{start.event}”，没有它时无从起算。")
            return
    elif "event" in start.anchor:
        persons = scope.names.identities | {NEWBORN}
        without = [ground for ground in rule.grounds if ground in persons]
        if without or QUESTION[rule.question].mode != "best":
            shown = "、".join(f"“{one}”" for one in without) or "没有写 grounds 的规则"
            text = (
                f"从事件日（{start.anchor}）起算，但{shown}没有事件日，要写 event（只能写一种事件；"
                "几种的写成 grounds，或一种一条）。"
            )
            yield Fault(path, text)
            return
    if scope.format > 1:
        yield from _borrowed(path, rule, start, scope)


def _borrowed(path: str, rule: Rule, start: StartDay, scope: Scope) -> Iterator[Fault]:
    """Refuse a day that another ground or event would lend its own limit to.

    Each ground is looked at as if the rule's other grounds were not there.
    """
    grounds: tuple[str, ...] = rule.grounds or ("",)
    for ground in grounds:
        others = frozenset(rule.grounds) - {ground}
        if start.anchor != BIRTH and "event" not in start.anchor:
            return
        name = BIRTH if start.anchor == BIRTH else (start.event or ground)
        asked = rule.when is not None and name in _days_asked(rule.when, scope.year)
        if rule.when is None or not asked or hangs_on(rule.when, name, others):
            continue
        shown = "出生日期" if name == BIRTH else f"“{name}”"
        text = (
            f"从{shown}的那一天起算，但条件不靠它也能成立，会把过了期限的日子算进来；"
            "请把不相干的情形分成另一条规则，或让每个依据都有自己的期限。"
        )
        yield Fault(path, text)


def _days_asked(condition: Predicate, year: int) -> frozenset[str]:
    asked = {BIRTH} if "birth_date" in condition.needs() else set[str]()
    return frozenset(asked | condition.cuts(year).spans.keys())


def check_condition(path: str, condition: Predicate | None, scope: Scope) -> Iterator[Fault]:
    """List what does not hold within one condition and its parts."""
    if isinstance(condition, All | AnyOf):
        for number, part in enumerate(condition.of):
            yield from check_condition(f"{path}.of[{number}]", part, scope)
    elif isinstance(condition, Not):
        yield from check_condition(f"{path}.of", condition.of, scope)
    elif isinstance(condition, InWindow):
        yield from _window(path, condition, scope)
    elif isinstance(condition, Answered):
        yield from _answered(path, condition, scope)
    elif isinstance(condition, Paid):
        yield from check_interval(path, condition.start, condition.end, scope)
    else:
        yield from _codes(path, condition, scope)
    yield from _inverted(path, condition)


def _codes(path: str, condition: Predicate | None, scope: Scope) -> Iterator[Fault]:
    if isinstance(condition, Identity):
        for number, code in enumerate(condition.any_of):
            yield from unknown(f"{path}.any_of[{number}]", code, scope.names.identities)
    elif isinstance(condition, Happened):
        yield from unknown(f"{path}.kind", condition.kind, scope.names.events | scope.names.dated)
        yield from check_interval(path, condition.start, condition.end, scope)
    elif isinstance(condition, Elapsed):
        for name in condition.names:
            known = scope.names.events | scope.names.dated | {BIRTH}
            yield from unknown(f"{path}.since", name, known)


def _window(path: str, condition: InWindow, scope: Scope) -> Iterator[Fault]:
    if not condition.kinds and not condition.rules:
        yield Fault(path, "要写 kinds 或 rules，说明是哪个缴费时段。")
    for number, name in enumerate(condition.rules):
        yield from unknown(f"{path}.rules[{number}]", name, scope.windows)


def _answered(path: str, condition: Answered, scope: Scope) -> Iterator[Fault]:
    yield from unknown(f"{path}.code", condition.code, scope.names.answers)
    kind = _kind_of(condition.code, scope)
    if kind == "date":
        name = f"answers.{condition.code}"
        text = f"“{condition.code}”的回答是日期，要用 event 或 elapsed 写条件，日子写 {name}。"
        yield Fault(path, text)
        return
    ranged = condition.low is not None or condition.high is not None
    if condition.value is None and not ranged:
        yield Fault(path, "要写 is，或写 from、to。")
    if kind is not None and ranged and kind != "number":
        yield Fault(
            path,
            f"{with_label(condition.code)}的回答是{with_label(kind)}，不是数字，不能写 from、to。",
        )
    value = condition.value
    asked = with_label(condition.code)
    if kind is not None and value is not None and _COMPARED[type(value)] != kind:
        yield Fault(
            f"{path}.is", f"{asked}的回答是{with_label(kind)}，永远不会等于 {_as_json(value)}。"
        )


def _as_json(value: object) -> str:
    """Write a value as its author did: true, not True."""
    return canonical(value).decode()


def _kind_of(code: str, scope: Scope) -> str | None:
    kinds = {term.code: term.kind for term in scope.names.answer_terms}
    return kinds.get(code)


def _inverted(path: str, condition: Predicate | None) -> Iterator[Fault]:
    """Refuse a range whose end lies before its start."""
    low: Any = getattr(condition, "low", None)
    high: Any = getattr(condition, "high", None)
    if isinstance(condition, Born):
        low, high = condition.start, condition.end
    if low is not None and high is not None and low > high:
        yield Fault(f"{path}.from", f"{low} 晚于或大于 {high}，前后颠倒，永远不会成立。")
