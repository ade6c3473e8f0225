"""What has the keys is seen: a column scrolls to where they went, and never under a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# What Qt says of any menu where there is no window system.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)
# Of a screen of 1366 x 768 at 150 %.
LOWEST = (911, 512)
RESIDENT = "360103198807121237"


@pytest.fixture
def low(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[CounterWindow]:
    """A resident in a window in which half of the form lies below the edge."""
    dress(qapp)
    shown = CounterWindow(qtbot, hall_folder, Clock(), LOWEST)
    shown.open()
    shown.type(RESIDENT)
    shown.press("Return")
    shown.type("吴建国")
    yield shown
    shown.counter.close(with_backup=False)


def is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("Alt+H", "insured_years_not_known"),
        ("Alt+G", "unpaid_years"),
        ("Alt+S", "categories_destitute"),
        ("Alt+D", "other_day"),
    ],
)
def test_a_key_that_leads_to_a_field_brings_it_into_view(
    low: CounterWindow, key: str, name: str
) -> None:
    low.press("Alt+M", "Esc")
    low.press(key)
    field = child(low.window, QWidget, name)
    assert low.focused() is field
    assert is_whole(field)


def test_a_field_that_is_missing_is_brought_into_view_by_enter_and_by_its_key(
    low: CounterWindow,
) -> None:
    low.tab_to("agent")
    low.type("吴梅")
    low.press("Alt+S", "Return")
    assert low.focus() == "agent_relation"
    assert is_whole(low.focused())


def test_a_click_on_half_a_chip_scrolls_nothing_away_under_the_pointer(low: CounterWindow) -> None:
    form = child(low.window, QScrollArea, "form_scroll")
    chip = child(form, QPushButton, "categories_destitute")
    bar = form.verticalScrollBar()
    bar.setValue(chip.mapTo(form.widget(), QPoint()).y() + chip.height() // 2)
    before = bar.value()
    assert not is_whole(chip)
    seen = chip.visibleRegion().boundingRect()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=seen.center())
    assert chip.isChecked()
    assert bar.value() == before
