"""What is said of days since format 2: not taken before it, and proven."""

import pytest

from medcounter.rules.faults import BundleUnreadableError
from tests.day_samples import LATE, MAIN, asked, document, place
from tests.rule_samples import Json, read, rule, standard

LEFT = asked("left_on", "离开日期", "date", optional=True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("when", {"test": "elapsed", "since": ["graduated", "birth"], "within": {"days": 9}}),
        ("when", {"test": "elapsed", "since": "answers.retired"}),
        ("when", {"test": "event", "kind": "answers.retired"}),
        ("when", {"test": "paid", "to": "B:02-last"}),
        ("answer", {"anchor": "event", "event": "answers.retired"}),
        ("answer", {"anchor": "month-after-event", "event": "graduated"}),
        ("answer", {"anchor": "payment", "months_end": "same-day"}),
    ],
)
def test_none_of_it_is_taken_in_a_bundle_of_format_1(key: str, value: Json) -> None:
    anchor = {"anchor": "payment"}
    own = {**rule("own", "wait-start", anchor, exception_to=["wait-start"]), key: value}
    with pytest.raises(BundleUnreadableError) as refused:
        read({**document(MAIN, LATE, standard("400.00"), own), "format": 1})
    mine = [fault for fault in refused.value.faults if f".rules[3].{key}" in fault.path]
    assert "从格式 2 起才有" in mine[0].text


def test_a_date_among_the_questions_is_not_taken_in_format_1() -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        read({**document(MAIN, LATE, vocabulary={"answers": [LEFT]}), "format": 1})
    paths = {fault.path for fault in refused.value.faults}
    assert {"vocabulary.answers[0].kind", "vocabulary.answers[0].optional"} <= paths


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {
                "test": "elapsed",
                "since": ["graduated", "household-moved-in"],
                "within": {"days": 9},
            },
            {"test": "event", "kind": "household-moved-in"},
        ),
        (
            {"test": "event", "kind": "answers.left_on", "from": "B:06-01"},
            {"test": "paid", "to": "B:03-31"},
        ),
    ],
)
def test_rules_that_meet_on_an_event_or_a_day_to_come_are_found(one: Json, other: Json) -> None:
    both = (("one", one), ("other", other))
    own = [
        rule(
            name,
            "fixed-wait",
            {"length": 0},
            when=when,
            exception_to=["fixed-wait", "no-fixed-wait"],
        )
        for name, when in both
    ]
    with pytest.raises(BundleUnreadableError) as refused:
        place(*own, vocabulary={"answers": [LEFT]})
    assert "同时成立" in refused.value.faults[0].text


def test_a_question_that_may_be_left_open_is_proven_left_open() -> None:
    school = asked("school", "学校", "text", optional=True)
    choices = [{"value": "a", "label": "甲校"}, {"value": "b", "label": "乙校"}]
    of_a, of_b = ({"test": "answer", "code": "school", "is": one} for one in "ab")
    with pytest.raises(BundleUnreadableError) as refused:
        place(
            {**standard("400.00", when=of_a), "id": "a"},
            {**standard("500.00", when=of_b), "id": "b"},
            vocabulary={"answers": [school]},
            asks=[{"code": "school", "choices": choices}],
        )
    assert "没有规则成立" in refused.value.faults[0].text
