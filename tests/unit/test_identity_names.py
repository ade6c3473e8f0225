"""What becomes of a typed name, and what the clerk is told of it."""

import pytest

from medcounter.identity.names import read_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  张三 ", "张三"),
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("张\t三\n", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("Li", "Li"),
        ("⽅⾦", "方金"),
        ("张\u200b三\ufeff", "张三"),
        ("", ""),
    ],
)
def test_a_name_is_trimmed_and_nothing_of_it_is_lost(typed: str, name: str) -> None:
    assert read_name(typed).text == name


def test_a_common_name_needs_no_note() -> None:
    assert read_name("欧阳娜娜").notes == ()


def test_a_character_beyond_the_basic_plane_asks_for_a_look_at_the_preview() -> None:
    name = read_name("王\U000241fe")
    assert name.text == "王\U000241fe"
    assert "\U000241fe" in name.notes[0]


@pytest.mark.parametrize("typed", ["王\ufffd", "王\ue863"])
def test_a_character_that_nobody_can_read_is_said(typed: str) -> None:
    assert "无法辨认" in read_name(typed).notes[0]


def test_digits_in_a_name_are_said() -> None:
    assert "数字" in read_name("张3").notes[0]


def test_a_name_of_more_than_50_characters_is_too_long() -> None:
    assert not read_name("张" * 50).too_long
    assert read_name("张" * 51).too_long
