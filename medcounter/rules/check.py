"""Refusals by meaning: names, references and statuses that do not hold.

Shape is checked before, by the records; gaps and overlaps after, by proof.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from medcounter.rules.bundle import Bundle, Programme
from medcounter.rules.conditions import All, AnyOf, Not
from medcounter.rules.faults import Fault, nearest, show_path
from medcounter.rules.inherit import lineage
from medcounter.rules.names import Names
from medcounter.rules.paying import Paid
from medcounter.rules.person import BIRTH, Answered, Born, Elapsed, Happened, Identity
from medcounter.rules.predicate import Predicate
from medcounter.rules.questions import QUESTION, Rule, WindowRule
from medcounter.rules.vocabulary import NEWBORN

# Relative days keep their order in every year, so one year tells whether they are inverted.
_ANY_YEAR = 2025


def check_bundle(bundle: Bundle) -> list[Fault]:
    """List every reference, name and status that does not hold."""
    names = Names.of(bundle)
    faults = list(_duplicates("sources", (source.id for source in bundle.sources)))
    faults += _duplicates("regions", (region.code for region in bundle.regions))
    faults += _duplicates("programmes", (programme.id for programme in bundle.programmes))
    faults += _duplicates("examples", (example.id for example in bundle.examples))
    faults += names.faults
    if bundle.review_by < bundle.issued:
        faults.append(
            Fault("review_by", f"复核期限 {bundle.review_by} 早于发布日 {bundle.issued}。")
        )
    for one, other in combinations(range(len(bundle.programmes)), 2):
        faults += _overlap(bundle, one, other)
    for index, programme in enumerate(bundle.programmes):
        faults += _programme(bundle, index, programme, names)
    for index, example in enumerate(bundle.examples):
        faults += _known(f"examples[{index}].source", example.source, names.sources)
    return faults


def _duplicates(where: str, values: Iterable[str]) -> Iterator[Fault]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Fault(where, f"“{value}”写了 {count} 次，每个只能写一次。")


def _known(path: str, name: str, known: Iterable[str]) -> Iterator[Fault]:
    known = set(known)
    if name not in known:
        yield Fault(path, f"不认识“{name}”。" + nearest(name, known))


def _overlap(bundle: Bundle, one: int, other: int) -> Iterator[Fault]:
    first, second = bundle.programmes[one], bundle.programmes[other]
    years, more = first.benefit_years, second.benefit_years
    same = first.region == second.region and first.scheme == second.scheme
    if same and years.start <= more.end and more.start <= years.end:
        text = f"与“{first.id}”是同一地区、险种和年度，只能有一个。"
        yield Fault(f"programmes[{other}]", text)


def _programme(bundle: Bundle, index: int, programme: Programme, names: Names) -> Iterator[Fault]:
    path = f"programmes[{index}]"
    yield from _known(f"{path}.region", programme.region, names.regions)
    yield from _duplicates(f"{path}.rules", (rule.id for rule in programme.rules))
    inherited = _inherited(bundle, programme)
    own = {rule.id: rule for rule in programme.rules}
    for number, rule in enumerate(programme.rules):
        where = f"{path}.rules[{number}]"
        yield from _rule(where, rule, names)
        yield from _references(where, rule, inherited, own)
    for number, drop in enumerate(programme.drops):
        yield from _known(f"{path}.drops[{number}].rule", drop.rule, inherited)
        yield from _known(f"{path}.drops[{number}].source", drop.source, names.sources)
    for number, entry in enumerate(programme.advice):
        where = f"{path}.advice[{number}]"
        yield from _known(f"{where}.source", entry.source, names.sources)
        yield from _conditions(f"{where}.when", entry.when, names)
    for number, conflict in enumerate(programme.conflicts):
        yield from _known(f"{path}.conflicts[{number}].source", conflict.source, names.sources)
    for number, asked in enumerate(programme.asks):
        yield from _known(f"{path}.asks[{number}].code", asked.code, names.answers)
    entries = (f"{entry.kind}:{entry.code}" for entry in programme.advice)
    yield from _duplicates(f"{path}.advice", entries)
    yield from _duplicates(f"{path}.conflicts", (conflict.id for conflict in programme.conflicts))


def _inherited(bundle: Bundle, programme: Programme) -> dict[str, Rule]:
    """Collect the rules of all programmes above for any shared year."""
    rules: dict[str, Rule] = {}
    above = lineage(programme.region)[1:]
    for other in bundle.programmes:
        years, mine = other.benefit_years, programme.benefit_years
        shares = years.start <= mine.end and mine.start <= years.end
        if other.region in above and other.scheme == programme.scheme and shares:
            rules.update({rule.id: rule for rule in other.rules})
    return rules


def _references(
    where: str, rule: Rule, inherited: dict[str, Rule], own: dict[str, Rule]
) -> Iterator[Fault]:
    if rule.id in inherited and rule.replaces != rule.id:
        yield Fault(f"{where}.id", f"上级已有“{rule.id}”，要取代它须写 replaces。")
    if rule.replaces is not None:
        yield from _known(f"{where}.replaces", rule.replaces, inherited)
        old = inherited.get(rule.replaces)
        if old is not None and old.question != rule.question:
            text = f"取代的“{rule.replaces}”回答的是 {old.question}，本条回答的是 {rule.question}。"
            yield Fault(f"{where}.replaces", text)
    known = {**inherited, **own}
    for number, name in enumerate(rule.exception_to):
        path = f"{where}.exception_to[{number}]"
        yield from _known(path, name, known)
        if name in known and known[name].question != rule.question:
            yield Fault(
                path, f"“{name}”回答的是另一个问题（{known[name].question}），不能作为例外。"
            )
        if _reaches(name, rule.id, known):
            yield Fault(path, f"“{rule.id}”与“{name}”互为例外。")


def _reaches(name: str, target: str, known: dict[str, Rule]) -> bool:
    todo, seen = [name], set()
    while todo:
        current = todo.pop()
        if current == target:
            return True
        if current in known and current not in seen:
            seen.add(current)
            todo.extend(known[current].exception_to)
    return False


def _rule(where: str, rule: Rule, names: Names) -> Iterator[Fault]:
    yield from _known(f"{where}.source", rule.source, names.sources)
    yield from _conditions(f"{where}.when", rule.when, names)
    if rule.status != "confirmed" and rule.doubt is None:
        yield Fault(f"{where}.doubt", f"状态为 {rule.status} 的规则要用 doubt 写明疑点。")
    if rule.status == "confirmed" and (rule.doubt or rule.readings):
        yield Fault(f"{where}.status", "已确认（confirmed）的规则不能带疑点或其他读法。")
    best = QUESTION[rule.question].mode == "best"
    if best and not rule.grounds:
        yield Fault(f"{where}.grounds", "本问题的规则要写 grounds（人员类别、情形或 newborn）。")
    if not best and rule.grounds:
        yield Fault(f"{where}.grounds", "只有资助和免除等待期的规则才写 grounds。")
    grounds = names.identities | {NEWBORN}
    if rule.question == "exemption":
        grounds |= names.events
    for number, ground in enumerate(rule.grounds):
        yield from _known(f"{where}.grounds[{number}]", ground, grounds)
    if isinstance(rule, WindowRule) and rule.answer.kind == "closed" and rule.answer.start:
        yield Fault(f"{where}.answer.from", "不能缴费的时段不写起止日期。")


def _conditions(path: str, condition: Predicate | None, names: Names) -> Iterator[Fault]:
    if isinstance(condition, All | AnyOf):
        for number, part in enumerate(condition.of):
            yield from _conditions(f"{path}.of[{number}]", part, names)
    elif isinstance(condition, Not):
        yield from _conditions(f"{path}.of", condition.of, names)
    elif isinstance(condition, Identity):
        for number, code in enumerate(condition.any_of):
            yield from _known(show_path([f"{path}.any_of", number]), code, names.identities)
    elif isinstance(condition, Happened):
        yield from _known(f"{path}.kind", condition.kind, names.events)
    elif isinstance(condition, Elapsed):
        yield from _known(f"{path}.since", condition.since, names.events | {BIRTH})
    elif isinstance(condition, Answered):
        yield from _known(f"{path}.code", condition.code, names.answers)
        choices = (condition.value, condition.low, condition.high)
        if choices.count(None) == len(choices):
            yield Fault(path, "要写 is，或写 from、to。")
    yield from _inverted(path, condition)


def _inverted(path: str, condition: Predicate | None) -> Iterator[Fault]:
    """Refuse an interval or range whose end lies before its start."""
    low: Any = getattr(condition, "low", None)
    high: Any = getattr(condition, "high", None)
    if isinstance(condition, Paid):
        low, high = condition.interval(_ANY_YEAR)
    elif isinstance(condition, Born):
        low, high = condition.start, condition.end
    if low is not None and high is not None and low > high:
        yield Fault(f"{path}.from", f"{low} 晚于或大于 {high}，前后颠倒，永远不会成立。")
