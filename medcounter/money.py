"""Money as whole fen: parsing, exact arithmetic and formatting.

Never a float; never a rounding that is not requested by name.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from medcounter.errors import MedCounterError
from medcounter.wording.terms import UNSETTLED_AMOUNT

_YUAN = re.compile(r"-?(0|[1-9]\d{0,11})\.\d{2}")
FEN_IN_YUAN = 100


class AmountUnreadableError(MedCounterError):
    """金额写法不对，应写成以元为单位、两位小数的数字，例如 400.00。"""


def read_yuan(text: str) -> int:
    """Read a decimal string in yuan with exactly two places into fen.

    Args:
        text: For example ``"400.00"`` or ``"-320.00"``.

    Returns:
        The amount in fen, exact.

    Raises:
        AmountUnreadableError: The text is written in any other way.
    """
    if not _YUAN.fullmatch(text):
        raise AmountUnreadableError(f"金额“{text}”写法不对，应写成 400.00 这样两位小数的数字。")
    return int(text.replace(".", ""))


def show_yuan(fen: int) -> str:
    """Write fen as yuan with two places, without a thousands mark: 400.00."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{sign}{yuan}.{rest:02d}"


def show_money(fen: int | None) -> str:
    """Write fen for a clerk, with sign and thousands marks: ¥1,070.00.

    An amount that no source gives is written as 待核定 (to be settled).
    """
    if fen is None:
        return UNSETTLED_AMOUNT
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{sign}¥{yuan:,}.{rest:02d}"


def round_half_up(fen: Decimal | Fraction) -> int:
    """Round a part of a fen to whole fen, halves away from zero."""
    if isinstance(fen, Fraction):
        whole = (2 * abs(fen.numerator) + fen.denominator) // (2 * fen.denominator)
        return whole if fen >= 0 else -whole
    return int(fen.quantize(Decimal(1), rounding=ROUND_HALF_UP))
