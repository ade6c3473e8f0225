"""Where rules meet, the remedy fits who wrote them: the nation, or the place itself.

Each shape was met by a reader who wrote a county with the author's guide alone.
"""

from __future__ import annotations

from medcounter.assess.prove.proof import prove
from medcounter.rules.faults import Fault
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

BESIDE = (
    window("late", "B-1:06-01", "B:12-31"),
    rule("subsidy", "subsidy", {"amount": "700.00"}),
    standard("400.00"),
)
LATER = {"days": 2}
FROM_BIRTH = {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}}
WITHIN_90: Json = {"test": "elapsed", "since": "birth", "within": {"days": 90}, "day_one": 1}


def found(*rules: Json) -> tuple[Fault, ...]:
    """What the proof says of these rules in 甲省, over the nation of the tests."""
    return prove(read(bundle_of(nation(), programme([*BESIDE, *rules]))))


def newborn(name: str, **more: object) -> Json:
    return rule(name, "exemption", FROM_BIRTH, when=WITHIN_90, grounds=["newborn"], **more)


def nation_s(question: str) -> Json:
    return next(one for one in nation()["rules"] if one["question"] == question)


def test_what_meets_a_rule_from_above_is_told_to_take_its_place_before_all_else() -> None:
    """Made an exception, the newborn of day 91 falls back to the nation's rule, with no wait."""
    above = nation_s("after-wait")["id"]
    [fault] = found(rule("later", "after-wait", LATER))
    assert f"“{above}”是上级的规则" in fault.text
    assert fault.text.index("replaces") < fault.text.index("exception_to")
    assert "drops" in fault.text


def test_rules_of_the_place_itself_are_told_to_give_way_to_one_another() -> None:
    above = nation_s("after-wait")["id"]
    [fault] = found(
        rule("later", "after-wait", LATER, replaces=above),
        rule("next-day", "after-wait", {"days": 1}),
    )
    assert "其中该用的一条要在 exception_to 里写另一条" in fault.text
    assert "上级" not in fault.text
    assert "不带来" not in fault.text


def test_that_exceptions_are_not_taken_over_is_told_only_where_one_was_lost() -> None:
    """The nation's newborn comes before another rule of it; what takes its place does not."""
    ruled = nation()
    ruled["rules"] += [
        {**nation_s("after-wait"), "id": "by-day", "exception_to": ["after-wait"]},
    ]
    base = bundle_of(
        ruled,
        programme([*BESIDE, rule("later", "after-wait", LATER, replaces="by-day")]),
    )
    [fault] = [one for one in prove(read(base)) if "later" in one.text]
    assert "“later”取代的那一条优先于“after-wait”" in fault.text
    assert "要自己再写" in fault.text


def test_an_overlap_is_told_at_the_rule_that_the_place_wrote() -> None:
    """The guide promises the line of the rule; that of its programme is no help in 800."""
    [fault] = found(rule("later", "after-wait", LATER))
    assert fault.path == f"programmes[1].rules[{len(BESIDE)}]"


def test_two_exemptions_for_one_newborn_name_the_rule_from_above() -> None:
    ruled = nation()
    ruled["rules"].append(newborn("newborn-90"))

    def told(**more: object) -> list[str]:
        own = programme([*BESIDE, newborn("same-year", **more)])
        return [fault.text for fault in prove(read(bundle_of(ruled, own)))]

    [text] = told()
    assert "“newborn-90”是上级的规则" in text
    assert "在 replaces 里写它" in text
    assert told(replaces="newborn-90") == []
