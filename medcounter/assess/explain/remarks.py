"""Remarks the resident must be given in this case, beside the figures."""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.assess.assessment import Advice, Remark
from medcounter.assess.engine.ask_rules import answer_of, standing_rules
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.sentence_values import SentenceValues
from medcounter.dates import OLDEST_USUAL, full_years
from medcounter.wording.terms import UNITS


def find_remarks(decision: Decision, compiled: Compiled, book: RuleBook) -> tuple[Remark, ...]:
    """List the engine's own remarks first, then those of the bundle."""
    newer = compiled.format > 1
    return (*_own_remarks(decision, newer=newer), *_bundle_remarks(decision, compiled, book))


def _own_remarks(decision: Decision, *, newer: bool) -> Iterator[Remark]:
    lengths, year = decision.lengths, decision.case.benefit_year
    birth, paid = decision.case.birth, decision.case.paid
    if birth is not None and (age := full_years(birth, paid)) > OLDEST_USUAL:
        text = f"按出生日期 {birth}，缴费当日已有 {age} 岁，请对照证件核对出生日期。"
        yield Remark("age-to-check", "warning", text)
    if decision.payable and decision.coverage is None:
        why = "等待期结束后 " if decision.wait is not None else "待遇最早从次年开始，"
        text = f"{why}{year} 年度已无剩余日子，缴费后本年度没有医保待遇，请当面说明。"
        yield Remark("no-cover-this-year", "warning", text)
    yield from _crossing(decision)
    if lengths is None:
        return
    asked, unit = decision.case.repair_years, UNITS[lengths.unit]
    if asked and decision.exemption is not None and decision.wait is None and newer:
        text = f"本次已免除等待期，拟修复的 {asked} 年不能再缩短什么，请勿多缴。"
        yield Remark("repair-useless", "warning", text)
        return
    if not asked and decision.lapsed and decision.wait is not None and not lengths.useful_repair:
        text = (
            f"补缴断保年度不能缩短本次等待期（固定等待期不能修复，"
            f"变动等待期 {lengths.variable} {unit}，没有可以减少的），不必多缴。"
        )
        yield Remark("repair-no-use", "info", text)
    if asked > lengths.useful_repair:
        useless = asked - lengths.useful_repair
        text = (
            f"拟修复 {asked} 年中有 {useless} 年不能再缩短等待期"
            f"（变动等待期 {lengths.variable} {unit}，"
            f"最多修复 {lengths.useful_repair} 年有用），请勿多缴。"
        )
        yield Remark("repair-useless", "warning", text)


def _crossing(decision: Decision) -> Iterator[Remark]:
    """Describe what becomes of a wait that runs past 31 December."""
    asked = [verdict for verdict in decision.verdicts if verdict.question == "carry-over"]
    if decision.wait is None or not asked:
        return
    rule, answer = asked[0].rule, asked[0].answer
    then = (
        "续缴下一年度的，等待期接着计算" if answer.carries else "跨年后不再接续，按下一年度重新计算"
    )
    if rule.status != "confirmed":
        then = "跨年后如何计算以经办机构答复为准"
    text = f"等待期到 {decision.wait.end} 才结束，已跨入下一年度；{then}。"
    yield Remark("wait-crosses-year", "warning", text)
    if answer.counts_as_lapsed:
        text = (
            f"{decision.case.benefit_year} 年度没有待遇，按未连续参保计算，会影响以后年度的等待期。"
        )
        yield Remark("counts-as-lapsed", "warning", text)


def _bundle_remarks(decision: Decision, compiled: Compiled, book: RuleBook) -> Iterator[Remark]:
    if not decision.payable or not compiled.rules("remark"):
        return
    standing, _ = standing_rules(compiled, "remark", decision.case)
    values = SentenceValues(decision, book.order)
    for rule in standing:
        text = values.fill(rule.applies, rule, {})
        answer = answer_of(rule, 0)
        yield Remark(answer.code, answer.level, text)


def find_advice(decision: Decision, compiled: Compiled) -> tuple[Advice, ...]:
    """List channels, documents and effects for this person, with sources."""
    case = decision.case
    return tuple([told for test, told in compiled.advice if test is None or test(case)])
