"""Titles for records other than rules, without codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.authoring.form.field_texts import shown
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import FieldKind
from medcounter.authoring.form.shapes.form_shapes import Leaf
from medcounter.authoring.form.shapes.rule_shapes import ANSWERS, SHAPES
from medcounter.rules.checking.blanks import is_blank
from medcounter.rules.vocabulary import ORDINARY
from medcounter.wording.difference_words import key_word, outcome_word

_ORDINARY = "普通居民"
_LABELS = {
    part.key: part.label
    for shape in (*ANSWERS.values(), *SHAPES.values())
    for part in shape
    if isinstance(part, Leaf)
}
_BETWEEN, _TO = "..", " 至 "
# What is answered of a rule from above, and in which periods it was met.
_IN = "@"


def record_title(names: FormNames, key: str, record: Mapping[str, Any], usual: str) -> str:
    """Name a record.

    Args:
        names: The names of the draft.
        key: Key of its list, such as ``examples``.
        record: As written.
        usual: What names the records of other lists.
    """
    match key:
        case "examples":
            return _resident(names, record.get("facts"))
        case "drops":
            return names.rule_labels.get(str(record.get("rule")), usual)
        case "asks":
            labels = {one.value: one.label for one in names.choices("answers")}
            return labels.get(str(record.get("code")), usual)
        case "accepted":
            kinds = {one.value: one.label for one in names.choices("warnings")}
            kind = kinds.get(str(record.get("warning")), "提醒")
            return f"{kind}：{place_words(names, str(record.get('where', '')))}"
    return f"{key_word(key)}（还没有填）" if is_blank(usual) else usual


def place_words(names: FormNames, where: str) -> str:
    """Say in words which place an answered warning is about."""
    ends = where.split(_BETWEEN)
    labels = names.rule_labels
    above, _, periods = where.partition(_IN)
    if periods and above in labels:
        kinds = (outcome_word("window.kind", one) for one in periods.split(","))
        return f"{labels[above]}（{'、'.join(kinds)}缴费）"
    if len(ends) > 1 and all(one in labels for one in ends):
        return "、".join(labels[one] for one in ends)
    answers = {one.value: one.label for one in names.choices("answers")}
    rule = max((one for one in labels if f"{where}.".startswith(f"{one}.")), key=len, default="")
    if not rule:
        return answers.get(where, _TO.join(shown(FieldKind.YEAR_DAY, one) for one in ends))
    inside = where[len(rule) + 1 :].replace("]", "").replace("[", ".").split(".")
    named = [_field_label(key) for key in inside if key and not key.isdigit()]
    return "，".join([labels[rule], *named[-1:]])


def _field_label(key: str) -> str:
    """Name a key as a list of differences does, or else as its field in the form."""
    return key_word(key) if key_word(key) != key else _LABELS.get(key, key)


def _resident(names: FormNames, facts: object) -> str:
    """Say who an example is about and when they pay."""
    if not isinstance(facts, dict):
        return "算例"
    codes = facts.get("categories")
    labels = names.labels
    known = [str(one) for one in codes if one != ORDINARY] if isinstance(codes, list) else []
    who = ["、".join(labels.get(one, one) for one in known) or _ORDINARY]
    if facts.get("birth_date"):
        who.append(f"{facts['birth_date']} 出生")
    events = facts.get("events")
    who += [
        f"{one.get('date')} {labels.get(str(one.get('kind')), '')}".rstrip()
        for one in (events if isinstance(events, list) else ())
        if isinstance(one, dict)
    ]
    years = facts.get("insured_years")
    if isinstance(years, list):
        who.append(f"参保年度 {'、'.join(map(str, years))}" if years else "从未参保")
    who.append(f"{facts.get('payment_date')} 缴费")
    return "，".join(who)
