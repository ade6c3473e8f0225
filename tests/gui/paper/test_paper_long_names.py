"""A long name costs no second sheet, and notes are as wide as the sheet where nothing is beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from medcounter.assess.facts import Facts
from medcounter.assess.options import Option, options
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.notice.content.composing import compose
from medcounter.notice.content.notice import Issue, Office, Party, Sheet
from medcounter.notice.sheet.paper import A4_PORTRAIT, A4_TWO_UP, A5_LANDSCAPE, Paper
from tests.support.paper.notice_samples import LATE_0305, notice
from ui.printing.layout import lay_out

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from medcounter.notice.content.notice import Notice

LONG_NAME = "阿卜杜热合曼·买买提依明·艾则孜·吐尔逊江·阿不都克里木·买合木提·龘靐齉㐂㛃㝵"
AT = datetime(2025, 10, 5, 9, 0, tzinfo=UTC)
OFFICE = Office("抚州市临川区政务服务中心", "03", "王丽")
# Where the notice of 5 October 2025 has the most to say; each had two pages by a long name.
WORDY = ("360000", "361000", "130000", "130600", "350581")


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Text is laid out by Qt."""
    del qapp


def issued(region: str, name: str) -> Notice:
    """The notice of an adult who pays on 5 October 2025, by the rules that ship."""
    facts = Facts(region, 2025, date(2025, 10, 5), birth_date=date(1988, 7, 12))
    offered = options(facts, rules_in_use(None, None))
    choices = tuple(one for one in offered if isinstance(one, Option))
    return compose(choices[0], choices, Party(name, "360103198807121237"), OFFICE, Issue(AT))


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, A4_TWO_UP])
@pytest.mark.parametrize("length", [3, 10, 24, 40])
@pytest.mark.parametrize("region", WORDY)
def test_a_name_however_long_costs_no_second_page(region: str, length: int, paper: Paper) -> None:
    made = issued(region, LONG_NAME[:length])
    assert len(lay_out(Sheet(made), paper).pages) == 1


def test_a_note_above_the_qr_picture_has_the_whole_width() -> None:
    layout = lay_out(Sheet(notice()), A4_PORTRAIT)
    kinds = [piece.kind for piece in layout.manuscript.pieces]
    widths = {
        kind: document.textWidth() for kind, document in zip(kinds, layout.documents, strict=True)
    }
    assert widths["payer"] == widths["head"] > widths["tail"]


def test_notes_that_reach_down_beside_the_qr_picture_leave_its_side_free() -> None:
    remarks = tuple(
        LATE_0305.remarks[0]._replace(code=f"told-{place}", text=f"第 {place} 条：请当面说明。" * 7)
        for place in range(7)
    )
    layout = lay_out(Sheet(notice(replace(LATE_0305, remarks=remarks))), A5_LANDSCAPE)
    (page,) = layout.pages
    last = max(place.top_mm + place.height_mm for place in page)
    assert last <= layout.paper.room_mm
    narrow = [piece.narrow for piece in layout.manuscript.pieces if piece.kind == "channel"]
    assert narrow == [True]
