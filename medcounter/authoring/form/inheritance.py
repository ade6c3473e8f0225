"""The rules that a place inherits, as documents.

The same laying over as ``rules.inherit``, on what is written and may be half
written. Evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medcounter.authoring.document.document_path import JsonRecord, objects_in
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.json_path import JsonPath
from medcounter.rules.inherit import lineage


@dataclass(frozen=True, slots=True)
class InheritedRule:
    """A rule inherited by a place, unless its own rules displace it.

    Attributes:
        rule: As written.
        path: Where it stands in the base document.
        place: Six digits of the place that wrote it.
        name: Chinese name of that place.
    """

    rule: JsonRecord
    path: JsonPath
    place: str
    name: str


def years_of(document: PlaceDocument) -> tuple[int, int]:
    """Return the first and last benefit year of the programme, 0 where not told."""
    years = document.own.get("benefit_years")
    span = years if isinstance(years, dict) else {}
    first, last = span.get("from"), span.get("to")
    return (first, last) if isinstance(first, int) and isinstance(last, int) else (0, 0)


def programmes_above(
    document: PlaceDocument, base: JsonRecord
) -> tuple[tuple[int, JsonRecord], ...]:
    """List the programmes that a place inherits, nearest first, with positions."""
    region, scheme = document.own.get("region", ""), document.own.get("scheme", "")
    year = years_of(document)[0]
    above = lineage(region)[1:] if isinstance(region, str) else ()
    found = []
    for code in above:
        for at, one in enumerate(base.get("programmes", ())):
            years = one["benefit_years"]
            holds = years["from"] <= year <= years["to"]
            if (one["region"], one["scheme"]) == (code, scheme) and holds:
                found.append((at, one))
    return tuple(found)


def inherited_rules(document: PlaceDocument, base: JsonRecord) -> tuple[InheritedRule, ...]:
    """List the rules that a place without own rules would inherit.

    Nation first, in the order written. A rule that a nearer place above has
    replaced or dropped is not among them.
    """
    names = {one["code"]: one["name"] for one in base.get("regions", ())}
    rules: dict[str, InheritedRule] = {}
    stands_for: dict[str, str] = {}
    for at, programme in reversed(programmes_above(document, base)):
        place = programme["region"]
        for drop in programme.get("drops", ()):
            rules.pop(stands_for.get(drop["rule"], drop["rule"]), None)
        for number, rule in enumerate(programme.get("rules", ())):
            if replaced := rule.get("replaces"):
                rules.pop(stands_for.get(replaced, replaced), None)
                stands_for[replaced] = rule["id"]
            path = ("programmes", at, "rules", number)
            rules[rule["id"]] = InheritedRule(rule, path, place, str(names.get(place, place)))
    return tuple(rules.values())


def own_rules(document: PlaceDocument) -> Iterator[tuple[int, JsonRecord]]:
    """List the place's own rules that are objects, with their positions."""
    yield from objects_in(document.own.get("rules"))


def own_list(document: PlaceDocument, key: str) -> Iterator[tuple[int, JsonRecord]]:
    """List the records under a key of the programme, with their positions."""
    yield from objects_in(document.own.get(key))
