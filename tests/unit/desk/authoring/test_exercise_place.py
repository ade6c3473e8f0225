"""The exercise's county is found by what one would type, and by nothing else."""

import json
from pathlib import Path

import pytest

from medcounter.authoring.document.starting_documents import NewPlaceHead
from medcounter.desk.authoring.exercise_place import EXERCISE, exercise_rows
from medcounter.desk.desk import Desk
from tests.support.rules.rule_samples import TESTS
from tests.support.store.store_samples import AT

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


def test_a_draft_of_it_begins_empty_over_the_nations_rules(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    head = NewPlaceHead(EXERCISE.code, EXERCISE.name, "resident", 2027)
    draft = desk.authoring.begin_new(head, AT)
    assert draft.form.name == EXERCISE.name
    assert any(card.inherited_from for card in draft.form.cards)
    desk.close(with_backup=False)
