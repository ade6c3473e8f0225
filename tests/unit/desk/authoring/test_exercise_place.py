"""The exercise's county is found by what one would type, and by nothing else."""

import json

import pytest

from medcounter.desk.authoring.exercise_place import EXERCISE, exercise_rows
from tests.rule_samples import TESTS

ANSWER = TESTS.parent / "docs" / "examples" / "shiqiao" / "shiqiao-2027.json"


@pytest.mark.parametrize("typed", ["sqx", "shiqiao", "石桥", "9901"])
def test_the_county_of_the_exercise_is_found_by_initials_name_and_code(typed: str) -> None:
    assert exercise_rows(typed) == (EXERCISE,)


@pytest.mark.parametrize("typed", ["", "jx", "江西", "36"])
def test_what_means_another_place_does_not_find_it(typed: str) -> None:
    assert exercise_rows(typed) == ()


def test_it_is_the_county_of_the_answer_that_ships() -> None:
    (place,) = json.loads(ANSWER.read_text(encoding="utf-8"))["regions"]
    assert (place["code"], place["name"]) == (EXERCISE.code, EXERCISE.name)
