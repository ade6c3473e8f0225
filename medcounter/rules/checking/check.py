"""Validate a bundle's meaning: names, references and statuses.

The records check shape before this; proof finds gaps and overlaps after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations

from medcounter.places.place_code import NATION
from medcounter.rules.bundle import AskedAnswer, Bundle, Example, Programme, Source
from medcounter.rules.checking.check_nation import tell_missing_nation
from medcounter.rules.checking.check_rule import (
    Scope,
    check_condition,
    check_interval,
    check_rule,
    item_codes,
)
from medcounter.rules.checking.check_standing import check_standing
from medcounter.rules.code_labels import with_label
from medcounter.rules.faults import Fault, repeated, unknown
from medcounter.rules.inherit import lineage, programme_chain, resolve
from medcounter.rules.known_names import Names
from medcounter.rules.questions import FIELDS, Rule

# From this format on a rule is held to what its source and its question allow.
_STRICT = 2
_PLACE_IN_LIST = re.compile(r"\.\d.*")
_EXPECTED = FIELDS | {"error", "error.field", "region.code", "region.name", "doubts", "steps"}


def check_bundle(bundle: Bundle, sound: AbstractSet[int] = frozenset()) -> list[Fault]:
    """List every reference, name and status that does not hold.

    Args:
        bundle: By its shape in order.
        sound: Places of programmes that were checked before with all they inherit; they
            are only looked at for those below them.
    """
    names = Names.of(bundle)
    faults = list(repeated("sources", (source.id for source in bundle.sources)))
    faults += _files(bundle.sources)
    faults += repeated("regions", (region.code for region in bundle.regions))
    faults += repeated("programmes", (programme.id for programme in bundle.programmes))
    faults += repeated("examples", (example.id for example in bundle.examples))
    faults += names.faults
    if bundle.review_by < bundle.issued:
        faults.append(
            Fault("review_by", f"复核期限 {bundle.review_by} 早于发布日 {bundle.issued}。")
        )
    for one, other in combinations(range(len(bundle.programmes)), 2):
        faults += _overlap(bundle, one, other)
    asked = [one for one in enumerate(bundle.programmes) if one[0] not in sound]
    for index, programme in asked:
        path = f"programmes[{index}]"
        found = list(_programme(bundle, index, programme, names))
        faults += tell_missing_nation(path, programme, bundle, found)
        if bundle.format >= _STRICT:
            faults += check_standing(path, programme, bundle.sources)
    for index, example in enumerate(bundle.examples):
        faults += _example(f"examples[{index}]", example, names)
    if not faults:
        for index, programme in asked:
            faults += circles(bundle, index, programme)
    return faults


def _files(sources: Sequence[Source]) -> Iterator[Fault]:
    """Refuse a file's name that stands for two files."""
    known: dict[str, str] = {}
    for number, source in enumerate(sources):
        path = f"sources[{number}].files"
        yield from repeated(path, (file.name for file in source.files))
        for place, file in enumerate(source.files):
            if known.setdefault(file.name, file.sha256) != file.sha256:
                text = f"“{file.name}”写了两次，sha256 不同；两个文件要用两个名字。"
                yield Fault(f"{path}[{place}].name", text)


def _unnamed(path: str, code: str, names: Names) -> Iterator[Fault]:
    """Refuse a place without a name; another place's code is never a hint."""
    if code == NATION and code not in names.regions:
        text = "没有登记“000000”（全国），全国部分 national.json 没有带入；请把它放进文件夹。"
        yield Fault(path, text, code)
    elif code not in names.regions:
        text = f"没有登记地区“{code}”的名称；请在 regions 里写它的 code 和 name。"
        yield Fault(path, text, code)


def _overlap(bundle: Bundle, one: int, other: int) -> Iterator[Fault]:
    first, second = bundle.programmes[one], bundle.programmes[other]
    years, more = first.benefit_years, second.benefit_years
    same = first.region == second.region and first.scheme == second.scheme
    if same and years.start <= more.end and more.start <= years.end:
        text = f"与“{first.id}”是同一地区、险种和年度，只能有一个。"
        yield Fault(f"programmes[{other}]", text)


def _example(where: str, example: Example, names: Names) -> Iterator[Fault]:
    """Refuse a misspelt field: expecting null of it would always come true."""
    yield from unknown(f"{where}.source", example.source, names.sources)
    for name in example.expect:
        whole = _PLACE_IN_LIST.sub("", name)
        yield from unknown(f"{where}.expect", whole, _EXPECTED)
    for key, fields in (("doubts", example.doubts), ("settled", example.settled)):
        for number, field in enumerate(fields):
            yield from unknown(f"{where}.{key}[{number}]", field, FIELDS)


