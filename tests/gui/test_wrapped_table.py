"""A table of long texts measures them once, however often Qt tells its widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from ui.widgets import record_view
from ui.widgets.record_view import WrappedTable
from ui.widgets.whole_texts import wrap_long_rows

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "没有填写本条所列的情形，按集中缴费期以后办理，等待期从缴费次日算起；" * 4


class Measured:
    """A table in a window, and how often its rows were measured."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        self.window = QWidget()
        self.model = QStandardItemModel(0, 1, self.window)
        self.table = WrappedTable("long_texts", "长句", self.model, self.window)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        QVBoxLayout(self.window).addWidget(self.table)
        qtbot.addWidget(self.window)
        self.window.resize(600, 300)
        self.window.show()
        monkeypatch.setattr(record_view, "wrap_long_rows", self._count)

    def _count(self, table: WrappedTable, columns: tuple[int, ...]) -> bool:
        self.times += 1
        return wrap_long_rows(table, columns)

    def add(self, text: str) -> None:
        self.model.appendRow(QStandardItem(text))
        self.table.wrap()

    def lines(self, row: int) -> int:
        usual = self.table.verticalHeader().defaultSectionSize()
        spacing = self.table.fontMetrics().lineSpacing()
        return (self.table.rowHeight(row) - usual) // spacing + 1


@pytest.fixture
def measured(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Measured:
    return Measured(qtbot, monkeypatch)


def test_what_was_measured_is_not_measured_again_for_the_same_widths(measured: Measured) -> None:
    measured.add(LONG)
    before = measured.times
    for _ in range(3):
        measured.table.horizontalHeader().geometriesChanged.emit()
        measured.table.wrap()
    assert measured.times == before


def test_another_text_width_or_size_of_letters_is_measured(measured: Measured) -> None:
    measured.add("短")
    assert measured.lines(0) == 1
    measured.model.item(0).setText(LONG)
    measured.table.wrap()
    many = measured.lines(0)
    assert many > 1
    measured.window.resize(300, 300)
    assert measured.lines(0) > many
    narrow = measured.lines(0)
    font = measured.table.font()
    # Whatever other tests dressed the program in, letters have a height in dots.
    font.setPixelSize(measured.table.fontMetrics().height() * 2)
    measured.table.setFont(font)
    measured.table.wrap()
    assert measured.lines(0) > narrow


def test_a_row_that_comes_is_measured_with_the_others(measured: Measured) -> None:
    measured.add("短")
    measured.add(LONG)
    assert measured.lines(0) == 1
    assert measured.lines(1) > 1
