"""The list of the found takes clicks, and lies over nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget

from medcounter.desk.desk import Desk
from tests.gui.counter_window import RESIDENT, CounterWindow
from tests.gui.finding import child
from tests.support.desk.counter_samples import OPENED_AT, Counter
from tests.support.store.store_samples import demo_roots

if TYPE_CHECKING:
    from pathlib import Path

WIFE = "360103199003071232"


@pytest.fixture
def known(unopened: CounterWindow, hall_folder: Path) -> CounterWindow:
    """A window at a desk that has served two residents."""
    desk = Desk.open(hall_folder, OPENED_AT, roots=demo_roots())
    counter = Counter(desk)
    counter.issue("吴建国")
    counter.issue("吴梅", id_number=WIFE)
    desk.close()
    unopened.open()
    unopened.clock.move(10)
    return unopened


def found(window: CounterWindow) -> QListWidget:
    return child(window.window, QListWidget, "matches")


def click_row(window: CounterWindow, row: int, button: Qt.MouseButton) -> None:
    listed = found(window)
    place = listed.visualItemRect(listed.item(row)).center()
    QTest.mouseClick(listed.viewport(), button, pos=place)


def click_field(window: CounterWindow, name: str) -> None:
    QTest.mouseClick(child(window.window, QLineEdit, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("text", "row", "name", "number"),
    [("w", 0, "吴梅", WIFE), ("w", 1, "吴建国", RESIDENT), ("1237", 0, "吴建国", RESIDENT)],
)
def test_a_click_takes_the_person_it_points_at(
    known: CounterWindow, text: str, row: int, name: str, number: str
) -> None:
    known.type(text)
    click_row(known, row, Qt.MouseButton.LeftButton)
    assert (known.typed("name"), known.typed("id_number")) == (name, number)
    assert not found(known).isVisible()


def test_a_click_on_nobody_found_begins_with_a_new_resident(known: CounterWindow) -> None:
    known.type("张大军")
    assert "点这里" in found(known).item(0).text()
    click_row(known, 0, Qt.MouseButton.LeftButton)
    assert known.typed("name") == "张大军"
    assert known.typed("id_number") == ""


def test_another_button_and_a_pointer_that_passes_take_nobody(known: CounterWindow) -> None:
    known.type("w")
    listed = found(known)
    QTest.mouseMove(listed.viewport(), listed.visualItemRect(listed.item(1)).center())
    assert listed.currentRow() == 0
    click_row(known, 1, Qt.MouseButton.RightButton)
    assert known.typed("name") == ""


def test_the_list_does_not_lie_over_the_field_that_is_clicked(known: CounterWindow) -> None:
    known.type("w")
    click_field(known, "agent")
    assert not found(known).isVisible()
    click_field(known, "id_number")
    assert found(known).isVisible()


def test_what_is_typed_elsewhere_ends_the_search(known: CounterWindow) -> None:
    known.type("w")
    click_field(known, "agent")
    known.type("李强")
    assert known.typed("id_number") == ""
    click_field(known, "id_number")
    assert not found(known).isVisible()
