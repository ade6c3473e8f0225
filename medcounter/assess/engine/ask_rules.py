"""Answer one question: the rule that applies, those displaced, facts missing.

Source: docs/rules.md, 一 and 五: rules answer questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, Verdict
from medcounter.errors import MedCounterError
from medcounter.rules.case import Case
from medcounter.rules.questions import Rule


class MissingFactsError(MedCounterError):
    """还缺少测算所需的信息，补填后即可得出结果。"""

    def __init__(self, fields: tuple[str, ...]) -> None:
        """Keep the facts keys that the outcome depends on."""
        self.fields = fields
        super().__init__()


class RulesIncompleteError(MedCounterError):
    """规则包对这种情形没有给出唯一的规定，不能测算；请改用其他日期核对，并联系规则包编制人。"""

    def __init__(self, question: str, standing: tuple[str, ...]) -> None:
        """Name the question and the rules left standing: none, or several."""
        self.question = question
        self.standing = standing
        found = "、".join(standing) if standing else "没有规则"
        super().__init__(f"{self.__doc__}（问题 {question}：{found}）")


def answer_of(rule: Rule, reading: int) -> Any:  # noqa: ANN401 -- the question fixes the type
    """Return a rule's answer in one of its readings."""
    return rule.answer_in(reading)


def verdict_of(entry: CompiledRule, readings: dict[str, int]) -> Verdict:
    """Describe what a rule that stands answers, in the reading asked for."""
    reading = readings.get(entry.name, 0) if readings else 0
    if not reading:
        return entry.plain
    return entry.read[reading - 1]


def standing_rules(
    compiled: Compiled, question: str, case: Case
) -> tuple[list[Rule], list[CompiledRule]]:
    """Return the rules that stand and those that lack a fact to tell."""
    standing, unknown = standing_entries(compiled, question, case, {})
    return [entry.rule for entry in standing], unknown


def standing_entries(
    compiled: Compiled, question: str, case: Case, readings: dict[str, int]
) -> tuple[list[CompiledRule], list[CompiledRule]]:
    """Return the compiled rules that stand and those that lack a fact.

    Args:
        readings: Rule id to the reading used, which may hold at other times.
    """
    return standing_among(compiled.by_question[question], case, readings)


def standing_among(
    entries: Sequence[CompiledRule], case: Case, readings: dict[str, int]
) -> tuple[list[CompiledRule], list[CompiledRule]]:
    """Return what ``standing_entries`` does, of some rules of a question."""
    standing: list[CompiledRule] = []
    unknown: list[CompiledRule] = []
    defeated: set[str] = set()
    for entry in entries:
        if entry.name in defeated:
            continue
        test = entry.test
        if readings and entry.tests:
            test = entry.tests[readings.get(entry.name, 0)]
        truth = True if test is None else test(case)
        if truth:
            standing.append(entry)
            if entry.defeats:
                defeated |= entry.defeats
        elif truth is None and missing_facts(entry, case, readings):
            unknown.append(entry)
    return standing, unknown


def missing_facts(entry: CompiledRule, case: Case, readings: dict[str, int]) -> tuple[str, ...]:
    """Name the facts a rule waits for that must be asked for."""
    reading = readings.get(entry.name, 0)
    fields = unknown_facts(entry.rule, reading, case, asking=entry.asks_for_birth)
    if not entry.asks_for_age:
        fields -= {"birth_date"}
    return tuple(sorted(fields))


def unknown_facts(rule: Rule, reading: int, case: Case, *, asking: bool) -> frozenset[str]:
    """Name the facts that a rule's condition in a reading waits for.

    Args:
        rule: The rule.
        reading: 0 is its own.
        case: The facts.
        asking: Whether it asks for a birth date that nobody told.
    """
    when = rule.when_in(reading)
    if when is None:
        return frozenset()
    return when.missing(case) if asking else when.unknown(case)


def ask_one(compiled: Compiled, question: str, case: Case, readings: dict[str, int]) -> Verdict:
    """Ask a question that exactly one rule must answer.

    Raises:
        MissingFactsError: The outcome depends on a fact not given.
        RulesIncompleteError: None or several rules stand; a proven bundle
            never comes here.
    """
    sole = compiled.sole.get(question)
    if sole is not None:
        return verdict_of(sole, readings) if readings else sole.plain
    standing, unknown = standing_among(compiled.by_question[question], case, readings)
    if unknown:
        raise MissingFactsError(missing_facts(unknown[0], case, readings))
    if len(standing) != 1:
        raise RulesIncompleteError(question, tuple(entry.rule.id for entry in standing))
    return verdict_of(standing[0], readings) if readings else standing[0].plain
