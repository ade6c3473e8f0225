"""What the notices say of events, elected options and dated answers."""

from functools import cache

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess, read_facts
from medcounter.assess.contract import assessment_json
from medcounter.assess.replay import replay
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.day_samples import (
    IN_LATE,
    IN_MAIN,
    LATE,
    MAIN,
    all_of,
    answer,
    any_of,
    asked,
    cover,
    document,
    events,
    nanchang,
    paying,
    place,
    said,
    wait,
)
from tests.support.rules.rule_samples import Json, read, rule, standard

SIX = (
    "military-discharge",
    "household-moved-in",
    "returned-from-abroad",
    "released-from-prison",
    "graduated",
    "employee-insurance-ended",
)
NINETY: Json = {"within": {"days": 90}, "day_one": 1}
EACH = any_of(*({"test": "elapsed", "since": kind, **NINETY} for kind in SIX))
ONE_LIMIT: Json = {"test": "elapsed", "since": list(SIX), **NINETY}
FROM_EVENT: Json = {"waives": ["fixed", "variable"], "cover": {"anchor": "event"}}


@pytest.mark.parametrize("limit", [EACH, ONE_LIMIT])
@pytest.mark.parametrize(
    ("happened", "covered"),
    [
        (events(military_discharge="2026-02-01", household_moved_in="2026-08-10"), "2026-08-10"),
        (events(household_moved_in="2026-02-01", military_discharge="2026-08-10"), "2026-08-10"),
        (events(graduated="2026-07-01", household_moved_in="2026-08-10"), "2026-07-01"),
        (events(military_discharge="2026-02-01"), "2026-11-20"),
        # 23 May is day 1 and 20 August day 90.
        (events(graduated="2026-05-23", returned_from_abroad="2026-05-22"), "2026-05-23"),
    ],
)
def test_of_several_events_under_one_limit_each_lends_only_its_own_day(
    limit: Json, happened: list[Json], covered: str
) -> None:
    spared = rule(
        "spared",
        "exemption",
        FROM_EVENT,
        grounds=list(SIX),
        when=limit,
        applies="该情形发生在 {event_date}，从 {cover_from} 起享受待遇。",
    )
    shown = answer(paying("2026-08-20", 2026, events=happened), place(spared))
    assert shown.coverage is not None
    assert str(shown.coverage.start) == covered
    told = [step.text for step in shown.steps if step.question == "exemption"]
    waits = covered == "2026-11-20"
    assert told == ([] if waits else [f"该情形发生在 {covered}，从 {covered} 起享受待遇。"])


def test_the_event_that_spared_is_the_one_that_is_named() -> None:
    spared = rule("spared", "exemption", FROM_EVENT, grounds=list(SIX), when=EACH)
    happened = events(military_discharge="2026-02-01", household_moved_in="2026-08-10")
    shown = answer(paying("2026-08-20", 2026, events=happened), place(spared))
    assert shown.exemption == "household-moved-in"


@pytest.mark.parametrize(
    ("grounds", "when", "cover_from"),
    [
        (
            ["graduated"],
            any_of(
                {"test": "elapsed", "since": "graduated", **NINETY},
                {"test": "identity", "any_of": ["student"]},
            ),
            {"anchor": "event"},
        ),
        (
            ["newborn", "low-income"],
            any_of(
                {"test": "elapsed", "since": "birth", **NINETY},
                {"test": "identity", "any_of": ["low-income"]},
            ),
            {"anchor": "birth"},
        ),
        (
            ["low-income"],
            any_of(
                {"test": "elapsed", "since": "aid-recognised", **NINETY},
                {"test": "elapsed", "since": "household-moved-in", **NINETY},
            ),
            {"anchor": "event", "event": "aid-recognised"},
        ),
    ],
)
def test_a_day_that_another_condition_would_lend_its_limit_to_is_refused(
    grounds: list[str], when: Json, cover_from: Json
) -> None:
    given = {"waives": ["fixed"], "cover": cover_from}
    lent = rule("lent", "exemption", given, grounds=grounds, when=when)
    with pytest.raises(BundleUnreadableError) as refused:
        read(document(MAIN, LATE, standard("400.00"), lent))
    assert "会把过了期限的日子算进来" in refused.value.faults[0].text


SKIPS = asked("skips_last_year", "是否选择不补缴上一年度、直接参加本年度")


