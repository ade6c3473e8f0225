"""Colours mean the same wherever they stand: in the form, the ledger, the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow

from tests.gui.counter_window import dress
from tests.gui.finding import child
from ui.look.theme import LIGHT
from ui.views.counter.result_text import cover_figure, wait_figure
from ui.views.ledger.ledger_panel import LedgerPanel
from ui.views.ledger.ledger_rows import LEDGER_COLUMNS
from ui.views.ledger.ledger_session import LedgerSession
from ui.views.ledger.ledger_table import LedgerTable
from ui.wiring.ledger_wiring import wire_ledger

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.desk.counter_samples import Counter

# Full aid and no wait; no cover before the year ends; the plain case.
STATE = [column.name for column in LEDGER_COLUMNS].index("state")
CASES: dict[str, dict[str, Any]] = {
    "exempt": {"categories": ("destitute",)},
    "coverless": {"payment_date": "2025-12-31"},
    "plain": {},
}


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, counter: Counter) -> LedgerPanel:
    """A ledger with a notice of each case, the newest first."""
    dress(qapp)
    for name, typed in CASES.items():
        number = counter.issue(name, **typed).notice.number or ""
        counter.desk.notices.mark_printed(number, 1, counter.clock(), ok=True)
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = LedgerPanel(window)
    session = LedgerSession(counter.desk, counter.clock, window)
    wire_ledger(panel, session, window)
    window.setCentralWidget(panel)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    session.refresh()
    return panel


def choose(panel: LedgerPanel, row: int) -> None:
    """Click a notice."""
    table = child(panel, LedgerTable, "ledger_table")
    place = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize(("name", "row"), [("plain", 0), ("coverless", 1), ("exempt", 2)])
def test_a_notice_has_the_colours_the_form_showed_its_answer_in(
    counter: Counter, panel: LedgerPanel, name: str, row: int
) -> None:
    on = counter.clock().date()
    draft = counter.desk.new_draft(on).with_("benefit_year", 2025)
    for field, value in {"name": name, **CASES[name]}.items():
        draft = draft.with_(field, value)
    shown = counter.desk.outcome(draft, on).shown
    choose(panel, row)
    tones = [child(panel, QLabel, f"detail_{part}").property("state") for part in ("wait", "cover")]
    assert tones == [wait_figure(shown).tone, cover_figure(shown).tone]


def test_a_notice_without_cover_is_as_red_as_the_form(panel: LedgerPanel) -> None:
    choose(panel, 1)
    cover = child(panel, QLabel, "detail_cover")
    assert cover.text() == "本年度无待遇"
    assert cover.palette().windowText().color() == QColor(LIGHT.danger)
    choose(panel, 2)
    wait = child(panel, QLabel, "detail_wait")
    assert wait.text() == "无等待期"
    assert wait.palette().windowText().color() == QColor(LIGHT.cover)


def test_the_chosen_row_keeps_the_colour_of_its_state(panel: LedgerPanel) -> None:
    table = child(panel, LedgerTable, "ledger_table")
    colours = []
    for row in (0, 1):
        choose(panel, row)
        cell = table.visualRect(table.model().index(row, STATE))
        picture = table.viewport().grab(cell).toImage()
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        colours.append(QColor(LIGHT.cover).name() in inks)
    assert colours == [True, True]
