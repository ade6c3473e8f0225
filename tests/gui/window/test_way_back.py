"""From every other page the way back is named in words and taken by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.finding import child

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


@pytest.mark.parametrize(
    "key", ["Ctrl+2", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "F1", "F4", "F11"]
)
def test_every_other_page_names_the_way_back_and_a_click_takes_it(
    window: CounterWindow, key: str
) -> None:
    tab = child(window.window, QPushButton, "view_counter_tab")
    window.press("Ctrl+1")
    place = child(window.window, QPushButton, "view_ledger_tab").pos()
    assert "返回" not in tab.text()
    window.press(key)
    assert "返回办理" in tab.text()
    assert child(window.window, QPushButton, "view_ledger_tab").pos() == place, "nothing moves"
    tab.click()
    assert window.is_shown("counter_view")
    assert "返回" not in tab.text()
