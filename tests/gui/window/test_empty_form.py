"""An empty form shows no result: it would look like what the last one was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.counter_window import RESIDENT

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

NOTHING = ("—", "—", "—")


@pytest.fixture
def served(window: CounterWindow) -> CounterWindow:
    """A resident of 2025 stands at the counter."""
    window.counter.session.edit("benefit_year", 2025)
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    return window


def test_nothing_is_shown_of_nobody(window: CounterWindow) -> None:
    assert window.figures() == NOTHING
    assert window.rows("options") == window.rows("derivation") == []
    assert "还没有填是谁" in window.text("message_strip")
    assert window.state("message_strip") == "plain"


def test_nothing_of_one_resident_is_left_for_the_next(served: CounterWindow) -> None:
    assert served.figures() == ("¥400.00", "3 个月", "2025-06-05")
    served.press("F2")
    assert served.figures() == NOTHING
    assert served.rows("options") == served.rows("derivation") == []
    assert not served.can("preview_button")
    served.press("F4")
    assert "400" not in served.text("message_strip")


def test_a_member_who_is_not_named_yet_has_no_result(served: CounterWindow) -> None:
    served.press("Ctrl+N")
    assert served.figures() == NOTHING
    served.type("李")
    served.press("Return")
    assert served.figures()[0] == "¥400.00"


def test_an_identity_alone_is_answered_at_the_telephone(window: CounterWindow) -> None:
    window.counter.session.edit("categories", ("destitute",))
    assert window.figures()[0] != "—"


def test_the_option_keys_choose_nothing_on_an_empty_form(window: CounterWindow) -> None:
    window.press("Alt+O", "2")
    window.press("F2")
    window.type(RESIDENT)
    assert window.chosen_row() == 0
