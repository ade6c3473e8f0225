"""Parts of a fee: items for some people only, optional items, aid on single items.

Each case is a place's own figure; the page of the policy notes is named beside it.
"""

from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook, assess
from medcounter.assess.assessment import Fee
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    proven,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")
PAID = "2025-11-10"


def book(*rules: Json, bundle_format: int = 2, **more: Any) -> RuleBook:  # noqa: ANN401 -- any key
    province = programme([MAIN, LATE, *rules], **more)
    return proven(book_of(bundle_of(nation(), province, format=bundle_format)))


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def total_of(rules: RuleBook, *codes: str, **answers: Any) -> int | None:  # noqa: ANN401 -- any answer
    known = facts(PAID, categories=codes, answers=tuple(sorted(answers.items())))
    return fee_of(known, rules).total


def item(code: str, amount: str | Json | None, **more: object) -> Json:
    return {"code": code, "label": code, "amount": amount, **more}


def chosen(code: str, value: object = True) -> Json:  # noqa: FBT002 -- a choice is usually a yes
    return {"test": "answer", "code": code, "is": value}


def every(*conditions: Json) -> Json:
    return {"test": "all", "of": list(conditions)}


def never(condition: Json) -> Json:
    return {"test": "not", "of": condition}


STUDENT = {"test": "identity", "any_of": ["student"]}


def chengdu() -> RuleBook:
    """Chengdu 2026: two tiers, mutual aid 477 (students 48), long-term care 25 (students 0)."""
    optional = [
        item("mutual-aid", "477.00", when=every(chosen("supplementary"), never(STUDENT))),
        item("mutual-aid-student", "48.00", when=every(chosen("supplementary"), STUDENT)),
        item("long-term-care", "25.00", when=every(chosen("long_term_care"), never(STUDENT))),
    ]
    low = {"items": [item("low", "400.00"), *optional]}
    high = {"items": [item("high", "550.00"), *optional]}
    tiers = [{"value": "low", "label": "低档"}, {"value": "high", "label": "高档"}]
    return book(
        rule("low", "standard", low),
        rule("high", "standard", high, when=chosen("tier", "high"), exception_to=["low"]),
        asks=[{"code": "tier", "choices": tiers}],
    )


@pytest.mark.parametrize(
    ("tier", "supplementary", "care", "total"),
    [
        ("low", False, False, 40000),
        ("low", False, True, 42500),
        ("low", True, False, 87700),
        ("low", True, True, 90200),
        ("high", False, False, 55000),
        ("high", False, True, 57500),
        ("high", True, False, 102700),
        ("high", True, True, 105200),
    ],
)
def test_two_tiers_and_two_optional_parts_are_two_rules(
    tier: str,
    supplementary: bool,  # noqa: FBT001 -- an answer
    care: bool,  # noqa: FBT001 -- an answer
    total: int,
) -> None:
    found = total_of(chengdu(), tier=tier, supplementary=supplementary, long_term_care=care)
    assert found == total


def test_a_group_may_pay_another_price_for_an_optional_part_or_none() -> None:
    every_part = {"supplementary": True, "long_term_care": True}
    assert total_of(chengdu(), "student", tier="low", **every_part) == 44800


def test_an_optional_part_that_nobody_asked_for_is_not_paid() -> None:
    assert total_of(chengdu(), tier="low") == 40000


def test_only_the_items_charged_are_lines() -> None:
    known = facts(PAID, answers=(("long_term_care", True), ("tier", "low")))
    lines = [(line.code, line.amount) for line in fee_of(known, chengdu()).lines]
    assert lines == [("low", 40000), ("long-term-care", 2500)]


def test_the_answers_that_items_hang_on_are_asked() -> None:
    asked = {field.code for field in chengdu().questions_for("990000", "resident", 2026)}
    assert {"tier", "supplementary", "long_term_care"} <= asked


def test_an_item_that_hangs_on_an_answer_without_default_asks_for_it() -> None:
    items = [item("medical", "400.00"), item("extra", "10.00", when=chosen("parent_insured"))]
    problems = assess(facts(PAID), book(rule("standard", "standard", {"items": items})))
    assert isinstance(problems, tuple)
    assert [problem.field for problem in problems] == ["answers.parent_insured"]


LIANGSHAN = {
    "pooled-and-account": "0.085",
    "pooled-only": "0.065",
    "pooled-and-account-maternity": "0.097",
    "pooled-only-maternity": "0.077",
}


