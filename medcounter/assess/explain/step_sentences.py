"""Write the derivation: each question, the rule that applied, the others.

Sentences use the bundle's own wording, filled in with the case's values; the
predicates add the values they compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.assess.assessment import Rejection, Step
from medcounter.assess.engine.compiled import Compiled, CompiledRule, Verdict
from medcounter.assess.engine.concession import held_grounds
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.start_day import not_before, resolve_start
from medcounter.assess.engine.wait import day_after
from medcounter.assess.explain.amount_words import ABOUT_MONEY, own_amounts
from medcounter.dates import year_end
from medcounter.money import show_yuan
from medcounter.rules.bundle import Source
from medcounter.rules.case import Case
from medcounter.rules.questions import QUESTION, Rule

_OPEN = "未定"
_NO_COVER = "本年度没有"


def values_of(decision: Decision) -> dict[str, str]:
    """Write every value a sentence may name; a missing one as 未定."""
    case, wait, cover = decision.case, decision.wait, decision.coverage
    lengths, fee = decision.lengths, decision.fee
    none = _NO_COVER if decision.payable else None
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
    return {name: _OPEN if value is None else str(value) for name, value in known.items()}


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else show_yuan(fen)


def fill(text: str, values: dict[str, str], rule: Rule, case: Case, labels: dict[str, str]) -> str:
    """Fill a bundle's sentence with the case's values."""
    held = [code for code in labels if code in rule.grounds and code in case.identities]
    days = [case.events[kind] for kind in rule.grounds if kind in case.events]
    more = {
        "identity": labels[held[0]] if held else "本人员",
        "event_date": str(days[0]) if days else _OPEN,
    }
    return text.format_map({"amount": values["standard"], **more, **values})


def own_values(rule: Rule, answer: Any, decision: Decision) -> dict[str, str]:  # noqa: ANN401 -- the question fixes the type
    """Write the values that a rule itself answers, whichever rule won.

    Args:
        rule: The rule whose sentence is filled.
        answer: Its answer in the reading used.
        decision: The decision; its wait and cover may be another rule's.
    """
    case = decision.case
    if rule.question in ABOUT_MONEY:
        return own_amounts(rule.question, answer, decision)
    if rule.question in {"cover-start", "exemption"}:
        return _cover_from(first_days(rule, answer, decision), decision)
    if rule.question == "after-wait" and decision.wait is not None:
        after = day_after(decision.wait.end, answer)
        return _cover_from([not_before(after, case, decision.earliest)], decision)
    return {}


def first_days(rule: Rule, answer: Any, decision: Decision) -> list[date]:  # noqa: ANN401 -- as above
    """List the first covered days a rule answers: one for each ground held."""
    case, earliest = decision.case, decision.earliest
    start = answer.cover if rule.question == "exemption" else answer
    grounds: tuple[str | None, ...] = (None,)
    if rule.grounds:
        grounds = decision.spared.get(rule.id) or held_grounds(rule, case)
    return [not_before(resolve_start(start, case, ground), case, earliest) for ground in grounds]


def _own_day(rule: Rule, answer: Any, decision: Decision) -> dict[str, str]:  # noqa: ANN401 -- as above
    """Write the event a rule's day hangs on: the one that counts, of several."""
    case = decision.case
    grounds = decision.spared.get(rule.id, ())
    first = sorted(grounds, key=lambda ground: ground != decision.exemption)[:1]
    named = str(getattr(getattr(answer, "cover", answer), "event", None) or "")
    days = [case.events[name] for name in (named, *first) if name in case.events]
    return {"event_date": str(days[0])} if days else {}


def _cover_from(days: list[date], decision: Decision) -> dict[str, str]:
    """Say a rule's own first covered day, where the year still has it."""
    if not days:
        return {}
    cover = decision.coverage
    last = year_end(decision.case.benefit_year)
    if cover is not None and cover.year is not None:
        last = max(last, cover.end)
    first = min(days)
    return {"cover_from": str(first) if first <= last else _NO_COVER}


@dataclass(frozen=True, slots=True)
class _SentenceParts:
    """What every sentence of one derivation is written with.

    Attributes:
        values: Of the decision as a whole.
        readings: The readings used, by rule id.
    """

    decision: Decision
    compiled: Compiled
    book: RuleBook
    values: dict[str, str]
    readings: dict[str, int]

    def fill(self, text: str, rule: Rule) -> str:
        """Fill a rule's sentence, its own answer before the decision's."""
        answer = rule.answer_in(self.readings.get(rule.id, 0))
        values = {**self.values, **own_values(rule, answer, self.decision)}
        if self.compiled.format > 1:
            values |= _own_day(rule, answer, self.decision)
        return fill(text, values, rule, self.decision.case, self.book.order)

    def read(self, rule: Rule) -> str:
        """Name the reading used where it isn't the rule's own."""
        reading = self.readings.get(rule.id, 0)
        return f"（采用另一种读法：{rule.readings[reading - 1].text}）" if reading else ""


def write_steps(
    decision: Decision, compiled: Compiled, book: RuleBook, readings: dict[str, int]
) -> tuple[Step, ...]:
    """Write the derivation: every question asked, in order.

    Args:
        readings: Rule id to the reading used, as the decision was made.
    """
    labels = answer_words(compiled, book)
    decision = decision._replace(case=decision.case._replace(words=labels))
    words = _SentenceParts(decision, compiled, book, values_of(decision), readings)
    return tuple(
        _step(verdict, words)
        for verdict in decision.verdicts
        if verdict.question != "lapse" or decision.lapsed or decision.lapse_cut
    )


def answer_words(compiled: Compiled, book: RuleBook) -> dict[str, str]:
    """Label the free questions and their choices, for the reasons of conditions."""
    words = {term.code: term.label for term in book.names.answer_terms}
    for asked in compiled.resolved.asks:
        words |= {f"{asked.code}={choice.value}": choice.label for choice in asked.choices}
    return words


def _step(verdict: Verdict, words: _SentenceParts) -> Step:
    rule = verdict.rule
    source: Source = words.book.sources[rule.source]
    entries = words.compiled.rules(verdict.question)
    winner = next(entry for entry in entries if entry.rule.id == rule.id)
    return Step(
        question=verdict.question,
        label=QUESTION[verdict.question].label,
        rule=rule.id,
        text=words.fill(rule.applies, rule) + words.read(rule),
        source=rule.source,
        clause=rule.clause,
        grade=source.grade,
        status=rule.status,
        rejected=tuple(
            _rejection(entry, winner, words) for entry in entries if entry is not winner
        ),
    )


def _rejection(entry: CompiledRule, winner: CompiledRule, words: _SentenceParts) -> Rejection:
    """Explain why a rule did not stand: displaced, or its condition failed."""
    rule, case = entry.rule, words.decision.case
    own = words.fill(rule.fails, rule) if rule.fails else ""
    reading = words.readings.get(rule.id, 0)
    test = entry.test_in(reading)
    if test is None or test(case) is True:
        displaced = rule.id in winner.defeats
        why = "所采用的规定是它的例外" if displaced else "有更有利或更特别的规定"
        return Rejection(rule.id, own or why, winner.rule.id)
    when = rule.when_in(reading)
    if reading and not rule.readings[reading - 1].stands:
        compared = "本条不成立"
    else:
        compared = when.reason(case) if when is not None else "不在本条有效的日子里"
    compared += words.read(rule)
    return Rejection(rule.id, f"{own.rstrip('。')}：{compared}" if own else compared, None)
