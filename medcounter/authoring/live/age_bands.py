"""Find age bands of one question that do not meet: a few years nobody speaks of.

What is left out falls to the general rule, which no proof can call a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from medcounter.rules.conditions import All, Condition
from medcounter.rules.person_conditions import Age
from medcounter.rules.questions import Rule

# A wider gap is the grown-ups between children and old people, and is meant.
_SLIP = 5


class AgeBand(NamedTuple):
    """The ages that a rule is for.

    Attributes:
        step: Place of the condition within the rule's ``when``; None where it is the whole.
        low: First age in full years; 0 where none is written.
        high: Last age, inclusive; None is open.
        on: Day on which it is counted, as written.
    """

    rule: str
    step: int | None
    low: int
    high: int | None
    on: str


class BandsApart(NamedTuple):
    """Two bands that look as if they should meet.

    Attributes:
        text: What is wrong, in one Chinese sentence.
    """

    before: AgeBand
    after: AgeBand
    text: str


def bands_apart(rules: Iterable[Rule]) -> Iterator[BandsApart]:
    """List the neighbouring age bands that leave out ages, or count on other days.

    Args:
        rules: Of one place and year.
    """
    groups: dict[tuple[str, tuple[str, ...], str], list[AgeBand]] = {}
    for rule in rules:
        found = _band(rule)
        if found is not None:
            band, others = found
            groups.setdefault((rule.question, rule.grounds, others), []).append(band)
    for bands in groups.values():
        for before, after in pairwise(sorted(bands, key=lambda band: (band.low, band.high or 0))):
            text = _apart(before, after)
            if text:
                yield BandsApart(before, after, text)


def _apart(before: AgeBand, after: AgeBand) -> str:
    """Describe how two bands fail to meet; empty if they meet or lie far apart."""
    if before.high is None:
        return ""
    left_out = range(before.high + 1, after.low)
    if 0 < len(left_out) <= _SLIP:
        ages = "、".join(str(age) for age in left_out)
        return (
            f"“{before.rule}”到 {before.high} 周岁为止，“{after.rule}”从 {after.low} 周岁起，"
            f"{ages} 周岁两条都不算，按其他规则办。"
        )
    if after.low == before.high + 1 and before.on != after.on:
        return (
            f"“{before.rule}”和“{after.rule}”的年龄段前后相接，却按不同的日子算周岁，"
            "中间过生日的人会两条都算或都不算。"
        )
    return ""


def _band(rule: Rule) -> tuple[AgeBand, str] | None:
    """Return the ages a rule is for, and what else it asks; None for no band."""
    parts: tuple[Condition, ...] = ()
    if isinstance(rule.when, All):
        parts = rule.when.of
    elif rule.when is not None:
        parts = (rule.when,)
    ages = [(number, part) for number, part in enumerate(parts) if isinstance(part, Age)]
    if len(ages) != 1:
        return None
    number, age = ages[0]
    others = "".join(sorted(one.model_dump_json() for one in parts if one is not age))
    step = number if isinstance(rule.when, All) else None
    return AgeBand(rule.id, step, age.low or 0, age.high, age.on), others
