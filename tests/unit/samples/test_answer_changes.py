"""Which answers change when one bundle takes another's place."""

from datetime import date

import pytest

from medcounter.samples.answer_changes import (
    OutcomeChange,
    case_set,
    outcome,
    outcome_changes,
    year_changes,
)
from medcounter.samples.moved_years import moved, moved_text
from tests.support.rules.rule_samples import (
    Json,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    rule,
    standard,
    window,
)


def whole(*rules: Json, **more: object) -> Json:
    """甲省 with one window of September to December 2025 and these rules."""
    stated = [window("main", "2025-09-01", "2025-12-20"), *rules]
    return bundle_of(nation(), programme(stated), **more)


OLD = book_of(whole(standard("400.00")))


def changes_to(*rules: Json) -> dict[str, OutcomeChange]:
    return {change.field: change for change in outcome_changes(OLD, book_of(whole(*rules)))}


def test_a_bundle_beside_itself_changes_no_answer() -> None:
    assert outcome_changes(OLD, OLD) == ()


def test_a_dearer_standard_changes_the_fee_and_nothing_else() -> None:
    changes = changes_to(standard("420.00"))
    assert set(changes) == {"fee.total", "fee.standard", "fee.contribution", "fee.repair"}
    total = changes["fee.standard"]
    assert (total.region, total.scheme, total.benefit_year) == ("990000", "resident", 2026)
    assert (total.old, total.new) == ("400.00", "420.00")
    assert total.first.payment_date >= date(2025, 9, 1)
    assert total.cases > 1


def test_a_window_that_ends_a_day_earlier_changes_its_last_day() -> None:
    shorter = book_of(
        bundle_of(
            nation(), programme([window("main", "2025-09-01", "2025-12-19"), standard("400.00")])
        )
    )
    kinds = [one for one in outcome_changes(OLD, shorter) if one.field == "window.kind"]
    assert [(one.old, one.new) for one in kinds] == [("main", "closed")]
    assert kinds[0].first.payment_date == date(2025, 12, 20)
    assert "2025-12-20 缴费" in kinds[0].who


def test_an_answer_newly_asked_for_is_a_refusal_that_hides_the_other_fields() -> None:
    asking = standard("400.00", when={"test": "answer", "code": "parent_insured", "is": True})
    other = standard("500.00", when={"test": "answer", "code": "parent_insured", "is": False}) | {
        "id": "standard-other"
    }
    changes = changes_to(asking, other)
    assert (changes["refused"].old, changes["refused"].new) == (None, "missing")


def test_a_place_that_is_left_out_is_no_longer_covered() -> None:
    empty = book_of(bundle_of(nation()))
    assert {(one.field, one.new) for one in outcome_changes(OLD, empty)} == {
        ("refused", "rules-not-covered")
    }


def test_a_draft_with_two_rules_for_one_case_is_told_instead_of_failing() -> None:
    twice = book_of(whole(standard("400.00"), standard("410.00") | {"id": "standard-again"}))
    assert outcome(facts("2025-10-01"), twice) == {"refused": "rules-incomplete"}
    assert outcome_changes(OLD, twice)[0].new == "rules-incomplete"


