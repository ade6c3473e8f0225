"""A period's days are written once: in its condition."""

import json

import pytest

from medcounter.rules.checking.derived_days import payment_span
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.load import read_bundle
from medcounter.rules.questions import WindowRule
from tests.support.rules.rule_samples import Json, bundle_of, nation, programme, rule, standard

PAID = {"test": "paid", "from": "2025-11-30", "to": "2026-02-28"}
APRIL = {"test": "paid", "from": "2026-04-01", "to": "2026-04-30"}
NOT_LATE_IN_THE_MONTH = {"test": "not", "of": {"test": "day-of-month", "from": 26, "to": 31}}


def both(test: str, other: Json) -> Json:
    return {"test": test, "of": [PAID, other]}


def main_window(answer: Json, when: Json = PAID, **more: object) -> Json:
    stated = {"kind": "main", "label": "集中征缴期", **answer}
    return rule("main", "window", stated, when=when, exception_to=["closed"], **more)


def document(main: Json, bundle_format: int = 2) -> Json:
    whole = bundle_of(nation(), programme([main, standard("400.00")]))
    return whole | {"format": bundle_format}


def period(main: Json, bundle_format: int = 2) -> tuple[object, object]:
    bundle = read_bundle(json.dumps(document(main, bundle_format)).encode())
    found = bundle.programmes[1].rules[0]
    assert isinstance(found, WindowRule)
    return found.answer.start, found.answer.end


def test_days_left_out_are_those_of_the_condition() -> None:
    assert period(main_window({})) == ("2025-11-30", "2026-02-28")


def test_closed_days_of_the_month_are_no_end_of_the_period() -> None:
    both = {"test": "all", "of": [PAID, NOT_LATE_IN_THE_MONTH]}
    assert period(main_window({}, both)) == ("2025-11-30", "2026-02-28")


def test_a_period_that_begins_with_an_event_names_no_day() -> None:
    moved = {"test": "event", "kind": "household-moved-in"}
    assert period(main_window({}, moved)) == (None, None)


def test_what_is_in_force_in_format_1_is_not_filled_in() -> None:
    assert period(main_window({}), 1) == (None, None)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ({"from": "2025-11-30", "to": "2026-01-31"}, "to"),
        ({"from": "2025-12-01", "to": "2026-02-28"}, "from"),
    ],
)
def test_days_that_differ_from_the_condition_are_refused(answer: Json, key: str) -> None:
    """Found in a trial: a payment on 02-15 was told to lie within 11-30 to 01-31."""
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(json.dumps(document(main_window(answer))).encode())
    (fault,) = refusal.value.faults
    assert fault.path == f"programmes[1].rules[0].answer.{key}"
    assert answer[key] in fault.text
    assert "两处不一致" in fault.text
    assert period(main_window(answer), 1) == (answer["from"], answer["to"])


def test_the_same_day_written_in_two_ways_does_not_differ() -> None:
    relative = {"from": "B-1:11-30", "to": "B:02-28"}
    assert period(main_window(relative)) == ("B-1:11-30", "B:02-28")


def test_another_reading_takes_its_days_from_its_own_condition() -> None:
    longer = {"test": "paid", "from": "2025-11-30", "to": "2026-03-31"}
    reading = {"answer": {"kind": "main", "label": "集中征缴期"}, "when": longer, "text": "延长"}
    main = main_window({}, status="assumed", doubt="公告没有写完。", readings=[reading])
    bundle = read_bundle(json.dumps(document(main)).encode())
    found = bundle.programmes[1].rules[0]
    assert isinstance(found, WindowRule)
    assert found.answer_in(1).end == "2026-03-31"


def test_a_reading_that_differs_from_its_condition_is_refused_too() -> None:
    answer = {"kind": "main", "label": "缴费期", "from": "2025-11-30", "to": "2026-03-31"}
    main = main_window(
        {}, status="assumed", doubt="两说。", readings=[{"answer": answer, "text": "另"}]
    )
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(json.dumps(document(main)).encode())
    assert refusal.value.faults[0].path == "programmes[1].rules[0].readings[0].answer.to"


def test_a_reading_that_does_not_stand_has_no_days_to_compare() -> None:
    reading = {"stands": False, "text": "本条不成立"}
    main = main_window({}, status="assumed", doubt="两说。", readings=[reading])
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(json.dumps(document(main | {"source": "nowhere"})).encode())
    assert len(refusal.value.faults) == 1


@pytest.mark.parametrize(
    ("when", "span"),
    [
        (None, (None, None)),
        ("often", (None, None)),
        ({"test": "paid", "to": "B:12-31"}, (None, "B:12-31")),
        ({"test": "paid", "from": 20260101, "to": "2026-02-30"}, (None, None)),
        (both("all", {"test": "paid", "from": "2026-01-01"}), ("2026-01-01", "2026-02-28")),
        (both("any", APRIL), ("2025-11-30", "2026-04-30")),
        (both("any", {"test": "lapsed", "from": 1}), (None, None)),
        (both("any", {"test": "paid", "from": "2026-04-01"}), ("2025-11-30", None)),
    ],
)
def test_the_days_that_a_condition_allows(when: object, span: tuple[object, object]) -> None:
    assert payment_span(when) == span


@pytest.mark.parametrize(
    "broken",
    [
        {"programmes": {}},
        {"programmes": [1]},
        {"programmes": [{"rules": 1}]},
        {"programmes": [{"rules": [1, {"question": "window", "answer": 1, "readings": [1]}]}]},
        {"programmes": [{"rules": [{"question": "window", "readings": 1}]}]},
    ],
)
def test_what_has_not_the_shape_of_a_bundle_is_refused_as_ever(broken: Json) -> None:
    with pytest.raises(BundleUnreadableError):
        read_bundle(json.dumps(document(main_window({})) | broken).encode())
