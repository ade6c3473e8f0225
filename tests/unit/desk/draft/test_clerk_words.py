"""A clerk's own words: put together from phrases, as long as paper has room, printed and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from medcounter.desk.draft.clerk_words import (
    holds_phrase,
    with_phrase_turned,
    words_on_paper,
    words_problems,
)
from tests.support.desk.counter_samples import ID_NUMBER, Counter, open_counter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter that has issued nothing."""
    made = open_counter(tmp_path / "data")
    yield made
    made.desk.close(with_backup=False)


@pytest.mark.parametrize(
    ("words", "phrase", "turned"),
    [
        ("", "请带户口簿", "请带户口簿。"),
        ("请带户口簿。", "三日内缴费！", "请带户口簿。三日内缴费！"),
        ("请带户口簿", "三日内缴费", "请带户口簿。三日内缴费。"),
        ("请带户口簿。三日内缴费。", "请带户口簿", "三日内缴费。"),
        ("  ", "三日内缴费。", "三日内缴费。"),
    ],
)
def test_a_phrase_is_put_behind_the_words_and_taken_out_again(
    words: str, phrase: str, turned: str
) -> None:
    assert with_phrase_turned(words, phrase) == turned
    assert holds_phrase(turned, phrase) != holds_phrase(words, phrase)


def test_words_are_printed_in_one_line_without_what_nobody_sees() -> None:
    assert words_on_paper(" 请带\u200b户口簿，\n 三日内缴费 ") == "请带户口簿， 三日内缴费"


def test_more_words_than_a_notice_has_room_for_stop_it_and_say_how_many() -> None:
    assert words_problems("字" * 120) == ()
    (problem,) = words_problems("字" * 121)
    assert problem.field == "clerk_words"
    assert "121 字" in problem.text


def test_a_clerks_words_stand_in_the_notice_and_come_back_with_its_correction(
    counter: Counter,
) -> None:
    issued = counter.issue("吴建国", clerk_words=" 请带户口簿。 ")
    assert issued.notice.clerk_words == "请带户口簿。"
    number = issued.notice.number or ""
    assert counter.desk.notices.find(number).notice.clerk_words == "请带户口簿。"
    draft = counter.desk.register.correct(number, "附言写错", counter.clock())
    assert draft.clerk_words == "请带户口簿。"


def test_too_many_words_leave_the_answer_and_stop_only_the_paper(counter: Counter) -> None:
    draft = replace(
        counter.desk.new_draft(counter.clock().date()),
        region="360000",
        benefit_year=2025,
        name="吴建国",
        id_number=ID_NUMBER,
        clerk_words="字" * 121,
    )
    outcome = counter.desk.outcome(draft, counter.clock().date())
    assert outcome.chosen is not None
    assert not outcome.can_issue
    assert "120 字以内" in outcome.blocked_by
