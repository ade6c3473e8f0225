"""A rule as a card: for whom and when, the answer, its source, its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.derive.condition_saying import first_year, said_condition
from medcounter.authoring.form.derive.derived_links import derived_exceptions
from medcounter.authoring.form.derive.derived_sentences import derived_sentences
from medcounter.authoring.form.derive.derived_status import derived_standing, standing_of
from medcounter.authoring.form.form_building import (
    ADD_ENTRY,
    FormBuilder,
    is_unfilled,
    rule_builder,
)
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import CardOffer, FieldGroup, FieldState, RuleCard
from medcounter.authoring.form.shapes.form_shapes import Shape
from medcounter.authoring.form.shapes.rule_shapes import (
    ANSWERS,
    READING,
    RULE_GROUNDS,
    RULE_LINKS,
    RULE_SENTENCES,
    RULE_SOURCE,
)
from medcounter.authoring.form.usual_readings import usual_paths
from medcounter.json_path import JsonPath
from medcounter.rules import questions
from medcounter.rules.questions import QUESTION
from medcounter.wording.answer_words import answer_words
from medcounter.wording.blank_words import said_without_case

REMOVE = "remove"
EXCEPT_NEWBORNS = "except-newborns"
_LONGEST_CONDITION = 40
_WITHOUT_ANSWER = ("when", "answer", "readings")


def rule_card(
    names: FormNames, rule: Mapping[str, Any], path: JsonPath, inherited_from: str = ""
) -> RuleCard:
    """Show one rule.

    Args:
        names: The names to choose from.
        rule: As written.
        path: Where it stands.
        inherited_from: Name of the place it comes from; empty for an own one.
    """
    builder = rule_builder(names, rule, path)
    builder.states = {} if inherited_from else _states(names, rule, path)
    if not inherited_from:
        builder.unstatable = usual_paths(names, rule, path)
    builder.usual = FieldState.INHERITED if inherited_from else FieldState.ENTERED
    question = builder.question
    groups = [_who_and_when(builder, rule, path), _answer(builder, rule, path)]
    groups += _readings(builder, rule, path)
    groups.append(builder.parts(rule, path, ("source", "来源和确定程度"), RULE_SOURCE))
    groups.append(builder.parts(rule, path, ("sentences", "给人看的话"), RULE_SENTENCES))
    groups.append(builder.parts(rule, path, ("links", "编号和先后"), RULE_LINKS))
    known = {part.key for part in (RULE_GROUNDS, *RULE_SOURCE, *RULE_SENTENCES, *RULE_LINKS)}
    unknown = set(rule) - known - set(_WITHOUT_ANSWER)
    raw = bool(builder.unshown or unknown or question not in ANSWERS)
    offers = () if inherited_from else _offers(rule, path)
    return RuleCard(
        path,
        str(rule.get("id", "")),
        rule_title(names, rule),
        question,
        tuple(groups),
        raw,
        inherited_from,
        offers,
    )


def _offers(rule: Mapping[str, Any], path: JsonPath) -> tuple[CardOffer, ...]:
    """List what may be done with an own rule."""
    when = rule.get("when")
    full_price = isinstance(when, dict) and when.get("test") == "window" and when.get("rules")
    removing = CardOffer(REMOVE, "删去", path)
    if rule.get("question") == "standard" and full_price:
        return (CardOffer(EXCEPT_NEWBORNS, "新生儿除外", path), removing)
    return (removing,)


def _states(
    names: FormNames, rule: Mapping[str, Any], path: JsonPath
) -> Mapping[JsonPath, FieldState]:
    """Mark the keys of a rule whose values are as derived."""
    derived: dict[str, Json] = {**derived_sentences(names, rule)}
    derived["exception_to"] = list(derived_exceptions(names, rule))
    if standing_of(rule) == (standing := derived_standing(names, rule)):
        derived |= {"status": standing.status, "doubt": standing.doubt}
    same = {key for key, value in derived.items() if rule.get(key) == value}
    return {(*path, key): FieldState.DERIVED for key in same | {"id", "question", "replaces"}}


def _who_and_when(builder: FormBuilder, rule: Mapping[str, Any], path: JsonPath) -> FieldGroup:
    inner = builder.condition(rule.get("when"), (*path, "when"), "什么时候成立")
    best = QUESTION[builder.question].mode == "best" if builder.question in QUESTION else False
    if not best and "grounds" not in rule:
        return inner
    who = builder.field(rule, path, RULE_GROUNDS)
    return replace(inner, fields=(who, *inner.fields))


def _answer(builder: FormBuilder, rule: Mapping[str, Any], path: JsonPath) -> FieldGroup:
    label = QUESTION[builder.question].label if builder.question in QUESTION else "答案"
    return builder.group(
        rule.get("answer"), (*path, "answer"), ("answer", label), _answer_shape(builder.question)
    )


def _answer_shape(question: str) -> Shape:
    return ANSWERS.get(question, ())


def _readings(builder: FormBuilder, rule: Mapping[str, Any], path: JsonPath) -> list[FieldGroup]:
    here = (*path, "readings")
    offer = CardOffer(ADD_ENTRY, "加一种别的读法", here)
    readings = rule.get("readings", [])
    if not isinstance(readings, list):
        builder.unshown.append(here)
        readings = []
    groups = tuple(_reading(builder, one, (*here, at)) for at, one in enumerate(readings))
    return [FieldGroup(here, "readings", "别的读法", groups=groups, offers=(offer,))]


def _reading(builder: FormBuilder, reading: Json, path: JsonPath) -> FieldGroup:
    if not isinstance(reading, dict):
        builder.unshown.append(path)
        return FieldGroup(path, "reading", "")
    known = {"when", "answer", *(part.key for part in READING)}
    builder.unshown += [(*path, key) for key in reading if key not in known]
    own = builder.parts(reading, path, ("reading", "另一种读法"), READING)
    inner = []
    if "when" in reading:
        inner.append(builder.condition(reading["when"], (*path, "when"), "那样成立的条件"))
    if "answer" in reading:
        shape = _answer_shape(builder.question)
        head = ("answer", "那样的答案")
        inner.append(builder.group(reading["answer"], (*path, "answer"), head, shape))
    offers = [*own.offers]
    if "when" not in reading:
        offers.append(CardOffer(ADD_ENTRY, "换一个条件", (*path, "when")))
    if "answer" not in reading:
        offers.append(CardOffer(ADD_ENTRY, "换一个答案", (*path, "answer")))
    return FieldGroup(
        path, "reading", own.title, own.fields, tuple(inner), tuple(offers), removable=True
    )


def rule_title(names: FormNames, rule: Mapping[str, Any]) -> str:
    """Summarise a rule in one line: its subject, answer, and for whom or when."""
    question = str(rule.get("question"))
    label = QUESTION[question].label if question in QUESTION else question
    if question == "remark":
        sentence = str(rule.get("applies", label))
        return label if is_unfilled(sentence) else sentence
    try:
        answer = _answers(question).validate_python(rule.get("answer"))
        words = answer_words(answer, first_year(names))
    except (ValidationError, TypeError, ValueError, KeyError):
        return label + _whom(names, rule)
    if question == "window":
        return words
    if who := _who(names, rule):
        return f"{who}：{words}"
    about = words if label in words else f"{label}：{words}"
    return about + _whom(names, rule)


def _whom(names: FormNames, rule: Mapping[str, Any]) -> str:
    """Describe in brackets when a rule holds; empty if it always does."""
    when = rule.get("when")
    words = "" if when is None else said_without_case(said_condition(names, when))
    if len(words) > _LONGEST_CONDITION:
        first = words[:_LONGEST_CONDITION].rpartition("，")[0] or words[:_LONGEST_CONDITION]
        words = f"{first}…"
    if words.count("（") != words.count("）"):
        words = words.replace("（", "").replace("）", "")
    return f"（{words}）" if words else ""


def _who(names: FormNames, rule: Mapping[str, Any]) -> str:
    """Describe for whom a rule is, by its grounds."""
    grounds = rule.get("grounds")
    labels = {one.value: one.label for one in names.choices("grounds")}
    named = [labels.get(str(one), str(one)) for one in grounds] if isinstance(grounds, list) else []
    return "、".join(named)


@cache
def _answers(question: str) -> TypeAdapter[Any]:
    """Return the reader of a question's answers."""
    rule = getattr(questions, questions.QUESTION[question].rule_name)
    answer: Any = rule.model_fields["answer"].annotation
    return TypeAdapter(answer)
