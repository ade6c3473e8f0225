"""Check that a rule is no surer than its source, and that it can stand.

New with format 2: what is written in format 1 goes on as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from medcounter.rules.bundle import Programme, Source, written_rules
from medcounter.rules.checking.derived_days import payment_span
from medcounter.rules.conditions import All, AnyOf, Condition, Not
from medcounter.rules.faults import Fault
from medcounter.rules.payment_conditions import WaitOutcome
from medcounter.rules.questions import Rule, WindowRule
from medcounter.rules.rule import Reading
from medcounter.rules.values import Record, resolve_day

_WEAK = "C"


def check_standing(path: str, programme: Programme, sources: Iterable[Source]) -> Iterator[Fault]:
    """List the rules that are surer than their source, or ask what comes later.

    Args:
        path: The programme's, such as ``programmes[1]``.
        programme: The programme.
        sources: The bundle's sources, for their grades.
    """
    weak = {source.id for source in sources if source.grade == _WEAK}
    for number, rule in enumerate(programme.rules):
        where = f"{path}.rules[{number}]"
        # A remark says what to ask and what this program does, which no source has to confirm.
        is_remark = rule.question == "remark"
        if rule.status == "confirmed" and rule.source in weak and not is_remark:
            text = (
                f"来源“{rule.source}”是 C 级（聚合网页），凭它不能写已确认（confirmed）；"
                "请改写 assumed 或 unsettled，并用 doubt 写明疑点，或换 A、B 级来源。"
            )
            yield Fault(f"{where}.status", text)
        if rule.status == "confirmed" and _unknown(rule):
            text = (
                "没有来源给出的金额（null 或 unknown）不能写已确认（confirmed）；"
                "请改写 unsettled，并用 doubt 写明缺什么。"
            )
            yield Fault(f"{where}.status", text)
        if not is_remark:
            yield from _too_early(where, rule)
        if isinstance(rule, WindowRule):
            yield from _two_spans(where, rule, programme.benefit_years.start)


def _unknown(rule: Rule) -> bool:
    """Return whether an answer leaves an amount open that it should give."""
    answer: Any = rule.answer
    named = [answer, *(getattr(answer, "items", None) or ()), *getattr(answer, "parts", ())]
    # The items of a repaired year's price are codes, not amounts.
    amounts: list[Any] = [one for one in named if isinstance(one, Record)]
    open_amounts = any("amount" in one.model_fields_set and one.amount is None for one in amounts)
    return open_amounts or any(getattr(one, "unknown", None) for one in amounts)


def _too_early(where: str, rule: Rule) -> Iterator[Fault]:
    conditions: list[tuple[str, Condition | None]] = [("when", rule.when)]
    readings: tuple[Reading[Any], ...] = rule.readings
    conditions += [
        (f"readings[{number}].when", reading.when) for number, reading in enumerate(readings)
    ]
    for key, condition in conditions:
        for step in _outcomes(condition):
            text = (
                "outcome 问的是等待期算完以后的结果，回答本问题时还没有，永远不会成立；"
                "它只在须告知事项（remark）里用。"
            )
            yield Fault(f"{where}.{key}{step}", text)


def _two_spans(where: str, rule: WindowRule, year: int) -> Iterator[Fault]:
    """Refuse a period whose days differ from those of its condition."""
    (written,) = written_rules([rule])
    for reading in range(len(rule.readings) + 1):
        if reading and not rule.readings[reading - 1].stands:
            continue
        answer = rule.answer_in(reading)
        other = written["readings"][reading - 1]["when"] if reading else None
        asked = payment_span(other or written["when"])
        key = f"readings[{reading - 1}].answer" if reading else "answer"
        pairs = (("from", answer.start, asked.start), ("to", answer.end, asked.end))
        for name, said, derived in pairs:
            if said and derived and resolve_day(said, year) != resolve_day(derived, year):
                text = (
                    f"时段写的是 {said}，条件里的缴费日是 {derived}，两处不一致；"
                    "answer 里不写 from、to，程序就从条件得出。"
                )
                yield Fault(f"{where}.{key}.{name}", text)


def _outcomes(condition: Condition | None) -> Iterator[str]:
    """Yield the path of each test of the outcome within a condition."""
    if isinstance(condition, WaitOutcome):
        yield ""
    elif isinstance(condition, All | AnyOf):
        for number, part in enumerate(condition.of):
            yield from (f".of[{number}]{step}" for step in _outcomes(part))
    elif isinstance(condition, Not):
        yield from (f".of{step}" for step in _outcomes(condition.of))
