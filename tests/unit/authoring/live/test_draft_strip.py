"""The year as a strip: periods and what is wrong between them, while it is being written."""

from datetime import date

import pytest

from medcounter.authoring.live.draft_strip import StretchKind, YearStrip, pointed_day, year_strip
from tests.support.authoring.draft_samples import (
    FEE,
    LATE,
    MAIN,
    SUBSIDY,
    WHOLE,
    YEAR,
    base,
    draft,
    read_draft,
)
from tests.support.rules.rule_samples import Json, window

RULES = ("programmes", 0, "rules")


def strip(*rules: Json, **more: object) -> YearStrip:
    return year_strip(draft(*rules, **more), YEAR)


def kinds(found: YearStrip) -> list[tuple[str, str, str]]:
    return [(one.kind, str(one.first), str(one.last)) for one in found.stretches]


def test_the_periods_and_the_closed_days_follow_each_other_without_a_day_between() -> None:
    found = strip(*WHOLE)
    assert kinds(found) == [
        ("closed", "2025-01-01", "2025-08-31"),
        ("main", "2025-09-01", "2025-12-31"),
        ("late", "2026-01-01", "2026-12-31"),
        ("closed", "2027-01-01", "2027-12-31"),
    ]
    assert [one.path for one in found.stretches] == [(), (*RULES, 0), (*RULES, 1), ()]
    assert (found.holes, found.note) == ((), "")


def test_days_between_two_periods_are_closed_and_stand_as_such() -> None:
    early = window("main", "2025-09-01", "2025-12-20")
    assert ("closed", "2025-12-21", "2025-12-31") in kinds(strip(early, LATE, FEE, SUBSIDY))


def test_days_that_the_month_leaves_out_are_closed_each_month() -> None:
    days = {"test": "all", "of": [MAIN["when"], {"test": "day-of-month", "from": 1, "to": 25}]}
    found = strip({**MAIN, "when": days}, LATE, FEE, SUBSIDY)
    assert ("main", "2025-10-01", "2025-10-25") in kinds(found)
    assert ("closed", "2025-10-26", "2025-10-31") in kinds(found)


def test_two_periods_on_one_day_are_an_overlap_that_names_both() -> None:
    early = window("late", "2025-12-01", "2026-12-31")
    found = strip(MAIN, early, FEE, SUBSIDY)
    lies = found.at(date(2025, 12, 15))
    assert lies is not None
    assert (lies.kind, lies.rules) == (StretchKind.OVERLAP, ("main", "late"))
    assert lies.path == (*RULES, 0)
    assert (str(lies.first), str(lies.last)) == ("2025-12-01", "2025-12-31")
    (hole,) = found.holes
    assert hole.path == (*RULES, 0)
    assert date(2025, 12, 1) <= hole.day <= date(2025, 12, 31)
    assert "“main”与“late”同时成立" in hole.text


def test_days_of_which_no_rule_speaks_are_a_gap() -> None:
    """A nation that closes nothing."""
    payload = base().replace(b'"id": "closed"', b'"id": "shut"')
    rules = [{**one, "exception_to": []} for one in (MAIN, LATE)]
    never = {"test": "paid", "from": "2030-01-01", "to": "2030-12-31"}
    shut = {
        **window("closed", "2030-01-01", "2030-12-31"),
        "id": "never",
        "replaces": "shut",
        "exception_to": [],
        "when": never,
        "answer": {"kind": "closed", "label": "不能缴费"},
    }
    found = year_strip(read_draft(draft(*rules, shut, FEE, SUBSIDY).document, payload), YEAR)
    assert kinds(found)[0] == ("gap", "2025-01-01", "2025-08-31")
    assert any("没有规则成立" in one.text and one.path == RULES for one in found.holes)


def test_an_overlap_for_one_group_only_is_found_as_the_proof_finds_it() -> None:
    """Newborns have a period of their own that forgets to except the late one."""
    infant = {"test": "elapsed", "since": "birth", "within": {"days": 90}}
    own = window("late", "2026-01-01", "2026-12-31", id="newborn-period")
    own["when"] = {"test": "all", "of": [own["when"], infant]}
    found = strip(*WHOLE, own)
    assert StretchKind.OVERLAP not in {one.kind for one in found.stretches}
    (hole,) = found.holes
    assert "newborn-period" in hole.text


def test_while_a_period_is_not_filled_in_its_days_are_not_known() -> None:
    half = {**MAIN, "when": {"test": "paid", "from": "2025-09-01", "to": "〔截止日〕"}}
    found = strip(half, LATE, FEE, SUBSIDY)
    assert kinds(found) == [
        ("unknown", "2025-01-01", "2025-12-31"),
        ("late", "2026-01-01", "2026-12-31"),
        ("unknown", "2027-01-01", "2027-12-31"),
    ]
    assert "有 1 个缴费时段还没有填完" in found.note
    assert found.holes == ()


def test_a_draft_with_no_period_yet_is_closed_all_year() -> None:
    assert [kind for kind, *_ in kinds(strip())] == ["closed"]


def test_a_draft_without_its_years_has_no_strip_and_says_why() -> None:
    found = strip(*WHOLE, benefit_years={})
    assert found.stretches == ()
    assert "还没有填好" in found.note


@pytest.mark.parametrize(
    ("day", "plain", "lapsed"),
    [
        (date(2025, 10, 1), "不等", "3 个月"),
        (date(2026, 3, 5), "3 个月", "3 个月"),
        (date(2025, 3, 1), "—", "—"),
    ],
)
def test_a_pointed_day_says_wait_and_cover_of_a_plain_payer_and_a_lapsed_one(
    day: date, plain: str, lapsed: str
) -> None:
    """Counted from 2025: never insured is one lapsed year, which the nation lets pass free."""
    rules = draft(*WHOLE)
    found = pointed_day(rules, year_strip(rules, YEAR), day)
    assert found is not None
    assert found.plain.waits.startswith(plain)
    assert found.stretch.first <= day <= found.stretch.last
    assert found.lapsed.waits.startswith(lapsed)


def test_a_pointed_day_answers_while_the_fee_is_not_filled_in() -> None:
    rules = draft(MAIN, LATE)
    found = pointed_day(rules, year_strip(rules, YEAR), date(2026, 3, 5))
    assert found is not None
    assert (found.plain.pays, found.plain.waits[:4]) == ("还没有填", "3 个月")


def test_a_day_outside_the_strip_has_no_answer() -> None:
    rules = draft(*WHOLE)
    assert pointed_day(rules, year_strip(rules, YEAR), date(2030, 1, 1)) is None
