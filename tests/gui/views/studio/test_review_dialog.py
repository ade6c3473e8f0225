"""A reviewer sees this year beside last year."""

from __future__ import annotations

from tests.gui.views.studio.test_studio_live import outcome, row
from ui.views.studio.release.review_dialog import beside_last_year


def test_the_reviewer_sees_what_a_resident_pays_this_year_beside_last_year() -> None:
    last = outcome("¥400.00")
    who = row("one", outcome("¥430.00"), last_year=last, moved=frozenset({"pays"}))
    assert beside_last_year("pays", who) == "≠ ¥430.00（上年 ¥400.00）"
    assert beside_last_year("waits", who) == "不等（上年 不等）"
    assert beside_last_year("pays", row("new", outcome("¥430.00"))) == "¥430.00"