def _programme(bundle: Bundle, index: int, programme: Programme, names: Names) -> Iterator[Fault]:
    path = f"programmes[{index}]"
    yield from _unnamed(f"{path}.region", programme.region, names)
    yield from repeated(f"{path}.rules", (rule.id for rule in programme.rules))
    inherited = _inherited(bundle, programme)
    own = {rule.id: rule for rule in programme.rules}
    known = {**inherited, **own}
    windows = frozenset(rule.id for rule in known.values() if rule.question == "window")
    items = frozenset(code for rule in known.values() for code in item_codes(rule))
    scope = Scope(names, windows, programme.benefit_years.start, items, bundle.format)
    days = programme.payment_days
    yield from check_interval(f"{path}.payment_days", days.start, days.end, scope)
    for number, rule in enumerate(programme.rules):
        where = f"{path}.rules[{number}]"
        yield from check_rule(where, rule, scope)
        yield from _references(where, rule, inherited, known)
    yield from _where_missing(path, programme, known, scope)
    for number, drop in enumerate(programme.drops):
        yield from unknown(f"{path}.drops[{number}].rule", drop.rule, inherited)
        yield from unknown(f"{path}.drops[{number}].source", drop.source, names.sources)
    above = _advice_above(bundle, programme)
    for number, entry in enumerate(programme.advice):
        where = f"{path}.advice[{number}]"
        yield from unknown(f"{where}.source", entry.source, names.sources)
        yield from check_condition(f"{where}.when", entry.when, scope)
        if entry.replaces is not None:
            codes = {code for kind, code in above if kind == entry.kind}
            yield from unknown(f"{where}.replaces", entry.replaces, codes)
    for number, conflict in enumerate(programme.conflicts):
        yield from unknown(f"{path}.conflicts[{number}].source", conflict.source, names.sources)
    for number, asked in enumerate(programme.asks):
        yield from _asked(f"{path}.asks[{number}]", asked, names)
    yield from repeated(f"{path}.asks", (asked.code for asked in programme.asks))
    entries = (f"{entry.kind}:{entry.code}" for entry in programme.advice)
    yield from repeated(f"{path}.advice", entries)
    yield from repeated(f"{path}.conflicts", (conflict.id for conflict in programme.conflicts))


def _where_missing(
    path: str, programme: Programme, known: Mapping[str, Rule], scope: Scope
) -> Iterator[Fault]:
    """Check the rules for where others are missing, which except one another only."""
    own = {rule.id: rule for rule in programme.where_missing}
    yield from repeated(f"{path}.where_missing", (rule.id for rule in programme.where_missing))
    windows = frozenset(rule.id for rule in own.values() if rule.question == "window")
    items = frozenset(code for rule in own.values() for code in item_codes(rule))
    scope = replace(scope, windows=windows, items=items)
    for number, rule in enumerate(programme.where_missing):
        where = f"{path}.where_missing[{number}]"
        yield from check_rule(where, rule, scope)
        if rule.id in known:
            yield Fault(f"{where}.id", f"“{rule.id}”已经是另一条规则的代码。")
        yield from _references(where, rule, {}, own)


def _asked(where: str, asked: AskedAnswer, names: Names) -> Iterator[Fault]:
    yield from unknown(f"{where}.code", asked.code, names.answers)
    yield from repeated(f"{where}.choices", (choice.value for choice in asked.choices))
    kinds = {term.code: term.kind for term in names.answer_terms}
    if asked.choices and kinds.get(asked.code, "text") != "text":
        kind = with_label(kinds[asked.code])
        text = f"{with_label(asked.code)}的回答是{kind}，只有文字（text）才列 choices。"
        yield Fault(f"{where}.choices", text)


def _above(bundle: Bundle, programme: Programme) -> Iterator[Programme]:
    """List the programmes above that share a benefit year, as written."""
    places = lineage(programme.region)[1:]
    mine = programme.benefit_years
    for other in bundle.programmes:
        years = other.benefit_years
        shares = years.start <= mine.end and mine.start <= years.end
        if other.region in places and other.scheme == programme.scheme and shares:
            yield other


def _inherited(bundle: Bundle, programme: Programme) -> dict[str, Rule]:
    return {rule.id: rule for other in _above(bundle, programme) for rule in other.rules}


def _advice_above(bundle: Bundle, programme: Programme) -> set[tuple[str, str]]:
    entries = (entry for other in _above(bundle, programme) for entry in other.advice)
    return {(entry.kind, entry.code) for entry in entries}


def _references(
    where: str, rule: Rule, inherited: dict[str, Rule], known: dict[str, Rule]
) -> Iterator[Fault]:
    if rule.id in inherited and rule.replaces != rule.id:
        yield Fault(f"{where}.id", f"上级已有“{rule.id}”，要取代它须写 replaces。")
    if rule.replaces is not None:
        yield from unknown(f"{where}.replaces", rule.replaces, inherited)
        old = inherited.get(rule.replaces)
        if old is not None and old.question != rule.question:
            asked, own = with_label(old.question), with_label(rule.question)
            text = f"取代的“{rule.replaces}”回答的是{asked}，本条回答的是{own}。"
            yield Fault(f"{where}.replaces", text)
    for number, name in enumerate(rule.exception_to):
        path = f"{where}.exception_to[{number}]"
        yield from unknown(path, name, known)
        if name in known and known[name].question != rule.question:
            yield Fault(
                path,
                f"“{name}”回答的是另一个问题{with_label(known[name].question)}，不能作为例外。",
            )


def circles(bundle: Bundle, index: int, programme: Programme) -> Iterator[Fault]:
    """Refuse rules that displace each other, replacements followed.

    A circle that is new in a programme runs through a rule of its own.
    """
    named: set[str] = set()
    for year in range(programme.benefit_years.start, programme.benefit_years.end + 1):
        resolved = resolve(programme_chain(bundle, programme.region, programme.scheme, year), year)
        displaces = {rule.id: resolved.defeats(rule) for rule in resolved.rules}
        for number, rule in enumerate(programme.rules):
            for place, name in enumerate(rule.exception_to):
                path = f"programmes[{index}].rules[{number}].exception_to[{place}]"
                start = resolved.stands_for.get(name, name)
                if path not in named and _reaches(start, rule.id, displaces):
                    named.add(path)
                    yield Fault(path, f"“{rule.id}”与“{name}”互为例外。")


def _reaches(name: str, target: str, displaces: Mapping[str, AbstractSet[str]]) -> bool:
    todo, seen = [name], set[str]()
    while todo:
        current = todo.pop()
        if current == target:
            return True
        if current not in seen:
            seen.add(current)
            todo.extend(displaces.get(current, ()))
    return False
