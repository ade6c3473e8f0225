"""A clerk's secret: normalised, and refused when too weak.

Returns the secret's normal form. Knows no slot; keeps nothing.

Source: our own measurement; a guess costs about 0.1 s on one core of a
counter's machine, so that all six-digit secrets are tried in 1.3 days and all
twelve-digit ones in 3,500 years.
"""

from __future__ import annotations

import unicodedata

from medcounter.trust.trust_errors import SecretTooWeakError

LEAST_CHARACTERS = 10
LEAST_DIGITS = 12
LEAST_DIFFERENT = 5
LONGEST = 200
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
_WIDE = frozenset("WF")


def normal_secret(typed: str) -> str:
    """Return the one form of a secret, however its characters were typed."""
    return unicodedata.normalize("NFKC", typed).strip()


def require_strong(typed: str, name: str) -> str:
    """Refuse a secret that would be guessed, and say why.

    A Chinese character counts as two, since there are so many of them.

    Args:
        typed: The secret as typed.
        name: The clerk's name, which must not be in it.

    Returns:
        Its normal form.

    Raises:
        SecretTooWeakError: It is too short or too simple; the text says
            which.
    """
    secret = normal_secret(typed)
    plain = secret.casefold()
    if len(secret) > LONGEST:
        raise SecretTooWeakError(f"口令超过 {LONGEST} 个字，没有保存；请改短一些。")
    if secret.isdigit() and len(secret) < LEAST_DIGITS:
        raise SecretTooWeakError(
            f"口令只有 {len(secret)} 位数字，没有保存：全是数字的口令很快会被试出来"
            f"（6 位只要一天多），至少要 {LEAST_DIGITS} 位；"
            f"请改用 4 个词的拼音，或 {LEAST_CHARACTERS} 个以上的字符。"
        )
    if sum(1 + (unicodedata.east_asian_width(one) in _WIDE) for one in secret) < LEAST_CHARACTERS:
        raise SecretTooWeakError(
            f"口令太短，没有保存；请用 {LEAST_CHARACTERS} 个以上的字符（一个汉字算两个），"
            f"例如 4 个词的拼音，或 {LEAST_DIGITS} 位以上的数字。"
        )
    if len(set(plain)) < LEAST_DIFFERENT or any(plain in run for run in _RUNS):
        raise SecretTooWeakError(
            "口令是重复的字符，或键盘上、字母表里连着的一串，容易猜到，没有保存；请换一个。"
        )
    if name and name.casefold() in plain:
        raise SecretTooWeakError("口令里有经办人的姓名，容易猜到，没有保存；请换一个。")
    return secret
