"""Inheritance from nation to county: the complete programme of one place.

A place inherits every rule of the nearest place above it that has a
programme for the same scheme and year, and replaces, excepts or drops single
rules by id. Evaluates nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from medcounter.places.place_code import CORPS, CORPS_CITIES, NATION
from medcounter.rules.bundle import AdviceEntry, AskedAnswer, Bundle, Conflict, Programme
from medcounter.rules.questions import Rule
from medcounter.rules.values import resolve_day


@dataclass(frozen=True, slots=True)
class Resolved:
    """All that holds for one place, scheme and benefit year.

    Attributes:
        programmes: Ids of the programmes it was made from, nearest first.
        place: Code of the nearest place with rules of its own.
        first_day: First payment day the sources speak about.
        last_day: Last one, inclusive.
        rules: In the order they were written, nation first.
        stands_for: Id of a replaced rule to the id of the one in its place.
        own: Ids of the rules that the nearest place wrote itself.
        unkept: Id of a replacing rule to those that the replaced one displaced and it does not.
    """

    programmes: tuple[str, ...]
    place: str
    scheme: str
    benefit_year: int
    first_day: date
    last_day: date
    rules: tuple[Rule, ...]
    stands_for: dict[str, str]
    own: frozenset[str]
    unkept: dict[str, frozenset[str]]
    asks: tuple[AskedAnswer, ...]
    advice: tuple[AdviceEntry, ...]
    conflicts: tuple[Conflict, ...]

    def defeats(self, rule: Rule) -> frozenset[str]:
        """Name the ids of the rules that a rule displaces where it holds."""
        return frozenset(self.stands_for.get(name, name) for name in rule.exception_to)


def lineage(region: str) -> tuple[str, ...]:
    """List a place and all places above it, nearest first, nation last.

    A parent is the code zeroed from the right: 361002 → 361000 → 360000 →
    000000; a city of the Corps insures with the Corps, not with the region
    that the table puts it in. Source: docs/contract.md, key ``region``;
    notice of the fifth division and its city Shuanghe, 659007.
    """
    if region.startswith(CORPS_CITIES):
        return region, CORPS, NATION
    codes = (region, region[:4] + "00", region[:2] + "0000", NATION)
    return tuple(dict.fromkeys(codes))


def find_programme(bundle: Bundle, region: str, scheme: str, benefit_year: int) -> Programme | None:
    """Return a place's own programme for a scheme and year, if it has one."""
    at = bundle.programme_at(region, scheme, benefit_year)
    return None if at is None else bundle.programmes[at]


def programme_chain(
    bundle: Bundle, region: str, scheme: str, benefit_year: int
) -> tuple[Programme, ...]:
    """List the programmes that a place is made from, nearest first."""
    found = (find_programme(bundle, code, scheme, benefit_year) for code in lineage(region))
    return tuple(programme for programme in found if programme is not None)


def resolve(chain: tuple[Programme, ...], benefit_year: int) -> Resolved:
    """Lay a chain of programmes over one another, nation first.

    Args:
        chain: Nearest first, at least one; references already checked.
        benefit_year: The year insured; relative days are resolved for it.
    """
    rules: dict[str, Rule] = {}
    stands_for: dict[str, str] = {}
    unkept: dict[str, frozenset[str]] = {}
    advice: dict[tuple[str, str], AdviceEntry] = {}
    asks: dict[str, AskedAnswer] = {}
    for programme in reversed(chain):
        for drop in programme.drops:
            rules.pop(stands_for.get(drop.rule, drop.rule), None)
        for rule in programme.rules:
            if rule.replaces is not None:
                # Of what is there no more, nothing is lost.
                taken = rules.pop(stands_for.get(rule.replaces, rule.replaces), rule)
                unkept[rule.id] = frozenset(taken.exception_to) - {*rule.exception_to}
                _redirect(stands_for, rule.replaces, rule.id)
            rules[rule.id] = rule
        for entry in programme.advice:
            advice.pop((entry.kind, entry.replaces or entry.code), None)
            advice[entry.kind, entry.code] = entry
        asks.update({asked.code: asked for asked in programme.asks})
    nearest = chain[0]
    return Resolved(
        programmes=tuple(programme.id for programme in chain),
        place=nearest.region,
        scheme=nearest.scheme,
        benefit_year=benefit_year,
        first_day=resolve_day(nearest.payment_days.start, benefit_year),
        last_day=resolve_day(nearest.payment_days.end, benefit_year),
        rules=tuple(rules.values()),
        stands_for=stands_for,
        own=frozenset(rule.id for rule in nearest.rules),
        unkept=unkept,
        asks=tuple(asks.values()),
        advice=tuple(advice.values()),
        conflicts=tuple(conflict for programme in chain for conflict in programme.conflicts),
    )


def resolve_missing(chain: tuple[Programme, ...], benefit_year: int) -> Resolved | None:
    """Lay over a chain the rules for where window and fee are missing.

    Those of the nearest place that has any take the place of all others on
    their questions, and nobody's aid or subsidy is told without a fee.

    Args:
        chain: Nearest first; may be empty.
        benefit_year: The year insured.

    Returns:
        None where no place of the chain has any.
    """
    standing = next((one.where_missing for one in chain if one.where_missing), ())
    if not standing:
        return None
    known = resolve(chain, benefit_year)
    taken = {"concession", "subsidy", *(rule.question for rule in standing)}
    kept = tuple(rule for rule in known.rules if rule.question not in taken)
    return replace(known, rules=(*kept, *standing))


def _redirect(stands_for: dict[str, str], old: str, new: str) -> None:
    """Point an id, and all that already pointed there, at its replacement."""
    target = stands_for.get(old, old)
    for name, current in list(stands_for.items()):
        if current == target:
            stands_for[name] = new
    stands_for[old] = new
    stands_for[target] = new
