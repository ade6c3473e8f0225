"""Prove before activation that every case has exactly one rule.

Source: design of the rule language, lesson 4: unique match by default, a
conflict names both rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.compiled import Compiled, CompiledRule
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.verdict import answer_of, standing_entries, standing_rules
from medcounter.assess.engine.wait import variable_length
from medcounter.assess.prove.case_grid import cell_cases
from medcounter.rules.bundle import Bundle
from medcounter.rules.case import Case
from medcounter.rules.faults import Fault
from medcounter.rules.questions import QUESTION, QUESTIONS, Question, Rule


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
            for question, standing, text in _programme_faults(compiled):
                key = (programme.id, question, standing)
                faults.setdefault(key, Fault(f"programmes[{index}]", f"{year} 年度：{text}"))
    return tuple(faults.values())


def _programme_faults(compiled: Compiled) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for question in QUESTIONS:
        required = compiled.resolved.scheme in question.schemes
        if not compiled.rules(question.code):
            if required and question.mode == "one":
                yield question.code, (), f"没有规则回答“{question.label}”（{question.code}）。"
            continue
        for readings, said in _readings(compiled, question):
            found = _faults_of(compiled, question, readings)
            yield from ((code, names, said + text) for code, names, text in found)
    yield from _units(compiled)


def _readings(compiled: Compiled, question: Question) -> Iterator[tuple[dict[str, int], str]]:
    """List the readings to prove a question in, one rule read otherwise at a time."""
    yield {}, ""
    for entry in compiled.swayed:
        if entry.tests and entry.rule.question == question.code and _may_meet(compiled, entry):
            for verdict in entry.read:
                text = entry.rule.readings[verdict.reading - 1].text
                yield {entry.rule.id: verdict.reading}, f"“{entry.rule.id}”按另一种读法（{text}）："


def _may_meet(compiled: Compiled, entry: CompiledRule) -> bool:
    """Return whether it matters to other rules when this one holds.

    Of a *best* question only rules of one ground meet, and those that are
    displaced.
    """
    question = QUESTION[entry.rule.question]
    others = (other for other in compiled.rules(question.code) if other is not entry)
    grounds = {ground for other in others for ground in other.rule.grounds}
    return (
        question.mode != "best" or bool(entry.defeats) or not grounds.isdisjoint(entry.rule.grounds)
    )


def _faults_of(
    compiled: Compiled, question: Question, readings: dict[str, int]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    if question.mode == "one":
        yield from _unique(compiled, question, readings)
    elif question.mode == "best":
        yield from _one_a_ground(compiled, question, readings)


def _asked(
    compiled: Compiled, question: Question, readings: dict[str, int]
) -> Iterator[tuple[Case, list[Rule]]]:
    """Yield each cell with the rules that stand, the window asked first."""
    for case in cell_cases(compiled, question.code, readings):
        if question.code != "window":
            windows, _ = standing_rules(compiled, "window", case)
            if len(windows) != 1:
                continue
            case.window_kind = answer_of(windows[0], 0).kind
            case.window_rule = windows[0].id
            if case.window_kind == CLOSED:
                continue
        standing, unknown = standing_entries(compiled, question.code, case, readings)
        if not unknown:
            yield case, [entry.rule for entry in standing]


def _unique(
    compiled: Compiled, question: Question, readings: dict[str, int]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for case, standing in _asked(compiled, question, readings):
        names = tuple(rule.id for rule in standing)
        if len(names) != 1:
            found = f"“{'”与“'.join(names)}”同时成立" if names else "没有规则成立"
            yield question.code, names, f"“{question.label}”{found}：{describe(case)}。"


def _one_a_ground(
    compiled: Compiled, question: Question, readings: dict[str, int]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for case, standing in _asked(compiled, question, readings):
        counts = Counter(ground for rule in standing for ground in rule.grounds)
        for ground, count in counts.items():
            if count > 1:
                names = tuple(rule.id for rule in standing if ground in rule.grounds)
                text = f"“{question.label}”对 {ground} 有“{'”与“'.join(names)}”同时成立"
                yield question.code, names, f"{text}：{describe(case)}。"


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


def describe(case: Case) -> str:
    """Say a cell in Chinese: the facts that tell it from its neighbours."""
    parts = [f"缴费日 {case.paid}"]
    if case.identities:
        parts.append("人员类别 " + "、".join(sorted(case.identities)))
    if case.birth:
        parts.append(f"出生 {case.birth}")
    parts += [f"情形 {kind} {day}" for kind, day in case.events.items()]
    if case.lapsed:
        parts.append(f"断保 {case.lapsed} 年")
    parts += [f"{code}={value}" for code, value in case.answers.items() if value]
    return "，".join(parts)
