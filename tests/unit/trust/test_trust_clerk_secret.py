"""A secret that would be guessed is refused, and the sentence says why."""

import pytest

from medcounter.trust.clerk_secret import normal_secret, require_strong
from medcounter.trust.trust_errors import SecretTooWeakError


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "太短"),
        ("836194", "6 位数字"),
        ("83619472058", "11 位数字"),
        ("８３６１９４", "6 位数字"),
        ("short pwd", "太短"),
        ("红楼梦里", "太短"),
        ("aaaaaaaaaaaa", "重复"),
        ("121212121212", "重复"),
        ("1234567890123", "连着"),
        ("Qwertyuiop", "连着"),
        ("abcdefghijkl", "连着"),
        ("wo shi lixiao 2", "姓名"),
        ("x" * 201, "超过"),
    ],
)
def test_a_weak_secret_is_refused_and_the_reason_is_said(secret: str, why: str) -> None:
    with pytest.raises(SecretTooWeakError, match=why):
        require_strong(secret, "LiXiao")


@pytest.mark.parametrize(
    "secret", ["mian hua tian di", "836194720583", "Kd8!x_wQ2z", "红楼梦里花", "四个 汉字 加 ab"]
)
def test_length_is_what_makes_a_secret_good(secret: str) -> None:
    assert require_strong(secret, "李晓") == secret


def test_the_same_secret_typed_in_another_width_is_the_same() -> None:
    assert normal_secret(" ｍｉａｎ　ｈｕａ ") == normal_secret("mian hua") == "mian hua"
