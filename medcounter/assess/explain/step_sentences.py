"""Write the derivation: each question, the rule that applied, the others.

Sentences use the bundle's own wording, filled in with the case's values; the
predicates add the values they compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from medcounter.assess.assessment import Rejection, Step
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import (
    CompiledRule,
    Refusals,
    Refused,
    RuleRefusal,
    Verdict,
    held_grounds,
)
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.start_day import not_before, resolve_start
from medcounter.assess.engine.stretches import on_stretch
from medcounter.assess.engine.wait import day_after
from medcounter.assess.explain.amount_words import ABOUT_MONEY, own_amounts
from medcounter.assess.explain.sentence_values import NO_COVER, SentenceValues, names_in
from medcounter.dates import year_end
from medcounter.rules.answers import ExemptionAnswer, StartDay
from medcounter.rules.predicate import Tell
from medcounter.rules.questions import Rule

# Makes a named tuple of its fields in order; its own constructor takes three times as long.
_make = tuple.__new__
# Of a rule; most are met by one or two values, such as an event that nobody had.
_MOST_KEPT = 64
# What a sentence may name that a rule says otherwise than the decision does.
_EVENT_DATE = "event_date"
_OWN = frozenset({"amount", "standard", "cover_from", _EVENT_DATE})


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
    events = decision.case.events
    grounds = decision.spared.get(rule.id, ())
    first = (decision.exemption,) if decision.exemption in grounds else grounds[:1]
    anchor = answer.cover if isinstance(answer, ExemptionAnswer) else answer
    named = anchor.event or "" if isinstance(anchor, StartDay) else ""
    days = [events[name] for name in (named, *first) if name in events]
    return {_EVENT_DATE: str(days[0])} if days else {}


def _cover_from(days: list[date], decision: Decision) -> dict[str, str]:
    """Say a rule's own first covered day, where the year still has it."""
    if not days:
        return {}
    cover = decision.coverage
    last = year_end(decision.case.benefit_year)
    if cover is not None and cover.year is not None:
        last = max(last, cover.end)
    first = min(days)
    return {"cover_from": str(first) if first <= last else NO_COVER}


class _SentenceParts(NamedTuple):
    """What every sentence of one derivation is written with.

    Attributes:
        stretch: What is left of the programme on days like the one paid on.
        values: Of the decision as a whole.
        readings: The readings used, by rule id.
        held: Identities and kinds of events, and ``birth`` where it is known.
    """

    decision: Decision
    compiled: Compiled
    stretch: Compiled
    values: SentenceValues
    readings: dict[str, int]
    held: frozenset[str]

    def fill(self, text: str, rule: Rule) -> str:
        """Fill a rule's sentence, its own answer before the decision's."""
        if "{" not in text:
            return text
        named = names_in(text)
        if _OWN.isdisjoint(named):
            return self.values.fill(text, rule, {})
        answer = rule.answer_in(self.readings.get(rule.id, 0))
        own = own_values(rule, answer, self.decision)
        if _EVENT_DATE in named and self.compiled.format > 1:
            own |= _own_day(rule, answer, self.decision)
        return self.values.fill(text, rule, own)

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
    values = SentenceValues(decision, book.order)
    stretch = on_stretch(compiled, decision.case.paid)
    held = decision.case.held()
    words = _SentenceParts(decision, compiled, stretch, values, readings, held)
    return tuple(
        [
            _step(verdict, words)
            for verdict in decision.verdicts
            if verdict.question != "lapse" or decision.lapsed or decision.lapse_cut
        ]
    )


def _step(verdict: Verdict, words: _SentenceParts) -> Step:
    rule = verdict.rule
    entries = words.compiled.rules(verdict.question)
    winner = words.compiled.named[verdict.name]
    text = words.fill(rule.applies, rule)
    if words.readings:
        text += words.read(rule)
    rejected = _rejections(winner, entries, words)
    return _make(Step, (*winner.heading, text, *winner.stated, rejected))


