"""What a covered screen keeps from the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from tests.gui.counter_window import RESIDENT

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def test_esc_on_a_covered_screen_changes_nothing_behind_it(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Ctrl+2", "Ctrl+L")
    views: list[QStackedWidget] = list(window.window.findChildren(QStackedWidget))
    behind = views[0].currentIndex()
    window.press("Esc", "Esc")
    assert window.counter.window.covered_by == "covered_page"
    assert views[0].currentIndex() == behind
    window.press("Return")
    assert window.typed("id_number") == RESIDENT
