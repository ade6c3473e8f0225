"""A short code over the figures that must not be altered: ``7K2M-9QXD``.

Exposes a slip of the pen, a misread figure or an amount altered by hand,
because the same figures give the same code. It is not a signature: anybody
with the program can compute it. Proof is the ledger's stored notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from medcounter.money import show_yuan

# Crockford's base 32: no I, L, O or U, so nothing is misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5
_LENGTH = 8
_HALF = _LENGTH // 2
_PURPOSE = b"notice check 1"
UNSETTLED = "UNSETTLED"


def check_code(number: str, total: int | None, days: Iterable[date | None]) -> str:
    """Compute the code printed on the notice and held in its QR picture.

    Args:
        number: The notice's number.
        total: The amount in fen; None where no source gives the fee.
        days: In this order: day of issue, payment day, first and last day
            of the wait, first and last day of cover; None where there is
            none.

    Returns:
        Eight characters, 40 bits of a BLAKE2b digest, in two groups.
    """
    amount = UNSETTLED if total is None else show_yuan(total)
    written = ["-" if day is None else day.isoformat() for day in days]
    text = "|".join((number, amount, *written))
    digest = blake2b(text.encode(), digest_size=_LENGTH * _BITS // 8, person=_PURPOSE).digest()
    bits = int.from_bytes(digest)
    places = reversed(range(0, _LENGTH * _BITS, _BITS))
    code = "".join(_ALPHABET[(bits >> place) % len(_ALPHABET)] for place in places)
    return f"{code[:_HALF]}-{code[_HALF:]}"
