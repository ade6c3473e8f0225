"""The number of the queue goes on as the slips do."""

import pytest

from medcounter.desk.counter.queue_number import number_after, queue_number


@pytest.mark.parametrize(
    ("number", "after"),
    [
        ("A012", "A013"),
        ("a012", "A013"),
        ("Ａ０１２", "A013"),
        ("7", "8"),
        ("B-099", "B-100"),
        ("A999", "A1000"),
        ("医保009", "医保010"),
    ],
)
def test_the_next_number_has_the_same_letters_and_as_many_digits(number: str, after: str) -> None:
    assert number_after(number) == after


@pytest.mark.parametrize("text", ["", " ", "A", "请稍候"])
def test_without_digits_at_the_end_there_is_no_next_number(text: str) -> None:
    assert number_after(text) == ""


def test_a_number_is_shown_without_spaces_in_capitals_and_never_long() -> None:
    assert queue_number(" a 012 ") == "A012"
    assert len(queue_number("A" * 99)) == 8
