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


def test_a_character_that_nobody_can_read_is_said() -> None:
    assert "无法辨认" in read_name("王\ue863").notes[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\u3164", "没有看得见的字"),
        ("\u115f\u1160", "没有看得见的字"),
        ("\u200b\u2060", "没有看得见的字"),
        ("\u2800", "没有看得见的字"),
        ("\ufe0f", "没有能读的字"),
        ("·", "没有能读的字"),
        ("360103198807121237", "没有能读的字"),
        ("同上", "“同上”不是姓名"),
        ("同 上", "“同上”不是姓名"),
        ("〃", "“〃”不是姓名"),
        ("无", "“无”不是姓名"),
        ("户主", "“户主”不是姓名"),
        ("张?", "里有“?”"),
        ("刘？二", "里有“?”"),
        ("□明", "里有“□”"),
        ("王\ufffd", "里有“\ufffd”"),
        ("王*明", "里有“*”"),
        ("王二、王三", "像是几个人"),
        ("王二，王三", "像是几个人"),
    ],
)
def test_what_names_nobody_says_why(typed: str, said: str) -> None:
    assert said in read_name(typed).fault


@pytest.mark.parametrize(
    "typed",
    [
        "吴建国",
        "無名",
        "李〇",
        "阿依古丽·买买提",
        "Smith, John",
        "SMITH/JOHN",
        "吴\ue863",
        "吴无",
        "",
        " ",
    ],
)
def test_a_name_and_an_empty_field_have_no_fault(typed: str) -> None:
    assert read_name(typed).fault == ""


def test_digits_in_a_name_are_said() -> None:
    assert "数字" in read_name("张3").notes[0]


def test_a_name_of_more_than_50_characters_is_too_long() -> None:
    assert not read_name("张" * 50).too_long
    assert read_name("张" * 51).too_long
