"""Which empty fields stand between a draft and a notice."""

from datetime import date

import pytest

from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.evaluation import evaluate
from medcounter.desk.evaluate.missing_fields import needed_fields
from tests.support.desk.desk_samples import shipped_book

ON = date(2025, 3, 5)
BLANK = Draft(region="360000", benefit_year=2025)
NUMBER = "360103198807121237"


def needed(draft: Draft) -> tuple[str, ...]:
    return needed_fields(evaluate(draft, shipped_book(), ON))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, ("id_number", "name")),
        ({"id_number": NUMBER}, ("name",)),
        ({"name": "吴建国"}, ("id_number",)),
        ({"id_number": NUMBER, "name": "吴建国"}, ()),
        ({"birth_date": "2025-01-01"}, ("name",)),
        ({"id_number": NUMBER, "name": "吴建国", "agent": "吴梅"}, ("agent_relation",)),
        ({"id_number": NUMBER, "name": "吴建国", "agent_relation": "女儿"}, ("agent",)),
    ],
)
def test_an_empty_field_that_the_paper_needs_is_named(
    changes: dict[str, str], fields: tuple[str, ...]
) -> None:
    draft = BLANK
    for name, value in changes.items():
        draft = draft.with_(name, value)
    assert fields == needed(draft)


def test_a_field_filled_wrongly_is_a_problem_and_not_an_empty_field() -> None:
    assert needed(BLANK.with_("id_number", "12").with_("name", "吴建国")) == ()
