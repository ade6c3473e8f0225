"""The check code and the QR picture: what they hold and what they never hold."""

import re
from dataclasses import replace
from datetime import date

import pytest

from medcounter.notice.content.check_code import check_code
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.qr import qr_rows, qr_text
from tests.support.paper.notice_samples import NEWBORN_DAY_59, NUMBER, PARTY, notice

DAYS = (date(2025, 3, 5), date(2025, 3, 5), date(2025, 3, 5), date(2025, 6, 4))
CODE = check_code(NUMBER, 40000, DAYS)


def test_a_code_is_two_groups_of_four_without_look_alikes() -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", CODE)


def test_the_same_figures_give_the_same_code_on_any_machine() -> None:
    # Worked out with Python's hashlib by hand: BLAKE2b, 5 bytes, person "notice check 1".
    assert check_code("2025-03-000127", None, ()) == "Q8Q2-KQSK"


@pytest.mark.parametrize(
    "other",
    [
        check_code("2025-03-000128", 40000, DAYS),
        check_code(NUMBER, 40001, DAYS),
        check_code(NUMBER, None, DAYS),
        check_code(NUMBER, 40000, (*DAYS[:3], date(2025, 6, 5))),
        check_code(NUMBER, 40000, (*DAYS[:3], None)),
    ],
)
def test_any_other_figure_gives_another_code(other: str) -> None:
    assert other != CODE


def test_the_picture_says_number_amount_day_and_check() -> None:
    made = notice()
    assert qr_text(Sheet(made)) == (
        f"MC1 NO 2025-03-000127 CNY 400.00 DATE 2025-03-05 CHECK {made.check_code}"
    )


def test_the_picture_never_holds_name_or_id_number() -> None:
    text = qr_text(Sheet(notice()))
    assert PARTY.name not in text
    assert PARTY.id_number not in text
    assert PARTY.id_number[-4:] not in text


def test_an_amount_that_is_not_settled_is_called_so() -> None:
    assert "CNY UNSETTLED DATE" in qr_text(Sheet(notice(NEWBORN_DAY_59)))


def test_an_exercise_s_picture_says_so() -> None:
    text = qr_text(Sheet(notice(), practice=True))
    assert text.startswith("MC1 PRACTICE NO 2025-03-000127 ")


def test_a_specimen_has_no_picture() -> None:
    assert qr_text(Sheet(notice(number=None))) == ""
    assert qr_text(Sheet(replace(notice(), check_code=None))) == ""


def test_the_picture_is_a_square_with_its_three_corner_marks() -> None:
    rows = qr_rows(qr_text(Sheet(notice())))
    side = len(rows)
    assert {len(row) for row in rows} == {side}
    corner = tuple((True,) * 7 for _line in (0, 6))
    assert (rows[0][:7], rows[6][:7]) == corner
    assert (rows[0][side - 7 :], rows[side - 1][:7]) == corner