@pytest.mark.parametrize(
    ("tier", "total", "with_large_amount"),
    [
        ("pooled-and-account", 623916, 669792),
        ("pooled-only", 477108, 522984),
        ("pooled-and-account-maternity", 711996, 757872),
        ("pooled-only-maternity", 565188, 611064),
    ],
)
def test_liangshan_adds_the_large_amount_part_on_a_base_of_its_own(
    tier: str, total: int, with_large_amount: int
) -> None:
    def rated(base: str, rate: str) -> Json:
        return {"kind": "rated", "base": base, "rate": rate, "months": 12, "round": "month"}

    large = item("large-amount", rated("7646.00", "0.005"), when=chosen("large_amount"))
    rules = book(
        *(
            rule(
                name,
                "standard",
                {"items": [item("basic", rated("6116.80", rate)), large]},
                when=chosen("tier", name),
            )
            for name, rate in LIANGSHAN.items()
        ),
        asks=[{"code": "tier", "choices": [{"value": name, "label": name} for name in LIANGSHAN]}],
    )
    assert total_of(rules, tier=tier) == total
    assert total_of(rules, tier=tier, large_amount=True) == with_large_amount


def with_care(medical: str, care: str, *concessions: Json) -> RuleBook:
    items = [item("medical", medical), item("long-term-care", care)]
    return book(rule("standard", "standard", {"items": items}), *concessions)


def on_parts(name: str, *parts: Json, **more: Any) -> Json:  # noqa: ANN401 -- any key
    return rule(name, "concession", {"parts": list(parts)}, grounds=[name], **more)


def on_top(name: str, **forms: str) -> Json:
    return rule(name, "concession", forms, grounds=[name])


def part(code: str, **form: object) -> Json:
    return {"items": [code], **form}


@pytest.mark.parametrize(
    ("code", "total"), [("religious", 41000), ("low-income", 26000), ("destitute", 1000)]
)
def test_jilin_aids_the_medical_part_and_the_long_term_care_is_still_paid(
    code: str, total: int
) -> None:
    # Changchun Jiutai 2025: 400 + 10; low-income people 250 + 10, destitute ones 10.
    rules = with_care(
        "400.00",
        "10.00",
        on_parts("low-income", part("medical", aid="150.00")),
        on_parts("destitute", part("medical", pays="0.00")),
    )
    assert total_of(rules, code) == total


def test_xinjiang_shrinks_the_part_with_the_aid() -> None:
    # Urumqi 2025: 440 with 40 for long-term care; in hardship 48 with 8.
    rules = with_care(
        "400.00",
        "40.00",
        on_parts("low-income", part("medical", pays="40.00"), part("long-term-care", pays="8.00")),
    )
    fee = fee_of(facts(PAID, categories=("low-income",)), rules)
    assert (fee.standard, fee.aid, fee.contribution, fee.total) == (44000, 39200, 4800, 4800)
    assert [(line.code, line.amount) for line in fee.lines] == [
        ("medical", 40000),
        ("aid-low-income-medical", -36000),
        ("long-term-care", 4000),
        ("aid-low-income-long-term-care", -3200),
    ]


def test_a_part_may_have_another_standard_for_an_identity() -> None:
    rules = with_care("400.00", "40.00", on_parts("student", part("medical", standard="200.00")))
    fee = fee_of(facts(PAID, categories=("student",)), rules)
    assert [(line.code, line.amount) for line in fee.lines] == [
        ("medical", 20000),
        ("long-term-care", 4000),
    ]
    assert (fee.standard, fee.aid, fee.total) == (24000, 0, 24000)


def test_aid_on_a_part_that_is_not_charged_is_nothing() -> None:
    items = [item("medical", "400.00"), item("care", "40.00", when=chosen("long_term_care"))]
    rules = book(
        rule("standard", "standard", {"items": items}),
        on_parts("low-income", part("care", pays="8.00")),
    )
    assert total_of(rules, "low-income") == 40000
    assert total_of(rules, "low-income", long_term_care=True) == 40800


def test_an_unknown_part_leaves_the_fee_open() -> None:
    doubt = {"status": "unsettled", "doubt": "来源没有写这一项资助多少。"}
    unknown = on_parts("low-income", part("medical", unknown=True), **doubt)
    rules = with_care("400.00", "40.00", unknown)
    fee = fee_of(facts(PAID, categories=("low-income",)), rules)
    assert (fee.standard, fee.contribution, fee.total) == (None, None, None)


def test_the_most_favourable_of_several_identities_counts_whatever_its_form() -> None:
    rules = with_care(
        "400.00",
        "10.00",
        on_parts("low-income", part("medical", aid="150.00")),
        rule("margin", "concession", {"pays": "200.00"}, grounds=["low-income-margin"]),
    )
    known = facts(PAID, categories=("low-income", "low-income-margin"))
    assert (fee_of(known, rules).total, assessed(known, rules).category) == (
        20000,
        "low-income-margin",
    )


