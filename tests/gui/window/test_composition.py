"""What an input method still composes is never cut: it is taken before any act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent

from tests.gui.counter_window import RESIDENT

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def compose(window: CounterWindow, text: str) -> None:
    """An input method shows a text that is not in the field yet."""
    event = QInputMethodEvent(text, [])
    QCoreApplication.sendEvent(window.focused(), event)


@pytest.fixture
def named(window: CounterWindow) -> CounterWindow:
    """The cursor stands in the name, of which one character is there."""
    window.counter.session.edit("benefit_year", 2025)
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴")
    assert window.focus() == "name"
    return window


def test_characters_still_composed_stand_on_the_notice_that_f9_issues(
    named: CounterWindow,
) -> None:
    compose(named, "建国")
    named.press("F9")
    assert named.typed("name") == "吴建国"
    assert "已出单" in named.text("message_strip")
    issued = named.counter.session.issuing.numbers
    desk = named.counter.session.desk
    assert desk is not None
    assert desk.notices.find(issued[0]).notice.person.name == "吴建国"


def test_letters_not_chosen_yet_are_shown_before_anything_is_issued(named: CounterWindow) -> None:
    compose(named, "jianguo")
    named.press("F9")
    assert named.typed("name") == "吴jianguo"
    assert named.counter.session.issuing.numbers == ()
    assert "jianguo" in named.text("message_strip")
    named.press("F9")
    assert len(named.counter.session.issuing.numbers) == 1


def test_who_goes_to_another_field_leaves_nothing_behind_in_the_input_method(
    named: CounterWindow,
) -> None:
    compose(named, "建国")
    named.press("Tab")
    assert named.focus() == "birth_date"
    assert named.typed("name") == "吴建国"


def test_esc_leaves_the_composition_to_the_input_method(named: CounterWindow) -> None:
    compose(named, "jianguo")
    compose(named, "")
    named.press("F9")
    assert named.typed("name") == "吴"
