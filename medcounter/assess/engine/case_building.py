"""Build a case from facts, or say why no rules apply to them.

Source: docs/contract.md, error codes ``rules-not-covered`` and ``out-of-range``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts, Problem
from medcounter.rules.case import AnswerValue, Case
from medcounter.rules.inherit import lineage
from medcounter.rules.values import ANSWER_PREFIX
from medcounter.wording.terms import INSURANCES


def make_case(facts: Facts, compiled: Compiled, paid: date | None = None) -> Case:
    """Lay out facts as the rules' conditions see them.

    Args:
        facts: Checked facts.
        compiled: The programme, for the defaults of free questions.
        paid: Another payment day to try instead of the facts' own; what has
            not happened by then is not known then.
    """
    day = paid or facts.payment_date
    return Case(
        benefit_year=facts.benefit_year,
        paid=day,
        birth=facts.birth_date,
        identities=frozenset(facts.categories),
        events=known_events(facts, compiled, day),
        insured_years=None if facts.insured_years is None else frozenset(facts.insured_years),
        repair_years=facts.repair_years,
        answers=_answers(facts, compiled),
        words=compiled.words,
    )


def known_events(facts: Facts, compiled: Compiled, day: date) -> Mapping[str, date]:
    """Name the latest known day of each kind of event and of dated answers."""
    events: dict[str, date] = {}
    if not facts.events and not compiled.dated:
        return events
    for event in facts.events:
        if event.date <= day:
            events[event.kind] = max(event.date, events.get(event.kind, event.date))
    if compiled.dated:
        answers = _answers(facts, compiled)
        for code in compiled.dated:
            if answer := answers.get(code):
                events[f"{ANSWER_PREFIX}{code}"] = date.fromisoformat(str(answer))
    return events


def _answers(facts: Facts, compiled: Compiled) -> Mapping[str, AnswerValue]:
    """Give the answers to free questions, what stands unsaid among them."""
    return {**compiled.defaults, **dict(facts.answers)} if facts.answers else compiled.defaults


def ever_happened(facts: Facts, compiled: Compiled) -> list[tuple[str, date]]:
    """List every event that a resident ever had, and every dated answer."""
    if not facts.events and not compiled.dated:
        return []
    last = known_events(facts, compiled, date.max)
    return [*last.items(), *((event.kind, event.date) for event in facts.events)]


def find_rules(facts: Facts, book: RuleBook) -> Compiled | Problem:
    """Find the programme for a place, scheme, year and payment day.

    Returns:
        The programme; or a ``rules-not-covered`` problem at the first of
        region, scheme, benefit year and payment date that rules it out; or
        ``unknown-code`` for an answer that is none of the place's choices.
    """
    compiled = book.programme(facts.region, facts.scheme, facts.benefit_year)
    if compiled is None:
        return _not_covered(facts, book)
    return outside_days(facts, compiled) or _unknown_choice(facts, compiled, book) or compiled


def outside_days(facts: Facts, compiled: Compiled) -> Problem | None:
    """Refuse a payment day that a programme does not speak of."""
    resolved = compiled.resolved
    if resolved.first_day <= facts.payment_date <= resolved.last_day:
        return None
    text = (
        f"缴费日期 {facts.payment_date} 不在规则说明的日子里，无法测算；"
        f"可测算的缴费日期为 {resolved.first_day} 至 {resolved.last_day}。"
    )
    return Problem("payment_date", "rules-not-covered", text)


def _unknown_choice(facts: Facts, compiled: Compiled, book: RuleBook) -> Problem | None:
    """Refuse an answer that is none of the choices the place offers."""
    if not facts.answers:
        return None
    given = dict(facts.answers)
    for asked in compiled.resolved.asks:
        names = {choice.value: choice.label for choice in asked.choices}
        answer = given.get(asked.code)
        if names and answer is not None and answer not in names:
            term = book.answer_term(asked.code)
            label = term.label if term else asked.code
            known = "、".join(f"{value}（{name}）" for value, name in names.items())
            text = f"“{label}”没有“{answer}”这一选项，无法测算，请从这些选项中选：{known}。"
            return Problem(f"answers.{asked.code}", "unknown-code", text)
    return None


def _not_covered(facts: Facts, book: RuleBook) -> Problem:
    covered = book.covered(facts.region)
    name = book.name(facts.region)
    place = f"{name}（{facts.region}）" if name else facts.region
    if not covered:
        known = "、".join(
            choice.name for choice in book.regions() if choice.parent in {"", lineage("")[-1]}
        )
        text = f"参保地 {place} 没有收录规则，无法测算；已收录的地区有：{known}。"
        return Problem("region", "rules-not-covered", text)
    schemes = {pair.scheme for pair in covered}
    if facts.scheme not in schemes:
        shown = "、".join(INSURANCES[scheme] for scheme in sorted(schemes, reverse=True))
        text = f"{place}没有收录{INSURANCES[facts.scheme]}的规则，无法测算；已收录：{shown}。"
        return Problem("scheme", "rules-not-covered", text)
    years = sorted(pair.benefit_year for pair in covered if pair.scheme == facts.scheme)
    shown = "、".join(str(year) for year in years)
    text = f"{place}没有收录 {facts.benefit_year} 年度的规则，无法测算；已收录的年度有：{shown}。"
    return Problem("benefit_year", "rules-not-covered", text)
