"""Nobody works an ID number out from what is masked: at least 500 people fit each way out."""

from datetime import date

import pytest

from tests.faults.rows import take_notes
from tests.faults.secrets import masked_ways
from tests.oracle.id_candidates import ENOUGH, candidates, check_digit

ON = date(2026, 11, 29)
ADULT = masked_ways.PEOPLE["adult"]


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_count_knows_the_check_digits_of_the_standards_examples(number: str) -> None:
    assert check_digit(number[:17]) == number[17]


def test_the_count_sees_what_the_files_of_before_told() -> None:
    ends = f"{ADULT[:4]}**********{ADULT[-4:]}"
    assert candidates(f"{ends} 1988-07-12", ADULT, ON) == 1
    assert candidates(f"{ends} 38 岁", ADULT, ON) < 100
    assert candidates(ends, ADULT, ON) > 500
    assert candidates(f"{ADULT[:4]}**1988********", ADULT, ON) == ENOUGH
    assert candidates(ADULT, ADULT, ON) == 1


@pytest.mark.parametrize("who", ["adult", "newborn"])
def test_at_least_500_people_fit_whatever_is_masked(who: str) -> None:
    figures = masked_ways.count((who,))
    assert take_notes()
    assert figures["ways"] >= 20
    assert {name: figures[name] for name in masked_ways.BAD} == dict.fromkeys(masked_ways.BAD, 0)
