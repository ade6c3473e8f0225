"""The rules from above that hold in a place, as cards to keep, change or refuse.

Whoever writes a place sees what it takes from the nation and the province, and
copies nothing: to keep it, nothing is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import CardOffer, RuleCard
from medcounter.authoring.form.inheritance import (
    InheritedRule,
    inherited_rules,
    own_list,
    own_rules,
    programmes_above,
    years_of,
)
from medcounter.authoring.form.rule_cards import rule_card
from medcounter.bundle.overlay import lying_under
from medcounter.json_path import JsonPath
from medcounter.places.place_code import NATION
from medcounter.wording.terms import INSURANCES

# Paths of inherited rules begin with it; what follows is the path in the base document.
INHERITED = "base"
CHANGE = "change-inherited"
DROP = "drop-inherited"


def inherited_card(names: FormNames, inherited: InheritedRule) -> RuleCard:
    """Build the card of one rule from above."""
    path: JsonPath = (INHERITED, *inherited.path)
    card = rule_card(names, inherited.rule, path, inherited.name)
    offers = (
        CardOffer(CHANGE, "改成本地的规定", path),
        CardOffer(DROP, "在这里不成立", path),
    )
    return replace(card, offers=offers)


def paths_of_cards(document: PlaceDocument, base: Mapping[str, Any]) -> dict[str, JsonPath]:
    """Return where the form shows the rules above, by id.

    Args:
        document: The draft.
        base: The whole bundle it lies over.
    """
    own = document.own
    under = lying_under(base, str(own.get("region", "")), str(own.get("scheme", "")))
    return {one.rule["id"]: (INHERITED, *one.path) for one in inherited_rules(document, under)}


def standing_above(names: FormNames) -> tuple[InheritedRule, ...]:
    """List the rules from above that the place neither replaces nor drops."""
    document = names.document
    gone = {str(rule.get("replaces")) for _, rule in own_rules(document)}
    gone |= {str(drop.get("rule")) for _, drop in own_list(document, "drops")}
    return tuple(one for one in names.inherited if one.rule["id"] not in gone)


def inherited_at(names: FormNames, path: JsonPath) -> InheritedRule | None:
    """Return the rule from above in whose card a path lies, if it lies in one."""
    if path[:1] != (INHERITED,):
        return None
    where = path[1:]
    return next((one for one in names.inherited if where[: len(one.path)] == one.path), None)


def missing_nation(names: FormNames) -> str:
    """Return the sentence for missing national rules; empty if there are some."""
    document = names.document
    if not names.base or document.own.get("region") == NATION or _has_nation(document, names):
        return ""
    scheme = INSURANCES.get(str(document.own.get("scheme")), "")
    first = years_of(document)[0]
    year = f" {first} 年度" if first else "这个年度"
    return (
        f"全国规则（{scheme}）没有{year}，等待期、待遇起止等没有可沿用的规定，不能启用；"
        "请先由编制全国规则的单位续写这个年度。"
    )


def _has_nation(document: PlaceDocument, names: FormNames) -> bool:
    above = programmes_above(document, names.base)
    return any(one["region"] == NATION for _, one in above)
