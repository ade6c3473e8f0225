"""How free answers are read by the kind their question asks for."""

import pytest

from medcounter.typed.typed_answers import AnswerUnreadableError, read_answer


@pytest.mark.parametrize("text", ["是", " 有 ", "true", "Y", "1"])
def test_a_yes_in_many_words_is_true(text: str) -> None:
    assert read_answer("bool", "是否退休人员", text) is True


@pytest.mark.parametrize("text", ["否", "没有", "False", "0"])
def test_a_no_in_many_words_is_false(text: str) -> None:
    assert read_answer("bool", "是否退休人员", text) is False


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("\uff11\uff12", 12), (" 0 ", 0)])
def test_a_whole_number_is_read_in_any_width(text: str, number: int) -> None:
    assert read_answer("number", "中断的月数", text) == number


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023", (2023,)),
        ("2024、2023", (2023, 2024)),
        ("2022-2024", (2022, 2023, 2024)),
        ("22 至 24", (2022, 2023, 2024)),
        ("2021,2023~2024", (2021, 2023, 2024)),
        ("23年 24年", (2023, 2024)),
        ("2023年、2023", (2023,)),
    ],
)
def test_years_are_read_one_by_one_or_as_spans(text: str, years: tuple[int, ...]) -> None:
    assert read_answer("years", "未报销的年度", text) == years


def test_a_text_is_trimmed() -> None:
    assert read_answer("text", "缴费档次", " \uff14.5 ") == "4.5"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bool", "也许"),
        ("number", "-1"),
        ("number", "三"),
        ("number", "99999"),
        ("years", "去年"),
        ("years", "20231"),
        ("years", "2024-2022"),
        ("years", "2023-x"),
    ],
)
def test_what_is_no_answer_is_said_with_its_question(kind: str, text: str) -> None:
    with pytest.raises(AnswerUnreadableError, match="这个问题"):
        read_answer(kind, "这个问题", text)
