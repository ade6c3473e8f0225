"""What is typed in the form, put into the document with all that follows.

Follows: the same date in a second place, forms that exclude one another, the
standing, the sentences and the order of rules. What follows is only written anew
where it was derived before; what an author wrote stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.authoring.document.document_path import Json, NoSuchPlaceError
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.cards_from_above import inherited_at
from medcounter.authoring.form.derive.derived_grade import derived_grade
from medcounter.authoring.form.derive.derived_links import relinked
from medcounter.authoring.form.derive.derived_sentences import derived_sentences
from medcounter.authoring.form.derive.derived_status import (
    ASSUMED,
    CONFIRMED,
    NO_CLAUSE,
    RuleStanding,
    derived_standing,
    standing_of,
    with_standing,
)
from medcounter.authoring.form.form_names import NO_BASE, FormNames
from medcounter.authoring.form.form_records import FieldKind, FormField, RuleCard
from medcounter.authoring.form.inheritance import own_rules, years_of
from medcounter.authoring.form.makers.new_rules import made_local
from medcounter.authoring.form.place_form import card_at
from medcounter.authoring.form.reading.day_reading import DaySense, resolved
from medcounter.authoring.form.reading.field_reading import UNSTATED, read_field
from medcounter.authoring.form.shapes.skeletons import variant_of
from medcounter.authoring.form.usual_readings import usual_reading, with_usual, without_usual
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from medcounter.typed.typed_text import plain

Base = Mapping[str, Any]
_RULE_LISTS = frozenset({"rules", "where_missing"})
_DEPTH_OF_RULE = 4
# Of these one is written at a time, by question; the first of an anchor decides the others.
_EXCLUDING: dict[str, tuple[frozenset[str], ...]] = {
    "concession": (frozenset({"pays", "aid", "aid_share", "unknown"}),),
    "repair-price": (frozenset({"of", "amount", "unknown"}),),
    "other-year": (frozenset({"of", "amount"}),),
    "subsidy": (frozenset({"amount", "remainder_of"}),),
}
_ANCHOR_KEYS = {"date": "date", "event": "event"}
_EXAMPLES, _SOURCES, _BIRTH = "examples", "sources", "birth_date"
_FIRST_OF_YEAR = "B:01-01"


class NoSuchFieldError(MedCounterError):
    """表单里没有这一栏，没有改动草稿；请刷新表单后重试。"""


def typed(
    document: PlaceDocument, path: JsonPath, text: str, base: Base = NO_BASE
) -> PlaceDocument:
    """Put what was typed in a field into the document.

    Args:
        document: The draft.
        path: Of the field.
        text: What was typed or pasted; empty takes an optional value out.
        base: Document of the bundle the draft lies over.

    Raises:
        FieldRefusedError: It cannot be read; the error keeps the text.
        NoSuchFieldError: The form has no such field.
    """
    return typed_in(document, field_at(document, path, base), text, base)


def typed_in(
    document: PlaceDocument, field: FormField, text: str, base: Base = NO_BASE
) -> PlaceDocument:
    """Put what was typed in a field of the document's form; as ``typed``.

    Raises:
        FieldRefusedError: It cannot be read; the error keeps the text.
    """
    path = field.path
    if path[-1] == "clause" and plain(text) in UNSTATED:
        text = NO_CLAUSE
    if plain(text) in UNSTATED:
        usual = _as_usual(document, field, base)
        if usual is not None:
            return usual
    value = read_field(field, text, day_sense(document, field))
    above = inherited_at(FormNames(document, base), path)
    if above is not None:
        inside = path[1 + len(above.path) :]
        with_doubt = inside[0] in {"status", "doubt", "concerns", "readings", "valid"}
        local, where = made_local(FormNames(document, base), above, with_doubt=with_doubt)
        return typed(local, (*where, *inside), text, base)
    if value is None and not plain(text):
        return put(document, field, value, base, taken_out=True)
    return put(document, field, value, base)


def _as_usual(document: PlaceDocument, field: FormField, base: Base) -> PlaceDocument | None:
    """Write what is usual where the source does not say; None where nothing is."""
    where, rule = rule_path(field.path), rule_at(document, field.path)
    if where is None or rule is None:
        return None
    inside = field.path[len(where) :]
    usual = usual_reading(FormNames(document, base), rule, inside)
    if usual is None:
        return None
    changed = document.replaced(where, with_usual(rule, inside, usual))
    for path in field.follows:
        changed = changed.replaced(path, usual.value)
    return followed(document, changed, field.path, base)


def put(
    document: PlaceDocument,
    field: FormField,
    value: Json,
    base: Base = NO_BASE,
    *,
    taken_out: bool = False,
) -> PlaceDocument:
    """Put a value that was read into the place of a field, with all that follows.

    Args:
        document: The draft.
        field: Where the value belongs.
        value: As it is written.
        base: Document of the bundle the draft lies over.
        taken_out: Whether the key goes instead.
    """
    changed = document
    for path in (field.path, *field.follows):
        written = alone(path, value)
        changed = _without(changed, path) if taken_out else _with(changed, path, written)
    if not taken_out:
        changed = _excluded(changed, field.path, value)
        changed = _stated(document, changed, field.path, base)
    return followed(document, changed, field.path, base)


def _stated(
    before: PlaceDocument, after: PlaceDocument, path: JsonPath, base: Base
) -> PlaceDocument:
    """Take away the doubt that went with a usual value, now that it is stated."""
    where, then, now = rule_path(path), rule_at(before, path), rule_at(after, path)
    if where is None or then is None or now is None or not then.get("doubt"):
        return after
    stated = without_usual(FormNames(after, base), then, now, path[len(where) :])
    return after if stated == now else after.replaced(where, stated)


def removed(document: PlaceDocument, path: JsonPath, base: Base = NO_BASE) -> PlaceDocument:
    """Take a card, a group or a part of a condition out of the document.

    A list of conditions that is left with one part becomes that part; an object
    whose only part goes, goes with it.

    Raises:
        NoSuchPlaceError: Nothing stands there.
    """
    changed = _simplified(document.removed(path), path)
    return followed(document, changed, path, base)


def field_at(document: PlaceDocument, path: JsonPath, base: Base = NO_BASE) -> FormField:
    """Return the field of a path, whether anything stands there or not.

    Raises:
        NoSuchFieldError: The form has no such field.
    """
    try:
        card: RuleCard = card_at(document, path, base)
    except NoSuchPlaceError as err:
        raise NoSuchFieldError from err
    found = next((one for one in card.fields if one.path == path), None)
    if found is None:
        raise NoSuchFieldError
    return found


def day_sense(document: PlaceDocument, field: FormField) -> DaySense:
    """Return how a day without a year is understood in a field."""
    first, last = years_of(document)
    if field.path[0] == _EXAMPLES:
        first = last = _year_of_example(document, field.path)
    if field.path[-1] == _BIRTH:
        return DaySense(0)
    sense = DaySense(first, lasting=last > first)
    if field.kind not in {FieldKind.YEAR_DAY, FieldKind.DATE}:
        return sense
    rule = rule_at(document, field.path) or {}
    answer = rule.get("answer")
    kind = answer.get("kind") if isinstance(answer, dict) else None
    start = (*field.path[:-1], "from")
    begins = field.path[-1] == "to" and document.has(start)
    not_before = resolved(document.at(start), first) if begins else None
    return DaySense(first, last > first, not_before, own_year=kind == "late")


def _year_of_example(document: PlaceDocument, path: JsonPath) -> int:
    where = (*path[:2], "facts", "benefit_year")
    year = document.at(where) if document.has(where) else 0
    return year if isinstance(year, int) else 0


def rule_path(path: JsonPath) -> JsonPath | None:
    """Return the path of the rule in which a path lies; None where it lies in none."""
    inside = len(path) >= _DEPTH_OF_RULE and path[2] in _RULE_LISTS
    return path[:_DEPTH_OF_RULE] if inside else None


def rule_at(document: PlaceDocument, path: JsonPath) -> Mapping[str, Any] | None:
    """Return the rule in which a path lies; None where it lies in none."""
    where = rule_path(path)
    found = document.at(where) if where is not None and document.has(where) else None
    return found if isinstance(found, dict) else None


def followed(
    before: PlaceDocument, after: PlaceDocument, path: JsonPath, base: Base
) -> PlaceDocument:
    """Write anew what was derived before a change and follows from it otherwise now.

    Args:
        before: The draft before the change.
        after: The draft after it.
        path: What was changed.
        base: Document of the bundle the draft lies over.
    """
    if path[0] == _SOURCES:
        after = _regraded(before, after, path, base)
    old, new = FormNames(before, base), FormNames(after, base)
    then, now = rule_at(before, path), rule_at(after, path)
    where = rule_path(path)
    document = after
    if (
        where is not None
        and then is not None
        and now is not None
        and then.get("id") == now.get("id")
    ):
        retold = _retold(old, new, then, now, str(path[-1]))
        if retold != now:
            document = document.replaced(where, retold)
    by_hand = where if path[-1] == "exception_to" else None
    return relinked(old, FormNames(document, base), by_hand)


def _regraded(
    before: PlaceDocument, after: PlaceDocument, path: JsonPath, base: Base
) -> PlaceDocument:
    """Derive a source's grade from its publisher, and how sure its rules are."""
    where = path[:2]
    then = before.at(where) if before.has(where) else None
    now = after.at(where) if after.has(where) else None
    if path[-1] == "publisher" and isinstance(then, dict) and isinstance(now, dict):
        grade = derived_grade(now.get("publisher"))
        if then.get("grade") == derived_grade(then.get("publisher")) != grade:
            after = after.replaced((*where, "grade"), grade)
    old, new = FormNames(before, base), FormNames(after, base)
    for number, rule in own_rules(after):
        was = derived_standing(old, rule)
        standing = derived_standing(new, rule)
        if standing_of(rule) == was != standing:
            graded = with_standing(rule, standing)
            after = after.replaced((*after.base, "rules", number), graded)
    return after


