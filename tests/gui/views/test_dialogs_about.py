"""The about box names whose work the program stands on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from medcounter.desk.desk_records import BundleState
from tests.gui.finding import child, shown
from ui.views.help.about_dialog import AboutDialog, ProgramFacts
from ui.views.help.licences_dialog import LicencesDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RULES = BundleState("medcounter-rules", 1, date(2026, 12, 31), True, "9b10", "shipped")


def about(qtbot: QtBot, notice: str) -> AboutDialog:
    dialog = AboutDialog(ProgramFacts("0.1.0", "6.8.3", "data", RULES, notice))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def test_the_installed_program_shows_every_part_with_its_licence(qtbot: QtBot) -> None:
    dialog = about(qtbot, "Qt 6.8.3 — LGPL-3.0-only\nPython 3.11.2 — PSF-2.0")
    button = child(dialog, QPushButton, "about_licences")
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    licences = shown(dialog, LicencesDialog, "licences_dialog")
    assert licences is not None
    text = child(licences, QPlainTextEdit, "licences_text")
    assert "Python 3.11.2 — PSF-2.0" in text.toPlainText()
    assert text.isReadOnly()


def test_a_checkout_ships_nothing_and_offers_no_list(qtbot: QtBot) -> None:
    assert about(qtbot, "").findChildren(QPushButton, "about_licences") == []
