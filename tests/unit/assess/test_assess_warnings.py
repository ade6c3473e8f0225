"""What looks like a slip in rules is told, until its author answers with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from medcounter.assess.prove.proof import prove, prove_years
from medcounter.rules.bundle import TOLD_WHILE_WRITING
from tests.support.rules.rule_samples import (
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
SHOWN = {
    "id": "own",
    "facts": {"region": PROVINCE, "benefit_year": 2026, "payment_date": "2026-03-05"},
    "expect": {"fee.total": "400.00"},
    "basis": "derived",
    "source": "order",
}
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
SLIPS: list[tuple[str, str, tuple[Json, ...], dict[str, Any]]] = [
    ("never-stands", "never", (FEE, NEVER), {}),
    ("closed-between", GAP, (FEE, LATER), {}),
    ("unused-answer", "tier", (FEE,), {"asks": ASKS}),
    ("no-choices", "tier", BY_TIER, {"asks": ASKS}),
    ("no-example", "2026", (FEE,), {"examples": ()}),
    ("no-readings", "ends", (FEE, OPEN), {}),
    ("other-figure", "standard", ({**FEE, "applies": "缴 410 元，另缴 10 元。"},), {}),
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