@pytest.mark.parametrize(
    ("skips", "ended", "lapsed", "first"),
    [
        (True, "2025-10-20", 0, "2026-01-01"),
        (False, "2025-10-20", 1, "2026-04-01"),
        (True, "2025-09-30", 1, "2026-04-01"),
    ],
)
def test_an_option_may_take_a_lapse_away(
    *, skips: bool, ended: str, lapsed: int, first: str
) -> None:
    """湖南 2026: who left employment after 1 October may join for 2026 alone."""
    may = all_of(
        {"test": "event", "kind": "employee-insurance-ended", "from": "B-1:10-01"},
        {"test": "elapsed", "since": "employee-insurance-ended", "within": {"months": 3}},
        said("skips_last_year"),
    )
    counted = {"from_year": 2025, "also_insured": [1]}
    book = place(
        rule("joins-next", "lapse", counted, when=may, exception_to=["lapse"]),
        vocabulary={"answers": [SKIPS]},
    )
    raw = paying(
        "2025-12-20",
        2026,
        insured_years=[2024],
        events=events(employee_insurance_ended=ended),
        answers={"skips_last_year": skips},
    )
    assert answer(raw, book).lapsed_years == lapsed
    covered = cover(raw, book)
    assert covered is not None
    assert covered[0] == first


@cache
def fuxin() -> RuleBook:
    """阜新: a year paid so late that its wait crosses into the next goes on there."""
    late_last = {
        "test": "event",
        "kind": "answers.previous_year_paid_on",
        "from": "B-1:10-01",
        "to": "B-1:12-31",
    }
    in_main = all_of(IN_MAIN, late_last)
    paid_last = {"test": "event", "kind": "answers.previous_year_paid_on"}
    since = {"anchor": "event", "event": "answers.previous_year_paid_on"}
    counted = {"from_year": 2025, "also_insured": [1]}
    lost = {"carries": True, "counts_as_lapsed": True}
    return place(
        rule(
            "wait-goes-on",
            "fixed-wait",
            {"length": 3},
            when=in_main,
            exception_to=["fixed-wait", "no-fixed-wait"],
        ),
        rule(
            "since-last-payment",
            "wait-start",
            since,
            when=in_main,
            exception_to=["wait-start", "wait-start-in-window"],
            applies="上一年度 {event_date} 缴费的等待期接着计算。",
        ),
        rule("paid-last", "lapse", counted, when=paid_last, exception_to=["lapse"]),
        rule("lost", "carry-over", lost, replaces="carry-over"),
        years=(2025, 2026),
    )


@pytest.mark.parametrize(
    ("raw", "span", "covered"),
    [
        (
            paying("2025-07-03", 2025),
            ("2025-07-03", "2025-10-02"),
            ("2025-10-03", "2025-12-31"),
        ),
        (
            paying("2025-11-20", 2026, answers={"previous_year_paid_on": "2025-07-03"}),
            None,
            ("2026-01-01", "2026-12-31"),
        ),
        (
            paying("2025-11-06", 2026, answers={"previous_year_paid_on": "2025-11-06"}),
            ("2025-11-06", "2026-02-05"),
            ("2026-02-06", "2026-12-31"),
        ),
        (
            paying(
                "2025-11-06",
                2026,
                insured_years=[2024],
                answers={"previous_year_paid_on": "2025-11-06"},
            ),
            ("2025-11-06", "2026-02-05"),
            ("2026-02-06", "2026-12-31"),
        ),
        (
            paying("2025-12-20", 2026, answers={"previous_year_paid_on": "2025-11-06"}),
            ("2025-11-06", "2026-02-05"),
            ("2026-02-06", "2026-12-31"),
        ),
        (
            paying("2025-12-03", 2026, insured_years=[2024]),
            ("2026-01-01", "2026-03-31"),
            ("2026-04-01", "2026-12-31"),
        ),
        (
            paying("2025-09-30", 2025),
            ("2025-09-30", "2025-12-29"),
            ("2025-12-30", "2025-12-31"),
        ),
        (paying("2025-10-01", 2025), ("2025-10-01", "2025-12-31"), None),
        (paying("2025-11-06", 2025), ("2025-11-06", "2026-02-05"), None),
    ],
)
def test_a_wait_may_go_on_from_the_payment_for_the_year_before(
    raw: Json, span: tuple[str, str] | None, covered: tuple[str, str] | None
) -> None:
    assert (wait(raw, fuxin()), cover(raw, fuxin())) == (span, covered)


