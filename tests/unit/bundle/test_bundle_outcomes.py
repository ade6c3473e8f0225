"""Which answers change when one bundle takes another's place."""

from datetime import date

from medcounter.bundle.answer_changes import OutcomeChange, case_set, outcome, outcome_changes
from tests.rule_samples import Json, book_of, bundle_of, facts, nation, programme, standard, window


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
    total = changes["fee.total"]
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


def test_an_answer_newly_asked_for_is_a_refusal_that_hides_the_other_fields() -> None:
    asking = standard("400.00", when={"test": "answer", "code": "parent_insured", "is": True})
    other = standard("500.00", when={"test": "answer", "code": "parent_insured", "is": False}) | {
        "id": "standard-other"
    }
    changes = changes_to(asking, other)
    assert changes["refused"].old is None
    assert changes["refused"].new == "missing"


def test_a_place_that_is_left_out_is_no_longer_covered() -> None:
    empty = book_of(bundle_of(nation()))
    assert {(one.field, one.new) for one in outcome_changes(OLD, empty)} == {
        ("refused", "rules-not-covered")
    }


def test_a_draft_with_two_rules_for_one_case_is_told_instead_of_failing() -> None:
    twice = book_of(whole(standard("400.00"), standard("410.00") | {"id": "standard-again"}))
    assert outcome(facts("2025-10-01"), twice) == {"refused": "rules-incomplete"}
    assert outcome_changes(OLD, twice)[0].new == "rules-incomplete"


def test_the_case_set_holds_examples_and_limits_each_once() -> None:
    odd = {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-17"}
    expect = {"fee.total": "400.00"}
    example = {"id": "odd", "facts": odd, "expect": expect, "basis": "derived", "source": "order"}
    broken = {**example, "id": "broken", "facts": {**odd, "payment_date": "soon"}}
    book = book_of(whole(standard("400.00"), examples=[example, broken]))
    cases = case_set(book)
    assert cases[0] == facts("2025-10-17")
    assert len(set(cases)) == len(cases)
    assert {date(2025, 12, 20), date(2025, 12, 21), date(2025, 12, 22)} <= {
        case.payment_date for case in cases
    }


def test_a_change_is_said_in_one_sentence() -> None:
    change = changes_to(standard("420.00"))["fee.total"]
    assert change.text("甲省") == (
        f"甲省 2026 年度居民医保 · 应缴合计：{change.cases} 个情形改变，"
        "首个由“400.00”变为“420.00”。"
    )


def test_a_value_that_was_null_is_said_as_none() -> None:
    change = changes_to(standard(None))["fee.total"]
    assert change.text("甲省").endswith("首个由“400.00”变为“无”。")
