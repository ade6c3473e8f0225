"""What is typed in a field changes the document there, and whatever follows from it."""

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import NoSuchFieldError, field_at, removed, typed
from medcounter.authoring.form.derive.derived_grade import derived_grade
from medcounter.authoring.form.form_records import FieldKind, FormField
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.form.reading.refusals import AmountNotReadError, FieldRefusedError
from medcounter.bundle.overlay import laid_over, narrowed
from medcounter.json_path import JsonPath
from medcounter.rules.load import read_what_can
from medcounter.strict_json import canonical
from tools.build_bundle import ROOT

WHOLE = json.loads((ROOT / "resources" / "bundle.json").read_bytes())


@cache
def over(name: str) -> dict[str, object]:
    own = opened(name).own
    return narrowed(WHOLE, own["region"], own["scheme"])


@cache
def opened(name: str) -> PlaceDocument:
    return PlaceDocument.opened((ROOT / "resources" / "bundles" / f"{name}.json").read_bytes())


def rule(document: PlaceDocument, rule_id: str) -> dict[str, object]:
    return dict(next(one for one in document.own["rules"] if one["id"] == rule_id))


def at(document: PlaceDocument, rule_id: str, *steps: str | int) -> JsonPath:
    number = [one["id"] for one in document.own["rules"]].index(rule_id)
    return ("programmes", 0, "rules", number, *steps)


def test_one_date_typed_once_is_the_condition_and_the_answer() -> None:
    document = opened("guangxi-2025")
    changed = typed(
        document, at(document, "main", "when", "to"), "１月３１日", over("guangxi-2025")
    )
    main = rule(changed, "main")
    assert main["when"] == {"test": "paid", "from": "2024-09-01", "to": "2025-01-31"}
    assert main["answer"] == {
        "kind": "main",
        "from": "2024-09-01",
        "to": "2025-01-31",
        "label": "集中征缴期",
    }


def test_what_was_written_by_hand_stays_when_a_figure_changes() -> None:
    document = opened("guangxi-2025")
    path = at(document, "subsidy", "answer", "amount")
    changed = typed(document, path, "700 元", over("guangxi-2025"))
    assert rule(changed, "subsidy")["answer"] == {"amount": "700.00"}
    assert rule(changed, "subsidy")["applies"] == rule(document, "subsidy")["applies"]
    assert typed(changed, path, "670", over("guangxi-2025")).written() == document.written()


def test_an_amount_that_no_source_gives_is_unsettled_until_it_is_given() -> None:
    document = opened("guangxi-2025")
    path = at(document, "subsidy", "answer", "amount")
    unstated = typed(document, path, "来源没有写", over("guangxi-2025"))
    told = rule(unstated, "subsidy")
    assert told["answer"] == {"amount": None}
    assert (told["status"], told["doubt"]) == ("unsettled", "来源没有写财政补助的金额。")
    assert typed(unstated, path, "670", over("guangxi-2025")).written() == document.written()


def test_a_rule_with_a_doubt_is_not_confirmed_and_without_one_is() -> None:
    document = opened("guangxi-2025")
    doubted = typed(
        document, at(document, "late", "doubt"), "报道没有写最后一天。", over("guangxi-2025")
    )
    assert rule(doubted, "late")["status"] == "assumed"
    sure = typed(doubted, at(document, "late", "doubt"), "", over("guangxi-2025"))
    assert sure.written() == document.written()
    again = typed(doubted, at(document, "late", "status"), "已确认", over("guangxi-2025"))
    assert again.written() == document.written()


def test_a_page_of_grade_c_alone_confirms_nothing() -> None:
    document = opened("guangxi-2025")
    changed = typed(
        document, at(document, "late", "source"), "full-cost-notices", over("guangxi-2025")
    )
    assert rule(changed, "late")["status"] == "confirmed"
    weak = typed(changed, at(document, "late", "source"), "fuzhou-2025-page", over("guangxi-2025"))
    assert rule(weak, "late")["status"] == "assumed"


def test_the_publisher_of_a_source_says_its_grade_and_its_grade_how_sure_its_rules_are() -> None:
    document = opened("guangxi-2025")
    base = over("guangxi-2025")
    source = next(
        at for at, one in enumerate(document.content["sources"]) if one["id"] == "nanning-2024-09"
    )
    page = typed(document, ("sources", source, "publisher"), "某某网络聚合页面", base)
    assert page.at(("sources", source, "grade")) == "C"
    assert rule(page, "late")["status"] == "assumed"
    assert rule(page, "main")["status"] == "confirmed"
    back = typed(page, ("sources", source, "publisher"), "南宁日报（据医保部门）", base)
    assert back.written() == document.written()


@pytest.mark.parametrize(
    ("publisher", "grade"),
    [
        ("无锡市医疗保障局等", "A"),
        ("国务院办公厅", "A"),
        ("国家税务总局某市税务局", "A"),
        ("呼和浩特日报（注明来自市医疗保障局）", "B"),
        ("某市电视台", "B"),
        ("网络聚合页面", "C"),
        ("某人", "C"),
        ("〔发布单位〕", "A"),
    ],
)
def test_a_grade_follows_from_the_publisher(publisher: str, grade: str) -> None:
    assert derived_grade(publisher) == grade


def test_one_form_of_aid_takes_the_place_of_another() -> None:
    document = opened("taian-2026")
    aided = next(
        one["id"]
        for one in document.own["rules"]
        if one["question"] == "concession" and "aid" in one["answer"]
    )
    changed = typed(document, at(document, aided, "answer", "pays"), "0", over("taian-2026"))
    assert rule(changed, aided)["answer"] == {"pays": "0.00"}


