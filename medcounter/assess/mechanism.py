"""Answer from the nation's mechanism where a place or a year has no rules.

What can be said of wait, lapse, repair and newborns, with fee and window left
open; nothing of it can be issued. Source: docs/contract.md, "Where rules are missing".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from medcounter.assess.assessing import Decided, assess, decide_by, explain
from medcounter.assess.assessment import UNKNOWN, Assessment, Doubt, Region, Remark, Wait, Window
from medcounter.assess.engine.case_building import outside_days
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.doubts import LEAVES
from medcounter.assess.facts import FLEXIBLE, Facts, Problem
from medcounter.places.place_code import NATION
from medcounter.rules.vocabulary import NEWBORN
from medcounter.wording.terms import INSURANCES, UNITS

RULES_MISSING = "rules-missing"
NOT_COVERED = "rules-not-covered"
# A day outside what a place's rules speak of is another matter: other days are answered.
_RULED_OUT_BY = frozenset({"region", "scheme", "benefit_year"})
# What no answer of the mechanism gives.
_OPEN = ("payable", "window", "window.kind", "window.from", "window.to", "next_window", "fee")
_WORKED_OUT = (
    *(name for name in LEAVES if name.partition(".")[0] not in {"window", "fee"}),
    "incentive",
)


def assess_or_mechanism(facts: Facts, book: RuleBook) -> Assessment | tuple[Problem, ...]:
    """Assess; where rules are missing, answer from the nation's mechanism."""
    answer = assess(facts, book)
    if isinstance(answer, Assessment):
        return answer
    return by_mechanism(facts, answer, book) or answer


def by_mechanism(
    facts: Facts, problems: tuple[Problem, ...], book: RuleBook
) -> Assessment | tuple[Problem, ...] | None:
    """Answer from the mechanism where problems say that rules are missing.

    Args:
        facts: Checked facts.
        problems: Why there is no assessment.
        book: The rules.

    Returns:
        The answer, which can never be issued; the problems that keep even
        this from being given; None where missing rules are not the problem.
    """
    missing = [one for one in problems if one.code == NOT_COVERED and one.field in _RULED_OUT_BY]
    if not missing:
        return None
    if book.name(facts.region) is None:
        return (unreal_place(facts.region),)
    compiled = book.mechanism(facts.region, facts.scheme, facts.benefit_year)
    if compiled is None:
        return (_no_mechanism(facts, missing[0], book),)
    if outside := outside_days(facts, compiled):
        return (outside,)
    decided = decide_by(facts, compiled, book)
    if not isinstance(decided, Decided):
        return decided
    return _left_open(explain(decided, book), decided, book)


def unreal_place(region: str) -> Problem:
    """Say that a code is no place's."""
    text = (
        f"参保地代码“{region}”不在全国行政区划代码表（GB/T 2260）中，也没有规则，无法测算；"
        "请核对代码，或按地名选择。"
    )
    return Problem("region", "unknown-code", text)


def _no_mechanism(facts: Facts, missing: Problem, book: RuleBook) -> Problem:
    """Say from which year to which the nation's mechanism is known."""
    years = [
        year
        for head in book.bundle.heads
        if (head.region, head.scheme) == (NATION, facts.scheme)
        for year in range(head.first_year, head.last_year + 1)
        if book.mechanism(NATION, facts.scheme, year) is not None
    ]
    if not years:
        return missing
    text = (
        f"{missing.text}国家规定只收录了 {min(years)} 至 {max(years)} 年度，"
        f"{facts.benefit_year} 年度也不能按国家规定答复；请按那一年的当地公告办理。"
    )
    return replace(missing, text=text)


def covered_words(facts: Facts, book: RuleBook) -> str:
    """Say which years have rules for a place, or that none has."""
    covered = book.covered(facts.region)
    years = sorted(one.benefit_year for one in covered if one.scheme == facts.scheme)
    if years:
        return f"已收录 {'、'.join(map(str, years))} 年度"
    if covered:
        others = dict.fromkeys(INSURANCES[one.scheme] for one in covered)
        return f"只收录了{'、'.join(others)}"
    return "没有收录这个地区任何年度的规则"


