"""Last year's clauses are asked anew before what was carried over counts as compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from medcounter.desk.authoring.draft_rolling import CarriedText
from tests.gui.counter_window import dress
from tests.gui.finding import child
from ui.views.studio.confirm_dialog import ConfirmDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

RULES = ("programmes", 0, "rules")
TEXTS = (
    CarriedText((*RULES, 0), "缴费标准", "二（一）", ("每人缴 400 元。",), is_old=True),
    CarriedText((*RULES, 1), "财政补助", "第三条", (), is_old=True),
)


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> Iterator[ConfirmDialog]:
    """The dialog over a window of a hall's laptop."""
    dress(qapp)
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    made = ConfirmDialog(TEXTS, window)
    made.open()
    yield made
    window.close()


def test_each_clause_and_sentence_of_last_year_is_seen_before_it_is_confirmed(
    dialog: ConfirmDialog,
) -> None:
    given: list[tuple[CarriedText, ...]] = []
    dialog.given.connect(given.append)
    first = child(dialog, QLineEdit, "studio_confirm_clause_0")
    assert first.text() == "二（一）"
    assert "每人缴 400 元" in child(dialog, QLabel, "studio_confirm_said_0_0").text()
    first.setText("第二条")
    child(dialog, QPushButton, "studio_confirm_button").click()
    assert [one.clause for one in given[0]] == ["第二条", "第三条"]


def test_a_record_without_a_clause_cannot_be_confirmed(dialog: ConfirmDialog) -> None:
    line = child(dialog, QLineEdit, "studio_confirm_clause_1")
    line.setText(" ")
    assert not child(dialog, QPushButton, "studio_confirm_button").isEnabled()
