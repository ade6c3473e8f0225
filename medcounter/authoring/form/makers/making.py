"""Everything the form offers to do, by name: whole cards added with all derived.

What only the announcement can say is left blank, and the path tells where the form goes
next. A pure function from draft to draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.cards_from_above import CHANGE, DROP, inherited_at
from medcounter.authoring.form.changes import Base, followed, removed, rule_at
from medcounter.authoring.form.form_building import ADD_CONDITION, ADD_ENTRY, FILL
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import CardOffer
from medcounter.authoring.form.makers import people_makers as people
from medcounter.authoring.form.makers import period_makers as periods
from medcounter.authoring.form.makers import record_makers as records
from medcounter.authoring.form.makers.new_rules import Placed, made_local
from medcounter.authoring.form.rule_cards import EXCEPT_NEWBORNS, REMOVE
from medcounter.authoring.form.shapes.skeletons import condition_of, entry_of, joined_condition
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from medcounter.rules.checking.blanks import blank

_AID_FORMS = ("aid-full", "aid-amount", "aid-pays", "aid-share", "aid-standard", "aid-unknown")
_SINGLE_RULES = (
    "wait-start",
    "after-wait",
    "carry-over",
    "lapse",
    "repair",
    "repair-price",
    "cover-end",
)
_NEW_RULES: dict[str, Callable[[FormNames], Placed]] = {
    "main-period": periods.main_period,
    "late-period": periods.late_period,
    "full-price-period": periods.full_price_period,
    "extended-period": periods.extended_period,
    "closed-days": periods.closed_days,
    "standard": periods.standard,
    "standard-from-age": periods.standard_from_age,
    "standard-to-age": periods.standard_to_age,
    "standard-of-identity": periods.standard_of_identity,
    "standard-of-tier": periods.standard_of_tier,
    "subsidy": periods.subsidy,
    "other-year": periods.other_year,
    **{form: partial(people.aid, form=form) for form in _AID_FORMS},
    "aid-not-stated": people.aid_not_stated,
    "fixed-wait": people.fixed_wait,
    "late-wait": people.late_wait,
    "variable-wait": people.variable_wait,
    **{question: partial(people.single, question=question) for question in _SINGLE_RULES},
    "wait-start-in-window": people.wait_start_in_window,
    "newborn": people.newborn,
    "newborn-later": people.newborn_later,
    "exempt-events": people.exempt_events,
    "exempt-identities": people.exempt_identities,
    "cover-main": people.cover_main,
    "cover-late": people.cover_late,
    "cover-earlier": people.cover_earlier,
    "incentive": people.incentive,
    "remark": records.remark,
    "advice": records.advice,
    "conflict": records.conflict,
    "accepted": records.accepted,
    "asked": records.asked,
    "own-identity": partial(records.own_term, key="identities", wish="identity"),
    "own-event": partial(records.own_term, key="events", wish="event"),
    "own-answer": partial(records.own_term, key="answers", wish="question"),
    "example": records.example,
}
_SOURCE = "source"
# What is usually expected of a case, in the order in which it is offered.
_EXPECTED = (
    "fee.total",
    "coverage.from",
    "wait.total",
    "wait.to",
    "fee.subsidy",
    "window.kind",
    "coverage.to",
    "exemption",
)


class NoSuchMakerError(MedCounterError):
    """表单没有这个操作，没有改动草稿；请刷新表单后重试。"""


def done(document: PlaceDocument, offer: CardOffer, base: Base, on: date) -> Placed:
    """Do what the form offers.

    Args:
        document: The draft.
        offer: As the form offered it.
        base: Document of the bundle the draft lies over.
        on: Today, for the day a source was checked.

    Returns:
        The draft afterwards, and where the form goes next.

    Raises:
        NoSuchMakerError: Nothing of that name is offered there.
        NoSuchPlaceError: What it is to be done to is not there.
    """
    names = FormNames(document, base)
    maker = offer.maker
    if maker == _SOURCE:
        return records.source(names, on)
    if maker in _NEW_RULES:
        return _NEW_RULES[maker](names)
    if maker.startswith(ADD_CONDITION):
        return _with_condition(document, offer.path, maker.removeprefix(ADD_CONDITION), base)
    act = _AT_A_PLACE.get(maker)
    if act is None:
        raise NoSuchMakerError
    return act(names, offer.path)


def maker_names() -> frozenset[str]:
    """Name everything a section may offer."""
    return frozenset({_SOURCE, *_NEW_RULES})


def _revealed(names: FormNames, path: JsonPath) -> Placed:
    """Show a field in which nothing stands yet; the document stays."""
    return Placed(names.document, path)


def _removed(names: FormNames, path: JsonPath) -> Placed:
    return Placed(removed(names.document, path, names.base), path)


def _changed_locally(names: FormNames, path: JsonPath) -> Placed:
    above = inherited_at(names, path)
    if above is None:
        raise NoSuchMakerError
    return made_local(names, above)


def _dropped(names: FormNames, path: JsonPath) -> Placed:
    above = inherited_at(names, path)
    if above is None:
        raise NoSuchMakerError
    return records.drop(names, above)


def _newborns_excepted(names: FormNames, path: JsonPath) -> Placed:
    rule = rule_at(names.document, path) or {}
    when = rule.get("when")
    windows = when.get("rules") if isinstance(when, dict) else None
    if not windows:
        raise NoSuchMakerError
    changed = periods.without_newborns(names.document, names, windows[0])
    after = followed(names.document, changed, path, names.base)
    return Placed(after, (*path, "when", "of", 1, "of", "within"))


def _with_condition(document: PlaceDocument, path: JsonPath, test: str, base: Base) -> Placed:
    """Add a condition to a rule, an item, a reading or a piece of advice."""
    there = document.at(path) if document.has(path) else None
    more = condition_of(test)
    changed = document.replaced(path, joined_condition(there, more))
    where = path if there is None else (*path, "of", len(changed.at(path)["of"]) - 1)
    return Placed(followed(document, changed, path, base), where)


def _with_entry(names: FormNames, path: JsonPath) -> Placed:
    """Add an entry to a list, or the object, that a path names."""
    document = names.document
    key = str(path[-1])
    there = document.at(path) if document.has(path) else None
    if key in {"expect", "answers"}:
        name = _next_key(names, key, there or {})
        return _put_in(document, path, there, name)
    entry = _entry(names, key, path)
    if entry is None:
        raise NoSuchMakerError
    if key == "parts":
        for form in ("pays", "aid", "aid_share", "standard", "unknown"):
            where = (*path[:-1], form)
            document = document.removed(where) if document.has(where) else document
    if key not in _LISTED:
        return Placed(document.replaced(path, entry), path)
    listed = there if isinstance(there, list) else []
    changed = document.replaced(path, [*listed, entry])
    return Placed(followed(names.document, changed, path, names.base), (*path, len(listed)))


_LISTED = frozenset({"items", "parts", "readings", "choices", "events", "of"})


def _entry(names: FormNames, key: str, path: JsonPath) -> Json:
    document = names.document
    if key == "items":
        count = len(document.at(path)) if document.has(path) else 0
        entry = entry_of(key)
        return {**entry, "code": f"item-{count + 1}"} if isinstance(entry, dict) else entry
    if key == "of":
        return condition_of("paid")
    if key == "answer":
        rule = rule_at(document, path) or {}
        return rule.get("answer")
    if key == "when":
        rule = rule_at(document, path) or {}
        return rule.get("when") or condition_of("paid")
    return entry_of(key)


def _next_key(names: FormNames, key: str, there: Mapping[str, Json]) -> str:
    known = _EXPECTED if key == "expect" else [one.value for one in names.choices("answers")]
    found = next((name for name in known if name not in there), None)
    if found is None:
        raise NoSuchMakerError
    return found


def _put_in(document: PlaceDocument, path: JsonPath, there: Json, name: str) -> Placed:
    held = there if isinstance(there, dict) else {}
    return Placed(document.replaced(path, {**held, name: blank("多少")}), (*path, name))


_AT_A_PLACE: dict[str, Callable[[FormNames, JsonPath], Placed]] = {
    FILL: _revealed,
    REMOVE: _removed,
    CHANGE: _changed_locally,
    DROP: _dropped,
    EXCEPT_NEWBORNS: _newborns_excepted,
    ADD_ENTRY: _with_entry,
}
