"""What a reviewer reads before signing, in the words of the form.

Every record that stands otherwise has a line, also one whose change no field shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import FieldGroup, FieldKind, FormField, RuleCard
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.form.shapes.form_shapes import Leaf
from medcounter.authoring.form.shapes.record_shapes import RECORDS
from medcounter.rules.vocabulary import ORDINARY
from medcounter.wording.blank_words import said_without_case
from medcounter.wording.difference_words import field_word, outcome_word

ABSENT = "—"
_CHANGED = ("原来的", "另一个")
_NAMES = ("id", "code", "rule", "warning", "where")
_EXAMPLES, _PROGRAMMES = "examples", "programmes"
_LISTS = ("regions", "sources", _EXAMPLES, _PROGRAMMES)
# Said by the title of its card, in words.
_WHERE = "where"
_ERROR, _CATEGORY, _ANSWERS = "error", "category", "answers."
_ORDINARY = "普通居民"
_ASKED = {part.key: part.label for part in RECORDS["facts"] if isinstance(part, Leaf)}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One thing that will stand otherwise.

    Attributes:
        text: Where in the form: section, card, field.
        old: What stands there now; a dash for nothing.
        new: What will stand there; a dash for nothing.
    """

    text: str
    old: str
    new: str


class _Shown(NamedTuple):
    """A card of one of the two states, with what it was built of."""

    title: str
    card: RuleCard
    record: Any
    labels: Mapping[str, str]


class _Placed(NamedTuple):
    """A field with the headings that it stands under."""

    title: str
    field: FormField


def review_lines(
    old: PlaceDocument | None,
    new: PlaceDocument,
    base: Mapping[str, Any],
    people: Mapping[str, str],
) -> tuple[ReviewLine, ...]:
    """List what will stand otherwise, by the cards and fields of the form.

    Args:
        old: The rules in use of the same place and year; None where there are none.
        new: What was written.
        base: Document of the bundle that both lie over.
        people: Resident of each example, by its id.

    Returns:
        The lines in the form's order; examples come last.
    """
    after = _cards(new, base, people)
    before = {} if old is None else _cards(old, base, people)
    lines: list[ReviewLine] = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was is None and now is not None:
            lines.append(ReviewLine(f"{now.title}：新增", ABSENT, _whole(now)))
        elif now is None and was is not None:
            lines.append(ReviewLine(f"{was.title}：删去", _whole(was), ABSENT))
        elif was is not None and now is not None and was.record != now.record:
            lines += _changes(was, now)
    if old is not None and _rest(old) != _rest(new):
        lines.append(ReviewLine("表单不列出的部分", *_CHANGED))
    return tuple(lines)


def _cards(
    document: PlaceDocument, base: Mapping[str, Any], people: Mapping[str, str]
) -> dict[tuple[str, ...], _Shown]:
    """Return the own cards of a draft by the names of their records."""
    times = Counter[tuple[str, ...]]()
    found: dict[tuple[str, ...], _Shown] = {}
    names = FormNames(document, base)
    labels = {**names.rule_labels, **names.labels}
    sections = form_of(document, base).sections
    for section in sorted(sections, key=lambda one: one.key == _EXAMPLES):
        for card in section.cards:
            if card.inherited_from:
                continue
            record = document.at(card.path)
            is_head = card.path == document.base
            kind = "" if is_head else str(card.path[-2])
            if is_head:
                record = {key: one for key, one in record.items() if not _is_list(one)}
            held = record if isinstance(record, dict) else {}
            # A programme's own id is new every year.
            record_names = () if is_head else tuple(str(held.get(name, "")) for name in _NAMES)
            key = (kind, *record_names)
            times[key] += 1
            title = people.get(str(held.get("id")), "") if kind == _EXAMPLES else ""
            heading = f"{section.title} · {title or said_without_case(card.title)}"
            found[*key, str(times[key])] = _Shown(heading, card, record, labels)
    return found


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _changes(was: _Shown, now: _Shown) -> Iterator[ReviewLine]:
    """Compare two cards field by field."""
    before, after = _fields(was.card), _fields(now.card)
    found = False
    for path in [*after, *(path for path in before if path not in after)]:
        old, new = before.get(path), after.get(path)
        if old and new and old.field.value == new.field.value:
            continue
        one = new or old
        texts = _text(old, was.labels), _text(new, now.labels)
        if one is None or texts == ("", ""):
            continue
        found = True
        # What differs in a code alone reads alike.
        columns = _CHANGED if texts[0] == texts[1] else (texts[0] or ABSENT, texts[1] or ABSENT)
        yield ReviewLine(f"{now.title} · {one.title}", *columns)
    if not found:
        yield ReviewLine(f"{now.title}：有表单不列出的改动", *_CHANGED)


def _fields(card: RuleCard) -> dict[tuple[object, ...], _Placed]:
    depth = len(card.path)
    return {
        one.field.path[depth:]: one for group in card.groups for one in _placed(group, card.title)
    }


def _placed(group: FieldGroup, above: str) -> Iterator[_Placed]:
    """List the fields of a group and of those in it, with the headings over them."""
    head = "" if group.title in {"", above} else f"{group.title} · "
    for field in group.fields:
        yield _Placed(f"{head}{field.label}", field)
    for inner in group.groups:
        for one in _placed(inner, group.title):
            yield _Placed(f"{head}{one.title}", one.field)


def _whole(shown: _Shown) -> str:
    """Write a card in one line, without what only the program reads."""
    parts = (part for group in shown.card.groups for part in _parts(group, shown.labels))
    return "；".join(parts) or shown.title


def _parts(group: FieldGroup, labels: Mapping[str, str], head: str = "") -> Iterator[str]:
    if group.sentence:
        yield group.title if group.sentence in group.title else f"{group.title}：{group.sentence}"
        return
    for field in group.fields:
        text = _words(field, labels)
        if text and field.kind is not FieldKind.CODE:
            yield f"{head}{field.label}：{text}"
    for inner in group.groups:
        yield from _parts(inner, labels, f"{inner.title} · " if inner.title else "")


def _text(one: _Placed | None, labels: Mapping[str, str]) -> str:
    if one is None:
        return ""
    if one.field.kind is FieldKind.CODE:
        return _CHANGED[0] if one.field.value is not None else ""
    return _words(one.field, labels)


def _words(field: FormField, labels: Mapping[str, str]) -> str:
    """Return what a field shows; a code that the form lets stand is said in words."""
    key, value = str(field.path[-1]), str(field.value)
    if key == _WHERE:
        return ""
    if key == _ERROR:
        return outcome_word("refused", value)
    if key == _CATEGORY and value == ORDINARY:
        return _ORDINARY
    if field.text != value:
        return said_without_case(field.text)
    answer = labels.get(f"{key}={value}") or labels.get(value.removeprefix(_ANSWERS))
    return answer or _ASKED.get(value) or said_without_case(field_word(value))


def _rest(document: PlaceDocument) -> dict[str, Any]:
    """Return what no card shows: unknown keys, and programmes beside the written one."""
    content = document.content
    programmes = content.get(_PROGRAMMES)
    others = [
        one
        for number, one in enumerate(programmes if isinstance(programmes, list) else ())
        if number != document.programme
    ]
    rest = {key: value for key, value in content.items() if key not in _LISTS}
    return {**rest, _PROGRAMMES: others}
