"""The sections of the form, in an announcement's order, and what stands in which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.authoring.form.form_records import RuleCard
from medcounter.rules.vocabulary import NEWBORN

PLACE = "place"
SOURCES = "sources"
PERIODS = "periods"
FEES = "fees"
AID = "aid"
WAIT = "wait"
REPAIR = "repair"
NEWBORNS = "newborn"
EXEMPT = "exempt"
COVER = "cover"
INCENTIVE = "incentive"
TELL = "tell"
ASKS = "asks"
CONFLICTS = "conflicts"
MISSING = "missing"
DROPS = "drops"
EXAMPLES = "examples"
PROOF = "proof"

# The remark to those whose aid the source does not list; it stands where it is added.
AID_NOT_STATED = "aid-not-stated"

SECTION_TITLES = {
    PLACE: "地区和年度",
    SOURCES: "来源",
    PERIODS: "缴费时段",
    FEES: "缴费标准和财政补助",
    AID: "资助",
    WAIT: "等待期",
    REPAIR: "缴费修复",
    NEWBORNS: "新生儿",
    EXEMPT: "免除等待期的人",
    COVER: "享受待遇的日子",
    INCENTIVE: "大病保险激励",
    TELL: "要告诉参保人的",
    ASKS: "要问的和自己的代码",
    CONFLICTS: "不同说法",
    DROPS: "不适用的上级规则",
    MISSING: "没有当地规则时",
    EXAMPLES: "算例",
    PROOF: "对提醒的答复",
}
_OF_QUESTION = {
    "window": PERIODS,
    "standard": FEES,
    "subsidy": FEES,
    "other-year": FEES,
    "concession": AID,
    "lapse": WAIT,
    "fixed-wait": WAIT,
    "variable-wait": WAIT,
    "wait-start": WAIT,
    "month-end": WAIT,
    "after-wait": WAIT,
    "carry-over": WAIT,
    "repair": REPAIR,
    "repair-price": REPAIR,
    "exemption": EXEMPT,
    "cover-floor": COVER,
    "cover-start": COVER,
    "cover-end": COVER,
    "incentive": INCENTIVE,
    "remark": TELL,
}


def section_of_card(card: RuleCard) -> str:
    """Name the section of an inherited rule's card."""
    who = next((one.value for one in card.fields if one.path[-1] == "grounds"), ())
    return section_of({"question": card.question, "grounds": who})


def section_of(rule: Mapping[str, Any]) -> str:
    """Name the section of a rule; an unknown question goes to the remarks."""
    grounds = rule.get("grounds")
    if rule.get("question") == "exemption" and isinstance(grounds, list) and NEWBORN in grounds:
        return NEWBORNS
    if rule.get("question") == "remark" and _is_of_aid(rule.get("answer")):
        return AID
    return _OF_QUESTION.get(str(rule.get("question")), TELL)


def _is_of_aid(answer: object) -> bool:
    """Return whether a remark is told because the source lists no aid."""
    return isinstance(answer, Mapping) and answer.get("code") == AID_NOT_STATED
