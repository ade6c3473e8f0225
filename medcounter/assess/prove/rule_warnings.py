"""List what is no fault in rules but looks like a slip; its author answers each.

An answer stands in the programme's ``accepted``, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import answers_read
from medcounter.assess.prove.higher_standards import higher_standards
from medcounter.assess.prove.programme_proof import ProgrammeProof
from medcounter.rules.bundle import TOLD_WHILE_WRITING, Bundle, Programme, WarningKind
from medcounter.rules.checking.check_figures import figure_slips
from medcounter.rules.faults import Fault
from medcounter.rules.fees.fee_answers import ConcessionAnswer, StandardAnswer, SubsidyAnswer
from medcounter.rules.inherit import lineage
from medcounter.rules.questions import Rule
from medcounter.rules.vocabulary import answers_of_format

_OPEN = "unsettled"
# Place, scheme and benefit year, the latter two as an example writes them.
_ShownYear = tuple[str, Any, Any]


@dataclass(frozen=True, slots=True)
class ProvenYear:
    """The proof of one programme for one benefit year.

    Attributes:
        at: Position of the programme in the bundle.
        missing: Whether it is what is known where a place's rules are missing.
    """

    at: int
    year: int
    compiled: Compiled
    proof: ProgrammeProof
    missing: bool


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """Something in a programme that its author has to answer.

    Attributes:
        at: Position of the programme in the bundle.
        where: What it is about: a rule's id, a question's code, days, a year.
        text: What looks wrong.
    """

    at: int
    kind: WarningKind
    where: str
    text: str


def bundle_warnings(bundle: Bundle, proven: Iterable[ProvenYear]) -> tuple[RuleWarning, ...]:
    """List all warnings of a bundle, answered or not, programme by programme.

    Args:
        bundle: Checked.
        proven: The proofs of all its programmes and years that answer for a place.
    """
    years = tuple(proven)
    shown = _shown(bundle)
    texts = _text_answers(bundle)
    return tuple(
        warning
        for at, programme in enumerate(bundle.programmes)
        for warning in (
            *_never_standing(at, programme, years),
            *_closed_days(at, programme, years),
            *_unread(at, programme, years),
            *_without_choices(at, years, texts),
            *_without_example(at, programme, years, shown),
            *_without_readings(at, programme),
            *_other_figures(bundle, programme, at),
            *_higher_standards(at, years),
        )
    )


def unanswered(bundle: Bundle, warnings: Iterable[RuleWarning]) -> tuple[Fault, ...]:
    """List the warnings that nobody answered, and answers to no warning."""
    open_answers = [
        {
            (answer.warning, answer.where): number
            for number, answer in enumerate(one.accepted)
            if answer.warning not in TOLD_WHILE_WRITING
        }
        for one in bundle.programmes
    ]
    faults = []
    for warning in warnings:
        if open_answers[warning.at].pop((warning.kind, warning.where), None) is None:
            text = (
                f"{warning.text}请改正；确是这样的，在本方案的 accepted 里写明理由："
                f"warning 写 {warning.kind}，where 写 {warning.where}。"
            )
            path = written_at(bundle.programmes[warning.at], warning.at, (warning.where,))
            faults.append(Fault(path, text))
    for at, left in enumerate(open_answers):
        for (kind, where), number in left.items():
            text = f"这里说明的“{kind}”（{where}）没有出现，请删去这一项。"
            faults.append(Fault(f"programmes[{at}].accepted[{number}]", text))
    return tuple(faults)


def written_at(programme: Programme, at: int, names: Iterable[str]) -> str:
    """Return the path of the first of some rules a programme wrote, else its own.

    Args:
        programme: The programme.
        at: Its position in the bundle.
        names: Ids of rules; others are passed over.
    """
    places = {rule.id: place for place, rule in enumerate(programme.rules)}
    place = next((places[name] for name in names if name in places), None)
    return f"programmes[{at}]" if place is None else f"programmes[{at}].rules[{place}]"


def _made_from(
    bundle_at: int, programme: Programme, years: Iterable[ProvenYear]
) -> list[ProvenYear]:
    """List the proofs of all programmes that a programme is part of."""
    return [
        one
        for one in years
        if one.at == bundle_at or programme.id in one.compiled.resolved.programmes
    ]


def _never_standing(
    at: int, programme: Programme, years: Iterable[ProvenYear]
) -> Iterator[RuleWarning]:
    """Find rules that stand for nobody, in no place that inherits them.

    What is written for others only, as the nation's part, may well be displaced by all.
    """
    parts = _made_from(at, programme, years)
    if all(one.at != at for one in parts):
        return
    there = {rule.id for one in parts for rule in one.compiled.resolved.rules}
    standing = frozenset[str]().union(*(one.proof.standing for one in parts))
    for rule in programme.rules:
        if rule.id in there - standing:
            text = f"规则“{rule.id}”对任何人、任何一天都不会成立。"
            yield RuleWarning(at, "never-stands", rule.id, text)


def _closed_days(
    at: int, programme: Programme, years: Iterable[ProvenYear]
) -> Iterator[RuleWarning]:
    """Find days between two periods, where one of them is the programme's own."""
    own = {rule.id for rule in programme.rules}
    for one in years:
        between = one.proof.closed if one.at == at else ()
        for first, last, _ in (days for days in between if days.periods & own):
            text = f"{one.year} 年度：{first} 至 {last} 在两个时段之间，没有规则，按不能缴费处理。"
            yield RuleWarning(at, "closed-between", f"{first}..{last}", text)


