"""Find rules from above that decide for people whom no card of a draft mentions.

An announcement that says nothing of those who never paid leaves them to the nation, which
may let them wait also inside the period; whoever wrote only the announcement never sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from medcounter.authoring.live.row_outcome import INCOMPLETE, RowOutcome
from medcounter.authoring.live.sample_table import RowKind, SampleRow
from medcounter.places.place_code import NATION
from medcounter.rules.questions import Rule

_UNSETTLED = "unsettled"
# What a place that is silent takes from the nation is asked; from a province only
# where the place speaks of the matter itself, and of others.
_LENGTHS = ("fixed-wait", "variable-wait")
_ANCHOR = "wait-start"
_PAYS = ("standard", "concession")
_EXEMPT = "exemption"


class RuleAbove(NamedTuple):
    """A rule that a draft inherits, and the place that wrote it."""

    rule: Rule
    region: str


class DoubtFromAbove(NamedTuple):
    """One inherited rule that leaves a doubt on notices, and who has it.

    Attributes:
        spared: Whether the place spares them the wait that the doubt is about.
        rows: The residents; at least one.
    """

    rule: Rule
    spared: bool
    rows: tuple[SampleRow, ...]


class AnswerFromAbove(NamedTuple):
    """One inherited rule, and the sample residents for whom it decides.

    Attributes:
        periods: Kinds of the periods they pay in, in the order met.
        rows: The residents; at least one.
    """

    rule: Rule
    periods: tuple[str, ...]
    rows: tuple[SampleRow, ...]


def answers_from_above(
    rows: Iterable[SampleRow], above: Mapping[str, RuleAbove], spoken_of: frozenset[str]
) -> Iterator[AnswerFromAbove]:
    """List the inherited rules that let somebody wait, pay or be exempt.

    Args:
        rows: Sample residents; limits and examples are passed over.
        above: The inherited rules by id.
        spoken_of: Questions that the draft's own rules answer.
    """
    found: dict[str, list[SampleRow]] = {}
    for row in rows:
        if row.kind is RowKind.SAMPLE and row.now.refused != INCOMPLETE:
            for rule in _deciding(row.now, above, spoken_of):
                found.setdefault(rule, []).append(row)
    for name, shown in found.items():
        periods = dict.fromkeys(str(row.now.values.get("window.kind")) for row in shown)
        yield AnswerFromAbove(above[name].rule, tuple(periods), tuple(shown))


def doubts_from_above(
    rows: Iterable[SampleRow], above: Mapping[str, RuleAbove]
) -> Iterator[DoubtFromAbove]:
    """List the nation's rules that are in doubt on notices here.

    What the nation assumes since a place says nothing is asked of whoever writes the
    place: the notice may say it.

    Args:
        rows: As for ``answers_from_above``.
        above: The inherited rules by id.
    """
    found: dict[tuple[str, bool], list[SampleRow]] = {}
    for row in rows:
        if row.kind is not RowKind.SAMPLE:
            continue
        spared = row.now.values.get("exemption") is not None
        for name in row.now.doubted:
            if name in above and above[name].region == NATION:
                of_wait = above[name].rule.question in _LENGTHS
                found.setdefault((name, spared and of_wait), []).append(row)
    for (name, spared), shown in found.items():
        yield DoubtFromAbove(above[name].rule, spared, tuple(shown))


def _deciding(
    now: RowOutcome, above: Mapping[str, RuleAbove], spoken_of: frozenset[str]
) -> Iterator[str]:
    """Name the inherited rules that make an outcome what it is."""
    inherited = (name for name in now.rules if name in above)
    answered: dict[str, str] = {above[name].rule.question: name for name in inherited}
    asked: dict[str, str] = {
        question: name
        for question, name in answered.items()
        if above[name].region == NATION or question in spoken_of
    }
    if now.values.get("wait.total") not in {None, "0"}:
        # What adds months to a wait from above says nothing new of whoever waits by it.
        lengths = [asked[one] for one in _LENGTHS if _counts(now, one) and one in asked]
        yield from lengths[:1]
        start = asked.get(_ANCHOR)
        if start is not None and above[start].rule.status == _UNSETTLED:
            yield start
    elif now.values.get("exemption") is not None and _EXEMPT in asked:
        yield asked[_EXEMPT]
    yield from (asked[one] for one in _PAYS if one in asked)


def _counts(now: RowOutcome, question: str) -> bool:
    part = "wait.fixed" if question == _LENGTHS[0] else "wait.variable"
    return now.values.get(part) not in {None, "0"}
