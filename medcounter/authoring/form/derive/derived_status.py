"""Derive a rule's status from its source, clause and open amounts.

A clause of an A or B source makes it confirmed; a page of grade C alone never
does; an amount that no source gives is unsettled. Source: docs/rules.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from medcounter.authoring.document.document_path import Json, JsonRecord
from medcounter.authoring.form.field_texts import NOT_STATED
from medcounter.authoring.form.form_names import FormNames
from medcounter.rules.questions import QUESTION

CONFIRMED, ASSUMED, UNSETTLED = "confirmed", "assumed", "unsettled"
NO_CLAUSE = "没有写明第几条"
_WEAK = "C"
_MAY_BE_OPEN = frozenset({"amount", "continuous_step", "zero_claim_step", "remainder_of"})


class RuleStanding(NamedTuple):
    """The status of a rule, and its doubt; None for a confirmed one."""

    status: str
    doubt: str | None


def derived_standing(names: FormNames, rule: JsonRecord) -> RuleStanding:
    """Derive a rule's status from what was entered."""
    question = QUESTION.get(str(rule.get("question")))
    label = question.label if question else ""
    if rule.get("question") != "remark" and any(_open(rule.get("answer"))):
        return RuleStanding(UNSETTLED, f"{NOT_STATED}{label}的金额。")
    source = names.sources.get(str(rule.get("source")), {})
    if source.get("grade") == _WEAK and rule.get("question") != "remark":
        return RuleStanding(ASSUMED, "只有网络聚合页面这样写，没有见到主管部门的原文。")
    if rule.get("clause") in (None, "", NO_CLAUSE):
        return RuleStanding(ASSUMED, f"没有写明{label}出自来源的哪一条。")
    return RuleStanding(CONFIRMED, None)


def standing_of(rule: JsonRecord) -> RuleStanding:
    """Return the status and doubt written in a rule."""
    return RuleStanding(str(rule.get("status")), rule.get("doubt"))


def with_standing(rule: JsonRecord, standing: RuleStanding) -> dict[str, Any]:
    """Return a rule with another status and doubt; key order is kept."""
    made = {key: value for key, value in rule.items() if key != "doubt" or standing.doubt}
    made["status"] = standing.status
    if standing.doubt is None:
        return {key: value for key, value in made.items() if key != "concerns"}
    if "doubt" in made:
        return {**made, "doubt": standing.doubt}
    placed: dict[str, Any] = {}
    for key, value in made.items():
        placed[key] = value
        if key == "status":
            placed["doubt"] = standing.doubt
    return placed


def _open(answer: Json) -> Iterator[bool]:
    """Yield for every amount that an answer leaves open."""
    if isinstance(answer, list):
        for one in answer:
            yield from _open(one)
    elif isinstance(answer, dict):
        if answer.get("unknown") is True:
            yield True
        for key, value in answer.items():
            if key in _MAY_BE_OPEN and value is None:
                yield True
            elif isinstance(value, dict | list):
                yield from _open(value)
