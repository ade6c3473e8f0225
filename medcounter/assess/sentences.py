"""The derivation in words: each question, the rule that stood, the others.

Sentences come from the bundle's own wording, filled with the case's values;
the values compared are added by the predicates.
"""

from __future__ import annotations

from dataclasses import replace

from medcounter.assess.assessment import Rejection, Step
from medcounter.assess.compiled import Compiled, CompiledRule
from medcounter.assess.decide import Decision
from medcounter.assess.rule_book import RuleBook
from medcounter.assess.verdict import Verdict
from medcounter.money import show_yuan
from medcounter.rules.bundle import Source
from medcounter.rules.case import Case
from medcounter.rules.questions import QUESTION, Rule

UNITS = {"month": "个月", "day": "天", "whole-month": "个整月"}


def values_of(decision: Decision) -> dict[str, str]:
    """Write every value a sentence may name; a missing one as 未定."""
    case, wait, cover = decision.case, decision.wait, decision.coverage
    lengths, fee = decision.lengths, decision.fee
    none = "本年度没有" if decision.payable else None
    known: dict[str, object] = {
        "payment_date": case.paid,
        "birth_date": case.birth,
        "benefit_year": case.benefit_year,
        "previous_year": case.benefit_year - 1,
        "window_from": decision.window.start,
        "window_to": decision.window.end,
        "lapsed_years": decision.lapsed,
        "repair_years": case.repair_years,
        "standard": _yuan(fee.standard if fee else None),
        "wait_from": wait and wait.start,
        "wait_to": wait and wait.end,
        "wait_fixed": lengths and lengths.fixed,
        "wait_variable": lengths and lengths.variable,
        "wait_repaired": lengths and lengths.repaired,
        "cover_from": cover.start if cover else none,
        "cover_to": cover.end if cover else none,
    }
    return {name: "未定" if value is None else str(value) for name, value in known.items()}


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else show_yuan(fen)


def fill(text: str, values: dict[str, str], rule: Rule, case: Case, labels: dict[str, str]) -> str:
    """Fill a bundle's sentence with the case's values."""
    held = [code for code in labels if code in rule.grounds and code in case.identities]
    days = [case.events[kind] for kind in rule.grounds if kind in case.events]
    more = {
        "identity": labels[held[0]] if held else "本人员",
        "event_date": str(days[0]) if days else "未定",
        "amount": _amount(rule, values),
    }
    return text.format_map({**values, **more})


def _amount(rule: Rule, values: dict[str, str]) -> str:
    if rule.question == "subsidy":
        return _yuan(rule.answer.amount) or "待核定"
    if rule.question == "concession":
        given = rule.answer
        fen = next((x for x in (given.pays, given.aid, given.standard) if x is not None), None)
        return _yuan(fen) or "待核定"
    return values["standard"]


def write_steps(decision: Decision, compiled: Compiled, book: RuleBook) -> tuple[Step, ...]:
    """Write the derivation: every question asked, in order."""
    values = values_of(decision)
    words = answer_words(compiled, book)
    decision = replace(decision, case=replace(decision.case, words=words))
    return tuple(
        _step(verdict, decision, compiled, book, values)
        for verdict in decision.verdicts
        if verdict.question != "lapse" or decision.lapsed or decision.lapse_cut
    )


def answer_words(compiled: Compiled, book: RuleBook) -> dict[str, str]:
    """Label the free questions and their choices, for the reasons of conditions."""
    words = {term.code: term.label for term in book.names.answer_terms}
    for asked in compiled.resolved.asks:
        words |= {f"{asked.code}={choice.value}": choice.label for choice in asked.choices}
    return words


def _step(
    verdict: Verdict,
    decision: Decision,
    compiled: Compiled,
    book: RuleBook,
    values: dict[str, str],
) -> Step:
    rule, case = verdict.rule, decision.case
    source: Source = book.sources[rule.source]
    text = fill(rule.applies, values, rule, case, book.order)
    if verdict.reading:
        text += f"（采用另一种读法：{rule.readings[verdict.reading - 1].text}）"
    entries = compiled.rules(verdict.question)
    winner = next(entry for entry in entries if entry.rule.id == rule.id)
    return Step(
        question=verdict.question,
        label=QUESTION[verdict.question].label,
        rule=rule.id,
        text=text,
        source=rule.source,
        clause=rule.clause,
        grade=source.grade,
        status=rule.status,
        rejected=tuple(
            _rejection(entry, winner, case, book.order, values)
            for entry in entries
            if entry is not winner
        ),
    )


def _rejection(
    entry: CompiledRule,
    winner: CompiledRule,
    case: Case,
    labels: dict[str, str],
    values: dict[str, str],
) -> Rejection:
    """Say why a rule did not stand: displaced, or its condition failed."""
    rule = entry.rule
    own = fill(rule.fails, values, rule, case, labels) if rule.fails else ""
    if entry.test is None or entry.test(case) is True:
        displaced = rule.id in winner.defeats
        why = "所采用的规定是它的例外" if displaced else "有更有利或更特别的规定"
        return Rejection(rule.id, own or why, winner.rule.id)
    compared = rule.when.reason(case) if rule.when is not None else "不在本条有效的日子里"
    return Rejection(rule.id, f"{own.rstrip('。')}：{compared}" if own else compared, None)
