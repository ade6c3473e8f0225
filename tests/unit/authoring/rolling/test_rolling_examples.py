"""Last year's examples are proposals: worked out anew, old value beside new, never accepted."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.facts import Facts
from medcounter.authoring.live.sample_table import RowKind, example_id
from medcounter.authoring.rolling.example_proposals import (
    accepted_examples,
    dismissed_examples,
    reworked_proposals,
    with_proposals,
)
from medcounter.authoring.rolling.roll_errors import UnknownExampleError
from medcounter.authoring.rolling.roll_records import ExampleProposal
from tests.support.authoring.rolling_samples import (
    NEW_SOURCE,
    TRIAL,
    book_with,
    rolled_jiangxi,
    rolled_jiangxi_book,
    rolled_with,
    shipped_document,
)
from tests.support.rules.rule_samples import Json

BEFORE = shipped_document("jiangxi-2026.json")


@pytest.fixture(scope="module")
def proposals() -> dict[str, ExampleProposal]:
    place = with_proposals(rolled_jiangxi(), BEFORE, rolled_jiangxi_book())
    return {one.id: one for one in place.roll.examples}


def told(proposal: ExampleProposal) -> dict[str, tuple[object, object, object]]:
    return {one.field: (one.old, one.moved, one.new) for one in proposal.values}


def test_every_example_of_last_year_is_proposed_and_none_stands_in_the_draft(
    proposals: dict[str, ExampleProposal],
) -> None:
    assert len(proposals) == len(BEFORE.content["examples"])
    assert rolled_jiangxi().document.content["examples"] == []


def test_a_value_stands_beside_the_old_one(proposals: dict[str, ExampleProposal]) -> None:
    found = proposals["jx27-by-year-end"]
    assert found.last["id"] == "jx26-by-year-end"
    assert found.facts["payment_date"] == "2026-12-31"
    assert found.facts["insured_years"] == [2024, 2025, 2026]
    assert told(found)["fee.total"] == ("400.00", "400.00", "430.00")
    assert told(found)["coverage.from"] == ("2026-01-01", "2027-01-01", "2027-01-01")
    assert found.differs


def test_who_paid_at_the_edge_of_the_period_pays_at_its_edge_again(
    proposals: dict[str, ExampleProposal],
) -> None:
    days = {
        name: proposals[name].facts["payment_date"]
        for name in (
            "jx27-window-first-day",
            "jx27-day-before-window",
            "jx27-february",
            "jx27-late",
        )
    }
    assert list(days.values()) == ["2026-10-08", "2026-10-07", "2027-01-31", "2027-02-01"]


def test_near_an_event_or_a_birth_the_distance_in_days_is_kept(
    proposals: dict[str, ExampleProposal],
) -> None:
    found = proposals["jx27-newborn-day-91"].facts
    assert (found["birth_date"], found["payment_date"]) == ("2027-01-01", "2027-04-02")


@pytest.mark.parametrize(
    ("near", "paid"),
    [
        ({}, "2027-01-31"),
        ({"events": [{"kind": "graduated", "date": "2026-01-05"}]}, "2027-02-28"),
        ({"birth_date": "2025-12-20"}, "2027-02-28"),
        ({"birth_date": "1990-12-20"}, "2027-01-31"),
    ],
)
def test_at_the_edge_of_a_period_the_distance_to_something_dated_matters_more(
    near: Json, paid: str
) -> None:
    facts = {"region": "360000", "benefit_year": 2026, "payment_date": "2026-02-28", **near}
    example = {"id": "edge", "facts": facts, "expect": {}, "basis": "derived", "source": "order"}
    document = BEFORE.__class__(b"", {**BEFORE.content, "examples": [example]})
    (found,) = with_proposals(rolled_jiangxi(), document, rolled_jiangxi_book()).roll.examples
    assert found.facts["payment_date"] == paid


def test_an_example_that_a_wrong_shift_would_defend_shows_what_changed(
    proposals: dict[str, ExampleProposal],
) -> None:
    # Insured from 2024 on and counted from 2025: 2025, 2026 and 2027 are three years.
    assert told(proposals["jx27-incentive-second-year"])["incentive.continuous_years"] == (2, 2, 3)


def test_an_example_of_a_refusal_is_one_again(proposals: dict[str, ExampleProposal]) -> None:
    found = proposals["jx27-confirmation-not-said"]
    assert told(found)["error"] == ("missing", "missing", "missing")
    assert not found.refused
    assert not found.differs


def test_what_cannot_be_assessed_says_why_and_is_not_taken() -> None:
    place = rolled_with(BEFORE, {})
    place = with_proposals(place, BEFORE, book_with(rolled_jiangxi()))
    broken = BEFORE.content["examples"][0]
    facts = {key: value for key, value in broken["facts"].items() if key != "payment_date"}
    content = {**BEFORE.content, "examples": [{**broken, "facts": facts}]}
    odd = with_proposals(
        rolled_jiangxi(), BEFORE.__class__(b"", content), rolled_jiangxi_book()
    ).roll
    assert odd.examples[0].refused
    with pytest.raises(UnknownExampleError):
        accepted_examples(place.document, odd, [odd.examples[0].id])


def test_an_accepted_one_goes_into_the_draft_with_its_new_values(
    proposals: dict[str, ExampleProposal],
) -> None:
    place = with_proposals(rolled_jiangxi(), BEFORE, rolled_jiangxi_book())
    done = accepted_examples(*place, ["jx27-student", "jx27-low-income-late"])
    student, late = done.document.content["examples"]
    assert student == {
        "id": "jx27-student",
        "facts": proposals["jx27-student"].facts,
        "expect": {"fee.total": "200.00", "coverage.from": "2027-01-01"},
        "basis": "derived",
        "source": NEW_SOURCE.id,
    }
    # What was carried over is in doubt, so last year's "not in doubt" is not claimed.
    assert "settled" not in late
    assert len(done.roll.examples) == len(proposals) - 2
    with pytest.raises(UnknownExampleError):
        accepted_examples(*done, ["jx27-student"])


def test_they_are_worked_out_again_by_what_was_answered_since() -> None:
    typed = {key: text for key, text in TRIAL.items() if not key.startswith(("period", "amount"))}
    early = with_proposals(rolled_with(BEFORE, typed), BEFORE, rolled_jiangxi_book())
    stale = next(one for one in early.roll.examples if one.id == "jx27-window-first-day")
    assert stale.facts["payment_date"] == "2026-10-15"
    done = replace(rolled_jiangxi().roll, examples=early.roll.examples)
    found = reworked_proposals(done, rolled_jiangxi_book()).examples
    again = next(one for one in found if one.id == "jx27-window-first-day")
    assert again.facts["payment_date"] == "2026-10-08"
    assert told(again)["window.to"] == ("2026-02-28", "2027-02-28", "2027-01-31")


def test_one_that_claims_less_than_last_years_differs(
    proposals: dict[str, ExampleProposal],
) -> None:
    late = proposals["jx27-low-income-late"]
    assert not any(value.differs for value in late.values)
    assert late.settled == ()
    assert late.differs


def test_a_dismissed_one_is_proposed_no_longer() -> None:
    place = with_proposals(rolled_jiangxi(), BEFORE, rolled_jiangxi_book())
    left = dismissed_examples(place.roll, ["jx27-student"])
    assert "jx27-student" not in {one.id for one in left.examples}


def test_an_example_without_a_year_in_its_name_gets_the_new_one() -> None:
    content = {**BEFORE.content, "examples": [{**BEFORE.content["examples"][0], "id": "first"}]}
    place = with_proposals(rolled_jiangxi(), BEFORE.__class__(b"", content), rolled_jiangxi_book())
    assert [one.id for one in place.roll.examples] == ["first-2027"]


def test_a_row_ticked_last_year_becomes_no_example_by_hand_and_is_told_to_be_ticked_anew() -> None:
    (own, *_) = BEFORE.content["examples"]
    facts = Facts("360000", 2026, date(2025, 12, 31), insured_years=(2023, 2024, 2025))
    ticks = [{**own, "id": example_id(kind, facts)} for kind in (RowKind.SAMPLE, RowKind.LIMIT)]
    before = BEFORE.replaced(("examples",), [own, *ticks])
    place = with_proposals(rolled_jiangxi(), before, rolled_jiangxi_book())
    assert [one.last["id"] for one in place.roll.examples] == [own["id"]]
    assert any("2 行没有带过来" in note for note in place.roll.notes)
