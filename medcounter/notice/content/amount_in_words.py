"""An amount written in financial capitals: 人民币肆佰元整.

Returns words only; never rounds. Handles no currency but the yuan.
"""

from __future__ import annotations

from medcounter.errors import MedCounterError
from medcounter.money import FEN_IN_YUAN, show_yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_GROUP_SIZE = len(_PLACES)
# Twelve digits of yuan, as many as money.read_yuan reads.
_LIMIT = 10 ** (_GROUP_SIZE * len(_GROUPS)) * FEN_IN_YUAN


class AmountNotWritableError(MedCounterError):
    """金额无法写成大写，不能出单；请核对缴费标准后重新测算。"""


def amount_in_words(fen: int) -> str:
    """Write an amount in the capitals that paper money matters ask for.

    ``整`` closes an amount that ends at 元 or at 角, so that nothing can be
    added behind it (after 角 the rule leaves it free); after 分 never. A
    zero between figures is read once. Where the rule leaves 零 free (万位 or
    元位 is zero and a figure follows at once) it is left out, but not where
    four zeros stand between 亿 and 仟.

    Source: 支付结算办法 (1997), annex 1, points 2 and 3.

    Args:
        fen: The amount in fen, from 0 up to one fen below 一万亿元.

    Raises:
        AmountNotWritableError: It is negative or too large.
    """
    if not 0 <= fen < _LIMIT:
        raise AmountNotWritableError(
            f"金额 {show_yuan(fen)} 元无法写成大写：只能写零元以上、一万亿元以下的金额，"
            "不能出单；请核对缴费标准后重新测算。"
        )
    yuan, rest = divmod(fen, FEN_IN_YUAN)
    if rest == 0:
        return f"{_whole_words(yuan)}元整"
    front = f"{_whole_words(yuan)}元" if yuan else ""
    tenths, hundredths = divmod(rest, 10)
    if hundredths == 0:
        return f"{front}{_DIGITS[tenths]}角整"
    if tenths:
        return f"{front}{_DIGITS[tenths]}角{_DIGITS[hundredths]}分"
    zero = "零" if yuan else ""
    return f"{front}{zero}{_DIGITS[hundredths]}分"


def _whole_words(yuan: int) -> str:
    if yuan == 0:
        return "零"
    words = ""
    gap = False
    group_counts = False
    digits = str(yuan)
    for place, digit in zip(reversed(range(len(digits))), map(int, digits), strict=True):
        group, within = divmod(place, _GROUP_SIZE)
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[within]
            gap, group_counts = False, True
        else:
            gap = True
        if within == 0:
            if group_counts:
                words += _GROUPS[group]
                gap = False
            group_counts = False
    return words
