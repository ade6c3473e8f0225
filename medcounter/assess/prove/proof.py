"""Prove before activation that every case has exactly one rule.

Source: docs/rules.md, 五 and 十四: exactly one rule answers, and a conflict names both.
"""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.verdict import answer_of
from medcounter.assess.engine.wait import variable_length
from medcounter.assess.prove.case_description import describe
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.assess.prove.question_proof import Meeting, QuestionProof
from medcounter.assess.prove.rule_formulas import ProgrammeAtoms
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import Fault
from medcounter.rules.questions import QUESTIONS, Question, Rule


def prove(bundle: Bundle) -> tuple[Fault, ...]:
    """List every gap and every overlap of a checked bundle.

    Returns:
        One fault for each question and set of rules, with the first cell
        found; empty when the bundle is sound.
    """
    book = RuleBook.open(bundle, "", signed=False)
    faults: dict[tuple[str, str, tuple[str, ...]], Fault] = {}
    for index, programme in enumerate(bundle.programmes):
        years = range(programme.benefit_years.start, programme.benefit_years.end + 1)
        for year in years:
            compiled = book.programme(programme.region, programme.scheme, year)
            if compiled is None:
                continue
            for question, standing, text in _programme_faults(compiled, book.names.events):
                key = (programme.id, question, standing)
                faults.setdefault(key, Fault(f"programmes[{index}]", f"{year} 年度：{text}"))
    return tuple(faults.values())


def _programme_faults(
    compiled: Compiled, events: frozenset[str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    programme, payment = ProgrammeAtoms(compiled, events, {}), PaymentDays(compiled)
    for question in QUESTIONS:
        required = compiled.resolved.scheme in question.schemes
        if not compiled.rules(question.code):
            if required and question.mode == "one":
                yield question.code, (), f"没有规则回答“{question.label}”（{question.code}）。"
            continue
        for meeting in QuestionProof(programme, payment, question.code).meetings():
            yield question.code, meeting.standing, _said(compiled, question, meeting)
    yield from _units(compiled)


def _said(compiled: Compiled, question: Question, meeting: Meeting) -> str:
    """Say which rules meet for whom, and in which reading."""
    rules = {rule.id: rule for rule in compiled.resolved.rules}
    read = "".join(
        f"“{name}”按另一种读法（{rules[name].readings[number - 1].text}）："
        for name, number in meeting.readings.items()
    )
    names = "”与“".join(meeting.standing)
    found = f"“{names}”同时成立" if names else "没有规则成立"
    ground = f"对 {meeting.ground} 有" if meeting.ground else ""
    who = describe(meeting.case, compiled, question.code)
    return f"{read}“{question.label}”{ground}{found}：{who}。{_remedy(meeting, rules)}"


def _remedy(meeting: Meeting, rules: dict[str, Rule]) -> str:
    """Say what to write where rules meet."""
    if len(meeting.standing) < 2:  # noqa: PLR2004 -- it takes two to meet
        return ""
    taken = any(rules[name].replaces for name in meeting.standing)
    kept = "取代（replaces）不带来原条的例外，要自己再写；" if taken else ""
    return f"{kept}其中该用的一条要在 exception_to 里写另一条，或把两条的条件分开。"


def _units(compiled: Compiled) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Refuse a variable wait in another unit than the fixed one."""
    fixed, variable, lapse = (
        [(entry.rule, answer_of(entry.rule, 0)) for entry in compiled.rules(name)]
        for name in ("fixed-wait", "variable-wait", "lapse")
    )
    year = compiled.resolved.benefit_year
    reach = max((year - answer.from_year for _, answer in lapse), default=0)
    for one, answer in fixed:
        for other, added in variable:
            adds = variable_length(added, reach)
            if answer.length and adds and answer.unit != added.unit:
                text = f"固定等待期“{one.id}”与变动等待期“{other.id}”单位不同，无法相加。"
                yield "variable-wait", (one.id, other.id), text
    always = [entry for entry in compiled.rules("repair") if entry.test is None and not entry.tests]
    beaten = frozenset[str]().union(*(entry.defeats for entry in always))
    repairs = [
        (entry.rule, answer_of(entry.rule, 0))
        for entry in compiled.rules("repair")
        if entry.rule.id not in beaten
    ]
    for other, added in variable if compiled.format > 1 else ():
        for one, off in repairs:
            in_days = "day" in {added.unit, off.unit} and added.unit != off.unit
            if variable_length(added, reach) and off.per_year and in_days:
                text = (
                    f"变动等待期“{other.id}”与缴费修复“{one.id}”单位不同，无法相减；"
                    "请在本地的 repair 规则里写 unit。"
                )
                yield "repair", (other.id, one.id), text
