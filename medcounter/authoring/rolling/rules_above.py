"""Write into a place what it inherited from above and would lose.

A city rolled forward alone would lose what its province said; so that goes into the
city's own draft, where each figure of it is asked or carried like the city's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from medcounter.authoring.document.document_path import Json, JsonRecord
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.years_above import missing_above
from medcounter.rules.bundle import ProgrammeHead


def with_rules_above(
    document: PlaceDocument, base: Mapping[str, Any], to_year: int
) -> PlaceDocument:
    """Return last year's document with the rules of places above that it would lose.

    Args:
        document: Last year's.
        base: The document of the rules in use.
        to_year: The benefit year it is rolled to.
    """
    programmes = base.get("programmes", ())
    heads = [ProgrammeHead.written(one) for one in programmes]
    year = document.own["benefit_years"]["to"]
    merged: JsonRecord = document.own
    for missing in missing_above(document, to_year, heads):
        above = next(
            one
            for one, head in zip(programmes, heads, strict=True)
            if head.holds_in(year)
            and (head.region, head.scheme) == (missing.region, document.own["scheme"])
        )
        merged = joined(merged, above)
    if merged is document.own:
        return document
    written = [*document.content["programmes"]]
    written[document.programme] = merged
    return replace(document, content={**document.content, "programmes": written})


@dataclass(slots=True)
class _Gone:
    """Rules of the place above that the place itself displaces.

    Attributes:
        by: Id of each to that of the rule in its place; None where it is dropped.
    """

    by: dict[str, str | None] = field(default_factory=dict)

    def redirected(self, names: list[str]) -> list[str]:
        """Point ids at what stands in their place; leave out what was dropped."""
        found = [self.by.get(name, name) for name in names]
        return list(dict.fromkeys(name for name in found if name is not None))


def joined(own: JsonRecord, above: JsonRecord) -> dict[str, Any]:
    """Return a programme that says by itself what two said together."""
    there = {rule["id"]: rule for rule in above.get("rules", ())}
    # What replaced a rule further up is what is meant where that one is named.
    stands = {rule["replaces"]: rule["id"] for rule in there.values() if "replaces" in rule}
    gone = _Gone()
    rules = [_own_rule(rule, there, stands, gone) for rule in own.get("rules", ())]
    drops = [
        made for drop in own.get("drops", ()) if (made := _own_drop(drop, there, stands, gone))
    ]
    kept = [rule for name, rule in there.items() if name not in gone.by]
    made = {
        **own,
        "rules": [_pointed(rule, gone) for rule in (*kept, *rules)],
        "drops": [*above.get("drops", ()), *drops],
        "asks": [*_others("code", above, own, "asks"), *own.get("asks", ())],
        "advice": _advice(own, above),
        "conflicts": [*_others("id", above, own, "conflicts"), *own.get("conflicts", ())],
        "accepted": [*_left_accepted(above, own, gone), *own.get("accepted", ())],
    }
    return {key: value for key, value in made.items() if value or key == "rules"}


def _own_rule(
    rule: JsonRecord, there: Mapping[str, JsonRecord], stands: Mapping[str, str], gone: _Gone
) -> JsonRecord:
    old = rule.get("replaces", "")
    if old in there:
        gone.by[old] = rule["id"]
        further = there[old].get("replaces")
        bare = {key: value for key, value in rule.items() if key != "replaces"}
        return bare if further is None else {**rule, "replaces": further}
    if old in stands:
        gone.by[stands[old]] = rule["id"]
    return rule


def _own_drop(
    drop: JsonRecord, there: Mapping[str, JsonRecord], stands: Mapping[str, str], gone: _Gone
) -> JsonRecord | None:
    name = drop["rule"]
    if name in there:
        gone.by[name] = None
        further = there[name].get("replaces")
        return None if further is None else {**drop, "rule": further}
    if name in stands:
        gone.by[stands[name]] = None
    return drop


def _pointed(value: Json, gone: _Gone, key: str = "") -> Json:
    """Return a rule in which every id of a displaced rule points at its replacement."""
    if isinstance(value, dict):
        made = {name: _pointed(one, gone, name) for name, one in value.items()}
        return {name: one for name, one in made.items() if one or name != "exception_to"}
    if isinstance(value, list):
        if key in {"exception_to", "rules"}:
            return gone.redirected(value)
        return [_pointed(one, gone, key) for one in value]
    return value


def _others(name: str, above: JsonRecord, own: JsonRecord, kind: str) -> list[JsonRecord]:
    written = {one[name] for one in own.get(kind, ())}
    return [one for one in above.get(kind, ()) if one[name] not in written]


def _advice(own: JsonRecord, above: JsonRecord) -> list[JsonRecord]:
    there = {(one["kind"], one["code"]) for one in above.get("advice", ())}
    mine = own.get("advice", ())
    taken = {(one["kind"], one.get("replaces") or one["code"]) for one in mine}
    kept = [one for one in above.get("advice", ()) if (one["kind"], one["code"]) not in taken]
    written = [
        {key: value for key, value in one.items() if key != "replaces"}
        if (one["kind"], one.get("replaces")) in there
        else one
        for one in mine
    ]
    return [*kept, *written]


def _left_accepted(above: JsonRecord, own: JsonRecord, gone: _Gone) -> list[JsonRecord]:
    """Return the answers to warnings about rules that came along."""
    named = {rule["id"] for rule in above.get("rules", ())} - set(gone.by)
    written = {(one["warning"], one["where"]) for one in own.get("accepted", ())}
    return [
        one
        for one in above.get("accepted", ())
        if one["where"] in named and (one["warning"], one["where"]) not in written
    ]