def _rejections(
    winner: CompiledRule, entries: tuple[CompiledRule, ...], words: _SentenceParts
) -> tuple[Rejection, ...]:
    """Explain why the others did not stand: displaced, or their condition failed."""
    if len(entries) == 1:
        return ()
    kept_by = words.stretch.refusals
    key = (winner.name, *words.readings.items()) if words.readings else winner.name
    refusals = kept_by.get(key)
    if refusals is None:
        refusals = kept_by[key] = Refusals(tuple(_refusals_beside(winner, entries, words)), {})
    told, left = refusals.by_held.get(words.held) or _refused(winner, refusals, words)
    if not left:
        return told
    found = list(told)
    for place, refusal in left:
        found[place] = _tell(winner, refusal, words)
    return tuple(found)


def _refused(winner: CompiledRule, refusals: Refusals, words: _SentenceParts) -> Refused:
    """Tell for all who hold the same what hangs on nothing else, and keep it."""
    told: list[Rejection] = []
    left: list[tuple[int, RuleRefusal]] = []
    for place, refusal in enumerate(refusals.by_rule):
        told.append(_tell(winner, refusal, words))
        if not _is_told_by(refusal, words.held):
            left.append((place, refusal))
    if len(refusals.by_held) >= _MOST_KEPT:
        refusals.by_held.clear()
    kept = refusals.by_held[words.held] = Refused(tuple(told), tuple(left))
    return kept


def _is_told_by(refusal: RuleRefusal, held: frozenset[str]) -> bool:
    """Return whether what is said of a rule is the same for all who hold the same."""
    entry, when = refusal.rule, refusal.rule.when
    if refusal.kept is None or entry.rule.valid is not None:
        return False
    return when is None or when.is_told_by(held)


def _tell(winner: CompiledRule, refusal: RuleRefusal, words: _SentenceParts) -> Rejection:
    """Tell why one rule does not stand."""
    entry, reading, tell, kept = refusal
    compared = tell(words.decision.case)
    if kept is not None:
        return kept.get(compared) or _keep(winner, entry, compared, kept)
    own = words.fill(entry.fails, entry.rule) if entry.fails else ""
    read = words.read(entry.rule) if reading and compared else ""
    return _rejection(winner, entry, own, compared + read)


def _refusals_beside(
    winner: CompiledRule, entries: tuple[CompiledRule, ...], words: _SentenceParts
) -> Iterator[RuleRefusal]:
    """Compile what says why the other rules do not stand."""
    year, left = words.compiled.resolved.benefit_year, words.stretch.named
    for entry in entries:
        if entry is winner:
            continue
        reading = words.readings.get(entry.name, 0)
        kept = None if reading or "{" in entry.fails else dict[str, Rejection]()
        asked = left.get(entry.name, entry)
        yield RuleRefusal(asked, reading, compile_refusal(asked, reading, year), kept)


def _rejection(winner: CompiledRule, entry: CompiledRule, own: str, compared: str) -> Rejection:
    """Tell what refused a rule; where nothing did, that the winner displaced it."""
    if compared:
        text = f"{own.rstrip('。')}：{compared}" if own else compared
        return Rejection(entry.name, text, None)
    displaced = entry.name in winner.defeats
    why = "所采用的规定是它的例外" if displaced else "有更有利或更特别的规定"
    return Rejection(entry.name, own or why, winner.name)


def _keep(
    winner: CompiledRule, entry: CompiledRule, compared: str, kept: dict[str, Rejection]
) -> Rejection:
    """Keep a rejection whose sentence names no value for others like it."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[compared] = _rejection(winner, entry, entry.fails, compared)
    return kept[compared]


def compile_refusal(entry: CompiledRule, reading: int, year: int) -> Tell:
    """Return what says why a rule does not stand in a reading; nothing where it does."""
    rule = entry.rule
    if reading and not rule.readings[reading - 1].stands:
        return lambda _case: "本条不成立"
    when = rule.when_in(reading) if reading else entry.when
    test = entry.test_in(reading)
    if rule.valid is None and when is not None and not entry.asks_for_birth:
        return when.compile_refusal(year)
    tell = (lambda _case: "不在本条有效的日子里") if when is None else when.compile_reason(year)
    return lambda case: "" if test is None or test(case) is True else tell(case)
