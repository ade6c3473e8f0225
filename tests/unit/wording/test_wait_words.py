"""A wait is said in the same words wherever it is shown."""

from datetime import date

import pytest

from medcounter.assess.assessment import Wait
from medcounter.wording.wait_words import wait_length, wait_parts, wait_sum

JAN_1, DEC_31 = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((3, 0, 0, 3, "month"), "固定等待期 3 个月"),
        ((90, 0, 0, 90, "day"), "固定等待期 90 天"),
        ((2, 0, 0, 2, "whole-month"), "固定等待期 2 个整月"),
        ((3, 1, 0, 4, "month"), "固定 3 个月 ＋ 断保变动 1 个月 ＝ 4 个月"),
        ((3, 1, 1, 3, "month"), "固定 3 个月 ＋ 断保变动 1 个月 － 补缴减少 1 个月 ＝ 3 个月"),
    ],
)
def test_a_wait_is_written_as_the_sum_it_is(
    parts: tuple[int, int, int, int, str], words: str
) -> None:
    assert wait_sum(Wait(JAN_1, DEC_31, *parts)) == words


def test_a_fixed_wait_alone_has_no_sum() -> None:
    assert wait_parts(Wait(JAN_1, DEC_31, 3, 0, 0, 3, "month")) == ""


def test_no_wait_has_a_length_in_words() -> None:
    assert (wait_length(None), wait_parts(None)) == ("无", "")
