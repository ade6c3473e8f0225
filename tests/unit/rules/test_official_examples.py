"""The examples that announcements and the press give for their own rules, one by one.

``row`` is the number in the table of worked cases that the rules were researched with. Rows
without rules here are left out: 14, 15, 37, 39 and 42 name no city; 31 and 38 are of 2023 and
2020; 41 contradicts itself; 32, 33 and 40 stand in pages of grade C alone. Rows 24 and 25 are
told of somebody born in 2024 and asked of one born in 2026, for which there are rules. What a
source leaves open isn't asked: Fuxin and Enshi name days only. Hunan, of which Yueyang is a
part, writes three months and that they are counted as 90 days.
"""

from functools import cache
from typing import Any, NamedTuple

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess, read_facts
from medcounter.assess.contract import assessment_json
from medcounter.assess.prove.examples import dotted
from medcounter.rules.load import join_parts, read_bundle
from tests.support.rules.rule_samples import BUNDLES, SHIPPED, shipped_book

NO_WAIT = {"wait": None}
INSURED_2025 = {"insured_years": [2024, 2025]}
LAPSED_2025 = {"insured_years": [2024]}


class Official(NamedTuple):
    """One example: whose, which facts, and what its source says comes of them."""

    row: str
    place: str
    year: int
    paid: str
    expect: dict[str, Any]
    more: dict[str, Any]
    bundle: str | None = None


def days(first: str, last: str, cover: str | None) -> dict[str, Any]:
    """A wait, both ends inclusive, and the first covered day after it."""
    return {"wait.from": first, "wait.to": last, "coverage.from": cover}


def covered(first: str, last: str) -> dict[str, Any]:
    """Cover without a wait."""
    return {**NO_WAIT, "coverage.from": first, "coverage.to": last}


def fee(total: str) -> dict[str, Any]:
    return {"fee.total": total}


JIANGXI, FUXIN, TONGREN, XIANNING = "360000", "210900", "520600", "421200"
GUANGXI, ENSHI, BEIJING, DANYANG = "450000", "422800", "110000", "321181"
ZHENGZHOU, YUEYANG, HUNAN, GUIZHOU = "410100", "430600", "430000", "520000"
QINGDAO, SHAANXI_CITY, XIANYANG, LIANGSHAN = "370200", "619900", "610400", "513400"
FLEXIBLE = {"scheme": "flexible"}
BORN = "2025-01-01"
END_2025, END_2026 = "2025-12-31", "2026-12-31"

