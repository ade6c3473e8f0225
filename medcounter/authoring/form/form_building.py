"""Turn one record of a document into fields and groups, by its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.derive.condition_saying import said_condition
from medcounter.authoring.form.field_texts import NOT_STATED, shown
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldChoice,
    FieldGroup,
    FieldKind,
    FieldState,
    FormField,
)
from medcounter.authoring.form.shapes.condition_shapes import CONDITION, CONDITIONS
from medcounter.authoring.form.shapes.form_shapes import Leaf, Mapped, Nested, Part, Shape
from medcounter.authoring.form.shapes.record_shapes import RECORDS
from medcounter.authoring.form.shapes.rule_shapes import SHAPES, VARIANTS
from medcounter.json_path import JsonPath
from medcounter.rules.checking.blanks import is_blank

FILL = "fill"
ADD_ENTRY = "add-entry"
ADD_CONDITION = "add-condition:"
# Offered where a condition may be added; of each kind another can be made by its first field.
_OFFERED_TESTS = ("identity", "age", "window", "elapsed", "answer", "paid")
_EVERY_SHAPE = {**SHAPES, **RECORDS}
_GROUNDS = "grounds"
# Files are brought beside the draft, not typed.
_FILES = "source-file"
# Fields of the contract that hold codes, and the list each is of.
_CONTRACT = "fields"
_CODES_OF_CONTRACT = {
    "window.kind": "window-kinds",
    "exemption": "grounds",
    "category": "grounds",
    "wait.unit": "units",
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"-?\d+\.\d{2}")
_VALUE_OF = "is"
_RULES = "rules"


_ENTRY = re.compile(r"(?P<list>[a-z_.]+)\.(?P<at>\d+)(?:\.(?P<key>\w+))?")
_LISTS = {"doubts": "疑点", "steps": "依据"}
_INSIDE = {
    "amount": "金额", "clause": "条款", "code": "代码", "field": "所在项目", "label": "名称",
    "level": "级别", "other": "另一种", "rule": "规则", "text": "说明", "value": "取值",
    "source": "来源", "status": "确定程度",
}  # fmt: skip


@dataclass(slots=True)
class FormBuilder:
    """Builds the fields of one card, and notes what no field shows.

    Attributes:
        names: The names to choose from.
        question: The question of the rule that is built; empty elsewhere.
        follows: Path of a field to the paths that hold the same value.
        states: State of fields that were not typed as they stand, by path.
        usual: State of all others that are filled.
        unstatable: Fields in which something usual stands if no source says it.
        unshown: Places that hold something the form cannot show.
    """

    names: FormNames
    question: str = ""
    follows: Mapping[JsonPath, tuple[JsonPath, ...]] = field(default_factory=dict)
    states: Mapping[JsonPath, FieldState] = field(default_factory=dict)
    usual: FieldState = FieldState.ENTERED
    unstatable: frozenset[JsonPath] = frozenset()
    unshown: list[JsonPath] = field(default_factory=list)

    def group(self, value: Json, path: JsonPath, head: tuple[str, str], shape: Shape) -> FieldGroup:
        """Build a group of an object.

        Args:
            value: The object, or whatever stands there instead.
            path: Where it stands.
            head: Its key and its title.
            shape: How it is shown.
        """
        key, title = head
        if not isinstance(value, dict):
            self.unshown.append(path)
            return FieldGroup(path, key, title)
        self._note_unknown(value, path, {part.key for part in shape})
        return self.parts(value, path, head, shape)

    def parts(
        self, value: Mapping[str, Json], path: JsonPath, head: tuple[str, str], shape: Shape
    ) -> FieldGroup:
        """Build a group of some keys of an object; its other keys are shown elsewhere."""
        fields: list[FormField] = []
        groups: list[FieldGroup] = []
        offers: list[CardOffer] = []
        for part in shape:
            self._part(value, path, part, (fields, groups, offers))
        return FieldGroup(path, head[0], head[1], tuple(fields), tuple(groups), tuple(offers))

    def condition(self, value: Json, path: JsonPath, title: str, key: str = "when") -> FieldGroup:
        """Build the group of a condition that stands, or may be added, at a path."""
        offers = tuple(
            CardOffer(f"{ADD_CONDITION}{test}", f"加条件：{CONDITIONS.titles[test]}", path)
            for test in _OFFERED_TESTS
        )
        if value is None:
            return FieldGroup(path, key, f"{title}：总是", offers=offers)
        inner = self._variant(value, path, CONDITION, key)
        sentence = said_condition(self.names, value)
        return FieldGroup(
            path, key, title, groups=(inner,), offers=offers, removable=True, sentence=sentence
        )

    def _part(
        self,
        value: Mapping[str, Json],
        path: JsonPath,
        part: Part,
        into: tuple[list[FormField], list[FieldGroup], list[CardOffer]],
    ) -> None:
        fields, groups, offers = into
        here = (*path, part.key)
        if isinstance(part, Leaf):
            self._leaf(value, path, part, (fields, offers))
        elif isinstance(part, Mapped):
            groups.append(self._mapped(value.get(part.key), here, part))
        elif part.leaf is not None and not isinstance(value.get(part.key), dict):
            self._leaf(value, path, part.leaf, (fields, offers))
        elif part.key not in value:
            if part.shape == CONDITION:
                offers.append(CardOffer(f"{ADD_CONDITION}answer", part.title, here))
            elif part.shape != _FILES:
                offers.append(CardOffer(ADD_ENTRY, part.title, here))
        else:
            groups.append(self._nested(value[part.key], here, part))

    def _leaf(
        self,
        value: Mapping[str, Json],
        path: JsonPath,
        leaf: Leaf,
        into: tuple[list[FormField], list[CardOffer]],
    ) -> None:
        if self._followed((*path, leaf.key)):
            return
        if leaf.key in value or leaf.shown or (*path, leaf.key) in self.names.revealed:
            into[0].append(self.field(value, path, leaf))
        else:
            into[1].append(CardOffer(FILL, leaf.label, (*path, leaf.key)))

    def field(self, value: Mapping[str, Json], path: JsonPath, leaf: Leaf) -> FormField:
        """Build the field of a key of an object, whether it stands there or not."""
        here = (*path, leaf.key)
        there = value.get(leaf.key)
        choices = self._choices(leaf, value)
        text = shown(leaf.kind, there, choices)
        if there is None and leaf.key in value and leaf.nullable:
            text = NOT_STATED
        return FormField(
            here,
            leaf.label,
            leaf.kind,
            there,
            text,
            choices,
            self._state(here, there, leaf.kind) if leaf.key in value else FieldState.EMPTY,
            unfilled_hint(there) or leaf.hint,
            leaf.nullable or here in self.unstatable,
            leaf.optional and not is_unfilled(there, leaf.kind),
            self.follows.get(here, ()),
        )

    def _state(self, path: JsonPath, value: Json, kind: FieldKind) -> FieldState:
        if is_unfilled(value, kind):
            return FieldState.EMPTY
        return self.states.get(path, self.usual)

    def _choices(self, leaf: Leaf, value: Mapping[str, Json]) -> tuple[FieldChoice, ...]:
        if leaf.choices == _RULES:
            return self.names.rules_but(self.question, value.get("id"))
        if leaf.choices == "answer-values":
            return self.names.answer_values(str(value.get("code")))
        return self.names.choices(leaf.choices)

    def _followed(self, path: JsonPath) -> bool:
        return any(path in followers for followers in self.follows.values())

    def _nested(self, value: Json, path: JsonPath, part: Nested) -> FieldGroup:
        if not part.many:
            return self._one(value, path, part)
        entries = value if isinstance(value, list) else []
        if not isinstance(value, list):
            self.unshown.append(path)
        groups = tuple(self._one(one, (*path, at), part) for at, one in enumerate(entries))
        offer = CardOffer(ADD_ENTRY, f"加一项{part.title}", path)
        offers = () if part.shape == _FILES else (offer,)
        return FieldGroup(path, part.key, part.title, groups=groups, offers=offers)

    def _one(self, value: Json, path: JsonPath, part: Nested) -> FieldGroup:
        if part.shape in VARIANTS:
            group = self._variant(value, path, part.shape, part.key)
            if part.shape == CONDITION and part.title:
                return FieldGroup(path, part.key, part.title, groups=(group,), removable=True)
            return group
        return self.group(value, path, (part.key, part.title), _EVERY_SHAPE[part.shape])

    def _variant(self, value: Json, path: JsonPath, name: str, key: str) -> FieldGroup:
        """Build an object whose shape hangs on one of its keys."""
        variants = VARIANTS[name]
        which = value.get(variants.key) if isinstance(value, dict) else None
        if not isinstance(which, str) or which not in variants.shapes:
            self.unshown.append(path)
            return FieldGroup(path, key, variants.label)
        shape = variants.shapes[which]
        self._note_unknown(value, path, {variants.key, *(part.key for part in shape)})
        kinds = tuple(FieldChoice(code, title) for code, title in variants.titles.items())
        choice = FormField(
            (*path, variants.key),
            variants.label,
            FieldKind.CHOICE,
            which,
            variants.titles[which],
            kinds,
            self.usual,
        )
        built = self.parts(value, path, (which, variants.titles[which]), shape)
        groups = tuple(inner for one in built.groups for inner in _unwrapped(one))
        fields = (choice, *built.fields)
        return FieldGroup(path, which, built.title, fields, groups, built.offers, removable=True)

    def _mapped(self, value: Json, path: JsonPath, part: Mapped) -> FieldGroup:
        """Build an object whose keys are themselves codes, each a field."""
        labels = {one.value: one.label for one in self.names.choices(part.labels)}
        entries = value if isinstance(value, dict) else {}
        if value is not None and not isinstance(value, dict):
            self.unshown.append(path)
        fields = []
        for key, one in entries.items():
            kind = _kind_of_field(key) if is_unfilled(one) else _kind_of(one)
            if kind is None:
                self.unshown.append((*path, key))
                continue
            choices = self._choices_of(key, one, part)
            kind = FieldKind.CHOICE if choices and part.labels == _CONTRACT else kind
            text = "没有" if one is None else shown(kind, one, choices)
            fields.append(
                FormField(
                    (*path, key),
                    str(labels.get(key) or _entry_label(key, labels)),
                    kind,
                    one,
                    text,
                    choices,
                    FieldState.EMPTY if is_unfilled(one) else FieldState.ENTERED,
                    unfilled_hint(one),
                    nullable=part.labels == _CONTRACT,
                    optional=not is_unfilled(one),
                )
            )
        offer = CardOffer(ADD_ENTRY, f"加一项{part.title}", path)
        return FieldGroup(path, part.key, part.title, tuple(fields), offers=(offer,))

    def _choices_of(self, key: str, value: Json, part: Mapped) -> tuple[FieldChoice, ...]:
        """List what a key may be, where it may only be one of some codes."""
        if part.labels != _CONTRACT:
            return self.names.answer_values(key)
        choices = self.names.choices(_CODES_OF_CONTRACT.get(key, ""))
        known = is_unfilled(value) or any(one.value == value for one in choices)
        return choices if known else ()

    def _note_unknown(self, value: Mapping[str, Json], path: JsonPath, known: set[str]) -> None:
        self.unshown += [(*path, key) for key in value if key not in known]


def _entry_label(key: str, labels: Mapping[str, str]) -> str:
    """Name a field within an entry of a list: 费用明细第 2 项金额."""
    match = _ENTRY.fullmatch(key)
    if match is None:
        return key
    listed = _LISTS.get(match["list"]) or labels.get(match["list"], match["list"])
    inside = _INSIDE.get(match["key"] or "", match["key"] or "")
    return f"{listed}第 {int(match['at']) + 1} 项{inside}"


def is_unfilled(value: Json, kind: FieldKind | None = None) -> bool:
    """Return whether a value is still to be filled: a blank, or an empty list.

    Of numbers there may be none: whoever was never insured has no such year.
    """
    none = value == [] and kind is not FieldKind.NUMBERS
    return none or (isinstance(value, str) and is_blank(value))


def unfilled_hint(value: Json) -> str:
    """Say what belongs in a blank; empty for what is filled."""
    return value[1:-1] if isinstance(value, str) and is_blank(value) else ""


def _unwrapped(group: FieldGroup) -> Iterator[FieldGroup]:
    """Show the parts of all, any and not at once, without a group around them."""
    if group.key == "of" and not group.fields:
        yield from group.groups
    else:
        yield group


def _kind_of_field(name: str) -> FieldKind:
    """Return how a field of the contract is typed, by its name."""
    if name.endswith((".from", ".to")) or name == "next_window":
        return FieldKind.DATE
    if name.startswith(("fee.", "incentive.")):
        return FieldKind.AMOUNT
    return FieldKind.NUMBER if name.startswith("wait.") else FieldKind.VALUE


def _kind_of(value: Json) -> FieldKind | None:
    """Return how a value is typed whose key says nothing; None where it cannot be."""
    match value:
        case bool():
            return FieldKind.FLAG
        case int():
            return FieldKind.NUMBER
        case list():
            numbers = all(isinstance(one, int) and not isinstance(one, bool) for one in value)
            return FieldKind.NUMBERS if numbers else None
        case dict():
            return None
        case _:
            return _kind_of_text(value)


def _kind_of_text(value: Json) -> FieldKind:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return FieldKind.DATE
    amount = isinstance(value, str) and _AMOUNT.fullmatch(value)
    return FieldKind.AMOUNT if amount else FieldKind.VALUE


def rule_builder(names: FormNames, rule: Mapping[str, Any], path: JsonPath) -> FormBuilder:
    """Make the builder of a rule: it knows which days are written twice."""
    question = str(rule.get("question"))
    followers: dict[JsonPath, tuple[JsonPath, ...]] = {}
    if question == "window":
        followers = _days_followed(rule, path)
    elif question == "exemption":
        followers = _events_followed(rule, path)
    return FormBuilder(names, question, followers)


def _events_followed(
    rule: Mapping[str, Any], path: JsonPath
) -> dict[JsonPath, tuple[JsonPath, ...]]:
    """Map the people a rule is for to where its condition names the same events."""
    when, grounds = rule.get("when"), rule.get("grounds")
    if not isinstance(when, dict) or when.get("test") != "elapsed":
        return {}
    since = when.get("since")
    if (since if isinstance(since, list) else [since]) != grounds:
        return {}
    return {(*path, _GROUNDS): ((*path, "when", "since"),)}


def _days_followed(rule: Mapping[str, Any], path: JsonPath) -> dict[JsonPath, tuple[JsonPath, ...]]:
    """Map a day of a period's condition to where its answer repeats it."""
    answer = rule.get("answer")
    if not isinstance(answer, dict):
        return {}
    found: dict[JsonPath, tuple[JsonPath, ...]] = {}
    for end in ("from", "to"):
        days = [
            (where, day)
            for where, key, day in _paid(rule.get("when"), (*path, "when"))
            if key == end
        ]
        if len(days) == 1 and answer.get(end) == days[0][1]:
            found[(*days[0][0], end)] = ((*path, "answer", end),)
    return found


def _paid(when: Json, path: JsonPath) -> Iterator[tuple[JsonPath, str, str]]:
    """List the days of payment that a condition names: where, which end, the day."""
    if not isinstance(when, dict):
        return
    if when.get("test") == "paid":
        for end in ("from", "to"):
            if isinstance(when.get(end), str):
                yield path, end, when[end]
    parts = when.get("of")
    for at, part in enumerate(parts if isinstance(parts, list) else ()):
        yield from _paid(part, (*path, "of", at))
