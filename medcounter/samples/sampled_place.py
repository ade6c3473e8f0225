"""A place to make residents up for: its rules, and a plain resident.

Decides a case where it can; knows nobody but the plain resident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.turning_days import answers_of, rule_breakpoints
from medcounter.assess.facts import Facts
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import AnswerValue
from medcounter.rules.fees.answer_reach import counted_in
from medcounter.rules.values import answer_in

# Insured years are told from so many years before the benefit year.
LONG_AGO = 10
_GROWN_UP = 45


@dataclass(frozen=True, slots=True)
class SampledPlace:
    """One programme to make residents for."""

    book: RuleBook
    compiled: Compiled
    cuts: Breakpoints
    plain: Facts

    @property
    def year(self) -> int:
        """The benefit year."""
        return self.compiled.resolved.benefit_year

    def plain_on(self, day: date) -> Facts:
        """Return the plain resident paying on a day, with each day that must be told."""
        facts = replace(self.plain, payment_date=day)
        for name in dated_names(self):
            term = self.book.answer_term(answer_in(name) or name)
            if term is not None and not term.optional:
                facts = dated_on(facts, name, event_day(self, name, day))
        return facts

    def decided(self, facts: Facts) -> Decision | None:
        """Decide a case; None where the rules refuse it or contradict themselves."""
        try:
            found = decide_facts(facts, self.book)
        except RulesIncompleteError:
            return None
        return found.decision if isinstance(found, Decided) else None


def sampled_place(book: RuleBook, compiled: Compiled, region: str) -> SampledPlace:
    """Take a programme to make residents up for.

    Args:
        book: The rules.
        compiled: The programme of the region.
        region: Code to write into the facts.
    """
    resolved = compiled.resolved
    year = resolved.benefit_year
    cuts = Breakpoints().merged(rule_breakpoints(rule, year) for rule in resolved.rules)
    answers = [answer for rule in resolved.rules for answer in answers_of(rule)]
    for code in {code for answer in answers for code in counted_in(answer)}:
        cuts.answers.setdefault(code, set()).update({0, 1, 3})
    needed = {
        code: values[0]
        for code, values in asked_answers(compiled, cuts).items()
        if code not in compiled.defaults
    }
    plain = Facts(
        region,
        year,
        resolved.first_day,
        resolved.scheme,
        birth_date=date(year - _GROWN_UP, 6, 15),
        answers=tuple(sorted(needed.items())),
    )
    return SampledPlace(book, compiled, cuts, plain)


def asked_answers(compiled: Compiled, cuts: Breakpoints) -> dict[str, list[AnswerValue]]:
    """List each free question with the answers the rules tell apart."""
    choices = {asked.code: asked.choices for asked in compiled.resolved.asks}
    asked: dict[str, list[AnswerValue]] = {}
    for code, named in sorted(cuts.answers.items()):
        if choices.get(code):
            asked[code] = [choice.value for choice in choices[code]]
        else:
            asked[code] = list(dict.fromkeys(_sides(sorted(named, key=repr))))
    return asked


def _sides(named: Iterable[AnswerValue]) -> Iterator[AnswerValue]:
    for value in named:
        if isinstance(value, bool):
            yield from (False, True)
        elif isinstance(value, int):
            yield from (max(0, value - 1), value)
        else:
            yield value


def dated_names(place: SampledPlace) -> list[str]:
    """Name the days that answers tell and that some rule asks for."""
    named = {*place.cuts.spans, *place.cuts.event_days}
    return sorted(name for name in named if answer_in(name) is not None)


def dated_on(facts: Facts, name: str, day: date) -> Facts:
    """Return facts in which an answer tells a day."""
    answers = {**dict(facts.answers), answer_in(name) or name: day.isoformat()}
    return replace(facts, answers=tuple(sorted(answers.items())))


def event_day(place: SampledPlace, kind: str, day: date) -> date:
    """Name a day shortly before payment that lies within what is asked of it."""
    edges = sorted(edge for edge in place.cuts.event_days.get(kind, ()) if edge <= day)
    usual = day - timedelta(days=10)
    return max(usual, edges[-1]) if edges else usual
