"""Whoever sits down next finds the same form as whoever left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import child
from tests.gui.signed_in import open_as, signed_folder, type_secret, wait_for_sign_in
from tests.support.desk.counter_samples import OPENED_AT, Clock
from tests.support.store.access_samples import LI, WANG
from ui.widgets.chips import ChipStrip

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def offered(window: CounterWindow) -> tuple[int, int]:
    """How many identities and events there are to choose from."""
    strips = (child(window.window, ChipStrip, name) for name in ("categories", "events"))
    identities, events = (len(strip.tab_stops()) for strip in strips)
    return identities, events


def test_identities_and_events_are_offered_to_the_next_clerk_too(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    signed_folder(tmp_path / "hall")
    window = CounterWindow(qtbot, tmp_path / "hall", Clock(OPENED_AT))
    try:
        open_as(window, LI)
        before = offered(window)
        assert min(before) > 5
        window.press("Ctrl+L")
        wait_for_sign_in(window)
        with qtbot.waitSignal(window.counter.opened, timeout=20_000):
            type_secret(window, WANG)
        assert offered(window) == before
    finally:
        window.counter.close()
