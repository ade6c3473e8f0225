"""The QR code of a notice: its text and its dark modules.

Holds number, amount, payment day and check code, in capitals and digits that
every reader can show; never a name, an ID number or an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from medcounter.money import show_yuan
from medcounter.notice.content.check_code import UNSETTLED
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.qr_mask import Dots, best_masked

_FORMAT = "MC1"
_PRACTICE = "PRACTICE"


def qr_text(sheet: Sheet) -> str:
    """Write what the picture of a notice says; empty for a specimen.

    For example ``MC1 NO 2025-03-000127 CNY 400.00 DATE 2025-03-05 CHECK
    7K2M-9QXD``; behind ``MC1`` stands ``PRACTICE`` for an exercise.
    """
    notice = sheet.notice
    numbers = () if notice.number is None else (notice.number,)
    day = notice.benefits.payment_date
    return qr_line(numbers, notice.total, day, notice.check_code, practice=sheet.practice)


def qr_line(
    numbers: Sequence[str], total: int | None, day: date, check: str | None, *, practice: bool
) -> str:
    """Write what a picture says for one notice or several.

    Args:
        numbers: Of the notices; none for a specimen, which says nothing.
        total: Their sum in fen; None where a fee is unsettled.
        day: The payment day they assume.
        check: The check code; None for a specimen.
        practice: Whether it is an exercise.
    """
    if not numbers or check is None:
        return ""
    amount = UNSETTLED if total is None else show_yuan(total)
    kind = f"{_FORMAT} {_PRACTICE}" if practice else _FORMAT
    return f"{kind} NO {'+'.join(numbers)} CNY {amount} DATE {day.isoformat()} CHECK {check}"


# The same notice is previewed, printed and saved.
@lru_cache(maxsize=16)
def qr_rows(text: str) -> Dots:
    """Compute the picture's dots, True for dark, without the quiet border.

    Corrects errors of 15 % (level M), enough for a fold or a stamp's edge. segno
    chooses the same mask, in three times as long.
    """
    # segno is slow to import and needed only when a notice is drawn.
    import segno  # noqa: PLC0415 - see above

    return best_masked(lambda mask: segno.make_qr(text, error="m", mask=mask, boost_error=False))
