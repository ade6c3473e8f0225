"""What places ask, said with conditions that the language always had.

No construct of its own was needed for these; each is a place's own figure.
"""

from datetime import date
from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessment import Fee
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    proven,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")
PAID = "2025-11-10"
VOCABULARY: Json = {
    "answers": [
        {"code": "local_hukou", "label": "是否本省户籍", "kind": "bool"},
        {"code": "sex", "label": "性别", "kind": "text"},
        {"code": "income", "label": "人均年收入", "kind": "text"},
        {"code": "prepaid", "label": "本年度是否已预缴", "kind": "bool", "default": False},
        {"code": "full_cost_payer", "label": "是否全额缴费人员", "kind": "bool", "default": False},
    ]
}


def book(*rules: Json, windows: tuple[Json, ...] = (MAIN, LATE), **more: Any) -> RuleBook:  # noqa: ANN401 -- any header
    return proven(
        province_book(*windows, *rules, **{"format": 2, "vocabulary": VOCABULARY, **more})
    )


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def answer(code: str, value: object) -> Json:
    return {"test": "answer", "code": code, "is": value}


def every(*conditions: Json) -> Json:
    return {"test": "all", "of": list(conditions)}


def aid(name: str, pays: str, *grounds: str, **more: object) -> Json:
    return rule(name, "concession", {"pays": pays}, grounds=list(grounds), **more)


def another(name: str, amount: str, *, instead_of: str = "standard", **more: object) -> Json:
    return {**standard(amount, **more), "id": name, "exception_to": [instead_of]}


@pytest.mark.parametrize(("tier", "total"), [("low", 3800), ("high", 101000)])
def test_tianjins_aid_is_lost_with_the_higher_tier(tier: str, total: int) -> None:
    # 2024: 380 or 1,010; aid leaves 38 of the lower one.
    rules = book(
        standard("380.00"),
        another("high", "1010.00", when=answer("tier", "high")),
        aid("disabled", "38.00", "severely-disabled", when=answer("tier", "low")),
    )
    known = facts(PAID, categories=("severely-disabled",), answers=(("tier", tier),))
    assert fee_of(known, rules).total == total


@pytest.mark.parametrize(("local", "total"), [(True, 11000), (False, 40000)])
def test_shaanxis_aid_is_only_for_the_provinces_own_hukou(
    local: bool,  # noqa: FBT001 -- an answer
    total: int,
) -> None:
    rules = book(
        standard("400.00"),
        aid("low-income", "110.00", "low-income", when=answer("local_hukou", value=True)),
    )
    known = facts(PAID, categories=("low-income",), answers=(("local_hukou", local),))
    assert fee_of(known, rules).total == total


@pytest.mark.parametrize(
    ("recognised", "total"),
    [(None, 20000), ("2025-09-15", 20000), ("2026-01-31", 20000), ("2026-02-01", 40000)],
)
def test_hunan_aids_whoever_was_recognised_before_the_window_closed(
    recognised: str | None, total: int
) -> None:
    # 2026: window to 31 January; recognised after it, aid only from the next year.
    after = {"test": "event", "kind": "aid-recognised", "from": "B:02-01"}
    rules = book(
        standard("400.00"),
        aid("low-income", "200.00", "low-income", when={"test": "not", "of": after}),
    )
    marks = () if recognised is None else (Event("aid-recognised", date.fromisoformat(recognised)),)
    known = facts("2026-03-05", categories=("low-income",), events=marks)
    assert fee_of(known, rules).total == total


TIBET = (
    standard("400.00"),
    another(
        "women",
        "0.00",
        when=every(answer("sex", "female"), {"test": "age", "on": "B:01-01", "from": 60}),
    ),
    another(
        "men",
        "0.00",
        when=every(answer("sex", "male"), {"test": "age", "on": "B:01-01", "from": 65}),
    ),
    aid("low-income", "40.00", "low-income"),
    aid(
        "out-of-poverty",
        "160.00",
        "out-of-poverty",
        when=answer("income", "8000-12000"),
    ),
)


@pytest.mark.parametrize(
    ("sex", "birth", "total"),
    [
        ("female", "1966-01-01", 0),
        ("female", "1966-01-02", 40000),
        ("male", "1961-01-01", 0),
        ("male", "1961-01-02", 40000),
    ],
)
def test_tibets_fee_goes_by_sex_and_age(sex: str, birth: str, total: int) -> None:
    known = facts(PAID, birth_date=date.fromisoformat(birth), answers=(("sex", sex),))
    assert fee_of(known, book(*TIBET)).total == total


