"""From checked rules to rules in force; boundary cases and replay of answers."""

import json
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, assess, read_facts
from medcounter.assess.contract import assessment_json, facts_json
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.activation import activate
from medcounter.assess.prove.boundaries import boundary_facts
from medcounter.assess.replay import ReplayImpossibleError, replay
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    PROVINCE,
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    good,
    good_book,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")


# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
def test_a_sound_bundle_is_opened_with_its_stamp() -> None:
    book = activate(read(good()), "ab" * 32, signed=False)
    assert (book.sha256, book.signed) == ("ab" * 32, False)
    assert book.bundle.id == "test-rules"


# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
def test_a_gap_refuses_the_bundle() -> None:
    document = good()
    document["programmes"][1]["rules"][4]["when"] = {"test": "lapsed", "from": 1}
    with pytest.raises(BundleUnreadableError, match="没有规则成立"):
        activate(read(document), "", signed=True)


def test_a_gap_after_any_number_of_lapsed_years_refuses_the_bundle() -> None:
    document = good()
    document["programmes"][1]["rules"][4]["when"] = {"test": "lapsed", "to": 8}
    with pytest.raises(BundleUnreadableError, match=r"没有规则成立.*断保 9 年"):
        activate(read(document), "", signed=True)


PLAIN = [MAIN, standard("400.00"), rule("subsidy", "subsidy", {"amount": "700.00"})]
ASKED_ALIKE = {"test": "identity", "any_of": ["orphan", "destitute", "student"]}
ASKED_APART = {"test": "identity", "any_of": ["student"]}


def test_two_rules_that_meet_for_one_identity_of_a_long_list_refuse_the_bundle() -> None:
    wait = {"length": 1, "unit": "month"}
    beaten = ["fixed-wait", "no-fixed-wait"]
    rules = [
        rule("many", "fixed-wait", wait, when=ASKED_ALIKE, exception_to=beaten),
        rule("one", "fixed-wait", wait, when=ASKED_APART, exception_to=beaten),
    ]
    document = bundle_of(nation(), programme([*PLAIN, *rules]))
    with pytest.raises(BundleUnreadableError, match=r"“many”与“one”同时成立.*人员类别 student"):
        activate(read(document), "", signed=True)


@pytest.mark.parametrize(
    "beats", [[], ["narrow"]], ids=["beside each other", "one displaces the other"]
)
def test_rules_of_one_ground_that_meet_in_another_reading_refuse_the_bundle(
    beats: list[str],
) -> None:
    """Source: the author's guide, a question of mode best has one rule a ground."""
    spared = {"waives": ["fixed"], "cover": {"anchor": "payment"}}
    early, late = (
        {"test": "paid", key: day} for key, day in (("to", "2025-10-31"), ("from", "2025-11-01"))
    )
    wide = {
        "status": "assumed",
        "doubt": "公告没有写到哪天为止。",
        "readings": [{"when": {"test": "paid", "to": "2025-11-30"}, "text": "到 11 月底"}],
    }
    rules = [
        rule(
            "wide", "exemption", spared, grounds=["student"], when=early, exception_to=beats, **wide
        ),
        rule("narrow", "exemption", spared, grounds=["student"], when=late),
    ]
    document = bundle_of(nation(), programme([*PLAIN, *rules]))
    if beats:
        activate(read(document), "", signed=True)
        return
    with pytest.raises(
        BundleUnreadableError, match=r"到 11 月底.*student 有“wide”与“narrow”同时成立"
    ):
        activate(read(document), "", signed=True)


def test_an_example_that_comes_out_otherwise_refuses_the_bundle() -> None:
    document = good()
    document["examples"][0]["expect"]["fee.total"] = "280.00"
    with pytest.raises(BundleUnreadableError, match=r"280\.00"):
        activate(read(document), "", signed=True)


def example(expect: Json, **more: Any) -> Json:  # noqa: ANN401 -- any key of an example
    asked = {"region": PROVINCE, "benefit_year": 2026, "payment_date": "2026-03-05"}
    return {
        "id": "own",
        "facts": asked,
        "expect": expect,
        "basis": "derived",
        "source": "order",
        **more,
    }


@pytest.mark.parametrize(
    "own",
    [
        example(
            {"fee.lines.0.amount": "300.00", "wait": None},
            facts={"region": PROVINCE, "benefit_year": 2026, "payment_date": "2025-11-10"},
        ),
        example({"remarks.0.code": "tell-wait"}, doubts=["wait.from"], settled=["fee", "window"]),
        example(
            {"error": "rules-not-covered", "error.field": "region"},
            facts={"region": "880000", "benefit_year": 2026, "payment_date": "2026-03-05"},
        ),
        example(
            {"error.field": "payment_date"},
            facts={"region": PROVINCE, "benefit_year": 2026, "payment_date": "2026-02-30"},
        ),
        example({"coverage.days": 210}, doubts=["wait"]),
    ],
)
def test_an_example_may_expect_any_field_a_doubt_or_a_refusal(own: Json) -> None:
    document = good()
    document["examples"] = [own]
    activate(read(document), "", signed=True)


