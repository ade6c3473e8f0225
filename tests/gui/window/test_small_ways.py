"""Small things that are big at a counter: a calendar, steps, and other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QDialog, QPushButton, QToolButton

from tests.gui.finding import child
from ui.frame.beside import close_beside

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def test_a_day_is_picked_from_a_calendar_as_well_as_typed(window: CounterWindow) -> None:
    window.tab_to("payment_date")
    window.press("Alt+Down")
    month = child(window.shell, QCalendarWidget, "day_month")
    assert month.selectedDate() == QDate(2025, 3, 5)
    month.activated.emit(QDate(2025, 4, 1))
    assert window.typed("payment_date") == "2025-04-01"
    assert window.counter.session.household.current.payment_date == "2025-04-01"
    assert window.focus() == "payment_date"


def test_the_calendar_opens_by_a_click_at_the_day_that_is_typed(window: CounterWindow) -> None:
    window.tab_to("payment_date")
    window.type("12.1")
    child(window.window, QToolButton, "payment_date_day").click()
    month = child(window.shell, QCalendarWidget, "day_month")
    assert month.selectedDate() == QDate(2025, 12, 1)


def test_years_of_repair_go_up_and_down_by_keys_and_clicks(window: CounterWindow) -> None:
    window.tab_to("repair_years")
    window.press("Up", "Up", "Down")
    assert window.counter.session.household.current.repair_years == "1"
    child(window.window, QToolButton, "repair_years_less").click()
    assert window.counter.session.household.current.repair_years == ""
    window.press("Down")
    assert window.typed("repair_years") == ""


def test_a_passport_is_taken_by_a_click(window: CounterWindow) -> None:
    window.type("E12345678")
    child(window.window, QPushButton, "take_as_shown_button").click()
    person = window.counter.session.outcome
    assert person is not None
    assert person.person.id_number == "E12345678"
    assert not window.is_shown("take_as_shown_button")


def test_a_permit_of_eight_digits_is_offered_once_the_cursor_leaves_it(
    window: CounterWindow,
) -> None:
    window.type("12345678")
    assert not window.is_shown("take_as_shown_button")
    window.press("Tab")
    assert window.is_shown("take_as_shown_button")
    window.press("Alt+Z")
    outcome = window.counter.session.outcome
    assert outcome is not None
    assert outcome.person.id_number == "12345678"


def test_esc_that_comes_to_the_window_closes_what_was_opened_last(window: CounterWindow) -> None:
    first = QDialog(window.shell)
    first.show()
    last = QDialog(window.window)
    last.show()
    assert close_beside(window.window)
    assert (first.isVisible(), last.isVisible()) == (True, False)
    assert close_beside(window.window)
    assert not first.isVisible()
    assert not close_beside(window.window)
