"""Sample residents: all that a place's rules tell apart, in every period."""

from datetime import date

import pytest

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.samples.sample_residents import (
    SampleResident,
    resident_steps,
    sample_residents,
)
from tests.support.rules.rule_samples import (
    PROVINCE,
    Json,
    book_of,
    bundle_of,
    nation,
    programme,
    rule,
    shipped_book,
    standard,
    window,
)

MAIN = window("main", "2025-09-01", "2025-12-20")
LATE = window("late", "2026-03-01", "2026-12-31")


def book(*rules: Json, **more: object) -> RuleBook:
    return book_of(bundle_of(nation(), programme([MAIN, LATE, *rules], **more)))


def samples(*rules: Json, **more: object) -> tuple[SampleResident, ...]:
    return sample_residents(book(*rules, **more), PROVINCE, "resident", 2026)


def priced(name: str, amount: str, **more: object) -> Json:
    return standard(amount, **more) | {"id": name}


def totals(found: tuple[SampleResident, ...], rules: RuleBook) -> set[int]:
    decided = [decide_facts(one.facts, rules) for one in found]
    fees = [one.decision.fee for one in decided if isinstance(one, Decided)]
    return {fee.total for fee in fees if fee is not None and fee.total is not None}


def when_age(low: int | None, high: int | None) -> Json:
    limits = {"from": low, "to": high}
    return {"test": "age", **{key: value for key, value in limits.items() if value is not None}}


def test_a_place_without_rules_has_nobody() -> None:
    assert sample_residents(book(standard("400.00")), "880000", "resident", 2026) == ()


def test_every_age_band_is_met_in_every_period_that_is_open() -> None:
    rules = (
        priced("grown", "400.00", when=when_age(18, 59)),
        priced("child", "300.00", when=when_age(None, 17)),
        priced("old", "350.00", when=when_age(60, None)),
    )
    found = samples(*rules)
    met = set[tuple[date, str]]()
    for one in found:
        born = one.facts.birth_date
        assert born is not None
        age = (one.facts.payment_date - born).days // 365.25
        band = "child" if age < 18 else "old" if age >= 60 else "grown"
        met.add((one.facts.payment_date, band))
    middles = (date(2025, 10, 26), date(2026, 7, 31))
    assert {(day, band) for day in middles for band in ("child", "grown", "old")} <= met
    assert totals(found, book(*rules)) >= {40000, 30000, 35000}


def test_every_combination_of_tier_and_optional_part_is_met() -> None:
    """Chengdu: two tiers, one optional part, four prices; single answers would meet three."""
    rules = [
        priced(
            f"{tier}-{'with' if extra else 'bare'}",
            amount,
            when={
                "test": "all",
                "of": [
                    {"test": "answer", "code": "tier", "is": tier},
                    {"test": "answer", "code": "parent_insured", "is": extra},
                ],
            },
        )
        for tier, extra, amount in (
            ("high", True, "904.00"),
            ("high", False, "852.00"),
            ("low", True, "452.00"),
            ("low", False, "400.00"),
        )
    ]
    choices = [{"value": "high", "label": "高档"}, {"value": "low", "label": "低档"}]
    asks = [{"code": "tier", "choices": choices}, {"code": "parent_insured"}]
    found = samples(*rules, asks=asks)
    assert {90400, 85200, 45200, 40000} <= totals(found, book(*rules, asks=asks))
    assert any("缴费档次：高档" in one.person for one in found)


def test_an_identity_of_one_age_band_only_is_met_by_the_rule_s_own_condition() -> None:
    """Neither the band's resident nor the identity's is both."""
    young = priced("young", "280.00", when=when_age(None, 6))
    poor = rule(
        "poor-child",
        "concession",
        {"pays": "13.00"},
        when={"test": "all", "of": [when_age(None, 6), {"test": "paid", "to": "2025-12-01"}]},
        grounds=["low-income"],
    )
    older = priced("older", "400.00", when=when_age(7, None))
    assert 1300 in totals(samples(young, older, poor), book(young, older, poor))