def _retold(
    old: FormNames, new: FormNames, then: Mapping[str, Any], now: Mapping[str, Any], key: str
) -> dict[str, Any]:
    """Derive the standing and the sentences of a rule anew, where they were derived."""
    record = dict(now)
    if key == "doubt":
        record = _by_doubt(record)
    elif key == "status":
        if record["status"] == CONFIRMED:
            record = with_standing(record, RuleStanding(CONFIRMED, None))
    elif standing_of(then) == (was := derived_standing(old, then)):
        standing = derived_standing(new, record)
        record = with_standing(record, standing) if standing != was else record
    before, after = derived_sentences(old, then), derived_sentences(new, record)
    for one in ("applies", "fails"):
        if one != key and one in record and one in after and record[one] == before.get(one):
            record[one] = after[one]
    return record


def _by_doubt(rule: dict[str, Any]) -> dict[str, Any]:
    """Keep doubt and standing together: one with a doubt is not confirmed."""
    if rule.get("doubt"):
        sure = rule.get("status") == CONFIRMED
        return {**rule, "status": ASSUMED} if sure else rule
    return with_standing(rule, RuleStanding(CONFIRMED, None))


def alone(path: JsonPath, value: Json) -> Json:
    """Write what a span is counted from as itself where it is one thing."""
    single = path[-1] == "since" and isinstance(value, list) and len(value) == 1
    return value[0] if single else value


