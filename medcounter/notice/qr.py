"""The QR picture of a notice: what it says and which dots are dark.

Holds number, amount, payment day and check code, in capitals and figures
that every reader can show; never a name, an ID number or an address.
"""

from __future__ import annotations

from medcounter.money import show_yuan
from medcounter.notice.check_code import UNSETTLED
from medcounter.notice.notice import Notice

_FORMAT = "MC1"
QUIET_MODULES = 4


def qr_text(notice: Notice) -> str:
    """Write what the picture says; empty for a specimen.

    For example ``MC1 NO 2025-03-000127 CNY 400.00 DATE 2025-03-05 CHECK
    7K2M-9QXD``.
    """
    if notice.number is None or notice.check_code is None:
        return ""
    amount = UNSETTLED if notice.total is None else show_yuan(notice.total)
    day = notice.benefits.payment_date.isoformat()
    return f"{_FORMAT} NO {notice.number} CNY {amount} DATE {day} CHECK {notice.check_code}"


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """Compute the picture's dots, True for dark, without the quiet border.

    Corrects errors of 15 % (level M), enough for a fold or a stamp's edge.
    """
    # segno is slow to import and needed only when a notice is drawn.
    import segno  # noqa: PLC0415 - see above

    code = segno.make_qr(text, error="m", boost_error=False)
    return tuple(tuple(bool(dot) for dot in row) for row in code.matrix)