def test_a_dated_answer_is_named_with_its_question() -> None:
    known = paying("2025-11-06", 2026, answers={"previous_year_paid_on": "2025-11-06"})
    steps = {step.question: step for step in answer(known, fuxin()).steps}
    assert steps["wait-start"].text == "上一年度 2025-11-06 缴费的等待期接着计算。"
    early_last = paying("2025-11-20", 2026, answers={"previous_year_paid_on": "2025-07-03"})
    rejected = {
        one.rule: one.text for step in answer(early_last, fuxin()).steps for one in step.rejected
    }
    assert (
        "“上一年度的缴费日期”为 2025-07-03，不在 2025-10-01 至 2025-12-31"
        in rejected["wait-goes-on"]
    )
    unsaid = {
        one.rule: one.text
        for step in answer(paying("2025-11-20", 2026), fuxin()).steps
        for one in step.rejected
    }
    assert "没有填写“上一年度的缴费日期”" in unsaid["wait-goes-on"]


@pytest.mark.parametrize(
    ("value", "code"),
    [("6.11.2025", "not-a-date"), ("2025-02-30", "not-a-date"), (5, "wrong-type")],
)
def test_a_dated_answer_that_is_no_date_is_refused(value: object, code: str) -> None:
    refused = read_facts(
        paying("2025-11-06", 2026, answers={"previous_year_paid_on": value}), fuxin()
    )
    assert not isinstance(refused, Facts)
    assert [(one.field, one.code) for one in refused] == [("answers.previous_year_paid_on", code)]


def test_a_dated_answer_is_replayed_as_it_was_given() -> None:
    known = paying("2025-11-06", 2026, answers={"previous_year_paid_on": "2025-11-06"})
    stored = assessment_json(answer(known, fuxin()))
    assert stored["facts"]["answers"] == {"previous_year_paid_on": "2025-11-06"}
    assert replay(stored, fuxin()).same


def test_a_dated_answer_that_must_be_given_is_asked_for() -> None:
    left = asked("left_job_on", "离职日期", "date")
    within = {"test": "elapsed", "since": "answers.left_job_on", "within": {"months": 3}}
    none = rule(
        "none",
        "fixed-wait",
        {"length": 0},
        when=all_of(IN_LATE, within),
        exception_to=["fixed-wait", "no-fixed-wait"],
    )
    book = place(none, vocabulary={"answers": [left]})
    known = read_facts(paying("2026-03-05", 2026), book)
    assert isinstance(known, Facts)
    refused = assess(known, book)
    assert not isinstance(refused, Assessment)
    assert [(one.field, one.code) for one in refused] == [("answers.left_job_on", "missing")]
    for day, waits in (("2025-12-05", False), ("2025-12-04", True)):
        given = paying("2026-03-05", 2026, answers={"left_job_on": day})
        assert (answer(given, book).wait is not None) is waits


def test_an_answer_that_may_be_left_open_is_asked_of_nobody() -> None:
    school = asked("school", "学校代码", "text", optional=True)
    early_wait = rule(
        "own",
        "fixed-wait",
        {"length": 1},
        exception_to=["fixed-wait", "no-fixed-wait"],
        when=all_of(IN_LATE, {"test": "answer", "code": "school", "is": "a"}),
    )
    book = place(early_wait, vocabulary={"answers": [school]})
    assert wait(paying("2026-03-05", 2026), book) == ("2026-03-05", "2026-06-04")
    given = paying("2026-03-05", 2026, answers={"school": "a"})
    assert wait(given, book) == ("2026-03-05", "2026-04-04")


def test_a_date_is_asked_as_a_day_and_not_as_a_value() -> None:
    when = {"test": "answer", "code": "previous_year_paid_on", "is": "2025-11-06"}
    own = rule("own", "fixed-wait", {"length": 0}, when=when, exception_to=["fixed-wait"])
    with pytest.raises(BundleUnreadableError) as refused:
        read(document(MAIN, LATE, standard("400.00"), own))
    assert "answers.previous_year_paid_on" in refused.value.faults[0].text


def test_a_question_that_may_be_left_open_has_no_default() -> None:
    both = asked("school", "学校", optional=True, default=True)
    with pytest.raises(BundleUnreadableError) as refused:
        read(document(MAIN, LATE, standard("400.00"), vocabulary={"answers": [both]}))
    assert "不写 default" in refused.value.faults[0].text


@pytest.mark.parametrize(
    ("left", "months"),
    [("2026-03-15", 9), ("2026-03-31", 9), ("2026-04-01", 8), ("2025-12-31", 12)],
)
def test_months_may_be_counted_from_the_month_after_a_dated_answer(left: str, months: int) -> None:
    shown = answer(paying("2026-05-05", 2026, answers={"left_job_on": left}), nanchang())
    assert shown.fee is not None
    assert shown.fee.total == months * 30000
