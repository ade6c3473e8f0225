"""Last year's examples, worked out by the new rules, are taken or left in the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from medcounter.desk.authoring.draft_rolling import DraftRolling
from tests.gui.finding import child
from tests.gui.views.studio.test_studio_typist import SEASON, open_draft

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

CODE = re.compile(r"[a-z_]{3,}|\\d\\.\\.\\d")


def buttons_with(window: CounterWindow, text: str) -> list[QPushButton]:
    found: list[QPushButton] = list(window.window.findChildren(QPushButton))
    return [one for one in found if text in one.text()]


def rolled(window: CounterWindow) -> DraftRolling:
    """Begin Jiangxi 2027 from last year's rules, and give the window's draft its fee."""
    window.clock.now = SEASON
    window.open()
    window.press("Ctrl+7", "Ctrl+N")
    window.type("jx")
    window.press("Return")
    window.type("2027")
    window.press("Return")
    return DraftRolling(open_draft(window))


def test_what_differs_from_last_year_is_told_in_words_and_taken_or_left(
    unopened: CounterWindow,
) -> None:
    window = unopened
    roll = rolled(window)
    waiting = roll.waiting_examples
    assert waiting > 10
    roll.answer("amount-400.00", "430#二", window.clock())
    session = open_draft(window)
    before = len(session.document.content.get("examples") or ())
    assert buttons_with(window, "算例") == [], "offered in its section alone"
    sections = child(window.window, QTableView, "studio_sections")
    sections.setFocus()
    titles = [
        str(sections.model().index(row, 0).data()) for row in range(sections.model().rowCount())
    ]
    sections.selectRow(titles.index("算例"))
    window.press("Return")
    (offer,) = buttons_with(window, f"上一年度的算例 {waiting} 个")
    offer.click()
    dialog = child(window.window, QWidget, "studio_proposals")
    model = child(dialog, QTableView, "studio_proposals_table").model()
    told = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert len(told) == waiting
    assert any("400.00 → " in one and one.endswith("430.00") for one in told)
    assert [one for one in told if CODE.search(one)] == []
    child(dialog, QPushButton, "studio_proposals_take").click()
    assert len(session.document.content["examples"]) == before + 1
    assert roll.waiting_examples == waiting - 1
    child(dialog, QPushButton, "studio_proposals_leave").click()
    assert roll.waiting_examples == waiting - 2
    assert len(session.document.content["examples"]) == before + 1
