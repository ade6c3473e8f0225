"""Text on paper: full-width beside Chinese, and nothing typed bends a line."""

import pytest

from medcounter.notice.sheet.typeset import clean, typeset


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("报销,以系统为准", "报销，以系统为准"),
        ("报销, 以系统为准", "报销，以系统为准"),
        ("2025-02-28 前缴费:没有等待期", "2025-02-28 前缴费：没有等待期"),
        ("共 400.00,不另收", "共 400.00，不另收"),
        ("缴费(测算)", "缴费（测算）"),
        ("缴费 (测算)", "缴费（测算）"),
        ("等待期(2025-03-05)", "等待期（2025-03-05）"),
        ("(C 级来源)", "（C 级来源）"),
        ("低保对象(定额),大学生;其他", "低保对象（定额），大学生；其他"),
        ("为什么?因为规定!", "为什么？因为规定！"),
        ("“微服务”,按提示", "“微服务”，按提示"),
        ("¥1,070.00", "¥1,070.00"),
        ("14:32", "14:32"),
        ("f(x), g(y)", "f(x), g(y)"),
        ("", ""),
    ],
)
def test_punctuation_beside_chinese_is_full_width(written: str, printed: str) -> None:
    assert typeset(written) == printed


@pytest.mark.parametrize("character", ["\x00", "\n", "\x1b", "\u202e", "\u200b", "\ufeff"])
def test_characters_that_bend_a_line_become_spaces(character: str) -> None:
    assert clean(f"王{character}丽") == "王 丽"