@pytest.mark.parametrize(
    ("form", "aid", "left"),
    [
        ({"aid": "120.00"}, 12000, 8000),
        ({"aid_share": "0.5"}, 10000, 10000),
        ({"pays": "0.00"}, 20000, 0),
    ],
)
def test_aid_may_come_on_top_of_a_reduced_standard(form: Json, aid: int, left: int) -> None:
    # Hohhot 2026: the standard of the listed groups is 200, and the fund aids that; how much is
    # cut off in the source, so the aid is invented.
    reduced = on_top("low-income", standard="200.00", **form)
    fee = fee_of(facts(PAID, categories=("low-income",)), book(standard("400.00"), reduced))
    assert (fee.standard, fee.aid, fee.contribution) == (20000, aid, left)
    assert sum(line.amount or 0 for line in fee.lines) == fee.total == left


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"pays": "1.00", "aid": "1.00"}, "只写"),
        ({"standard": "1.00", "unknown": True}, "只写"),
        ({"parts": [part("standard", pays="1.00")], "pays": "1.00"}, "只写"),
        ({"parts": [part("standard", pays="1.00")], "standard": "1.00"}, "只写"),
        ({"parts": [part("standard")]}, "只写"),
        (
            {"parts": [part("standard", pays="1.00"), part("standard", aid="1.00")]},
            "只能写在 parts 的一项里",
        ),
        ({"parts": [part("medicine", pays="1.00")]}, "不认识“medicine”"),
    ],
)
def test_a_concession_that_contradicts_itself_is_refused(answer: Json, words: str) -> None:
    aid = rule("aid", "concession", answer, grounds=["low-income"])
    with pytest.raises(BundleUnreadableError, match=words):
        book(standard("400.00"), aid)


def test_a_standard_of_nothing_but_optional_items_is_refused() -> None:
    items = [item("extra", "10.00", when=chosen("supplementary"))]
    with pytest.raises(BundleUnreadableError, match="至少一项不写 when"):
        book(rule("standard", "standard", {"items": items}))


@pytest.mark.parametrize(
    ("later", "path"),
    [
        (on_top("orphan", standard="1.00", aid="1.00"), "standard"),
        (on_parts("orphan", part("standard", pays="1.00")), "parts"),
        (rule("city", "subsidy", {"remainder_of": "9.00"}), "remainder_of"),
    ],
)
def test_none_of_it_is_taken_in_format_1(later: Json, path: str) -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        book(standard("400.00"), later, bundle_format=1)
    assert [fault.path.rpartition(".")[2] for fault in refused.value.faults] == [path]


def test_a_concession_may_hold_for_several_items_together() -> None:
    items = [item("medical", "400.00"), item("care", "40.00"), item("extra", "10.00")]
    aid = {"items": ["medical", "care"], "standard": "100.00"}
    rules = book(rule("standard", "standard", {"items": items}), on_parts("orphan", aid))
    fee = fee_of(facts(PAID, categories=("orphan",)), rules)
    assert [(line.code, line.amount) for line in fee.lines] == [("care", 10000), ("extra", 1000)]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (item("extra", "10.00", when=chosen("parent_insured")), "answers.parent_insured"),
        (
            item("extra", {"kind": "counted", "amount": "1.00", "by": "prior_continuous_years"}),
            "answers.prior_continuous_years",
        ),
    ],
)
def test_another_reading_of_the_items_asks_for_the_fact_it_needs(other: Json, field: str) -> None:
    plain = item("medical", "400.00")
    open_standard = rule(
        "standard",
        "standard",
        {"items": [plain]},
        status="unsettled",
        doubt="另一项收不收，来源没有写。",
        readings=[{"answer": {"items": [plain, other]}, "text": "另一项也收"}],
    )
    problems = assess(facts(PAID), book(open_standard))
    assert isinstance(problems, tuple)
    assert [problem.field for problem in problems] == [field]


def test_the_sentence_of_a_standard_that_does_not_stand_needs_no_fact() -> None:
    by_month = item("months", {"kind": "counted", "amount": "9.00", "by": "prior_continuous_years"})
    other = rule(
        "other",
        "standard",
        {"items": [by_month]},
        when=chosen("tier", "other"),
        exception_to=["standard"],
        fails="按年数缴 {amount} 元",
    )
    known = facts(PAID, answers=(("tier", "plain"),))
    steps = assessed(known, book(standard("400.00"), other)).steps
    rejected = [one.text for step in steps for one in step.rejected if one.rule == "other"]
    assert rejected[0].startswith("按年数缴 未定 元")
