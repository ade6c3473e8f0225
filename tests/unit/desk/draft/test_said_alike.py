"""What the counter and a list make of the same words about a resident."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from medcounter.assess.facts import FACT_LABELS
from medcounter.desk.draft.draft import FIELDS, Draft
from medcounter.desk.draft.draft_edits import UNPAID_YEARS, EditContext, changed
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import WANTED, examine, number, written
from tests.support.roster.roster_samples import id_number


@pytest.mark.parametrize("born", [date(1988, 7, 12), date(2022, 3, 1), date(2024, 1, 1)])
@pytest.mark.parametrize("unpaid", [0, 1, 5, 8])
def test_unpaid_years_mean_the_same_insured_years_in_a_list_and_at_the_counter(
    unpaid: int, born: date, tmp_path: Path
) -> None:
    rows = [
        ("姓名", "身份证号码", "断保年数"),
        ("王小明", number(1), str(unpaid)),
        ("李小红", id_number(born, 2), str(unpaid)),
    ]
    _, second = examine(written(tmp_path / "list.xlsx", {"名单": rows}))
    assert second.person is not None
    draft = replace(Draft(), region="360000", benefit_year=WANTED.benefit_year)
    context = EditContext(shipped_book(), WANTED.on, born)
    at_the_counter = changed(draft, UNPAID_YEARS, str(unpaid), context)
    assert at_the_counter.insured_years == second.person.facts.insured_years


def test_a_fact_has_one_name_in_the_form_and_in_what_is_wrong_with_it() -> None:
    named = {field.name: field.label for field in FIELDS if field.name in FACT_LABELS}
    assert named == FACT_LABELS