@pytest.mark.parametrize(
    ("when", "grounds"),
    [
        ({"test": "elapsed", "since": "birth", "within": {"days": 28}, "day_one": 1}, ["newborn"]),
        ({"test": "elapsed", "since": "graduated", "within": {"months": 3}}, ["graduated"]),
        (
            {
                "test": "elapsed",
                "since": "graduated",
                "more_than": {"months": 3},
                "within": {"years": 1},
            },
            ["graduated"],
        ),
        ({"test": "event", "kind": "graduated", "from": "2026-03-02"}, ["graduated"]),
        ({"test": "years-since-birth-year", "from": 0, "to": 0}, ["newborn"]),
        (
            # Like Hunan: the late window, an event's day, how long ago, and an answer.
            {
                "test": "all",
                "of": [
                    {"test": "window", "kinds": ["late"]},
                    {"test": "event", "kind": "graduated", "from": "2025-10-01"},
                    {"test": "elapsed", "since": "graduated", "within": {"months": 3}},
                    {"test": "answer", "code": "prior_continuous_years", "from": 3},
                ],
            },
            ["graduated"],
        ),
        ({"test": "born", "from": "2026-01-01"}, ["newborn"]),
        ({"test": "identity", "any_of": ["orphan"]}, ["orphan"]),
        ({"test": "insured", "years_back": 2, "is": False}, ["orphan"]),
        ({"test": "answer", "code": "gap_months", "from": 3}, ["orphan"]),
        ({"test": "not", "of": {"test": "paid", "to": "2026-06-30"}}, ["orphan"]),
        (
            {
                "test": "any",
                "of": [
                    {"test": "all", "of": [{"test": "lapsed", "from": 2}, when_age(None, 6)]},
                    {"test": "day-of-month", "from": 26, "to": 31},
                ],
            },
            ["orphan"],
        ),
    ],
)
def test_whoever_a_rule_speaks_of_is_among_them(when: Json, grounds: list[str]) -> None:
    relief = rule(
        "relief",
        "exemption",
        {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}},
        when=when,
        grounds=grounds,
    )
    rules = book(standard("400.00"), relief)
    decided = [
        decide_facts(one.facts, rules)
        for one in sample_residents(rules, PROVINCE, "resident", 2026)
    ]
    met = {
        verdict.rule.id
        for one in decided
        if isinstance(one, Decided)
        for verdict in one.decision.verdicts
    }
    assert "relief" in met


def test_nobody_is_refused_for_something_left_unsaid() -> None:
    """Found in a trial: 137 of 172 generated cases of Wuxi lacked a birth date."""
    asked = {"test": "answer", "code": "parent_insured", "is": True}
    rules = (
        priced("yes", "300.00", when={"test": "all", "of": [asked, when_age(18, None)]}),
        priced("no", "400.00", when={"test": "not", "of": asked}),
        priced("child", "200.00", when={"test": "all", "of": [asked, when_age(None, 17)]}),
    )
    found = samples(*rules)
    refused = [
        one for one in found if not isinstance(decide_facts(one.facts, book(*rules)), Decided)
    ]
    assert refused == []


def test_who_pays_late_and_never_paid_before_waits_longest_on_the_last_day() -> None:
    found = samples(standard("400.00"))
    last = [one for one in found if one.facts.payment_date == date(2026, 12, 31)]
    assert {one.facts.insured_years for one in last} >= {None, ()}


def test_each_is_described_and_comes_once() -> None:
    found = samples(standard("400.00"))
    assert len({one.facts for one in found}) == len(found)
    assert found[1].text.startswith("普通居民，1981-06-15 出生（缴费时 4")
    assert any(one.text.endswith("缴费（缴费期）") for one in found)
    assert any("从未参保" in one.person for one in found)
    assert any("修复 1 年" in one.person for one in found)


def test_every_rule_of_a_shipped_place_that_can_answer_answers_somebody() -> None:
    rules = shipped_book()
    compiled = rules.programme("360000", "resident", 2025)
    assert compiled is not None
    met = set()
    for one in sample_residents(rules, "360000", "resident", 2025):
        decided = decide_facts(one.facts, rules)
        assert isinstance(decided, Decided), one.text
        met |= {verdict.rule.id for verdict in decided.decision.verdicts}
    asked = {"window", "standard", "concession", "exemption", "fixed-wait"}
    stated = {rule.id for rule in compiled.resolved.rules if rule.question in asked}
    assert stated - met == set()


@pytest.mark.parametrize("optional", [True, False])
def test_a_day_that_an_answer_tells_is_told_by_somebody_and_by_all_where_it_must_be(
    optional: bool,  # noqa: FBT001 -- the case's own
) -> None:
    term = {"code": "left_on", "label": "离岗日", "kind": "date", "optional": optional}
    within = {"test": "elapsed", "since": "answers.left_on", "within": {"months": 3}}
    low = priced("low", "300.00", when=within, exception_to=["standard"])
    fee = priced("standard", "400.00")
    rules = book_of(
        bundle_of(
            nation(), programme([MAIN, LATE, fee, low]), format=2, vocabulary={"answers": [term]}
        )
    )
    found = sample_residents(rules, PROVINCE, "resident", 2026)
    assert 30000 in totals(found, rules)
    told = [one for one in found if "离岗日：2025-10-16" in one.person]
    assert told
    refused = [one for one in found if not isinstance(decide_facts(one.facts, rules), Decided)]
    assert refused == []


def test_nobody_pays_before_being_born_though_a_rule_asks_for_it() -> None:
    unborn = {"test": "born", "from": "2030-01-01"}
    spared = rule(
        "unborn",
        "exemption",
        {"waives": ["fixed"], "cover": {"anchor": "birth"}},
        when=unborn,
        grounds=["newborn"],
    )
    found = samples(standard("400.00"), spared)
    assert all(
        one.facts.birth_date <= one.facts.payment_date for one in found if one.facts.birth_date
    )


def test_the_residents_come_one_by_one_with_pauses_between_the_work() -> None:
    rules = book(standard("400.00"))
    steps = list(resident_steps(rules, PROVINCE, "resident", 2026))
    assert tuple(one for one in steps if one) == sample_residents(rules, PROVINCE, "resident", 2026)
    assert steps.count(None) > 2
