"""A recovery key as people write it: groups of five, each with a check.

Returns the key's bytes, or names the group that contains an error. Four
characters of a group carry 20 bits, the fifth is a check over them and over
the group's position: every single wrong character, every two swapped within a
group and every two groups swapped are detected. Knows no slot.

Source: the 32 letters and digits of Crockford's Base 32, which leave out I,
L, O and U; the check is a sum over the field of 32 elements, x^5 = x^2 + 1.
"""

from __future__ import annotations

import unicodedata

from medcounter.trust.trust_errors import RecoveryTextError

GROUPS = 13
_KEY_BYTES = 32
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_CARRYING = 4
_BITS = 5
_FIELD = 0b100101
_ELEMENTS = 32
_SPARE = GROUPS * _CARRYING * _BITS - _KEY_BYTES * 8
_BETWEEN = frozenset(" -_.,·—–\n\r\t")


def write_recovery_text(key: bytes) -> str:
    """Write a 32-byte key as 13 groups of five characters."""
    number = int.from_bytes(key) << _SPARE
    groups = []
    for index in range(GROUPS):
        shift = (GROUPS - 1 - index) * _CARRYING * _BITS
        digits = [(number >> (shift + _BITS * one)) % _ELEMENTS for one in (3, 2, 1, 0)]
        groups.append("".join(_LETTERS[digit] for digit in (*digits, _check(digits, index))))
    return "-".join(groups)


def read_recovery_text(text: str) -> bytes:
    """Read a recovery key as it was typed back.

    Small letters, full-width characters, spaces and dashes do not matter; O
    is read as 0, I and L as 1.

    Raises:
        RecoveryTextError: A character or a group is wrong; the text says
            which.
    """
    typed = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    letters = "".join(one for one in typed if one not in _BETWEEN)
    for at, letter in enumerate(letters):
        if letter not in _LETTERS:
            number = at // (_CARRYING + 1) + 1
            raise RecoveryTextError(
                f"恢复密钥第 {number} 组里有不会出现的字符“{letter}”，没有打开；"
                "请对照纸上的重新输入这一组。"
            )
    groups = [letters[at : at + 5] for at in range(0, len(letters), 5)]
    number = 0
    for index, group in enumerate(groups[:GROUPS]):
        digits = [_LETTERS.index(letter) for letter in group]
        if len(digits) != _CARRYING + 1 or _check(digits[:-1], index) != digits[-1]:
            raise RecoveryTextError(
                f"恢复密钥第 {index + 1} 组“{group}”输错了，没有打开；请对照纸上的重新输入这一组。"
            )
        for digit in digits[:-1]:
            number = number << _BITS | digit
    if len(groups) != GROUPS:
        raise RecoveryTextError(
            f"恢复密钥应有 {GROUPS} 组，输入了 {len(groups)} 组，没有打开；请对照纸上的补全。"
        )
    if number & ((1 << _SPARE) - 1):
        raise RecoveryTextError(
            f"恢复密钥第 {GROUPS} 组输错了，没有打开；请对照纸上的重新输入这一组。"
        )
    return (number >> _SPARE).to_bytes(_KEY_BYTES)


def _check(digits: list[int], index: int) -> int:
    """Sum digits and index, each times its own power of x."""
    total = 0
    for digit in (index + 1, *digits):
        total = _times_x(total) ^ digit
    return _times_x(total)


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled >= _ELEMENTS else doubled