def test_a_first_day_on_a_written_day_asks_for_that_day_and_others_do_not() -> None:
    document = opened("guangxi-2025")
    path = at(document, "newborn-later", "answer", "cover", "anchor")
    dated = typed(document, path, "写明的一天", over("guangxi-2025"))
    assert dated.at(path[:-1]) == {"anchor": "date", "date": "B:01-01"}
    assert typed(dated, path, "缴费次日", over("guangxi-2025")).at(path[:-1]) == {
        "anchor": "day-after-payment"
    }


def test_another_kind_of_condition_brings_its_own_fields() -> None:
    document = opened("guangxi-2025")
    path = at(document, "newborn-3-months", "when", "test")
    assert typed(document, path, "不是下面这样", over("guangxi-2025")).at(path[:-1]) == {
        "test": "not",
        "of": {"test": "elapsed", "since": "birth", "within": {"months": 3}},
    }
    assert typed(document, path, "连续断保年数", over("guangxi-2025")).at(path[:-1]) == {
        "test": "lapsed",
        "from": 1,
    }


def test_a_condition_that_loses_a_part_is_written_as_what_is_left() -> None:
    document = opened("guangxi-2025")
    path = at(document, "newborn-later", "when")
    assert removed(document, (*path, "of", 0), over("guangxi-2025")).at(path) == {
        "test": "elapsed",
        "since": "birth",
        "more_than": {"months": 3},
    }
    denied = at(document, "standard-full-cost", "when")
    left = removed(document, (*denied, "of", 1, "of"), over("guangxi-2025"))
    assert left.at(denied) == {"test": "window", "rules": ["late-full-cost"]}


def test_what_cannot_be_read_changes_nothing_and_is_kept() -> None:
    document = opened("guangxi-2025")
    with pytest.raises(AmountNotReadError) as caught:
        typed(
            document, at(document, "subsidy", "answer", "amount"), "六百七十", over("guangxi-2025")
        )
    assert caught.value.typed == "六百七十"


@pytest.mark.parametrize("path", [("programmes", 0, "rules", 99, "id"), ("regions", 0), ("no",)])
def test_a_field_that_the_form_does_not_have_is_refused(path: JsonPath) -> None:
    with pytest.raises(NoSuchFieldError):
        typed(opened("guangxi-2025"), path, "1", over("guangxi-2025"))


def test_a_field_that_is_not_shown_yet_can_be_typed_in() -> None:
    document = opened("guangxi-2025")
    path = at(document, "late", "concerns")
    assert field_at(document, path, over("guangxi-2025")).value is None
    changed = typed(document, path, "时段止", over("guangxi-2025"))
    assert rule(changed, "late")["concerns"] == ["window.to"]


PLAIN_KINDS = frozenset(FieldKind) - {FieldKind.CODE, FieldKind.CHOICE, FieldKind.CHOICES}
SAMPLES = {
    FieldKind.AMOUNT: st.integers(0, 9999).map(lambda yuan: f"{yuan}.50 元"),
    FieldKind.YEAR_DAY: st.dates().map(lambda day: f"{day.month}月{min(day.day, 28)}日"),
    FieldKind.NUMBER: st.integers(1, 9).map(lambda number: f"{number}"),
    FieldKind.RATE: st.integers(1, 100).map(lambda rate: f"{rate}%"),
    FieldKind.SPAN: st.integers(1, 400).map(lambda days: f"{days} 天"),
    FieldKind.SENTENCE: st.sampled_from(["从 {cover_from} 起享受待遇。", "没有写明。"]),
}
PLACES = ("guangxi-2025", "wuxi-2026", "chengdu-2026", "liangshan-flexible-2026", "taian-2026")


@cache
def rule_fields(name: str) -> tuple[FormField, ...]:
    return tuple(
        field
        for card in form_of(opened(name), over(name)).cards
        if card.question
        for field in card.fields
        if field.kind in SAMPLES
    )


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_is_typed_the_document_can_still_be_read(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PLACES))
    document = opened(name)
    chosen = data.draw(st.sampled_from(rule_fields(name)))
    text = data.draw(SAMPLES[chosen.kind])
    try:
        changed = typed(document, chosen.path, text, over(name))
    except FieldRefusedError:
        return
    joined = canonical(laid_over(over(name), changed.content, {}))
    shape = [fault.text for fault in read_what_can(joined).faults if "应" in fault.text]
    assert read_what_can(joined).bundle is not None, shape


@pytest.mark.parametrize("name", PLACES)
def test_what_a_field_shows_can_be_typed_again_and_changes_nothing(name: str) -> None:
    document = opened(name)
    for card in form_of(document, over(name)).cards:
        for field in card.fields:
            if document.has(field.path) and field.text:
                again = typed(document, field.path, field.text, over(name))
                assert again.written() == document.written(), (card.rule_id, field)


def test_a_rule_is_not_offered_itself_to_go_before() -> None:
    document = opened("guangxi-2025")
    path = at(document, "late", "exception_to")
    offered = [one.value for one in field_at(document, path, over("guangxi-2025")).choices]
    assert "main" in offered
    assert "late" not in offered


def test_what_is_ticked_to_go_before_stays_ticked_though_nothing_of_the_kind_follows() -> None:
    document = opened("guangxi-2025")
    path = at(document, "late", "exception_to")
    ticked = typed(document, path, "main", over("guangxi-2025"))
    assert rule(ticked, "late")["exception_to"] == ["main"]
    later = typed(ticked, at(ticked, "subsidy", "answer", "amount"), "700", over("guangxi-2025"))
    assert rule(later, "late")["exception_to"] == ["main"]