@pytest.mark.parametrize(
    ("income", "total"), [("under-8000", 40000), ("8000-12000", 16000), ("over-12000", 40000)]
)
def test_tibets_aid_goes_by_a_band_of_income(income: str, total: int) -> None:
    answers = (("income", income), ("sex", "male"))
    known = facts(
        PAID, categories=("out-of-poverty",), birth_date=date(1980, 5, 1), answers=answers
    )
    assert fee_of(known, book(*TIBET)).total == total


@pytest.mark.parametrize(("birth", "total"), [("2007-12-31", 13000), ("2008-01-01", 10000)])
def test_hangzhous_students_are_split_by_birth_date(birth: str, total: int) -> None:
    # 2026: 130 with 30 for long-term care, or 100 without.
    adult = {"test": "born", "to": "2007-12-31"}
    items = [
        {"code": "medical", "label": "医保", "amount": "100.00"},
        {"code": "long-term-care", "label": "长护险", "amount": "30.00", "when": adult},
    ]
    student = {"test": "identity", "any_of": ["student"]}
    rules = book(
        standard("700.00"),
        rule("student", "standard", {"items": items}, when=student, exception_to=["standard"]),
    )
    known = facts(PAID, categories=("student",), birth_date=date.fromisoformat(birth))
    assert fee_of(known, rules).total == total


@pytest.mark.parametrize(
    ("full_cost", "total", "subsidy"), [(False, 59600, 60000), (True, 155200, 0)]
)
def test_foshan_has_full_cost_payers_inside_the_window_and_none_after_it(
    full_cost: bool,  # noqa: FBT001 -- an answer
    total: int,
    subsidy: int,
) -> None:
    # 2025: 596, full cost 1,552; what is not paid by the end is forfeited.
    payer = answer("full_cost_payer", value=True)
    rules = book(
        standard("596.00"),
        another("full-cost", "1552.00", when=payer),
        rule("subsidy", "subsidy", {"amount": "600.00"}),
        rule("no-subsidy", "subsidy", {"amount": "0.00"}, when=payer, exception_to=["subsidy"]),
        windows=(MAIN,),
    )
    known = facts(PAID, answers=(("full_cost_payer", full_cost),))
    fee = fee_of(known, rules)
    assert (fee.total, fee.subsidy) == (total, subsidy)
    late = assessed(facts("2026-01-01"), rules)
    assert (late.payable, late.fee, late.next_window) == (False, None, None)


def test_hohhots_channels_are_told_by_period() -> None:
    # The self-service channel is open in the window only; later the community registers first.
    inside = {"test": "window", "kinds": ["main"]}
    told = {"kind": "channel", "source": "order", "clause": "一"}
    advice = [
        {**told, "code": "app", "label": "自助渠道", "when": inside},
        {**told, "code": "community", "label": "社区核定", "when": {"test": "not", "of": inside}},
    ]
    place = programme([MAIN, LATE, standard("400.00")], advice=advice)
    rules = book_of(bundle_of(nation(), place, format=2))

    def channels(paid: str) -> list[str]:
        return [entry.code for entry in assessed(facts(paid), rules).advice]

    assert (channels("2025-12-31"), channels("2026-01-01")) == (["app"], ["community"])


def test_the_most_favourable_of_several_identities_stays() -> None:
    rules = book(*TIBET)
    answers = (("income", "8000-12000"), ("sex", "male"))
    known = facts(
        PAID,
        categories=("low-income", "out-of-poverty"),
        birth_date=date(1980, 5, 1),
        answers=answers,
    )
    assert (fee_of(known, rules).total, assessed(known, rules).category) == (4000, "low-income")


@pytest.mark.parametrize(("prepaid", "total"), [(False, 24000), (True, 0)])
def test_who_prepaid_in_dezhou_tops_nothing_up_in_a_later_year(
    prepaid: bool,  # noqa: FBT001 -- an answer
    total: int,
) -> None:
    rules = book(standard("240.00"), another("prepaid", "0.00", when=answer("prepaid", value=True)))
    assert fee_of(facts(PAID, answers=(("prepaid", prepaid),)), rules).total == total
