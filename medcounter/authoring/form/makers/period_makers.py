"""Periods and fees: what an announcement says first, each as whole rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from medcounter.authoring.document.document_path import Json, JsonRecord
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.derive.condition_saying import first_year
from medcounter.authoring.form.derive.derived_sentences import ZERO
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.inheritance import own_list, own_rules
from medcounter.authoring.form.makers.new_rules import Placed, Wish, placed
from medcounter.authoring.form.reading.day_reading import resolved
from medcounter.rules.checking.blanks import blank
from medcounter.rules.payment_conditions import WINDOW_LABELS

AMOUNT = blank("多少元；来源没有写的打“？”")
_FIRST, _LAST = blank("从哪天起"), blank("到哪天为止")
_AGE = blank("多少周岁")
_AGE_ON = blank("哪天的周岁：当年1月1日、缴费日")
_FULL_PRICE = "late-full-cost"
_TIER = "tier"


def main_period(names: FormNames) -> Placed:
    """Add the yearly enrolment period."""
    return _period(names, "main", "main", _FIRST)


def late_period(names: FormNames) -> Placed:
    """Add paying after it, from the day after the last period."""
    return _period(names, "late", "late", _next_day(names))


def extended_period(names: FormNames) -> Placed:
    """Add a second period that counts as the enrolment period."""
    return _period(names, "extended", "extended", _next_day(names))


def closed_days(names: FormNames) -> Placed:
    """Add days within or between the periods on which nobody can pay."""
    answer = {"kind": "closed", "label": WINDOW_LABELS["closed"]}
    when = {"test": "paid", "from": _FIRST, "to": _LAST}
    return placed(names, Wish("window", "closed-days", answer, when))


def full_price_period(names: FormNames) -> Placed:
    """Add a period in which the whole price is paid, with its fee and no subsidy."""
    made = _period(names, "late", _FULL_PRICE, _next_day(names), "集中征缴期外（全额）")
    window = made.document.at(made.path)["id"]
    when = {"test": "window", "rules": [window]}
    label = f"{first_year(names)} 年度全额缴费"
    item = {"code": _item_code(names), "label": label, "amount": _full_price(names)}
    known = FormNames(made.document, names.base)
    fee = Wish("standard", "standard-full-cost", {"items": [item]}, when)
    document = placed(known, fee).document
    if names.document.own.get("scheme") == "resident":
        none = Wish("subsidy", "subsidy-none", {"amount": ZERO}, dict(when))
        document = placed(FormNames(document, names.base), none).document
    return Placed(document, made.path)


def standard(names: FormNames) -> Placed:
    """Add the standard of everybody who is in no other group."""
    return _fee(names, "standard", None)


def standard_from_age(names: FormNames) -> Placed:
    """Add the standard of an age and above."""
    return _fee(names, "standard-elderly", {"test": "age", "on": _AGE_ON, "from": _AGE})


def standard_to_age(names: FormNames) -> Placed:
    """Add the standard of an age and below."""
    return _fee(names, "standard-child", {"test": "age", "on": _AGE_ON, "to": _AGE})


def standard_of_identity(names: FormNames) -> Placed:
    """Add the standard of some identities."""
    return _fee(names, "standard-identity", {"test": "identity", "any_of": []})


def standard_of_tier(names: FormNames) -> Placed:
    """Add a tier that may be chosen, and its standard; the choice is asked for."""
    document = names.document
    asks = (*document.base, "asks")
    asked = {str(one.get("code")): at for at, one in own_list(document, "asks")}
    if not document.has(asks):
        document = document.replaced(asks, [])
    at = asked.get(_TIER, len(document.at(asks)))
    if _TIER not in asked:
        document = document.inserted((*asks, at), {"code": _TIER, "choices": []})
    choices = (*asks, at, "choices")
    number = len(document.at(choices)) + 1
    document = document.inserted(
        (*choices, number - 1), {"value": str(number), "label": blank("这一档叫什么")}
    )
    when = {"test": "answer", "code": _TIER, "is": str(number)}
    return _fee(FormNames(document, names.base), f"standard-tier-{number}", when)


def subsidy(names: FormNames) -> Placed:
    """Add what the public purse adds."""
    return placed(names, Wish("subsidy", "subsidy", {"amount": AMOUNT}))


def other_year(names: FormNames) -> Placed:
    """Add another year that is paid with this one."""
    answer = {"code": "other-year", "label": blank("名称，如 预缴下一年度"), "of": "standard"}
    return placed(names, Wish("other-year", "other-year", answer))


def _period(names: FormNames, kind: str, wish: str, first: str, label: str = "") -> Placed:
    answer = {"kind": kind, "label": label or WINDOW_LABELS[kind]}
    when = {"test": "paid", "from": first, "to": _LAST}
    return placed(names, Wish("window", wish, answer, when))


def _fee(names: FormNames, wish: str, when: Json) -> Placed:
    item = {
        "code": _item_code(names),
        "label": f"{first_year(names)} 年度个人缴费",
        "amount": AMOUNT,
    }
    return placed(names, Wish("standard", wish, {"items": [item]}, when))


def _item_code(names: FormNames) -> str:
    return f"standard-{first_year(names)}"


def _next_day(names: FormNames) -> str:
    """Name the day after the last period; a blank where none is known yet."""
    year = first_year(names)
    ends = [
        end
        for _, rule in own_rules(names.document)
        if rule.get("question") == "window" and (end := _last_day(rule, year)) is not None
    ]
    return (max(ends) + timedelta(days=1)).isoformat() if ends else _FIRST


def _last_day(rule: JsonRecord, year: int) -> date | None:
    when, answer = rule.get("when"), rule.get("answer")
    closed = isinstance(answer, dict) and answer.get("kind") == "closed"
    if closed or not isinstance(when, dict) or when.get("test") != "paid":
        return None
    return resolved(when.get("to"), year)


def _full_price(names: FormNames) -> str:
    """Add up what everybody pays and the subsidy; a blank where one is not told."""
    plain = [rule for _, rule in own_rules(names.document) if "when" not in rule]
    fee = next((_amounts(rule) for rule in plain if rule.get("question") == "standard"), [])
    state = next((_amounts(rule) for rule in plain if rule.get("question") == "subsidy"), [])
    if not fee or not state or None in (*fee, *state):
        return AMOUNT
    return f"{sum(one for one in (*fee, *state) if one is not None):.2f}"


def _amounts(rule: JsonRecord) -> list[Decimal | None]:
    answer = rule.get("answer")
    record = answer if isinstance(answer, dict) else {}
    return list(_decimals(record.get("items", [record])))


def _decimals(items: Json) -> Iterator[Decimal | None]:
    for item in items if isinstance(items, list) else ():
        amount = item.get("amount") if isinstance(item, dict) else None
        try:
            yield Decimal(amount) if isinstance(amount, str) else None
        except InvalidOperation:
            yield None


def without_newborns(document: PlaceDocument, names: FormNames, window: str) -> PlaceDocument:
    """Except newborns from what is asked in a period; as long as they are newborns.

    Args:
        document: The draft.
        names: Its names.
        window: Id of the period.
    """
    span = _newborn_span(names)
    for number, rule in own_rules(document):
        if rule.get("when") != {"test": "window", "rules": [window]}:
            continue
        born = {"test": "elapsed", "since": "birth", "within": span}
        both = {"test": "all", "of": [rule["when"], {"test": "not", "of": born}]}
        document = document.replaced((*document.base, "rules", number, "when"), both)
    return document


def _newborn_span(names: FormNames) -> Json:
    """Return how long newborns are spared the wait here, or a blank."""
    for _, rule in own_rules(names.document):
        when = rule.get("when")
        newborn = rule.get("question") == "exemption" and rule.get("grounds") == ["newborn"]
        if newborn and isinstance(when, dict) and isinstance(when.get("within"), dict):
            return dict(when["within"])
    return blank("多久以内，如 28天")
