"""The menu of a long list keeps the key apart from what it chooses."""

from ui.views.studio.field_controls import menu_words


def test_the_number_of_the_first_of_january_does_not_read_as_a_month() -> None:
    assert menu_words(1, "1 月 1 日") == "&1.　1 月 1 日"
