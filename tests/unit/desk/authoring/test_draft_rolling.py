"""A draft rolled forward is asked, confirmed and kept version by version."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.authoring.rolling.roll_errors import (
    NoClauseError,
    NotCarriedError,
    RollYearMissingError,
    StillAskedError,
    UnknownQuestionError,
)
from medcounter.desk.authoring.draft_release import DraftRelease
from medcounter.desk.authoring.draft_rolling import DraftRolling, NotRolledError
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.rule_rolling import usual_source
from medcounter.desk.desk import Desk
from tests.support.store.store_samples import AT

FEE = "amount-400.00"


@pytest.fixture
def desk(own_data_dir: Path) -> Iterator[Desk]:
    made = Desk.open(own_data_dir, AT)
    yield made
    made.close(with_backup=False)


@pytest.fixture
def draft(desk: Desk) -> OpenDraft:
    plan = desk.authoring.roll_plan("jiangxi-2026")
    notice = usual_source(plan.last_year, plan.to_year, AT.date())
    return desk.authoring.roll_forward(plan, {}, notice, AT)


def rule(draft: OpenDraft, name: str) -> dict[str, object]:
    found: dict[str, object] = next(one for one in draft.document.own["rules"] if one["id"] == name)
    return found


def test_the_plan_asks_before_anything_is_begun(desk: Desk) -> None:
    plan = desk.authoring.roll_plan("jiangxi-2026")
    assert plan.to_year == 2027
    assert {FEE, "amount-700.00", "counted-from-2025"} <= {one.key for one in plan.questions}
    assert desk.authoring.listed() == ()
    with pytest.raises(RollYearMissingError):
        desk.authoring.roll_plan("jiangxi-2026", 2031)


def test_a_rolled_draft_is_of_the_new_year_and_says_where_it_comes_from(
    desk: Desk, draft: OpenDraft
) -> None:
    (line,) = desk.authoring.listed()
    assert (line.region, line.year) == ("360000", 2027)
    assert line.last_words == "从“jiangxi-2026”沿用到 2027 年度"
    roll = DraftRolling(draft)
    assert roll.is_rolled
    assert rule(draft, "standard")["status"] == "assumed"
    assert len(roll.obstacles) == len(roll.questions) > 5


def test_an_answer_is_a_version_and_can_be_taken_back(draft: OpenDraft) -> None:
    roll = DraftRolling(draft)
    before, asked = draft.document, len(roll.questions)
    roll.answer(FEE, "430#二", AT)
    assert (
        rule(draft, "standard")["answer"]
        != next(one for one in before.own["rules"] if one["id"] == "standard")["answer"]
    )
    assert len(roll.questions) == asked - 1
    with pytest.raises(UnknownQuestionError):
        roll.answer(FEE, "440", AT)
    draft.undo(AT)
    assert draft.document == before
    assert len(roll.questions) == asked


def test_what_is_still_asked_is_not_confirmed_and_what_was_confirmed_is_the_notices(
    draft: OpenDraft,
) -> None:
    roll = DraftRolling(draft)
    path = next(
        one.path for one in roll.carried if draft.document.at(one.path).get("id") == "standard"
    )
    with pytest.raises(StillAskedError):
        roll.confirm(path, "二", AT)
    roll.answer(FEE, "430", AT)
    with pytest.raises(NoClauseError):
        roll.confirm(path, " ", AT)
    roll.confirm(path, "二", AT)
    said = rule(draft, "standard")
    assert (said["status"], said["clause"]) == ("confirmed", "二")
    assert said["source"] == "360000-resident-2027-notice"
    with pytest.raises(NotCarriedError):
        roll.confirm(path, "二", AT)


def test_last_years_examples_are_taken_or_left_and_never_by_themselves(
    draft: OpenDraft,
) -> None:
    roll = DraftRolling(draft)
    proposals = roll.examples
    assert len(proposals) > 20
    assert draft.document.content["examples"] == []
    usable = next(one for one in proposals if not one.refused)
    roll.accept_examples([usable.id], AT)
    assert [one["id"] for one in draft.document.content["examples"]] == [usable.id]
    other = roll.examples[0]
    roll.dismiss_examples([other.id], AT)
    assert len(roll.examples) == len(proposals) - 2
    assert len(draft.document.content["examples"]) == 1


def test_a_question_left_open_is_told_where_the_draft_is_to_be_released(
    desk: Desk, draft: OpenDraft
) -> None:
    obstacles = DraftRelease(draft, desk.release).obstacles()
    assert any("缴费标准 400.00 元" in one for one in obstacles)


def test_a_draft_that_was_not_rolled_is_asked_nothing(desk: Desk) -> None:
    roll = DraftRolling(desk.authoring.begin_from("guangxi-2025", AT))
    assert (roll.is_rolled, roll.questions, roll.carried, roll.obstacles) == (
        False, (), (), ()
    )  # fmt: skip
    assert (roll.figures, roll.examples, roll.notes) == ((), (), ())
    with pytest.raises(NotRolledError):
        roll.answer(FEE, "430", AT)
    with pytest.raises(NotRolledError):
        roll.accept_examples([], AT)


def test_the_words_of_a_carried_rule_say_that_its_clause_is_last_years_until_it_is_changed(
    draft: OpenDraft,
) -> None:
    roll = DraftRolling(draft)
    before = next(one for one in roll.carried if one.mark.clause)
    (words,) = roll.texts([before.path])
    assert (words.clause, words.is_old) == (before.mark.clause, True)
    assert all("沿用" not in one for one in words.sentences)
    draft.change((*before.path, "clause"), "新通知第九条", AT)
    (words,) = roll.texts([before.path])
    assert (words.clause, words.is_old) == ("新通知第九条", False)
