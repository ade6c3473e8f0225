"""What is said of days since format 2: not taken before it, and proven."""

import pytest

from medcounter.assess import Assessment, Facts, assess, read_facts
from medcounter.rules.conditions import hangs_on
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.condition_samples import written
from tests.support.rules.day_samples import (
    IN_LATE,
    LATE,
    MAIN,
    all_of,
    answer,
    any_of,
    asked,
    document,
    not_,
    paying,
    place,
)
from tests.support.rules.rule_samples import Json, read, rule, standard

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


MOVED: Json = {"test": "elapsed", "since": "household-moved-in", "within": {"days": 90}}
RETURNED: Json = {"test": "elapsed", "since": "returned-from-abroad", "within": {"days": 90}}
STUDENT: Json = {"test": "identity", "any_of": ["student"]}
LATER: Json = {"test": "event", "kind": "returned-from-abroad", "from": "B:01-01"}
BORN: Json = {"test": "born", "from": "2026-01-01"}
OTHERS = frozenset({"returned-from-abroad", "student"})


@pytest.mark.parametrize(
    ("when", "name", "expected"),
    [
        (MOVED, "household-moved-in", True),
        (RETURNED, "household-moved-in", True),
        (STUDENT, "household-moved-in", False),
        (LATER, "household-moved-in", False),
        (LATER, "returned-from-abroad", True),
        (all_of(STUDENT, MOVED), "household-moved-in", True),
        (any_of(STUDENT, MOVED), "household-moved-in", True),
        (any_of(RETURNED, MOVED), "household-moved-in", True),
        (any_of(LATER, MOVED), "household-moved-in", True),
        (any_of(all_of(BORN, LATER), MOVED), "household-moved-in", True),
        (any_of(any_of(STUDENT, LATER), MOVED), "household-moved-in", True),
        (any_of(any_of(STUDENT, BORN), MOVED), "household-moved-in", False),
        (any_of(BORN, MOVED), "household-moved-in", False),
        (all_of(BORN, STUDENT), "birth", True),
        (not_(MOVED), "household-moved-in", False),
    ],
)
def test_a_condition_hangs_on_a_day_where_nothing_else_makes_it_hold(
    when: Json, name: str, *, expected: bool
) -> None:
    """The other grounds, returned-from-abroad and student, are taken not to be there."""
    assert hangs_on(written(when), name, OTHERS) is expected


def test_a_dated_answer_that_must_be_given_is_asked_where_its_day_decides() -> None:
    left = asked("left_on", "离开日期", "date")
    own = rule(
        "own",
        "fixed-wait",
        {"length": 0},
        when=all_of(IN_LATE, {"test": "event", "kind": "answers.left_on", "from": "B:01-01"}),
        exception_to=["fixed-wait", "no-fixed-wait"],
    )
    book = place(own, vocabulary={"answers": [left]})
    known = read_facts(paying("2026-03-05", 2026), book)
    assert isinstance(known, Facts)
    refused = assess(known, book)
    assert not isinstance(refused, Assessment)
    assert [one.field for one in refused] == ["answers.left_on"]
    for day, waits in (("2026-01-01", False), ("2025-12-31", True), ("2026-12-31", False)):
        given = paying("2026-03-05", 2026, answers={"left_on": day})
        assert (answer(given, book).wait is not None) is waits
