"""Describe a resident in Chinese, from facts alone: who, and what was answered.

For people who compare rules with an announcement. The residents described are made
up by the program; real people's facts never come here.
"""

from __future__ import annotations

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Event, Facts
from medcounter.dates import full_years
from medcounter.rules.case import AnswerValue
from medcounter.wording.terms import DAYS

_NO_IDENTITY = "普通居民"
_TRUTH = {True: "是", False: "否"}
_FEW_YEARS = 4


def resident_words(facts: Facts, book: RuleBook) -> str:
    """Say who a resident is, without the payment day."""
    parts = [_identities(facts, book)]
    if facts.birth_date is not None:
        parts.append(f"{facts.birth_date} 出生（{_age(facts)}）")
    parts += [_event(event, book) for event in facts.events]
    parts += [_answer(code, value, facts, book) for code, value in facts.answers]
    if facts.insured_years is not None:
        parts.append(_insured(facts.insured_years))
    if facts.repair_years:
        parts.append(f"修复 {facts.repair_years} 年")
    return "，".join(parts)


def case_words(facts: Facts, book: RuleBook, period: str = "") -> str:
    """Say who a resident is and when the payment is made.

    Args:
        facts: The resident.
        book: The rules, for labels.
        period: Label of the period the payment day lies in, if known.
    """
    where = f"（{period}）" if period else ""
    return f"{resident_words(facts, book)}，{facts.payment_date} 缴费{where}"


def _identities(facts: Facts, book: RuleBook) -> str:
    if not facts.categories:
        return _NO_IDENTITY
    return "、".join(book.order.get(code, code) for code in facts.categories)


def _age(facts: Facts) -> str:
    birth, paid = facts.birth_date, facts.payment_date
    if birth is None:
        return ""
    years = full_years(birth, paid)
    return f"缴费时 {years} 周岁" if years else f"缴费时出生 {(paid - birth).days} {DAYS}"


def _event(event: Event, book: RuleBook) -> str:
    labels = {term.code: term.label for term in book.events()}
    return f"{event.date} {labels.get(event.kind, event.kind)}"


def _answer(code: str, value: AnswerValue, facts: Facts, book: RuleBook) -> str:
    term = book.answer_term(code)
    label = term.label if term else code
    if isinstance(value, bool):
        return f"{label}：{_TRUTH[value]}"
    if isinstance(value, tuple):
        return f"{label}：{'、'.join(str(year) for year in value) or '没有'}"
    questions = book.questions_for(facts.region, facts.scheme, facts.benefit_year)
    choices = next((one.choices for one in questions if one.code == code), ())
    words = next((choice.label for choice in choices if choice.value == value), str(value))
    return f"{label}：{words}"


def _insured(years: tuple[int, ...]) -> str:
    if not years:
        return "从未参保"
    if len(years) <= _FEW_YEARS:
        return f"参保年度 {'、'.join(str(year) for year in years)}"
    return f"参保年度至 {max(years)}"
