"""What is put into a document where the form is asked for one more part.

No figure is made up: what only an announcement can say is a blank, which the form
shows empty and a check names until it is filled.
"""

from __future__ import annotations

from typing import Any

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.shapes.condition_shapes import CONDITIONS, FORMULAS
from medcounter.rules.checking.blanks import blank

ALL = "all"
_HOLDING = frozenset({ALL, "any", "not"})
_AMOUNT = blank("金额")
_CONDITIONS: dict[str, dict[str, Json]] = {
    "day-of-month": {"from": 1, "to": 31},
    "window": {"kinds": ["late"]},
    "lapsed": {"from": 1},
    "repair": {"from": 1},
    "outcome": {"of": "waits", "is": True},
    "identity": {"any_of": []},
    "event": {"kind": blank("哪种情形")},
    "elapsed": {"since": "birth"},
    "years-since-birth-year": {"from": 0, "to": 0},
    "insured": {"years_back": 1, "is": True},
    "answer": {"code": blank("哪个问题")},
}
_FORMULAS: dict[str, dict[str, Json]] = {
    "rated": {"base": _AMOUNT, "rate": blank("费率"), "months": 12, "round": "month"},
    "monthly": {"amount": _AMOUNT, "months": 12},
    "counted": {"amount": _AMOUNT, "by": "gap_months"},
    "late-fee": {"rate": blank("比例"), "after": "B-1:12-31"},
}
_START_DAY = {"anchor": "payment"}
# One entry of each list, or the object, that a form may be asked to add; by key.
_ENTRIES: dict[str, Json] = {
    "items": {"code": blank("代码"), "label": blank("名称"), "amount": _AMOUNT},
    "parts": {"items": [], "pays": _AMOUNT},
    "readings": {"text": blank("怎样的读法"), "stands": False},
    "choices": {"value": blank("代码"), "label": blank("名称")},
    "valid": {"from": blank("从哪天"), "to": blank("到哪天")},
    "rate": {"step": blank("每年提高"), "counted_from": blank("从哪个年度起算")},
    "events": {"kind": blank("情形"), "date": blank("日期")},
    "when": {"test": "paid"},
    "cover": _START_DAY,
}


def condition_of(test: str, there: Json = None) -> dict[str, Json]:
    """Make a condition of a kind.

    Args:
        test: Its kind.
        there: The condition that stood there; all, any and not take it in.
    """
    if test not in _HOLDING:
        return {"test": test, **_CONDITIONS.get(test, {})}
    if test == "not":
        return {"test": test, "of": there if there is not None else {"test": "paid"}}
    parts = (
        there.get("of") if isinstance(there, dict) and str(there.get("test")) in _HOLDING else there
    )
    held = parts if isinstance(parts, list) else [parts if parts is not None else {"test": "paid"}]
    return {"test": test, "of": held}


def formula_of(kind: str) -> dict[str, Json]:
    """Make a formula of a kind, its figures left blank."""
    return {"kind": kind, **_FORMULAS[kind]}


def joined_condition(there: Json, more: Json) -> dict[str, Json]:
    """Add a condition to an ``all``, or join both in a new one."""
    if there is None:
        return dict(more)
    if isinstance(there, dict) and there.get("test") == ALL and isinstance(there.get("of"), list):
        return {**there, "of": [*there["of"], more]}
    return {"test": ALL, "of": [there, more]}


def entry_of(key: str) -> Json:
    """Make one entry of a list, or the object, of a key; None where there is none."""
    entry = _ENTRIES.get(key)
    return dict(entry) if isinstance(entry, dict) else entry


def variant_of(key: str, value: str, there: Json) -> dict[str, Any] | None:
    """Make the object that a changed ``test`` or ``kind`` asks for; None for others."""
    if key == CONDITIONS.key and value in CONDITIONS.shapes:
        return condition_of(value, there)
    formula = isinstance(there, dict) and str(there.get("kind")) in FORMULAS.shapes
    if key == FORMULAS.key and formula and value in FORMULAS.shapes:
        return formula_of(value)
    return None