def compiled(book: RuleBook, region: str = PROVINCE) -> Compiled:
    found = book.programme(region, "resident", 2026)
    assert found is not None
    return found


def test_every_boundary_case_can_be_assessed() -> None:
    cases = boundary_facts(compiled(good_book()), PROVINCE)
    assert len(cases) == len(set(cases)) > 200
    book = good_book()
    for known in cases:
        again = read_facts(facts_json(known), book)
        answer = assess(known, book)
        if isinstance(answer, Assessment):
            assert again == known
        else:
            assert {problem.code for problem in answer} <= {"out-of-range"}


def test_each_limit_is_tried_the_day_before_on_and_after_it() -> None:
    days = {str(known.payment_date) for known in boundary_facts(compiled(good_book()), PROVINCE)}
    assert {"2025-09-30", "2025-10-01", "2025-10-02"} <= days
    assert {"2026-02-28", "2026-03-01", "2026-03-02"} <= days
    assert {"2025-12-31", "2026-01-31", "2026-04-30"} <= days


def test_each_fact_is_flipped_alone() -> None:
    cases = boundary_facts(compiled(good_book()), PROVINCE)
    assert {known.categories for known in cases} >= {(), ("low-income",), ("orphan",)}
    assert all(len(known.categories) <= 1 for known in cases)
    assert {event.kind for known in cases for event in known.events} == {
        "aid-recognised",
        "household-moved-in",
        "household-registered",
    }
    newborns = {(known.payment_date - known.birth_date).days for known in cases if known.birth_date}
    assert {0, 89, 90, 91} <= newborns
    repaired = {known.repair_years for known in cases}
    assert repaired == set(range(7))


def test_answers_that_are_needed_are_given_and_tried_in_turn() -> None:
    plan = {"test": "answer", "code": "plan", "is": "1"}
    counted = {"kind": "counted", "amount": "10.00", "by": "prior_continuous_years"}
    rules = [
        MAIN,
        standard("400.00", when=plan),
        {
            **rule(
                "two", "standard", {"items": [{"code": "gap", "label": "补缴", "amount": counted}]}
            ),
            "when": {"test": "not", "of": plan},
        },
    ]
    book = book_of(bundle_of(nation(), programme(rules)))
    cases = boundary_facts(compiled(book), PROVINCE)
    given = {dict(known.answers)["plan"] for known in cases}
    assert "1" in given
    assert len(given) > 1
    assert {dict(known.answers)["prior_continuous_years"] for known in cases} >= {0, 1, 2}
    assert all(
        isinstance(assess(known, book), Assessment) for known in cases if not known.repair_years
    )


def test_choices_that_a_place_offers_are_the_answers_tried() -> None:
    plan = {"test": "answer", "code": "plan", "is": "1"}
    rules = [
        MAIN,
        standard("400.00", when=plan),
        {**standard("500.00", when={"test": "not", "of": plan}), "id": "two"},
    ]
    asks = [
        {"code": "plan", "choices": [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]}
    ]
    book = book_of(bundle_of(nation(), programme(rules, asks=asks)))
    cases = boundary_facts(compiled(book), PROVINCE)
    assert {dict(known.answers)["plan"] for known in cases} == {"1", "2"}


def stored(known: Facts) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(assessment_json(assessed(known))))
    return written


@pytest.mark.parametrize(
    "known",
    [
        facts("2026-03-05"),
        facts("2025-07-01"),
        facts("2026-03-05", answers=(("gap_months", 2),)),
    ],
)
def test_a_stored_answer_is_reproduced_to_the_byte(known: Facts) -> None:
    again = replay(stored(known), good_book())
    assert (again.same, again.differs) == (True, ())


def test_what_differs_is_named() -> None:
    answer = stored(facts("2026-03-05"))
    answer["payable"] = False
    answer["added"] = 1
    again = replay(answer, good_book())
    assert (again.same, again.differs) == (False, ("added", "payable"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"facts": None}, "缺少重算所需的内容"),
        ({"stamp": None}, "缺少重算所需的内容"),
        ({"stamp": {"sha256": "other"}}, "不是现在打开的这一个"),
        ({"stamp": {"sha256": "own", "engine": "0"}}, "第 0 版测算程序"),
        ({"facts": {"region": "990000"}}, "现在不能测算"),
        ({"facts": {"birth_date": f"hmac-sha256:{'0' * 64}"}}, "没有遮盖的台账文件"),
    ],
)
def test_an_answer_that_cannot_be_asked_again_is_refused_with_its_reason(
    change: Json, words: str
) -> None:
    answer = stored(facts("2026-03-05"))
    if change.get("stamp"):
        change = {"stamp": {**answer["stamp"], **change["stamp"]}}
        if change["stamp"]["sha256"] == "own":
            change["stamp"]["sha256"] = answer["stamp"]["sha256"]
    with pytest.raises(ReplayImpossibleError, match=words):
        replay({**answer, **change}, good_book())
