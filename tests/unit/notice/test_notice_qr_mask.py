"""The QR picture's mask: the one that the standard asks for, as segno finds it too."""

import random
from time import process_time

import pytest
import segno

from medcounter.notice.sheet.qr import qr_rows

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ +-."


def texts(long: int, times: int) -> list[str]:
    """Texts as a picture holds them, drawn by a fixed seed."""
    drawn = random.Random(f"{long}")  # noqa: S311 - no secret
    return ["MC1 NO " + "".join(drawn.choices(_SIGNS, k=long)) for _ in range(times)]


def as_segno(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dots as segno draws them when it tries every mask itself."""
    code = segno.make_qr(text, error="m", boost_error=False)
    return tuple(tuple(map(bool, row)) for row in code.matrix)


# From 21 dots a side to one that tells its version too.
@pytest.mark.parametrize("long", [5, 57, 90, 170, 300])
def test_a_picture_is_drawn_to_the_dot_as_segno_would(long: int) -> None:
    for text in texts(long, 6):
        assert qr_rows(text) == as_segno(text)


# The first number for which segno chooses each mask.
@pytest.mark.parametrize(("mask", "number"), [*enumerate((4, 260, 1, 40, 3, 10, 2, 1549))])
def test_each_mask_is_chosen_where_it_suits_best(mask: int, number: int) -> None:
    text = f"MC1 NO 2025-03-{number:06d} CNY 400.00 DATE 2025-03-05 CHECK Q8Q2-KQSK"
    assert segno.make_qr(text, error="m", boost_error=False).mask == mask
    assert qr_rows(text) == as_segno(text)


def test_a_picture_takes_half_of_the_work_of_trying_each_mask_dot_by_dot() -> None:
    qr_rows("MC1 NO 2025-03-000001 CNY 400.00 DATE 2025-03-05 CHECK 7K2M-9QXD")
    ours, theirs = 0.0, 0.0
    for text in texts(57, 30):
        begun = process_time()
        qr_rows(text)
        between = process_time()
        as_segno(text)
        ours, theirs = ours + between - begun, theirs + process_time() - between
    assert ours < theirs / 2