OFFICIAL = [
    Official(
        *("1", JIANGXI, 2025, "2025-03-01"),
        {
            **days("2025-03-01", "2025-05-31", "2025-06-01"),
            "coverage.to": END_2025,
            **fee("400.00"),
        },
        {},
    ),
    Official("2", JIANGXI, 2025, "2025-03-05", days("2025-03-05", "2025-06-04", "2025-06-05"), {}),
    Official(
        *("3", JIANGXI, 2025, "2025-03-15"),
        {**covered("2025-03-16", END_2025), **fee("80.00")},
        {"categories": ["low-income"]},
    ),
    Official(
        "4", JIANGXI, 2025, "2025-03-01", covered("2025-01-01", END_2025), {"birth_date": BORN}
    ),
    Official(
        "5", JIANGXI, 2025, "2025-06-01", covered("2025-06-02", END_2025), {"birth_date": BORN}
    ),
    Official(
        *("6", FUXIN, 2025, "2025-07-03"),
        {**days("2025-07-03", "2025-10-02", "2025-10-03"), "coverage.to": END_2025},
        {},
    ),
    Official("7", FUXIN, 2026, "2025-12-03", covered("2026-01-01", END_2026), INSURED_2025),
    Official(
        *("8", FUXIN, 2026, "2025-12-03"),
        days("2025-11-06", "2026-02-05", "2026-02-06"),
        {**INSURED_2025, "answers": {"previous_year_paid_on": "2025-11-06"}},
    ),
    Official(
        "9", FUXIN, 2026, "2025-12-03", days("2026-01-01", "2026-03-31", "2026-04-01"), LAPSED_2025
    ),
    Official("10", FUXIN, 2025, "2025-09-30", days("2025-09-30", "2025-12-29", "2025-12-30"), {}),
    Official(
        *("11", FUXIN, 2025, "2025-10-01"),
        {"wait.from": "2025-10-01", "wait.to": "2025-12-31", "coverage": None},
        {},
    ),
    Official(
        *("12", QINGDAO, 2027, "2026-10-15"),
        {**days("2027-01-01", "2027-04-30", "2027-05-01"), "wait.total": 4},
        {"insured_years": [2024]},
        "qingdao-2027",
    ),
    Official(
        *("13", QINGDAO, 2027, "2026-10-15"),
        {**days("2027-01-01", "2027-03-31", "2027-04-01"), "wait.total": 3},
        {"insured_years": [2024], "repair_years": 1},
        "qingdao-2027",
    ),
    *(
        Official(
            "16", TONGREN, 2026, paid, {"coverage.from": "2026-04-01", **fee("400.00")}, LAPSED_2025
        )
        for paid in ("2025-09-28", "2025-12-15", "2026-02-28")
    ),
    Official(
        *("17", TONGREN, 2026, "2026-02-28"),
        {**covered("2026-01-01", END_2026), **fee("400.00")},
        INSURED_2025,
    ),
    Official(
        *("18", XIANNING, 2026, "2025-12-15"),
        {"wait.total": 3, "coverage.from": "2026-04-01", **fee("400.00")},
        LAPSED_2025,
    ),
    Official(
        *("19", SHAANXI_CITY, 2026, "2025-12-25"),
        {"wait.total": 3, **fee("400.00"), "coverage.from": "2026-04-01", "coverage.to": END_2026},
        LAPSED_2025,
        "shaanxi-city-2026",
    ),
    Official(
        *("20", GUANGXI, 2026, "2026-01-02"),
        {"wait.total": 3, "coverage.from": "2026-04-02", **fee("400.00")},
        LAPSED_2025,
    ),
    Official(
        *("21", ENSHI, 2025, "2025-10-15"),
        {"wait.total": 90, "wait.unit": "day", "coverage": None},
        {},
    ),
    *(
        Official("22", BEIJING, 2026, "2026-01-15", {**NO_WAIT, **fee(total)}, {"birth_date": born})
        for total, born in (
            ("435.00", "2012-05-05"),
            ("460.00", "1950-05-05"),
            ("795.00", "1985-05-05"),
        )
    ),
    Official(
        *("23", DANYANG, 2026, "2025-12-31"),
        {**NO_WAIT, "coverage.from": "2026-01-01", **fee("495.00")},
        INSURED_2025,
    ),
    Official(
        *("24", ZHENGZHOU, 2026, "2026-05-30"),
        {**covered("2026-03-01", "2027-12-31"), **fee("400.00")},
        {"birth_date": "2026-03-01"},
    ),
    Official(
        *("25", ZHENGZHOU, 2026, "2026-12-01"),
        {**covered("2026-12-02", "2027-12-31"), **fee("400.00")},
        {"birth_date": "2026-03-01"},
    ),
    Official(
        *("26", YUEYANG, 2026, "2026-02-01"),
        {**fee("1100.00"), "wait.total": 90, "wait.unit": "day"},
        {},
    ),
    Official(
        *("27", YUEYANG, 2026, "2026-01-15"),
        {"incentive.zero_claim": "5000.00"},
        {**INSURED_2025, "answers": {"zero_claim_years": [2025]}},
    ),
    *(
        Official(
            *("28", GUIZHOU, 2025, paid),
            {**fee("1070.00"), "wait.total": 90, "wait.unit": "day"},
            {"birth_date": "1985-05-05"},
        )
        for paid in ("2025-03-01", "2025-09-30")
    ),
    *(
        Official(
            *("29", GUIZHOU, 2025, "2025-01-15"),
            {**NO_WAIT, "coverage.from": "2025-01-01", **fee(total)},
            {"categories": [identity], "birth_date": born, "insured_years": [2023, 2024]},
        )
        for identity, born, total in (
            ("low-income", "1985-05-05", "200.00"),
            ("out-of-poverty", "1985-05-05", "340.00"),
            ("low-income-margin", "1960-05-05", "280.00"),
        )
    ),
    Official(
        *("30", HUNAN, 2025, "2025-01-01"),
        {**fee("1070.00"), "wait.total": 90, "wait.unit": "day"},
        {"birth_date": "1985-05-05"},
    ),
    *(
        Official(
            *("34", XIANYANG, 2025, "2024-12-31"),
            fee(total),
            {**FLEXIBLE, "answers": {"retired": retired}},
        )
        for total, retired in (("3676.80", False), ("220.80", True))
    ),
    *(
        Official(
            *(row, LIANGSHAN, 2026, "2026-02-28"),
            fee(total),
            {**FLEXIBLE, "answers": {"plan": plan, "large_amount": more}},
        )
        for row, plan, total, more in (
            ("35", "pooled-and-account", "6239.16", False),
            ("35", "pooled-only", "4771.08", False),
            ("35", "pooled-and-account-maternity", "7119.96", False),
            ("35", "pooled-only-maternity", "5651.88", False),
            ("36", "pooled-and-account", "6697.92", True),
            ("36", "pooled-only", "5229.84", True),
            ("36", "pooled-and-account-maternity", "7578.72", True),
            ("36", "pooled-only-maternity", "6110.64", True),
        )
    ),
]


@cache
def book_of(bundle: str | None) -> RuleBook:
    """The rules that ship, or a test bundle on top of their national part."""
    if bundle is None:
        return shipped_book()
    paths = [SHIPPED / "national.json", *(BUNDLES / bundle).glob("*.json")]
    data = join_parts({path.name: path.read_bytes() for path in paths})
    return RuleBook.open(read_bundle(data), "", signed=False)


def answered(official: Official) -> Assessment:
    asked = {
        "region": official.place,
        "benefit_year": official.year,
        "payment_date": official.paid,
        **official.more,
    }
    book = book_of(official.bundle)
    facts = read_facts(asked, book)
    assert isinstance(facts, Facts), facts
    answer = assess(facts, book)
    assert isinstance(answer, Assessment), answer
    return answer


@pytest.mark.parametrize(
    "official",
    [
        pytest.param(one, id=f"{one.row} {one.place} {number}")
        for number, one in enumerate(OFFICIAL)
    ],
)
def test_what_an_announcement_gives_as_an_example_comes_out(official: Official) -> None:
    plain = assessment_json(answered(official))
    found = {name: dotted(plain, name) for name in official.expect}
    assert found == official.expect


def test_repairing_a_year_in_qingdao_costs_another_years_standard() -> None:
    once, twice = (one for one in OFFICIAL if one.place == QINGDAO)
    fees = [answered(one).fee for one in (once, twice)]
    totals = [fee.total for fee in fees if fee is not None and fee.total is not None]
    assert len(totals) == 2
    assert totals[1] == 2 * totals[0]


def test_enshis_resident_in_hospital_in_the_month_of_paying_has_no_bill_of_the_year_paid() -> None:
    (enshi,) = (one for one in OFFICIAL if one.place == ENSHI)
    wait = answered(enshi).wait
    assert wait is not None
    # Whether the day of credit is the first of the 90 isn't written: the later end counts.
    assert str(wait.end) == "2026-01-13"
