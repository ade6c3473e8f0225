"""What looks like a slip in rules is told, until its author answers with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from medcounter.assess.prove.proof import prove, prove_years
from medcounter.rules.bundle import TOLD_WHILE_WRITING
from tests.support.rules.rule_samples import (
    CITY,
    PROVINCE,
    Json,
    bundle_of,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:09-01", "B-1:12-25")
LATE = window("late", "B:01-01", "B:12-31")
SUBSIDY = rule("subsidy", "subsidy", {"amount": "700.00"})
FEE = standard("400.00")
SHOWN: Json = {
    "id": "own",
    "facts": {"region": PROVINCE, "benefit_year": 2026, "payment_date": "2026-03-05"},
    "expect": {"fee.total": "400.00"},
    "basis": "derived",
    "source": "order",
}
WHOLE_YEAR = window("late", "B-1:12-26", "B:12-31")
GAP = "2025-12-26..2025-12-31"


def told(*rules: Json, examples: tuple[Json, ...] = (SHOWN,), **more: object) -> list[str]:
    """What is said of 甲省 with these rules, in the newer format."""
    placed = programme([MAIN, SUBSIDY, *rules], **more)
    own = {"format": 2, "examples": list(examples)}
    return [fault.text for fault in prove(read(bundle_of(nation(), placed, **own)))]


def answered(kind: str, where: str) -> Json:
    return {"warning": kind, "where": where, "reason": "公告就是这样写的。"}


NEVER = {
    **standard("1.00", when={"test": "paid", "from": "2030-01-01"}, exception_to=["standard"]),
    "id": "never",
}
LATER = {**LATE, "when": {"test": "paid", "from": "B:01-01", "to": "B:12-31"}}
OPEN = {
    **rule("ends", "cover-end", {"to": "B:12-31"}, replaces="cover-end", doubt="两处不一。"),
    "status": "unsettled",
}
ASKS = [{"code": "tier"}]
LOW: Json = {"test": "answer", "code": "tier", "is": "low"}
BY_TIER = (
    {**FEE, "when": {"test": "not", "of": LOW}},
    {**standard("300.00", when=LOW), "id": "low"},
)
STUDENT = rule(
    "student",
    "concession",
    {"standard": "300.00"},
    grounds=["student"],
    applies="学生按 {standard} 元缴费。",
)
FULL_COST: Json = {
    **standard("1100.00", when={"test": "window", "kinds": ["late"]}, exception_to=["standard"]),
    "id": "full-cost",
}
SLIPS: list[tuple[str, str, tuple[Json, ...], dict[str, Any]]] = [
    ("never-stands", "never", (FEE, NEVER), {}),
    ("closed-between", GAP, (FEE, LATER), {}),
    ("unused-answer", "tier", (FEE,), {"asks": ASKS}),
    ("no-choices", "tier", BY_TIER, {"asks": ASKS}),
    ("no-example", "2026", (FEE,), {"examples": ()}),
    ("no-readings", "ends", (FEE, OPEN), {}),
    ("other-figure", "standard", ({**FEE, "applies": "缴 410 元，另缴 10 元。"},), {}),
    ("higher-standard", "student", (FEE, WHOLE_YEAR, FULL_COST, STUDENT), {}),
]


@pytest.mark.parametrize(("kind", "where", "rules", "more"), SLIPS, ids=[one[0] for one in SLIPS])
def test_a_slip_is_told_until_it_is_answered(
    kind: str, where: str, rules: tuple[Json, ...], more: dict[str, Any]
) -> None:
    [text] = told(*rules, **more)
    assert f"warning 写 {kind}，where 写 {where}" in text
    assert told(*rules, **more, accepted=[answered(kind, where)]) == []


def test_an_answer_in_words_needs_its_words_wherever_they_are_listed() -> None:
    """A clerk who types the tier freely would hit no rule of it."""
    tiers = [{"value": "low", "label": "低档"}, {"value": "high", "label": "高档"}]
    offered = [{"code": "tier", "choices": tiers}]
    assert told(*BY_TIER, asks=offered) == []
    [text] = told(*BY_TIER)
    assert "“tier”的回答" in text


def test_a_question_of_yes_or_no_needs_no_words() -> None:
    yes = {"test": "answer", "code": "parent_insured", "is": True}
    free = {**standard("0.00", when=yes), "id": "free", "exception_to": ["standard"]}
    assert told(FEE, free) == []


def aided(answer: Json, **more: object) -> Json:
    return {**STUDENT, "answer": answer, **more}


IN_SEASON: Json = {"from": "2025-09-01", "to": "2025-12-25"}
IN_MAIN: Json = {"test": "window", "kinds": ["main"]}
TIER_TWO: Json = {
    **standard("650.00", when={"test": "answer", "code": "tier", "is": "two"}),
    "id": "tier-two",
    "exception_to": ["standard"],
}
CHOICES = [{"value": "one", "label": "一档"}, {"value": "two", "label": "二档"}]
TIERS = {"asks": [{"code": "tier", "choices": CHOICES}]}
PART: Json = {"code": "care", "label": "长护险", "amount": "60.00"}
WITH_CARE = {
    **FEE,
    "answer": {
        "items": [
            *FEE["answer"]["items"],
            {**PART, "when": {"test": "answer", "code": "long_term_care", "is": True}},
        ]
    },
}


@pytest.mark.parametrize(
    ("rules", "more", "word"),
    [
        ((FEE, TIER_TWO, STUDENT), TIERS, "补充问题“tier”的回答，“tier-two”的 650.00 元"),
        ((WITH_CARE, STUDENT), {"asks": [{"code": "long_term_care"}]}, "“standard”的 460.00 元"),
        ((FEE, WHOLE_YEAR, FULL_COST, aided({"standard": "300.00", "aid": "200.00"})), {}, "1100"),
        (
            (FEE, TIER_TWO, aided({"parts": [{"items": ["standard"], "standard": "300.00"}]})),
            TIERS,
            "650.00",
        ),
    ],
    ids=["a dearer tier", "an optional item", "aid on top", "single items"],
)
def test_a_lower_standard_that_also_takes_a_dearer_one_s_place_is_told(
    rules: tuple[Json, ...], more: dict[str, Any], word: str
) -> None:
    """A student of tier two was asked 300 for 650, a late one 300 for 1100."""
    [text] = told(*rules, **more)
    assert word in text
    assert "warning 写 higher-standard，where 写 student" in text


@pytest.mark.parametrize(
    "rules",
    [
        (FEE, WHOLE_YEAR, FULL_COST, aided({"standard": "300.00"}, when=IN_MAIN)),
        (FEE, WHOLE_YEAR, FULL_COST, aided({"standard": "300.00"}, valid=IN_SEASON)),
        (FEE, WHOLE_YEAR, STUDENT),
        (FEE, WHOLE_YEAR, FULL_COST, aided({"pays": "300.00"})),
        (FEE, WHOLE_YEAR, FULL_COST, aided({"standard": "1100.00"})),
        (
            {**FEE, "answer": {"items": [{**PART, "code": "medical"}]}},
            WHOLE_YEAR,
            FULL_COST,
            aided({"parts": [{"items": ["medical"], "standard": "3.00"}]}),
        ),
        (standard(None, status="assumed", doubt="没有写。"), STUDENT),
    ],
    ids=["its window", "its days", "one bill", "what is paid", "as high", "no item", "no amount"],
)
def test_aid_that_says_when_or_lowers_one_bill_only_needs_no_answer(
    rules: tuple[Json, ...],
) -> None:
    assert [text for text in told(*rules) if "higher-standard" in text] == []


def test_aid_and_bills_that_a_place_both_inherits_are_for_those_who_wrote_them() -> None:
    """The city below is told of what it adds itself: its own full cost."""
    placed = programme([MAIN, WHOLE_YEAR, SUBSIDY, FEE, FULL_COST, STUDENT])
    city: Json = {**programme([], region=CITY, accepted=[]), "id": "city"}
    known: Json = {**SHOWN["facts"], "region": CITY}
    shown = {**SHOWN, "id": "city", "facts": known}
    both = bundle_of(nation(), placed, city, format=2, examples=[SHOWN, shown])
    (fault,) = prove(read(both))
    assert fault.path.startswith("programmes[1].rules[")
    placed["rules"].remove(FULL_COST)
    city["rules"] = [FULL_COST]
    (fault,) = prove(read(both))
    assert fault.path == "programmes[2]"


def test_rules_without_a_slip_need_no_answer() -> None:
    assert told(FEE) == []


def test_a_rule_that_asks_for_the_period_before_there_is_one_never_stands() -> None:
    late = {"test": "window", "kinds": ["late"]}
    early = rule("early", "lapse", {"from_year": 2024}, when=late, exception_to=["lapse"])
    assert any("early" in text for text in told(FEE, early))


def test_an_answer_to_nothing_is_refused() -> None:
    [text] = told(FEE, accepted=[answered("never-stands", "standard")])
    assert "never-stands" in text
    assert "没有出现" in text


@pytest.mark.parametrize("kind", sorted(TOLD_WHILE_WRITING))
def test_an_answer_to_what_is_told_while_rules_are_written_needs_no_warning_here(kind: str) -> None:
    assert told(FEE, accepted=[answered(kind, "standard")]) == []


def test_days_that_a_rule_of_their_own_closes_are_meant() -> None:
    shut = rule(
        "shut",
        "window",
        {"kind": "closed", "label": "结账"},
        when={"test": "paid", "from": "B-1:12-26", "to": "B-1:12-31"},
        exception_to=["closed"],
    )
    assert told(FEE, LATER, shut) == []


def test_days_that_a_period_leaves_out_within_itself_are_meant() -> None:
    """The notice says the period lasts to 31 December, and that nobody pays from the 26th on."""
    days = {"test": "all", "of": [MAIN["when"], {"test": "day-of-month", "from": 1, "to": 25}]}
    period = {**MAIN["answer"], "to": "B-1:12-31"}
    placed = programme([{**MAIN, "when": days, "answer": period}, LATER, SUBSIDY, FEE])
    document = bundle_of(nation(), placed, examples=[SHOWN])
    assert document["format"] == 1
    assert prove(read(document)) == ()
    [year] = [one for one in prove_years(read(document)) if one.at]
    assert year.proof.closed == ()


@pytest.mark.parametrize(
    "silent",
    [
        standard(None, status="unsettled", doubt="没有公布。"),
        {**SUBSIDY, "answer": {"amount": None}, "status": "unsettled", "doubt": "没有公布。"},
        rule(
            "aid",
            "concession",
            {"unknown": True},
            grounds=["student"],
            status="unsettled",
            doubt="没有公布。",
        ),
    ],
    ids=["a fee", "a subsidy", "an aid"],
)
def test_what_no_source_gives_has_no_other_reading(silent: Json) -> None:
    rules = [FEE, SUBSIDY]
    kept = [one for one in rules if one["question"] != silent["question"]]
    placed = programme([MAIN, *kept, silent])
    document = bundle_of(nation(), placed, format=2, examples=[SHOWN])
    assert prove(read(document)) == ()


def test_a_bundle_of_the_older_format_goes_on_unanswered() -> None:
    document = bundle_of(nation(), programme([MAIN, SUBSIDY, FEE, NEVER]))
    assert prove(read({**document, "format": 1})) == ()