def _with(document: PlaceDocument, path: JsonPath, value: Json) -> PlaceDocument:
    """Write a value; a changed kind of condition or formula brings its own keys."""
    held = path[:-1]
    there = document.at(held) if document.has(held) else None
    variant = variant_of(str(path[-1]), value, there) if isinstance(value, str) else None
    if variant is not None and isinstance(there, dict) and there.get(str(path[-1])) != value:
        return document.replaced(held, variant)
    return document.replaced(path, value)


def _without(document: PlaceDocument, path: JsonPath) -> PlaceDocument:
    return document.removed(path) if document.has(path) else document


def _excluded(document: PlaceDocument, path: JsonPath, value: Json) -> PlaceDocument:
    """Take out what a new value excludes."""
    key, held = str(path[-1]), path[:-1]
    if key == "anchor":
        return _with_anchor(document, held, str(value))
    rule = rule_at(document, path) or {}
    for group in _EXCLUDING.get(str(rule.get("question")), ()):
        if key in group:
            for other in group - {key}:
                document = _without(document, (*held, other))
    return document


def _with_anchor(document: PlaceDocument, held: JsonPath, anchor: str) -> PlaceDocument:
    """Leave beside an anchor only the key it needs."""
    for word, key in _ANCHOR_KEYS.items():
        if word not in anchor:
            document = _without(document, (*held, key))
    if anchor == "date" and not document.has((*held, "date")):
        document = document.replaced((*held, "date"), _FIRST_OF_YEAR)
    return document


def _simplified(document: PlaceDocument, path: JsonPath) -> PlaceDocument:
    """Write a condition of one part as that part, and none where no part is left."""
    if path[-1] == "of":
        return _simplified(document.removed(path[:-1]), path[:-1])
    if len(path) < 2 or path[-2] != "of":  # noqa: PLR2004 -- a part of a list
        return document
    holder = path[:-2]
    parts = document.at(path[:-1])
    if not isinstance(parts, list) or len(parts) > 1:
        return document
    if parts:
        return document.replaced(holder, parts[0])
    return _simplified(document.removed(holder), holder)
