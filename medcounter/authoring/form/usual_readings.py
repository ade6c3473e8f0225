"""What stands where a source says nothing: the nation's reading, a usual day.

Nothing is invented without saying so: each brings its doubt, and goes again with
it when the figure is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medcounter.authoring.document.document_path import (
    Json,
    JsonRecord,
    NoSuchPlaceError,
    leaves,
    value_at,
    with_value,
)
from medcounter.authoring.form.derive.derived_status import (
    ASSUMED,
    RuleStanding,
    derived_standing,
    with_standing,
)
from medcounter.authoring.form.field_texts import NOT_STATED
from medcounter.authoring.form.form_names import FormNames
from medcounter.json_path import JsonPath

_PLACE_ABOVE = "国家或上级"
# Keys that say which kind of thing stands there, not what the announcement says.
_TOLD_APART = frozenset({"test", "kind", "code", "label"})
_OF_DOUBT = ("concerns", "readings")


@dataclass(frozen=True, slots=True)
class UsualReading:
    """A value that stands for want of a stated one, and the doubt it brings.

    Attributes:
        value: As written.
        status: ``assumed`` or ``unsettled``.
        doubt: One sentence.
        more: Further keys of the rule: what the doubt concerns, other readings.
    """

    value: Json
    status: str
    doubt: str
    more: Mapping[str, Json] = field(default_factory=dict)


def usual_reading(names: FormNames, rule: JsonRecord, inside: JsonPath) -> UsualReading | None:
    """Return what stands where the source does not say a value of a rule.

    Args:
        names: The names of the draft.
        rule: The rule.
        inside: Where in the rule the value stands.

    Returns:
        None where nothing usual is known.
    """
    if (above := _nations(names, rule, inside)) is not None:
        return above
    if rule.get("question") == "window" and inside[-1] in {"from", "to"}:
        return _usual_day(rule, str(inside[-1]))
    if inside[-1] == "on":
        return _usual_age()
    return None


def usual_paths(names: FormNames, rule: JsonRecord, path: JsonPath) -> frozenset[JsonPath]:
    """List the fields of a rule for which something usual is known.

    Args:
        names: The names of the draft.
        rule: The rule.
        path: Where it stands.
    """
    written = {key: rule.get(key) for key in ("when", "answer")}
    return frozenset(
        (*path, *inside)
        for inside in leaves(written)
        if inside[-1] not in _TOLD_APART and usual_reading(names, rule, inside) is not None
    )


def with_usual(rule: JsonRecord, inside: JsonPath, usual: UsualReading) -> dict[str, Any]:
    """Return a rule with what is usual, its doubt beside what it already doubts."""
    changed = dict(with_value(dict(rule), inside, usual.value))
    doubt = str(rule.get("doubt") or "")
    if usual.doubt not in doubt:
        doubt += usual.doubt
    status = usual.status if rule.get("status") == "confirmed" else str(rule.get("status"))
    changed = with_standing(changed, RuleStanding(status, doubt))
    for key, more in usual.more.items():
        there = changed.get(key)
        kept = [one for one in there if one not in more] if isinstance(there, list) else []
        changed[key] = [*kept, *more]
    return changed


def without_usual(
    names: FormNames, then: JsonRecord, now: JsonRecord, inside: JsonPath
) -> dict[str, Any]:
    """Return a rule without the doubt that went with a usual value, now it is stated.

    Args:
        names: The names of the draft.
        then: The rule before.
        now: The rule with the stated value.
        inside: Where in the rule the value stands.
    """
    changed = dict(now)
    usual = usual_reading(names, then, inside)
    doubt = str(then.get("doubt") or "")
    if usual is None or usual.doubt not in doubt or _at(then, inside) != usual.value:
        return changed
    left = doubt.replace(usual.doubt, "")
    for key in _OF_DOUBT:
        kept = [one for one in changed.get(key, ()) if one not in usual.more.get(key, ())]
        changed = {**changed, key: kept} if kept else {k: v for k, v in changed.items() if k != key}
    if left:
        return with_standing(changed, RuleStanding(str(changed["status"]), left))
    return with_standing(changed, derived_standing(names, changed))


def _nations(names: FormNames, rule: JsonRecord, inside: JsonPath) -> UsualReading | None:
    """Take over what the rule from above says that this one replaces."""
    replaced = rule.get("replaces")
    above = next((one.rule for one in names.inherited if one.rule["id"] == replaced), None)
    if above is None:
        return None
    value = _at(above, inside)
    if value is None:
        return None
    if not above.get("doubt"):
        return UsualReading(value, ASSUMED, f"{NOT_STATED}，按{_PLACE_ABOVE}的规定。")
    more = {key: above[key] for key in _OF_DOUBT if key in above}
    return UsualReading(value, str(above["status"]), str(above["doubt"]), more)


def _usual_day(rule: JsonRecord, end: str) -> UsualReading:
    """Name the first or last day of a period as most places have it."""
    answer = rule.get("answer")
    late = isinstance(answer, dict) and answer.get("kind") == "late"
    if end == "from":
        day, words = ("B:01-01", "1 月 1 日") if late else ("B-1:09-01", "9 月 1 日")
        doubt = f"{NOT_STATED}这个时段从哪天开始，按 {words}算。"
    else:
        day, words = ("B:12-31", "12 月 31 日") if late else ("B-1:12-31", "12 月 31 日")
        doubt = f"{NOT_STATED}这个时段的最后一天，按 {words}算。"
    return UsualReading(day, ASSUMED, doubt, {"concerns": [f"window.{end}"]})


def _usual_age() -> UsualReading:
    doubt = f"{NOT_STATED}年龄算到哪一天，按待遇年度 1 月 1 日的周岁算。"
    return UsualReading("B:01-01", ASSUMED, doubt)


def _at(rule: JsonRecord, inside: JsonPath) -> Json:
    try:
        return value_at(rule, inside)
    except NoSuchPlaceError:
        return None