def _left_open(answer: Assessment, decided: Decided, book: RuleBook) -> Assessment:
    """Take out of an answer what only a place's own rules could say."""
    place = answer.region.name or answer.region.code
    what = f"{place} {answer.benefit_year} 年度{INSURANCES[answer.scheme]}"
    text = (
        f"没有收录{what}的规则（{covered_words(decided.facts, book)}），不能出单；"
        "缴多少、从哪天到哪天缴，以当地公告为准。"
    )
    remarks = (
        Remark(RULES_MISSING, "warning", text),
        Remark("mechanism", "info", _mechanism_sentence(answer, decided)),
        *_repair(decided),
    )
    return replace(
        answer,
        payable=None,
        window=Window(UNKNOWN, None, None, "缴费时段没有收录"),
        next_window=None,
        fee=None,
        remarks=(*remarks, *answer.remarks),
        doubts=tuple(_doubts(answer, what)),
        steps=tuple(step for step in answer.steps if step.question != "standard"),
        hints=(),
        rules_of=_below_the_nation(answer.rules_of),
    )


def _mechanism_sentence(answer: Assessment, decided: Decided) -> str:
    """Say in one sentence what the nation's mechanism says of this person."""
    wait, cover = answer.wait, answer.coverage
    begins = f"{cover.start} 起享受待遇" if cover else f"{answer.benefit_year} 年度没有待遇"
    if answer.scheme == FLEXIBLE:
        return "灵活就业人员的等待期没有国家统一规定，请向经办机构核实。"
    if answer.exemption == NEWBORN:
        return f"按国家规定，新生儿不设等待期，{begins}（推算）。"
    if wait is None:
        late = _wait_outside(decided)
        outside = f"；在征缴期外缴费要等 {late.total} {UNITS[late.unit]}" if late else ""
        return f"按国家规定，没有断保、在当地集中征缴期内缴费的不用等，{begins}{outside}（推算）。"
    unit = UNITS[wait.unit]
    parts = f"固定等待期 {wait.fixed} {unit}，变动等待期 {wait.variable} {unit}"
    if wait.repaired:
        parts += f"，缴费修复减去 {wait.repaired} {unit}"
    span = f"{wait.start} 至 {wait.end}"
    return f"按国家规定，要等 {wait.total} {unit}（{parts}）：{span}，{begins}（推算）。"


def _wait_outside(decided: Decided) -> Wait | None:
    """Find the wait of the same person where the day lies outside the window."""
    window = next(one.rule for one in decided.decision.verdicts if one.question == "window")
    if not window.readings:
        return None
    return decided.as_read.decide({**decided.readings, window.id: 1}).wait


def _repair(decided: Decided) -> Iterator[Remark]:
    """Say how many repair years would help, where some would."""
    decision, lengths = decided.decision, decided.decision.lengths
    if decision.wait is None or lengths is None or not lengths.useful_repair:
        return
    text = (
        f"补缴断保年度（缴费修复）最多有 {lengths.useful_repair} 年有用，"
        "每补缴 1 年减少一份变动等待期，固定等待期不减。"
    )
    yield Remark("repair-helps", "info", text)


def _below_the_nation(place: Region | None) -> Region | None:
    return None if place is None or place.code == NATION else place


def _doubts(answer: Assessment, what: str) -> Iterator[Doubt]:
    """Name every field: the open ones first, then what was worked out."""
    missing = f"没有收录{what}的规则，这一项不知道，以当地公告为准。"
    for name in _OPEN:
        yield Doubt(name, "unsettled", missing, None, None, RULES_MISSING)
    known = {doubt.field: doubt for doubt in answer.doubts}
    reckoned = f"没有收录{what}的规则，这一项按国家规定和全国通常的时段推算，当地可能另有规定。"
    named = [*(_whole_if_null(answer, name) for name in _WORKED_OUT), *known]
    for name in dict.fromkeys(named):
        if name.partition(".")[0] in {"window", "fee"}:
            continue
        yield known.get(name) or Doubt(
            name, "assumed", reckoned, _value(answer, name), None, RULES_MISSING
        )


def _whole_if_null(answer: Assessment, name: str) -> str:
    """Name the whole part where there is none: no wait has no first day."""
    head = name.partition(".")[0]
    return head if head != name and getattr(answer, head) is None else name


def _value(answer: Assessment, name: str) -> str | None:
    """Write a field of an answer as the contract does; None when null."""
    head, _, inside = name.partition(".")
    part = getattr(answer, head)
    if part is not None and inside:
        part = getattr(part, {"from": "start", "to": "end"}.get(inside, inside))
    return None if part is None or head == "incentive" else str(part)
