"""Conditions on several events and on dated answers, said for a reader."""

import pytest

from medcounter.wording.condition_words import condition_words
from tests.support.rules.condition_samples import YEAR, written
from tests.support.rules.rule_samples import Json

LABELS = {
    "graduated": "毕业返乡",
    "household-moved-in": "户口迁入",
    "previous_year_paid_on": "上一年度的缴费日期",
}


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (
            {"test": "elapsed", "since": ["graduated", "birth"], "within": {"days": 90}},
            "缴费日距“毕业返乡”或出生90 天以内",
        ),
        (
            {"test": "elapsed", "since": "answers.previous_year_paid_on", "within": {"months": 3}},
            "缴费日距“上一年度的缴费日期”3 个月以内",
        ),
        (
            {"test": "event", "kind": "answers.previous_year_paid_on", "from": "B-1:10-01"},
            "填有“上一年度的缴费日期”，在 2025-10-01 及以后",
        ),
        (
            {"test": "event", "kind": "household-moved-in", "from": "B-1:10-01"},
            "有“户口迁入”，发生在 2025-10-01 及以后",
        ),
        ({"test": "event", "kind": "answers.left_on"}, "填有“left_on”"),
    ],
)
def test_events_and_dated_answers_are_said_with_their_labels(when: Json, words: str) -> None:
    assert condition_words(written(when), YEAR, LABELS) == words
