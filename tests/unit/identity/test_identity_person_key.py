"""One person has one key, however the number is written."""

import pytest

from medcounter.identity.person_key import key_of, written_forms

OLD = "360102840229001"
# GB 11643 by hand: the weighted sum of 36010219840229001 is 244, and 244 % 11 = 2 stands for X.
NEW = "36010219840229001X"


@pytest.mark.parametrize(
    "written",
    [
        NEW,
        NEW.lower(),
        OLD,
        f" {OLD} ",
        "3601 0219 8402 2900 1x",
        "360102-19840229-001X",
        "３６０１０２１９８４０２２９００１Ｘ",
        "３６０１０２８４０２２９００１",
        "36010219840229001×",
    ],
)
def test_every_way_of_writing_a_number_has_one_key(written: str) -> None:
    assert key_of(written) == NEW


@pytest.mark.parametrize("written", ["", "-", "无", "3601", "360102198402290011", "张三"])
def test_what_is_no_number_has_no_key(written: str) -> None:
    assert key_of(written) == ""


@pytest.mark.parametrize("number", [OLD, NEW, NEW.lower()])
def test_a_ledger_is_asked_for_the_new_form_and_the_old_one(number: str) -> None:
    assert written_forms(number) == (NEW, OLD)


@pytest.mark.parametrize("number", ["440524188001010014", "36010320150712123X", "E12345678"])
def test_who_never_had_an_old_number_has_one_form(number: str) -> None:
    assert written_forms(number) == (number,)


def test_a_number_that_was_insisted_on_is_nobody_elses() -> None:
    # The check digit should be 7; somebody held the document that shows 0.
    assert written_forms("360103198807121230") == ("360103198807121230",)
    assert key_of("360103198807121230!") != key_of("360103198807121237")