def _unread(at: int, programme: Programme, years: Iterable[ProvenYear]) -> Iterator[RuleWarning]:
    parts = _made_from(at, programme, years)
    read = set[str]().union(*(answers_read(one.compiled) for one in parts))
    for asked in programme.asks if parts else ():
        if asked.code not in read:
            text = f"补充问题“{asked.code}”的回答没有任何规则用到。"
            yield RuleWarning(at, "unused-answer", asked.code, text)


def _text_answers(bundle: Bundle) -> frozenset[str]:
    terms = (*answers_of_format(bundle.format), *bundle.vocabulary.answers)
    return frozenset(term.code for term in terms if term.kind == "text")


def _without_choices(
    at: int, years: Iterable[ProvenYear], texts: frozenset[str]
) -> Iterator[RuleWarning]:
    """Find answers in words that rules compare while nobody offers the words.

    Left to be typed freely, an answer meets no rule, and nobody is told.
    """
    unoffered = set[str]()
    for one in years:
        if one.at == at:
            offered = {asked.code for asked in one.compiled.resolved.asks if asked.choices}
            unoffered |= (answers_read(one.compiled) & texts) - offered
    for code in sorted(unoffered):
        text = f"规则用到补充问题“{code}”的回答，本方案和上级却没有列出可选的回答（choices）。"
        yield RuleWarning(at, "no-choices", code, text)


def _shown(bundle: Bundle) -> frozenset[_ShownYear]:
    """Name places, schemes and years that an example shows, and the places above."""
    return frozenset(
        (place, example.facts.get("scheme", "resident"), example.facts.get("benefit_year"))
        for example in bundle.examples
        for place in lineage(str(example.facts.get("region", "")))
    )


def _without_example(
    at: int, programme: Programme, years: Iterable[ProvenYear], shown: frozenset[_ShownYear]
) -> Iterator[RuleWarning]:
    for one in years:
        if one.at == at and (programme.region, programme.scheme, one.year) not in shown:
            text = f"{one.year} 年度没有一个算例，规则写错了不会被发现。"
            yield RuleWarning(at, "no-example", str(one.year), text)


def _without_readings(at: int, programme: Programme) -> Iterator[RuleWarning]:
    for rule in programme.rules:
        if rule.status == _OPEN and not rule.readings and not _gives_nothing(rule):
            text = f"规则“{rule.id}”是未定（unsettled）的，却没有写别的读法（readings）。"
            yield RuleWarning(at, "no-readings", rule.id, text)


def _gives_nothing(rule: Rule) -> bool:
    """Return whether a rule only says that no source gives an amount."""
    answer = rule.answer
    if isinstance(answer, StandardAnswer):
        return any(item.amount is None for item in answer.items)
    if isinstance(answer, SubsidyAnswer):
        return answer.amount is None
    return isinstance(answer, ConcessionAnswer) and answer.unknown is not None


def _other_figures(bundle: Bundle, programme: Programme, at: int) -> Iterator[RuleWarning]:
    """Find rules whose sentences name figures that they do not have."""
    places = lineage(programme.region)[1:]
    above = [
        rule
        for other in bundle.programmes
        if other.region in places and other.scheme == programme.scheme
        for rule in other.rules
    ]
    slips: dict[str, list[str]] = {}
    for slip in figure_slips(programme, above):
        slips.setdefault(slip.rule, []).append(slip.figure)
    for rule, figures in slips.items():
        quoted = "”“".join(dict.fromkeys(figures))
        text = f"规则“{rule}”的句子里写的“{quoted}”与规则的答案和条件都不一致。"
        yield RuleWarning(at, "other-figure", rule, text)


def _higher_standards(at: int, years: Iterable[ProvenYear]) -> Iterator[RuleWarning]:
    found = {
        slip.rule: slip.text
        for one in years
        if one.at == at
        for slip in higher_standards(one.compiled)
    }
    for rule, text in found.items():
        yield RuleWarning(at, "higher-standard", rule, text)