def test_the_case_set_holds_samples_examples_and_limits_each_once() -> None:
    odd = {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-17"}
    expect = {"fee.total": "400.00"}
    example = {"id": "odd", "facts": odd, "expect": expect, "basis": "derived", "source": "order"}
    broken = {**example, "id": "broken", "facts": {**odd, "payment_date": "soon"}}
    book = book_of(whole(standard("400.00"), examples=[example, broken]))
    cases = case_set(book)
    assert facts("2025-10-17") in cases
    assert cases[0].birth_date is not None
    assert len(set(cases)) == len(cases)
    assert {date(2025, 12, 20), date(2025, 12, 21), date(2025, 12, 22)} <= {
        case.payment_date for case in cases
    }


def test_a_change_is_said_in_one_sentence_about_a_resident() -> None:
    change = changes_to(standard("420.00"))["fee.standard"]
    assert change.text("甲省") == (
        f"甲省 2026 年度居民医保 · 缴费标准由“400.00”变为“420.00”（共 {change.cases} 个情形）："
        f"例如 {change.who}。"
    )
    assert change.who.startswith("普通居民，1981-06-15 出生（缴费时 44 周岁），2025-")


def test_what_a_case_came_out_as_is_said_in_chinese() -> None:
    shorter = [window("main", "2025-09-01", "2025-12-19"), standard("400.00")]
    changes = outcome_changes(OLD, book_of(bundle_of(nation(), programme(shorter))))
    (kind,) = [one for one in changes if one.field == "window.kind"]
    assert "缴费时段由“集中征缴期”变为“不能缴费”" in kind.text("甲省")


def test_a_value_that_was_null_is_said_as_none() -> None:
    change = changes_to(standard(None))["fee.standard"]
    assert "由“400.00”变为“无”" in change.text("甲省")


def aged(name: str, amount: str, low: int | None, high: int | None) -> Json:
    limits = {"from": low, "to": high}
    test = {"test": "age", **{key: value for key, value in limits.items() if value is not None}}
    return standard(amount, when=test) | {"id": name}


def by_age(student: str, aid: str) -> Json:
    """Like Wuxi: the fee hangs on age, so nobody without a birth date has one."""
    return whole(
        aged("grown", "600.00", 18, None),
        aged("young", "350.00", None, 17),
        rule("student", "concession", {"standard": student}, grounds=["student"]),
        rule("poor", "concession", {"aid": aid}, grounds=["low-income"]),
    )


@pytest.mark.parametrize(
    ("before", "after", "old", "new", "whom"),
    [
        # Wuxi: the student's fee; Tai'an: the aid of the low-income.
        (("290.00", "240.00"), ("300.00", "240.00"), "290.00", "300.00", "大学生"),
        (("290.00", "240.00"), ("290.00", "200.00"), "360.00", "400.00", "城乡低保对象"),
    ],
)
def test_a_fee_that_hangs_on_age_is_seen_to_change_for_whom_it_does(
    before: tuple[str, str], after: tuple[str, str], old: str, new: str, whom: str
) -> None:
    """Found in a trial: the figure was listed, and then 0 项改变."""
    changes = outcome_changes(book_of(by_age(*before)), book_of(by_age(*after)))
    totals = {(one.old, one.new): one.who for one in changes if one.field == "fee.total"}
    assert whom in totals[old, new]
    assert all(one.field != "refused" for one in changes)


def test_a_tier_s_fee_is_seen_to_change_beside_another_tier_s() -> None:
    """Tai'an: 530 to 540 for tier 2; a first change of the same field hid a second."""

    def tiers(first: str, second: str) -> Json:
        asks = [{"code": "tier", "choices": [{"value": one, "label": f"{one} 档"} for one in "12"]}]
        prices = [
            standard(price, when={"test": "answer", "code": "tier", "is": tier})
            | {"id": f"tier-{tier}"}
            for tier, price in (("1", first), ("2", second))
        ]
        main = window("main", "2025-09-01", "2025-12-20")
        return bundle_of(nation(), programme([main, *prices], asks=asks))

    changes = outcome_changes(
        book_of(tiers("380.00", "530.00")), book_of(tiers("390.00", "540.00"))
    )
    totals = {(one.old, one.new): one.who for one in changes if one.field == "fee.total"}
    assert "缴费档次：1 档" in totals["380.00", "390.00"]
    assert "缴费档次：2 档" in totals["530.00", "540.00"]


def two_years(first: str, second: str, last_day: str = "2026-12-20") -> Json:
    nations = [nation() | {"benefit_years": {"from": 2025, "to": 2027}}]
    years = [
        programme(
            [window("main", f"{year - 1}-09-01", end), standard(price)],
            id=f"province-{year}",
            benefit_years={"from": year, "to": year},
        )
        for year, price, end in ((2026, first, "2025-12-20"), (2027, second, last_day))
    ]
    return bundle_of(*nations, *years)


def test_whoever_asks_about_one_year_is_told_what_changes_there_and_asks_nobody_else() -> None:
    books = book_of(two_years("420.00", "450.00")), book_of(two_years("430.00", "460.00"))
    asked = set[tuple[str, str, int]]()

    def concerns(*place: object) -> bool:
        asked.add(place)  # type: ignore[arg-type]  # a region, a scheme and a year
        return place[2] == 2026

    whole_list, told = outcome_changes(*books), outcome_changes(*books, concerns)
    assert {one.benefit_year for one in whole_list} == {2026, 2027}
    assert told == tuple(one for one in whole_list if one.benefit_year == 2026)
    assert {year for _, _, year in asked} == {2026, 2027}
    kept = case_set(books[0], books[1], concerns)
    assert {one.benefit_year for one in kept} == {2026}


def test_the_same_people_a_year_later_pay_what_changed_and_nothing_that_only_moved() -> None:
    """Found in a trial: 新增 and 无, and 420 to 450 nowhere."""
    changes = year_changes(book_of(two_years("420.00", "450.00")), (2026, 2027))
    told = {(one.field, one.old, one.new) for one in changes}
    assert ("fee.total", "420.00", "450.00") in told
    assert ("fee.repair", "420.00", "450.00") in told
    # A year more counts as lapsed: the nation counts from 2025, which both years name.
    lapse = {"lapsed_years", "wait.variable", "wait.repaired", "wait.total", "wait.to"}
    moved_only = {"window.from", "window.to", "coverage.to", "wait.from"}
    assert {field for field, _, _ in told}.isdisjoint(moved_only)
    assert {field for field, _, _ in told} - lapse <= {
        "fee.total",
        "fee.standard",
        "fee.contribution",
        "fee.repair",
        "coverage.from",
    }
    assert {one.benefit_year for one in changes} == {2027}


def test_two_years_with_the_same_rules_change_no_fee() -> None:
    changes = year_changes(book_of(two_years("420.00", "420.00")), (2026, 2027))
    assert [one for one in changes if one.field in {"fee.standard", "window.kind", "refused"}] == []


def test_a_window_that_ends_earlier_the_next_year_is_seen() -> None:
    changes = year_changes(book_of(two_years("420.00", "420.00", "2026-11-30")), (2026, 2027))
    moved_ends = {(one.old, one.new) for one in changes if one.field == "window.to"}
    assert ("2026-12-20", "2026-11-30") in moved_ends


def test_two_years_may_lie_in_two_bundles_and_one_place_be_asked_for() -> None:
    before, after = book_of(two_years("420.00", "430.00")), book_of(two_years("1.00", "450.00"))
    changes = year_changes(before, (2026, 2027), "990000", after)
    assert ("420.00", "450.00") in {(one.old, one.new) for one in changes}
    assert year_changes(before, (2026, 2027), "880000", after) == ()


def test_everything_about_a_resident_moves_with_the_year() -> None:
    known = facts(
        "2025-10-17",
        birth_date=date(2024, 2, 29),
        insured_years=(2024, 2025),
        answers=(("paid_on", "2025-10-01"), ("plan", "1"), ("zero_claim_years", (2024,))),
    )
    later = moved(known, 1)
    assert later.benefit_year == 2027
    assert later.payment_date == date(2026, 10, 17)
    assert later.birth_date == date(2025, 2, 28)
    assert later.insured_years == (2025, 2026)
    assert dict(later.answers) == {
        "paid_on": "2026-10-01",
        "plan": "1",
        "zero_claim_years": (2025,),
    }
    assert moved(known, 0) is known


def test_a_text_that_only_looks_like_a_day_stays() -> None:
    assert moved_text("2025-02-30 和 2025-02-01", 1) == "2025-02-30 和 2026-02-01"
