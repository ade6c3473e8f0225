"""Every shipped programme is shown wholly as a form, and the form loses nothing of it."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from medcounter.authoring.document.document_path import leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import FieldKind, PlaceForm
from medcounter.authoring.form.place_form import card_at, form_of
from medcounter.authoring.form.shapes import record_shapes, rule_shapes
from medcounter.authoring.form.shapes.condition_shapes import CONDITIONS, FORMULAS, START_DAY
from medcounter.authoring.form.shapes.form_shapes import Shape
from medcounter.json_path import JsonPath
from medcounter.rules import answers as answer_records
from medcounter.rules import bundle as bundle_records
from medcounter.rules import questions, vocabulary
from medcounter.rules.conditions import Condition
from medcounter.rules.fees import fee_answers, formulas
from medcounter.rules.rule import RuleBase
from medcounter.rules.values import Record
from tools.build_bundle import ROOT

SHIPPED = json.loads((ROOT / "resources" / "bundle.json").read_bytes())
PLACES = sorted(
    path
    for folder in ("resources/bundles", "docs/examples/yunxi")
    for path in (ROOT / folder).glob("*.json")
    if path.name != "bundle.json"
)


@cache
def opened(name: str) -> PlaceDocument:
    path = next(one for one in PLACES if one.name == f"{name}.json")
    return PlaceDocument.opened(path.read_bytes())


@cache
def form(name: str) -> PlaceForm:
    return form_of(opened(name), SHIPPED)


def test_no_card_of_any_shipped_place_is_left_raw() -> None:
    raw = [
        (path.name, card.rule_id) for path in PLACES for card in form(path.stem).cards if card.raw
    ]
    assert len(PLACES) > 130
    assert raw == []


def test_opening_and_saving_a_shipped_file_leaves_it_byte_for_byte() -> None:
    other = [path.name for path in PLACES if opened(path.stem).written() != path.read_bytes()]
    assert other == []


def test_every_scalar_of_every_shipped_file_is_reached_by_exactly_one_field() -> None:
    faults = []
    for path in PLACES:
        places = Counter(
            place for field in form(path.stem).fields for place in (field.path, *field.follows)
        )
        faults += [(path.name, place) for place, times in places.items() if times > 1]
        for leaf, value in leaves(dict(opened(path.stem).content)).items():
            reached = [leaf[:end] for end in range(1, len(leaf) + 1) if leaf[:end] in places]
            if len(reached) != 1 and value not in ([], {}):
                faults.append((path.name, leaf))
    assert faults == []


def test_a_field_shows_what_stands_at_its_path() -> None:
    document = opened("wuxi-2026")
    told = [field for field in form("wuxi-2026").fields if document.has(field.path)]
    assert len(told) > 300
    assert [one.path for one in told if document.at(one.path) != one.value] == []


def test_one_card_is_built_alone_as_it_is_in_the_whole_form() -> None:
    document = opened("guangxi-2025")
    for card in form("guangxi-2025").cards:
        assert card_at(document, card.path, SHIPPED) == card


def test_a_day_of_a_period_is_one_field_though_the_file_says_it_twice() -> None:
    when: JsonPath = ("programmes", 0, "rules", 0, "when", "from")
    field = form("guangxi-2025").field_at(when)
    assert field is not None
    assert (field.kind, field.text) == (FieldKind.YEAR_DAY, "2024-09-01")
    assert field.follows == (("programmes", 0, "rules", 0, "answer", "from"),)
    assert form("guangxi-2025").field_at(field.follows[0]) is None


def test_a_card_reads_as_the_notice_does() -> None:
    cards = {card.rule_id: card for card in form("wuxi-2026").cards}
    assert cards["standard"].title == "缴费标准：2026 年度个人缴费 ¥780.00；长期护理保险 ¥30.00"
    assert cards["standard-student"].title == "缴费标准：¥290.00（属于大学生）"
    assert cards["fixed-wait-whole-months"].title.startswith("固定等待期：2 个整月")
    assert cards["newborn-90-days"].title == "新生儿：免固定等待期和变动等待期，出生日起享受待遇"
    shown = {field.label: field.text for field in cards["standard-elderly"].fields}
    assert shown["哪天的周岁"] == "当年1月1日"
    assert shown["确定程度"] == "推定"
    subsidy = {field.label: field.text for field in cards["subsidy"].fields}
    assert subsidy["金额"] == "来源没有写"


def test_a_day_from_which_is_counted_is_a_birth_an_event_or_an_answer_that_is_a_date() -> None:
    base = {"vocabulary": {"answers": [{"code": "moved", "label": "搬来的日子", "kind": "date"}]}}
    names = FormNames(opened("guangxi-2025"), base)
    labels = {one.label for one in names.choices("since")}
    assert {"出生", "退出现役", "上一年度的缴费日期", "搬来的日子"} <= labels
    assert labels.isdisjoint({"是否退休人员", "缴费档次", "中断的月数"})


def test_the_years_without_a_wait_say_what_belongs_there() -> None:
    hints = {
        field.label: field.hint
        for card in form("wuxi-2026").cards
        for field in card.fields
        if field.label == "头几年不加"
    }
    assert hints == {"头几年不加": "从断保第一年起就加写 0"}


def test_the_sections_stand_in_the_order_of_a_notice() -> None:
    titles = {
        section.key: [card.rule_id for card in section.cards if not card.inherited_from]
        for section in form("guangxi-2025").sections
    }
    assert list(titles)[:9] == [
        "place",
        "sources",
        "periods",
        "fees",
        "aid",
        "wait",
        "repair",
        "newborn",
        "exempt",
    ]
    assert titles["periods"] == ["main", "late", "late-full-cost"]
    assert titles["newborn"] == ["newborn-3-months", "newborn-later"]


def test_what_no_field_can_show_makes_the_card_raw_and_stays() -> None:
    document = opened("guangxi-2025").replaced(
        ("programmes", 0, "rules", 4, "answer", "hand-written"), {"a": 1}
    )
    cards = {card.rule_id: card for card in form_of(document).cards}
    assert cards["subsidy"].raw
    assert not cards["standard"].raw
    assert b"hand-written" in document.written()


@pytest.mark.parametrize("broken", [None, 7, "text", [], [{}], {"test": "no-such"}, {"of": 1}])
def test_a_form_is_shown_of_any_half_written_rule(broken: object) -> None:
    at: JsonPath = ("programmes", 0, "rules", 5)
    for key in ("when", "answer", "readings", "grounds", "question", "id", "source"):
        form = form_of(opened("guangxi-2025").replaced((*at, key), broken), SHIPPED)
        assert any(card.path == at for card in form.cards), key


def test_a_place_without_a_base_is_shown_with_its_own_names_alone() -> None:
    assert not [card for card in form_of(opened("wuxi-2026")).cards if card.raw]


def keys(shape: Shape) -> set[str]:
    return {part.key for part in shape}


def names_of(record: type[Record]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


RECORDS: dict[type[Record], Shape] = {
    bundle_records.RegionName: record_shapes.REGION,
    bundle_records.Source: record_shapes.SOURCE,
    bundle_records.SourceFile: record_shapes.RECORDS["source-file"],
    bundle_records.AskedAnswer: record_shapes.ASKED,
    bundle_records.Drop: record_shapes.DROP,
    bundle_records.AdviceEntry: record_shapes.ADVICE,
    bundle_records.Conflict: record_shapes.CONFLICT,
    bundle_records.Accepted: record_shapes.ACCEPTED,
    bundle_records.Example: record_shapes.EXAMPLE,
    vocabulary.Term: record_shapes.TERM,
    vocabulary.AnswerTerm: record_shapes.ANSWER_TERM,
    answer_records.StartDay: rule_shapes.SHAPES[START_DAY],
    answer_records.RateStep: rule_shapes.SHAPES["rate-step"],
    fee_answers.Item: rule_shapes.SHAPES["item"],
    fee_answers.PartConcession: rule_shapes.SHAPES["part"],
    fee_answers.YearsAnswered: rule_shapes.SHAPES["years-answered"],
    formulas.MonthsLeft: rule_shapes.SHAPES["months-left"],
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_every_key_of_a_record_has_its_field(record: type[Record]) -> None:
    assert keys(RECORDS[record]) == names_of(record)


def test_every_key_of_a_rule_and_of_every_answer_has_its_field() -> None:
    own = (
        rule_shapes.RULE_GROUNDS,
        *rule_shapes.RULE_SOURCE,
        *rule_shapes.RULE_SENTENCES,
        *rule_shapes.RULE_LINKS,
    )
    assert keys(own) == names_of(RuleBase) - {"when"} | {"question"}
    for code in questions.QUESTION:
        name = "".join(word.capitalize() for word in code.split("-")) + "Rule"
        answer: Any = getattr(questions, name).model_fields["answer"].annotation
        assert keys(rule_shapes.ANSWERS[code]) == names_of(answer), code


def test_every_key_of_every_condition_and_formula_has_its_field() -> None:
    kinds: Any = Condition
    records = [*kinds.__args__[0].__args__, formulas.Rated, formulas.Monthly]
    records += [formulas.Counted, formulas.LateFee]
    for record in records:
        name = "test" if "test" in record.model_fields else "kind"
        variants = CONDITIONS if name == "test" else FORMULAS
        which = record.model_fields[name].annotation.__args__[0]
        assert keys(variants.shapes[which]) | {name} == names_of(record), which


def test_a_code_that_an_example_expects_is_chosen_by_its_words() -> None:
    cards = {card.rule_id: card for card in form("wuxi-2026").cards}
    shown = {one.path[-1]: one for one in cards["wx26-first-day"].fields}
    kind = shown["window.kind"]
    assert (kind.kind, kind.text) == (FieldKind.CHOICE, "集中征缴期")
    assert [one.value for one in kind.choices] == ["main", "extended", "late", "closed"]
    assert (shown["wait"].text, shown["fee.total"].kind) == ("没有", FieldKind.AMOUNT)


def test_the_sources_of_the_draft_are_offered_first_then_those_above_it_then_others() -> None:
    document = opened("wuxi-2026")
    own = [one["id"] for one in document.content["sources"]]
    above = {
        rule["source"]
        for programme in SHIPPED["programmes"]
        if programme["region"] in {"000000", "320000"} and programme["scheme"] == "resident"
        if programme["benefit_years"]["from"] <= 2026 <= programme["benefit_years"]["to"]
        for rule in programme["rules"]
    } - {*own}
    offered = [one.value for one in FormNames(document, SHIPPED).choices("sources")]
    assert offered[: len(own)] == own
    assert set(offered[len(own) : len(own) + len(above)]) == above
    assert len(offered) > len(own) + len(above)
