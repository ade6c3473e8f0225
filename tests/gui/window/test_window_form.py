"""The form: what is typed is answered at once, at its place and by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def test_the_cursor_stands_in_the_id_number_when_the_desk_opens(window: CounterWindow) -> None:
    assert window.focus() == "id_number"


# Expected: the worked example of the 2025 notice of Jiangxi for 5 March.
def test_a_resident_typed_in_is_answered_at_once(window: CounterWindow) -> None:
    window.type(RESIDENT)
    assert window.figures() == ("¥400.00", "3 个月", "2025-06-05")
    assert window.text("wait_detail") == "2025-03-05 至 2025-06-04"
    assert window.text("cover_detail") == "至 2025-12-31，共 210 天"


def test_the_number_tells_who_it_is_and_when_they_were_born(window: CounterWindow) -> None:
    window.type(RESIDENT)
    assert window.text("id_number_note").startswith("男 · 36 岁 · 江西省")
    assert "1988年7月12日" in window.text("name_note")


def test_enter_goes_to_what_is_needed_and_then_to_the_options(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Return")
    assert window.focus() == "name"
    window.type("吴建国")
    window.press("Return")
    assert window.focus() == "options"
    assert window.can("issue_button")


def test_a_burst_of_a_reader_stays_in_its_field(window: CounterWindow) -> None:
    for character in RESIDENT:
        window.type(character)
        assert window.focus() == "id_number"


def test_a_wrong_check_digit_is_said_at_the_field_and_in_the_strip(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT[:-1] + "3")
    assert window.state("id_number") == "invalid"
    assert "7" in window.text("id_number_note")
    assert window.text("id_number_note") in window.text("message_strip")
    assert not window.can("issue_button")


def test_a_date_that_does_not_exist_is_said_at_its_field_and_beside_the_figures(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT)
    window.tab_to("payment_date")
    window.type("2025-2-30")
    assert window.state("payment_date") == "invalid"
    assert "2" in window.text("payment_date_note")
    assert window.text("payment_date_note") == window.text("note_0")
    assert window.figures() == ("—", "—", "—")


def test_a_typed_date_is_echoed_as_it_was_read(window: CounterWindow) -> None:
    window.tab_to("payment_date")
    window.type("3月1日")
    assert "2025年3月1日" in window.text("payment_date_note")


def test_a_ticked_identity_changes_the_fee(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+S", "Right", "Right", "Right", "Space")
    assert window.is_ticked("categories_low_income")
    assert window.figures() == ("¥80.00", "无等待期", "2025-03-06")


def test_an_event_asks_for_its_date_and_removes_the_wait(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+T", "Space")
    assert window.focus() == "events_military_discharge_date"
    assert window.state("events_military_discharge_date") == "needed"
    assert "退出现役" in window.text("events_military_discharge_date_note")
    window.type("2月1日")
    assert window.text("events_military_discharge_date_echo").startswith("2025年2月1日")
    assert window.figures() == ("¥400.00", "无等待期", "2025-03-06")


def test_an_unticked_event_is_gone_with_its_date(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+T", "Space")
    window.type("2月1日")
    window.press("Alt+T", "Space")
    assert not window.is_shown("events_military_discharge_date")
    assert window.figures()[1] == "3 个月"


def test_a_year_ticked_takes_the_tick_off_not_known(window: CounterWindow) -> None:
    assert window.is_ticked("insured_years_not_known")
    window.press("Alt+H", "Right", "Space")
    assert window.is_ticked("insured_years_2019")
    assert not window.is_ticked("insured_years_not_known")


def test_typing_in_the_middle_keeps_the_cursor_where_it_was(window: CounterWindow) -> None:
    window.type("360103198807121")
    window.press("Left", "Left")
    window.type("9")
    assert window.typed("id_number") == "3601031988071921"
    assert child(window.window, QLineEdit, "id_number").cursorPosition() == 14


@pytest.mark.parametrize(
    "text", ["<b>1</b>", "😀", "é" * 200, "%s{0}\\", "'; drop table ledger; --", "３６０１"]
)
def test_any_text_in_any_field_is_answered_by_a_sentence_or_taken(
    window: CounterWindow, text: str
) -> None:
    for name in ("id_number", "name", "birth_date", "payment_date", "repair_years", "agent"):
        window.tab_to(name)
        window.type(text)
        assert window.typed(name).startswith(text)
    assert window.text("message_strip")[0] == "⚠"


def test_another_payment_day_is_compared_and_changes_nothing(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+D")
    window.type("2025-3-1")
    assert "2025-06-01" in window.text("other_day_note")
    assert window.figures()[2] == "2025-06-05"
    window.press("Return")
    assert window.typed("payment_date") == "2025-3-1"
    assert window.figures()[2] == "2025-06-01"
    assert not window.is_shown("other_day_note")


def test_a_question_is_asked_only_when_it_matters(window: CounterWindow) -> None:
    assert not window.is_shown("answers_newborn_confirmed")
    window.tab_to("birth_date")
    window.type("2024-5-1")
    assert window.is_shown("answers_newborn_confirmed")
    assert "newborn_confirmed" not in window.text("message_strip")
    window.press("F8", "Space")
    assert window.is_ticked("answers_newborn_confirmed_是")
    assert window.figures()[0] == "¥0.00"
